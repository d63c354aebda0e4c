package cnnkit.network;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.random;
import static cnnkit.tensor.Check.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Mnist;
import cnnkit.layer.Dropout;
import cnnkit.tensor.Tensor;
import cnnkit.train.Evaluation;
import cnnkit.train.Trainer;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeepConvNetTest {

    @Test
    void theLayersOfTheBook() { // chapter 8
        Network network = DeepConvNet.create(1);
        assertEquals(
                "Conv1 Relu1 Conv2 Relu2 Pool1 Conv3 Relu3 Conv4 Relu4 Pool2 Conv5 Relu5 Conv6 Relu6 Pool3"
                        + " Affine1 Relu7 Dropout1 Affine2 Dropout2",
                String.join(" ", network.layers().keySet()));
        Summary ledger = network.summary();
        assertEquals(List.of(16, 28, 28), ledger.line("Conv2").outputShape());
        assertEquals(List.of(16, 14, 14), ledger.line("Pool1").outputShape());
        assertEquals(List.of(32, 14, 14), ledger.line("Conv3").outputShape());
        assertEquals(List.of(32, 16, 16), ledger.line("Conv4").outputShape()); // padding 2
        assertEquals(List.of(32, 8, 8), ledger.line("Pool2").outputShape());
        assertEquals(List.of(64, 4, 4), ledger.line("Pool3").outputShape());
        assertEquals(0.5, ((Dropout) network.layer("Dropout1")).ratio());
        assertEquals(0.5, ((Dropout) network.layer("Dropout2")).ratio());
    }

    @Test
    void itHas123552ParametersInEightLayers() {
        Network network = DeepConvNet.create(1);
        assertEquals(123_552, network.summary().parameters());
        assertEquals(16, network.parameters().size());
        assertArrayEquals(shape(1024, 50), network.parameter("W7").value().shape());
        assertArrayEquals(shape(50, 10), network.parameter("W8").value().shape());
    }

    @Test
    void weightsAreDrawnAfterHe() {
        Network network = DeepConvNet.create(1);
        int[] inputs = {9, 144, 144, 288, 288, 576, 1024, 50}; // of one output: C * 3 * 3, or all values
        for (int layer = 1; layer <= 8; layer++) {
            Tensor W = network.parameter("W" + layer).value();
            double squares = 0;
            for (float w : W.data()) {
                squares += (double) w * w;
            }
            double std = Math.sqrt(2.0 / inputs[layer - 1]);
            assertEquals(std, Math.sqrt(squares / W.length()), 0.15 * std, "W" + layer);
            assertEquals(0, network.parameter("b" + layer).value().sum());
        }
    }

    @Test
    void theGradientIsTheSlopeOfTheLossWithItsMasks() {
        Slope.check(DeepConvNet.create(3), random(new Random(2), 4, 1, 28, 28), new int[] {0, 3, 6, 9});
    }

    @Test
    void aPredictionIsAHalfOfTheScoresOfTheLastLayerAndDropsNothing() {
        Tensor x = random(new Random(1), 2, 1, 28, 28);
        Network network = DeepConvNet.create(1);
        assertSameBits(network.predict(x), network.predict(x), "predictions");
        Tensor learning = network.trainingScores(x, 1, 1);
        long dropped = 0;
        for (float score : learning.data()) {
            dropped += score == 0 ? 1 : 0;
        }
        assertTrue(dropped > 2 && dropped < 18, dropped + " of 20 scores are 0");
        Network whole = DeepConvNet.builder().dropout(0).build(1);
        assertNotEquals(whole.predict(x), network.predict(x));
        assertSameBits(whole.predict(x), whole.trainingScores(x, 1, 1), "nothing is dropped");
    }

    @Test
    void settingsChange() {
        Network network = DeepConvNet.builder()
                .input(3, 12, 20)
                .hidden(7)
                .classes(4)
                .weights(InitialWeights.gaussian(0.1))
                .build(1);
        assertEquals(List.of(64, 2, 3), network.summary().line("Pool3").outputShape());
        assertArrayEquals(shape(384, 7), network.parameter("W7").value().shape());
        assertArrayEquals(
                shape(2, 4), network.predict(Tensor.zeros(2, 3, 12, 20)).shape());
    }

    @Test
    void sixHundredDigitsAreEnoughToReadMostOthers() throws IOException {
        Mnist mnist = Mnist.load();
        Network network = DeepConvNet.create(1);
        new Trainer(network, mnist.train().take(600)).batchSize(50).epochs(5).train();
        double accuracy =
                Evaluation.of(network, mnist.train().range(55_000, 55_500)).accuracy();
        assertTrue(accuracy > 0.5, "accuracy " + accuracy);
    }
}
