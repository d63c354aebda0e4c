package cnnkit.layer;

import cnnkit.im2col.Window;
import cnnkit.tensor.Shapes;
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
public final class AveragePooling extends Layer {
    private final Window window;
    private int[] inputShape; // (N, C, H, W)
    private Tensor shares; // (N, C, OH, OW), what each pixel of a window gets

    /**
     * A pooling layer.
     *
     * @param window where the windows stand; usually the stride is as large as the kernel: {@code
     *     Window.of(2).stride(2)}
     */
    public AveragePooling(Window window) {
        this.window = window;
    }

    @Override
    public Tensor forward(Tensor x) {
        Shapes.expect(this, "input", x, "N", "C", "H", "W");
        int N = x.size(0), C = x.size(1), H = x.size(2), W = x.size(3);
        int[] out = outputShape(C, H, W);
        inputShape = x.shape();
        WindowSums sums = new WindowSums(window, H, W);
        Tensor means = outputToFill(N, C, out[1], out[2]);
        sums.sum(x, means);
        divideByPixels(means, sums, means);
        return means;
    }

    @Override
    public Tensor backward(Tensor dout) {
        int[] x = fromForward(inputShape);
        int[] out = outputShape(x[1], x[2], x[3]);
        expectDout(dout, x[0], out[0], out[1], out[2]);
        WindowSums sums = new WindowSums(window, x[2], x[3]);
        if (shares == null || !shares.hasShape(dout.shape())) {
            shares = Tensor.zeros(dout.shape());
        }
        divideByPixels(dout, sums, shares);
        Tensor dx = dxToFill(x);
        sums.spread(shares, dx);
        return dx;
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
    public int[] outputShape(int... inputShape) {
        return Sliding.outputShape(this, window, Sliding.ANY, Sliding.ANY, inputShape);
    }

    /**
     * Where the windows stand.
     *
     * @return the window
     */
    public Window window() {
        return window;
    }
}
