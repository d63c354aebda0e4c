package cnnkit.train;

import cnnkit.engine.Workers;
import cnnkit.io.NpyArray;
import cnnkit.layer.Parameter;
import cnnkit.tensor.Text;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Gradient descent with momentum (chapter 6 of the book): the weights roll like a ball, faster where gradients agree from
 * step to step, slower where they change sign.
 * <pre>
 *     v = momentum * v - rate * dW          velocity, 0 at first
 *     W = W + v
 * </pre>
 */
public final class Momentum implements Optimizer {
    private final LearningRate rate;
    private final float momentum;
    private final PerParameter velocities = new PerParameter("v");
    private final ServedNetwork served = new ServedNetwork();
    private int step;

    /**
     * Momentum 0.9, as in the book.
     *
     * @param rate the learning rate, above 0; 0.01 in the book
     */
    public Momentum(double rate) {
        this(LearningRate.constant(rate));
    }

    /**
     * Momentum 0.9 with a learning rate that may decay.
     *
     * @param rate the learning rate of each step
     */
    public Momentum(LearningRate rate) {
        this(rate, 0.9);
    }

    /**
     * Gradient descent with momentum.
     *
     * @param rate the learning rate of each step
     * @param momentum the share of the velocity that is left after a step, from 0 to less than 1
     * @throws IllegalArgumentException if the momentum is not in this range
     */
    public Momentum(LearningRate rate, double momentum) {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException(
                    Text.error("a momentum is a number from 0 to less than 1 but got %s", momentum));
        }
        this.rate = Objects.requireNonNull(rate, "rate");
        this.momentum = (float) momentum;
    }

    @Override
    public void update(Collection<Parameter> parameters) {
        served.expectGradients(this, parameters);
        step++;
        float now = (float) rate.at(step);
        for (Parameter parameter : parameters) {
            float[] v = velocities.of(parameter).data();
            float[] value = parameter.value().data();
            float[] gradient = parameter.gradient().data();
            Workers.ranges(v.length, (from, to) -> {
                for (int i = from; i < to; i++) {
                    v[i] = momentum * v[i] - now * gradient[i];
                    value[i] += v[i];
                }
            });
        }
    }

    @Override
    public Map<String, NpyArray> state(Map<String, Parameter> parameters) {
        Map<String, NpyArray> state = new LinkedHashMap<>();
        state.put("step", NpyArray.of(new int[] {step}));
        velocities.tell(parameters, state);
        return state;
    }

    @Override
    public void restore(Map<String, Parameter> parameters, Map<String, NpyArray> state) {
        served.expect(this, parameters.values());
        step = state.get("step").ints()[0];
        velocities.restore(parameters, state);
    }

    @Override
    public String toString() {
        return "Momentum(" + rate + ", " + momentum + ")";
    }
}
