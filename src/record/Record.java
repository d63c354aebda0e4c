import cnnkit.data.Augmentation;
import cnnkit.data.Dataset;
import cnnkit.data.Mnist;
import cnnkit.data.Split;
import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.Convolution;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Relu;
import cnnkit.network.DeepConvNet;
import cnnkit.network.InitialWeights;
import cnnkit.network.Network;
import cnnkit.tensor.Tensor;
import cnnkit.train.Adam;
import cnnkit.train.Evaluation;
import cnnkit.train.Interval;
import cnnkit.train.LearningRate;
import cnnkit.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;

/**
 * How well a network can be trained on two cores within 15 seconds, 60 seconds and 10 minutes, from the command to the
 * weights in a file: the start of Java and the loading of the digits included. {@code lab.py record} takes the time.
 *
 * <p>Who changes a recipe judges it on the 5,000 validation images of {@link Dataset#split()} ({@code choose}). A record is
 * made with all 60,000 training images ({@code train}); the test images are read once for each run, by another process,
 * after its end ({@code test}).
 */
final class Record {
    private record Recipe(
            LongFunction<Network> network, double rate, int epochs, int batch, Augmentation moved, int looks) {
        /** The network, trained: it is made before the images are loaded, as the engine is compiled from then on. */
        Network trained(Network made, Dataset images, long seed) {
            int steps = epochs * ((images.size() + batch - 1) / batch);
            new Trainer(made, images)
                    .augmentation(moved)
                    .optimizer(new Adam(LearningRate.cosine(rate, steps)))
                    .batchSize(batch)
                    .epochs(epochs)
                    .seed(seed)
                    .train();
            return made;
        }

        /** Its accuracy, then that of one look at each image as it is; several looks are at images moved as in its training. */
        String judged(Network network, Dataset images) {
            double once = Evaluation.of(network, images).accuracy();
            double accuracy = looks == 1
                    ? once
                    : Evaluation.ofMoved(network, images, moved, looks, 1).accuracy();
            return accuracy + " " + once;
        }
    }

    private static final Map<String, Recipe> RECIPES = Map.of(
            "15s",
                    new Recipe(
                            seed -> twoConvolutions(seed, 8, 24),
                            0.006, 3, 50, Augmentation.none().shift(1), 1),
            "60s",
                    new Recipe(
                            seed -> twoConvolutions(seed, 16, 32, 64),
                            0.003, 7, 50, Augmentation.none().shift(1).rotation(8), 1),
            "10min",
                    new Recipe(
                            seed -> DeepConvNet.builder().dropout(0).build(seed),
                            0.003, 22, 100, Augmentation.none().shift(2).rotation(10).zoom(0.1).elastic(3), 16));

    /** Filters of 5x5, then of 3x3, each followed by ReLU and 2x2 pooling; then hidden units, if any, and the ten scores. */
    private static Network twoConvolutions(long seed, int first, int second, int... hidden) {
        Random random = new Random(seed);
        InitialWeights he = InitialWeights.he();
        Network.Builder network = Network.builder(1, 28, 28)
                .add("Conv1", new Convolution(he.draw(random, first, 1, 5, 5), Tensor.zeros(first), Window.of(5)))
                .add("Relu1", new Relu())
                .add("Pool1", new MaxPooling(Window.of(2).stride(2)))
                .add("Conv2", new Convolution(he.draw(random, second, first, 3, 3), Tensor.zeros(second), Window.of(3)))
                .add("Relu2", new Relu())
                .add("Pool2", new MaxPooling(Window.of(2).stride(2)));
        int inputs = second * 5 * 5;
        for (int i = 0; i < hidden.length; inputs = hidden[i++]) {
            network.add("Affine" + (i + 1), new Affine(he.draw(random, inputs, hidden[i]), Tensor.zeros(hidden[i])));
            network.add("Relu" + (i + 3), new Relu());
        }
        return network.add("Affine" + (hidden.length + 1), new Affine(he.draw(random, inputs, 10), Tensor.zeros(10))).build();
    }

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "train" -> recipe(arguments)
                    .trained(network(arguments), Mnist.load().train(), seed(arguments))
                    .save(file(arguments));
            case "test" -> {
                Network network = network(arguments);
                network.load(file(arguments));
                System.out.println(recipe(arguments).judged(network, Mnist.loadTest()));
            }
            case "choose" -> {
                Network network = network(arguments);
                Split split = Mnist.load().train().split();
                recipe(arguments).trained(network, split.train(), seed(arguments));
                System.out.println(recipe(arguments).judged(network, split.validation()));
            }
            case "mean" -> {
                double[] accuracies =
                        Arrays.stream(arguments).skip(1).mapToDouble(Double::parseDouble).toArray();
                System.out.println(Interval.ofMean(accuracies).percent());
            }
            default -> throw new IllegalArgumentException("expected train, test, choose or mean but got " + arguments[0]);
        }
    }

    private static Recipe recipe(String[] arguments) {
        return RECIPES.get(arguments[1]);
    }

    private static Network network(String[] arguments) {
        return recipe(arguments).network().apply(seed(arguments));
    }

    private static long seed(String[] arguments) {
        return Long.parseLong(arguments[2]);
    }

    private static Path file(String[] arguments) {
        return Path.of(arguments[3]);
    }
}
