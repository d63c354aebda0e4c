package cnnkit.layer;

import cnnkit.im2col.Window;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.util.List;
import java.util.Objects;

/**
 * Slides FN filters over a batch of images (sections 7.2 and 7.4.3).
 *
 * <p>Shapes {@code (N, C, H, W) -> (N, FN, OH, OW)}, with OH and OW from the {@link Window}:
 * <pre>
 *     out[n][f][oy][ox] = b[f] + sum over c, ky, kx of  x[n][c][oy*S + ky - P][ox*S + kx - P] * W[f][c][ky][kx]
 * </pre>
 * Parameters: W (FN, C, FH, FW) and b (FN). How the sum is computed is the business of a {@link ConvolutionAlgorithm};
 * the result is the same to the bit.
 */
public final class Convolution extends Layer {
    private final Parameter W;
    private final Parameter b;
    private final Window window;
    private ConvolutionAlgorithm algorithm = ConvolutionAlgorithm.engine();
    private Tensor x; // backward needs it

    /**
     * A convolution with the given weights.
     *
     * @param W the filters, (FN, C, FH, FW); training changes them in place
     * @param b one bias per filter, (FN); training changes it in place
     * @param window where the filters stand: its kernel is FH x FW
     * @throws ShapeException if the three do not belong together
     */
    public Convolution(Tensor W, Tensor b, Window window) {
        Shapes.expect("Convolution", "filters W", W, "FN", "C", window.kernelHeight(), window.kernelWidth());
        Shapes.expect("Convolution", "bias b", b, W.size(0));
        this.W = new Parameter("W", W);
        this.b = new Parameter("b", b);
        this.window = window;
    }

    /**
     * Chooses the way of computing. It changes the speed, and not one bit of any result.
     *
     * @param newAlgorithm for example {@link ConvolutionAlgorithm#naive()}
     * @return this layer
     */
    public Convolution use(ConvolutionAlgorithm newAlgorithm) {
        algorithm = Objects.requireNonNull(newAlgorithm, "algorithm");
        x = null; // the new one has not seen the last forward pass
        return this;
    }

    /**
     * The filters.
     *
     * @return W, (FN, C, FH, FW)
     */
    public Parameter W() {
        return W;
    }

    /**
     * The bias.
     *
     * @return b, (FN)
     */
    public Parameter b() {
        return b;
    }

    /**
     * Where the filters stand.
     *
     * @return the window
     */
    public Window window() {
        return window;
    }

    @Override
    public Tensor forward(Tensor x) {
        Shapes.expect(this, "input", x, "N", channels(), "H", "W");
        outputShape(x.size(1), x.size(2), x.size(3)); // an error of the geometry names this layer
        this.x = x;
        return algorithm.forward(x, W.value(), b.value(), window); // (N, FN, OH, OW)
    }

    @Override
    public Tensor backward(Tensor dout) {
        backwardAsFirst(dout);
        return algorithm.inputGradient(dout, W.value(), window, x.size(2), x.size(3)); // (N, C, H, W)
    }

    @Override
    public void backwardAsFirst(Tensor dout) {
        int[] out = outputShape(fromForward(x).size(1), x.size(2), x.size(3));
        Shapes.expect(this, "dout", dout, x.size(0), out[0], out[1], out[2]);
        algorithm.parameterGradients(x, dout, window, W.gradientToFill(), b.gradientToFill());
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(W, b);
    }

    @Override
    public int[] outputShape(int... inputShape) {
        return Sliding.outputShape(this, window, channels(), W.value().size(0), inputShape);
    }

    @Override
    public long multiplyAdds(int... inputShape) {
        int[] out = outputShape(inputShape);
        int weightsPerFilter = W.value().length() / out[0];
        return (long) Shapes.length(out) * weightsPerFilter;
    }

    private int channels() {
        return W.value().size(1);
    }
}
