package cnnkit.homework;

import cnnkit.im2col.Window;
import cnnkit.layer.Layer;
import cnnkit.tensor.Tensor;

/** Makes the convolution layer that a learner has written. */
@FunctionalInterface
public interface ConvolutionMaker {
    /**
     * A new layer.
     *
     * @param W the filters, (FN, C, FH, FW)
     * @param b one bias for each filter, (FN)
     * @param window where the window stands; its kernel is FH x FW
     * @return the layer; dW and db are the gradients of its parameters
     * @throws Exception if the learner's code throws
     */
    Layer of(Tensor W, Tensor b, Window window) throws Exception;
}
