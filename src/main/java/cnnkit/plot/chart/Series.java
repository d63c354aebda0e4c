package cnnkit.plot.chart;

/**
 * Points of one name.
 *
 * @param name for the legend
 * @param form what they are drawn as
 * @param x of each point
 * @param y of each point; of a band its middle
 * @param low the lower edge of a band; else null
 * @param high the upper edge of a band; else null
 */
public record Series(String name, Form form, double[] x, double[] y, double[] low, double[] high) {
    /** What a series is drawn as. */
    public enum Form {
        /** Points joined by a line. */
        LINE,
        /** Points alone. */
        DOTS,
        /** A line in a band. */
        BAND
    }
}
