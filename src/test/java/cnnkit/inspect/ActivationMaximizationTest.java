package cnnkit.inspect;

import static cnnkit.tensor.Check.assertClose;
import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.inspect.ActivationMaximization.Result;
import cnnkit.layer.Affine;
import cnnkit.layer.Relu;
import cnnkit.network.Network;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ActivationMaximizationTest {

    @Test
    void anEdgeFilterIsExcitedMostByItsEdge() {
        Result result =
                new ActivationMaximization(HandMade.edges()).smoothness(0).maximize("Conv1", HandMade.VERTICAL);
        assertEquals(new Region(3, 3, 3, 3), result.region()); // the unit in the middle of 6 x 6
        Tensor patch = result.patch();
        for (int row = 0; row < 3; row++) {
            assertEquals(0, patch.get(0, row, 0));
            assertEquals(1, patch.get(0, row, 2));
        }
        assertEquals(3, result.activation()); // no image of pixels from 0 to 1 gives more
        assertEquals("Conv1", result.layer());
    }

    @Test
    void theValueRisesStepByStepUntilNoStepHelps() {
        Random random = new Random(3);
        Network network = HandMade.of(
                shape(2, 9, 9),
                "Conv1",
                HandMade.convolution(random, 4, 2, Window.of(3)),
                "Relu1",
                new Relu(),
                "Conv2",
                HandMade.convolution(random, 3, 4, Window.of(3)));
        Result result =
                new ActivationMaximization(network).smoothness(0).rate(0.01).maximize("Conv2", 1);
        List<Double> values = result.activations();
        assertEquals(201, values.size());
        for (int step = 1; step < 60; step++) { // later it goes to and fro about a kink of the ReLUs
            assertTrue(values.get(step) > values.get(step - 1), "step " + step + ": " + values);
        }
        PartialNetwork part = PartialNetwork.upTo(network, "Conv2");
        Tensor batch = result.image().reshape(1, 2, 9, 9);
        assertEquals(result.activation(), part.forward(batch).get(0, 1, 2, 2));
        for (int other = 0; other < 200; other++) {
            Tensor x = Tensor.zeros(1, 2, 9, 9);
            for (int i = 0; i < x.length(); i++) {
                x.data()[i] = random.nextFloat();
            }
            assertTrue(part.forward(x).get(0, 1, 2, 2) < result.activation());
        }
    }

    @Test
    void smoothnessMakesNeighboursAlikeAtTheCostOfTheValue() {
        Network network = HandMade.of(shape(1, 9, 9), "Conv1", HandMade.convolution(new Random(5), 1, 1, Window.of(7)));
        Result rough = new ActivationMaximization(network).smoothness(0).maximize("Conv1", 0);
        Result smooth = new ActivationMaximization(network).smoothness(0.3).maximize("Conv1", 0);
        assertTrue(
                differences(smooth.patch()) < differences(rough.patch()) / 4,
                differences(smooth.patch()) + " " + differences(rough.patch()));
        assertTrue(smooth.activation() < rough.activation());
        assertTrue(smooth.activation() > smooth.activations().get(0) + 0.1);
    }

    private static double differences(Tensor image) {
        double sum = 0;
        for (int y = 0; y < image.size(1); y++) {
            for (int x = 1; x < image.size(2); x++) {
                sum += Math.pow(image.get(0, y, x) - image.get(0, y, x - 1), 2);
            }
        }
        return sum;
    }

    @Test
    void oneSmoothingStepByHand() {
        // smoothness 1: every pixel becomes the mean of its neighbours, after a step of hardly any length
        Network network = HandMade.of(shape(1, 1, 3));
        Tensor before = Tensor.gaussian(new Random(1), 0.1, 3).map(v -> v + 0.5);
        Result result = new ActivationMaximization(network)
                .smoothness(1)
                .steps(1)
                .rate(1e-9)
                .maximize("Last", 0);
        float middle = (before.get(0) + before.get(2)) / 2;
        assertClose(tensor(shape(1, 1, 3), before.get(1), middle, before.get(1)), result.image(), 1e-6, "smoothed");
    }

    @Test
    void aScoreIsMaximizedOverTheWholeImage() {
        Tensor W = tensor(shape(4, 2), 1, 0, -1, 0, 2, 0, -2, 0);
        Network network = Network.builder(1, 2, 2)
                .add("Affine1", new Affine(W, Tensor.zeros(2)))
                .build();
        Result result =
                new ActivationMaximization(network).smoothness(0).range(-3, 5).maximize("Affine1", 0);
        assertClose(tensor(shape(1, 2, 2), 5, -3, 5, -3), result.image(), 0, "image");
        assertEquals(new Region(0, 0, 2, 2), result.region());
        assertEquals(5 + 3 + 10 + 6, result.activation());
        assertEquals(
                Text.of(
                        "channel 0 of Affine1: from %.2f for noise to 24.00",
                        result.activations().get(0)),
                result.toString());
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        Network network = HandMade.of(shape(1, 9, 9), "Conv1", HandMade.convolution(new Random(5), 1, 1, Window.of(7)));
        Result one = new ActivationMaximization(network).seed(4).steps(5).maximize("Conv1", 0);
        Result same = new ActivationMaximization(network).seed(4).steps(5).maximize("Conv1", 0);
        Result other = new ActivationMaximization(network).seed(5).steps(5).maximize("Conv1", 0);
        assertSameBits(one.image(), same.image(), "seed 4");
        assertEquals(one, same);
        assertNotEquals(one.image(), other.image());
    }

    @Test
    void aUnitThatCannotBeExcitedIsNamed() {
        fails(
                IllegalStateException.class,
                "ActivationMaximization: the gradient of channel 2 of Relu1 is 0 everywhere. Use the layer before the ReLU, or another seed",
                () -> new ActivationMaximization(HandMade.edges()).maximize("Relu1", HandMade.NEVER));
        fails(
                IndexOutOfBoundsException.class,
                "Relu Relu1: channel 3 is outside 0..2",
                () -> new ActivationMaximization(HandMade.edges()).maximize("Relu1", 3));
    }

    @Test
    void settingsOutsideTheirRangeAreRefused() {
        ActivationMaximization search = new ActivationMaximization(HandMade.edges());
        fails(
                IllegalArgumentException.class,
                "ActivationMaximization: expected at least one step but got 0",
                () -> search.steps(0));
        fails(
                IllegalArgumentException.class,
                "ActivationMaximization: the rate must be a number above 0 but got NaN",
                () -> search.rate(Double.NaN));
        fails(
                IllegalArgumentException.class,
                "ActivationMaximization: the smoothness must be from 0 to 1 but got 1.5",
                () -> search.smoothness(1.5));
        fails(
                IllegalArgumentException.class,
                "ActivationMaximization: expected a range of pixels but got 1.0 to 0.0",
                () -> search.range(1, 0));
    }

    @Test
    void anInterruptStopsItAndTheNetworkIsUnchanged() {
        Network network = HandMade.of(shape(1, 8, 8), "Stopper", new HandMade.Stopper(3));
        String before = HandMade.bits(network);
        fails(
                InterruptedWorkException.class,
                "activation maximization stopped after 3 of 200 steps",
                () -> new ActivationMaximization(network).maximize("Last", 0));
        assertFalse(Thread.interrupted());
        assertEquals(before, HandMade.bits(network));
    }
}
