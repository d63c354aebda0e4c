package cnnkit.layer;

import cnnkit.engine.Fours;
import cnnkit.engine.Kernels;
import cnnkit.engine.Maximum;
import cnnkit.engine.Workers;
import cnnkit.fast.TwoByTwo;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;

/**
 * Keeps the largest value of each window, on each channel alone (section 7.3).
 *
 * <p>Shapes {@code (N, C, H, W) -> (N, C, OH, OW)}, with OH and OW from the {@link Window}:
 * <pre>
 *     out[n][c][oy][ox] = max over ky, kx of  x[n][c][oy*S + ky - P][ox*S + kx - P]
 * </pre>
 * Padding counts as minus infinity, so it never wins. Of several largest values the first one wins, and a NaN beats every
 * number. The backward pass sends each gradient to the winner; where windows overlap, gradients add up. Nothing to learn.
 */
public final class MaxPooling extends Pooling {
    private static final int NONE = -1;

    private int[] winners = {}; // for each output the position of its winner in its map; NONE where it saw padding only

    /**
     * A pooling layer.
     *
     * @param window where the windows stand; usually the stride is as large as the kernel: {@code
     *     Window.of(2).stride(2)}
     */
    public MaxPooling(Window window) {
        super(window);
    }

    @Override
    public void forward(Tensor x, Tensor out) { // (N, C, H, W), (N, C, OH, OW)
        if (winners.length != out.length()) {
            winners = new int[out.length()];
        }
        int H = x.size(2), W = x.size(3), maps = x.size(0) * x.size(1); // each channel is pooled alone
        int pixels = H * W, outputs = out.size(2) * out.size(3);
        Optional<Fours> fours = TwoByTwo.in(window, H, W, W);
        Workers.run(maps, (thread, map) -> {
            if (fours.isPresent()) {
                Kernels.largestOfFour(fours.get(), x.data(), map * pixels, out.data(), winners, map * outputs);
                Kernels.findNaN(fours.get(), x.data(), map * pixels, out.data(), winners, map * outputs);
            } else {
                pool(x, out, map);
            }
        });
    }

    /** Any windows, on one channel of one image, counted over the batch. */
    private void pool(Tensor x, Tensor out, int map) {
        int H = x.size(2), W = x.size(3), OH = out.size(2), OW = out.size(3);
        float[] values = x.data();
        int first = map * H * W, position = map * OH * OW;
        for (int oy = 0; oy < OH; oy++) {
            Window.Span rows = window.rows(oy, H);
            for (int ox = 0; ox < OW; ox++, position++) {
                Window.Span columns = window.columns(ox, W);
                boolean paddingOnly = rows.length() == 0 || columns.length() == 0;
                int winner = paddingOnly ? NONE : rows.from() * W + columns.from();
                float largest = paddingOnly ? Float.NEGATIVE_INFINITY : values[first + winner];
                for (int y = rows.from(); y < rows.to(); y++) {
                    for (int i = y * W + columns.from(); i < y * W + columns.to(); i++) {
                        float value = values[first + i];
                        winner = Maximum.beats(value, largest) ? i : winner;
                        largest = Math.max(largest, value);
                    }
                }
                out.data()[position] = largest;
                winners[position] = winner;
            }
        }
    }

    @Override
    public void backward(Tensor dout, Tensor dx) {
        if (dx == null) {
            return;
        }
        int maps = dx.size(0) * dx.size(1), pixels = dx.size(2) * dx.size(3), outputs = dout.size(2) * dout.size(3);
        Workers.run(maps, (thread, map) -> {
            Arrays.fill(dx.data(), map * pixels, (map + 1) * pixels, 0);
            for (int i = map * outputs; i < (map + 1) * outputs; i++) {
                if (winners[i] != NONE) {
                    dx.data()[map * pixels + winners[i]] += dout.data()[i];
                }
            }
        });
    }

    @Override
    protected MaxPooling fresh() {
        return new MaxPooling(window);
    }
}
