package cnnkit.layer;

import cnnkit.engine.Maximum;
import cnnkit.engine.Workers;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.Arrays;

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

    private int[] winners = {}; // for each output the position of its winner in x; NONE where a window saw padding only

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
        int C = x.size(1);
        Workers.run(x.size(0), (thread, n) -> {
            for (int map = n * C; map < (n + 1) * C; map++) { // each channel is pooled alone
                pool(x, out, map);
            }
        });
    }

    /** One channel of one image, counted over the batch. */
    private void pool(Tensor x, Tensor out, int map) {
        int H = x.size(2), W = x.size(3), OH = out.size(2), OW = out.size(3);
        float[] values = x.data();
        int position = map * OH * OW;
        for (int oy = 0; oy < OH; oy++) {
            Window.Span rows = window.rows(oy, H);
            for (int ox = 0; ox < OW; ox++, position++) {
                Window.Span columns = window.columns(ox, W);
                boolean paddingOnly = rows.length() == 0 || columns.length() == 0;
                int winner = paddingOnly ? NONE : (map * H + rows.from()) * W + columns.from();
                float largest = paddingOnly ? Float.NEGATIVE_INFINITY : values[winner];
                for (int y = rows.from(); y < rows.to(); y++) {
                    int row = (map * H + y) * W;
                    for (int i = row + columns.from(); i < row + columns.to(); i++) {
                        winner = Maximum.beats(values[i], largest) ? i : winner;
                        largest = Math.max(largest, values[i]);
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
        int N = dx.size(0), perImage = winners.length / N, pixels = dx.length() / N;
        Workers.run(N, (thread, n) -> {
            Arrays.fill(dx.data(), n * pixels, (n + 1) * pixels, 0);
            for (int i = n * perImage; i < (n + 1) * perImage; i++) {
                if (winners[i] != NONE) {
                    dx.data()[winners[i]] += dout.data()[i];
                }
            }
        });
    }

    @Override
    protected MaxPooling fresh() {
        return new MaxPooling(window);
    }
}
