package cnnkit.network;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.random;
import static cnnkit.tensor.Check.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Mnist;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Subsampling;
import cnnkit.layer.TrainedSubsampling;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import cnnkit.train.Evaluation;
import cnnkit.train.Trainer;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeNetTest {

    private static Network today() {
        return LeNet.builder()
                .activation(Activation.RELU)
                .pooling(LeNet.Pooling.MAXIMUM)
                .build(1);
    }

    @Test
    void theLayersAndShapesOfTheChapter() { // section 7.7.1
        Network network = LeNet.create(1);
        Summary ledger = network.summary();
        assertEquals(
                List.of(
                        "Conv1",
                        "Sigmoid1",
                        "Pool1",
                        "Conv2",
                        "Sigmoid2",
                        "Pool2",
                        "Affine1",
                        "Sigmoid3",
                        "Affine2",
                        "Sigmoid4",
                        "Affine3"),
                List.copyOf(network.layers().keySet()));
        assertEquals(List.of(6, 28, 28), ledger.line("Conv1").outputShape());
        assertEquals(List.of(6, 14, 14), ledger.line("Pool1").outputShape());
        assertEquals(List.of(16, 10, 10), ledger.line("Conv2").outputShape());
        assertEquals(List.of(16, 5, 5), ledger.line("Pool2").outputShape());
        assertEquals(List.of(120), ledger.line("Affine1").outputShape());
        assertEquals(List.of(84), ledger.line("Affine2").outputShape());
        assertEquals(List.of(10), ledger.line("Affine3").outputShape());
        assertEquals(156, ledger.line("Conv1").parameters()); // as C1 in the paper
        assertEquals(10_164, ledger.line("Affine2").parameters()); // as F6
        assertEquals(61_706, ledger.parameters());
        assertInstanceOf(Subsampling.class, network.layer("Pool1"));
    }

    @Test
    void sigmoidTakesWeightsAfterXavierAndReluAfterHe() {
        assertEquals(1 / Math.sqrt(400), std(LeNet.create(1)), 1e-3);
        assertEquals(Math.sqrt(2.0 / 400), std(today()), 1e-3);
        assertEquals(0, LeNet.create(1).parameter("b3").value().sum());
    }

    @Test
    void otherInitialWeightsAreTakenWhicheverTheActivationIs() {
        LeNet.Builder small = LeNet.builder().weights(InitialWeights.gaussian(0.01));
        assertEquals(0.01, std(small.build(1)), 1e-3);
        assertEquals(0.01, std(small.activation(Activation.RELU).build(1)), 1e-3);
    }

    private static double std(Network network) {
        Tensor W3 = network.parameter("W3").value(); // (400, 120)
        double squares = 0;
        for (float w : W3.data()) {
            squares += (double) w * w;
        }
        return Math.sqrt(squares / W3.length());
    }

    @Test
    void theMapsAreMadeSmallerInTheWayThatIsChosen() {
        assertInstanceOf(MaxPooling.class, today().layer("Pool2"));
        Network average = LeNet.builder().pooling(LeNet.Pooling.AVERAGE).build(1);
        assertInstanceOf(AveragePooling.class, average.layer("Pool2"));
        Network trained = LeNet.builder().pooling(LeNet.Pooling.TRAINED).build(1);
        assertInstanceOf(TrainedSubsampling.class, trained.layer("Pool2"));
        assertEquals(12, trained.summary().line("Pool1").parameters()); // as S2 in the paper
        assertEquals(32, trained.summary().line("Pool2").parameters()); // as S4
        assertEquals(
                List.of(
                        "W1",
                        "b1",
                        "coefficient2",
                        "bias2",
                        "W3",
                        "b3",
                        "coefficient4",
                        "bias4",
                        "W5",
                        "b5",
                        "W6",
                        "b6",
                        "W7",
                        "b7"),
                List.copyOf(trained.parameters().keySet()));
        Tensor x = random(new Random(1), 2, 1, 28, 28);
        assertSameBits(average.predict(x), trained.predict(x), "before training the trained one is an average");
    }

    @ParameterizedTest
    @EnumSource
    void theGradientIsTheSlopeOfTheLoss(LeNet.Pooling pooling) {
        for (Activation activation : Activation.values()) {
            Network network =
                    LeNet.builder().activation(activation).pooling(pooling).build(3);
            Slope.check(network, random(new Random(2), 4, 1, 28, 28), new int[] {0, 3, 6, 9});
        }
    }

    @Test
    void theSeedDecidesTheWeights() {
        Tensor W1 = LeNet.create(5).parameter("W1").value();
        assertSameBits(W1, LeNet.create(5).parameter("W1").value(), "seed 5");
        assertNotEquals(W1, LeNet.create(6).parameter("W1").value());
    }

    @Test
    void otherImagesAndClassesAreWelcomeIfTheWindowsFit() {
        Network network = LeNet.builder().input(3, 32, 40).classes(4).build(1);
        assertEquals(List.of(16, 6, 8), network.summary().line("Pool2").outputShape());
        assertArrayEquals(
                shape(2, 4), network.predict(Tensor.zeros(2, 3, 32, 40)).shape());
        fails(
                ShapeException.class,
                "Subsampling Pool2: a 2x2 window with stride 2 does not divide height 11: 1 would be left over. Use height 10 or 12, padding, Remainder.FLOOR or Remainder.CEIL",
                () -> LeNet.builder().input(1, 30, 28).build(1));
    }

    @Test
    void withReluAndMaximumSixHundredDigitsAreEnoughToReadMostOthers() throws IOException {
        Mnist mnist = Mnist.load();
        Network network = today();
        new Trainer(network, mnist.train().take(600)).batchSize(50).epochs(5).train();
        double accuracy =
                Evaluation.of(network, mnist.train().range(55_000, 55_500)).accuracy();
        assertTrue(accuracy > 0.8, "accuracy " + accuracy);
    }
}
