package cnnkit.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Turns curves into a chart of XChart. */
final class XyChart {
    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE,
        SeriesMarkers.DIAMOND,
        SeriesMarkers.SQUARE,
        SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.CROSS,
        SeriesMarkers.TRIANGLE_DOWN
    };
    static final int MARKER_SIZE = 7;
    private static final BasicStroke LINE = new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final int FEW = 30; // points of a line that are marked one by one
    private static final BasicStroke THIN = new BasicStroke(1);
    private static final BasicStroke DASHED =
            new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 4}, 0);

    private final Curves curves;
    private final XYChart chart;
    private final List<Plot.Key> keys = new ArrayList<>();

    private XyChart(Curves curves) {
        this.curves = curves;
        chart = new XYChartBuilder()
                .width(curves.width)
                .height(curves.height)
                .title(curves.title)
                .xAxisTitle(curves.xName)
                .yAxisTitle(curves.yName)
                .build();
        Charts.style(chart);
        XYStyler styler = chart.getStyler();
        styler.setMarkerSize(MARKER_SIZE);
        styler.setXAxisLogarithmic(curves.logX).setYAxisLogarithmic(curves.logY);
        if (curves.logX) {
            styler.setXAxisTickLabelsFormattingFunction(Numbers::tick);
        } else {
            styler.setXAxisDecimalPattern("#,##0.####");
        }
        styler.setYAxisTickLabelsFormattingFunction(Numbers::tick);
        if (curves.logX || curves.logY) {
            styler.setPlotGridLinesColor(Style.FAINT_GRID); // there are nine lines for each power of ten
        }
        if (curves.limitsX != null) {
            styler.setXAxisMin(curves.limitsX.min()).setXAxisMax(curves.limitsX.max());
        }
        if (curves.limitsY != null) {
            styler.setYAxisMin(curves.limitsY.min()).setYAxisMax(curves.limitsY.max());
        }
    }

    static Plot of(Curves curves) {
        return new XyChart(curves).filled();
    }

    private Plot filled() {
        for (int i = 0; i < curves.series.size(); i++) { // bands first: lines lie on top of them
            addBand(curves.series.get(i), color(i));
        }
        if (curves.diagonal) {
            addDiagonal();
        }
        for (int i = 0; i < curves.series.size(); i++) {
            addSeries(curves.series.get(i), color(i), MARKERS[i % MARKERS.length]);
        }
        curves.levels.forEach(this::addLevel);
        return new Plot(chart, keys);
    }

    private static Color color(int series) {
        return Style.LINES.get(series % Style.LINES.size());
    }

    private void addSeries(Curves.Series series, Color color, Marker marker) {
        int[] shown = IntStream.range(0, series.x().length)
                .filter(i -> isShown(series.x()[i], series.y()[i]))
                .toArray();
        if (shown.length == 0) {
            return;
        }
        double[] x = at(series.x(), shown);
        if (shown.length > FEW) { // XChart sets ticks at the points themselves where all lie equally far apart
            x[1] += 1e-6 * (x[2] - x[1]);
        }
        XYSeries added = chart.addSeries(series.name(), x, at(series.y(), shown));
        added.setLineColor(color).setLineStyle(LINE);
        added.setMarkerColor(color);
        boolean dots = series.form() == Curves.Form.DOTS;
        added.setMarker(dots || shown.length <= FEW ? marker : SeriesMarkers.NONE);
        added.setXYSeriesRenderStyle(dots ? XYSeriesRenderStyle.Scatter : XYSeriesRenderStyle.Line);
        keys.add(new Plot.Key(series.name(), color, dots ? null : LINE, added.getMarker()));
    }

    private boolean isShown(double x, double y) {
        return Double.isFinite(x) && (x > 0 || !curves.logX) && !Double.isInfinite(y) && !(y <= 0 && curves.logY);
    }

    /** A band is the polygon along its upper edge and back along its lower one. */
    private void addBand(Curves.Series series, Color color) {
        if (series.form() != Curves.Form.BAND) {
            return;
        }
        int n = series.x().length;
        double[] x = new double[2 * n], y = new double[2 * n];
        for (int i = 0; i < n; i++) {
            x[i] = series.x()[i];
            y[i] = series.high()[i];
            x[2 * n - 1 - i] = series.x()[i];
            y[2 * n - 1 - i] = series.low()[i];
        }
        XYSeries band = chart.addSeries(series.name() + " (band)", x, y);
        band.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
        Color light = new Color(color.getRed(), color.getGreen(), color.getBlue(), 56);
        band.setFillColor(light);
        band.setMarker(SeriesMarkers.NONE).setLineColor(light).setLineStyle(new BasicStroke(0));
    }

    private void addDiagonal() {
        double[] ends = curves.series.stream()
                .flatMapToDouble(series -> IntStream.range(0, series.x().length)
                        .filter(i -> isShown(series.x()[i], series.y()[i]) && Double.isFinite(series.y()[i]))
                        .mapToDouble(i -> series.x()[i]))
                .sorted()
                .toArray();
        if (ends.length > 1) {
            double[] line = {ends[0], ends[ends.length - 1]};
            XYSeries added = chart.addSeries("x = y", line, line.clone());
            added.setMarker(SeriesMarkers.NONE).setLineColor(Style.FAINT).setLineStyle(THIN);
            keys.add(new Plot.Key("x = y", Style.FAINT, THIN, null));
        }
    }

    private void addLevel(Curves.Level level) {
        double[] x = curves.series.stream()
                .flatMapToDouble(series -> Arrays.stream(series.x()))
                .filter(value -> isShown(value, 1))
                .sorted()
                .toArray();
        double from = curves.limitsX != null ? curves.limitsX.min() : x[0];
        double to = curves.limitsX != null ? curves.limitsX.max() : x[x.length - 1];
        XYSeries added = chart.addSeries(level.name(), new double[] {from, to}, new double[] {level.y(), level.y()});
        added.setMarker(SeriesMarkers.NONE).setLineColor(Style.INK).setLineStyle(DASHED);
        keys.add(new Plot.Key(level.name(), Style.INK, DASHED, null));
    }

    private static double[] at(double[] values, int[] which) {
        return Arrays.stream(which).mapToDouble(i -> values[i]).toArray();
    }
}
