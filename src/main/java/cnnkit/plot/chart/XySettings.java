package cnnkit.plot.chart;

import java.util.List;

/**
 * All that decides how curves are drawn.
 *
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series what is drawn, at least one
 * @param levels horizontal lines to compare with
 * @param diagonal whether there is a line where x equals y
 * @param size of the chart with the names of its axes, without its legend
 */
public record XySettings(Axis x, Axis y, List<Series> series, List<Level> levels, boolean diagonal, Size size) {
    /**
     * The size of a chart.
     *
     * @param width in points
     * @param height in points
     */
    public record Size(int width, int height) {}
}
