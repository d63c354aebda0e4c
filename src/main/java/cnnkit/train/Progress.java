package cnnkit.train;

/**
 * How far a training run has come.
 *
 * @param state whether it goes on
 * @param epoch the epoch of the latest step, from 1
 * @param epochs how many there will be
 * @param step the latest step, from 1, counted through all epochs
 * @param steps how many there will be
 * @param imagesPerSecond training speed since this call of train or resume began; 0 before the first step
 * @param secondsLeft at this speed; NaN before the first step
 * @param history everything measured so far
 */
public record Progress(
        State state,
        int epoch,
        int epochs,
        int step,
        int steps,
        double imagesPerSecond,
        double secondsLeft,
        History history) {

    /** Whether training goes on. */
    public enum State {
        /** Steps are being made. */
        RUNNING,
        /** All epochs are done. */
        FINISHED,
        /** Somebody pressed stop; {@link Trainer#resume()} goes on. */
        INTERRUPTED,
        /** The loss was not a finite number. */
        DIVERGED
    }

    /** Wants to know how a training run goes; called after every step and at the end, on the training thread. */
    @FunctionalInterface
    public interface Listener {
        /**
         * News.
         *
         * @param progress how far it has come
         */
        void progress(Progress progress);
    }

    /** A listener that shows a run and changes nothing; it may be told of the end alone. */
    @FunctionalInterface
    public interface Display extends Listener {}
}
