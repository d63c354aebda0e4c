package cnnkit.fast;

import cnnkit.engine.Kernels;
import cnnkit.engine.Rows;
import cnnkit.engine.Workers;
import cnnkit.im2col.BatchChunks;
import java.util.Arrays;

/**
 * dW and db of a convolution: the runs of the input, (C*FH*FW, positions), times dout turned, (positions, filters). One
 * more run, of ones, gives db.
 *
 * <p>The lanes run across filters. The sum of a weight goes over the images of a chunk and their positions in order; the
 * sums of the chunks are added in order. With groups, each group of filters meets its own group of channels only.
 */
final class FilterGradient {
    private final ConvolutionSizes sizes;
    private final Planes input;
    private final Epilogue epilogue;
    private final int[] taps; // where the run of each weight begins, for all groups
    private final int weights; // of a filter
    private final int filtersPerGroup;
    private final int wide; // filters of a group, rounded up to whole vectors
    private final int step; // of the rows of dout: room for the last group too
    private final int[] places; // of an element of a run among the rows of dout
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
                douts[g] = new Rows(dout, g * filtersPerGroup, places);
            }
        }
    }

    FilterGradient(ConvolutionSizes sizes, Epilogue epilogue) {
        this.sizes = sizes;
        this.epilogue = epilogue;
        input = Planes.input(sizes);
        taps = input.taps();
        weights = sizes.weightsPerFilter();
        filtersPerGroup = sizes.filters() / sizes.groups();
        wide = Kernels.wide(filtersPerGroup);
        step = sizes.filters() + wide - filtersPerGroup;
        places = Rows.every(step, input.run);
        buffers = new Buffers[Workers.threads()];
        Arrays.setAll(buffers, thread -> new Buffers());
    }

    void run(float[] x, float[] out, float[] dout, float[] dW, float[] db, int batch) {
        addUp(x, out, dout, batch, false);
        if (collect(dW, db, BatchChunks.count(batch))) {
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

    /** Adds the chunks up; whether a weight's gradient is NaN. */
    private boolean collect(float[] dW, float[] db, int count) {
        boolean nan = false;
        for (int f = 0; f < sizes.filters(); f++) {
            int g = f / filtersPerGroup, column = f % filtersPerGroup;
            for (int i = 0; i < weights; i++) {
                float sum = inOrder(g, i * wide + column, count);
                nan |= Float.isNaN(sum);
                dW[f * weights + i] = sum;
            }
            db[f] = inOrder(g, weights * wide + column, count);
        }
        return nan;
    }

    private float inOrder(int group, int at, int count) {
        float sum = chunks[0][group].data()[at];
        for (int chunk = 1; chunk < count; chunk++) {
            sum += chunks[chunk][group].data()[at];
        }
        return sum + 0f; // -0 becomes 0
    }
}
