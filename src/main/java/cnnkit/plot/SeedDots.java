package cnnkit.plot;

import cnnkit.plot.card.Fitted;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The same experiment with several seeds: a row for each setting, a dot for each seed, and an upright stroke at their mean.
 * What the seeds spread is seen beside what the setting changes.
 * <pre>
 *     SeedDots.of("test accuracy", "ReLU", "sigmoid").series("five seeds", reluRuns, sigmoidRuns)
 * </pre>
 */
public final class SeedDots extends TitledDrawing<SeedDots> {
    private static final int MARGIN = 14;
    private static final double WIDEST_LABEL = 260; // of a row, in points
    private static final int LANE = 20; // of one series in a row
    private static final int ROW_GAP = 12;
    private static final int AXIS_HEIGHT = 42;
    private static final int LEGEND_HEIGHT = 26;
    private static final double RADIUS = 4.5;
    private static final int MOST_TICKS = 8;

    private final String valueName;
    private final List<String> rows;
    private final List<Series> series = new ArrayList<>();
    private Limits limits; // null: from the values

    /** The runs of one series, an array per row. */
    private record Series(String name, double[][] runs) {}

    private SeedDots(String valueName, List<String> rows) {
        this.valueName = valueName;
        this.rows = rows;
    }

    /**
     * Rows for some settings.
     *
     * @param valueName what is measured, along the horizontal axis
     * @param rows a label for each setting, top to bottom
     * @return rows to be filled
     * @throws IllegalArgumentException if there are none
     */
    public static SeedDots of(String valueName, String... rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException(Text.error("SeedDots: expected at least one row"));
        }
        return new SeedDots(valueName, List.of(rows));
    }

    /**
     * One dot per seed in each row.
     *
     * @param name for the legend
     * @param runs for each row one finite number per seed
     * @return these dots
     * @throws IllegalArgumentException if there is another number of rows, or a row has no seed or a number without end
     */
    public SeedDots series(String name, double[]... runs) {
        if (runs.length != rows.size()) {
            throw new IllegalArgumentException(
                    Text.error("SeedDots: %s has runs for %d rows, but there are %d", name, runs.length, rows.size()));
        }
        for (int row = 0; row < runs.length; row++) {
            if (runs[row].length == 0 || !Arrays.stream(runs[row]).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException(Text.error(
                        "SeedDots: %s needs a finite number for every seed of %s but got %s",
                        name, rows.get(row), Arrays.toString(runs[row])));
            }
        }
        series.add(new Series(name, Arrays.stream(runs).map(double[]::clone).toArray(double[][]::new)));
        return this;
    }

    /**
     * Where the axis begins and ends. Runs beyond it are refused.
     *
     * @param min its left end
     * @param max its right end
     * @return these dots
     * @throws IllegalArgumentException unless both are finite and rise
     */
    public SeedDots limits(double min, double max) {
        limits = Limits.axis("SeedDots.limits", min, max);
        return this;
    }

    @Override
    protected String words() {
        return (title().isEmpty() ? valueName : title()) + ": " + String.join(", ", rows);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if there is nothing to draw yet
     * @throws IllegalArgumentException if a run lies beyond the limits of the axis
     */
    @Override
    public Figure figure() {
        if (series.isEmpty()) {
            throw new IllegalStateException(Text.error("SeedDots: there is nothing to draw yet: add a series"));
        }
        requireInside();
        int height = top() + rows.size() * rowHeight() + AXIS_HEIGHT + (series.size() > 1 ? LEGEND_HEIGHT : 0);
        return titled(Figure.draw(Style.WIDTH, height, Figure.FEW_COLORS, alt(), this::paint));
    }

    /** A dot beyond its axis would lie among the labels, or nowhere. */
    private void requireInside() {
        for (Series one : series) {
            for (int row = 0; row < rows.size(); row++) {
                for (double run : one.runs[row]) {
                    if (limits != null && !limits.contain(run)) {
                        throw new IllegalArgumentException(Text.error(
                                "SeedDots: %s of %s is %s, beyond the axis from %s to %s: widen the limits",
                                one.name, rows.get(row), run, limits.min(), limits.max()));
                    }
                }
            }
        }
    }

    private int top() {
        return MARGIN;
    }

    private int rowHeight() {
        int label = rows.stream().mapToInt(row -> label(row).height()).max().orElse(0);
        return Math.max(LANE * series.size() + ROW_GAP, label + 4);
    }

    private static Fitted label(String row) {
        return Fitted.of(row, Style.AXIS, WIDEST_LABEL);
    }

    private void paint(Graphics2D g) {
        g.setFont(Style.AXIS);
        Axis axis = axis();
        int bottom = top() + rows.size() * rowHeight();
        paintAxis(g, axis, bottom);
        for (int row = 0; row < rows.size(); row++) {
            int y = top() + row * rowHeight();
            Fitted label = label(rows.get(row));
            label.right(g, Style.INK, axis.left - 10, y + (rowHeight() - label.height()) / 2.0);
            for (int s = 0; s < series.size(); s++) {
                double lane = y + (rowHeight() - LANE * series.size()) / 2.0 + LANE * (s + 0.5);
                paintRuns(g, axis, s, series.get(s).runs[row], lane);
            }
        }
        if (series.size() > 1) {
            paintLegend(g, bottom + AXIS_HEIGHT + LEGEND_HEIGHT / 3.0);
        }
    }

    private void paintRuns(Graphics2D g, Axis axis, int s, double[] runs, double y) {
        Color color = Style.LINES.get(s % Style.LINES.size());
        g.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 150));
        for (double run : runs) {
            paintDot(g, s, axis.x(run), y);
        }
        g.setColor(Style.INK);
        double mean = axis.x(Arrays.stream(runs).average().orElseThrow());
        g.fill(new Rectangle2D.Double(mean - 1, y - LANE / 2.0 + 1, 2, LANE - 2));
    }

    /** The first series has circles, the second diamonds: colour is not all that tells them apart. */
    private static void paintDot(Graphics2D g, int s, double x, double y) {
        if (s % 2 == 0) {
            g.fill(new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS));
        } else {
            double r = RADIUS * 1.2;
            Path2D diamond = new Path2D.Double();
            diamond.moveTo(x, y - r);
            diamond.lineTo(x + r, y);
            diamond.lineTo(x, y + r);
            diamond.lineTo(x - r, y);
            diamond.closePath();
            g.fill(diamond);
        }
    }

    private void paintAxis(Graphics2D g, Axis axis, int bottom) {
        g.setStroke(new BasicStroke(1));
        long last = (long) Math.floor(axis.max / axis.step + 1e-9);
        for (long tick = (long) Math.ceil(axis.min / axis.step - 1e-9); tick <= last; tick++) {
            double value = tick * axis.step;
            g.setColor(Style.GRID);
            g.draw(new Line2D.Double(axis.x(value), top(), axis.x(value), bottom));
            g.setColor(Style.INK);
            Letters.middle(g, Numbers.tick(tick, axis.step), axis.x(value), bottom + 12);
        }
        g.setColor(Style.RULE);
        for (int row = 0; row <= rows.size(); row++) {
            double y = top() + row * rowHeight();
            g.draw(new Line2D.Double(axis.left, y, axis.right, y));
        }
        g.setColor(Style.INK);
        Fitted name = Fitted.unbroken(valueName, Style.AXIS, Style.WIDTH - 2.0 * MARGIN);
        double half = name.width() / 2.0 + MARGIN;
        double middle = Math.min(Math.max((axis.left + axis.right) / 2, half), Style.WIDTH - half);
        name.centre(g, Style.INK, middle, bottom + 22);
    }

    private void paintLegend(Graphics2D g, double y) {
        int gap = 20, sample = 14;
        int all = series.stream()
                .mapToInt(one -> sample + Letters.width(one.name(), Style.AXIS) + gap)
                .sum();
        double share = (Style.WIDTH - 2.0 * MARGIN) / series.size() - gap - sample;
        double room = all <= Style.WIDTH - 2 * MARGIN ? Style.WIDTH : share; // each its share, where not all fit
        List<Fitted> names = series.stream()
                .map(one -> Fitted.unbroken(one.name(), Style.AXIS, room))
                .toList();
        int length =
                names.stream().mapToInt(name -> sample + name.width() + gap).sum();
        double x = (Style.WIDTH - length + gap) / 2.0;
        for (int s = 0; s < series.size(); s++) {
            g.setColor(Style.LINES.get(s % Style.LINES.size()));
            paintDot(g, s, x + RADIUS, y);
            names.get(s).left(g, Style.INK, x + sample, y - names.get(s).height() / 2.0);
            x += sample + names.get(s).width() + gap;
        }
    }

    private Axis axis() {
        double left = MARGIN
                + 10
                + rows.stream().mapToInt(row -> label(row).width()).max().orElseThrow();
        double[] all = series.stream()
                .flatMap(one -> Arrays.stream(one.runs))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        double min = limits != null ? limits.min() : Arrays.stream(all).min().orElseThrow();
        double max = limits != null ? limits.max() : Arrays.stream(all).max().orElseThrow();
        double room = limits != null ? 0 : max > min ? 0.05 * (max - min) : 1;
        return new Axis(min - room, max + room, left, Style.WIDTH - 2.0 * MARGIN, step(max - min + 2 * room));
    }

    /** 1, 2 or 5 times a power of ten. */
    static double step(double range) {
        double power = Math.pow(10, Math.floor(Math.log10(range / MOST_TICKS)));
        for (int factor : new int[] {1, 2, 5}) {
            if (range / (factor * power) <= MOST_TICKS) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private record Axis(double min, double max, double left, double right, double step) {
        double x(double value) {
            return left + (value - min) / (max - min) * (right - left);
        }
    }
}
