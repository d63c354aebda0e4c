package cnnkit.layer;

import cnnkit.engine.Workers;
import cnnkit.im2col.Window;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.util.Arrays;

/**
 * Thins an image out: of each window only one pixel stays, the first that the window sees (section 7.7.1).
 *
 * <p>Shapes {@code (N, C, H, W) -> (N, C, OH, OW)}, with OH and OW from the {@link Window}:
 * <pre>
 *     out[n][c][oy][ox] = x[n][c][max(oy*S - P, 0)][max(ox*S - P, 0)]
 * </pre>
 * All other pixels have no influence, and their gradient is 0. Padding is not seen; a window that sees nothing else
 * gives 0. This is subsampling as the chapter tells it; what LeNet-5 really did is {@link TrainedSubsampling}. Nothing to
 * learn.
 */
public final class Subsampling extends Layer {
    private static final int NONE = -1;

    private final Window window;
    private int[] inputShape; // (N, C, H, W)

    /**
     * A subsampling layer.
     *
     * @param window where the windows stand; usually the stride is as large as the kernel: {@code
     *     Window.of(2).stride(2)}
     */
    public Subsampling(Window window) {
        this.window = window;
    }

    @Override
    public Tensor forward(Tensor x) {
        Shapes.expect(this, "input", x, "N", "C", "H", "W");
        int N = x.size(0), C = x.size(1), H = x.size(2), W = x.size(3);
        int[] out = outputShape(C, H, W);
        inputShape = x.shape();
        int[] kept = kept(H, W, out[1], out[2]);
        Tensor thinned = outputToFill(N, C, out[1], out[2]);
        float[] from = x.data();
        float[] to = thinned.data();
        Workers.run(N, (thread, n) -> {
            for (int plane = n * C; plane < (n + 1) * C; plane++) {
                for (int i = 0; i < kept.length; i++) {
                    to[plane * kept.length + i] = kept[i] == NONE ? 0 : from[plane * H * W + kept[i]];
                }
            }
        });
        return thinned;
    }

    @Override
    public Tensor backward(Tensor dout) {
        int[] x = fromForward(inputShape);
        int C = x[1], H = x[2], W = x[3];
        int[] out = outputShape(C, H, W);
        expectDout(dout, x[0], out[0], out[1], out[2]);
        int[] kept = kept(H, W, out[1], out[2]);
        Tensor dx = dxToFill(x);
        float[] from = dout.data();
        float[] to = dx.data();
        Workers.run(x[0], (thread, n) -> {
            Arrays.fill(to, n * C * H * W, (n + 1) * C * H * W, 0);
            for (int plane = n * C; plane < (n + 1) * C; plane++) {
                for (int i = 0; i < kept.length; i++) {
                    if (kept[i] != NONE) {
                        to[plane * H * W + kept[i]] += from[plane * kept.length + i];
                    }
                }
            }
        });
        return dx;
    }

    /** For each output the position of its pixel in a channel; {@link #NONE} where a window sees padding only. */
    private int[] kept(int H, int W, int OH, int OW) {
        int[] kept = new int[OH * OW];
        for (int oy = 0; oy < OH; oy++) {
            int top = oy * window.strideHeight() - window.paddingHeight();
            for (int ox = 0; ox < OW; ox++) {
                int left = ox * window.strideWidth() - window.paddingWidth();
                boolean sees =
                        top < H && top + window.kernelHeight() > 0 && left < W && left + window.kernelWidth() > 0;
                kept[oy * OW + ox] = sees ? Math.max(top, 0) * W + Math.max(left, 0) : NONE;
            }
        }
        return kept;
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
