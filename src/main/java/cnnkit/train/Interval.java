package cnnkit.train;

import cnnkit.tensor.Text;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.statistics.interval.NormalConfidenceInterval;

/**
 * A number that was measured, and the 95 % confidence interval around it: another sample of the same size would give a
 * somewhat different number, and an interval made in this way holds the true one in 95 of 100 cases.
 * <pre>
 *     Interval.ofShare(9_807, 10_000)                 // 98.07 % of the test images: 97.78 to 98.32 %
 *     Interval.ofMean(98.07, 98.37, 98.42)            // over three seeds
 *     Interval.ofDifference(withPooling, without)     // the same seeds, in pairs: is 0 outside?
 * </pre>
 *
 * @param estimate what was measured: a share, a mean, a mean difference
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double estimate, double low, double high) {
    private static final double OUTSIDE = 0.05; // the cases in which the true value is not in it
    private static final double Z = 1.959963984540054; // so many standard deviations: 2.5 % of a Gaussian lie above

    /**
     * Checks that the ends are ends.
     *
     * @param estimate what was measured
     * @param low the lower end
     * @param high the upper end
     * @throws IllegalArgumentException unless low &lt;= estimate &lt;= high
     */
    public Interval {
        if (!(low <= estimate && estimate <= high)) {
            throw new IllegalArgumentException(Text.error(
                    "Interval: expected low <= estimate <= high but got %s <= %s <= %s", low, estimate, high));
        }
    }

    /**
     * A share, such as an accuracy (Wilson, 1927). It is right near 0 and 1, too, where the usual estimate plus or minus
     * two standard errors is not.
     *
     * @param right how many
     * @param of so many
     * @return in 0..1
     * @throws IllegalArgumentException unless 0 &lt;= right &lt;= of and of &gt; 0
     */
    public static Interval ofShare(int right, int of) {
        if (of <= 0 || right < 0 || right > of) {
            throw new IllegalArgumentException(
                    Text.error("Interval: expected 0 <= right <= of, and of > 0, but got %,d of %,d", right, of));
        }
        // centre (right + z²/2) / (n + z²), to both sides z / (n + z²) * sqrt(right * wrong / n + z²/4)
        double share = (double) right / of, square = Z * Z;
        double centre = (right + square / 2) / (of + square);
        double half = Z / (of + square) * Math.sqrt((double) right * (of - right) / of + square / 4);
        return new Interval(share, Math.min(share, centre - half), Math.max(share, centre + half));
    }

    /**
     * A mean of values that vary from run to run, such as accuracies over seeds (Student's t, n - 1 degrees of freedom).
     *
     * @param values at least two, in any unit
     * @return in the same unit
     * @throws IllegalArgumentException if there are fewer than two, or one is no finite number
     */
    public static Interval ofMean(double... values) {
        int n = values.length;
        if (n < 2) {
            throw new IllegalArgumentException(Text.error(
                    "Interval: expected two values or more but got %s: one run cannot say how much runs vary", n));
        }
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        Text.error("Interval: value %d is %s, no finite number", i, values[i]));
            }
        }
        double mean = Arrays.stream(values).sum() / n;
        double variance =
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (n - 1);
        if (variance == 0) {
            return new Interval(mean, mean, mean);
        }
        var t = NormalConfidenceInterval.MEAN.fromErrorRate(mean, variance, n, OUTSIDE);
        return new Interval(mean, t.getLowerBound(), t.getUpperBound());
    }

    /**
     * The mean difference of pairs, such as accuracies of two networks with the same seed: what both have in common, an easy
     * or a hard seed, drops out. If 0 lies outside, the difference is more than chance.
     *
     * @param first values in any unit
     * @param second as many, in the same order
     * @return of first minus second, in the same unit
     * @throws IllegalArgumentException if there is another number of them, fewer than two, or one is no finite number
     */
    public static Interval ofDifference(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(Text.error(
                    "Interval: differences need pairs but got %d and %d values", first.length, second.length));
        }
        return ofMean(IntStream.range(0, first.length)
                .mapToDouble(i -> first[i] - second[i])
                .toArray());
    }

    /**
     * Whether a value lies in it.
     *
     * @param value in the same unit
     * @return whether low &lt;= value &lt;= high
     */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /**
     * Whether all of it is larger.
     *
     * @param value in the same unit
     * @return whether low &gt; value
     */
    public boolean isAbove(double value) {
        return low > value;
    }

    /**
     * Whether all of it is smaller.
     *
     * @param value in the same unit
     * @return whether high &lt; value
     */
    public boolean isBelow(double value) {
        return high < value;
    }

    /**
     * A share in words.
     *
     * @return for example {@code 98.07 % (97.78 to 98.32 %)}
     */
    public String percent() {
        return Text.of("%.2f %% (%.2f to %.2f %%)", 100 * estimate, 100 * low, 100 * high);
    }

    /**
     * A difference of shares in words.
     *
     * @return for example {@code +1.30 points (+0.84 to +1.76)}: percentage points
     */
    public String points() {
        return Text.of("%+.2f points (%+.2f to %+.2f)", 100 * estimate, 100 * low, 100 * high);
    }

    /**
     * In words.
     *
     * @return for example {@code 0.980700 (0.977804 to 0.983223)}
     */
    @Override
    public String toString() {
        return Text.of("%.6g (%.6g to %.6g)", estimate, low, high);
    }
}
