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
    private final Window.Span[] rows, columns; // that the windows at oy, and at ox, see

    WindowSums(Window window, int height, int width) {
        H = height;
        W = width;
        OH = window.outputHeight(height);
        OW = window.outputWidth(width);
        rows = new Window.Span[OH];
        Arrays.setAll(rows, oy -> window.rows(oy, H));
        columns = new Window.Span[OW];
        Arrays.setAll(columns, ox -> window.columns(ox, W));
    }

    /** How many pixels a window sees; 0 for one that sees padding only. */
    int pixels(int oy, int ox) {
        return rows[oy].length() * columns[ox].length();
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
                        for (int y = rows[oy].from(); y < rows[oy].to(); y++) {
                            int row = (plane * H + y) * W;
                            for (int i = row + columns[ox].from(); i < row + columns[ox].to(); i++) {
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
                        for (int y = rows[oy].from(); y < rows[oy].to(); y++) {
                            int row = (plane * H + y) * W;
                            for (int i = row + columns[ox].from(); i < row + columns[ox].to(); i++) {
                                to[i] += from[position];
                            }
                        }
                    }
                }
            }
        });
    }
}
