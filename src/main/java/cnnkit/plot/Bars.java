package cnnkit.plot;

import cnnkit.plot.card.Limits;
import cnnkit.plot.chart.Axis;
import cnnkit.plot.chart.BarSettings;
import cnnkit.plot.chart.Plot;
import cnnkit.tensor.Text;
import cnnkit.train.Interval;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bars: one number per category, one colour per series.
 * <pre>
 *     Bars.of("Conv1", "Affine1", "Affine2")
 *         .series("parameters", 780, 432_100, 1_010)
 *         .series("multiply-adds", 432_000, 432_000, 1_000)
 *         .logarithmic()
 * </pre>
 * Each bar carries its number, so that no reader has to measure it.
 */
public final class Bars extends TitledDrawing<Bars> {
    private static final int HEIGHT = 280;

    private final List<String> categories;
    private final Map<String, double[]> series = new LinkedHashMap<>();
    private final Map<String, BarSettings.Spread> spreads = new LinkedHashMap<>();
    private String last = ""; // the series that was added last
    private String valueName = "";
    private boolean logarithmic;
    private Limits limits; // null: from the values
    private int decimals = -1; // as many as it takes

    private Bars(List<String> categories) {
        this.categories = categories;
    }

    /**
     * Bars for some categories.
     *
     * @param categories their labels, each another one
     * @return bars to be filled
     */
    public static Bars of(List<String> categories) {
        if (categories.isEmpty() || categories.stream().distinct().count() < categories.size()) {
            throw new IllegalArgumentException(
                    Text.error("Bars: expected at least one category, each another one, but got %s", categories));
        }
        return new Bars(List.copyOf(categories));
    }

    /**
     * Bars for some categories.
     *
     * @param categories their labels, each another one
     * @return bars to be filled
     */
    public static Bars of(String... categories) {
        return of(Arrays.asList(categories));
    }

    /**
     * One bar per category.
     *
     * @param name for the legend
     * @param values finite numbers, one per category; below 0 a bar hangs down
     * @return these bars
     * @throws IllegalArgumentException if their number differs from that of the categories, or one is not finite
     */
    public Bars series(String name, double... values) {
        if (values.length != categories.size()) {
            throw new IllegalArgumentException(
                    Text.error("Bars: %s has %d values for %d categories", name, values.length, categories.size()));
        }
        if (!Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    Text.error("Bars: a bar has an end, but %s is %s", name, Arrays.toString(values)));
        }
        series.put(name, values.clone());
        last = name;
        return this;
    }

    /**
     * Intervals around the numbers of the series that was added last: upright lines over the ends of its bars.
     *
     * @param low the lower ends, one per category
     * @param high the upper ends
     * @return these bars
     * @throws IllegalStateException if there is no series yet
     * @throws IllegalArgumentException unless there is one of each per category, and low &lt;= value &lt;= high
     */
    public Bars intervals(double[] low, double[] high) {
        if (series.isEmpty()) {
            throw new IllegalStateException(Text.error("Bars: intervals belong to a series: add one before"));
        }
        Intervals.require("Bars: " + last, series.get(last), low, high);
        spreads.put(last, new BarSettings.Spread("95 % interval", low.clone(), high.clone()));
        return this;
    }

    /**
     * The same, in the unit of the series.
     *
     * @param intervals one per category
     * @return these bars
     * @throws IllegalStateException if there is no series yet
     * @throws IllegalArgumentException unless there is one per category, and it holds the value
     */
    public Bars intervals(Interval... intervals) {
        return intervals(Intervals.lows(intervals), Intervals.highs(intervals));
    }

    /**
     * Makes the value axis logarithmic. A value of 0 or less has no bar there, only its number.
     *
     * @return these bars
     */
    public Bars logarithmic() {
        logarithmic = true;
        return this;
    }

    /**
     * Where the value axis begins and ends. Bars that do not begin at 0 exaggerate
     * differences: say so. A value below the axis has no bar, only its number; one beyond its end is refused.
     *
     * @param min where the bars begin
     * @param max where the axis ends
     * @return these bars
     * @throws IllegalArgumentException unless both are finite and rise
     */
    public Bars limits(double min, double max) {
        limits = Limits.axis("Bars.limits", min, max);
        return this;
    }

    /**
     * What the values are.
     *
     * @param name for the value axis
     * @return these bars
     */
    public Bars valueName(String name) {
        valueName = name;
        return this;
    }

    /**
     * How many decimals the numbers at the bars have.
     *
     * @param places decimals, from 0
     * @return these bars
     * @throws IllegalArgumentException if it is negative
     */
    public Bars decimals(int places) {
        if (places < 0) {
            throw new IllegalArgumentException(Text.error("Bars: decimals cannot be negative but got %s", places));
        }
        decimals = places;
        return this;
    }

    @Override
    protected String words() {
        BarSettings settings = settings();
        StringBuilder text = new StringBuilder(title().isEmpty() ? "Bars" : title()).append('.');
        series.forEach((name, values) -> {
            text.append(' ').append(name).append(':');
            for (int i = 0; i < values.length; i++) {
                text.append(i == 0 ? " " : ", ")
                        .append(categories.get(i))
                        .append(' ')
                        .append(settings.number(values[i]));
            }
            text.append('.');
        });
        return text.toString();
    }

    BarSettings settings() {
        Map<String, double[]> copy = new LinkedHashMap<>(series);
        Axis axis = new Axis(valueName, logarithmic, limits);
        int height = title().isEmpty() ? HEIGHT : HEIGHT - SideBySide.lineOfTitle();
        return new BarSettings(categories, axis, copy, Map.copyOf(spreads), height, decimals);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if there is nothing to draw yet
     * @throws IllegalArgumentException if a value lies beyond the end of the axis, or none of them above 0 where it is
     *     logarithmic
     */
    @Override
    public Figure figure() {
        if (series.isEmpty()) {
            throw new IllegalStateException(Text.error("Bars: there is nothing to draw yet: add a series"));
        }
        return titled(Figure.of(Plot.of(settings()), Figure.FEW_COLORS, alt()));
    }
}
