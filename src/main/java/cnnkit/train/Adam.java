package cnnkit.train;

import cnnkit.engine.Workers;
import cnnkit.io.NpyArray;
import cnnkit.layer.Parameter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Adam (Kingma and Ba, 2015; chapter 6 of the book): steps along a mean of past gradients, divided by the root of a mean
 * of their squares, so that every weight gets steps of its own size.
 * <pre>
 *     m = m + (1 - beta1) * (dW - m)                mean of gradients
 *     v = v + (1 - beta2) * (dW^2 - v)              mean of squares
 *     W = W - rate * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + 1e-7)        at step t = 1, 2, ...
 * </pre>
 * with beta1 = 0.9 and beta2 = 0.999.
 */
public final class Adam implements Optimizer {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-7f;

    private final LearningRate rate;
    private final PerParameter means = new PerParameter("m");
    private final PerParameter squares = new PerParameter("v");
    private final ServedNetwork served = new ServedNetwork();
    private int step;

    /** Adam with the learning rate of the book, 0.001. */
    public Adam() {
        this(0.001);
    }

    /**
     * Adam.
     *
     * @param rate the learning rate, above 0
     */
    public Adam(double rate) {
        this(LearningRate.constant(rate));
    }

    /**
     * Adam with a learning rate that may decay.
     *
     * @param rate the learning rate of each step
     */
    public Adam(LearningRate rate) {
        this.rate = Objects.requireNonNull(rate, "rate");
    }

    @Override
    public void update(Collection<Parameter> parameters) {
        served.expectGradients(this, parameters);
        step++;
        float now = (float) rate.at(step);
        float corrected =
                (float) (now * StrictMath.sqrt(1 - StrictMath.pow(BETA2, step)) / (1 - StrictMath.pow(BETA1, step)));
        for (Parameter parameter : parameters) {
            float[] value = parameter.value().data();
            float[] gradient = parameter.gradient().data();
            float[] m = means.of(parameter).data();
            float[] v = squares.of(parameter).data();
            Workers.ranges(value.length, (from, to) -> update(value, gradient, m, v, corrected, from, to));
        }
    }

    private static void update(float[] value, float[] gradient, float[] m, float[] v, float rate, int from, int to) {
        float some = (float) (1 - BETA1);
        float few = (float) (1 - BETA2);
        for (int i = from; i < to; i++) {
            float g = gradient[i];
            m[i] += some * (g - m[i]);
            v[i] += few * (g * g - v[i]);
            value[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) + EPSILON);
        }
    }

    @Override
    public Map<String, NpyArray> state(Map<String, Parameter> parameters) {
        Map<String, NpyArray> state = new LinkedHashMap<>();
        state.put("step", NpyArray.of(new int[] {step}));
        means.tell(parameters, state);
        squares.tell(parameters, state);
        return state;
    }

    @Override
    public void restore(Map<String, Parameter> parameters, Map<String, NpyArray> state) {
        served.expect(this, parameters.values());
        step = state.get("step").ints()[0];
        means.restore(parameters, state);
        squares.restore(parameters, state);
    }

    @Override
    public String toString() {
        return "Adam(" + rate + ")";
    }
}
