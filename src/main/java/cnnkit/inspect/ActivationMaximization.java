package cnnkit.inspect;

import cnnkit.network.Network;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The image that excites a unit most, found by gradient ascent on the pixels (section 7.6.2; Erhan and others,
 * Visualizing higher-layer features of a deep network, 2009).
 * <pre>
 *     var search = new ActivationMaximization(network).seed(1);
 *     search.maximize("Conv4", 3).image()
 * </pre>
 * It begins with noise around the middle of the range of pixels. Each step goes uphill, then smooths, then cuts back:
 * <pre>
 *     x = x + rate * g / max |g|                                     g: gradient of the unit's value
 *     x = x + smoothness * (mean of the four neighbours - x)         a step down on the squared differences of neighbours
 *     x = x, but not below 0 and not above 1
 * </pre>
 * Rate and smoothness sink to 0 together, in even steps. Without smoothing the result is noise that excites the unit, but that no eye can read: the
 * smoothness is what we know about pictures beforehand. Of a feature map the unit in the middle is taken. The same
 * network, settings and seed give the same image, to the bit.
 */
public final class ActivationMaximization {
    private static final double NOISE = 0.1; // of the range of pixels

    private final Network network;
    private int steps = 200;
    private double rate = 0.1;
    private double smoothness = 0.2;
    private double darkest = 0;
    private double brightest = 1;
    private long seed = 1;

    /**
     * What a search has found.
     *
     * @param layer the name of the layer
     * @param channel of the layer
     * @param image (C, H, W)
     * @param activations the value of the unit before each step, and for the image found
     * @param region the pixels that the unit sees, inside the image; what lies outside is smoothed noise
     */
    public record Result(String layer, int channel, Tensor image, List<Double> activations, Region region) {

        /**
         * What the unit sees of the image.
         *
         * @return its receptive field, (C, height, width)
         */
        public Tensor patch() {
            return region.of(image);
        }

        /**
         * The value of the unit for the image found.
         *
         * @return the last of the activations
         */
        public double activation() {
            return activations.get(activations.size() - 1);
        }

        /**
         * In words.
         *
         * @return for example {@code channel 3 of Conv4: from 0.12 for noise to 9.87}
         */
        @Override
        public String toString() {
            return Text.of(
                    "channel %d of %s: from %.2f for noise to %.2f", channel, layer, activations.get(0), activation());
        }
    }

    /**
     * A search with the usual settings: 200 steps of 0.1, smoothness 0.2, pixels from 0 to 1, seed 1.
     *
     * @param network any network for images; it is not changed
     */
    public ActivationMaximization(Network network) {
        this.network = network;
    }

    /**
     * How many steps; 200 unless changed.
     *
     * @param count from 1
     * @return this search
     */
    public ActivationMaximization steps(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(
                    Text.error("ActivationMaximization: expected at least one step but got %s", count));
        }
        steps = count;
        return this;
    }

    /**
     * How far the first step moves the pixel with the largest gradient; 0.1 unless changed.
     *
     * @param share of the range of pixels, above 0
     * @return this search
     */
    public ActivationMaximization rate(double share) {
        if (!(share > 0) || Double.isInfinite(share)) {
            throw new IllegalArgumentException(
                    Text.error("ActivationMaximization: the rate must be a number above 0 but got %s", share));
        }
        rate = share;
        return this;
    }

    /**
     * How far the first step moves every pixel to the mean of its neighbours; 0.2 unless changed.
     *
     * @param share from 0 (not at all) to 1 (all the way)
     * @return this search
     */
    public ActivationMaximization smoothness(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    Text.error("ActivationMaximization: the smoothness must be from 0 to 1 but got %s", share));
        }
        smoothness = share;
        return this;
    }

    /**
     * Between which values pixels lie; 0 and 1 unless changed, as images are that were not normalized.
     *
     * @param min the darkest value
     * @param max the brightest value
     * @return this search
     */
    public ActivationMaximization range(double min, double max) {
        if (!(min < max) || !Double.isFinite(max - min)) {
            throw new IllegalArgumentException(
                    Text.error("ActivationMaximization: expected a range of pixels but got %s to %s", min, max));
        }
        darkest = min;
        brightest = max;
        return this;
    }

    /**
     * Decides the noise that the search begins with; 1 unless changed.
     *
     * @param newSeed any number
     * @return this search
     */
    public ActivationMaximization seed(long newSeed) {
        seed = newSeed;
        return this;
    }

    /**
     * Searches.
     *
     * @param layer the name of the layer; before a ReLU rather than after it, where the gradient is 0 while the unit is silent
     * @param channel of the layer, from 0
     * @return the image, and how the unit's value rose
     * @throws IllegalArgumentException if there is no such layer
     * @throws IndexOutOfBoundsException if there is no such channel
     * @throws IllegalStateException if the gradient is 0 everywhere at the beginning: there is no way uphill
     * @throws InterruptedWorkException if the thread is interrupted; the network is unchanged
     */
    public Result maximize(String layer, int channel) {
        PartialNetwork part = PartialNetwork.upTo(network, layer);
        int[] unit = part.middleUnit(channel);
        Region field = ReceptiveField.of(network, layer).region(row(unit), column(unit));
        Tensor x = noise(part.inputShape()); // (1, C, H, W)
        List<Double> activations = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            InterruptedWorkException.check("activation maximization", step, steps, "steps");
            activations.add(value(part.forward(x), unit));
            Tensor gradient = part.unitGradient(unit);
            double steepest = steepest(gradient);
            if (steepest == 0) {
                if (step == 0) {
                    throw new IllegalStateException(Text.error(
                            "ActivationMaximization: the gradient of channel %d of %s is 0 everywhere. Use the layer before the ReLU, or another seed",
                            channel, layer));
                }
                break; // on a plateau: it stays
            }
            double left = (double) (steps - step) / steps; // from 1 down to 0
            climb(x, gradient, left * rate * (brightest - darkest) / steepest);
            smooth(x, left * smoothness);
            cut(x);
        }
        activations.add(value(part.forward(x), unit));
        int[] shape = part.inputShape();
        return new Result(layer, channel, x.reshape(shape), List.copyOf(activations), field.inside(shape[1], shape[2]));
    }

    private static int row(int[] unit) {
        return unit.length == 1 ? 0 : unit[1];
    }

    private static int column(int[] unit) {
        return unit.length == 1 ? 0 : unit[2];
    }

    /** Normal noise around the middle of the range. */
    private Tensor noise(int[] inputShape) {
        double range = brightest - darkest;
        Tensor noise = Tensor.gaussian(new Random(seed), NOISE * range, PartialNetwork.withBatch(1, inputShape));
        double middle = darkest + range / 2;
        for (int i = 0; i < noise.length(); i++) {
            noise.data()[i] += (float) middle;
        }
        cut(noise);
        return noise;
    }

    private static double value(Tensor out, int[] unit) {
        return out.slice(0).get(unit);
    }

    private static double steepest(Tensor gradient) {
        double steepest = 0;
        for (float slope : gradient.data()) {
            steepest = Math.max(steepest, Math.abs(slope));
        }
        return steepest;
    }

    private static void climb(Tensor x, Tensor gradient, double length) {
        for (int i = 0; i < x.length(); i++) {
            x.data()[i] += (float) (length * gradient.data()[i]);
        }
    }

    /** Moves every pixel a share of the way to the mean of its neighbours above, below, left and right. */
    private static void smooth(Tensor x, double share) {
        int H = x.size(2), W = x.size(3);
        float[] old = x.data().clone();
        for (int i = 0; i < old.length; i++) {
            int row = i / W % H, column = i % W;
            double sum = 0;
            int count = 0;
            if (row > 0) {
                sum += old[i - W];
                count++;
            }
            if (row < H - 1) {
                sum += old[i + W];
                count++;
            }
            if (column > 0) {
                sum += old[i - 1];
                count++;
            }
            if (column < W - 1) {
                sum += old[i + 1];
                count++;
            }
            double mean = count == 0 ? old[i] : sum / count;
            x.data()[i] = (float) (old[i] + share * (mean - old[i]));
        }
    }

    private void cut(Tensor x) {
        for (int i = 0; i < x.length(); i++) {
            x.data()[i] = (float) Math.max(darkest, Math.min(brightest, x.data()[i]));
        }
    }
}
