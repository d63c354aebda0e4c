package cnnkit.layer;

import cnnkit.engine.Workers;
import cnnkit.im2col.Window;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.util.Arrays;

/**
 * Keeps the largest value of each window, on each channel alone (section 7.3).
 *
 * <p>Shapes {@code (N, C, H, W) -> (N, C, OH, OW)}, with OH and OW from the {@link Window}:
 * <pre>
 *     out[n][c][oy][ox] = max over ky, kx of  x[n][c][oy*S + ky - P][ox*S + kx - P]
 * </pre>
 * Padding counts as minus infinity, so it never wins. Of several largest values the first one wins. The backward pass
 * sends each gradient to the winner; where windows overlap, gradients add up. Nothing to learn.
 */
public final class MaxPooling extends Layer {
    private static final int NONE = -1;

    private final Window window;
    private int[] inputShape; // (N, C, H, W)
    private int[] winners; // for each output the position of its winner in x; NONE where a window saw padding only

    /**
     * A pooling layer.
     *
     * @param window where the windows stand; usually the stride is as large as the kernel: {@code
     *     Window.of(2).stride(2)}
     */
    public MaxPooling(Window window) {
        this.window = window;
    }

    @Override
    public Tensor forward(Tensor x) {
        Shapes.expect(this, "input", x, "N", "C", "H", "W");
        int N = x.size(0), C = x.size(1), H = x.size(2), W = x.size(3);
        int[] outShape = outputShape(C, H, W);
        int OH = outShape[1], OW = outShape[2];
        Tensor out = outputToFill(N, C, OH, OW);
        float[] values = x.data();
        inputShape = x.shape();
        if (winners == null || winners.length != out.length()) {
            winners = new int[out.length()];
        }
        Workers.run(N, (thread, n) -> {
            for (int plane = n * C; plane < (n + 1) * C; plane++) { // each channel is pooled alone
                pool(values, plane * H * W, H, W, OH, OW, out.data(), plane * OH * OW);
            }
        });
        return out;
    }

    /** One channel of one image, from {@code plane} on; its maxima go to {@code position} and on. */
    private void pool(float[] values, int plane, int H, int W, int OH, int OW, float[] out, int position) {
        for (int oy = 0; oy < OH; oy++) {
            int top = oy * window.strideHeight() - window.paddingHeight();
            int firstRow = Math.max(top, 0);
            int lastRow = Math.min(top + window.kernelHeight(), H);
            for (int ox = 0; ox < OW; ox++, position++) {
                int left = ox * window.strideWidth() - window.paddingWidth();
                int firstColumn = Math.max(left, 0);
                int lastColumn = Math.min(left + window.kernelWidth(), W);
                boolean paddingOnly = firstRow >= lastRow || firstColumn >= lastColumn;
                int winner = paddingOnly ? NONE : plane + firstRow * W + firstColumn;
                float largest = paddingOnly ? Float.NEGATIVE_INFINITY : values[winner];
                for (int y = firstRow; y < lastRow; y++) {
                    int row = plane + y * W;
                    for (int i = row + firstColumn; i < row + lastColumn; i++) {
                        // No branch: which pixel wins is a toss-up, and a processor that guesses wrong loses time.
                        winner = values[i] > values[winner] ? i : winner;
                        largest = Math.max(largest, values[i]); // NaN if any is: an error must not vanish here
                    }
                }
                out[position] = largest;
                winners[position] = winner;
            }
        }
    }

    @Override
    public Tensor backward(Tensor dout) {
        int[] x = fromForward(inputShape);
        int[] out = outputShape(x[1], x[2], x[3]);
        Shapes.expect(this, "dout", dout, x[0], out[0], out[1], out[2]);
        Tensor dx = dxToFill(inputShape);
        int perImage = winners.length / x[0];
        int pixels = dx.length() / x[0];
        Workers.run(x[0], (thread, n) -> {
            Arrays.fill(dx.data(), n * pixels, (n + 1) * pixels, 0);
            for (int i = n * perImage; i < (n + 1) * perImage; i++) {
                if (winners[i] != NONE) {
                    dx.data()[winners[i]] += dout.data()[i];
                }
            }
        });
        return dx;
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
