package cnnkit.layer;

/**
 * Squeezes every value into 0 to 1, for any shape (chapters 3 and 5 of the book).
 * <pre>
 *     out = 1 / (1 + exp(-x))          dx = dout * (1 - out) * out
 * </pre>
 * The slope is at most 1/4, and almost 0 far from 0: through many layers little is left of a gradient. exp is that of
 * {@link StrictMath}, the same on every machine. Nothing to learn.
 */
public final class Sigmoid extends Squashing {
    /** A sigmoid layer. */
    public Sigmoid() {}

    @Override
    float of(float x) {
        return (float) (1 / (1 + StrictMath.exp(-x)));
    }

    @Override
    float gradient(float dout, float out) {
        return dout * (1 - out) * out;
    }

    @Override
    protected Sigmoid fresh() {
        return new Sigmoid();
    }
}
