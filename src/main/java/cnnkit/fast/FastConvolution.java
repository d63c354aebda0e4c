package cnnkit.fast;

import cnnkit.engine.Kernels;
import cnnkit.im2col.Window;

/**
 * A convolution without im2col: every row of the matrix that im2col would make is a run of the image itself, shifted (see
 * {@link Planes}), so the kernel multiplies the filters with the image directly.
 * <ul>
 *   <li>forward: filters (FN, C*FH*FW) times runs (C*FH*FW, positions), from the bias;
 *   <li>dx: the same with dout for the image and the kernels turned round, from 0;
 *   <li>dW: runs (C*FH*FW, positions) times dout turned (positions, FN), over the images of a chunk; db: one run of ones.
 *       Behind 2x2 pooling most of dout is 0, and left out: see {@link PooledFilterGradient}.
 * </ul>
 * Every sum runs in the order of the naive loops. ReLU and pooling may follow at once (see {@link Epilogue}); output and
 * dout are then theirs. Buffers are made once and used again.
 */
public final class FastConvolution {
    private final ConvolutionSizes sizes;
    private final Planes input;
    private final Epilogue epilogue;
    private final Correlation forward;
    private final boolean listing; // whether zeros of dout are left out, once the kernel is fast at it
    private BackwardPass back; // made when it is first needed: who only predicts does without
    private FilterGradient gradient;
    private PooledFilterGradient pooledGradient;

    /** What dx needs. */
    private final class BackwardPass {
        private final Planes planes = Planes.output(sizes);
        private final int[] places = planes.places(input.pitch);
        private final Correlation correlation = new Correlation(planes, sizes.channels(), sizes.groups());
        private final float[] turned = new float[sizes.filters() * sizes.weightsPerFilter()];
        private final float[] zeros = new float[sizes.channels()];
    }

    /**
     * A convolution of the given sizes.
     *
     * @param sizes of input, filters and window
     */
    public FastConvolution(ConvolutionSizes sizes) {
        this(sizes, false, null);
    }

    /**
     * A convolution and what follows it.
     *
     * @param sizes of input, filters and window
     * @param relu whether ReLU follows, before or after the pooling
     * @param pooling where the windows of the max pooling that follows stand, all inside the maps; null if there is none
     */
    public FastConvolution(ConvolutionSizes sizes, boolean relu, Window pooling) {
        this.sizes = sizes;
        input = Planes.input(sizes);
        epilogue = new Epilogue(sizes, input.pitch, relu, pooling);
        listing = PooledFilterGradient.pays(sizes, epilogue);
        forward = new Correlation(input, sizes.filters(), sizes.groups());
    }

    /**
     * The output.
     *
     * @param x (N, C, H, W)
     * @param W (FN, C / groups, FH, FW)
     * @param b (FN)
     * @param out is filled: (N, FN, OH, OW), or the pooled maps
     * @param batch N
     * @param backToo whether a backward pass may follow
     */
    public void forward(float[] x, float[] W, float[] b, float[] out, int batch, boolean backToo) {
        int filters = sizes.filters();
        epilogue.prepare(batch * filters, backToo);
        // For each image: lay it out; for each six filters: sums = bias, then sums += weights times runs; pass each map
        // on.
        forward.run(
                (n, planes) -> input.fill(x, n * sizes.imageLength(), planes),
                W,
                b,
                (runs, from, n, map) -> epilogue.forward(runs, from, out, n * filters + map, backToo),
                batch);
    }

    /**
     * The gradient of the input.
     *
     * @param out what the latest forward pass gave; read only where ReLU follows
     * @param dout the gradient of the output, shaped like it
     * @param W (FN, C / groups, FH, FW)
     * @param dx is filled, (N, C, H, W)
     * @param batch N
     */
    public void inputGradient(float[] out, float[] dout, float[] W, float[] dx, int batch) {
        if (back == null) {
            back = new BackwardPass();
        }
        BackwardPass pass = back;
        int channels = sizes.channels();
        int mapLength = sizes.imageLength() / channels;
        turn(W, pass.turned);
        pass.correlation.run(
                (n, planes) -> {
                    if (epilogue.scatters()) {
                        pass.planes.clear(planes);
                    }
                    epilogue.backward(out, dout, n, sizes.filters(), planes, pass.places, pass.planes.channelStep());
                    pass.planes.move(planes);
                },
                pass.turned,
                pass.zeros,
                (runs, from, n, map) -> pass.planes.squeeze(runs, from, dx, (n * channels + map) * mapLength),
                batch);
    }

    /**
     * The gradients of the parameters.
     *
     * @param x (N, C, H, W)
     * @param out what the latest forward pass gave; read only where ReLU follows
     * @param dout the gradient of the output, shaped like it
     * @param dW is overwritten, (FN, C / groups, FH, FW)
     * @param db is overwritten, (FN)
     * @param batch N
     */
    public void parameterGradients(float[] x, float[] out, float[] dout, float[] dW, float[] db, int batch) {
        if (listing && Kernels.lists()) {
            if (pooledGradient == null) {
                pooledGradient = new PooledFilterGradient(sizes, epilogue, input.pitch);
            }
            if (pooledGradient.run(x, out, dout, dW, db, batch)) {
                gradient = null; // of plain Java, or of a batch with an infinity or NaN
                return;
            }
        }
        if (gradient == null) {
            gradient = new FilterGradient(sizes, epilogue, input.pitch);
        }
        gradient.run(x, out, dout, dW, db, batch);
    }

    /** The kernels turned by 180 degrees, filter and channel of each group swapped: (C, FN / groups, FH, FW). */
    private void turn(float[] W, float[] turned) {
        int pixels = sizes.window().kernelHeight() * sizes.window().kernelWidth();
        int channels = sizes.channels() / sizes.groups();
        int filters = sizes.filters() / sizes.groups();
        for (int f = 0; f < sizes.filters(); f++) {
            int group = f / filters;
            for (int c = 0; c < channels; c++) {
                int from = (f * channels + c) * pixels;
                int to = ((group * channels + c) * filters + f % filters) * pixels;
                for (int i = 0; i < pixels; i++) {
                    turned[to + pixels - 1 - i] = W[from + i];
                }
            }
        }
    }
}
