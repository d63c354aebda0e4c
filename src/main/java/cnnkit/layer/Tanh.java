package cnnkit.layer;

import cnnkit.engine.Workers;
import cnnkit.tensor.Tensor;

/**
 * Squeezes every value into -1 to 1, for any shape: a sigmoid that is centred on 0.
 * <pre>
 *     out = tanh(x)          dx = dout * (1 - out^2)
 * </pre>
 * tanh is that of {@link StrictMath}, the same on every machine. Nothing to learn. LeNet-5 used it, scaled (LeCun et al.,
 * Gradient-based learning applied to document recognition, 1998, section II.B and appendix A).
 */
public final class Tanh extends Layer {
    private Tensor out; // backward needs it

    /** A tanh layer. */
    public Tanh() {}

    @Override
    public Tensor forward(Tensor x) {
        out = outputToFill(x.shape());
        float[] from = x.data();
        float[] to = out.data();
        Workers.ranges(to.length, (first, last) -> {
            for (int i = first; i < last; i++) {
                to[i] = (float) StrictMath.tanh(from[i]);
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
                to[i] = from[i] * (1 - y[i] * y[i]);
            }
        });
        return dx;
    }

    @Override
    public int[] outputShape(int... inputShape) {
        return inputShape.clone();
    }
}
