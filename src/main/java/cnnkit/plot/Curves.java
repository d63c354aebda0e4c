package cnnkit.plot;

import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Style;
import cnnkit.plot.chart.Axis;
import cnnkit.plot.chart.Level;
import cnnkit.plot.chart.Plot;
import cnnkit.plot.chart.Series;
import cnnkit.plot.chart.XySettings;
import cnnkit.tensor.Text;
import cnnkit.train.History;
import cnnkit.train.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lines, bands and dots over two axes.
 * <pre>
 *     Curves.training(history)
 *     Curves.of("epoch", "test accuracy").band("CNN", epochs, runs).title("five seeds")
 *     Curves.of("by backpropagation", "numerical").dots("W1", x, y).diagonal().logX().logY()
 * </pre>
 */
public final class Curves extends TitledDrawing<Curves> {
    private static final int HEIGHT = 300;
    private static final int SMALLEST = 80;
    private static final int MOST_POINTS = 150; // of a training curve: more would not be seen, but stored

    private final String xName;
    private final String yName;
    private final List<Series> series = new ArrayList<>();
    private final List<Level> levels = new ArrayList<>();
    private boolean logX;
    private boolean logY;
    private boolean diagonal;
    private Limits limitsX; // null: from the values
    private Limits limitsY;
    private int width = Style.WIDTH;
    private int height = HEIGHT;

    private Curves(String xName, String yName) {
        this.xName = xName;
        this.yName = yName;
    }

    /**
     * Empty axes.
     *
     * @param xName what lies along the horizontal axis
     * @param yName what lies along the vertical axis
     * @return curves to be filled
     */
    public static Curves of(String xName, String yName) {
        return new Curves(xName, yName);
    }

    /**
     * How a network learned: loss and accuracy, batch by batch (means of neighbouring batches, so that the line is calm),
     * the mean of each epoch as a dot in its middle, and the accuracy on the validation images, if there are any, at the
     * end of each epoch.
     *
     * @param history of at least one step
     * @return the finished figure
     * @throws IllegalArgumentException if the history is empty
     */
    public static Figure training(History history) {
        return TrainingCurves.figure(history, MOST_POINTS);
    }

    /**
     * The means of equal groups of neighbours: a long noisy curve becomes a short calm one.
     *
     * @param values in order
     * @param most how many means there may be, at most
     * @return one mean per group; the values themselves if there are no more than {@code most}
     */
    public static double[] means(double[] values, int most) {
        int group = Math.max(1, (values.length + most - 1) / most);
        double[] means = new double[(values.length + group - 1) / group];
        for (int i = 0; i < means.length; i++) {
            means[i] = Arrays.stream(values, i * group, Math.min((i + 1) * group, values.length))
                    .average()
                    .orElseThrow();
        }
        return means;
    }

    /**
     * A line through points.
     *
     * @param name for the legend
     * @param x of each point
     * @param y of each point; NaN leaves a gap
     * @return these curves
     * @throws IllegalArgumentException if there are no points or x and y differ in length
     */
    public Curves line(String name, double[] x, double[] y) {
        return add(Series.Form.LINE, name, x, y);
    }

    /**
     * Points without a line.
     *
     * @param name for the legend
     * @param x of each point
     * @param y of each point
     * @return these curves
     * @throws IllegalArgumentException if there are no points or x and y differ in length
     */
    public Curves dots(String name, double[] x, double[] y) {
        return add(Series.Form.DOTS, name, x, y);
    }

    /**
     * Several runs of the same experiment: their mean as a line, and the band from the smallest to the largest value, which
     * the legend names; {@link #bandsAre} says it in better words. More than two bands over few points become upright bars
     * side by side, over many points they are their edges: else they would mix.
     *
     * @param name for the legend
     * @param x of each point
     * @param runs one y per x, for each run
     * @return these curves
     * @throws IllegalArgumentException if there are no runs or their lengths differ from that of x
     */
    public Curves band(String name, double[] x, List<double[]> runs) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException(Text.error("Curves: the band %s needs at least one run", name));
        }
        runs.forEach(run -> requirePoints(name, x, run));
        double[] mean = new double[x.length], low = new double[x.length], high = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            int at = i;
            var here = runs.stream().mapToDouble(run -> run[at]).summaryStatistics();
            mean[i] = here.getAverage();
            low[i] = here.getMin();
            high[i] = here.getMax();
        }
        String spread = "smallest to largest of " + runs.size() + (runs.size() == 1 ? " run" : " runs");
        series.add(new Series(name, Series.Form.BAND, x.clone(), mean, low, high, spread));
        return this;
    }

    /**
     * A line, and a band around it whose edges are given; {@link #bandsAre} says in the legend what they are.
     *
     * @param name for the legend
     * @param x of each point
     * @param y of each point of the line
     * @param low the lower edge of the band
     * @param high the upper edge of the band
     * @return these curves
     * @throws IllegalArgumentException if there are no points or the lengths differ
     */
    public Curves band(String name, double[] x, double[] y, double[] low, double[] high) {
        for (double[] edge : List.of(y, low, high)) {
            requirePoints(name, x, edge);
        }
        series.add(new Series(name, Series.Form.BAND, x.clone(), y.clone(), low.clone(), high.clone(), ""));
        return this;
    }

    /**
     * What the bands are that have been added so far, for the legend: "all five seeds", "half of the units".
     *
     * @param what the legend says {@code band: } and this
     * @return these curves
     * @throws IllegalStateException if there is no band yet
     */
    public Curves bandsAre(String what) {
        if (series.stream().noneMatch(one -> one.form() == Series.Form.BAND)) {
            throw new IllegalStateException(
                    Text.error("Curves: there is no band yet: add one before saying what it is"));
        }
        series.replaceAll(one -> one.form() == Series.Form.BAND ? one.spread(one.low(), one.high(), what) : one);
        return this;
    }

    /**
     * Upright bars at the points of the line or the dots that were added last: their 95 % intervals.
     *
     * @param low the lower end at each point
     * @param high the upper end at each point
     * @return these curves
     * @throws IllegalStateException if there are no points yet
     * @throws IllegalArgumentException unless there is one of each per point, and low &lt;= y &lt;= high
     */
    public Curves intervals(double[] low, double[] high) {
        return intervals("95 % interval", low, high);
    }

    /**
     * Upright bars at the points of the line or the dots that were added last.
     *
     * @param what they are, for the legend
     * @param low the lower end at each point
     * @param high the upper end at each point
     * @return these curves
     * @throws IllegalStateException if there are no points yet
     * @throws IllegalArgumentException unless there is one of each per point, and low &lt;= y &lt;= high
     */
    public Curves intervals(String what, double[] low, double[] high) {
        if (series.isEmpty() || series.get(series.size() - 1).form() == Series.Form.BAND) {
            throw new IllegalStateException(
                    Text.error("Curves: intervals belong to a line or to dots: add one of them before"));
        }
        Series last = series.get(series.size() - 1);
        Intervals.require("Curves: " + last.name(), last.y(), low, high);
        series.set(series.size() - 1, last.spread(low.clone(), high.clone(), what));
        return this;
    }

    /**
     * Upright bars at the points of the line or the dots that were added last, in their unit.
     *
     * @param intervals one per point, around its y
     * @return these curves
     * @throws IllegalStateException if there are no points yet
     * @throws IllegalArgumentException unless there is one per point, and it holds y
     */
    public Curves intervals(Interval... intervals) {
        return intervals(Intervals.lows(intervals), Intervals.highs(intervals));
    }

    private Curves add(Series.Form form, String name, double[] x, double[] y) {
        requirePoints(name, x, y);
        series.add(new Series(name, form, x.clone(), y.clone(), null, null, ""));
        return this;
    }

    private static void requirePoints(String name, double[] x, double[] y) {
        if (x.length != y.length || x.length == 0) {
            throw new IllegalArgumentException(Text.error(
                    "Curves: %s needs as many x as y, at least one, but got %d and %d", name, x.length, y.length));
        }
    }

    /**
     * A dashed horizontal line to compare with: a tolerance, a chance level.
     *
     * @param name for the legend
     * @param y its height
     * @return these curves
     */
    public Curves level(String name, double y) {
        levels.add(new Level(name, y));
        return this;
    }

    /**
     * A thin line where x equals y.
     *
     * @return these curves
     */
    public Curves diagonal() {
        diagonal = true;
        return this;
    }

    /**
     * Makes the horizontal axis logarithmic; points at or left of 0 are left out, and their number is told.
     *
     * @return these curves
     */
    public Curves logX() {
        logX = true;
        return this;
    }

    /**
     * Makes the vertical axis logarithmic; points at or below 0 are left out, and their number is told.
     *
     * @return these curves
     */
    public Curves logY() {
        logY = true;
        return this;
    }

    /**
     * Where the horizontal axis begins and ends. What lies beyond is cut off, and the number of points is told.
     *
     * @param min its left end
     * @param max its right end
     * @return these curves
     * @throws IllegalArgumentException unless both are finite and rise
     */
    public Curves limitsX(double min, double max) {
        limitsX = Limits.axis("Curves.limitsX", min, max);
        return this;
    }

    /**
     * Where the vertical axis begins and ends. What lies beyond is cut off, and the number of points is told.
     *
     * @param min its lower end
     * @param max its upper end
     * @return these curves
     * @throws IllegalArgumentException unless both are finite and rise
     */
    public Curves limitsY(double min, double max) {
        limitsY = Limits.axis("Curves.limitsY", min, max);
        return this;
    }

    /**
     * The size of the figure, 720 x 300 unless changed; a legend comes below.
     *
     * @param width in points
     * @param height in points
     * @return these curves
     * @throws IllegalArgumentException if there would be no room for the axes
     */
    public Curves size(int width, int height) {
        if (Math.min(width, height) < SMALLEST) {
            throw new IllegalArgumentException(Text.error(
                    "Curves: a chart needs at least %d points in both directions but got %d x %d",
                    SMALLEST, width, height));
        }
        this.width = width;
        this.height = height;
        return this;
    }

    @Override
    protected String words() {
        List<String> names = series.stream().map(Series::name).toList();
        return afterTitle(". ", Text.of("%s against %s: %s", yName, xName, String.join(", ", names)));
    }

    /** What is drawn, as a value. */
    XySettings settings() {
        return new XySettings(
                new Axis(xName, logX, limitsX),
                new Axis(yName, logY, limitsY),
                List.copyOf(series),
                List.copyOf(levels),
                diagonal,
                new XySettings.Size(width, title().isEmpty() ? height : height - SideBySide.lineOfTitle()));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if there is nothing to draw yet
     * @throws IllegalArgumentException if a logarithmic axis has no place for a series, a level or its own limits
     */
    @Override
    public Figure figure() {
        if (series.isEmpty()) {
            throw new IllegalStateException(
                    Text.error("Curves: there is nothing to draw yet: add a line, dots or a band"));
        }
        return titled(Figure.of(Plot.row(List.of(Plot.of(settings()))), Figure.FEW_COLORS, alt()));
    }
}
