package homework;

import cnnkit.im2col.Window;
import cnnkit.layer.Layer;
import cnnkit.layer.Parameter;
import cnnkit.tensor.Tensor;
import java.util.List;

/** A convolution layer (section 7.4.3). */
public final class MyConvolution extends Layer {
    private final Parameter W; // (FN, C, FH, FW)
    private final Parameter b; // (FN)
    private final Window window; // of FH x FW

    public MyConvolution(Tensor W, Tensor b, Window window) {
        this.W = new Parameter("W", W);
        this.b = new Parameter("b", b);
        this.window = window;
    }

    /**
     * Every filter at every place where the window stands: products of weights and pixels, added up, plus the bias.
     *
     * @param x the images, (N, C, H, W); keep in a field what backward will need
     * @return a new tensor, (N, FN, OH, OW)
     */
    @Override
    public Tensor forward(Tensor x) {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * The gradients of all that went in. Those of the parameters go into W.gradientToFill(), (FN, C, FH, FW), and
     * b.gradientToFill(), (FN): overwrite whatever is there.
     *
     * @param dout the gradient of the output, (N, FN, OH, OW)
     * @return dx, the gradient of the input, a new tensor, (N, C, H, W)
     */
    @Override
    public Tensor backward(Tensor dout) {
        throw new UnsupportedOperationException("not written yet");
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(W, b);
    }

    /** C, H, W to FN, OH, OW: here it is written already. */
    @Override
    public int[] outputShape(int... inputShape) {
        int OH = window.outputHeight(inputShape[1]), OW = window.outputWidth(inputShape[2]);
        return new int[] {W.value().size(0), OH, OW};
    }
}
