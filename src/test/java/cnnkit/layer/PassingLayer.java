package cnnkit.layer;

import cnnkit.tensor.Tensor;

/** For tests: a learner's layer that lets everything pass, both ways. Who extends it writes only what is to be tested. */
public class PassingLayer extends Layer {
    @Override
    public Tensor forward(Tensor x) {
        return x;
    }

    @Override
    public Tensor backward(Tensor dout) {
        return dout;
    }

    @Override
    public int[] outputShape(int... inputShape) {
        return inputShape;
    }
}
