package cnnkit.layer;

import cnnkit.engine.Workers;
import cnnkit.tensor.Tensor;

/**
 * Squeezes every value into 0 to 1, for any shape (chapters 3 and 5 of the book).
 * <pre>
 *     out = 1 / (1 + exp(-x))          dx = dout * (1 - out) * out
 * </pre>
 * The slope is at most 1/4, and almost 0 far from 0: through many layers little is left of a gradient. exp is that of
 * {@link StrictMath}, the same on every machine. Nothing to learn.
 */
public final class Sigmoid extends Layer {
    private Tensor out; // backward needs it

    /** A sigmoid layer. */
    public Sigmoid() {}

    @Override
    public Tensor forward(Tensor x) {
        out = outputToFill(x.shape());
        float[] from = x.data();
        float[] to = out.data();
        Workers.ranges(to.length, (first, last) -> {
            for (int i = first; i < last; i++) {
                to[i] = (float) (1 / (1 + StrictMath.exp(-from[i])));
            }
        });
        return out;
    }

    @Override
    public Tensor backward(Tensor dout) {
        expectDout(dout, fromForward(out).shape());
        Tensor dx = dxToFill(out.shape());
        float[] y = out.data();
        float[] from = dout.data();
        float[] to = dx.data();
        Workers.ranges(to.length, (first, last) -> {
            for (int i = first; i < last; i++) {
                to[i] = from[i] * (1 - y[i]) * y[i];
            }
        });
        return dx;
    }

    @Override
    public int[] outputShape(int... inputShape) {
        return inputShape.clone();
    }
}
