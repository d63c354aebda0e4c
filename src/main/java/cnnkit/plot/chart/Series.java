package cnnkit.plot.chart;

/**
 * Points of one name.
 *
 * @param name for the legend
 * @param form what they are drawn as
 * @param x of each point
 * @param y of each point; of a band its middle
 * @param low the lower edge of a band, or the lower end of the bar at each point; null if there is neither
 * @param high the upper edge or end; null if there is neither
 * @param spread what band or bars are, for the legend: "all five seeds", "95 % interval"; empty if there are none
 */
public record Series(String name, Form form, double[] x, double[] y, double[] low, double[] high, String spread) {
    /** What a series is drawn as. */
    public enum Form {
        /** Points joined by a line. */
        LINE,
        /** Points alone. */
        DOTS,
        /** A line in a band. */
        BAND
    }

    /**
     * The same points with other bars, or the same band.
     *
     * @param lower the lower ends
     * @param upper the upper ends
     * @param what they are, for the legend
     * @return a series
     */
    public Series spread(double[] lower, double[] upper, String what) {
        return new Series(name, form, x, y, lower, upper, what);
    }
}
