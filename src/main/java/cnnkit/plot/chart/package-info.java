/**
 * The only room that knows XChart: curves and bars become charts here, and charts become something to be painted.
 *
 * <p>What is to be drawn comes in as records; no type of the library leaves.
 */
package cnnkit.plot.chart;
