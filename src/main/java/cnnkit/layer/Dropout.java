package cnnkit.layer;

import cnnkit.engine.Workers;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.Random;

/**
 * Switches a share of the values off at random while the network learns, so that no unit can rely on a certain other one
 * (Srivastava et al., 2014; chapter 6 of the book). Any shape.
 * <pre>
 *     learning:    out = x * mask             mask = 0 with probability ratio, else 1
 *     predicting:  out = x * (1 - ratio)      as much as passes on average while learning
 *     dx = dout * mask      or, after a pass that predicted,      dx = dout * (1 - ratio)
 * </pre>
 * The mask is drawn from the seed that {@link #forwardInTraining} gets; a network makes it from the seed of the training
 * run, the step and the name of the layer, and from nothing else. (Many frameworks divide by 1 - ratio while learning
 * and predict without a factor: on average the same.) Nothing to learn.
 */
public final class Dropout extends Elementwise {
    private final double ratio;
    private final float average; // what is left of a value on average
    private boolean[] mask = {}; // of the latest pass that learned
    private boolean learning; // whether that was the latest forward pass

    /** Dropout of half of the values, as in the book. */
    public Dropout() {
        this(0.5);
    }

    /**
     * A dropout layer.
     *
     * @param ratio the share of values that is switched off, from 0 to less than 1
     * @throws IllegalArgumentException if the ratio is not in this range
     */
    public Dropout(double ratio) {
        if (!(ratio >= 0 && ratio < 1)) {
            throw new IllegalArgumentException(Text.error(
                    "Dropout: expected a ratio from 0 to less than 1, the share to switch off, but got %s", ratio));
        }
        this.ratio = ratio;
        average = (float) (1 - ratio);
    }

    /**
     * The share of values that is switched off.
     *
     * @return from 0 to less than 1
     */
    public double ratio() {
        return ratio;
    }

    @Override
    public void forward(Tensor x, Tensor out) {
        learning = false;
        times(average, x, out);
    }

    @Override
    public void forwardInTraining(Tensor x, long seed, Tensor out) {
        learning = true;
        if (mask.length != x.length()) {
            mask = new boolean[x.length()];
        }
        Random random = new Random(seed);
        for (int i = 0; i < mask.length; i++) {
            mask[i] = random.nextFloat() >= ratio;
        }
        masked(x, out);
    }

    @Override
    public void backward(Tensor dout, Tensor dx) {
        if (dx == null) {
            return;
        }
        if (learning) {
            masked(dout, dx);
        } else {
            times(average, dout, dx);
        }
    }

    private static void times(float factor, Tensor x, Tensor out) {
        float[] from = x.data();
        float[] to = out.data();
        Workers.ranges(to.length, (first, last) -> {
            for (int i = first; i < last; i++) {
                to[i] = from[i] * factor;
            }
        });
    }

    private void masked(Tensor x, Tensor out) {
        boolean[] passes = mask;
        float[] from = x.data();
        float[] to = out.data();
        Workers.ranges(to.length, (first, last) -> {
            for (int i = first; i < last; i++) {
                float value = from[i];
                to[i] = passes[i] || Float.isNaN(value) ? value : 0; // NaN times 0 is NaN
            }
        });
    }

    @Override
    public String settings() {
        return "ratio " + ratio;
    }

    @Override
    protected Dropout fresh() {
        return new Dropout(ratio);
    }
}
