package cnnkit.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Dataset;
import cnnkit.data.Mnist;
import cnnkit.data.Normalization;
import cnnkit.data.PictureFolder;
import cnnkit.data.TurnedPatches;
import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.Convolution;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Relu;
import cnnkit.network.Activation;
import cnnkit.network.InitialWeights;
import cnnkit.network.LeNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/** What data/experiments holds of long runs is what a run gives: here the first epoch of each, all 60,000 digits. */
@Tag("once")
class RecordsTest {
    static Table record(String name) {
        Path file = Path.of("data/experiments", name + ".csv");
        return Table.read().usingOptions(CsvReadOptions.builder(file.toFile()).build());
    }

    private static Network network(String name, String recipe, int seed) {
        if (name.startsWith("SimpleConvNet")) {
            return SimpleConvNet.create(seed);
        }
        return recipe.startsWith("sigmoid")
                ? LeNet.create(seed)
                : LeNet.builder()
                        .activation(Activation.RELU)
                        .pooling(LeNet.Pooling.MAXIMUM)
                        .build(seed);
    }

    @ParameterizedTest
    @CsvSource({
        "SimpleConvNet20, constant rate, 2",
        "SimpleConvNet20, decaying rate, 1",
        "LeNet10, sigmoid and keep one, 1",
        "LeNet10, ReLU and maximum, 2"
    })
    void theFirstEpochComesOutAgainToTheLastBit(String name, String recipe, int seed) throws IOException {
        Table all = record(name);
        Row row = all.where(all.stringColumn("recipe")
                        .isEqualTo(recipe)
                        .and(all.intColumn("seed").isEqualTo(seed)))
                .iterator()
                .next();
        assertEquals(1, row.getInt("epoch"));
        Mnist mnist = Mnist.load();
        int steps = row.getInt("epochs") * mnist.train().size() / row.getInt("batch");
        Adam adam = new Adam(
                recipe.equals("decaying rate") ? LearningRate.cosine(0.001, steps) : LearningRate.constant(0.001));
        assertEquals(row.getString("optimizer"), adam.toString());
        History.Epoch epoch = new Trainer(network(name, recipe, seed), mnist.train())
                .optimizer(adam)
                .batchSize(row.getInt("batch"))
                .seed(seed)
                .train()
                .epochs()
                .get(0);
        assertEquals(row.getDouble("loss"), epoch.loss());
        assertEquals(row.getDouble("training accuracy"), epoch.accuracy());
    }

    /** The photograph that is held back, by number, and its row: one with pixels in order, one shuffled. */
    @ParameterizedTest
    @CsvSource({"0, 0", "5, 11"})
    void theFirstEpochOfColourPatchesComesOutAgainToTheLastBit(int held, int row) throws IOException {
        Table all = record("ColourPatches");
        int seed = all.intColumn("seed").get(row);
        PictureFolder folder = PictureFolder.load(Path.of("data/pictures/photographs"), 3);
        assertEquals(
                all.stringColumn("photograph").get(row) + ".png",
                folder.files().get(held).getFileName().toString());
        Tensor smaller = new AveragePooling(Window.of(2).stride(2))
                .forward(folder.images().images(0, 1, 2, 3, 4, 5));
        int[] others = IntStream.range(0, 6).filter(i -> i != held).toArray();
        Dataset learn = TurnedPatches.of(Dataset.of(smaller, new int[6], 1).select(others), 0, 128, 32, 8, true);
        if (all.stringColumn("pixels").get(row).equals("shuffled")) {
            List<Integer> positions =
                    new ArrayList<>(IntStream.range(0, 32 * 32).boxed().toList());
            Collections.shuffle(positions, new Random(seed));
            learn = learn.permutePixels(positions.stream().mapToInt(i -> i).toArray());
        }
        assertEquals(all.intColumn("patches").get(row), learn.size());
        History history = new Trainer(forPatches(seed), learn.normalized(Normalization.of(learn)))
                .optimizer(new Adam(0.001))
                .batchSize(all.intColumn("batch").get(row))
                .seed(seed)
                .train();
        assertEquals(
                all.doubleColumn("loss of first epoch").get(row),
                history.epochs().get(0).loss());
    }

    private static Network forPatches(long seed) {
        Random random = new Random(seed);
        InitialWeights he = InitialWeights.he();
        Tensor small = InitialWeights.gaussian(0.03).draw(random, 20, 3, 6, 6);
        return Network.builder(3, 32, 32)
                .add(
                        "Conv1",
                        new Convolution(small, Tensor.zeros(20), Window.of(6).stride(2)))
                .add("Relu1", new Relu())
                .add("Conv2", new Convolution(he.draw(random, 24, 20, 3, 3), Tensor.zeros(24), Window.of(3)))
                .add("Relu2", new Relu())
                .add("Pool1", new MaxPooling(Window.of(2).stride(2)))
                .add("Conv3", new Convolution(he.draw(random, 32, 24, 3, 3), Tensor.zeros(32), Window.of(3)))
                .add("Relu3", new Relu())
                .add("Affine1", new Affine(he.draw(random, 32 * 4 * 4, 4), Tensor.zeros(4)))
                .build();
    }

    /**
     * The accuracy of the last epoch, the mean of all seeds; the book tells of one run each, 98.96 % for SimpleConvNet
     * and 99.38 % for DeepConvNet.
     */
    @ParameterizedTest
    @CsvSource({
        "SimpleConvNet20, constant rate, 20, 0.987",
        "SimpleConvNet20, decaying rate, 20, 0.989",
        "LeNet10, sigmoid and keep one, 10, 0.975",
        "LeNet10, ReLU and maximum, 10, 0.988",
        "DeepConvNet20, constant rate, 20, 0.992"
    })
    void theMeanOfFiveSeedsIsAsHighAsIsSaid(String name, String recipe, int epochs, double least) {
        Table all = record(name);
        Table last = all.where(all.stringColumn("recipe")
                .isEqualTo(recipe)
                .and(all.intColumn("epoch").isEqualTo(epochs)));
        assertEquals(5, last.rowCount());
        double mean = last.doubleColumn("test accuracy").mean();
        assertTrue(mean >= least, recipe + ": " + mean);
    }
}
