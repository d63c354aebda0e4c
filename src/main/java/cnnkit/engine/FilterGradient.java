package cnnkit.engine;

import java.util.Arrays;

/**
 * dW and db of a convolution: the runs of the input, (C*FH*FW, positions), times dout turned, (positions, filters). One
 * more run, of ones, gives db.
 *
 * <p>The lanes run across filters. The sum of a weight goes over the images of a chunk and their positions in order; the
 * sums of the chunks are added in order.
 */
final class FilterGradient {
    private final Geometry geometry;
    private final Planes input;
    private final int[] taps; // where the run of each weight begins, and behind them that of the ones
    private final int[] doutRows;
    private final int wide; // filters, rounded up to whole vectors
    private final float[][] images; // of each thread: the planes of one image, then the ones
    private final float[][] douts; // of each thread: dout of one image, turned; zeros in the gaps
    private float[][] chunks = new float[0][]; // the sums of each chunk, (C*FH*FW + 1, filters)

    FilterGradient(Geometry geometry) {
        this.geometry = geometry;
        input = geometry.input();
        wide = Kernels.wide(geometry.filters());
        int ones = input.length();
        taps = Arrays.copyOf(input.taps(), geometry.weightsPerFilter() + 1);
        taps[geometry.weightsPerFilter()] = ones;
        doutRows = Rows.every(wide, 0, input.run);
        images = new float[Workers.threads()][ones + input.run];
        for (float[] image : images) {
            Arrays.fill(image, ones, image.length, 1);
        }
        douts = new float[Workers.threads()][input.run * wide];
    }

    void run(float[] x, float[] dout, float[] dW, float[] db, int batch) {
        int count = BatchChunks.count(batch);
        if (chunks.length < count) {
            chunks = new float[count][taps.length * wide];
        }
        Workers.run(count, (thread, chunk) -> {
            Arrays.fill(chunks[chunk], 0);
            for (int n = BatchChunks.start(chunk, batch); n < BatchChunks.start(chunk + 1, batch); n++) {
                add(n, x, dout, images[thread], douts[thread], chunks[chunk]);
            }
        });
        int weights = taps.length - 1;
        for (int f = 0; f < geometry.filters(); f++) {
            for (int i = 0; i < weights; i++) {
                dW[f * weights + i] = inOrder(i * wide + f, count);
            }
            db[f] = inOrder(weights * wide + f, count);
        }
    }

    /** Carries the sums of a chunk on over one image. */
    private void add(int n, float[] x, float[] dout, float[] image, float[] turned, float[] sums) {
        int filters = geometry.filters();
        input.fill(x, n * geometry.imageLength(), image);
        for (int f = 0; f < filters; f++) {
            input.spreadTurned(dout, (n * filters + f) * geometry.positions(), turned, f, wide);
        }
        Kernels.current().run(taps.length, filters, input.run, image, taps, turned, 0, doutRows, sums, 0, wide);
    }

    private float inOrder(int at, int count) {
        float sum = chunks[0][at];
        for (int chunk = 1; chunk < count; chunk++) {
            sum += chunks[chunk][at];
        }
        return sum + 0f; // -0 becomes 0
    }
}
