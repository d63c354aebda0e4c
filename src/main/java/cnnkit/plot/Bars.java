package cnnkit.plot;

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
public final class Bars implements Drawing {
    final List<String> categories;
    final Map<String, double[]> series = new LinkedHashMap<>();
    String title = "";
    String valueName = "";
    boolean logarithmic;
    Limits limits; // null: from the values
    int decimals = -1; // as many as it takes
    private String alt;

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
                    "Bars: expected at least one category, each another one, but got " + categories);
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
                    "Bars: %s has %d values for %d categories".formatted(name, values.length, categories.size()));
        }
        if (!Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "Bars: a bar has an end, but %s is %s".formatted(name, Arrays.toString(values)));
        }
        series.put(name, values.clone());
        return this;
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
     * differences: say so. A value below the axis has no bar, only its number.
     *
     * @param min where the bars begin
     * @param max where the axis ends
     * @return these bars
     */
    public Bars limits(double min, double max) {
        limits = new Limits(min, max);
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
     * @param places decimals
     * @return these bars
     */
    public Bars decimals(int places) {
        decimals = places;
        return this;
    }

    /**
     * A title over the figure.
     *
     * @param text in bold
     * @return these bars
     */
    public Bars title(String text) {
        title = text;
        return this;
    }

    /**
     * What there is to see, for those who cannot see it: the finding rather than the title.
     *
     * @param sentence in words
     * @return these bars
     */
    public Bars alt(String sentence) {
        alt = sentence;
        return this;
    }

    String number(double value) {
        return decimals >= 0 ? Numbers.text(value, decimals) : Numbers.text(value);
    }

    String alt() {
        if (alt != null) {
            return alt;
        }
        StringBuilder text = new StringBuilder(title.isEmpty() ? "Bars" : title).append('.');
        series.forEach((name, values) -> {
            text.append(' ').append(name).append(':');
            for (int i = 0; i < values.length; i++) {
                text.append(i == 0 ? " " : ", ")
                        .append(categories.get(i))
                        .append(' ')
                        .append(number(values[i]));
            }
            text.append('.');
        });
        return text.toString();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if there is nothing to draw yet
     */
    @Override
    public Figure figure() {
        if (series.isEmpty()) {
            throw new IllegalStateException("Bars: there is nothing to draw yet: add a series");
        }
        return new BarChart(this).figure();
    }

    /**
     * What is drawn, in words.
     *
     * @return the alt text
     */
    @Override
    public String toString() {
        return alt();
    }
}
