package cnnkit.layer;

import cnnkit.engine.FastConvolution;
import cnnkit.engine.Geometry;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/** Hands a convolution to the engine, which reads the images in place: no im2col. */
final class EngineConvolution implements ConvolutionAlgorithm {
    private static final float[] NONE = {}; // no ReLU follows, so nobody reads the output again

    private Geometry geometry;
    private FastConvolution convolution;

    /** The engine for these sizes; its buffers are used again as long as the sizes stay the same. */
    private FastConvolution of(Tensor x, Tensor W, Window window) {
        Geometry wanted = geometry(x, W, window);
        if (!wanted.equals(geometry)) {
            geometry = wanted;
            convolution = new FastConvolution(wanted);
        }
        return convolution;
    }

    /** The sizes of a convolution of x with W. */
    static Geometry geometry(Tensor x, Tensor W, Window window) {
        return new Geometry(
                x.size(1),
                x.size(2),
                x.size(3),
                W.size(0),
                W.size(2),
                W.size(3),
                window.strideHeight(),
                window.strideWidth(),
                window.paddingHeight(),
                window.paddingWidth(),
                window.outputHeight(x.size(2)),
                window.outputWidth(x.size(3)),
                x.size(1) / W.size(1));
    }

    @Override
    public void forward(Tensor x, Tensor W, Tensor b, Window window, Tensor out) {
        of(x, W, window).forward(x.data(), W.data(), b.data(), out.data(), x.size(0));
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
