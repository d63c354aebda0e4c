package cnnkit.plot.chart;

import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Turns curves into a chart of XChart. What the axes cannot show is told below the chart. */
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
    /** Where the colours begin again, lines are told apart by their dashes. */
    private static final List<BasicStroke> LINES = List.of(
            new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND),
            new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {10, 4}, 0),
            new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {3, 3}, 0));

    private static final int FEW = 30; // points of a line that are marked one by one
    private static final BasicStroke THIN = new BasicStroke(1);
    private static final BasicStroke DASHED =
            new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 4}, 0);

    private final XySettings settings;
    private final XYChart chart;
    private final List<Plot.Key> keys = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private XyChart(XySettings settings) {
        this.settings = settings;
        settings.x().check("Curves.limitsX");
        settings.y().check("Curves.limitsY");
        chart = new XYChartBuilder()
                .width(settings.size().width())
                .height(settings.size().height())
                .title(settings.title())
                .xAxisTitle(settings.x().name())
                .yAxisTitle(settings.y().name())
                .build();
        ChartLook.apply(chart);
        boolean logX = settings.x().logarithmic(), logY = settings.y().logarithmic();
        XYStyler styler = chart.getStyler();
        styler.setMarkerSize(MARKER_SIZE);
        styler.setXAxisLogarithmic(logX).setYAxisLogarithmic(logY);
        if (logX) {
            styler.setXAxisTickLabelsFormattingFunction(Numbers::tick);
        } else {
            styler.setXAxisDecimalPattern("#,##0.####");
        }
        styler.setYAxisTickLabelsFormattingFunction(Numbers::tick);
        if (logX || logY) {
            styler.setPlotGridLinesColor(Style.FAINT_GRID); // there are nine lines for each power of ten
        }
        if (settings.x().limits() != null) {
            styler.setXAxisMin(settings.x().limits().min())
                    .setXAxisMax(settings.x().limits().max());
        }
        if (settings.y().limits() != null) {
            styler.setYAxisMin(settings.y().limits().min())
                    .setYAxisMax(settings.y().limits().max());
        }
    }

    static Plot plot(XySettings settings) {
        return new XyChart(settings).filled();
    }

    private Plot filled() {
        List<Series> series = settings.series();
        series.stream()
                .filter(one -> places(one, this::isShown).length > FEW && !onRoundNumbers(one.x()))
                .findFirst()
                .ifPresent(this::addAnchor);
        for (int i = 0; i < series.size(); i++) { // bands first: lines lie on top of them
            addBand(series.get(i), color(i));
        }
        if (settings.diagonal()) {
            addDiagonal();
        }
        for (int i = 0; i < series.size(); i++) {
            addSeries(i, series.get(i));
        }
        settings.levels().forEach(this::addLevel);
        return new Plot(chart, keys, notes);
    }

    private static Color color(int series) {
        return Style.LINES.get(series % Style.LINES.size());
    }

    /** Which points of a series are as asked. */
    private static int[] places(Series series, PointTest test) {
        IntPredicate at = i -> test.test(series.x()[i], series.y()[i]);
        return IntStream.range(0, series.x().length).filter(at).toArray();
    }

    private interface PointTest {
        boolean test(double x, double y);
    }

    /** Whether a point is given to XChart; NaN, so that the line has a gap there. */
    private boolean isShown(double x, double y) {
        return settings.x().canShow(x) && (Double.isNaN(y) || settings.y().canShow(y));
    }

    private boolean isDrawn(double x, double y) {
        return settings.x().canShow(x) && settings.y().canShow(y);
    }

    /** Whether points lie at multiples of 1, 2 or 5 times a power of ten, as ticks should. */
    private static boolean onRoundNumbers(double... x) {
        double gap = Math.abs(x[1] - x[0]), power = Math.pow(10, Math.floor(Math.log10(gap)));
        return DoubleStream.of(1, 2, 5, 10).anyMatch(factor -> Math.abs(gap / power - factor) < 1e-9)
                && Math.abs(x[0] / gap - Math.rint(x[0] / gap)) < 1e-9;
    }

    /**
     * The last point of a long line, once more and unseen, in front of all others. Where all points lie equally far apart,
     * XChart would set its ticks at points instead of at round numbers; with this one among them they do not.
     */
    private void addAnchor(Series series) {
        int[] shown = places(series, this::isDrawn);
        if (shown.length > 0) {
            int last = shown[shown.length - 1];
            XYSeries anchor =
                    chart.addSeries("the last point of " + series.name(), at(series.x(), last), at(series.y(), last));
            anchor.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter).setMarker(SeriesMarkers.NONE);
        }
    }

    private void addSeries(int index, Series series) {
        requireAPlace(series);
        addNotes(series);
        int[] shown = places(series, this::isShown);
        if (places(series, this::isDrawn).length == 0) {
            return;
        }
        Color color = color(index);
        BasicStroke line = LINES.get(index / Style.LINES.size() % LINES.size());
        Marker marker = MARKERS[index % MARKERS.length];
        XYSeries added = chart.addSeries(series.name(), at(series.x(), shown), at(series.y(), shown));
        added.setLineColor(color).setLineStyle(line);
        added.setMarkerColor(color);
        boolean dots = series.form() == Series.Form.DOTS;
        added.setMarker(dots || shown.length <= FEW ? marker : SeriesMarkers.NONE);
        added.setXYSeriesRenderStyle(dots ? XYSeriesRenderStyle.Scatter : XYSeriesRenderStyle.Line);
        keys.add(new Plot.Key(series.name(), color, dots ? null : line, added.getMarker()));
    }

    /** A series of which a logarithmic axis cannot show a single point would vanish without a word. */
    private void requireAPlace(Series series) {
        boolean finite = places(series, (x, y) -> Double.isFinite(x) && Double.isFinite(y)).length > 0;
        if (finite && places(series, this::isDrawn).length == 0) {
            throw new IllegalArgumentException(Text.of(
                    "Curves: no point of %s has a place on logarithmic axes: x from %s to %s, y from %s to %s, and only "
                            + "numbers above 0 have logarithms. Leave out %s",
                    series.name(),
                    Arrays.stream(series.x()).min().orElseThrow(),
                    Arrays.stream(series.x()).max().orElseThrow(),
                    Arrays.stream(series.y()).min().orElseThrow(),
                    Arrays.stream(series.y()).max().orElseThrow(),
                    settings.x().logarithmic()
                            ? settings.y().logarithmic() ? "logX() or logY()" : "logX()"
                            : "logY()"));
        }
    }

    /** What of a series nobody will see, in words. */
    private void addNotes(Series series) {
        int[] drawn = places(series, this::isDrawn);
        int gapsFrom = drawn.length == 0 ? 0 : drawn[0], gapsTo = drawn.length == 0 ? 0 : drawn[drawn.length - 1];
        boolean line = series.form() != Series.Form.DOTS;
        long nan = IntStream.range(0, series.x().length)
                .filter(i -> Double.isNaN(series.x()[i]) || Double.isNaN(series.y()[i]))
                .filter(i -> !line || i < gapsFrom || i > gapsTo || drawn.length == 0) // else the gap is seen
                .count();
        note(series, nan, "NaN");
        note(series, places(series, (x, y) -> Double.isInfinite(x) || Double.isInfinite(y)).length, "infinite");
        note(
                series,
                places(series, (x, y) -> Double.isFinite(x) && Double.isFinite(y) && !isDrawn(x, y)).length,
                "at or below 0, where a logarithmic axis has no place");
        note(
                series,
                places(
                                series,
                                (x, y) -> isDrawn(x, y)
                                        && (settings.x().cutsOff(x)
                                                || settings.y().cutsOff(y)))
                        .length,
                "beyond the axes");
    }

    private void note(Series series, long count, String why) {
        if (count > 0) {
            notes.add(Text.of("%s: %,d %s not seen: %s", series.name(), count, count == 1 ? "point" : "points", why));
        }
    }

    /** A band is the polygon along its upper edge and back along its lower one. */
    private void addBand(Series series, Color color) {
        if (series.form() != Series.Form.BAND) {
            return;
        }
        int[] shown = IntStream.range(0, series.x().length)
                .filter(i -> isDrawn(series.x()[i], series.low()[i]) && isDrawn(series.x()[i], series.high()[i]))
                .toArray();
        int n = shown.length;
        if (n == 0) {
            return;
        }
        double[] x = new double[2 * n], y = new double[2 * n];
        for (int i = 0; i < n; i++) {
            x[i] = series.x()[shown[i]];
            y[i] = series.high()[shown[i]];
            x[2 * n - 1 - i] = series.x()[shown[i]];
            y[2 * n - 1 - i] = series.low()[shown[i]];
        }
        XYSeries band = chart.addSeries(series.name() + " (band)", x, y);
        band.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
        Color light = new Color(color.getRed(), color.getGreen(), color.getBlue(), 56);
        band.setFillColor(light);
        band.setMarker(SeriesMarkers.NONE).setLineColor(light).setLineStyle(new BasicStroke(0));
    }

    private void addDiagonal() {
        double[] ends = settings.series().stream()
                .flatMapToDouble(series -> Arrays.stream(at(series.x(), places(series, this::isDrawn))))
                .sorted()
                .toArray();
        if (ends.length > 1) {
            double[] line = {ends[0], ends[ends.length - 1]};
            XYSeries added = chart.addSeries("x = y", line, line.clone());
            added.setMarker(SeriesMarkers.NONE).setLineColor(Style.FAINT).setLineStyle(THIN);
            keys.add(new Plot.Key("x = y", Style.FAINT, THIN, null));
        }
    }

    private void addLevel(Level level) {
        if (!settings.y().canShow(level.y())) {
            throw new IllegalArgumentException(Text.of(
                    "Curves: the level %s at %s has no place on %s axis",
                    level.name(), level.y(), settings.y().logarithmic() ? "a logarithmic" : "an"));
        }
        if (settings.y().cutsOff(level.y())) {
            notes.add(Text.of("%s: not seen: at %s, beyond the axis", level.name(), Numbers.text(level.y())));
            return;
        }
        double[] x = settings.series().stream()
                .flatMapToDouble(series -> Arrays.stream(series.x()))
                .filter(settings.x()::canShow)
                .sorted()
                .toArray();
        double[] ends = ends(x);
        XYSeries added = chart.addSeries(level.name(), ends, new double[] {level.y(), level.y()});
        added.setMarker(SeriesMarkers.NONE).setLineColor(Style.INK).setLineStyle(DASHED);
        keys.add(new Plot.Key(level.name(), Style.INK, DASHED, null));
    }

    /** From where to where a level goes: as far as the axis that was asked for, or as the points, but never nowhere. */
    private double[] ends(double... x) {
        Limits limits = settings.x().limits();
        if (limits != null) {
            return new double[] {limits.min(), limits.max()};
        } else if (x.length == 0) {
            return new double[] {1, 2};
        }
        double first = x[0], last = x[x.length - 1];
        if (first < last) {
            return new double[] {first, last};
        }
        return settings.x().logarithmic() ? new double[] {first / 2, 2 * first} : new double[] {first - 1, first + 1};
    }

    private static double[] at(double[] values, int... which) {
        return Arrays.stream(which).mapToDouble(i -> values[i]).toArray();
    }
}
