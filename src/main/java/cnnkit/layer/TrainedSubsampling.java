package cnnkit.layer;

import cnnkit.engine.Workers;
import cnnkit.im2col.Window;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.util.List;

/**
 * The subsampling of LeNet-5: the sum of each window, times a coefficient, plus a bias; every channel learns its own two
 * (LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document recognition, 1998, section II.B).
 *
 * <p>Shapes {@code (N, C, H, W) -> (N, C, OH, OW)}, with OH and OW from the {@link Window}:
 * <pre>
 *     sum[n][c][oy][ox] = sum over ky, kx of  x[n][c][oy*S + ky - P][ox*S + kx - P]
 *     out               = coefficient[c] * sum + bias[c]
 *     dcoefficient[c]   = sum over n, oy, ox of  dout * sum          dbias[c] = sum over n, oy, ox of  dout
 *     dx                = coefficient[c] * dout, added up over all windows that see the pixel
 * </pre>
 * Padding counts as 0. With the coefficient 1 / (FH * FW) and the bias 0 it starts as an average. In the paper a
 * sigmoid function follows. Parameters: coefficient (C) and bias (C).
 */
public final class TrainedSubsampling extends Layer {
    private final Parameter coefficient;
    private final Parameter bias;
    private final Window window;
    private int[] inputShape; // (N, C, H, W)
    private Tensor sums; // (N, C, OH, OW), backward needs them
    private Tensor dsums; // likewise

    /**
     * A subsampling layer with the given coefficients.
     *
     * @param coefficient one per channel, (C); training changes it in place
     * @param bias one per channel, (C); training changes it in place
     * @param window where the windows stand; in the paper {@code Window.of(2).stride(2)}
     * @throws ShapeException if there is not one bias per coefficient
     */
    public TrainedSubsampling(Tensor coefficient, Tensor bias, Window window) {
        Shapes.expect("TrainedSubsampling", "coefficient", coefficient, "C");
        Shapes.expect("TrainedSubsampling", "bias", bias, coefficient.size(0));
        this.coefficient = new Parameter("coefficient", coefficient);
        this.bias = new Parameter("bias", bias);
        this.window = window;
    }

    /**
     * What the sum of a window is multiplied by.
     *
     * @return one per channel, (C)
     */
    public Parameter coefficient() {
        return coefficient;
    }

    /**
     * What is added then.
     *
     * @return one per channel, (C)
     */
    public Parameter bias() {
        return bias;
    }

    /**
     * Where the windows stand.
     *
     * @return the window
     */
    public Window window() {
        return window;
    }

    @Override
    public Tensor forward(Tensor x) {
        Shapes.expect(this, "input", x, "N", channels(), "H", "W");
        int N = x.size(0), C = x.size(1), H = x.size(2), W = x.size(3);
        int[] shape = outputShape(C, H, W);
        inputShape = x.shape();
        if (sums == null || !sums.hasShape(N, C, shape[1], shape[2])) {
            sums = Tensor.zeros(N, C, shape[1], shape[2]);
            dsums = Tensor.zeros(sums.shape());
        }
        new WindowSums(window, H, W).sum(x, sums);
        Tensor out = outputToFill(sums.shape());
        timesCoefficient(sums, bias.value().data(), out);
        return out;
    }

    @Override
    public Tensor backward(Tensor dout) {
        backwardAsFirst(dout);
        timesCoefficient(dout, new float[channels()], dsums);
        Tensor dx = dxToFill(inputShape);
        new WindowSums(window, inputShape[2], inputShape[3]).spread(dsums, dx);
        return dx;
    }

    @Override
    public void backwardAsFirst(Tensor dout) {
        expectDout(dout, fromForward(sums).shape());
        int N = sums.size(0), C = channels(), plane = sums.size(2) * sums.size(3);
        float[] dcoefficient = coefficient.gradientToFill().data();
        float[] dbias = bias.gradientToFill().data();
        Workers.run(C, (thread, c) -> {
            double sumOfProducts = 0, sum = 0; // over images, rows and columns, in this order
            for (int n = 0; n < N; n++) {
                int from = (n * C + c) * plane;
                for (int i = from; i < from + plane; i++) {
                    sumOfProducts += (double) dout.data()[i] * sums.data()[i];
                    sum += dout.data()[i];
                }
            }
            dcoefficient[c] = (float) sumOfProducts;
            dbias[c] = (float) sum;
        });
    }

    /** coefficient[c] * x + start[c] on each channel c. */
    private void timesCoefficient(Tensor x, float[] start, Tensor out) {
        int C = x.size(1), plane = x.size(2) * x.size(3);
        for (int map = 0; map < x.size(0) * C; map++) {
            float by = coefficient.value().data()[map % C];
            for (int i = map * plane; i < (map + 1) * plane; i++) {
                out.data()[i] = Math.fma(by, x.data()[i], start[map % C]);
            }
        }
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(coefficient, bias);
    }

    @Override
    public int[] outputShape(int... inputShape) {
        return Sliding.outputShape(this, window, channels(), channels(), inputShape);
    }

    @Override
    public long multiplyAdds(int... inputShape) {
        return Shapes.length(outputShape(inputShape)); // one coefficient per output: the sums need no multiplication
    }

    private int channels() {
        return coefficient.value().size(0);
    }
}
