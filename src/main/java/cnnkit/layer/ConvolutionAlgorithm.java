package cnnkit.layer;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/**
 * A way to compute a convolution and its gradients. All ways give the same bits, also of infinities and NaN, because all add
 * up in the same order: each element is one chain {@code sum = Math.fma(a, b, sum)}, and padding takes part in it as zeros.
 * <ul>
 *   <li>output: from the bias, over (channel, ky, kx);
 *   <li>dx: from 0, over (filter, ky, kx), ky and kx descending, over dout widened with zeros (around it, and between its
 *       elements where the stride is larger than 1): it is the convolution of dout with the kernels turned round;
 *   <li>dW and db: the batch is cut into min(8, N) fixed chunks; in a chunk from 0, over (image, oy, ox); the sums of the
 *       chunks are added in order, and a sum of -0 is written as 0.
 * </ul>
 * With groups, filter f reads the C / groups channels of its own group only; how many groups there are follows from the
 * shapes of x and W. An algorithm may keep buffers, and what forward computed for backward: each layer works with one of its
 * own, {@link #fresh}.
 */
public interface ConvolutionAlgorithm {

    /**
     * One of the same kind that has seen nothing yet.
     *
     * @return a new one, or this one if it remembers nothing
     */
    ConvolutionAlgorithm fresh();

    /**
     * The output.
     *
     * @param x the input, (N, C, H, W)
     * @param W the filters, (FN, C / groups, FH, FW)
     * @param b one bias per filter, (FN)
     * @param window where the filters stand; its kernel is FH x FW
     * @param out is filled, (N, FN, OH, OW)
     */
    void forward(Tensor x, Tensor W, Tensor b, Window window, Tensor out);

    /**
     * The gradients of the parameters, for the input of the latest forward pass.
     *
     * @param x that input, (N, C, H, W)
     * @param dout the gradient with respect to the output, (N, FN, OH, OW)
     * @param window where the filters stand
     * @param dW is overwritten, (FN, C / groups, FH, FW)
     * @param db is overwritten, (FN)
     */
    void parameterGradients(Tensor x, Tensor dout, Window window, Tensor dW, Tensor db);

    /**
     * The gradient of the input.
     *
     * @param dout the gradient with respect to the output, (N, FN, OH, OW)
     * @param W the filters, (FN, C / groups, FH, FW)
     * @param window where the filters stand
     * @param dx is filled, (N, C, H, W)
     */
    void inputGradient(Tensor dout, Tensor W, Window window, Tensor dx);

    /**
     * The engine: the same sums in vectors of floats and on all cores, without im2col. What a convolution uses unless told
     * otherwise.
     *
     * @return an algorithm
     */
    static ConvolutionAlgorithm engine() {
        return new EngineConvolution();
    }

    /**
     * Seven nested loops, as section 7.2 tells it: slow, and nothing hidden.
     *
     * @return an algorithm
     */
    static ConvolutionAlgorithm naive() {
        return new NaiveConvolution();
    }

    /**
     * im2col and a matrix product, as section 7.4.3 tells it.
     *
     * @return an algorithm
     */
    static ConvolutionAlgorithm im2col() {
        return new Im2colConvolution();
    }
}
