package cnnkit.plot.chart;

import cnnkit.plot.card.Numbers;
import java.util.List;
import java.util.Map;

/**
 * All that decides how bars are drawn.
 *
 * @param title over the chart; may be empty
 * @param categories their labels
 * @param values the axis along which bars grow
 * @param series names and their numbers, one per category, in order
 * @param decimals of the numbers at the bars; below 0: as many as it takes
 */
public record BarSettings(
        String title, List<String> categories, Axis values, Map<String, double[]> series, int decimals) {
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
