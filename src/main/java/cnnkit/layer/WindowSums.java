package cnnkit.layer;

import cnnkit.engine.Workers;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.Arrays;

/**
 * Adds up the pixels that each window sees, on each channel alone, and sends gradients the way back. Padding, and what
 * lies behind the edge, is not seen.
 */
final class WindowSums {
    private final int H, W, OH, OW;
    private final int[] top,
            bottom,
            left,
            right; // window (oy, ox): rows top[oy] to before bottom[oy], columns likewise

    WindowSums(Window window, int height, int width) {
        H = height;
        W = width;
        OH = window.outputHeight(height);
        OW = window.outputWidth(width);
        top = starts(OH, window.strideHeight(), window.paddingHeight());
        bottom = ends(top, window.kernelHeight(), H);
        left = starts(OW, window.strideWidth(), window.paddingWidth());
        right = ends(left, window.kernelWidth(), W);
    }

    private static int[] starts(int positions, int stride, int padding) {
        int[] starts = new int[positions];
        Arrays.setAll(starts, position -> position * stride - padding);
        return starts;
    }

    /** Where windows end; moves their starts into the image. */
    private static int[] ends(int[] starts, int kernel, int size) {
        int[] ends = new int[starts.length];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = Math.min(starts[i] + kernel, size);
            starts[i] = Math.max(starts[i], 0);
        }
        return ends;
    }

    /** How many pixels a window sees; 0 for one that sees padding only. */
    int pixels(int oy, int ox) {
        return Math.max(0, bottom[oy] - top[oy]) * Math.max(0, right[ox] - left[ox]);
    }

    /** Writes the sum of each window, in order of rows and columns, added up in double. */
    void sum(Tensor x, Tensor sums) { // (N, C, H, W), (N, C, OH, OW)
        int C = x.size(1);
        float[] from = x.data();
        float[] to = sums.data();
        Workers.run(x.size(0), (thread, n) -> {
            int position = n * C * OH * OW;
            for (int plane = n * C; plane < (n + 1) * C; plane++) {
                for (int oy = 0; oy < OH; oy++) {
                    for (int ox = 0; ox < OW; ox++, position++) {
                        double sum = 0;
                        for (int y = top[oy]; y < bottom[oy]; y++) {
                            int row = (plane * H + y) * W;
                            for (int i = row + left[ox]; i < row + right[ox]; i++) {
                                sum += from[i];
                            }
                        }
                        to[position] = (float) sum;
                    }
                }
            }
        });
    }

    /** The way back: each pixel gets the gradients of all windows that see it, added in order of the windows. */
    void spread(Tensor dsums, Tensor dx) { // (N, C, OH, OW), (N, C, H, W)
        int C = dx.size(1);
        float[] from = dsums.data();
        float[] to = dx.data();
        Workers.run(dx.size(0), (thread, n) -> {
            Arrays.fill(to, n * C * H * W, (n + 1) * C * H * W, 0);
            int position = n * C * OH * OW;
            for (int plane = n * C; plane < (n + 1) * C; plane++) {
                for (int oy = 0; oy < OH; oy++) {
                    for (int ox = 0; ox < OW; ox++, position++) {
                        for (int y = top[oy]; y < bottom[oy]; y++) {
                            int row = (plane * H + y) * W;
                            for (int i = row + left[ox]; i < row + right[ox]; i++) {
                                to[i] += from[position];
                            }
                        }
                    }
                }
            }
        });
    }
}
