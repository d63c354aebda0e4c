package cnnkit.layer;

/**
 * Squeezes every value into -1 to 1, for any shape: a sigmoid that is centred on 0.
 * <pre>
 *     out = tanh(x)          dx = dout * (1 - out^2)
 * </pre>
 * tanh is that of {@link StrictMath}, the same on every machine. Nothing to learn. LeNet-5 used it, scaled (LeCun et al.,
 * Gradient-based learning applied to document recognition, 1998, section II.B and appendix A).
 */
public final class Tanh extends Squashing {
    /** A tanh layer. */
    public Tanh() {}

    @Override
    float of(float x) {
        return (float) StrictMath.tanh(x);
    }

    @Override
    float gradient(float dout, float out) {
        return dout * (1 - out * out);
    }

    @Override
    protected Tanh fresh() {
        return new Tanh();
    }
}
