package cnnkit.train;

import java.util.Arrays;

/**
 * How steep the loss is along each value of a tensor, and how well that is known.
 *
 * <p>Errors of rounding are carried along as a few samples, drawn where they arise and passed on like the slopes
 * themselves: so errors with a common origin add up, and independent ones cancel, as the real ones do.
 */
final class Slopes {
    /** Samples of the error of each slope. */
    static final int SAMPLES = 8;
    /** By what share a slope may be unknown, to be compared with. */
    private static final double TOLERANCE = 5e-4;

    final double[] slope;
    final double[] errors; // SAMPLES for each slope
    final double[] kinks; // how far the slopes to the right and to the left lie from the one told, at most

    Slopes(int length) {
        slope = new double[length];
        errors = new double[SAMPLES * length];
        kinks = new double[length];
    }

    /** The standard deviation of the error of one slope. */
    double error(int i) {
        double squares = 0;
        for (int s = 0; s < SAMPLES; s++) {
            squares += errors[SAMPLES * i + s] * errors[SAMPLES * i + s];
        }
        return Math.sqrt(squares / SAMPLES);
    }

    /** Whether the slopes to both sides differ by more than a small share. */
    boolean hasKink(int i) {
        return kinks[i] > TOLERANCE * Math.abs(slope[i]);
    }

    /**
     * By how much one slope may be unknown: by a small share of itself, or of a typical one of those that are known
     * well.
     */
    double[] tolerances() {
        double squares = 0;
        for (int i = 0; i < slope.length; i++) {
            boolean known = !hasKink(i) && error(i) <= TOLERANCE * Math.abs(slope[i]);
            squares += known ? slope[i] * slope[i] : 0;
        }
        double typical = Math.sqrt(squares / slope.length);
        return Arrays.stream(slope)
                .map(own -> TOLERANCE * Math.max(Math.abs(own), typical))
                .toArray();
    }

    /** As if it had not been measured. */
    void forget(int i) {
        slope[i] = 0;
        Arrays.fill(errors, SAMPLES * i, SAMPLES * (i + 1), 0);
        kinks[i] = 0;
    }

    /** For values that the network uses twice: the slopes along both uses. */
    Slopes plus(Slopes other) {
        Slopes sum = new Slopes(slope.length);
        add(sum.slope, slope, other.slope);
        add(sum.errors, errors, other.errors);
        add(sum.kinks, kinks, other.kinks);
        return sum;
    }

    private static void add(double[] sum, double[] one, double[] other) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = one[i] + other[i];
        }
    }
}
