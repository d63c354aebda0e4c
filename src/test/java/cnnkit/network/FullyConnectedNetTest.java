package cnnkit.network;

import static cnnkit.tensor.Check.assertClose;
import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.random;
import static cnnkit.tensor.Check.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import cnnkit.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FullyConnectedNetTest {

    @Test
    void thereIsOneHiddenLayerOfAHundredUnitsUnlessChanged() {
        Network network = FullyConnectedNet.create(1);
        assertEquals(
                List.of("Affine1", "Relu1", "Affine2"),
                List.copyOf(network.layers().keySet()));
        assertEquals(784 * 100 + 100 + 100 * 10 + 10, network.summary().parameters());
        assertArrayEquals(
                shape(3, 10), network.predict(Tensor.zeros(3, 1, 28, 28)).shape());
    }

    @Test
    void hiddenLayersAreStackedInOrder() {
        Network network = FullyConnectedNet.builder()
                .input(12)
                .hidden(7, 5)
                .classes(3)
                .weights(InitialWeights.gaussian(1))
                .build(1);
        assertEquals(
                List.of("Affine1", "Relu1", "Affine2", "Relu2", "Affine3"),
                List.copyOf(network.layers().keySet()));
        assertArrayEquals(shape(12, 7), network.parameter("W1").value().shape());
        assertArrayEquals(shape(7, 5), network.parameter("W2").value().shape());
        assertArrayEquals(shape(5, 3), network.parameter("W3").value().shape());
        Slope.check(network, random(new Random(2), 6, 12), new int[] {0, 1, 2, 0, 1, 2});
    }

    @Test
    void withoutHiddenLayersItIsOneAffineLayer() {
        assertEquals(
                7850, FullyConnectedNet.builder().hidden().build(1).summary().parameters());
    }

    @Test
    void theSeedDecidesTheWeights() {
        Tensor W1 = FullyConnectedNet.create(5).parameter("W1").value();
        assertSameBits(W1, FullyConnectedNet.create(5).parameter("W1").value(), "seed 5");
        assertNotEquals(W1, FullyConnectedNet.create(6).parameter("W1").value());
        assertEquals(0, FullyConnectedNet.create(5).parameter("b1").value().sum());
    }

    /** Section 7.2.1: shuffle the pixels of an image and the rows of W1 alike, and the scores stay. */
    @Test
    void theOrderOfThePixelsMeansNothingToIt() {
        int[] order = {3, 1, 0, 5, 2, 4};
        Network network = FullyConnectedNet.builder().input(1, 2, 3).hidden(4).build(1);
        Network shuffled = FullyConnectedNet.builder().input(1, 2, 3).hidden(4).build(1);
        Tensor x = random(new Random(1), 1, 1, 2, 3), y = Tensor.zeros(1, 1, 2, 3);
        for (int i = 0; i < 6; i++) {
            y.data()[i] = x.data()[order[i]];
            for (int unit = 0; unit < 4; unit++) {
                float w = network.parameter("W1").value().get(order[i], unit);
                shuffled.parameter("W1").value().set(w, i, unit);
            }
        }
        assertClose(network.predict(x), shuffled.predict(y), 1e-6, "scores");
    }
}
