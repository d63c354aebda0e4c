package cnnkit.plot.chart;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.plot.card.Limits;
import cnnkit.tensor.Language;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;

class XyChartTest {
    private static final double[] X = {1, 2, 3};
    private static final Axis PLAIN = new Axis("", false, null), LOG = new Axis("", true, null);

    private static Plot plot(Axis x, Axis y, List<Level> levels, Series... series) {
        return Plot.of(new XySettings(x, y, List.of(series), levels, false, new XySettings.Size(400, 300)));
    }

    private static Series dots(double[] x, double... y) {
        return new Series("W1", Series.Form.DOTS, x, y, null, null, "");
    }

    private static Series line(double[] x, double... y) {
        return new Series("loss", Series.Form.LINE, x, y, null, null, "");
    }

    private static double[] numbers(int count, double from, double step) {
        return IntStream.range(0, count).mapToDouble(i -> from + i * step).toArray();
    }

    @Test
    void pointsThatALogarithmicAxisCannotShowAreLeftOutAndCounted() {
        Plot plot = plot(PLAIN, LOG, List.of(new Level("tolerance", 1e-3)), dots(X, 0, 1e-4, 1e-6));
        assertEquals(2, ((XYChart) plot.chart()).getSeries("W1").getXData().length);
        assertEquals(
                List.of("W1: 1 point not seen: at or below 0, where a logarithmic axis has no place"), plot.notes());
    }

    @Test
    void aSeriesWithoutAnyPlaceOnALogarithmicAxisIsRefused() {
        fails(
                IllegalArgumentException.class,
                "Curves: no point of W1 has a place on logarithmic axes: x from -1.0 to 0.0, y from 1.0 to 2.0, and only "
                        + "numbers above 0 have logarithms. Leave out logX()",
                () -> plot(LOG, PLAIN, List.of(new Level("t", 1)), dots(new double[] {-1, 0}, 1, 2)));
        fails(
                IllegalArgumentException.class,
                "Curves: no point of loss has a place on logarithmic axes: x from 1.0 to 3.0, y from -1.0 to 0.0, and "
                        + "only numbers above 0 have logarithms. Leave out logY()",
                () -> plot(PLAIN, LOG, List.of(), dots(X, 1, 2, 3), line(X, 0, 0, -1)));
    }

    @Test
    void limitsAndLevelsOfALogarithmicAxisLieAboveZero() {
        fails(
                IllegalArgumentException.class,
                "Curves.limitsY: a logarithmic axis begins above 0 but was asked to go from 0.0 to 1.0",
                () -> plot(PLAIN, new Axis("", true, new Limits(0, 1)), List.of(), dots(X, X)));
        fails(
                IllegalArgumentException.class,
                "Curves: the level chance at 0.0 has no place on a logarithmic axis",
                () -> plot(PLAIN, LOG, List.of(new Level("chance", 0)), dots(X, X)));
    }

    @Test
    void aBandThatReachesDownToZeroIsDrawnWhereALogarithmicAxisHasAPlaceForIt() {
        Series band = new Series("runs", Series.Form.BAND, X, X, new double[] {0, 1, 2}, new double[] {2, 3, 4}, "");
        XYChart chart = (XYChart) plot(PLAIN, LOG, List.of(), band).chart();
        assertArrayEquals(
                new double[] {2, 3, 3, 2}, chart.getSeries("runs (band)").getXData());
    }

    @Test
    void numbersWithoutAnEndAreTold() {
        Plot plot = plot(
                PLAIN,
                PLAIN,
                List.of(),
                dots(X, Double.NaN, Double.POSITIVE_INFINITY, 1),
                line(X, 2, Double.NEGATIVE_INFINITY, 1));
        assertEquals(
                List.of(
                        "W1: 1 point not seen: NaN",
                        "W1: 1 point not seen: infinite",
                        "loss: 1 point not seen: infinite"),
                plot.notes());
        assertEquals(
                List.of("W1: 3 points not seen: NaN"),
                plot(PLAIN, PLAIN, List.of(new Level("t", 1)), dots(X, Double.NaN, Double.NaN, Double.NaN))
                        .notes());
    }

    @Test
    void aGapInALineTellsOfItself() {
        assertEquals(
                List.of(),
                plot(PLAIN, PLAIN, List.of(), line(X, 1, Double.NaN, 2)).notes());
        assertEquals(
                List.of("loss: 1 point not seen: NaN"),
                plot(PLAIN, PLAIN, List.of(), line(X, 1, 2, Double.NaN)).notes());
    }

    /** A gap of one point among hundreds is narrower than the line. */
    @Test
    void inALongLineAGapIsTold() {
        double[] x = IntStream.range(0, 500).asDoubleStream().toArray(), y = x.clone();
        y[250] = Double.NaN;
        assertEquals(
                List.of("loss: 1 point not seen: NaN"),
                plot(PLAIN, PLAIN, List.of(), line(x, y)).notes());
    }

    @Test
    void whatLiesBeyondChosenLimitsIsTold() {
        Axis y = new Axis("", false, new Limits(0, 2));
        Plot plot = plot(PLAIN, y, List.of(new Level("chance", 7)), dots(X, 1, 2, 3));
        assertEquals(
                List.of("W1: 1 point not seen: beyond the axes", "chance: not seen: at 7, beyond the axis"),
                plot.notes());
        int height = plot.height();
        assertEquals(
                height - 2 * 16, plot(PLAIN, y, List.of(), dots(X, 1, 1, 1)).height());
    }

    @Test
    void inChinesePointsOfACurveAreNotThoseOfAQuiz() {
        Axis y = new Axis("", false, new Limits(0, 2));
        List<String> notes = Language.of("zh")
                .speak(() -> plot(PLAIN, y, List.of(), dots(X, 1, 3, 3)).notes());
        assertEquals(List.of("W1：2 个点没有显示：超出坐标轴"), notes);
    }

    @Test
    void noPointOfALongLineIsMoved() {
        double[] x = numbers(200, 207, 200);
        XYChart chart = (XYChart) plot(PLAIN, PLAIN, List.of(), line(x, x)).chart();
        assertArrayEquals(x, chart.getSeries("loss").getXData());
    }

    @Test
    void theTicksUnderALongLineStandAtRoundNumbersHoweverItsPointsLie() {
        double[] even = numbers(100, 207, 100);
        double[] uneven = IntStream.range(0, 100)
                .filter(i -> i != 1)
                .mapToDouble(i -> even[i])
                .toArray();
        assertArrayEquals(ticks(uneven), ticks(even));
    }

    /** The strip below the plot, where the numbers of the horizontal axis stand. */
    private static int[] ticks(double... x) {
        Plot plot = plot(PLAIN, PLAIN, List.of(), line(x, x));
        BufferedImage image = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
        plot.paint(image.createGraphics());
        return image.getRGB(0, 270, 400, 30, null, 0, 400);
    }

    @Test
    void theSixthLineHasDashesSinceItsColourIsThatOfTheFirst() {
        Series[] six = IntStream.range(0, 6)
                .mapToObj(i -> new Series("line " + i, Series.Form.LINE, X, X, null, null, ""))
                .toArray(Series[]::new);
        XYChart chart = (XYChart) plot(PLAIN, PLAIN, List.of(), six).chart();
        assertEquals(
                chart.getSeries("line 0").getLineColor(),
                chart.getSeries("line 5").getLineColor());
        assertTrue(Arrays.equals(
                new float[] {10, 4}, chart.getSeries("line 5").getLineStyle().getDashArray()));
    }

    @Test
    void bothLinearAxesWriteARealMinusSign() {
        XYChart chart = (XYChart) plot(PLAIN, PLAIN, List.of(), line(X, X)).chart();
        assertEquals(
                "−2", chart.getStyler().getXAxisTickLabelsFormattingFunction().apply(-2.0));
        assertEquals(
                "−2", chart.getStyler().getYAxisTickLabelsFormattingFunction().apply(-2.0));
    }
}
