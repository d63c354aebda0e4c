package cnnkit.engine;

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
    private final Geometry geometry;
    private final Correlation forward;
    private Correlation back; // these are made when they are first needed: who only predicts does without
    private FilterGradient gradient;

    /**
     * A convolution of the given sizes.
     *
     * @param geometry the sizes
     */
    public FastConvolution(Geometry geometry) {
        this.geometry = geometry;
        forward = new Correlation(geometry.input(), geometry.filters(), geometry.positions(), geometry.imageLength());
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
        forward.run(x, W, b, out, batch);
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
        int channels = geometry.channels();
        if (back == null) {
            back = new Correlation(
                    geometry.output(),
                    channels,
                    geometry.imageLength() / channels,
                    geometry.filters() * geometry.positions());
        }
        back.run(dout, turned(W), new float[channels], dx, batch);
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
        if (gradient == null) {
            gradient = new FilterGradient(geometry);
        }
        gradient.run(x, dout, dW, db, batch);
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
}
