package cnnkit.fast;

import cnnkit.engine.Kernels;
import cnnkit.engine.Rows;
import cnnkit.engine.Workers;
import cnnkit.im2col.BatchChunks;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * dW and db of a convolution: the runs of the input, (C*FH*FW, positions), times dout turned, (positions, filters). One
 * more run, of ones, gives db. Behind 2x2 pooling {@link PooledFilterGradient} does with fewer products, if x is finite.
 *
 * <p>The lanes run across filters. The sum of a weight goes over the images of a chunk and their positions in order; the
 * sums of the chunks are added in order. With groups, each group of filters meets its own group of channels only.
 */
final class FilterGradient {
    /** Floats in a line of the cache. */
    private static final int LINE = 16;

    /** Weights whose sums a task adds up over the chunks. */
    private static final int PIECE = 64;

    private final ConvolutionSizes sizes;
    private final Planes input;
    private final Epilogue epilogue;
    private final int[] taps; // where the run of each weight begins, for all groups
    private final int weights; // of a filter
    private final int filtersPerGroup;
    private final int wide; // filters of a group, rounded up to whole vectors
    private final int step; // of the rows of dout: room for the last group too
    private final int[] rows; // where the row of dout of each position of a run begins
    private final int[] places; // of an element of a map of the forward pass among the rows of dout
    private final Buffers[] buffers; // of each thread
    private Rows[][] chunks = {}; // the sums of each chunk and group, (C*FH*FW + 1, filters)

    /** What one thread works on. */
    private final class Buffers {
        private final float[] image = new float[input.length() + input.run]; // the planes of one image, then ones
        private final float[] dout = new float[input.run * step]; // of one image, turned; zeros in the gaps
        private final Rows[] runs, douts; // of each group

        private Buffers() {
            Arrays.fill(image, input.length(), image.length, 1);
            runs = new Rows[sizes.groups()];
            douts = new Rows[sizes.groups()];
            for (int g = 0; g < runs.length; g++) {
                int[] withOnes = Arrays.copyOfRange(taps, g * weights, (g + 1) * weights + 1);
                withOnes[weights] = input.length();
                runs[g] = new Rows(image, 0, withOnes);
                douts[g] = new Rows(dout, g * filtersPerGroup, rows);
            }
        }
    }

    /** {@code pitch}: from one row to the next in the maps of the forward pass. */
    FilterGradient(ConvolutionSizes sizes, Epilogue epilogue, int pitch) {
        this.sizes = sizes;
        this.epilogue = epilogue;
        input = Planes.steps(sizes);
        taps = input.taps();
        weights = sizes.weightsPerFilter();
        filtersPerGroup = sizes.filters() / sizes.groups();
        wide = Kernels.wide(filtersPerGroup);
        step = oddLines(sizes.filters() + wide - filtersPerGroup);
        input.requireRoom((long) input.run * step);
        rows = Rows.every(step, input.run);
        places = new int[sizes.outputHeight() * pitch];
        for (int i = 0; i < places.length; i++) {
            int row = i / pitch, column = i % pitch;
            places[i] = (row * input.pitch + column) * step; // of a column in the gap: never asked for
        }
        buffers = new Buffers[Workers.threads()];
        Arrays.setAll(buffers, thread -> new Buffers());
    }

    /**
     * Elements from one row to the next, so that the same columns of many rows fit the cache together: an odd number of its
     * lines apart they share it evenly, a power of two apart they drive each other out.
     */
    private static int oddLines(int elements) {
        int lines = (elements + LINE - 1) / LINE;
        return lines < 3 ? elements : (lines | 1) * LINE;
    }

    void run(float[] x, float[] out, float[] dout, float[] dW, float[] db, int batch) {
        addUp(x, out, dout, batch, false);
        if (collect(dW, db, BatchChunks.count(batch)) && input.hasGaps()) {
            // Where a gap of dout, a 0, met an infinity of the image, there is a NaN that is not in the sum: leave gaps
            // out.
            addUp(x, out, dout, batch, true);
            collect(dW, db, BatchChunks.count(batch));
        }
    }

    private void addUp(float[] x, float[] out, float[] dout, int batch, boolean rowByRow) {
        int count = BatchChunks.count(batch);
        if (chunks.length < count) {
            chunks = new Rows[count][sizes.groups()];
            for (Rows[] chunk : chunks) {
                Arrays.setAll(chunk, g -> Rows.of(new float[(weights + 1) * wide], 0, wide, weights + 1));
            }
        }
        Workers.run(count, (thread, chunk) -> {
            Buffers own = buffers[thread];
            for (Rows sums : chunks[chunk]) {
                Arrays.fill(sums.data(), 0);
            }
            for (int n = BatchChunks.start(chunk, batch); n < BatchChunks.start(chunk + 1, batch); n++) {
                input.fill(x, n * sizes.imageLength(), own.image);
                if (epilogue.scatters()) {
                    Arrays.fill(own.dout, 0);
                }
                epilogue.backward(out, dout, n, sizes.filters(), own.dout, places, 1);
                for (int g = 0; g < own.runs.length; g++) {
                    if (rowByRow) {
                        addRowByRow(own.runs[g], own.douts[g], chunks[chunk][g]);
                    } else {
                        Kernels.multiply(filtersPerGroup, own.runs[g], own.douts[g], chunks[chunk][g]);
                    }
                }
            }
        });
    }

    /** The same steps without those of the gaps. */
    private void addRowByRow(Rows runs, Rows dout, Rows sums) {
        for (int from = 0; from < input.run; from += input.pitch) {
            int[] row = Arrays.copyOfRange(dout.begins(), from, from + input.across());
            Rows shifted = new Rows(runs.data(), runs.at() + from, runs.begins());
            Kernels.multiply(filtersPerGroup, shifted, new Rows(dout.data(), dout.at(), row), sums);
        }
    }

    /** Adds the chunks up, on all cores; whether a weight's gradient is NaN. */
    private boolean collect(float[] dW, float[] db, int count) {
        AtomicBoolean nan = new AtomicBoolean();
        int pieces = (weights + PIECE) / PIECE; // of weights + 1 rows
        Workers.run(sizes.groups() * pieces, (thread, task) -> {
            int g = task / pieces, piece = task % pieces;
            int from = piece * PIECE, to = Math.min(weights + 1, from + PIECE);
            float[] sums = inOrder(g, from * wide, to * wide, count);
            for (int i = from; i < to; i++) {
                for (int column = 0; column < filtersPerGroup; column++) {
                    float sum = sums[i * wide + column] + 0f; // -0 becomes 0
                    int f = g * filtersPerGroup + column;
                    if (i == weights) {
                        db[f] = sum;
                        continue;
                    }
                    dW[f * weights + i] = sum;
                    if (Float.isNaN(sum)) {
                        nan.set(true);
                    }
                }
            }
        });
        return nan.get();
    }

    /** Adds the sums of all other chunks to those of the first one, from one element to before another. */
    private float[] inOrder(int group, int from, int to, int count) {
        float[] sums = chunks[0][group].data();
        for (int chunk = 1; chunk < count; chunk++) {
            float[] next = chunks[chunk][group].data();
            for (int i = from; i < to; i++) {
                sums[i] += next[i];
            }
        }
        return sums;
    }
}
