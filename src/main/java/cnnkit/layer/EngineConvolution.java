package cnnkit.layer;

import cnnkit.engine.FastConvolution;
import cnnkit.engine.Geometry;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/** Hands a convolution to the engine, which reads the images in place: no im2col. */
final class EngineConvolution implements ConvolutionAlgorithm {
    private Geometry geometry;
    private FastConvolution convolution;

    /** The engine for these sizes; its buffers are used again as long as the sizes stay the same. */
    private FastConvolution of(Tensor W, Window window, int height, int width) {
        Geometry wanted = new Geometry(
                W.size(1),
                height,
                width,
                W.size(0),
                W.size(2),
                W.size(3),
                window.strideHeight(),
                window.strideWidth(),
                window.paddingHeight(),
                window.paddingWidth(),
                window.outputHeight(height),
                window.outputWidth(width));
        if (!wanted.equals(geometry)) {
            geometry = wanted;
            convolution = new FastConvolution(wanted);
        }
        return convolution;
    }

    @Override
    public Tensor forward(Tensor x, Tensor W, Tensor b, Window window) {
        FastConvolution fast = of(W, window, x.size(2), x.size(3));
        Tensor out = Tensor.zeros(x.size(0), W.size(0), geometry.outputHeight(), geometry.outputWidth());
        fast.forward(x.data(), W.data(), b.data(), out.data(), x.size(0));
        return out; // (N, FN, OH, OW)
    }

    @Override
    public void parameterGradients(Tensor x, Tensor dout, Window window, Tensor dW, Tensor db) {
        of(dW, window, x.size(2), x.size(3)).parameterGradients(x.data(), dout.data(), dW.data(), db.data(), x.size(0));
    }

    @Override
    public Tensor inputGradient(Tensor dout, Tensor W, Window window, int height, int width) {
        Tensor dx = Tensor.zeros(dout.size(0), W.size(1), height, width);
        of(W, window, height, width).inputGradient(dout.data(), W.data(), dx.data(), dout.size(0));
        return dx; // (N, C, H, W)
    }
}
