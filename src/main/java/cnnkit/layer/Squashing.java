package cnnkit.layer;

import cnnkit.engine.Workers;
import cnnkit.tensor.Tensor;

/** A layer that bends each value along a curve which flattens on both sides; its slope follows from the output alone. */
abstract class Squashing extends Elementwise {
    private Tensor out; // backward needs it

    /** The curve. */
    abstract float of(float x);

    /** {@code dout * slope}, where the curve has the value {@code out}. */
    abstract float gradient(float dout, float out);

    @Override
    public void forward(Tensor x, Tensor out) {
        this.out = out;
        float[] from = x.data();
        float[] to = out.data();
        Workers.ranges(to.length, (first, last) -> {
            for (int i = first; i < last; i++) {
                to[i] = of(from[i]);
            }
        });
    }

    @Override
    public void backward(Tensor dout, Tensor dx) {
        if (dx == null) {
            return;
        }
        float[] y = out.data();
        float[] from = dout.data();
        float[] to = dx.data();
        Workers.ranges(to.length, (first, last) -> {
            for (int i = first; i < last; i++) {
                to[i] = gradient(from[i], y[i]);
            }
        });
    }

    @Override
    public Kind kind() {
        return Kind.ACTIVATION;
    }
}
