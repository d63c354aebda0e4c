package cnnkit.plot.card;

import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.List;

/**
 * Where a scale or an axis begins and ends.
 *
 * @param min its beginning
 * @param max its end
 */
public record Limits(double min, double max) {
    /**
     * The limits of an axis that somebody asks for.
     *
     * @param what whose axis it is, for the error
     * @param min where it begins
     * @param max where it ends
     * @return the limits
     * @throws IllegalArgumentException unless both are finite and the first is the smaller one
     */
    public static Limits axis(String what, double min, double max) {
        if (!(Double.isFinite(min) && Double.isFinite(max) && min < max)) {
            throw new IllegalArgumentException(Text.error(
                    "%s: an axis goes from a finite number up to a larger one but got %s to %s", what, min, max));
        }
        return new Limits(min, max);
    }

    /**
     * From the smallest to the largest finite value; from 0 to 0 if there is none.
     *
     * @param panels the values
     * @return the limits
     */
    public static Limits of(List<Tensor> panels) {
        double min = Double.POSITIVE_INFINITY, max = Double.NEGATIVE_INFINITY;
        for (Tensor panel : panels) {
            for (float value : panel.data()) {
                if (Float.isFinite(value)) {
                    min = Math.min(min, value);
                    max = Math.max(max, value);
                }
            }
        }
        return min <= max ? new Limits(min, max) : new Limits(0, 0);
    }

    /**
     * Widened to -max..max, so that zero is in the middle.
     *
     * @return the limits
     */
    public Limits centred() {
        return new Limits(-size(), size());
    }

    /**
     * How far the farther end is from zero.
     *
     * @return from 0
     */
    public double size() {
        return Math.max(Math.abs(min), Math.abs(max));
    }

    /**
     * Whether a value lies between them or on one of them.
     *
     * @param value any number
     * @return no for NaN
     */
    public boolean contain(double value) {
        return min <= value && value <= max;
    }
}
