package cnnkit.homework;

import cnnkit.layer.Layer;
import cnnkit.tensor.Tensor;
import java.util.Random;

/** Dropout as a learner writes it: scaled while training, or while predicting. */
class OwnDropout extends Layer {
    final double ratio;
    final boolean inverted; // scaled while training
    private float[] factors; // of the latest pass

    OwnDropout(double ratio, boolean inverted) {
        this.ratio = ratio;
        this.inverted = inverted;
    }

    double next(Random random) {
        return random.nextDouble();
    }

    /** What a value that stays is multiplied by while training. */
    double training() {
        return inverted ? 1 / (1 - ratio) : 1;
    }

    double predicting() {
        return inverted ? 1 : 1 - ratio;
    }

    private Tensor times(Tensor x) {
        Tensor out = x.copy();
        for (int i = 0; i < factors.length; i++) {
            out.data()[i] *= factors[i];
        }
        return out;
    }

    @Override
    public Tensor forward(Tensor x) {
        factors = new float[x.length()];
        java.util.Arrays.fill(factors, (float) predicting());
        return times(x);
    }

    @Override
    public Tensor forwardInTraining(Tensor x, long seed) {
        Random random = new Random(seed);
        factors = new float[x.length()];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = next(random) < ratio ? 0 : (float) training();
        }
        return times(x);
    }

    @Override
    public Tensor backward(Tensor dout) {
        return times(dout);
    }

    @Override
    public int[] outputShape(int... inputShape) {
        return inputShape.clone();
    }
}
