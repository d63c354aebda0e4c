package cnnkit.layer;

import cnnkit.fast.FastAffine;
import cnnkit.im2col.Window;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The fully connected layer: every output is a weighted sum of all inputs (chapter 5 of the book).
 *
 * <p>Shapes {@code (N, ...) -> (N, O)}: whatever the shape of an element, it is flattened to its I values first.
 * <pre>
 *     out = x W + b          dx = dout W^T          dW = x^T dout          db = sum of dout over the batch
 * </pre>
 * Parameters: W (I, O) and b (O).
 */
public final class Affine extends FillingLayer {
    private final Parameter W;
    private final Parameter b;
    private Tensor x; // (N, ...), backward needs it
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
        this.b = Parameter.bias("b", b);
    }

    private Affine(Affine other) {
        W = other.W;
        b = other.b;
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
    public int[] outputShapeFor(Tensor x) {
        int[] shape = x.shape();
        if (shape.length < 2 || shape[0] < 1) {
            throw new ShapeException(Text.error(
                    "%s: expected input [N, %d] but got %s", this, W.value().size(0), Shapes.text(shape)));
        }
        return new int[] {shape[0], outputShape(Arrays.copyOfRange(shape, 1, shape.length))[0]};
    }

    @Override
    public void forward(Tensor x, Tensor out) { // (N, ...), read as (N, I);  (N, O)
        this.x = x;
        if (fastBatch != x.size(0)) {
            fast = new FastAffine(W.value().size(0), W.value().size(1), x.size(0));
            fastBatch = x.size(0);
        }
        // out = x W + b
        fast.forward(x.data(), W.value().data(), b.value().data(), out.data());
    }

    @Override
    public void backward(Tensor dout, Tensor dx) { // (N, O), (N, ...)
        // dx = dout W^T        dW = x^T dout        db = 1^T dout
        float[] dW = W.gradientToFill().data(), db = b.gradientToFill().data();
        fast.backward(x.data(), W.value().data(), dout.data(), dx == null ? null : dx.data(), dW, db);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(W, b);
    }

    @Override
    public int[] outputShape(int... inputShape) {
        if (Shapes.length(inputShape) != W.value().size(0)) {
            throw new ShapeException(Text.error(
                    "%s: expected input [N, %d] but got %s, which is %d values each",
                    this, W.value().size(0), Sliding.batchOf(inputShape), Shapes.length(inputShape)));
        }
        return new int[] {W.value().size(1)};
    }

    @Override
    public long multiplyAdds(int... inputShape) {
        return W.value().length();
    }

    @Override
    public Optional<Window> sees(int... inputShape) {
        return inputShape.length == 3 ? Optional.of(Window.of(inputShape[1], inputShape[2])) : Optional.empty();
    }

    @Override
    public Kind kind() {
        return Kind.AFFINE;
    }

    @Override
    protected Affine fresh() {
        return new Affine(this);
    }
}
