package cnnkit.layer;

import cnnkit.engine.Workers;
import cnnkit.im2col.Window;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.Optional;

/**
 * Divides each value by a measure of how strong the n channels around it are at the same pixel: a strong response damps
 * its neighbours (section 7.7.2; Krizhevsky, Sutskever and Hinton, ImageNet classification with deep convolutional
 * neural networks, 2012, section 3.3).
 *
 * <p>Shapes {@code (N, C, H, W) -> (N, C, H, W)}; at each image and pixel, with sums over the channels c - n/2 to
 * c + n/2 that there are:
 * <pre>
 *     scale[c] = k + alpha * sum over j of  x[j]^2
 *     out[c]   = x[c] / scale[c]^beta
 *     dx[c]    = dout[c] / scale[c]^beta
 *                - 2 * alpha * beta * x[c] * sum over j of  dout[j] * x[j] / scale[j]^(beta + 1)
 * </pre>
 * The paper's alpha, as it stands here, is not divided by n. Caffe and PyTorch do divide: the same layer has
 * alpha = n * 1e-4 = 5e-4 there. pow is that of {@link StrictMath}, the same on every machine. Nothing to learn.
 */
public final class LocalResponseNormalization extends FillingLayer {
    private final double k;
    private final int n;
    private final double alpha;
    private final double beta;
    private Tensor x; // (N, C, H, W), backward needs it
    private float[] scale; // as x
    private float[] factor; // scale^-beta

    /** The settings of the paper: k = 2, n = 5, alpha = 1e-4, beta = 0.75. */
    public LocalResponseNormalization() {
        this(2, 5, 1e-4, 0.75);
    }

    /**
     * A normalization with other settings.
     *
     * @param k what the scale starts from, above 0
     * @param n how many channels take part, an odd number: the channel itself and n/2 on either side
     * @param alpha what the sum of squares is multiplied by, from 0
     * @param beta the exponent, from 0
     * @throws IllegalArgumentException if a setting is outside its range
     */
    public LocalResponseNormalization(double k, int n, double alpha, double beta) {
        boolean fits = k > 0 && n > 0 && n % 2 == 1 && alpha >= 0 && beta >= 0;
        if (!fits || !Double.isFinite(k + alpha + beta)) {
            throw new IllegalArgumentException(Text.error(
                    "LocalResponseNormalization: expected k above 0, an odd n, alpha and beta from 0, but got k %s, n %d, alpha %s, beta %s",
                    k, n, alpha, beta));
        }
        this.k = k;
        this.n = n;
        this.alpha = alpha;
        this.beta = beta;
    }

    @Override
    public int[] outputShapeFor(Tensor x) {
        Shapes.expect(this, "input", x, "N", "C", "H", "W");
        return x.shape();
    }

    @Override
    public void forward(Tensor x, Tensor out) {
        this.x = x;
        if (scale == null || scale.length != x.length()) {
            scale = new float[x.length()];
            factor = new float[x.length()];
        }
        Workers.run(x.size(0), (thread, image) -> forward(image, out.data()));
    }

    private void forward(int image, float[] out) {
        int C = x.size(1), pixels = x.size(2) * x.size(3);
        float[] values = x.data();
        int i = image * C * pixels;
        for (int c = 0; c < C; c++) {
            for (int pixel = 0; pixel < pixels; pixel++, i++) {
                double squares = 0;
                for (int j = i + first(c) * pixels; j <= i + last(c, C) * pixels; j += pixels) {
                    squares += (double) values[j] * values[j];
                }
                double s = k + alpha * squares;
                scale[i] = (float) s;
                factor[i] = (float) oneOverPower(s);
                out[i] = values[i] * factor[i];
            }
        }
    }

    /** scale^-beta. For the exponent of the paper by roots, which are fast, and exact on every machine. */
    private double oneOverPower(double scale) {
        if (beta == 0.75) {
            double root = Math.sqrt(scale);
            return 1 / (root * Math.sqrt(root));
        }
        return StrictMath.pow(scale, -beta);
    }

    @Override
    public void backward(Tensor dout, Tensor dx) {
        if (dx != null) {
            Workers.run(x.size(0), (thread, image) -> backward(image, dout.data(), dx.data()));
        }
    }

    private void backward(int image, float[] dout, float[] dx) {
        int C = x.size(1), pixels = x.size(2) * x.size(3);
        float[] values = x.data();
        int i = image * C * pixels;
        for (int c = 0; c < C; c++) {
            for (int pixel = 0; pixel < pixels; pixel++, i++) {
                double neighbours = 0; // all whose scale this value is part of
                for (int j = i + first(c) * pixels; j <= i + last(c, C) * pixels; j += pixels) {
                    neighbours += (double) dout[j] * values[j] * factor[j] / scale[j];
                }
                dx[i] = (float) ((double) dout[i] * factor[i] - 2 * alpha * beta * values[i] * neighbours);
            }
        }
    }

    /** The first channel that takes part, counted from channel c: -n/2, less at the edge. */
    private int first(int c) {
        return -Math.min(n / 2, c);
    }

    /** The last channel that takes part, counted from channel c: n/2, less at the edge. */
    private int last(int c, int C) {
        return Math.min(n / 2, C - 1 - c);
    }

    @Override
    public int[] outputShape(int... inputShape) {
        if (inputShape.length != 3) {
            throw new ShapeException(
                    Text.error("%s: expected input [N, C, H, W] but got %s", this, Sliding.batchOf(inputShape)));
        }
        return inputShape.clone();
    }

    /** Across channels, but each pixel alone. */
    @Override
    public Optional<Window> sees(int... inputShape) {
        return Optional.of(Window.of(1));
    }

    @Override
    public String settings() {
        return Text.of("k %s, n %d, alpha %s, beta %s", k, n, alpha, beta);
    }

    @Override
    protected LocalResponseNormalization fresh() {
        return new LocalResponseNormalization(k, n, alpha, beta);
    }
}
