package cnnkit.inspect;

import cnnkit.im2col.Window;
import cnnkit.layer.Layer;
import cnnkit.layer.LayerMemory;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/**
 * How a layer that does not say it looks at its input, found by trying: one pixel after the other is changed, and whatever
 * changes in the output has seen it. If the places fit a window, this is the window.
 */
final class SeenByTrying {
    private static final int MOST_PIXELS = 64 * 64;
    private static final int BATCH = 64;
    private static final float[] CHANGES = {10, -10
    }; // from noise around 0: so that a maximum, or a ReLU, must notice one

    private SeenByTrying() {}

    /** The window; empty if there is none, or the maps are too large to try. */
    static Optional<Window> window(Layer layer, int... shape) {
        int[] out = layer.outputShape(shape);
        if (out.length != 3 || shape[1] * shape[2] > MOST_PIXELS) {
            return Optional.empty();
        }
        boolean[][][][] seen = new boolean[out[1]][out[2]][shape[1]][shape[2]];
        LayerMemory before = LayerMemory.of(layer);
        try {
            for (int base = 0; base < 2; base++) {
                Tensor noise = Tensor.gaussian(new Random(base), 1, 1, shape[0], shape[1], shape[2]);
                for (float change : CHANGES) {
                    change(layer, noise, change, seen);
                }
            }
        } finally {
            before.putBack(); // also after an interrupt
        }
        return fitted(seen);
    }

    private static void change(Layer layer, Tensor noise, float change, boolean[][][][] seen) {
        int C = noise.size(1), W = noise.size(3), pixels = noise.size(2) * W;
        Tensor usual = layer.forward(noise.copy());
        for (int from = 0; from < pixels; from += BATCH) {
            InterruptedWorkException.check("receptive field", from, pixels, "pixels");
            int N = Math.min(BATCH, pixels - from);
            Tensor x = Tensor.zeros(N, C, noise.size(2), W);
            for (int n = 0; n < N; n++) {
                System.arraycopy(noise.data(), 0, x.data(), n * noise.length(), noise.length());
                for (int c = 0; c < C; c++) {
                    x.data()[n * noise.length() + c * pixels + from + n] += change;
                }
            }
            Tensor out = layer.forward(x);
            for (int n = 0; n < N; n++) {
                compare(usual.slice(0), out.slice(n), (from + n) / W, (from + n) % W, seen);
            }
        }
    }

    private static void compare(Tensor usual, Tensor out, int y, int x, boolean[][][][] seen) {
        for (int i = 0; i < out.length(); i++) {
            int oy = i / out.size(2) % out.size(1), ox = i % out.size(2);
            seen[oy][ox][y][x] |= usual.data()[i] != out.data()[i];
        }
    }

    private static Optional<Window> fitted(boolean[][][][] seen) {
        int OH = seen.length, OW = seen[0].length, H = seen[0][0].length, W = seen[0][0][0].length;
        boolean[][] rows = new boolean[OH][H], columns = new boolean[OW][W];
        for (int oy = 0; oy < OH; oy++) {
            for (int ox = 0; ox < OW; ox++) {
                for (int y = 0; y < H; y++) {
                    for (int x = 0; x < W; x++) {
                        rows[oy][y] |= seen[oy][ox][y][x];
                        columns[ox][x] |= seen[oy][ox][y][x];
                    }
                }
            }
        }
        int[] down = axis(rows), across = axis(columns);
        if (down == null || across == null || !isProduct(seen, rows, columns)) {
            return Optional.empty();
        }
        return Optional.of(
                Window.of(down[0], across[0]).stride(down[1], across[1]).padding(down[2], across[2]));
    }

    /** Kernel, stride and padding along one axis; null if none fits. */
    private static int[] axis(boolean[][] seen) {
        int size = seen[0].length;
        for (int kernel = 1; kernel <= size; kernel++) {
            for (int stride = 1; stride <= size; stride++) {
                for (int padding = 0; padding < kernel; padding++) {
                    if (fits(seen, Window.of(kernel).stride(stride).padding(padding))) {
                        return new int[] {kernel, stride, padding};
                    }
                }
            }
        }
        return null;
    }

    private static boolean fits(boolean[][] seen, Window window) {
        for (int position = 0; position < seen.length; position++) {
            Window.Span span = window.rows(position, seen[position].length);
            for (int i = 0; i < seen[position].length; i++) {
                if (seen[position][i] != (i >= span.from() && i < span.to())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether each place sees all pixels where its rows and columns cross, and no other. */
    private static boolean isProduct(boolean[][][][] seen, boolean[][] rows, boolean[][] columns) {
        for (int oy = 0; oy < rows.length; oy++) {
            for (int ox = 0; ox < columns.length; ox++) {
                for (int y = 0; y < rows[oy].length; y++) {
                    boolean[] expected = rows[oy][y] ? columns[ox] : new boolean[columns[ox].length];
                    if (!Arrays.equals(expected, seen[oy][ox][y])) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
