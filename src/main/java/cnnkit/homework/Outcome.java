package cnnkit.homework;

import cnnkit.tensor.Difference;
import cnnkit.tensor.Tensor;

/**
 * What comes of asking for something: numbers, or an exception.
 *
 * @param value the numbers; null if there are none
 * @param mayThrow whether an exception would be the same thing: of a model that reads where there is nothing
 * @param thrown what was thrown; null if nothing was, or if a model says no more than that it throws
 */
record Outcome(Tensor value, boolean mayThrow, Throwable thrown) {
    /** A relative difference up to here is another order of adding up. */
    static final double TOLERANCE = 1e-4;

    static Outcome of(Tensor value) {
        return new Outcome(value, false, null);
    }

    /** Numbers, or else an exception. */
    static Outcome perhaps(Tensor value, boolean mayThrow) {
        return new Outcome(value, mayThrow, null);
    }

    static Outcome threw(Throwable thrown) {
        return new Outcome(null, true, thrown);
    }

    /** What wrong code gives that cannot go on. */
    static Outcome exception() {
        return new Outcome(null, true, null);
    }

    boolean isValue() {
        return value != null;
    }

    /** Whether this, of a model, is what the learner's code gave. */
    boolean explains(Outcome yours) {
        return yours.isValue() ? isValue() && close(value, yours.value) : mayThrow;
    }

    /** Whether two tensors hold the same numbers, whatever the order in which they were added up. */
    static boolean close(Tensor a, Tensor b) {
        return Difference.beyond(TOLERANCE, b, a).isNone();
    }
}
