package cnnkit.engine;

import java.util.Arrays;

/**
 * dW and db of a convolution: the runs of the input, (C*FH*FW, positions), times dout turned, (positions, filters). One
 * more run, of ones, gives db.
 *
 * <p>The lanes run across filters. The sum of a weight goes over the images of a chunk and their positions in order; the
 * sums of the chunks are added in order. With groups, each group of filters meets its own group of channels only.
 */
final class FilterGradient {
    private final Geometry geometry;
    private final Planes input;
    private final Epilogue epilogue;
    private final int[][] taps; // of each group: where the run of each weight begins, and behind them that of the ones
    private final int[] doutRows;
    private final int[] places; // of an element of a run among the rows of dout
    private final int filtersPerGroup;
    private final int wide; // filters of a group, rounded up to whole vectors
    private final float[][] images; // of each thread: the planes of one image, then the ones
    private final float[][] douts; // of each thread: dout of one image, turned; zeros in the gaps
    private float[][] chunks = new float[0][]; // the sums of each chunk, (groups, C*FH*FW + 1, filters)

    FilterGradient(Geometry geometry, Epilogue epilogue) {
        this.geometry = geometry;
        this.epilogue = epilogue;
        input = geometry.input();
        filtersPerGroup = geometry.filters() / geometry.groups();
        wide = Kernels.wide(filtersPerGroup);
        int step = geometry.filters() + wide - filtersPerGroup; // of the rows of dout: room for the last group too
        int ones = input.length();
        int weights = geometry.weightsPerFilter();
        int[] allTaps = input.taps();
        taps = new int[geometry.groups()][];
        for (int g = 0; g < taps.length; g++) {
            taps[g] = Arrays.copyOfRange(allTaps, g * weights, (g + 1) * weights + 1);
            taps[g][weights] = ones;
        }
        doutRows = Rows.every(step, 0, input.run);
        places = doutRows;
        images = new float[Workers.threads()][ones + input.run];
        for (float[] image : images) {
            Arrays.fill(image, ones, image.length, 1);
        }
        douts = new float[Workers.threads()][input.run * step];
    }

    void run(float[] x, float[] out, float[] dout, float[] dW, float[] db, int batch) {
        int count = BatchChunks.count(batch);
        int rows = taps[0].length;
        if (chunks.length < count) {
            chunks = new float[count][taps.length * rows * wide];
        }
        Workers.run(count, (thread, chunk) -> {
            Arrays.fill(chunks[chunk], 0);
            for (int n = BatchChunks.start(chunk, batch); n < BatchChunks.start(chunk + 1, batch); n++) {
                input.fill(x, n * geometry.imageLength(), images[thread]);
                epilogue.backward(out, dout, n, geometry.filters(), douts[thread], places, 1);
                add(images[thread], douts[thread], chunks[chunk]);
            }
        });
        int weights = rows - 1;
        for (int f = 0; f < geometry.filters(); f++) {
            int at = f / filtersPerGroup * rows * wide + f % filtersPerGroup;
            for (int i = 0; i < weights; i++) {
                dW[f * weights + i] = inOrder(at + i * wide, count);
            }
            db[f] = inOrder(at + weights * wide, count);
        }
    }

    /** Carries the sums of a chunk on over one image. */
    private void add(float[] image, float[] turned, float[] sums) {
        for (int g = 0; g < taps.length; g++) {
            int rows = taps[g].length;
            Kernels.current()
                    .run(
                            rows,
                            filtersPerGroup,
                            input.run,
                            image,
                            0,
                            taps[g],
                            turned,
                            g * filtersPerGroup,
                            doutRows,
                            sums,
                            g * rows * wide,
                            wide);
        }
    }

    private float inOrder(int at, int count) {
        float sum = chunks[0][at];
        for (int chunk = 1; chunk < count; chunk++) {
            sum += chunks[chunk][at];
        }
        return sum + 0f; // -0 becomes 0
    }
}
