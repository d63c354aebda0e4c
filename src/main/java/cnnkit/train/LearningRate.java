package cnnkit.train;

import cnnkit.tensor.Text;
import java.util.function.IntToDoubleFunction;

/**
 * The learning rate of each step: constant, or decaying, so that the first steps go far and the last ones settle.
 * <pre>
 *     new Adam(LearningRate.cosine(0.001, 12000))                 from 0.001 down to almost 0 over 12,000 steps
 *     new Momentum(LearningRate.stepwise(0.01, 0.1, 5000))        a tenth after every 5,000 steps
 *     new Adam(LearningRate.oneCycle(0.004, 12000))               up to 0.004, then down, over 12,000 steps
 * </pre>
 * Steps count through all epochs: an epoch of 60,000 images in batches of 100 has 600. A rate depends on the step only, so
 * a resumed run equals an uninterrupted one.
 */
public final class LearningRate {
    private static final double WARM_UP = 0.3; // of all steps of one cycle
    private static final double WARM_UP_FACTOR = 25; // the peak is so many times the first rate

    private final IntToDoubleFunction rate;
    private final String text;

    private LearningRate(IntToDoubleFunction rate, String text) {
        this.rate = rate;
        this.text = text;
    }

    /**
     * The same rate at every step.
     *
     * @param rate above 0
     * @return the constant rate
     * @throws IllegalArgumentException if no float above 0 is this number
     */
    public static LearningRate constant(double rate) {
        float rounded = Rates.positive(rate);
        return new LearningRate(step -> rounded, "" + rounded);
    }

    /**
     * A rate that is multiplied by a factor again and again.
     * <pre>
     *     rate(step) = rate * factor^((step - 1) / every)          the quotient rounded down
     * </pre>
     * AlexNet was trained so, with a factor of 0.1 (Krizhevsky et al., 2012, section 5).
     *
     * @param rate of the first steps, above 0
     * @param factor above 0, usually below 1
     * @param every how many steps have the same rate, from 1
     * @return the decaying rate
     * @throws IllegalArgumentException if a number is outside its range
     */
    public static LearningRate stepwise(double rate, double factor, int every) {
        Rates.positive(rate);
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException(
                    Text.error("a learning rate is multiplied by a number above 0 but got %s", factor));
        }
        Rates.steps(every);
        return new LearningRate(
                step -> rate * StrictMath.pow(factor, (step - 1) / every),
                rate + " times " + factor + " every " + every + " steps");
    }

    /**
     * A rate that goes down along half a wave of the cosine: slowly at first, fast in the middle, slowly at the end
     * (Loshchilov and Hutter, SGDR, 2017, without restarts).
     * <pre>
     *     rate(step) = rate * (1 + cos(pi * (step - 1) / steps)) / 2          later steps have the rate of the last one
     * </pre>
     *
     * @param rate of the first step, above 0
     * @param steps over how many steps it decays, from 1; usually all that will be made
     * @return the decaying rate
     * @throws IllegalArgumentException if a number is outside its range
     */
    public static LearningRate cosine(double rate, int steps) {
        Rates.positive(rate);
        Rates.steps(steps);
        return new LearningRate(
                step -> rate * (1 + StrictMath.cos(Math.PI * (Math.min(step, steps) - 1) / steps)) / 2,
                rate + " along a cosine over " + steps + " steps");
    }

    /**
     * A rate that first grows, then goes down to almost nothing (Smith, Super-Convergence, 2018): up along half a wave of the
     * cosine during the first 3/10 of all steps, from a twenty-fifth of the peak, and down along half a wave during the rest.
     * The small first steps keep a network with random weights from being thrown far away, so the peak may be higher than a
     * rate that a training could begin with. (Smith also lets momentum fall and grow; here it stays.)
     * <pre>
     *     t = (step - 1) / steps                                                  later steps have the rate of the last one
     *     rate(step) = peak / 25 + (peak - peak / 25) * (1 - cos(pi * t / 0.3)) / 2           while t &lt; 0.3
     *     rate(step) = peak * (1 + cos(pi * (t - 0.3) / 0.7)) / 2                             after that
     * </pre>
     *
     * @param peak the highest rate, above 0
     * @param steps over how many steps it grows and decays, from 1; usually all that will be made
     * @return the rate of one cycle
     * @throws IllegalArgumentException if a number is outside its range
     */
    public static LearningRate oneCycle(double peak, int steps) {
        Rates.positive(peak);
        Rates.steps(steps);
        double first = peak / WARM_UP_FACTOR;
        return new LearningRate(
                step -> {
                    double t = (double) (Math.min(step, steps) - 1) / steps;
                    return t < WARM_UP
                            ? first + (peak - first) * (1 - StrictMath.cos(Math.PI * t / WARM_UP)) / 2
                            : peak * (1 + StrictMath.cos(Math.PI * (t - WARM_UP) / (1 - WARM_UP))) / 2;
                },
                "one cycle to " + peak + " over " + steps + " steps");
    }

    /**
     * The rate of one step.
     *
     * @param step from 1, counted through all epochs
     * @return above 0: where the formula falls below all floats, the smallest of them
     * @throws IllegalArgumentException if there is no such step
     */
    public double at(int step) {
        if (step < 1) {
            throw new IllegalArgumentException(
                    Text.error("the steps of a learning rate count from 1 but got %s", step));
        }
        return Math.max(Float.MIN_VALUE, rate.applyAsDouble(step));
    }

    /**
     * In words.
     *
     * @return for example {@code 0.001 along a cosine over 12000 steps}
     */
    @Override
    public String toString() {
        return text;
    }
}
