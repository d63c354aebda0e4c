package cnnkit.fast;

/**
 * Something that is timed, a round at a time, so that several can take turns. The fastest round counts: what others do on the
 * machine makes a round longer, never shorter.
 */
final class Timed {
    private final Runnable step;
    private double best = Double.POSITIVE_INFINITY;

    Timed(Runnable step) {
        this.step = step;
    }

    /** Another round of about so many seconds. */
    void time(double seconds) {
        int count = 0;
        long begun = System.nanoTime();
        double passed;
        do {
            step.run();
            count++;
            passed = (System.nanoTime() - begun) / 1e9;
        } while (passed < seconds);
        best = Math.min(best, passed / count);
    }

    /** Seconds a step, in the fastest round. */
    double best() {
        return best;
    }
}
