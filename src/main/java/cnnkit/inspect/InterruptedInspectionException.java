package cnnkit.inspect;

import cnnkit.tensor.Text;

/** Somebody pressed stop while a network was being looked at. The network is as it was. */
public final class InterruptedInspectionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private InterruptedInspectionException(String message) {
        super(message);
    }

    /** Between two steps of a long look: stops here if somebody asked for it. */
    static void check(String what, int done, int all, String steps) {
        if (Thread.interrupted()) {
            throw new InterruptedInspectionException(Text.of("%s stopped after %,d of %,d %s", what, done, all, steps));
        }
    }
}
