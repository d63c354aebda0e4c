package cnnkit.train;

import cnnkit.io.NpyArray;
import cnnkit.layer.Parameter;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/**
 * Stochastic gradient descent (chapter 6 of the book): {@code W = W - rate * dW}.
 */
public final class Sgd implements Optimizer {
    private final LearningRate rate;
    private final ServedNetwork served = new ServedNetwork();
    private int step;

    /**
     * Plain gradient descent.
     *
     * @param rate the learning rate, above 0
     */
    public Sgd(double rate) {
        this(LearningRate.constant(rate));
    }

    /**
     * Gradient descent with a learning rate that may decay.
     *
     * @param rate the learning rate of each step
     */
    public Sgd(LearningRate rate) {
        this.rate = Objects.requireNonNull(rate, "rate");
    }

    @Override
    public void update(Collection<Parameter> parameters) {
        served.expectGradients(this, parameters);
        step++;
        float now = (float) rate.at(step);
        for (Parameter parameter : parameters) {
            float[] value = parameter.value().data();
            float[] gradient = parameter.gradient().data();
            for (int i = 0; i < value.length; i++) {
                value[i] -= now * gradient[i];
            }
        }
    }

    @Override
    public Map<String, NpyArray> state(Map<String, Parameter> parameters) {
        return Map.of("step", NpyArray.of(new int[] {step}));
    }

    @Override
    public void restore(Map<String, Parameter> parameters, Map<String, NpyArray> state) {
        served.expect(this, parameters.values());
        step = state.get("step").ints()[0];
    }

    @Override
    public String toString() {
        return "Sgd(" + rate + ")";
    }
}
