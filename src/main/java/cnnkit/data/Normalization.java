package cnnkit.data;

import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.Arrays;
import java.util.Objects;

/**
 * Moves and scales the values of each channel, so that over the training images their mean is 0 and their standard
 * deviation 1.
 * <pre>
 *     normalized = (value - mean[c]) / standardDeviation[c]        for all values of channel c
 * </pre>
 * The two numbers are measured on the training images; all other images, those for validation and test and a learner's
 * own, are normalized with the same ones, for the network has learned from images that were treated so.
 * <pre>
 *     var normalization = Normalization.of(train);
 *     train = train.normalized(normalization);
 *     test = test.normalized(normalization);
 * </pre>
 * A normalization is a value: immutable, compared by content.
 */
public final class Normalization {
    private final double[] means;
    private final double[] standardDeviations;

    private Normalization(double[] means, double[] standardDeviations) {
        this.means = means;
        this.standardDeviations = standardDeviations;
    }

    /**
     * A normalization of images with one channel.
     *
     * @param mean 0.1307 for the training images of MNIST
     * @param standardDeviation 0.3081 for them
     * @return the normalization
     * @throws IllegalArgumentException if the standard deviation is not above 0
     */
    public static Normalization of(double mean, double standardDeviation) {
        return of(new double[] {mean}, new double[] {standardDeviation});
    }

    /**
     * A normalization with two numbers for each channel.
     *
     * @param means one for each channel
     * @param standardDeviations one for each channel
     * @return the normalization
     * @throws ShapeException if their numbers differ
     * @throws IllegalArgumentException if a standard deviation is not above 0
     */
    public static Normalization of(double[] means, double[] standardDeviations) {
        Objects.requireNonNull(means, "Normalization: means is null");
        Objects.requireNonNull(standardDeviations, "Normalization: standardDeviations is null");
        if (means.length != standardDeviations.length || means.length == 0) {
            throw new ShapeException(Text.error(
                    "Normalization: expected a mean and a standard deviation for each channel but got %d and %d",
                    means.length, standardDeviations.length));
        }
        for (int c = 0; c < means.length; c++) {
            double std = standardDeviations[c];
            if (!Double.isFinite(means[c]) || !(std > 0 && Double.isFinite(std))) {
                throw new IllegalArgumentException(Text.error(
                        "Normalization: channel %d has mean %s and standard deviation %s: expected finite numbers, and a standard deviation above 0 (it is 0 where all values are the same)",
                        c, means[c], std));
            }
        }
        return new Normalization(means.clone(), standardDeviations.clone());
    }

    /**
     * Measures images: the mean of all values of each channel, and the square root of their mean squared distance to
     * it.
     *
     * @param train the training images
     * @return the normalization that gives them mean 0 and standard deviation 1
     * @throws IllegalArgumentException if there are no images, or all values of a channel are the same
     */
    public static Normalization of(Dataset train) {
        Objects.requireNonNull(train, "Normalization: train is null");
        if (train.size() == 0) {
            throw new IllegalArgumentException(
                    Text.error("Normalization: there is no image to measure: the dataset is empty"));
        }
        int channels = train.imageShape()[0];
        double[] zeros = new double[channels];
        double count = (double) train.size() * Shapes.length(train.imageShape()) / channels;
        double[] means = powerSums(train, zeros, 1);
        Arrays.setAll(means, c -> means[c] / count);
        double[] squares = powerSums(train, means, 2);
        Arrays.setAll(squares, c -> Math.sqrt(squares[c] / count));
        return of(means, squares);
    }

    /** For each channel the sum of (value - origin)^power over all images, power being 1 or 2. */
    private static double[] powerSums(Dataset images, double[] origins, int power) {
        int[] shape = images.imageShape();
        int plane = shape[1] * shape[2];
        double[] sums = new double[shape[0]];
        Tensor image = Tensor.zeros(1, shape[0], shape[1], shape[2]);
        for (int i = 0; i < images.size(); i++) {
            images.images(new int[] {i}, image);
            for (int c = 0; c < sums.length; c++) {
                for (int p = 0; p < plane; p++) {
                    double distance = image.data()[c * plane + p] - origins[c];
                    sums[c] += power == 1 ? distance : distance * distance;
                }
            }
        }
        return sums;
    }

    /**
     * Normalizes images that do not come from a dataset, for example a learner's own digit.
     *
     * @param images (N, C, H, W)
     * @return new images of the same shape
     * @throws ShapeException if the number of channels is another one
     */
    public Tensor apply(Tensor images) {
        Objects.requireNonNull(images, "Normalization: images is null");
        Shapes.expect("Normalization", "images", images, "N", means.length, "H", "W");
        Tensor normalized = images.copy();
        applyTo(normalized);
        return normalized;
    }

    /** Normalizes images, (N, C, H, W), in their place. */
    void applyTo(Tensor images) {
        float[] values = images.data();
        int plane = images.size(2) * images.size(3);
        for (int from = 0, c = 0; from < values.length; from += plane, c = (c + 1) % means.length) {
            for (int i = from; i < from + plane; i++) {
                values[i] = (float) ((values[i] - means[c]) / standardDeviations[c]);
            }
        }
    }

    /**
     * How many channels it is for.
     *
     * @return 1 for grey images
     */
    public int channels() {
        return means.length;
    }

    /**
     * What is subtracted.
     *
     * @return one number for each channel, a copy
     */
    public double[] means() {
        return means.clone();
    }

    /**
     * What is divided by.
     *
     * @return one number for each channel, a copy
     */
    public double[] standardDeviations() {
        return standardDeviations.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Normalization n
                && Arrays.equals(means, n.means)
                && Arrays.equals(standardDeviations, n.standardDeviations);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(means) + Arrays.hashCode(standardDeviations);
    }

    /**
     * The numbers.
     *
     * @return for example {@code mean 0.1307, standard deviation 0.3081}
     */
    @Override
    public String toString() {
        return "mean " + text(means) + ", standard deviation " + text(standardDeviations);
    }

    private static String text(double[] numbers) {
        StringBuilder text = new StringBuilder();
        for (double number : numbers) {
            text.append(text.isEmpty() ? "" : " ").append(Text.of("%.4f", number));
        }
        return text.toString();
    }
}
