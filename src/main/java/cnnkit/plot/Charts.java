package cnnkit.plot;

import cnnkit.plot.chart.XCharts;

/** Charts of XChart that a learner has made, as figures. */
public final class Charts {
    private Charts() {}

    /**
     * Draws a chart of XChart.
     *
     * @param chart any of them: an XYChart, a CategoryChart, a PieChart, ...; drawn at the size it was built with
     * @param alt what there is to see, in a sentence
     * @return the figure
     * @throws IllegalArgumentException if this is no chart of XChart
     */
    public static Figure figure(Object chart, String alt) {
        return Figure.of(XCharts.sheet(chart), Figure.FEW_COLORS, alt);
    }

    /**
     * The title of a chart of XChart.
     *
     * @param chart any of them
     * @return empty if it has none
     * @throws IllegalArgumentException if this is no chart of XChart
     */
    public static String title(Object chart) {
        return XCharts.title(chart);
    }

    /**
     * What all charts of XChart are.
     *
     * @return their common class
     */
    public static Class<?> type() {
        return XCharts.type();
    }
}
