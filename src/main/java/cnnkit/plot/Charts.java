package cnnkit.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;

/** What all charts of XChart share here: how they become figures, and how ours look. */
public final class Charts {
    private Charts() {}

    /**
     * Draws a chart of XChart, ours or a learner's own.
     *
     * @param chart drawn at the size it was built with
     * @param alt what there is to see, in a sentence
     * @return the figure
     */
    public static Figure figure(IChart chart, String alt) {
        return Figure.draw(
                chart.getWidth(),
                chart.getHeight(),
                Figure.FEW_COLORS,
                alt,
                g -> chart.paint(g, chart.getWidth(), chart.getHeight()));
    }

    /** Our look, the same for every chart with axes. */
    static void style(AxesChart<? extends AxesChartStyler, ?> chart) {
        AxesChartStyler styler = chart.getStyler();
        styler.setPlotGridLinesColor(Style.GRID)
                .setPlotGridLinesStroke(new BasicStroke(0.75f))
                .setAxisTitleFont(Style.AXIS)
                .setAxisTickLabelsFont(Style.CELL)
                .setAxisTickLabelsColor(Style.INK)
                .setAxisTickMarksColor(Style.RULE)
                .setAxisTicksLineVisible(false) // the border of the plot is there already
                .setXAxisTickMarkSpacingHint(74)
                .setPlotMargin(0)
                .setAxisTitlePadding(6);
        styler.setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderColor(Style.RULE)
                .setChartFontColor(Style.INK)
                .setChartTitleFont(Style.TITLE)
                .setChartTitlePadding(6)
                .setChartPadding(10)
                .setLegendVisible(false) // a plot draws its own
                .setChartTitleVisible(
                        chart.getTitle() != null && !chart.getTitle().isEmpty());
    }
}
