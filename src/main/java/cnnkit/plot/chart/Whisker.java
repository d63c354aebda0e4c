package cnnkit.plot.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;

/** An upright bar with ends: from where to where a number may lie. */
final class Whisker {
    private static final double HALF = 4; // of its ends
    private static final BasicStroke STROKE = new BasicStroke(1.75f);

    private Whisker() {}

    static void paint(Graphics2D g, Color color, double x, double from, double to) {
        g.setColor(color);
        g.setStroke(STROKE);
        g.draw(new Line2D.Double(x, from, x, to));
        g.draw(new Line2D.Double(x - HALF, from, x + HALF, from));
        g.draw(new Line2D.Double(x - HALF, to, x + HALF, to));
    }
}
