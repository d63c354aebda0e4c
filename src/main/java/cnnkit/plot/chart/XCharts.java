package cnnkit.plot.chart;

import cnnkit.plot.card.Sheet;
import cnnkit.tensor.Text;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** Charts of XChart that a learner has made: the only door to the library's own types, whose names it keeps to itself. */
public final class XCharts {
    private XCharts() {}

    /**
     * What all charts of XChart are.
     *
     * @return their common class
     */
    public static Class<?> type() {
        return Chart.class;
    }

    /**
     * The title of a chart.
     *
     * @param chart of XChart
     * @return empty if it has none
     * @throws IllegalArgumentException if this is no chart of XChart
     */
    public static String title(Object chart) {
        String title = chart(chart).getTitle();
        return title == null ? "" : title;
    }

    /**
     * A chart at the size it was built with. Its numbers are written as everywhere in the kit, unless it has a locale of
     * its own.
     *
     * @param chart of XChart
     * @return what is to be painted
     * @throws IllegalArgumentException if this is no chart of XChart
     */
    public static Sheet sheet(Object chart) {
        Chart<?, ?> known = chart(chart);
        return new Sheet(known.getWidth(), known.getHeight(), g -> {
            Styler styler = known.getStyler();
            Locale own = styler.getLocale();
            if (own.equals(Locale.getDefault())) { // nobody chose it
                styler.setLocale(Locale.ROOT);
            }
            try {
                known.paint(g, known.getWidth(), known.getHeight());
            } finally {
                styler.setLocale(own);
            }
        });
    }

    private static Chart<?, ?> chart(Object chart) {
        if (chart instanceof Chart<?, ?> known) {
            return known;
        }
        throw new IllegalArgumentException(Text.error(
                "Charts: expected a chart of XChart, such as an XYChart, but got %s",
                chart == null ? "null" : chart.getClass().getName()));
    }
}
