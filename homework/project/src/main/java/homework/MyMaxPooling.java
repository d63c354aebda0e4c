package homework;

import cnnkit.im2col.Window;
import cnnkit.layer.Layer;
import cnnkit.tensor.Tensor;

/** A layer that keeps the largest value of each window (section 7.4.4). */
public final class MyMaxPooling extends Layer {
    private final Window window;

    public MyMaxPooling(Window window) {
        this.window = window;
    }

    /**
     * The largest pixel of each window, every channel by itself. Padding never wins.
     *
     * @param x the images, (N, C, H, W); keep in a field what backward will need
     * @return a new tensor, (N, C, OH, OW)
     */
    @Override
    public Tensor forward(Tensor x) {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * Sends each gradient to the pixel that won; where windows overlap, gradients add up.
     *
     * @param dout the gradient of the output, (N, C, OH, OW)
     * @return dx, the gradient of the input, a new tensor, (N, C, H, W)
     */
    @Override
    public Tensor backward(Tensor dout) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** C, H, W to C, OH, OW: here it is written already. */
    @Override
    public int[] outputShape(int... inputShape) {
        int OH = window.outputHeight(inputShape[1]), OW = window.outputWidth(inputShape[2]);
        return new int[] {inputShape[0], OH, OW};
    }
}
