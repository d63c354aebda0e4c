package cnnkit.plot.chart;

/**
 * A horizontal line that something is compared with.
 *
 * @param name for the legend
 * @param y its height
 */
public record Level(String name, double y) {}
