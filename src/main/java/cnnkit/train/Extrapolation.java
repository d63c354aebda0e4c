package cnnkit.train;

/**
 * The slope of a function that single precision computes, from difference quotients over smaller and smaller steps
 * (Ridders, Advances in Engineering Software, 1982). Every step is a quarter of the one before. Of a smooth function
 * <pre>
 *     (f(w + h) - f(w - h)) / 2h       =  slope + a h^2 + b h^4 + ...
 *     right quotient - left quotient   =    0   + c h   + d h^3 + ...
 * </pre>
 * so that two steps get rid of the first term, three of the second. A large step is wrong by what is left of the
 * series, a small one by rounding; the best estimate is the one that agrees most closely with its neighbours. Where
 * the second line does not go to 0 there is a kink.
 */
final class Extrapolation {
    private static final int ORDER = 3; // terms to get rid of
    /** Quotients to both sides that differ by more than this share of their sum are a kink ... */
    private static final double KINK = 0.05;
    /** ... if they also differ by more than so many times what rounding makes of them. */
    private static final double CLEARLY = 8;

    private final double[] centres = new double[ORDER + 1]; // of the latest step, without 0, 1, 2, 3 terms
    private final double[] jumps = new double[ORDER + 1];
    private int steps;

    private double slope = Double.NaN;
    private double error = Double.POSITIVE_INFINITY;
    private double jump;
    private boolean kink;

    /**
     * One more step, a quarter as long as the one before.
     *
     * @param right the quotient to the right
     * @param left the quotient to the left
     * @param centre the quotient from left to right
     * @param rounding what rounding may add to them
     */
    void add(double right, double left, double centre, double rounding) {
        double sides = Math.abs(right) + Math.abs(left);
        double newCentre = centre, newJump = right - left;
        double power = 1;
        for (int m = 0; m <= Math.min(steps, ORDER); m++) {
            double oldCentre = centres[m], oldJump = jumps[m];
            centres[m] = newCentre;
            jumps[m] = newJump;
            if (steps > m) { // the step before has an estimate of this order too
                consider(newCentre, Math.abs(newCentre - oldCentre), newJump, rounding, sides);
                newCentre += (newCentre - oldCentre) / (16 * power - 1);
                newJump += (newJump - oldJump) / (4 * power - 1);
                power *= 16;
            }
        }
        steps++;
    }

    private void consider(double estimate, double difference, double between, double rounding, double sides) {
        double total = difference + Math.abs(between) / 2 + rounding;
        if (total < error) { // false for NaN: a step too large for a float
            slope = estimate;
            error = total;
            jump = Math.abs(between) / 2;
            kink = jump > KINK * sides && jump > CLEARLY * (rounding + difference);
        }
    }

    /** The best estimate; NaN as long as there is none. */
    double slope() {
        return slope;
    }

    /** How far the slope may be off because of rounding and curvature. */
    double error() {
        return kink ? error - jump : error;
    }

    /** How far the slopes to both sides are from it, 0 unless there is a kink. */
    double kink() {
        return kink ? jump : 0;
    }
}
