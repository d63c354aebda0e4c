package cnnkit.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A chart with our legend below it, on one line: that of XChart sets each word at another height.
 *
 * @param chart without a legend of its own
 * @param keys one per series; drawn if there are at least two
 */
record Plot(AxesChart<?, ?> chart, List<Key> keys) {
    private static final int LEGEND_HEIGHT = 26;
    private static final int SAMPLE = 22; // the room for line or box
    private static final int SPACE = 6;

    /**
     * What one series looks like.
     *
     * @param name its name
     * @param color its colour
     * @param stroke of its line; null if it has none
     * @param marker of its points; null if it is a box
     */
    record Key(String name, Color color, BasicStroke stroke, Marker marker) {}

    int width() {
        return chart.getWidth();
    }

    int height() {
        return chart.getHeight() + (hasLegend() ? LEGEND_HEIGHT : 0);
    }

    private boolean hasLegend() {
        return keys.size() > 1;
    }

    Figure figure(String alt) {
        return row(List.of(this), alt);
    }

    /** Plots side by side. */
    static Figure row(List<Plot> plots, String alt) {
        int width = plots.stream().mapToInt(Plot::width).sum();
        int height = plots.stream().mapToInt(Plot::height).max().orElseThrow();
        return Figure.draw(width, height, Figure.FEW_COLORS, alt, g -> {
            int x = 0;
            for (Plot plot : plots) {
                Graphics2D part = (Graphics2D) g.create(x, 0, plot.width(), height);
                plot.paint(part);
                part.dispose();
                x += plot.width();
            }
        });
    }

    void paint(Graphics2D g) {
        chart.paint(g, chart.getWidth(), chart.getHeight());
        if (hasLegend()) {
            g.setFont(Style.AXIS);
            FontMetrics metrics = g.getFontMetrics();
            int length = keys.stream().mapToInt(key -> length(key, metrics)).sum() - 2 * SPACE;
            int x = (width() - length) / 2;
            int middle = chart.getHeight() + LEGEND_HEIGHT / 3;
            for (Key key : keys) {
                paint(g, key, x, middle);
                g.setColor(Style.INK);
                g.drawString(
                        key.name(), x + SAMPLE + SPACE, middle + (metrics.getAscent() - metrics.getDescent()) / 2f);
                x += length(key, metrics);
            }
        }
    }

    private static int length(Key key, FontMetrics metrics) {
        return SAMPLE + SPACE + metrics.stringWidth(key.name()) + 2 * SPACE;
    }

    private static void paint(Graphics2D g, Key key, int x, int middle) {
        g.setColor(key.color());
        if (key.stroke() == null && key.marker() == null) {
            g.fill(new Rectangle2D.Double(x + 6, middle - 6, 12, 12));
        }
        if (key.stroke() != null) {
            g.setStroke(key.stroke());
            g.draw(new Line2D.Double(x, middle, x + SAMPLE, middle));
        }
        if (key.marker() != null && key.marker() != SeriesMarkers.NONE) {
            key.marker().paint(g, x + SAMPLE / 2.0, middle, XyChart.MARKER_SIZE);
        }
    }
}
