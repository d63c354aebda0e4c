package cnnkit.layer;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/**
 * Keeps the mean of each window, on each channel alone (section 7.3).
 *
 * <p>Shapes {@code (N, C, H, W) -> (N, C, OH, OW)}, with OH and OW from the {@link Window}:
 * <pre>
 *     out[n][c][oy][ox] = mean over ky, kx of  x[n][c][oy*S + ky - P][ox*S + kx - P]
 * </pre>
 * Padding does not count: the mean is over the pixels of the image that the window sees, so that a grey image stays as
 * grey at its edges. (PyTorch does so with {@code count_include_pad=False}.) A window that sees padding only gives 0. The
 * backward pass gives each pixel its equal share of the gradient; where windows overlap, shares add up. Nothing to
 * learn.
 */
public final class AveragePooling extends Pooling {
    private Tensor shares; // (N, C, OH, OW), what each pixel of a window gets

    /**
     * A pooling layer.
     *
     * @param window where the windows stand; usually the stride is as large as the kernel: {@code
     *     Window.of(2).stride(2)}
     */
    public AveragePooling(Window window) {
        super(window);
    }

    @Override
    public void forward(Tensor x, Tensor out) { // (N, C, H, W), (N, C, OH, OW)
        WindowSums sums = new WindowSums(window, x.size(2), x.size(3));
        sums.sum(x, out);
        divideByPixels(out, sums, out);
    }

    @Override
    public void backward(Tensor dout, Tensor dx) {
        if (dx == null) {
            return;
        }
        WindowSums sums = new WindowSums(window, dx.size(2), dx.size(3));
        if (shares == null || !shares.hasShape(dout.shape())) {
            shares = Tensor.zeros(dout.shape());
        }
        divideByPixels(dout, sums, shares);
        sums.spread(shares, dx);
    }

    /** Divides each element by the number of pixels that its window sees. */
    private static void divideByPixels(Tensor of, WindowSums sums, Tensor quotients) {
        int OH = of.size(2), OW = of.size(3);
        int[] pixels = new int[OH * OW];
        for (int position = 0; position < pixels.length; position++) {
            pixels[position] = Math.max(1, sums.pixels(position / OW, position % OW)); // of nothing: 0 / 1
        }
        float[] from = of.data();
        float[] to = quotients.data();
        for (int map = 0; map < to.length; map += pixels.length) {
            for (int i = 0; i < pixels.length; i++) {
                to[map + i] = from[map + i] / pixels[i];
            }
        }
    }

    @Override
    protected AveragePooling fresh() {
        return new AveragePooling(window);
    }
}
