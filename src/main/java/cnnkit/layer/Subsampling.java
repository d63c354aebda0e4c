package cnnkit.layer;

import cnnkit.engine.Workers;
import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;

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
public final class Subsampling extends Pooling {
    private static final int NONE = -1;

    /**
     * A subsampling layer.
     *
     * @param window where the windows stand; usually the stride is as large as the kernel: {@code
     *     Window.of(2).stride(2)}
     */
    public Subsampling(Window window) {
        super(window);
    }

    @Override
    public void forward(Tensor x, Tensor out) { // (N, C, H, W), (N, C, OH, OW)
        int C = x.size(1), pixels = x.size(2) * x.size(3);
        int[] kept = kept(x, out);
        float[] from = x.data();
        float[] to = out.data();
        Workers.run(x.size(0), (thread, n) -> {
            for (int map = n * C; map < (n + 1) * C; map++) {
                for (int i = 0; i < kept.length; i++) {
                    to[map * kept.length + i] = kept[i] == NONE ? 0 : from[map * pixels + kept[i]];
                }
            }
        });
    }

    @Override
    public void backward(Tensor dout, Tensor dx) {
        if (dx == null) {
            return;
        }
        int C = dx.size(1), pixels = dx.size(2) * dx.size(3);
        int[] kept = kept(dx, dout);
        float[] from = dout.data();
        float[] to = dx.data();
        Workers.run(dx.size(0), (thread, n) -> {
            Arrays.fill(to, n * C * pixels, (n + 1) * C * pixels, 0);
            for (int map = n * C; map < (n + 1) * C; map++) {
                for (int i = 0; i < kept.length; i++) {
                    if (kept[i] != NONE) {
                        to[map * pixels + kept[i]] += from[map * kept.length + i];
                    }
                }
            }
        });
    }

    /** For each output the position of its pixel in a channel; {@link #NONE} where a window sees padding only. */
    private int[] kept(Tensor x, Tensor out) {
        int H = x.size(2), W = x.size(3), OH = out.size(2), OW = out.size(3);
        int[] kept = new int[OH * OW];
        for (int oy = 0; oy < OH; oy++) {
            Window.Span rows = window.rows(oy, H);
            for (int ox = 0; ox < OW; ox++) {
                Window.Span columns = window.columns(ox, W);
                boolean sees = rows.length() > 0 && columns.length() > 0;
                kept[oy * OW + ox] = sees ? rows.from() * W + columns.from() : NONE;
            }
        }
        return kept;
    }

    /** Of each window only the first pixel is read; over padding another one would be the first, so then it is not known. */
    @Override
    public Optional<Window> sees(int... inputShape) {
        boolean padded = window.paddingHeight() > 0 || window.paddingWidth() > 0;
        Window first =
                Window.of(1).stride(window.strideHeight(), window.strideWidth()).remainder(Remainder.FLOOR);
        return padded ? Optional.empty() : Optional.of(first);
    }

    @Override
    protected Subsampling fresh() {
        return new Subsampling(window);
    }
}
