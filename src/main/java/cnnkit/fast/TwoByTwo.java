package cnnkit.fast;

import cnnkit.engine.Fours;
import cnnkit.im2col.Window;
import java.util.Optional;

/** When max pooling is that of fours, which the engine does a vector at a time: as good as always. */
public final class TwoByTwo {
    private TwoByTwo() {}

    /**
     * The windows of one map as fours: each 2 x 2, the next one right beside it, and all inside.
     *
     * @param window of the pooling
     * @param height rows of the map
     * @param width columns of the map
     * @param pitch from one row of the map to the next
     * @return empty for any other windows
     */
    public static Optional<Fours> in(Window window, int height, int width, int pitch) {
        int down = window.outputHeight(height), across = window.outputWidth(width);
        boolean fours = window.kernelHeight() == 2 && window.kernelWidth() == 2 && window.strideWidth() == 2;
        boolean inside = window.top(0) == 0
                && window.left(0) == 0
                && window.top(down - 1) + 2 <= height
                && window.left(across - 1) + 2 <= width;
        return fours && inside
                ? Optional.of(new Fours(down, across, window.strideHeight() * pitch, pitch))
                : Optional.empty();
    }
}
