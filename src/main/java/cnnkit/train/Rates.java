package cnnkit.train;

/** The checks that learning rates share. */
final class Rates {
    private Rates() {}

    static float positive(double rate) {
        float rounded = (float) rate;
        if (!(rounded > 0) || Float.isInfinite(rounded)) {
            throw new IllegalArgumentException(
                    "a learning rate is a number above 0 that a float can hold but got " + rate);
        }
        return rounded;
    }

    static void steps(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a learning rate decays over at least one step but got " + count);
        }
    }
}
