package cnnkit.fast;

import cnnkit.engine.Fours;
import cnnkit.engine.Kernels;
import cnnkit.engine.Listed;
import cnnkit.engine.Maximum;
import cnnkit.im2col.Window;

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
final class Epilogue {
    private final boolean relu;
    private final Window pooling; // null: none
    private final int height, width, pitch; // of a map of the convolution
    private final int outputHeight, outputWidth; // of a map of the output
    private final Fours fours; // null: the windows are not 2x2
    private int[] winners = new int[0]; // for each output where its maximum lay in the map with gaps

    Epilogue(ConvolutionSizes sizes, int pitch, boolean relu, Window pooling) {
        this.relu = relu;
        this.pooling = pooling;
        this.pitch = pitch;
        height = sizes.outputHeight();
        width = sizes.outputWidth();
        outputHeight = pooling == null ? height : pooling.outputHeight(height);
        outputWidth = pooling == null ? width : pooling.outputWidth(width);
        fours = pooling == null
                ? null
                : TwoByTwo.in(pooling, height, width, pitch).orElse(null);
    }

    /** Whether the places that a gradient reaches differ from image to image. */
    boolean scatters() {
        return pooling != null;
    }

    int outputLength() {
        return outputHeight * outputWidth;
    }

    /** Makes room for the winners of so many maps, where somebody asks for them. */
    void prepare(int maps, boolean backToo) {
        boolean asked = pooling != null && (backToo || fours == null);
        if (asked && winners.length < maps * outputLength()) {
            winners = new int[maps * outputLength()];
        }
    }

    /**
     * From {@code runs[from + y * pitch + x]} to the output of one map, counted over the whole batch; {@code backToo} if a
     * backward pass may follow.
     */
    void forward(float[] runs, int from, float[] out, int map, boolean backToo) {
        int to = map * outputLength();
        if (pooling != null) {
            pool(runs, from, out, to, backToo);
        } else {
            for (int y = 0; y < height; y++) {
                System.arraycopy(runs, from + y * pitch, out, to + y * width, width);
            }
        }
        if (relu) {
            Kernels.relu(out, out, to, to + outputLength());
        }
    }

    private void pool(float[] runs, int from, float[] out, int to, boolean backToo) {
        if (fours != null && backToo) {
            Kernels.largestOfFour(fours, runs, from, out, winners, to);
            Kernels.findNaN(fours, runs, from, out, winners, to);
            return;
        }
        if (fours != null) {
            Kernels.largestOfFour(fours, runs, from, out, to);
            return;
        }
        for (int oy = 0; oy < outputHeight; oy++) {
            anyWindow(runs, from + pooling.top(oy) * pitch, from, out, to + oy * outputWidth);
        }
    }

    /** A row of any other windows. */
    private void anyWindow(float[] runs, int row, int from, float[] out, int to) {
        for (int ox = 0; ox < outputWidth; ox++) {
            int first = row + pooling.left(ox);
            int winner = first;
            float largest = runs[first];
            for (int ky = 0; ky < pooling.kernelHeight(); ky++, first += pitch) {
                for (int i = first; i < first + pooling.kernelWidth(); i++) {
                    winner = Maximum.beats(runs[i], largest) ? i : winner;
                    largest = Math.max(largest, runs[i]);
                }
            }
            out[to + ox] = largest;
            winners[to + ox] = winner - from;
        }
    }

    /**
     * Spreads the gradient of one image: that of element i of map m, with gaps, goes to {@code target[places[i] + m *
     * step]}. What no gradient reaches must be 0 beforehand: with pooling this differs from image to image.
     */
    void backward(float[] out, float[] dout, int image, int maps, float[] target, int[] places, int step) {
        int first = image * maps * outputLength();
        if (pooling != null) {
            for (int m = 0; m < maps; m++) {
                toWinners(out, dout, first + m * outputLength(), target, places, m * step);
            }
            return;
        }
        int across = width > 1 ? places[1] - places[0] : 1; // neighbours in a row of the map are so far apart
        // Row by row through all maps: where maps lie side by side in the target, a row of all of them fits the cache.
        for (int y = 0; y < outputHeight; y++) {
            int from = first + y * outputWidth;
            int to = places[y * pitch];
            int inFours = step == 1 ? maps / 4 * 4 : 0;
            for (int m = 0; m < inFours; m += 4) {
                fourNeighbours(out, dout, from + m * outputLength(), target, to + m, across);
            }
            for (int m = inFours; m < maps; m++) {
                toPlaces(out, dout, from + m * outputLength(), target, to + m * step, across);
            }
        }
    }

    /** Whether gradients of maps can be listed: each 2x2 window has one number at most, and shares no pixel with another. */
    boolean lists() {
        return fours != null && fours.down() >= 2 * pitch;
    }

    /**
     * Lists what of the gradient of a map is not 0, from top left to bottom right: number i goes to {@code values[2 * i +
     * side]}, its place beside it. There must be room for one more. The forward pass must have kept the winners.
     *
     * @param map counted over the whole batch
     * @param placeOf the place of each element of a map with gaps
     * @return how many
     */
    int list(float[] out, float[] dout, int map, int[] placeOf, Listed listed, int side) {
        float[] values = listed.values();
        int[] places = listed.places();
        int to = side;
        for (int y = 0, from = map * outputLength(); y < outputHeight; y++, from += outputWidth) {
            int below = y * fours.down() + pitch; // from here on a winner lies in the second row of its window
            for (int row = 0; row < 2; row++) {
                for (int i = from; i < from + outputWidth; i++) {
                    float gradient = passed(out, dout, i);
                    int winner = winners[i];
                    int bits = Float.floatToRawIntBits(gradient) << 1; // without the sign
                    values[to] = gradient;
                    places[to] = placeOf[winner];
                    // No branches, as it is a toss-up. What is 0, or of the other row, is written over.
                    int notZero = (bits | -bits) >>> 31;
                    int inThisRow = (winner - below >>> 31) ^ row;
                    to += 2 * (notZero & inThisRow);
                }
            }
        }
        return to / 2;
    }

    /** A row of four maps that are neighbours in the target: fewer of its lines are fetched. */
    private void fourNeighbours(float[] out, float[] dout, int from, float[] target, int to, int across) {
        int second = outputLength(), third = 2 * second, fourth = 3 * second;
        for (int i = from; i < from + width; i++, to += across) {
            target[to] = passed(out, dout, i);
            target[to + 1] = passed(out, dout, i + second);
            target[to + 2] = passed(out, dout, i + third);
            target[to + 3] = passed(out, dout, i + fourth);
        }
    }

    /** One map of outputs, each to where its maximum lay; in one loop, as short ones cost more than they do. */
    private void toWinners(float[] out, float[] dout, int from, float[] target, int[] places, int shift) {
        for (int i = from; i < from + outputLength(); i++) {
            target[places[winners[i]] + shift] += passed(out, dout, i);
        }
    }

    /** One row of outputs, neighbours {@code across} apart. */
    private void toPlaces(float[] out, float[] dout, int from, float[] target, int to, int across) {
        if (across == 1 && relu) {
            Kernels.reluGradient(width, out, dout, from, target, to);
        } else if (across == 1) {
            System.arraycopy(dout, from, target, to, width);
        } else {
            for (int i = from; i < from + width; i++, to += across) {
                target[to] = passed(out, dout, i);
            }
        }
    }

    private float passed(float[] out, float[] dout, int i) {
        return relu ? Kernels.passed(out[i], dout[i]) : dout[i];
    }
}
