package cnnkit.plot.chart;

import cnnkit.plot.card.Style;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.style.AxesChartStyler;

/** How our charts of XChart look, all of them with axes. */
final class ChartLook {
    private ChartLook() {}

    static void apply(AxesChart<? extends AxesChartStyler, ?> chart) {
        AxesChartStyler styler = chart.getStyler();
        styler.setAxisTitlesVisible(false);
        styler.setPlotGridLinesColor(Style.GRID)
                .setPlotGridLinesStroke(new BasicStroke(0.75f))
                .setAxisTickLabelsFont(Style.CELL)
                .setAxisTickLabelsColor(Style.INK)
                .setAxisTickMarksColor(Style.RULE)
                .setAxisTicksLineVisible(false) // the border of the plot is there already
                .setXAxisTickMarkSpacingHint(74)
                .setPlotMargin(0);
        styler.setLocale(Locale.ROOT) // numbers look the same in every country
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderColor(Style.RULE)
                .setChartFontColor(Style.INK)
                .setChartPadding(10)
                .setLegendVisible(false) // a plot draws its own, and the names of the axes
                .setChartTitleVisible(false);
    }
}
