package cnnkit.train;

/** The check that all learning rates share. */
final class Rates {
    private Rates() {}

    static float positive(double rate) {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("a learning rate is a number above 0 but got " + rate);
        }
        return (float) rate;
    }
}
