package cnnkit.layer;

import cnnkit.im2col.Window;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Slides FN filters over a batch of images (sections 7.2 and 7.4.3).
 *
 * <p>Shapes {@code (N, C, H, W) -> (N, FN, OH, OW)}, with OH and OW from the {@link Window}:
 * <pre>
 *     out[n][f][oy][ox] = b[f] + sum over c, ky, kx of  x[n][c][oy*S + ky - P][ox*S + kx - P] * W[f][c][ky][kx]
 * </pre>
 * Parameters: W (FN, C, FH, FW) and b (FN). With groups, as in AlexNet, channels and filters are cut into as many groups,
 * and a filter reads the channels of its own group only: W is (FN, C / groups, FH, FW). How the sum is computed is the
 * business of a {@link ConvolutionAlgorithm}; the result is the same to the bit.
 */
public final class Convolution extends FillingLayer {
    private final Parameter W;
    private final Parameter b;
    private final Window window;
    private final int groups;
    private final AtomicReference<ConvolutionAlgorithm> chosen; // for this layer and those of passes
    private ConvolutionAlgorithm chosenBefore, algorithm; // the latter is of the same kind, and this layer's own
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
        this(W, b, window, 1);
    }

    /**
     * A convolution in groups (Krizhevsky and others 2012, section 3.5: there, one group for each of two GPUs).
     *
     * @param W the filters, (FN, C / groups, FH, FW); training changes them in place
     * @param b one bias per filter, (FN); training changes it in place
     * @param window where the filters stand: its kernel is FH x FW
     * @param groups how many groups there are; FN is a multiple of it
     * @throws ShapeException if they do not belong together
     */
    public Convolution(Tensor W, Tensor b, Window window, int groups) {
        Sliding.required("Convolution", window);
        Shapes.expect("Convolution", "filters W", W, "FN", "C", window.kernelHeight(), window.kernelWidth());
        Shapes.expect("Convolution", "bias b", b, W.size(0));
        if (groups < 1 || W.size(0) % groups != 0) {
            throw new ShapeException(
                    Text.error("Convolution: %d filters cannot be cut into %d groups of one size", W.size(0), groups));
        }
        this.W = new Parameter("W", W);
        this.b = Parameter.bias("b", b);
        this.window = window;
        this.groups = groups;
        chosen = new AtomicReference<>(ConvolutionAlgorithm.engine());
    }

    private Convolution(Convolution other) {
        W = other.W;
        b = other.b;
        window = other.window;
        groups = other.groups;
        chosen = other.chosen;
    }

    /**
     * Chooses the way of computing. It changes the speed, and not one bit of any result. It may be used for other layers, too:
     * each layer works with one of its own of this kind.
     *
     * @param newAlgorithm for example {@link ConvolutionAlgorithm#naive()}
     * @return this layer
     */
    public Convolution use(ConvolutionAlgorithm newAlgorithm) {
        chosen.set(Objects.requireNonNull(newAlgorithm, "algorithm"));
        forget(); // the new one has not seen the last forward pass
        return this;
    }

    /**
     * The filters.
     *
     * @return W, (FN, C / groups, FH, FW)
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

    /**
     * Into how many groups channels and filters are cut.
     *
     * @return 1 for the usual convolution
     */
    public int groups() {
        return groups;
    }

    /**
     * Whether the engine computes: it may then take along what follows in a network.
     *
     * @return whether {@link ConvolutionAlgorithm#engine()} is chosen
     */
    public boolean usesEngine() {
        return chosen.get() instanceof EngineConvolution;
    }

    @Override
    public int[] outputShapeFor(Tensor x) {
        return Sliding.outputShapeFor(this, channels(), x);
    }

    @Override
    public void forward(Tensor x, Tensor out) { // (N, C, H, W), (N, FN, OH, OW)
        if (chosenBefore != chosen.get()) {
            chosenBefore = chosen.get();
            algorithm = chosenBefore.fresh();
        }
        this.x = x;
        algorithm.forward(x, W.value(), b.value(), window, out);
    }

    @Override
    public void backward(Tensor dout, Tensor dx) {
        algorithm.parameterGradients(x, dout, window, W.gradientToFill(), b.gradientToFill());
        if (dx != null) {
            algorithm.inputGradient(dout, W.value(), window, dx);
        }
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
        return W.value().size(1) * groups;
    }

    @Override
    public Optional<Window> sees(int... inputShape) {
        return Optional.of(window);
    }

    @Override
    public Kind kind() {
        return Kind.CONVOLUTION;
    }

    @Override
    public String settings() {
        return window + (groups == 1 ? "" : ", " + groups + " groups");
    }

    @Override
    protected Convolution fresh() {
        return new Convolution(this);
    }
}
