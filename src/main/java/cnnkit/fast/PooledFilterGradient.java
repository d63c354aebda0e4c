package cnnkit.fast;

import cnnkit.engine.Kernels;
import cnnkit.engine.Listed;
import cnnkit.engine.Rows;
import cnnkit.engine.Workers;
import cnnkit.im2col.BatchChunks;
import cnnkit.im2col.Window;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * dW and db of a convolution that 2x2 max pooling follows. Of each window one pixel alone has a gradient, so three of four
 * products would be with 0. What is not 0 is listed, filter by filter; each number of a list meets what the filter sees
 * there.
 *
 * <p>The image is laid out channels last, among zeros: a row of a window, all channels of its pixels, is then one run of
 * memory, and the lanes run along it. The sum of a weight goes over the images of a chunk and their positions in order, as in
 * {@link FilterGradient}; a 0 that is left out changes at most the sign of a sum that is 0, unless it meets an infinity or
 * NaN, see {@link #run}.
 */
final class PooledFilterGradient {
    /** So many products are computed while a number is listed: measured with 6 to 64 filters, and vectors of 8 and 16. */
    private static final int LISTING = 64;

    private final ConvolutionSizes sizes;
    private final Epilogue epilogue;
    private final int across; // pixels in a row of the image among zeros
    private final int[] places; // of an element of a map of the forward pass: where its window begins
    private final int[] pieces; // where the pieces of a window begin
    private final int perFilter; // sums
    private final int[] weights; // where the sum of each weight of a filter lies
    private final Buffers[] buffers; // of each thread
    private Chunk[] chunks = {};

    /** Sums of a chunk. */
    private final class Chunk {
        private final float[] sums =
                new float[(sizes.filters() + 1) / 2 * 2 * perFilter]; // an odd last filter is no pair
        private final float[] biases = new float[sizes.filters()];
        private final Rows[] pairs = new Rows[(sizes.filters() + 1) / 2]; // the sums of two filters

        private Chunk() {
            Arrays.setAll(pairs, pair -> Rows.of(sums, 2 * pair * perFilter, perFilter, 2));
        }
    }

    /** What one thread works on. */
    private final class Buffers {
        private final float[] image = new float[(int) imageLength(sizes)];
        private final Listed listed = Listed.room(epilogue.outputLength() + 1);
    }

    /**
     * Whether listing pays here, and is possible: for each number, its products and what listing it takes against the products
     * of all four pixels of its window, whose lanes run across filters.
     */
    static boolean pays(ConvolutionSizes sizes, Epilogue epilogue) {
        Window window = sizes.window();
        boolean usual = sizes.groups() == 1 && window.strideHeight() == 1 && window.strideWidth() == 1;
        long listed = (long) pieces(sizes) * Kernels.lanes() + LISTING;
        return usual
                && epilogue.lists()
                && imageLength(sizes) <= Integer.MAX_VALUE - 8
                && sizes.filters() * listed < 4L * sizes.weightsPerFilter() * Kernels.wide(sizes.filters());
    }

    /** Elements of the image among zeros, with room behind them, as a piece may be read too far. */
    private static long imageLength(ConvolutionSizes sizes) {
        return (long) down(sizes) * across(sizes) * sizes.channels() + Kernels.lanes();
    }

    /** Rows of the image and the zeros above and below. */
    private static int down(ConvolutionSizes sizes) {
        return sizes.outputHeight() + sizes.window().kernelHeight() - 1;
    }

    /** Pixels in a row of it. */
    private static int across(ConvolutionSizes sizes) {
        return sizes.outputWidth() + sizes.window().kernelWidth() - 1;
    }

    /** Pieces of a row of a window. */
    private static int perRow(ConvolutionSizes sizes) {
        return Kernels.wide(sizes.window().kernelWidth() * sizes.channels()) / Kernels.lanes();
    }

    /** Pieces of a window, filled up to what advances together. */
    private static int pieces(ConvolutionSizes sizes) {
        int needed = sizes.window().kernelHeight() * perRow(sizes);
        return (needed + Kernels.PIECES - 1) / Kernels.PIECES * Kernels.PIECES;
    }

    /** {@code pitch}: from one row to the next in the maps of the forward pass. */
    PooledFilterGradient(ConvolutionSizes sizes, Epilogue epilogue, int pitch) {
        this.sizes = sizes;
        this.epilogue = epilogue;
        Window window = sizes.window();
        int channels = sizes.channels(), lanes = Kernels.lanes();
        int height = window.kernelHeight(), width = window.kernelWidth();
        across = across(sizes);
        places = new int[sizes.outputHeight() * pitch];
        Arrays.setAll(places, i -> (i / pitch * across + i % pitch) * channels);
        int perRow = perRow(sizes);
        pieces = new int[pieces(sizes)]; // the last ones may be more than are needed, and are not read
        for (int i = 0; i < height * perRow; i++) {
            pieces[i] = i / perRow * across * channels + i % perRow * lanes;
        }
        perFilter = pieces.length * lanes;
        weights = new int[sizes.weightsPerFilter()];
        for (int i = 0; i < weights.length; i++) {
            int c = i / (height * width), ky = i / width % height, kx = i % width;
            weights[i] = ky * perRow * lanes + kx * channels + c;
        }
        buffers = new Buffers[Workers.threads()];
        Arrays.setAll(buffers, thread -> new Buffers());
    }

    /**
     * The gradients.
     *
     * @return false if x holds an infinity or NaN, which times 0 is NaN: then all products are needed, and dW and db are as they
     *     were
     */
    boolean run(float[] x, float[] out, float[] dout, float[] dW, float[] db, int batch) {
        int count = BatchChunks.count(batch);
        if (chunks.length < count) {
            chunks = new Chunk[count];
            Arrays.setAll(chunks, i -> new Chunk());
        }
        AtomicBoolean finite = new AtomicBoolean(true);
        Workers.run(count, (thread, i) -> {
            Chunk chunk = chunks[i];
            Arrays.fill(chunk.sums, 0);
            Arrays.fill(chunk.biases, 0);
            for (int n = BatchChunks.start(i, batch); n < BatchChunks.start(i + 1, batch); n++) {
                if (!fill(x, n * sizes.imageLength(), buffers[thread].image)) {
                    finite.set(false);
                    return;
                }
                for (int f = 0; f < sizes.filters(); f += 2) {
                    addPair(out, dout, n, f, buffers[thread], chunk);
                }
            }
        });
        if (finite.get()) {
            collect(dW, db, count);
        }
        return finite.get();
    }

    /** Adds what filters f and f + 1, if there is one, get from image n. */
    private void addPair(float[] out, float[] dout, int n, int f, Buffers own, Chunk chunk) {
        int map = n * sizes.filters() + f;
        int first = list(out, dout, map, own.listed, 0, chunk.biases, f);
        int second = f + 1 < sizes.filters() ? list(out, dout, map + 1, own.listed, 1, chunk.biases, f + 1) : 0;
        int count = Math.max(first, second);
        own.listed.fillUp(0, first, count);
        own.listed.fillUp(1, second, count);
        Kernels.multiplyListed(count, own.listed, own.image, pieces, chunk.pairs[f / 2]);
    }

    /** Lists the gradient of a map, and adds it to the bias. How many numbers it has. */
    private int list(float[] out, float[] dout, int map, Listed listed, int side, float[] biases, int f) {
        int count = epilogue.list(out, dout, map, places, listed, side);
        float bias = biases[f];
        for (int i = side; i < 2 * count; i += 2) {
            bias += listed.values()[i];
        }
        biases[f] = bias;
        return count;
    }

    /** Lays an image out, channels last, four of them at a time: fewer lines are fetched. Whether all of it is finite. */
    private boolean fill(float[] x, int at, float[] image) {
        int channels = sizes.channels(), width = sizes.width(), plane = sizes.height() * width;
        int origin = -(sizes.window().top(0) * across + sizes.window().left(0)) * channels;
        float zeros = 0; // times a finite number is 0
        int c = 0;
        for (; c + 4 <= channels; c += 4) {
            for (int y = 0; y < sizes.height(); y++) {
                int from = at + c * plane + y * width, to = origin + y * across * channels + c;
                for (int end = from + width; from < end; from++, to += channels) {
                    float p = x[from], q = x[from + plane], r = x[from + 2 * plane], s = x[from + 3 * plane];
                    image[to] = p;
                    image[to + 1] = q;
                    image[to + 2] = r;
                    image[to + 3] = s;
                    zeros += 0 * p + 0 * q + (0 * r + 0 * s);
                }
            }
        }
        for (; c < channels; c++) {
            for (int y = 0; y < sizes.height(); y++) {
                int from = at + c * plane + y * width, to = origin + y * across * channels + c;
                for (int end = from + width; from < end; from++, to += channels) {
                    image[to] = x[from];
                    zeros += 0 * x[from];
                }
            }
        }
        return zeros == 0;
    }

    /** Adds the chunks up, in order. */
    private void collect(float[] dW, float[] db, int count) {
        Workers.run(sizes.filters(), (thread, f) -> {
            for (int i = 0; i < weights.length; i++) {
                float sum = 0; // from 0 on: a chunk's -0 becomes 0, as in FilterGradient
                for (int chunk = 0; chunk < count; chunk++) {
                    sum += chunks[chunk].sums[f * perFilter + weights[i]];
                }
                dW[f * weights.length + i] = sum;
            }
            db[f] = 0;
            for (int chunk = 0; chunk < count; chunk++) {
                db[f] += chunks[chunk].biases[f];
            }
        });
    }
}
