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
public final class TrainedSubsampling extends Pooling {
    private final Parameter coefficient;
    private final Parameter bias;
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
        super(window);
        Shapes.expect("TrainedSubsampling", "coefficient", coefficient, "C");
        Shapes.expect("TrainedSubsampling", "bias", bias, coefficient.size(0));
        this.coefficient = new Parameter("coefficient", coefficient);
        this.bias = Parameter.bias("bias", bias);
    }

    private TrainedSubsampling(TrainedSubsampling other) {
        super(other.window);
        coefficient = other.coefficient;
        bias = other.bias;
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

    @Override
    public void forward(Tensor x, Tensor out) { // (N, C, H, W), (N, C, OH, OW)
        if (sums == null || !sums.hasShape(out.shape())) {
            sums = Tensor.zeros(out.shape());
            dsums = Tensor.zeros(out.shape());
        }
        new WindowSums(window, x.size(2), x.size(3)).sum(x, sums);
        timesCoefficient(sums, bias.value().data(), out);
    }

    @Override
    public void backward(Tensor dout, Tensor dx) {
        parameterGradients(dout);
        if (dx != null) {
            timesCoefficient(dout, new float[channels()], dsums);
            new WindowSums(window, dx.size(2), dx.size(3)).spread(dsums, dx);
        }
    }

    private void parameterGradients(Tensor dout) {
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
    public long multiplyAdds(int... inputShape) {
        return Shapes.length(outputShape(inputShape)); // one coefficient per output: the sums need no multiplication
    }

    @Override
    int channels() {
        return coefficient.value().size(0);
    }

    @Override
    protected TrainedSubsampling fresh() {
        return new TrainedSubsampling(this);
    }
}
