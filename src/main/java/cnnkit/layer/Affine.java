package cnnkit.layer;

import cnnkit.engine.FastAffine;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.Arrays;
import java.util.List;

/**
 * The fully connected layer: every output is a weighted sum of all inputs (chapter 5 of the book).
 *
 * <p>Shapes {@code (N, ...) -> (N, O)}: whatever the shape of an element, it is flattened to its I values first.
 * <pre>
 *     out = x W + b          dx = dout W^T          dW = x^T dout          db = sum of dout over the batch
 * </pre>
 * Parameters: W (I, O) and b (O).
 */
public final class Affine extends Layer {
    private final Parameter W;
    private final Parameter b;
    private int[] inputShape;
    private Tensor x; // (N, I), backward needs it
    private FastAffine fast; // for the size of the latest batch
    private int fastBatch;

    /**
     * A fully connected layer with the given weights.
     *
     * @param W the weights, (I, O); training changes them in place
     * @param b one bias per output, (O); training changes it in place
     * @throws ShapeException if the two do not belong together
     */
    public Affine(Tensor W, Tensor b) {
        Shapes.expect("Affine", "weights W", W, "inputs", "outputs");
        Shapes.expect("Affine", "bias b", b, W.size(1));
        this.W = new Parameter("W", W);
        this.b = new Parameter("b", b);
    }

    /**
     * The weights.
     *
     * @return W, (I, O)
     */
    public Parameter W() {
        return W;
    }

    /**
     * The bias.
     *
     * @return b, (O)
     */
    public Parameter b() {
        return b;
    }

    @Override
    public Tensor forward(Tensor x) {
        int[] shape = x.shape();
        if (shape.length < 2 || shape[0] < 1) {
            throw new ShapeException(Text.of(
                    "%s: expected input [N, %d] but got %s", this, W.value().size(0), Shapes.text(shape)));
        }
        outputShape(Arrays.copyOfRange(shape, 1, shape.length));
        inputShape = shape;
        this.x = x.reshape(shape[0], -1); // (N, I)
        int inputs = W.value().size(0), outputs = W.value().size(1);
        if (fastBatch != shape[0]) {
            fast = new FastAffine(inputs, outputs, shape[0]);
            fastBatch = shape[0];
        }
        Tensor out = outputToFill(shape[0], outputs); // (N, O)
        // out = x W + b
        fast.forward(x.data(), W.value().data(), b.value().data(), out.data());
        return out;
    }

    @Override
    public Tensor backward(Tensor dout) {
        Shapes.expect(this, "dout", dout, fromForward(x).size(0), W.value().size(1));
        Tensor dx = dxToFill(inputShape); // (N, ...)
        backward(dout, dx.data());
        return dx;
    }

    @Override
    public void backwardAsFirst(Tensor dout) {
        Shapes.expect(this, "dout", dout, fromForward(x).size(0), W.value().size(1));
        backward(dout, null);
    }

    /** dx = dout W^T, dW = x^T dout, db = 1^T dout. */
    private void backward(Tensor dout, float[] dx) {
        float[] dW = W.gradientToFill().data(), db = b.gradientToFill().data();
        fast.backward(x.data(), W.value().data(), dout.data(), dx, dW, db);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(W, b);
    }

    @Override
    public int[] outputShape(int... inputShape) {
        if (Shapes.length(inputShape) != W.value().size(0)) {
            throw new ShapeException(Text.of(
                    "%s: expected input [N, %d] but got %s, which is %d values each",
                    this, W.value().size(0), Sliding.batchOf(inputShape), Shapes.length(inputShape)));
        }
        return new int[] {W.value().size(1)};
    }

    @Override
    public long multiplyAdds(int... inputShape) {
        return W.value().length();
    }
}
