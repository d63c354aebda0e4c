package cnnkit.plot.chart;

import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Sheet;
import cnnkit.plot.card.Style;
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
 * A chart with our legend below it, on one line: that of XChart sets each word at another height. Below the legend stands
 * what the chart cannot show.
 */
public final class Plot {
    private static final int LEGEND_HEIGHT = 26;
    private static final int SAMPLE = 22; // the room for line or box
    private static final int SPACE = 6;
    private static final int NOTE_HEIGHT = 16;

    private final AxesChart<?, ?> chart; // without a legend of its own
    private final List<Key> keys; // one per series; drawn if there are at least two
    private final List<String> notes;

    Plot(AxesChart<?, ?> chart, List<Key> keys, List<String> notes) {
        this.chart = chart;
        this.keys = List.copyOf(keys);
        this.notes = List.copyOf(notes);
    }

    /**
     * What one series looks like.
     *
     * @param name its name
     * @param color its colour
     * @param stroke of its line; null if it has none
     * @param marker of its points; null if it is a box
     */
    record Key(String name, Color color, BasicStroke stroke, Marker marker) {}

    /**
     * Lines, bands and dots over two axes.
     *
     * @param settings what they are
     * @return the plot
     * @throws IllegalArgumentException if a logarithmic axis has no place for them
     */
    public static Plot of(XySettings settings) {
        return XyChart.plot(settings);
    }

    /**
     * Bars.
     *
     * @param settings what they are
     * @return what is to be painted
     * @throws IllegalArgumentException if they do not fit their axis
     */
    public static Sheet of(BarSettings settings) {
        return new BarChart(settings).sheet();
    }

    int width() {
        return chart.getWidth();
    }

    int height() {
        return chart.getHeight() + legendHeight() + NOTE_HEIGHT * notes.size();
    }

    private int legendHeight() {
        return keys.size() > 1 ? LEGEND_HEIGHT : 0;
    }

    AxesChart<?, ?> chart() {
        return chart;
    }

    /** What the chart cannot show, in words. */
    List<String> notes() {
        return notes;
    }

    /**
     * Plots side by side.
     *
     * @param plots at least one
     * @return what is to be painted
     */
    public static Sheet row(List<Plot> plots) {
        int width = plots.stream().mapToInt(Plot::width).sum();
        int height = plots.stream().mapToInt(Plot::height).max().orElseThrow();
        return new Sheet(width, height, g -> {
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
        if (legendHeight() > 0) {
            paintLegend(g);
        }
        g.setFont(Style.CELL);
        g.setColor(Style.FAINT);
        for (int i = 0; i < notes.size(); i++) {
            Letters.centre(
                    g, notes.get(i), width() / 2.0, chart.getHeight() + legendHeight() + (i - 0.25) * NOTE_HEIGHT);
        }
    }

    private void paintLegend(Graphics2D g) {
        g.setFont(Style.AXIS);
        FontMetrics metrics = g.getFontMetrics();
        int length = keys.stream().mapToInt(key -> length(key, metrics)).sum() - 2 * SPACE;
        int x = (width() - length) / 2;
        int middle = chart.getHeight() + LEGEND_HEIGHT / 3;
        for (Key key : keys) {
            paint(g, key, x, middle);
            g.setColor(Style.INK);
            g.drawString(key.name(), x + SAMPLE + SPACE, Letters.baseline(metrics, middle));
            x += length(key, metrics);
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
