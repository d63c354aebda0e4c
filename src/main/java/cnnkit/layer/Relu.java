package cnnkit.layer;

import cnnkit.engine.Kernels;
import cnnkit.engine.Workers;
import cnnkit.tensor.Tensor;

/**
 * Lets positive values pass and turns the rest into 0, for any shape (chapter 5 of the book).
 * <pre>
 *     out = x where x &gt; 0, else 0          dx = dout where out &gt; 0, else 0
 * </pre>
 * A NaN passes both ways: an error upstream must not vanish here. Nothing to learn.
 */
public final class Relu extends Elementwise {
    private Tensor out; // backward needs to know where it is 0

    /** A ReLU layer. */
    public Relu() {}

    @Override
    public void forward(Tensor x, Tensor out) {
        this.out = out;
        Workers.ranges(out.length(), (from, to) -> Kernels.relu(x.data(), out.data(), from, to));
    }

    @Override
    public void backward(Tensor dout, Tensor dx) {
        if (dx != null) {
            Workers.ranges(
                    dx.length(),
                    (from, to) -> Kernels.reluGradient(to - from, out.data(), dout.data(), from, dx.data(), from));
        }
    }

    @Override
    public Kind kind() {
        return Kind.ACTIVATION;
    }

    @Override
    protected Relu fresh() {
        return new Relu();
    }
}
