package cnnkit.plot;

import cnnkit.tensor.Tensor;
import java.util.List;

/** Which values the ends of a colour scale stand for. */
record Limits(double min, double max) {

    /** From the smallest to the largest finite value. */
    static Limits of(List<Tensor> panels) {
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

    /** Widened to -max..max, so that zero is in the middle. */
    Limits centred() {
        double size = Math.max(Math.abs(min), Math.abs(max));
        return new Limits(-size, size);
    }
}
