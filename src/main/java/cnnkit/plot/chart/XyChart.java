package cnnkit.plot.chart;

import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
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
    private static final int MOST_BANDS = 2; // that can be told apart where they overlap
    private static final int MOST_WHISKERS = 12; // of one series
    private static final double BESIDE = 5; // from whisker to whisker, in points
    private static final int FAINT = 56, FAINTEST = 14; // of 255, how much a band covers
    private static final BasicStroke EDGE = new BasicStroke(0.75f);
    private static final BasicStroke THIN = new BasicStroke(1);
    private static final BasicStroke DASHED =
            new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 4}, 0);

    private final XySettings settings;
    private final XYChart chart;
    private final Frame frame;
    private final List<Key> keys = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private XyChart(XySettings settings) {
        this.settings = settings;
        settings.x().check("Curves.limitsX");
        settings.y().check("Curves.limitsY");
        frame = Frame.of(
                settings.size().width(),
                settings.size().height(),
                settings.x().name(),
                settings.y().name());
        chart = new XYChartBuilder()
                .width(frame.chartWidth())
                .height(frame.chartHeight())
                .build();
        ChartLook.apply(chart);
        boolean logX = settings.x().logarithmic(), logY = settings.y().logarithmic();
        XYStyler styler = chart.getStyler();
        styler.setMarkerSize(MARKER_SIZE);
        styler.setXAxisLogarithmic(logX).setYAxisLogarithmic(logY);
        styler.setXAxisTickLabelsFormattingFunction(logX ? Numbers::tick : Numbers::place);
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
        addSpreadKeys();
        return new Plot(frame, chart, keys, notes).over(this::paintWhiskers);
    }

    /** Each meaning of bands and bars stands in the legend once. */
    private void addSpreadKeys() {
        settings.series().stream()
                .filter(series -> series.low() != null && !series.spread().isEmpty())
                .map(series -> hasWhiskers(series) ? Key.whisker(series.spread()) : Key.band(series.spread()))
                .filter(key -> keys.stream().noneMatch(known -> known.name().equals(key.name())))
                .forEach(keys::add);
    }

    /** Bars at points; and bands, where more than two of them would mix into mud and there are few points. */
    private boolean hasWhiskers(Series series) {
        return series.low() != null
                && (series.form() != Series.Form.BAND || isCrowded() && series.x().length <= MOST_WHISKERS);
    }

    private boolean isCrowded() {
        return settings.series().stream()
                        .filter(series -> series.form() == Series.Form.BAND)
                        .count()
                > MOST_BANDS;
    }

    /** Side by side, so that none hides another. */
    private void paintWhiskers(Graphics2D g) {
        List<Series> with = settings.series().stream().filter(this::hasWhiskers).toList();
        for (int s = 0; s < with.size(); s++) {
            Series series = with.get(s);
            double aside = with.size() == 1 ? 0 : (s - (with.size() - 1) / 2.0) * BESIDE;
            for (int i : places(series, this::isDrawn)) {
                boolean seen = !settings.x().cutsOff(series.x()[i]);
                double low = inside(series.low()[i]), high = inside(series.high()[i]);
                if (seen && settings.y().canShow(low) && settings.y().canShow(high)) {
                    double x = chart.getScreenXFromChart(series.x()[i]) + aside;
                    double bottom = chart.getScreenYFromChart(low), top = chart.getScreenYFromChart(high);
                    Whisker.paint(g, color(settings.series().indexOf(series)), x, bottom, top);
                }
            }
        }
    }

    /** As far as the axis goes that was asked for. */
    private double inside(double value) {
        Limits limits = settings.y().limits();
        return limits == null ? value : Math.max(limits.min(), Math.min(limits.max(), value));
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
        keys.add(Key.line(series.name(), color, dots ? null : line, added.getMarker()));
    }

    /** A series of which a logarithmic axis cannot show a single point would vanish without a word. */
    private void requireAPlace(Series series) {
        boolean finite = places(series, (x, y) -> Double.isFinite(x) && Double.isFinite(y)).length > 0;
        if (finite && places(series, this::isDrawn).length == 0) {
            throw new IllegalArgumentException(Text.error(
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
        boolean marked = drawn.length <= FEW; // else a gap may be narrower than the line
        boolean line = series.form() != Series.Form.DOTS;
        long nan = IntStream.range(0, series.x().length)
                .filter(i -> Double.isNaN(series.x()[i]) || Double.isNaN(series.y()[i]))
                .filter(i ->
                        !line || !marked || i < gapsFrom || i > gapsTo || drawn.length == 0) // else the gap is seen
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
            notes.add(
                    count == 1
                            ? Text.of("%s: 1 point not seen: %s", series.name(), why)
                            : Text.of("%s: %,d points not seen: %s", series.name(), count, why));
        }
    }

    /**
     * A band is the polygon along its upper edge and back along its lower one; one of many is only its edges. Where there are
     * bars at the points, it is unseen and only holds the axis open for them.
     */
    private void addBand(Series series, Color color) {
        if (series.low() == null) {
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
        if (hasWhiskers(series)) {
            band.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter).setMarker(SeriesMarkers.NONE);
            return;
        }
        band.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
        Color light = new Color(color.getRed(), color.getGreen(), color.getBlue(), isCrowded() ? FAINTEST : FAINT);
        band.setFillColor(light);
        band.setMarker(SeriesMarkers.NONE).setLineColor(light).setLineStyle(new BasicStroke(0));
        if (isCrowded()) {
            addEdge(series.name() + " (upper edge)", Arrays.copyOf(x, n), Arrays.copyOf(y, n), color);
            addEdge(
                    series.name() + " (lower edge)",
                    Arrays.copyOfRange(x, n, 2 * n),
                    Arrays.copyOfRange(y, n, 2 * n),
                    color);
        }
    }

    private void addEdge(String name, double[] x, double[] y, Color color) {
        XYSeries edge = chart.addSeries(name, x, y);
        edge.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line).setMarker(SeriesMarkers.NONE);
        edge.setLineColor(color).setLineStyle(EDGE);
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
            keys.add(Key.line("x = y", Style.FAINT, THIN, null));
        }
    }

    private void addLevel(Level level) {
        if (!settings.y().canShow(level.y())) {
            throw new IllegalArgumentException(Text.error(
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
        keys.add(Key.line(level.name(), Style.INK, DASHED, null));
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
