package cnnkit.plot.chart;

import cnnkit.plot.card.Numbers;
import java.util.List;
import java.util.Map;

/**
 * All that decides how bars are drawn.
 *
 * @param categories their labels
 * @param values the axis along which bars grow
 * @param series names and their numbers, one per category, in order
 * @param spreads the intervals around the numbers of a series, by its name; not every series has some
 * @param height of the chart, in points
 * @param decimals of the numbers at the bars; below 0: as many as it takes
 */
public record BarSettings(
        List<String> categories,
        Axis values,
        Map<String, double[]> series,
        Map<String, Spread> spreads,
        int height,
        int decimals) {
    /**
     * Intervals around the numbers of a series.
     *
     * @param name what they are, for the legend
     * @param low the lower ends, one per category
     * @param high the upper ends
     */
    public record Spread(String name, double[] low, double[] high) {}

    /**
     * The number at a bar.
     *
     * @param value of the bar
     * @return its text
     */
    public String number(double value) {
        return decimals >= 0 ? Numbers.text(value, decimals) : Numbers.text(value);
    }
}
