package cnnkit.train;

import cnnkit.data.Augmentation;
import cnnkit.data.Dataset;
import cnnkit.layer.SoftmaxWithLoss;
import cnnkit.network.Network;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How well a network does on a dataset: how many it gets right, what it takes for what, and which ones it misses.
 *
 * @param predictions the predicted class of each image
 * @param confusion {@code confusion[i][j]} counts images of class i that were taken for class j
 * @param mistakes the images it got wrong, in the order of the dataset
 */
public record Evaluation(int[] predictions, int[][] confusion, List<Mistake> mistakes) {
    /**
     * Copies what it is given.
     *
     * @param predictions the predicted class of each image
     * @param confusion {@code confusion[i][j]} counts images of class i that were taken for class j
     * @param mistakes the images it got wrong, in the order of the dataset
     */
    public Evaluation {
        predictions = predictions.clone();
        confusion = copy(confusion);
        mistakes = List.copyOf(mistakes);
    }

    private static int[][] copy(int[][] rows) {
        return Arrays.stream(rows).map(int[]::clone).toArray(int[][]::new);
    }

    /**
     * The predicted class of each image.
     *
     * @return a copy
     */
    @Override
    public int[] predictions() {
        return predictions.clone();
    }

    /**
     * What was taken for what: row i, column j counts images of class i that were taken for class j.
     *
     * @return a copy
     */
    @Override
    public int[][] confusion() {
        return copy(confusion);
    }

    /** Whether all images were taken for the same, and the mistakes have the same probabilities. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Evaluation that
                && Arrays.equals(predictions, that.predictions)
                && Arrays.deepEquals(confusion, that.confusion)
                && mistakes.equals(that.mistakes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(predictions) + 31 * mistakes.hashCode();
    }

    /** Images at a time; it changes no number, as every image is computed alone. */
    private static final int BATCH = 100;

    /**
     * An image that was taken for something else.
     *
     * @param index of the image in the dataset
     * @param label what it is
     * @param prediction what it was taken for
     * @param probability that the network gave to its prediction, in 0..1
     */
    public record Mistake(int index, int label, int prediction, double probability) {}

    /**
     * Measures a network.
     *
     * @param network any network
     * @param images what to measure it on
     * @return the counts
     * @throws IllegalArgumentException if there are no images, or the network knows another number of classes
     * @throws DivergedException if the scores of an image are no finite numbers, naming it; one of minus infinity rules its class
     *     out and is allowed
     * @throws InterruptedWorkException if the thread is interrupted; the network is unchanged
     */
    public static Evaluation of(Network network, Dataset images) {
        return measured(network, images, batch -> answers(network, images, batch, images.images(batch)));
    }

    /**
     * Measures a network that looks at each image several times, moved a little each time, and takes the class with the largest
     * mean of probabilities (test-time augmentation). AlexNet was tested so, with ten patches of each image (Krizhevsky,
     * Sutskever and Hinton, 2012, section 4.1).
     *
     * @param network any network
     * @param images what to measure it on
     * @param moved how far an image may be moved at a look
     * @param looks how many times each image is looked at, from 1
     * @param seed decides the moves: look k moves an image as epoch k of a training with this seed
     * @return the counts; the probability of a mistake is the mean of all looks
     * @throws IllegalArgumentException if there are no images or no look, or the network knows another number of classes
     * @throws DivergedException if the scores of an image are no finite numbers, naming it
     * @throws InterruptedWorkException if the thread is interrupted; the network is unchanged
     */
    public static Evaluation ofMoved(Network network, Dataset images, Augmentation moved, int looks, long seed) {
        Objects.requireNonNull(moved, "moved");
        if (looks < 1) {
            throw new IllegalArgumentException(
                    Text.error("Evaluation: expected a number of looks at each image from 1 but got %s", looks));
        }
        return measured(network, images, batch -> {
            float[] mean = new float[batch.length * images.classes()];
            for (int look = 1; look <= looks; look++) {
                Tensor moment = moved.images(images, batch, seed, look);
                float[] seen =
                        answers(network, images, batch, moment).probabilities().data();
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += seen[i] / looks;
                }
            }
            Tensor probabilities = Tensor.of(mean, batch.length, images.classes());
            return new Answers(probabilities, probabilities.argmax());
        });
    }

    /** What a network says of a batch: (N, K), and the class it takes each image for. */
    private record Answers(Tensor probabilities, int[] winners) {}

    private static Answers answers(Network network, Dataset images, int[] batch, Tensor shown) {
        Tensor scores = network.predict(shown); // (N, K)
        if (scores.size(1) != images.classes()) {
            throw new IllegalArgumentException(Text.error(
                    "Evaluation: the network scores %d classes but the dataset has %d",
                    scores.size(1), images.classes()));
        }
        Tensor probabilities = SoftmaxWithLoss.softmax(scores);
        int[] winners = scores.argmax();
        for (int n = 0; n < batch.length; n++) {
            if (Float.isNaN(probabilities.get(n, winners[n]))) {
                throw notFinite(network, batch[n], scores.slice(n));
            }
        }
        return new Answers(probabilities, winners);
    }

    private static Evaluation measured(Network network, Dataset images, Function<int[], Answers> asked) {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(images, "images");
        if (images.size() == 0) {
            throw new IllegalArgumentException(
                    Text.error("Evaluation: there is no image to measure on: the dataset is empty"));
        }
        int[] predictions = new int[images.size()];
        int[][] confusion = new int[images.classes()][images.classes()];
        List<Mistake> mistakes = new ArrayList<>();
        for (int from = 0; from < images.size(); from += BATCH) {
            InterruptedWorkException.check("evaluation", from, images.size(), "images");
            int[] batch =
                    IntStream.range(from, Math.min(from + BATCH, images.size())).toArray();
            Answers answers = asked.apply(batch);
            for (int n = 0; n < batch.length; n++) {
                int label = images.label(batch[n]), winner = answers.winners()[n];
                predictions[batch[n]] = winner;
                confusion[label][winner]++;
                if (winner != label) {
                    mistakes.add(new Mistake(
                            batch[n], label, winner, answers.probabilities().get(n, winner)));
                }
            }
        }
        return new Evaluation(predictions, confusion, mistakes);
    }

    private static DivergedException notFinite(Network network, int image, Tensor scores) {
        String cause = network.parameters().entrySet().stream()
                .filter(entry -> !isFinite(entry.getValue().value()))
                .findFirst()
                .map(entry -> Text.of("%s holds a value that is none", entry.getKey()))
                .orElse("its parameters are, so the values have grown too large on their way");
        return new DivergedException(Text.error(
                "Evaluation: the scores of image %,d are no finite numbers: %s. In the network %s. Train it again with a smaller learning rate, or load other weights",
                image, Arrays.toString(scores.data()), cause));
    }

    static boolean isFinite(Tensor values) {
        boolean finite = true;
        for (float value : values.data()) {
            finite &= Float.isFinite(value);
        }
        return finite;
    }

    /** How many rows of scores are largest at the label. */
    static int right(Tensor scores, int[] labels) {
        int[] winners = scores.argmax();
        return (int) IntStream.range(0, labels.length)
                .filter(n -> winners[n] == labels[n])
                .count();
    }

    /**
     * The share of images it got right.
     *
     * @return 0..1
     */
    public double accuracy() {
        return (double) (predictions.length - mistakes.size()) / predictions.length;
    }

    /**
     * The accuracy with its confidence interval: these images are a sample of all that there could be.
     *
     * @return Wilson's, in 0..1
     */
    public Interval interval() {
        return Interval.ofShare(predictions.length - mistakes.size(), predictions.length);
    }

    /**
     * The mistakes that the network was surest about.
     *
     * @param count how many at most
     * @return surest first
     * @throws IllegalArgumentException if the count is negative
     */
    public List<Mistake> surestMistakes(int count) {
        if (count < 0) {
            throw new IllegalArgumentException(
                    Text.error("Evaluation: expected a number of mistakes from 0 but got %s", count));
        }
        return mistakes.stream()
                .sorted(Comparator.comparingDouble(Mistake::probability)
                        .reversed()
                        .thenComparingInt(Mistake::index))
                .limit(count)
                .toList();
    }

    /**
     * The confusion matrix as a table: a row for each true class, a column for each predicted one.
     *
     * @return counts
     */
    public Table confusionTable() {
        StringColumn truth = StringColumn.create("is \\ taken for");
        for (int label = 0; label < confusion.length; label++) {
            truth.append("" + label);
        }
        Table table = Table.create("confusion", truth);
        for (int predicted = 0; predicted < confusion.length; predicted++) {
            IntColumn column = IntColumn.create("" + predicted);
            for (int[] row : confusion) {
                column.append(row[predicted]);
            }
            table.addColumns(column);
        }
        return table;
    }

    /**
     * In words.
     *
     * @return for example {@code 98.21 % (97.93 to 98.45 %) of 10,000 right, 179 wrong}
     */
    @Override
    public String toString() {
        return Text.of("%s of %,d right, %,d wrong", interval().percent(), predictions.length, mistakes.size());
    }
}
