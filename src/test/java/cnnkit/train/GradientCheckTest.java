package cnnkit.train;

import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.random;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.Layer;
import cnnkit.layer.Relu;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Tensor;
import cnnkit.train.GradientCheck.Pair;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientCheckTest {

    @AfterEach
    void noInterruptIsLeftForTheNextTest() {
        Thread.interrupted();
    }

    private static Network small(long seed) {
        return SimpleConvNet.builder()
                .input(2, 8, 6)
                .filters(3)
                .convolution(Window.of(3))
                .hidden(5)
                .classes(4)
                .weightStd(0.3)
                .build(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyParameterOfASmallNetworkPasses(long seed) {
        Random random = new Random(seed);
        Network network = small(seed);
        String before = Small.checksum(network);
        GradientCheck check = GradientCheck.of(network, random(random, 3, 2, 8, 6), new int[] {3, 0, 2});
        for (String name : network.parameters().keySet()) {
            assertEquals(
                    network.parameter(name).value().length(),
                    check.pairs().get(name).size());
            assertTrue(check.relativeError(name) < 1e-3, () -> "seed " + seed + ": " + name + "\n" + check.table());
        }
        assertTrue(check.largestRelativeError() < 1e-3);
        assertEquals(before, Small.checksum(network)); // every weight was put back
    }

    @Test
    void theTwoOpinionsByHand() {
        Affine layer = new Affine(Tensor.zeros(1, 2), Tensor.zeros(2));
        Network network = Network.builder(1).add("Affine1", layer).build();
        GradientCheck check = GradientCheck.of(network, tensor(shape(1, 1), 3), new int[] {0});
        // probabilities (1/2, 1/2), ds = (-1/2, 1/2), dW = 3 ds
        List<Pair> W1 = check.pairs().get("W1");
        assertEquals(-1.5, W1.get(0).backpropagated(), 1e-6);
        assertEquals(-1.5, W1.get(0).numerical(), 1e-3);
        assertEquals(1.5, W1.get(1).numerical(), 1e-3);
        assertEquals(0.5, check.pairs().get("b1").get(1).numerical(), 1e-3);
        assertTrue(W1.get(0).smooth());
    }

    /** A ReLU with the mistake of a beginner: the gradient passes whether or not the value did. */
    private static final class LeakyBackwards extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            return x.map(v -> Math.max(v, 0));
        }

        @Override
        public Tensor backward(Tensor dout) {
            return dout;
        }

        @Override
        public int[] outputShape(int... inputShape) {
            return inputShape;
        }
    }

    @Test
    void aWrongBackwardPassIsFoundInTheParametersBelowIt() {
        Random random = new Random(1);
        Network network = Network.builder(4)
                .add("Affine1", new Affine(random(random, 4, 6), random(random, 6)))
                .add("Wrong", new LeakyBackwards())
                .add("Affine2", new Affine(random(random, 6, 3), random(random, 3)))
                .build();
        GradientCheck check = GradientCheck.of(network, random(random, 5, 4), new int[] {0, 1, 2, 0, 1});
        assertTrue(check.relativeError("W1") > 0.1, check.table().toString());
        assertTrue(check.relativeError("b1") > 0.1, check.table().toString());
        assertTrue(check.relativeError("W2") < 1e-3, check.table().toString()); // above the mistake all is well
        assertTrue(check.largestRelativeError() > 0.1);
    }

    @Test
    void theRelativeErrorIsTheDifferenceOverBothLengths() {
        GradientCheck check = new GradientCheck(Map.of(
                "W1",
                List.of(new Pair(1, 1, true), new Pair(2, 0, true), new Pair(9, 1, false)), // the last does not count
                "b1",
                List.of(new Pair(0, 0, true))));
        assertEquals(2 / (Math.sqrt(5) + 1), check.relativeError("W1"), 1e-12);
        assertEquals(0, check.relativeError("b1"));
        assertEquals(2 / (Math.sqrt(5) + 1), check.largestRelativeError(), 1e-12);
    }

    @Test
    void anElementOnAKinkIsCountedApart() {
        // a black picture and biases of 0: the ReLU gets exactly 0, and its slope is 1 to the right, 0 to the left
        Network network = Network.builder(2)
                .add("Affine1", new Affine(tensor(shape(2, 2), 1, 2, 3, 4), Tensor.zeros(2)))
                .add("Relu1", new Relu())
                .add("Affine2", new Affine(tensor(shape(2, 2), 1, -1, 2, 3), Tensor.zeros(2)))
                .build();
        GradientCheck check = GradientCheck.of(network, Tensor.zeros(1, 2), new int[] {0});
        assertFalse(check.pairs().get("b1").get(0).smooth());
        assertFalse(check.pairs().get("b1").get(1).smooth());
        assertTrue(Double.isNaN(check.relativeError("b1"))); // nothing to compare with
        assertTrue(Double.isNaN(check.largestRelativeError()));
        assertEquals(0, check.relativeError("W1"));
        var table = check.table();
        assertEquals(
                List.of("parameter", "elements", "on a kink", "largest gradient", "relative error"),
                table.columnNames());
        assertEquals(
                List.of("W1", "b1", "W2", "b2"), table.stringColumn("parameter").asList());
        assertEquals(List.of(4, 2, 4, 2), table.intColumn("elements").asList());
        assertEquals(List.of(0, 2, 0, 0), table.intColumn("on a kink").asList());
    }

    @Test
    void anInterruptStopsTheCheckAndPutsEveryWeightBack() {
        Network network = Small.watchedBy(new Small.Watcher() {
            @Override
            public Tensor forward(Tensor x) {
                if (batches.size() == 12) {
                    Thread.currentThread().interrupt(); // while a weight is moved
                }
                return super.forward(x);
            }
        });
        String before = Small.checksum(network);
        var images = Small.numbered(3);
        CancellationException error = assertThrows(
                CancellationException.class, () -> GradientCheck.of(network, images.images(0, 1, 2), images.labels()));
        assertTrue(error.getMessage().matches("gradient check stopped at element \\d+ of W1"), error.getMessage());
        assertFalse(Thread.currentThread().isInterrupted());
        assertEquals(before, Small.checksum(network));
    }

    @Test
    void labelsThatDoNotFitAreRefusedBeforeAnythingIsMoved() {
        Network network = small(1);
        String before = Small.checksum(network);
        fails(
                IllegalArgumentException.class,
                "SoftmaxWithLoss: label 4 of image 0 is outside 0..3, the 4 columns of scores",
                () -> GradientCheck.of(network, Tensor.zeros(1, 2, 8, 6), new int[] {4}));
        assertEquals(before, Small.checksum(network));
    }
}
