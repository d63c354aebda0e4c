package cnnkit.layer;

import cnnkit.fast.ConvolutionSizes;
import cnnkit.fast.FastConvolution;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/**
 * Hands a convolution to the engine, which reads the images in place: no im2col. In a network, a convolution with ReLU or max
 * pooling behind it does not come here: {@code network.Block} hands them to {@link FastConvolution} together.
 */
final class EngineConvolution implements ConvolutionAlgorithm {
    private static final float[] NONE = {}; // no ReLU follows, so nobody reads the output again

    private ConvolutionSizes sizes;
    private FastConvolution convolution;

    @Override
    public ConvolutionAlgorithm fresh() {
        return new EngineConvolution();
    }

    /** The engine for these sizes; its buffers are used again as long as the sizes stay the same. */
    private FastConvolution of(Tensor x, Tensor W, Window window) {
        ConvolutionSizes wanted = ConvolutionSizes.of(x, W, window);
        if (!wanted.equals(sizes)) {
            convolution = new FastConvolution(wanted);
            sizes = wanted;
        }
        return convolution;
    }

    @Override
    public void forward(Tensor x, Tensor W, Tensor b, Window window, Tensor out) {
        of(x, W, window).forward(x.data(), W.data(), b.data(), out.data(), x.size(0), true);
    }

    @Override
    public void parameterGradients(Tensor x, Tensor dout, Window window, Tensor dW, Tensor db) {
        of(x, dW, window).parameterGradients(x.data(), NONE, dout.data(), dW.data(), db.data(), x.size(0));
    }

    @Override
    public void inputGradient(Tensor dout, Tensor W, Window window, Tensor dx) {
        of(dx, W, window).inputGradient(NONE, dout.data(), W.data(), dx.data(), dx.size(0));
    }
}
