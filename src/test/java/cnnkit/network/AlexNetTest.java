package cnnkit.network;

import static cnnkit.tensor.Check.random;
import static cnnkit.tensor.Check.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.AnotherJvm;
import cnnkit.data.Mnist;
import cnnkit.layer.Convolution;
import cnnkit.tensor.Tensor;
import cnnkit.train.Evaluation;
import cnnkit.train.Trainer;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlexNetTest {

    /** Built once: 244 MB of weights. */
    @Test
    void theNetworkOfThePaper() { // section 3.5
        Network network = AlexNet.create(1);
        Summary ledger = network.summary();
        assertEquals(60_965_224, ledger.parameters());
        assertEquals(
                "Conv1 Relu1 Norm1 Pool1 Conv2 Relu2 Norm2 Pool2 Conv3 Relu3 Conv4 Relu4 Conv5 Relu5 Pool3"
                        + " Affine1 Relu6 Dropout1 Affine2 Relu7 Dropout2 Affine3",
                String.join(" ", network.layers().keySet()));
        assertEquals(List.of(96, 55, 55), ledger.line("Conv1").outputShape());
        assertEquals(List.of(96, 27, 27), ledger.line("Pool1").outputShape());
        assertEquals(List.of(256, 13, 13), ledger.line("Pool2").outputShape());
        assertEquals(List.of(256, 6, 6), ledger.line("Pool3").outputShape());
        assertArrayEquals(shape(256, 48, 5, 5), network.parameter("W2").value().shape());
        assertArrayEquals(shape(384, 256, 3, 3), network.parameter("W3").value().shape()); // sees all maps
        assertArrayEquals(shape(384, 192, 3, 3), network.parameter("W4").value().shape());
        assertArrayEquals(shape(256, 192, 3, 3), network.parameter("W5").value().shape());
        assertArrayEquals(shape(9216, 4096), network.parameter("W6").value().shape());
        int[] groups = {1, 2, 1, 2, 2};
        for (int i = 1; i <= 5; i++) {
            assertEquals(groups[i - 1], ((Convolution) network.layer("Conv" + i)).groups(), "Conv" + i);
        }
        long weights = 105_415_200L
                + 223_948_800
                + 149_520_384
                + 112_140_288
                + 74_760_192
                + 37_748_736
                + 16_777_216
                + 4_096_000;
        assertEquals(weights, ledger.multiplyAdds());

        Tensor scores = network.predict(random(new Random(2), 1, 3, 227, 227));
        assertArrayEquals(shape(1, 1000), scores.shape());
        assertTrue(Float.isFinite(scores.max()) && scores.max() > scores.min(), scores.toString());
    }

    /** In a JVM of its own: here other tests have filled the memory. */
    @Test
    void itLooksAtAPictureInAsMuchMemoryAsBinderGives() throws Exception {
        String said = AnotherJvm.says(
                List.of("-Xmx768m", "--add-modules=jdk.incubator.vector"),
                AlexNetInAnotherJvm.class.getName(),
                "data/pictures/cat.png");
        assertEquals("[1, 1000] true true", said.strip()); // the shape of the scores; finite; not all alike
    }

    @Test
    void theSmallOneHasTheSameLayers() {
        Network network = AlexNet.small().build(1);
        Summary ledger = network.summary();
        assertEquals(
                "Conv1 Relu1 Norm1 Pool1 Conv2 Relu2 Norm2 Pool2 Conv3 Relu3 Conv4 Relu4 Conv5 Relu5 Pool3"
                        + " Affine1 Relu6 Dropout1 Affine2 Relu7 Dropout2 Affine3",
                String.join(" ", network.layers().keySet()));
        assertEquals(List.of(16, 14, 14), ledger.line("Pool1").outputShape());
        assertEquals(List.of(32, 7, 7), ledger.line("Pool2").outputShape());
        assertEquals(List.of(32, 3, 3), ledger.line("Pool3").outputShape());
        assertEquals(2, ((Convolution) network.layer("Conv5")).groups());
        assertArrayEquals(
                shape(2, 10), network.predict(Tensor.zeros(2, 1, 28, 28)).shape());
    }

    @Test
    void reluNormalizationAndDropoutAreSwitchedOffOneByOne() {
        Network plain = AlexNet.small()
                .activation(Activation.TANH)
                .normalization(false)
                .dropout(0)
                .build(1);
        assertEquals(
                "Conv1 Tanh1 Pool1 Conv2 Tanh2 Pool2 Conv3 Tanh3 Conv4 Tanh4 Conv5 Tanh5 Pool3"
                        + " Affine1 Tanh6 Dropout1 Affine2 Tanh7 Dropout2 Affine3",
                String.join(" ", plain.layers().keySet()));
        Tensor x = random(new Random(1), 2, 1, 28, 28);
        assertEquals(plain.predict(x), plain.trainingScores(x, 1, 1)); // a ratio of 0 drops nothing
        Network whole = AlexNet.small().build(1),
                without = AlexNet.small().normalization(false).build(1);
        assertFalse(without.layers().containsKey("Norm1"));
        assertEquals(whole.parameter("W8").value(), without.parameter("W8").value()); // so that only LRN differs
    }

    @ParameterizedTest
    @EnumSource
    void theGradientIsTheSlopeOfTheLossWithItsMasks(Activation activation) {
        Network network = AlexNet.small().activation(activation).build(3);
        Slope.check(network, random(new Random(2), 4, 1, 28, 28), new int[] {0, 3, 6, 9});
    }

    @Test
    void imagesAndClassesOfOtherSizesAreWelcome() {
        Network network = AlexNet.small().input(3, 32, 40).classes(4).build(1);
        assertArrayEquals(
                shape(2, 4), network.predict(Tensor.zeros(2, 3, 32, 40)).shape());
    }

    @Test
    void theSmallOneLearnsToReadDigits() throws IOException {
        Mnist mnist = Mnist.load();
        Network network = AlexNet.small().build(1);
        new Trainer(network, mnist.train().take(600)).batchSize(50).epochs(6).train();
        double accuracy =
                Evaluation.of(network, mnist.train().range(55_000, 55_500)).accuracy();
        assertTrue(accuracy > 0.6, "accuracy " + accuracy);
    }
}
