package cnnkit.train;

import cnnkit.layer.Parameter;
import java.util.Collection;

/**
 * Stochastic gradient descent (chapter 6 of the book): {@code W = W - rate * dW}.
 */
public final class Sgd implements Optimizer {
    private final float rate;

    /**
     * Plain gradient descent.
     *
     * @param rate the learning rate, above 0
     */
    public Sgd(double rate) {
        this.rate = Rates.positive(rate);
    }

    @Override
    public void update(Collection<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            float[] value = parameter.value().data();
            float[] gradient = parameter.gradient().data();
            for (int i = 0; i < value.length; i++) {
                value[i] -= rate * gradient[i];
            }
        }
    }

    @Override
    public String toString() {
        return "Sgd(" + rate + ")";
    }
}
