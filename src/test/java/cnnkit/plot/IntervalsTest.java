package cnnkit.plot;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.plot.card.Style;
import cnnkit.plot.chart.Series;
import cnnkit.train.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers that stand with their intervals, and bands that say what they are. */
class IntervalsTest {
    private static final double[] X = {1, 2, 3}, Y = {4, 5, 6}, LOW = {3, 4, 5}, HIGH = {5, 6, 9};

    @Test
    void anIntervalMakesTheAxisOfDotsWideEnough() {
        int without = dots().figure().height(),
                with = dots().intervals(LOW, HIGH).figure().height();
        assertTrue(with > without, "and the legend says what the bars are");
        int top = Pixels.box(dots().intervals(LOW, HIGH).figure().image(), Style.BLUE).y;
        assertTrue(top > 20, "the end of the interval lies below the frame of the plot: " + top);
    }

    private static Curves dots() {
        return Curves.of("x", "y").dots("d", X, Y);
    }

    @Test
    void intervalsBelongToTheSeriesThatWasAddedLast() {
        Curves curves = dots().line("l", X, Y).intervals("standard error", LOW, HIGH);
        List<Series> series = Inside.series(curves);
        assertEquals(null, series.get(0).low());
        assertArrayEquals(HIGH, series.get(1).high());
        assertEquals("standard error", series.get(1).spread());
        assertThrows(IllegalStateException.class, () -> Curves.of("x", "y").intervals(LOW, HIGH));
        assertThrows(IllegalStateException.class, () -> Bars.of("a").intervals(LOW, HIGH));
    }

    @Test
    void anIntervalThatDoesNotHoldItsNumberIsRefused() {
        fails(
                IllegalArgumentException.class,
                "Curves: d: value 0 is 4.0, outside its interval from 0.03 to 0.05: are they in the same unit?",
                () -> dots().intervals(new double[] {0.03, 0.04, 0.05}, new double[] {0.05, 0.06, 0.09}));
        fails(
                IllegalArgumentException.class,
                "Bars: s has 1 values but 3 lower and 3 upper ends of intervals",
                () -> Bars.of("a").series("s", 4).intervals(LOW, HIGH));
    }

    @Test
    void barsReachUpToTheirIntervals() {
        Bars bars = Bars.of("a").series("s", 0.98).intervals(Interval.ofShare(98, 100));
        assertTrue(
                bars.figure().height() > Bars.of("a").series("s", 0.98).figure().height(), "a legend");
        assertThrows(IllegalArgumentException.class, () -> bars.limits(0, 0.98).figure());
    }

    @Test
    void theLegendSaysWhatABandIs() {
        Curves curves = Curves.of("x", "y").band("CNN", X, List.of(LOW, HIGH));
        assertEquals(
                "smallest to largest of 2 runs", Inside.series(curves).get(0).spread());
        assertEquals(
                "five seeds",
                Inside.series(curves.bandsAre("five seeds")).get(0).spread());
        int named = curves.figure().height();
        assertTrue(named > Curves.of("x", "y").line("CNN", X, Y).figure().height());
        assertThrows(IllegalStateException.class, () -> dots().bandsAre("units"));
    }

    @Test
    void threeBandsBecomeBarsSideBySideInsteadOfMixing() {
        Curves two = Curves.of("x", "y").band("a", X, Y, LOW, HIGH).band("b", X, Y, LOW, HIGH);
        int pale = mixed(two), left = mixed(two.band("c", X, Y, LOW, HIGH));
        assertTrue(20 * left < pale, "two bands lie over each other, three do not: " + pale + " and " + left);
    }

    /** Pixels that are neither white nor grey, and pale: bands. */
    private static int mixed(Curves curves) {
        var image = curves.figure().image();
        int count = 0;
        for (int y = 0; y < 400; y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y), r = rgb >> 16 & 255, g = rgb >> 8 & 255, b = rgb & 255;
                int most = Math.max(r, Math.max(g, b)), least = Math.min(r, Math.min(g, b));
                count += least > 140 && most - least > 12 && most < 235 ? 1 : 0;
            }
        }
        return count;
    }
}
