package cnnkit.engine;

import java.util.Arrays;

/**
 * A convolution without im2col: every row of the matrix that im2col would make is a run of the image itself, shifted (see
 * {@link Planes}), so the kernel multiplies the filters with the image directly.
 * <ul>
 *   <li>forward: filters (FN, C*FH*FW) times runs (C*FH*FW, positions), from the bias;
 *   <li>dx: the same with dout for the image and the kernels turned round, from 0;
 *   <li>dW: runs (C*FH*FW, positions) times dout turned (positions, FN), over the images of a chunk; db: one run of ones.
 * </ul>
 * Every sum runs in the order of the naive loops. Buffers are made once and used again.
 */
public final class FastConvolution {
    private static final int MOST_CHUNKS = 8;

    private final Geometry geometry;
    private final Planes input;
    private final int[] taps; // of the input, then where the ones begin
    private final int[] filterRows;
    private final float[][] images; // of each thread: the planes of one image, then ones
    private Sums forward;
    private Sums back;
    private float[][] turnedOutputs; // of each thread: dout of one image, (positions with gaps, filters)
    private float[][] chunks = new float[0][]; // sums of dW and db, (C*FH*FW + 1, filters)

    /**
     * A convolution of the given sizes.
     *
     * @param geometry the sizes
     */
    public FastConvolution(Geometry geometry) {
        this.geometry = geometry;
        input = geometry.input();
        int ones = input.length() + Kernels.lanes(); // a run may be read a vector too far
        taps = Arrays.copyOf(input.taps(), geometry.weightsPerFilter() + 1);
        taps[geometry.weightsPerFilter()] = ones;
        images = new float[Workers.threads()][ones + input.run + Kernels.lanes()];
        for (float[] image : images) {
            Arrays.fill(image, ones, image.length, 1);
        }
        filterRows = Rows.every(geometry.weightsPerFilter(), 0, geometry.filters());
    }

    /** Runs of sums, one for each filter, for the images that a thread works on. */
    private static final class Sums {
        private final float[][] ofThread;
        private final int step;

        private Sums(int rows, Planes planes) {
            step = Kernels.wide(planes.run);
            ofThread = new float[Workers.threads()][rows * step];
        }
    }

    /**
     * The output.
     *
     * @param x (N, C, H, W)
     * @param W (FN, C, FH, FW)
     * @param b (FN)
     * @param out is filled, (N, FN, OH, OW)
     * @param batch N
     */
    public void forward(float[] x, float[] W, float[] b, float[] out, int batch) {
        if (forward == null) {
            forward = new Sums(geometry.filters(), input);
        }
        int image = geometry.channels() * geometry.height() * geometry.width();
        correlate(
                input,
                images,
                taps,
                geometry.weightsPerFilter(),
                x,
                image,
                W,
                filterRows,
                b,
                forward,
                out,
                geometry.positions(),
                batch);
    }

    /**
     * The gradient of the input.
     *
     * @param dout (N, FN, OH, OW)
     * @param W (FN, C, FH, FW)
     * @param dx is filled, (N, C, H, W)
     * @param batch N
     */
    public void inputGradient(float[] dout, float[] W, float[] dx, int batch) {
        Planes output = geometry.output();
        if (back == null) {
            back = new Sums(geometry.channels(), output);
        }
        int depth = geometry.filters() * geometry.kernelHeight() * geometry.kernelWidth();
        float[][] planes = new float[Workers.threads()][output.length() + Kernels.lanes()];
        correlate(
                output,
                planes,
                output.taps(),
                depth,
                dout,
                geometry.filters() * geometry.positions(),
                turned(W),
                Rows.every(depth, 0, geometry.channels()),
                new float[geometry.channels()],
                back,
                dx,
                geometry.height() * geometry.width(),
                batch);
    }

    /** Rows of weights times the runs of each image. A small batch is cut by rows too, so that no core is idle. */
    private static void correlate(
            Planes planes,
            float[][] buffers,
            int[] taps,
            int depth,
            float[] images,
            int imageLength,
            float[] weights,
            int[] weightRows,
            float[] start,
            Sums sums,
            float[] out,
            int mapLength,
            int batch) {
        int maps = weightRows.length;
        int parts = batch >= Workers.threads() ? 1 : Math.min(maps, Workers.threads());
        Workers.run(batch * parts, (thread, task) -> {
            int n = task / parts;
            int first = maps * (task % parts) / parts;
            int last = maps * (task % parts + 1) / parts;
            float[] runs = sums.ofThread[thread];
            planes.fill(images, n * imageLength, buffers[thread]);
            for (int map = first; map < last; map++) {
                Arrays.fill(runs, map * sums.step, (map + 1) * sums.step, start[map]);
            }
            Kernels.current()
                    .run(
                            last - first,
                            planes.run,
                            depth,
                            weights,
                            Arrays.copyOfRange(weightRows, first, last),
                            buffers[thread],
                            0,
                            taps,
                            runs,
                            first * sums.step,
                            sums.step);
            for (int map = first; map < last; map++) {
                planes.squeeze(runs, map * sums.step, out, (n * maps + map) * mapLength);
            }
        });
    }

    /** The kernels turned by 180 degrees, filter and channel swapped: (C, FN, FH, FW). */
    private float[] turned(float[] W) {
        int pixels = geometry.kernelHeight() * geometry.kernelWidth();
        float[] turned = new float[W.length];
        for (int f = 0; f < geometry.filters(); f++) {
            for (int c = 0; c < geometry.channels(); c++) {
                for (int i = 0; i < pixels; i++) {
                    turned[(c * geometry.filters() + f) * pixels + pixels - 1 - i] =
                            W[(f * geometry.channels() + c) * pixels + i];
                }
            }
        }
        return turned;
    }

    /**
     * The gradients of the parameters.
     *
     * @param x (N, C, H, W)
     * @param dout (N, FN, OH, OW)
     * @param dW is overwritten, (FN, C, FH, FW)
     * @param db is overwritten, (FN)
     * @param batch N
     */
    public void parameterGradients(float[] x, float[] dout, float[] dW, float[] db, int batch) {
        int filters = geometry.filters(), width = Kernels.wide(filters), weights = geometry.weightsPerFilter();
        int count = Math.min(MOST_CHUNKS, batch);
        if (turnedOutputs == null) {
            turnedOutputs = new float[Workers.threads()][(input.run + 1) * width];
        }
        if (chunks.length < count) {
            chunks = new float[count][(weights + 1) * width];
        }
        int[] outputRows = Rows.every(width, 0, input.run);
        Workers.run(count, (thread, chunk) -> {
            float[] sums = chunks[chunk];
            float[] turned = turnedOutputs[thread];
            Arrays.fill(sums, 0);
            for (int n = batch * chunk / count; n < batch * (chunk + 1) / count; n++) {
                input.fill(x, n * geometry.channels() * geometry.height() * geometry.width(), images[thread]);
                for (int f = 0; f < filters; f++) {
                    input.spreadTurned(dout, (n * filters + f) * geometry.positions(), turned, f, width);
                }
                Kernels.current()
                        .run(
                                weights + 1,
                                filters,
                                input.run,
                                images[thread],
                                taps,
                                turned,
                                0,
                                outputRows,
                                sums,
                                0,
                                width);
            }
        });
        for (int f = 0; f < filters; f++) {
            for (int i = 0; i <= weights; i++) {
                float sum = chunks[0][i * width + f];
                for (int chunk = 1; chunk < count; chunk++) {
                    sum += chunks[chunk][i * width + f];
                }
                if (i < weights) {
                    dW[f * weights + i] = sum;
                } else {
                    db[f] = sum;
                }
            }
        }
    }
}
