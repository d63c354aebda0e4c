package cnnkit.layer;

import cnnkit.engine.Workers;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * Lets positive values pass and turns the rest into 0, for any shape (chapter 5 of the book).
 * <pre>
 *     out = x where x &gt; 0, else 0          dx = dout where x &gt; 0, else 0
 * </pre>
 * Nothing to learn.
 */
public final class Relu extends Layer {
    private Tensor x; // backward needs its signs

    /** A ReLU layer. */
    public Relu() {}

    @Override
    public Tensor forward(Tensor x) {
        this.x = x;
        Tensor out = outputToFill(x.shape());
        float[] from = x.data();
        float[] to = out.data();
        Workers.ranges(to.length, (first, last) -> {
            for (int i = first; i < last; i++) {
                to[i] = Math.max(from[i], 0); // a NaN passes: an error upstream must not vanish here
            }
        });
        return out;
    }

    @Override
    public Tensor backward(Tensor dout) {
        Shapes.expect(
                this, "dout", dout, IntStream.of(fromForward(x).shape()).boxed().toArray());
        Tensor dx = dxToFill(x.shape());
        float[] signs = x.data();
        float[] from = dout.data();
        float[] to = dx.data();
        Workers.ranges(to.length, (first, last) -> {
            for (int i = first; i < last; i++) {
                // Keeps all bits or none. A branch would be a toss-up, and a processor that guesses wrong loses time.
                int keep = signs[i] <= 0 ? 0 : -1;
                to[i] = Float.intBitsToFloat(Float.floatToRawIntBits(from[i]) & keep);
            }
        });
        return dx;
    }

    @Override
    public int[] outputShape(int... inputShape) {
        return inputShape.clone();
    }
}
