package cnnkit.train;

import cnnkit.tensor.Text;

/** The checks that learning rates share. */
final class Rates {
    private Rates() {}

    static float positive(double rate) {
        float rounded = (float) rate;
        if (!(rounded > 0) || Float.isInfinite(rounded)) {
            throw new IllegalArgumentException(
                    Text.error("a learning rate is a number above 0 that a float can hold but got %s", rate));
        }
        return rounded;
    }

    static void steps(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(
                    Text.error("a learning rate decays over at least one step but got %s", count));
        }
    }
}
