package cnnkit.plot.card;

import cnnkit.tensor.Text;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * Text at a place on a card, in the learner's language: this is the one place where words become ink, so what a cell of a
 * notebook gives as a title or a name is looked up here.  Lengths are in points; {@code top} is the upper edge of the line, {@code x} its left end, its
 * middle or its right end, as the method says.
 *
 * <p>Methods without a font write in the font and the colour that are set.
 */
public final class Letters {
    private static final int FIRST_HAN = 0x2E80; // from here on letters are those of East Asia
    private static final float SMALLEST_NUMBER = 9; // points, in a cell
    private static final Graphics2D RULER = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();

    private Letters() {}

    /**
     * A font that has all letters of a text: the one that is wanted; the one of the kit where letters are Chinese; or else
     * the one that the machine puts together of all that it has. Of the same size and style.
     *
     * @param text to be written
     * @param font wanted
     * @return the font to write it in
     */
    public static Font suited(String text, Font font) {
        String letters = text.replace("\n", "");
        boolean latin = letters.codePoints().allMatch(letter -> letter < FIRST_HAN);
        if (latin && font.canDisplayUpTo(letters) < 0) {
            return font;
        }
        Font ours = latin ? font : HanFont.as(font);
        return ours.canDisplayUpTo(letters) < 0
                ? ours
                : new Font(Font.SANS_SERIF, font.getStyle(), 1).deriveFont(font.getSize2D());
    }

    /**
     * How wide a text is.
     *
     * @param text one line
     * @param font of it
     * @return in points
     */
    public static int width(String text, Font font) {
        String said = Text.shown(text);
        return RULER.getFontMetrics(suited(said, font)).stringWidth(said);
    }

    /**
     * How wide a text is in the font of the card.
     *
     * @param g the card
     * @param text one line
     * @return in points
     */
    public static int width(Graphics2D g, String text) {
        String said = Text.shown(text);
        return g.getFontMetrics(suited(said, g.getFont())).stringWidth(said);
    }

    /**
     * How high a line is.
     *
     * @param font of it
     * @return in points
     */
    public static int height(Font font) {
        return RULER.getFontMetrics(font).getHeight();
    }

    /**
     * Where the letters of a line stand that has its middle at a height.
     *
     * @param metrics of its font
     * @param middle the height
     * @return its baseline
     */
    public static float baseline(FontMetrics metrics, double middle) {
        return (float) (middle + (metrics.getAscent() - metrics.getDescent()) / 2.0);
    }

    /**
     * Text whose left end is given.
     *
     * @param g the card
     * @param text one line
     * @param font of it
     * @param ink its colour
     * @param x its left end
     * @param top its upper edge
     */
    public static void left(Graphics2D g, String text, Font font, Color ink, double x, double top) {
        String said = Text.shown(text);
        g.setFont(suited(said, font));
        g.setColor(ink);
        g.drawString(said, (float) x, (float) (top + g.getFontMetrics().getAscent()));
    }

    /**
     * Text whose middle is given.
     *
     * @param g the card
     * @param text one line
     * @param font of it
     * @param ink its colour
     * @param x its middle
     * @param top its upper edge
     */
    public static void centre(Graphics2D g, String text, Font font, Color ink, double x, double top) {
        left(g, text, font, ink, x - width(text, font) / 2.0, top);
    }

    /**
     * Text whose right end is given.
     *
     * @param g the card
     * @param text one line
     * @param font of it
     * @param ink its colour
     * @param x its right end
     * @param top its upper edge
     */
    public static void right(Graphics2D g, String text, Font font, Color ink, double x, double top) {
        left(g, text, font, ink, x - width(text, font), top);
    }

    /**
     * Text in the middle of a cell.
     *
     * @param g the card
     * @param text one line
     * @param font of it
     * @param ink its colour
     * @param x the middle of the cell
     * @param y the middle of the cell
     */
    public static void middle(Graphics2D g, String text, Font font, Color ink, double x, double y) {
        String said = Text.shown(text);
        g.setFont(suited(said, font));
        g.setColor(ink);
        FontMetrics metrics = RULER.getFontMetrics(g.getFont());
        g.drawString(said, (float) (x - metrics.stringWidth(said) / 2.0), baseline(metrics, y));
    }

    /**
     * A number in the middle of a cell: smaller where the cell is small, and left out where it could not be read.
     *
     * @param g the card
     * @param number its text; empty for none
     * @param ink its colour
     * @param x the middle of the cell
     * @param y the middle of the cell
     * @param cell the side of the cell
     */
    public static void inCell(Graphics2D g, String number, Color ink, double x, double y, double cell) {
        for (float size = Style.CELL.getSize2D(); size >= SMALLEST_NUMBER; size--) {
            Font font = Style.CELL.deriveFont(size);
            if (width(number, font) <= cell && size <= cell) {
                middle(g, number, font, ink, x, y);
                return;
            }
        }
    }

    /**
     * Text whose middle is given, in the font and colour of the card.
     *
     * @param g the card
     * @param text one line
     * @param x its middle
     * @param top its upper edge
     */
    public static void centre(Graphics2D g, String text, double x, double top) {
        onBaseline(g, text, x, top + g.getFontMetrics().getAscent());
    }

    /**
     * Text in the middle of a cell, in the font and colour of the card.
     *
     * @param g the card
     * @param text one line
     * @param x the middle of the cell
     * @param y the middle of the cell
     */
    public static void middle(Graphics2D g, String text, double x, double y) {
        onBaseline(g, text, x, baseline(g.getFontMetrics(), y));
    }

    /**
     * Text whose middle and baseline are given, in the font and colour of the card.
     *
     * @param g the card
     * @param text one line
     * @param x its middle
     * @param baseline where its letters stand
     */
    public static void onBaseline(Graphics2D g, String text, double x, double baseline) {
        from(g, text, x - width(g, text) / 2.0, baseline);
    }

    /**
     * Text whose left end and baseline are given, in the font and colour of the card.
     *
     * @param g the card
     * @param text one line
     * @param x its left end
     * @param baseline where its letters stand
     */
    public static void from(Graphics2D g, String text, double x, double baseline) {
        String said = Text.shown(text);
        Font font = g.getFont();
        g.setFont(suited(said, font));
        g.drawString(said, (float) x, (float) baseline);
        g.setFont(font);
    }

    /**
     * Text that is read from below.
     *
     * @param g the card
     * @param text one line
     * @param x the middle of its letters
     * @param y where it begins
     */
    public static void upwards(Graphics2D g, String text, double x, double y) {
        Graphics2D turned = (Graphics2D) g.create();
        turned.translate(baseline(turned.getFontMetrics(), x), y);
        turned.rotate(-Math.PI / 2);
        from(turned, text, 0, 0);
        turned.dispose();
    }
}
