package cnnkit.live;

import cnnkit.plot.Drawing;
import cnnkit.plot.Figure;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** The still picture of a sheet of paper: a seven, what becomes of it, and how the network reads it. */
final class PadPicture implements Drawing {
    private static final int MARGIN = 12;
    private static final int LARGE = 168; // points
    private static final int BAR = 15;
    private static final int LONGEST = 110;

    private final DigitPad.Reading reading;

    PadPicture(DigitPad.Reading reading) {
        this.reading = reading;
    }

    /** A seven in dark ink, not in the middle. */
    static BufferedImage seven() {
        BufferedImage sheet = new BufferedImage(DigitPad.SIDE, DigitPad.SIDE, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = sheet.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, DigitPad.SIDE, DigitPad.SIDE);
        pen.setColor(Color.BLACK);
        pen.setStroke(new BasicStroke(8, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pen.drawPolyline(new int[] {20, 64, 44}, new int[] {24, 22, 84}, 3);
        pen.dispose();
        return sheet;
    }

    @Override
    public Figure figure() {
        MapSheet digit = reading.steps().get(reading.steps().size() - 1);
        String alt = Text.of(
                "A seven that was drawn, and as the network gets it: fitted and centred. %s",
                reading.scores().said());
        return Figure.draw(Style.WIDTH, LARGE + 2 * MARGIN, Figure.MANY_COLORS, alt, g -> {
            g.drawImage(reading.steps().get(0).image(0), MARGIN, MARGIN, LARGE, LARGE, null);
            g.drawImage(digit.image(0), 2 * MARGIN + LARGE, MARGIN, LARGE, LARGE, null);
            for (int i = 0; i < reading.scores().probabilities().length; i++) {
                bar(g, i, 3 * MARGIN + 2 * LARGE, MARGIN + i * (BAR + 2));
            }
        });
    }

    private void bar(Graphics2D g, int number, int left, int top) {
        float share = reading.scores().probabilities()[number];
        Letters.left(g, "" + number, Style.AXIS, Style.INK, left, top);
        g.setColor(number == reading.scores().best() ? Style.BLUE : Style.SKY);
        g.fillRect(left + 16, top, Float.isFinite(share) ? 1 + Math.round(share * LONGEST) : 1, BAR - 2);
        Letters.left(g, Scores.percent(share), Style.CELL, Style.INK, left + LONGEST + 24, top);
    }
}
