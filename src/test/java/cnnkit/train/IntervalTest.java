package cnnkit.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.junit.jupiter.api.Test;

class IntervalTest {
    @Test
    void aShareIsWilsonsInterval() {
        Interval accuracy = Interval.ofShare(9_807, 10_000);
        assertEquals(0.9807, accuracy.estimate());
        assertEquals(0.9778131526068965, accuracy.low(), 1e-12);
        assertEquals(0.9832176713595351, accuracy.high(), 1e-12);
        assertEquals("98.07 % (97.78 to 98.32 %)", accuracy.percent());
    }

    @Test
    void aShareIsTheIntervalOfTheLibraryForStatistics() {
        for (int of : new int[] {1, 7, 100, 10_000, 60_000}) {
            for (int right = 0; right <= of; right += Math.max(1, of / 13)) {
                var theirs = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(of, right, 0.05);
                Interval ours = Interval.ofShare(right, of);
                assertEquals(theirs.getLowerBound(), ours.low(), 1e-12, right + " of " + of);
                assertEquals(theirs.getUpperBound(), ours.high(), 1e-12, right + " of " + of);
            }
        }
    }

    @Test
    void allRightIsNoProofThatAllWillBe() {
        Interval all = Interval.ofShare(20, 20);
        assertEquals(1, all.high());
        assertEquals(0.8389, all.low(), 1e-4);
        Interval none = Interval.ofShare(0, 20);
        assertEquals(0, none.low());
        assertEquals(0.1611, none.high(), 1e-4);
    }

    @Test
    void aMeanIsStudentsInterval() { // t(0.975, 4) = 2.776445; mean 3, s = sqrt(2.5), s / sqrt(5) = 0.707107
        Interval mean = Interval.ofMean(1, 2, 3, 4, 5);
        assertEquals(3, mean.estimate());
        assertEquals(3 - 2.776445 * 0.707107, mean.low(), 1e-5);
        assertEquals(3 + 2.776445 * 0.707107, mean.high(), 1e-5);
        assertEquals("3.00000 (1.03676 to 4.96324)", mean.toString());
    }

    @Test
    void pairsThatAllDifferByOneDifferByOneForSure() {
        Interval difference = Interval.ofDifference(new double[] {0.75, 0.5, 1}, new double[] {0.5, 0.25, 0.75});
        assertEquals(new Interval(0.25, 0.25, 0.25), difference);
        assertEquals("+25.00 points (+25.00 to +25.00)", difference.points());
    }

    @Test
    void inPairsAHardSeedDropsOut() {
        double[] hard = {0.90, 0.95, 0.99, 0.93}, better = {0.91, 0.962, 0.999, 0.942};
        assertTrue(Interval.ofDifference(better, hard).isAbove(0));
        assertTrue(Interval.ofMean(hard).contains(Interval.ofMean(better).estimate()));
        assertTrue(Interval.ofDifference(hard, better).isBelow(0));
    }

    /** As the name says: 95 of 100 hold the true value. */
    @Test
    void ninetyFiveOfHundredHoldTheTruth() {
        Random random = new Random(1);
        int shares = 0, means = 0, runs = 4_000;
        for (int run = 0; run < runs; run++) {
            int right = (int) random.doubles(500).filter(d -> d < 0.9).count();
            shares += Interval.ofShare(right, 500).contains(0.9) ? 1 : 0;
            double[] values =
                    random.doubles(5).map(d -> 7 + random.nextGaussian()).toArray();
            means += Interval.ofMean(values).contains(7) ? 1 : 0;
        }
        assertEquals(0.95, (double) shares / runs, 0.012); // three standard errors of 4,000 draws are 0.0103
        assertEquals(0.95, (double) means / runs, 0.012);
    }

    @Test
    void aValueOnTheEndIsIn() {
        Interval some = new Interval(2, 1, 3);
        assertTrue(some.contains(1) && some.contains(3));
        assertFalse(some.isAbove(1) || some.isBelow(3));
        assertFalse(some.contains(Double.NaN));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertEquals(
                "Interval: expected two values or more but got 1: one run cannot say how much runs vary",
                assertThrows(IllegalArgumentException.class, () -> Interval.ofMean(3))
                        .getMessage());
        assertEquals(
                "Interval: value 1 is NaN, no finite number",
                assertThrows(IllegalArgumentException.class, () -> Interval.ofMean(3, Double.NaN))
                        .getMessage());
        assertEquals(
                "Interval: differences need pairs but got 2 and 3 values",
                assertThrows(IllegalArgumentException.class, () -> Interval.ofDifference(new double[2], new double[3]))
                        .getMessage());
        assertEquals(
                "Interval: expected 0 <= right <= of, and of > 0, but got 11 of 10",
                assertThrows(IllegalArgumentException.class, () -> Interval.ofShare(11, 10))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Interval.ofShare(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Interval(1, 2, 3));
        assertThrows(IllegalArgumentException.class, () -> new Interval(Double.NaN, 2, 3));
    }
}
