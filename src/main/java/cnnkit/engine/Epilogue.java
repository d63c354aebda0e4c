package cnnkit.engine;

import java.util.Arrays;

/**
 * What follows a convolution, done map by map while the map is still in the cache: nothing, ReLU, max pooling, or both.
 *
 * <p>ReLU and the maximum may change places: {@code max(relu(a), relu(b)) = relu(max(a, b))}. So with pooling there are
 * fewer numbers to compare with 0, and the order in which a network has the two does not matter.
 * <pre>
 *     forward     one map with gaps  ->  largest of each window, and where it lay  ->  0 if negative
 *     backward    dout, 0 where the output is 0  ->  to the place where the largest lay
 * </pre>
 */
public final class Epilogue {
    /**
     * Max pooling without padding; every window lies inside its map.
     *
     * @param kernelHeight rows of a window
     * @param kernelWidth columns of a window
     * @param strideHeight rows from one window to the next
     * @param strideWidth columns from one window to the next
     * @param outputHeight windows down
     * @param outputWidth windows across
     */
    public record Pooling(
            int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, int outputHeight, int outputWidth) {}

    private final boolean relu;
    private final Pooling pooling; // null: none
    private final int height, width, pitch; // of a map of the convolution
    private final int outputLength; // of a map of the output
    private int[] winners = new int[0]; // for each output where its maximum lay in the map with gaps

    Epilogue(Geometry geometry, int pitch, boolean relu, Pooling pooling) {
        this.relu = relu;
        this.pooling = pooling;
        this.pitch = pitch;
        height = geometry.outputHeight();
        width = geometry.outputWidth();
        outputLength = pooling == null ? height * width : pooling.outputHeight * pooling.outputWidth;
    }

    /** Makes room for the winners of so many maps. */
    void prepare(int maps) {
        if (pooling != null && winners.length < maps * outputLength) {
            winners = new int[maps * outputLength];
        }
    }

    /** From {@code runs[from + y * pitch + x]} to the output of one map, counted over the whole batch. */
    void forward(float[] runs, int from, float[] out, int map) {
        int to = map * outputLength;
        if (pooling != null) {
            pool(runs, from, out, to);
        } else {
            for (int y = 0; y < height; y++) {
                System.arraycopy(runs, from + y * pitch, out, to + y * width, width);
            }
        }
        if (relu) {
            for (int i = to; i < to + outputLength; i++) {
                out[i] = Math.max(out[i], 0);
            }
        }
    }

    private void pool(float[] runs, int from, float[] out, int to) {
        int outputHeight = pooling.outputHeight, outputWidth = pooling.outputWidth;
        int down = pooling.strideHeight * pitch;
        if (pooling.kernelHeight == 2 && pooling.kernelWidth == 2 && pooling.strideWidth == 2) {
            Kernels.current().largestOfFour(outputHeight, outputWidth, runs, from, down, pitch, out, winners, to);
            return;
        }
        for (int oy = 0; oy < outputHeight; oy++) {
            anyWindow(runs, from + oy * down, from, out, to + oy * outputWidth);
        }
    }

    /** A row of any other windows: see {@link Kernel#largestOfFour}. */
    private void anyWindow(float[] runs, int row, int from, float[] out, int to) {
        for (int ox = 0; ox < pooling.outputWidth; ox++) {
            int first = row + ox * pooling.strideWidth;
            int winner = first;
            float largest = runs[first];
            for (int ky = 0; ky < pooling.kernelHeight; ky++, first += pitch) {
                for (int i = first; i < first + pooling.kernelWidth; i++) {
                    winner = runs[i] > largest ? i : winner;
                    largest = Math.max(largest, runs[i]);
                }
            }
            out[to + ox] = largest;
            winners[to + ox] = winner - from;
        }
    }

    /**
     * Spreads the gradient of one image: that of element i of map m, with gaps, goes to {@code target[places[i] + m *
     * step]}. What no gradient reaches must be 0 beforehand or becomes it.
     */
    void backward(float[] out, float[] dout, int image, int maps, float[] target, int[] places, int step) {
        if (pooling != null) {
            Arrays.fill(target, 0);
        }
        int across = width > 1 ? places[1] - places[0] : 1; // neighbours in a row of the map are so far apart
        Kernel kernel = Kernels.current();
        for (int m = 0; m < maps; m++) {
            int from = (image * maps + m) * outputLength;
            int shift = m * step;
            if (pooling != null) {
                for (int i = from; i < from + outputLength; i++) {
                    target[places[winners[i]] + shift] += passed(out, dout, i);
                }
                continue;
            }
            for (int y = 0, i = from; y < height; y++, i += width) {
                int at = places[y * pitch] + shift;
                if (across == 1 && relu) {
                    kernel.reluGradient(width, out, dout, i, target, at);
                } else if (across == 1) {
                    System.arraycopy(dout, i, target, at, width);
                } else {
                    for (int x = i; x < i + width; x++, at += across) {
                        target[at] = passed(out, dout, x);
                    }
                }
            }
        }
    }

    /** Keeps all bits or none: again no branch. */
    private float passed(float[] out, float[] dout, int i) {
        int keep = relu && out[i] <= 0 ? 0 : -1;
        return Float.intBitsToFloat(Float.floatToRawIntBits(dout[i]) & keep);
    }
}
