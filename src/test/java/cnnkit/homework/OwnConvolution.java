package cnnkit.homework;

import cnnkit.im2col.Window;
import cnnkit.layer.Convolution;
import cnnkit.layer.Layer;
import cnnkit.layer.Parameter;
import cnnkit.tensor.Tensor;
import java.util.List;

/** What every convolution layer of a learner has: its parameters, its window and the latest input. */
abstract class OwnConvolution extends Layer {
    final Tensor W;
    final Tensor b;
    final Parameter weights;
    final Parameter biases;
    final Window window;
    Tensor x;
    Sizes s;

    OwnConvolution(Tensor W, Tensor b, Window window) {
        this.W = W;
        this.b = b;
        weights = new Parameter("W", W);
        biases = new Parameter("b", b);
        this.window = window;
    }

    final int filters() {
        return W.size(0);
    }

    final Tensor remember(Tensor x) {
        this.x = x;
        s = new Sizes(x, window);
        return x;
    }

    static void fill(Parameter parameter, Tensor gradient) {
        System.arraycopy(gradient.data(), 0, parameter.gradientToFill().data(), 0, gradient.length());
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weights, biases);
    }

    @Override
    public int[] outputShape(int... inputShape) {
        return new int[] {filters(), window.outputHeight(inputShape[1]), window.outputWidth(inputShape[2])};
    }

    /** The forward pass of a layer, and the gradients of the library's convolution. */
    static OwnConvolution withRightGradients(OwnConvolution forward) {
        return new OwnConvolution(forward.W, forward.b, forward.window) {
            @Override
            public Tensor forward(Tensor x) {
                this.x = x;
                return forward.forward(x);
            }

            @Override
            public Tensor backward(Tensor dout) {
                Convolution right = new Convolution(W, b, window);
                right.forward(x);
                Tensor dx = right.backward(dout);
                fill(weights, right.W().gradient());
                fill(biases, right.b().gradient());
                return dx;
            }
        };
    }
}
