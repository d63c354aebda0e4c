package cnnkit.plot.chart;

import cnnkit.plot.card.Fitted;
import cnnkit.plot.card.Style;
import java.awt.Graphics2D;

/**
 * The names of the axes around a chart, and the room that they leave for it.
 *
 * @param width of all, in points
 * @param height of all
 * @param x along the horizontal axis
 * @param y along the vertical axis
 */
record Frame(int width, int height, Fitted x, Fitted y) {
    private static final int AIR = 10; // around a chart of XChart

    static Frame of(int width, int height, String x, String y) {
        Fitted up = Fitted.of(y, Style.AXIS, height - 3.0 * AIR);
        Fitted below = Fitted.of(x, Style.AXIS, width - 2.0 * AIR - up.height());
        return new Frame(width, height, below, up);
    }

    int chartLeft() {
        return y.height();
    }

    int chartWidth() {
        return width - y.height();
    }

    int chartHeight() {
        return height - x.height();
    }

    void paintNames(Graphics2D g, double left) {
        double middle = chartLeft() + (AIR + left + chartWidth() - AIR) / 2;
        double half = x.width() / 2.0;
        x.centre(g, Style.INK, Math.max(AIR + half, Math.min(width - AIR - half, middle)), chartHeight() - AIR / 2.0);
        double centre = (chartHeight() - AIR) / 2.0, most = y.width() / 2.0 + AIR;
        y.upwards(g, Style.INK, AIR / 2.0 + 2, Math.max(most, Math.min(height - most, centre)));
    }
}
