package cnnkit.inspect;

import cnnkit.data.Dataset;
import cnnkit.layer.Layer;
import cnnkit.layer.Relu;
import cnnkit.network.Network;
import cnnkit.network.Pass;
import cnnkit.network.Plan;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much the units of a layer answer to one class only (section 7.6.2; Morcos and others, On the importance of single
 * directions for generalization, 2018).
 *
 * <p>The answer of a unit to an image is its value, for a channel of a feature map the mean over the map. From its mean
 * answers to the images of each class,
 * <pre>
 *     selectivity = (best class - mean of the others) / (best class + mean of the others)
 * </pre>
 * 0 if the unit answers to all classes alike, 1 if it answers to one class only. It needs values that are never negative:
 * those after a ReLU. A unit that never answers has no selectivity: NaN.
 *
 * @param layer the name of the layer
 * @param means {@code means[unit][k]}, the mean answer of each unit to the images of class k; NaN if there are none
 * @param units the selectivity of each unit, from 0 to 1, or NaN
 */
public record ClassSelectivity(String layer, double[][] means, double[] units) {

    /**
     * Copies the arrays.
     *
     * @param layer the name of the layer
     * @param means the mean answer of each unit to the images of each class
     * @param units the selectivity of each unit
     */
    public ClassSelectivity {
        means = copy(means);
        units = units.clone();
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * The mean answers.
     *
     * @return {@code means[unit][k]} of each unit to the images of class k; a copy
     */
    @Override
    public double[][] means() {
        return copy(means);
    }

    /**
     * The selectivities.
     *
     * @return of each unit, from 0 to 1, or NaN; a copy
     */
    @Override
    public double[] units() {
        return units.clone();
    }

    /** Adds up the answers of the units of one layer, class by class. */
    private static final class Sums {
        private final double[][] sums;
        private final int plane; // values of a channel for one image

        Sums(int[] outputShape, int classes) {
            sums = new double[outputShape[0]][classes];
            plane = outputShape.length == 3 ? outputShape[1] * outputShape[2] : 1;
        }

        void add(Layer layer, Tensor out, int[] labels) {
            for (int n = 0; n < labels.length; n++) {
                for (int unit = 0; unit < sums.length; unit++) {
                    double sum = 0;
                    int from = (n * sums.length + unit) * plane;
                    for (int i = from; i < from + plane; i++) {
                        requireNotNegative(layer, out.data()[i]);
                        sum += out.data()[i];
                    }
                    sums[unit][labels[n]] += sum / plane;
                }
            }
        }

        private static void requireNotNegative(Layer layer, float value) {
            if (Float.isNaN(value) || value == Float.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(Text.error(
                        "ClassSelectivity: %s gives %s, so something in the network is no number any more: look at its weights, or load them again",
                        layer, value));
            }
            if (value < 0) {
                throw new IllegalArgumentException(Text.error(
                        "ClassSelectivity: %s gives negative values, for example %s: take the ReLU after it",
                        layer, value));
            }
        }

        ClassSelectivity measured(String layer, int[] counts) {
            double[][] means = new double[sums.length][counts.length];
            double[] units = new double[sums.length];
            for (int unit = 0; unit < units.length; unit++) {
                for (int k = 0; k < counts.length; k++) {
                    means[unit][k] = counts[k] == 0 ? Double.NaN : sums[unit][k] / counts[k];
                }
                units[unit] = selectivity(means[unit]);
            }
            return new ClassSelectivity(layer, means, units);
        }
    }

    /**
     * Measures all ReLU layers of a network, in one pass over the images.
     *
     * @param network any network
     * @param images of two classes or more
     * @return one measurement per ReLU, the lowest first
     * @throws IllegalArgumentException if there is no ReLU, or the images are of fewer than two classes
     * @throws InterruptedWorkException if the thread is interrupted; the network is unchanged
     */
    public static List<ClassSelectivity> byDepth(Network network, Dataset images) {
        List<String> relus = new ArrayList<>();
        network.layers().forEach((name, layer) -> {
            if (layer instanceof Relu) {
                relus.add(name);
            }
        });
        if (relus.isEmpty()) {
            throw new IllegalArgumentException(
                    Text.error(
                            "ClassSelectivity: the network has no ReLU: name the layers to measure, whose values are never negative"));
        }
        return of(network, images, relus);
    }

    /**
     * Measures one layer.
     *
     * @param network any network
     * @param layer the name of a layer whose values are never negative, for example {@code Relu2}
     * @param images of two classes or more
     * @return the selectivity of its units
     * @throws IllegalArgumentException if there is no such layer, a value is negative, or the images are of fewer than two
     *     classes
     * @throws InterruptedWorkException if the thread is interrupted; the network is unchanged
     */
    public static ClassSelectivity of(Network network, String layer, Dataset images) {
        return of(network, images, List.of(layer)).get(0);
    }

    /**
     * Measures some layers, in one pass over the images.
     *
     * @param network any network
     * @param images of two classes or more
     * @param layers names of layers whose values are never negative
     * @return one measurement per layer, in the order of the names
     * @throws IllegalArgumentException if there is no such layer, a value is negative, or the images are of fewer than two
     *     classes
     * @throws InterruptedWorkException if the thread is interrupted; the network is unchanged
     */
    public static List<ClassSelectivity> of(Network network, Dataset images, List<String> layers) {
        int classes = images.classes();
        int[] counts = new int[classes];
        for (int label : images.labels()) {
            counts[label]++;
        }
        int present = 0;
        for (int count : counts) {
            present += count > 0 ? 1 : 0;
        }
        if (present < 2) {
            throw new IllegalArgumentException(Text.error(
                    "ClassSelectivity: expected images of two classes or more but got %,d images of %d",
                    images.size(), present));
        }
        Map<String, Sums> sums = new LinkedHashMap<>();
        for (String layer : layers) {
            sums.put(layer, new Sums(PartialNetwork.upTo(network, layer).outputShape(), classes));
        }
        Pass pass = network.pass(Plan.layerByLayer(network));
        Batches.each("class selectivity", images, (indices, x) -> {
            int[] labels = images.labels(indices);
            pass.forward(x);
            sums.forEach((layer, sum) -> sum.add(network.layer(layer), pass.output(layer), labels));
        });
        return layers.stream()
                .map(layer -> sums.get(layer).measured(layer, counts))
                .toList();
    }

    /** From the mean answers to each class. */
    private static double selectivity(double[] means) {
        int best = preferred(means);
        double others = 0;
        int count = 0;
        for (int k = 0; k < means.length; k++) {
            if (k != best && !Double.isNaN(means[k])) {
                others += means[k];
                count++;
            }
        }
        double rest = others / count;
        return means[best] == 0 ? Double.NaN : (means[best] - rest) / (means[best] + rest);
    }

    /** The class of the largest mean; the first where several are equal. */
    private static int preferred(double[] means) {
        int best = -1;
        for (int k = 0; k < means.length; k++) {
            if (!Double.isNaN(means[k]) && (best < 0 || means[k] > means[best])) {
                best = k;
            }
        }
        return best;
    }

    /**
     * The class that a unit answers to most.
     *
     * @param unit its index, from 0
     * @return the class; the first one where several are equal
     */
    public int preferredClass(int unit) {
        return preferred(means[unit]);
    }

    /**
     * The selectivity of the layer: the mean of the units that answer at all.
     *
     * @return from 0 to 1; NaN if no unit ever answers
     */
    public double mean() {
        double sum = 0;
        for (double selectivity : answering()) {
            sum += selectivity;
        }
        return sum / answering().length;
    }

    /**
     * A value that a share of the units does not exceed: 0.5 gives the median, 0.25 and 0.75 the middle half.
     *
     * @param share from 0 to 1
     * @return between the two units that are nearest, in proportion; NaN if no unit ever answers
     */
    public double quantile(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    Text.error("ClassSelectivity: a share is from 0 to 1 but got %s", share));
        }
        double[] sorted = answering();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        Arrays.sort(sorted);
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /**
     * How many units never answered.
     *
     * @return from 0
     */
    public int silent() {
        return units.length - answering().length;
    }

    private double[] answering() {
        return Arrays.stream(units)
                .filter(selectivity -> !Double.isNaN(selectivity))
                .toArray();
    }

    /**
     * In words.
     *
     * @return for example {@code Relu3: selectivity of 32 units: mean 0.41, half of them from 0.30 to 0.52, 2 silent}
     */
    @Override
    public String toString() {
        return Text.of(
                "%s: selectivity of %d units: mean %.2f, half of them from %.2f to %.2f, %d silent",
                layer, units.length, mean(), quantile(0.25), quantile(0.75), silent());
    }
}
