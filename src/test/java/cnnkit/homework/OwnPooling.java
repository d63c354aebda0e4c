package cnnkit.homework;

import cnnkit.im2col.Window;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.Layer;
import cnnkit.layer.MaxPooling;
import cnnkit.tensor.Tensor;

/** What every pooling layer of a learner has: its window and the latest input. */
abstract class OwnPooling extends Layer {
    final Window window;
    final boolean maximum; // otherwise the mean
    Tensor x;
    Sizes s;

    OwnPooling(Window window, boolean maximum) {
        this.window = window;
        this.maximum = maximum;
    }

    final void remember(Tensor x) {
        this.x = x;
        s = new Sizes(x, window);
    }

    @Override
    public int[] outputShape(int... inputShape) {
        return new int[] {inputShape[0], window.outputHeight(inputShape[1]), window.outputWidth(inputShape[2])};
    }

    /** The forward pass of a layer, and the gradient of the library's. */
    static OwnPooling withRightGradient(OwnPooling forward) {
        return new OwnPooling(forward.window, forward.maximum) {
            @Override
            public Tensor forward(Tensor x) {
                this.x = x;
                return forward.forward(x);
            }

            @Override
            public Tensor backward(Tensor dout) {
                Layer right = maximum ? new MaxPooling(window) : new AveragePooling(window);
                right.forward(x);
                return right.backward(dout);
            }
        };
    }
}
