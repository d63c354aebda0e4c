package cnnkit.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Text at a place on a card; lengths are in points, and {@code top} is the upper edge of the line. */
final class Letters {
    private static final Graphics2D RULER = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();

    static final Font BOLD = Style.AXIS.deriveFont(Font.BOLD);

    private Letters() {}

    static int width(String text, Font font) {
        return RULER.getFontMetrics(font).stringWidth(text);
    }

    static int height(Font font) {
        return RULER.getFontMetrics(font).getHeight();
    }

    static void left(Graphics2D g, String text, Font font, Color ink, double x, double top) {
        g.setFont(font);
        g.setColor(ink);
        g.drawString(text, (float) x, (float) (top + g.getFontMetrics().getAscent()));
    }

    static void centre(Graphics2D g, String text, Font font, Color ink, double x, double top) {
        left(g, text, font, ink, x - width(text, font) / 2.0, top);
    }

    static void right(Graphics2D g, String text, Font font, Color ink, double x, double top) {
        left(g, text, font, ink, x - width(text, font), top);
    }

    /** In the middle of a cell whose centre is given. */
    static void middle(Graphics2D g, String text, Font font, Color ink, double x, double y) {
        FontMetrics metrics = RULER.getFontMetrics(font);
        g.setFont(font);
        g.setColor(ink);
        float baseline = (float) (y + (metrics.getAscent() - metrics.getDescent()) / 2.0);
        g.drawString(text, (float) (x - metrics.stringWidth(text) / 2.0), baseline);
    }
}
