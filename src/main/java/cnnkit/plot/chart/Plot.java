package cnnkit.plot.chart;

import cnnkit.plot.card.Fitted;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Sheet;
import cnnkit.plot.card.Style;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.knowm.xchart.internal.chartpart.AxesChart;

/**
 * A chart with the names of its axes and our legend below it: that of XChart sets each word at another height, and names
 * that are too long would be cut. Below the legend stands what the chart cannot show.
 */
public final class Plot {
    private static final int LEGEND_HEIGHT = 26;
    private static final int LEGEND_LINE = 20; // each further one
    private static final int SPACE = 6;
    private static final int NOTE_HEIGHT = 16;
    private static final int MARGIN = 10;

    private final Frame frame;
    private final AxesChart<?, ?> chart; // without a legend of its own
    private final List<Line> legend;
    private final List<Fitted> notes;
    private final List<String> said; // the notes, as they were given
    private final List<Consumer<Graphics2D>> over = new ArrayList<>();

    Plot(Frame frame, AxesChart<?, ?> chart, List<Key> keys, List<String> notes) {
        this.frame = frame;
        this.chart = chart;
        legend = keys.size() > 1 ? legend(keys, frame.width() - 2 * MARGIN) : List.of();
        said = List.copyOf(notes);
        this.notes = notes.stream()
                .map(note -> Fitted.of(note, Style.CELL, frame.width() - 2.0 * MARGIN))
                .toList();
    }

    /** What is drawn over the chart; it counts from the corner of the chart. */
    Plot over(Consumer<Graphics2D> painter) {
        over.add(painter);
        return this;
    }

    /** A line of the legend. */
    private record Line(List<Key> keys, List<Fitted> names) {
        int width() {
            return names.stream()
                            .mapToInt(name -> Key.WIDTH + SPACE + name.width() + 2 * SPACE)
                            .sum()
                    - 2 * SPACE;
        }

        int height() {
            int highest = names.stream().mapToInt(Fitted::height).max().orElse(0);
            return Math.max(LEGEND_LINE, highest + 4);
        }
    }

    /** As many keys on a line as fit. */
    private static List<Line> legend(List<Key> keys, int room) {
        List<Line> lines = new ArrayList<>();
        for (Key key : keys) {
            Fitted name = Fitted.of(key.name(), Style.AXIS, room - Key.WIDTH - SPACE);
            Line last = lines.isEmpty() ? null : lines.get(lines.size() - 1);
            if (last == null || last.width() + Key.WIDTH + name.width() + 3 * SPACE > room) {
                lines.add(new Line(new ArrayList<>(List.of(key)), new ArrayList<>(List.of(name))));
            } else {
                last.keys().add(key);
                last.names().add(name);
            }
        }
        return lines;
    }

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
        return frame.width();
    }

    int height() {
        return frame.height()
                + legendHeight()
                + notes.stream().mapToInt(Plot::height).sum();
    }

    private static int height(Fitted note) {
        return note.height() + NOTE_HEIGHT - Letters.height(Style.CELL);
    }

    private int legendHeight() {
        return legend.isEmpty() ? 0 : legend.stream().mapToInt(Line::height).sum() + LEGEND_HEIGHT - LEGEND_LINE;
    }

    AxesChart<?, ?> chart() {
        return chart;
    }

    /** What the chart cannot show, in words. */
    List<String> notes() {
        return said;
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
        Graphics2D inside = (Graphics2D) g.create();
        inside.translate(frame.chartLeft(), 0);
        chart.paint(inside, chart.getWidth(), chart.getHeight());
        over.forEach(painter -> painter.accept(inside));
        inside.dispose();
        frame.paintNames(g, chart.getYAxisLeftWidth());
        double y = frame.height() - LEGEND_HEIGHT / 3.0;
        for (Line line : legend) {
            paint(g, line, y + line.height() / 2.0 + LEGEND_HEIGHT / 3.0 - 2);
            y += line.height();
        }
        double top = frame.height() + legendHeight() - NOTE_HEIGHT / 4.0;
        for (Fitted note : notes) {
            note.centre(g, Style.FAINT, width() / 2.0, top);
            top += height(note);
        }
    }

    private void paint(Graphics2D g, Line line, double middle) {
        double x = (width() - line.width()) / 2.0;
        for (int i = 0; i < line.keys().size(); i++) {
            Fitted name = line.names().get(i);
            line.keys().get(i).sample().paint(g, x, middle);
            name.left(g, Style.INK, x + Key.WIDTH + SPACE, middle - name.height() / 2.0);
            x += Key.WIDTH + SPACE + name.width() + 2 * SPACE;
        }
    }
}
