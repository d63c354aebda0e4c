package cnnkit.train;

/** The check that all learning rates share. */
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
}
