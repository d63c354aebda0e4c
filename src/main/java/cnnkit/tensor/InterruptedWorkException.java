package cnnkit.tensor;

import java.util.concurrent.CancellationException;

/**
 * Somebody pressed stop during long work, such as a measurement or a check. The network it was about is as it was.
 *
 * <p>Training is not ended by this: {@code Trainer.train} returns the history so far.
 */
public final class InterruptedWorkException extends CancellationException {
    private static final long serialVersionUID = 1L;

    private InterruptedWorkException(String message) {
        super(message);
    }

    /**
     * Between two pieces of long work: stops here if the thread has been interrupted. The interrupt is then taken
     * note of, so that it does not stop the next work too.
     *
     * @param what the work, for example {@code evaluation}
     * @param done how many pieces are done
     * @param all how many there are
     * @param pieces what they are, for example {@code images}
     * @throws InterruptedWorkException if the thread has been interrupted, naming the work and how far it came
     */
    public static void check(String what, long done, long all, String pieces) {
        if (Thread.interrupted()) {
            throw new InterruptedWorkException(Text.error("%s stopped after %,d of %,d %s", what, done, all, pieces));
        }
    }
}
