package cnnkit.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Augmentation;
import cnnkit.data.Dataset;
import cnnkit.data.Mnist;
import cnnkit.io.NpyArray;
import cnnkit.io.Npz;
import cnnkit.tensor.Check;
import cnnkit.tensor.Tensor;
import cnnkit.train.Evaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in data/weights, which the appendix notebook trains. */
class TrainedWeightsTest {
    private static Network network(String name) {
        return switch (name) {
            case "SimpleConvNet" -> SimpleConvNet.create(1);
            case "LeNet" ->
                LeNet.builder()
                        .activation(Activation.RELU)
                        .pooling(LeNet.Pooling.MAXIMUM)
                        .build(1);
            case "DeepConvNet" -> DeepConvNet.create(1);
            default -> DeepConvNet.builder().dropout(0).build(1);
        };
    }

    @ParameterizedTest
    @CsvSource({"SimpleConvNet, 0.987", "LeNet, 0.988", "DeepConvNet, 0.995", "DeepConvNetElastic, 0.995"})
    void theyReadTheTestImagesAsWellAsIsSaid(String name, double least) throws IOException {
        Path file = Path.of("data/weights", name + ".npz");
        Network network = network(name);
        network.load(file);
        Dataset test = Mnist.loadTest();
        double accuracy = Evaluation.of(network, test).accuracy();
        assertTrue(accuracy >= least, name + ": " + accuracy);
        Map<String, NpyArray> arrays = Npz.readArrays(file);
        assertEquals(network.parameters().keySet(), arrays.keySet()); // and nothing else
        arrays.forEach((parameter, array) -> assertEquals("float32", array.type(), parameter));
    }

    @Test
    void withSixteenLooksTheBestOfThemReadsTheTestImagesAsWellAsIsSaid() throws IOException {
        Network network = network("DeepConvNetElastic");
        network.load(Path.of("data/weights/DeepConvNetElastic.npz"));
        Augmentation moved = Augmentation.none().shift(2).rotation(10).zoom(0.1).elastic(3); // as in its training
        double accuracy =
                Evaluation.ofMoved(network, Mnist.loadTest(), moved, 16, 1).accuracy();
        assertTrue(accuracy >= 0.996, "accuracy " + accuracy);
    }

    /** The scores in the golden file are PyTorch's: src/test/golden/torch_scores.py has put these weights into it. */
    @ParameterizedTest
    @ValueSource(strings = {"SimpleConvNet", "LeNet", "DeepConvNet", "DeepConvNetElastic"})
    void pytorchGivesTheSameScores(String name) throws IOException {
        Tensor theirs = Check.golden("torch-scores").get(name);
        Network network = network(name);
        network.load(Path.of("data/weights", name + ".npz"));
        int[] first = IntStream.range(0, theirs.size(0)).toArray();
        Tensor ours = network.predict(Mnist.loadTest().images(first));
        assertArrayEquals(new int[] {100, 10}, ours.shape());
        Check.assertClose(theirs, ours, Check.FORWARD, name);
    }
}
