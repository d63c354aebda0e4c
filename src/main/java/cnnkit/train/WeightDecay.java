package cnnkit.train;

import cnnkit.io.NpyArray;
import cnnkit.layer.Parameter;
import cnnkit.tensor.Text;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/**
 * Pulls weights towards 0 in every step of any optimizer, so that none grows large without need (chapter 6 of the book).
 * <pre>
 *     new WeightDecay(new Momentum(0.01), 0.0005)
 *
 *     loss + 1/2 * strength * sum of W^2          is what goes down:          dW = dW + strength * W
 * </pre>
 * Weights decay, biases do not ({@link Parameter#isBias}). After a step the gradients of the parameters hold the addition; the
 * loss that a {@link Trainer} reports is without it.
 */
public final class WeightDecay implements Optimizer {
    private final Optimizer optimizer;
    private final float strength;

    /**
     * Adds weight decay to an optimizer.
     *
     * @param optimizer who makes the steps
     * @param strength lambda, from 0; AlexNet had 0.0005 (Krizhevsky et al., 2012, section 5)
     * @throws IllegalArgumentException if the strength is negative or no finite number
     */
    public WeightDecay(Optimizer optimizer, double strength) {
        this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
        this.strength = (float) strength;
        if (!(this.strength >= 0) || Float.isInfinite(this.strength)) {
            throw new IllegalArgumentException(Text.error("a weight decay has a strength from 0 but got %s", strength));
        }
    }

    @Override
    public void update(Collection<Parameter> parameters) {
        parameters.forEach(Parameter::gradient); // all are there, or none decays
        for (Parameter parameter : parameters) {
            if (!parameter.isBias()) {
                float[] value = parameter.value().data();
                float[] gradient = parameter.gradient().data();
                for (int i = 0; i < value.length; i++) {
                    gradient[i] += strength * value[i];
                }
            }
        }
        optimizer.update(parameters);
    }

    @Override
    public Map<String, NpyArray> state(Map<String, Parameter> parameters) {
        return optimizer.state(parameters);
    }

    @Override
    public void restore(Map<String, Parameter> parameters, Map<String, NpyArray> state) {
        optimizer.restore(parameters, state);
    }

    @Override
    public String toString() {
        return "WeightDecay(" + optimizer + ", " + strength + ")";
    }
}
