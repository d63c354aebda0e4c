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
import cnnkit.layer.Convolution;
import cnnkit.layer.Layer;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.PassingLayer;
import cnnkit.layer.Relu;
import cnnkit.layer.Sigmoid;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import cnnkit.train.GradientCheck.Pair;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
    private static final class LeakyBackwards extends PassingLayer {
        @Override
        public Tensor forward(Tensor x) {
            return x.map(v -> Math.max(v, 0));
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
                List.of("parameter", "elements", "on a kink", "not resolved", "largest gradient", "relative error"),
                table.columnNames());
        assertEquals(
                List.of("W1", "b1", "W2", "b2", "x"),
                table.stringColumn("parameter").asList());
        assertEquals(List.of(4, 2, 4, 2, 2), table.intColumn("elements").asList());
        assertEquals(List.of(0, 2, 0, 0, 2), table.intColumn("on a kink").asList());
        assertEquals(List.of(0, 0, 0, 0, 0), table.intColumn("not resolved").asList());
    }

    @Test
    void anInterruptStopsTheCheckAndPutsEveryWeightBack() {
        Network network = Small.watchedBy(new Small.Watcher() {
            @Override
            public Tensor forward(Tensor x) {
                for (float value : x.data()) {
                    if (value < -1) {
                        Thread.currentThread().interrupt(); // while a pixel is moved, and the weights are other ones
                    }
                }
                return x;
            }
        });
        String before = Small.checksum(network);
        var images = Small.numbered(3);
        InterruptedWorkException error = assertThrows(
                InterruptedWorkException.class,
                () -> GradientCheck.of(network, images.images(0, 1, 2), images.labels()));
        assertTrue(error.getMessage().matches("gradient check stopped after \\d+ of 42 elements"), error.getMessage());
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

    /** The sizes of weights at which a check over the whole network once was lost in rounding and kinks. */
    @ParameterizedTest(name = "std {0}")
    @ValueSource(doubles = {0.001, 0.01, 0.02, 0.05, 0.1, 0.3, 1})
    void aConvolutionalNetworkPassesWhateverTheSizeOfItsWeights(double std) {
        for (long seed = 1; seed <= 5; seed++) {
            Network network = SimpleConvNet.builder()
                    .input(1, 7, 7)
                    .filters(3)
                    .convolution(Window.of(4))
                    .hidden(6)
                    .weightStd(std)
                    .build(seed);
            GradientCheck check = GradientCheck.of(network, random(new Random(seed), 3, 1, 7, 7), new int[] {1, 2, 3});
            assertTrue(check.largestRelativeError() < 1e-4, "seed " + seed + "\n" + check.table());
        }
    }

    /** What the first weight does is five sigmoids further up far below the last digit of a float. */
    @Test
    void fiveSigmoidsInARowPass() {
        Random random = new Random(1);
        Network.Builder builder = Network.builder(4);
        for (int i = 1; i <= 5; i++) {
            builder.add("Affine" + i, new Affine(Tensor.gaussian(random, 0.01, i == 1 ? 4 : 5, 5), Tensor.zeros(5)))
                    .add("Sigmoid" + i, new Sigmoid());
        }
        Network network = builder.add("Affine6", new Affine(Tensor.gaussian(random, 0.01, 5, 3), Tensor.zeros(3)))
                .build();
        GradientCheck check = GradientCheck.of(network, random(random, 2, 4), new int[] {0, 2});
        assertTrue(check.largestRelativeError() < 1e-4, check.table().toString());
    }

    @Test
    void threeHundredRightNetworksOfEveryKindPass() {
        int notCompared = 0;
        for (long seed = 0; seed < 300; seed++) {
            RightNetworks.Case some = RightNetworks.of(seed);
            String before = Small.checksum(some.network());
            GradientCheck check = GradientCheck.of(some.network(), some.x(), some.labels());
            double error = check.largestRelativeError();
            assertFalse(error >= 1e-3, "seed " + seed + "\n" + some.network() + "\n" + check.table());
            notCompared += Double.isNaN(error) ? 1 : 0;
            assertEquals(before, Small.checksum(some.network()));
        }
        assertTrue(notCompared < 30, notCompared + " could not be compared");
    }

    @ParameterizedTest
    @EnumSource
    void aMistakeIsHeardWhereverItStandsAndWhateverTheSizeOfTheWeights(WrongLayers wrong) {
        for (int place = 0; place < (wrong.movable() ? 3 : 1); place++) {
            for (double std : new double[] {0.01, 0.3}) {
                RightNetworks.Case some = wrong.network(place, std, 1, place);
                GradientCheck check = GradientCheck.of(some.network(), some.x(), some.labels());
                assertTrue(
                        check.largestRelativeError() > 1e-3,
                        wrong + " in place " + place + ", std " + std + "\n" + check.table());
            }
        }
    }

    /** Where units say almost 1 or -1, other weights must not make them surer still. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.MATCH_ANY,
            names = {"GOES_BACK.*", "GRADIENT_ADDS.*"})
    void aLayerThatRemembersIsHeardInANetworkThatIsSureOfItself(WrongLayers wrong) {
        for (int place = 0; place < 3; place++) {
            RightNetworks.Case some = wrong.network(place, 1, 1, 0);
            GradientCheck check = GradientCheck.of(some.network(), some.x(), some.labels());
            assertTrue(check.largestRelativeError() > 1e-3, wrong + " in place " + place + "\n" + check.table());
        }
    }

    /** Black pixels give equal values under a maximum; a bias moves all of them together. */
    @Test
    void aBiasUnderABlackPictureIsNotOnTheKinkOfAMaximum() {
        Network network = Network.builder(1, 4, 4)
                .add(
                        "Conv1",
                        new Convolution(tensor(shape(2, 1, 1, 1), 1, -1), tensor(shape(2), 0.5, 0.2), Window.of(1)))
                .add("Pool1", new MaxPooling(Window.of(2).stride(2)))
                .add("Affine1", new Affine(random(new Random(1), 8, 3), Tensor.zeros(3)))
                .build();
        GradientCheck check = GradientCheck.of(network, Tensor.zeros(1, 1, 4, 4), new int[] {2});
        assertTrue(check.relativeError("b1") < 1e-4, check.table().toString());
        assertEquals(
                List.of(0, 0, 0, 0, 16), check.table().intColumn("on a kink").asList());
    }

    /** The scores leave no doubt: what is left of the gradient is less than the last digit of a probability. */
    @Test
    void aGradientThatIsLostInRoundingIsNotComparedAndDoesNotPass() {
        Affine layer = new Affine(tensor(shape(1, 2), 30, -30), Tensor.zeros(2));
        Network network = Network.builder(1).add("Affine1", layer).build();
        GradientCheck check = GradientCheck.of(network, tensor(shape(1, 1), 1), new int[] {0});
        assertTrue(Double.isNaN(check.relativeError("W1")), check.table().toString());
        assertEquals(List.of(2, 2, 1), check.table().intColumn("not resolved").asList());
    }

    @Test
    void zerosDoNotStandInForElementsThatAreNotResolved() {
        Pair zero = new Pair(0, 0, true), lost = new Pair(1, 2, true, false), seen = new Pair(1, 1, true);
        assertEquals(0, new GradientCheck(Map.of("W1", List.of(zero, zero))).relativeError("W1"));
        assertEquals(0, new GradientCheck(Map.of("W1", List.of(zero, lost, seen))).relativeError("W1"));
        assertTrue(Double.isNaN(new GradientCheck(Map.of("W1", List.of(zero, zero, lost))).relativeError("W1")));
    }

    @Test
    void aGradientThatIsNotANumberDoesNotPass() {
        Network network = affineAnd("Wrong", new PassingLayer() {
            @Override
            public Tensor backward(Tensor dout) {
                return dout.map(v -> Double.NaN);
            }
        });
        GradientCheck check = GradientCheck.of(network, random(new Random(2), 2, 2), new int[] {0, 1});
        assertTrue(Double.isNaN(check.largestRelativeError()), check.table().toString());
    }

    @Test
    void whereAValueIsNoFiniteNumberTheCheckSaysWhere() {
        Network network = small(1);
        Tensor x = random(new Random(1), 3, 2, 8, 6);
        network.parameter("b1").value().set(Float.NEGATIVE_INFINITY, 1); // ReLU makes 0 of it
        refused("b1", network, x);
        network.parameter("b1").value().set(Float.NaN, 1);
        refused("b1", network, x);
        x.set(Float.NaN, 0, 1, 2, 3);
        refused("x", small(1), x);
    }

    @Test
    void aLayerThatGivesNaNIsNamed() {
        Network own = affineAnd("Own", new PassingLayer() {
            @Override
            public Tensor forward(Tensor x) {
                return x.map(v -> Double.NaN);
            }
        });
        refused("the output of Own", own, random(new Random(2), 3, 2));
    }

    private static Network affineAnd(String name, Layer layer) {
        return Network.builder(2)
                .add("Affine1", new Affine(random(new Random(1), 2, 3), Tensor.zeros(3)))
                .add(name, layer)
                .build();
    }

    private static void refused(String where, Network network, Tensor x) {
        fails(
                DivergedException.class,
                "GradientCheck: no slope can be measured where a value is no finite number: there is one in " + where
                        + ". Mend the layer that makes it, or use other weights",
                () -> GradientCheck.of(network, x, new int[] {0, 1, 2}));
    }

    @Test
    void afterTheCheckTheGradientsAreThoseOfTheBatch() {
        Network network = small(1);
        Tensor x = random(new Random(1), 3, 2, 8, 6);
        int[] labels = {3, 0, 2};
        network.gradient(x, labels, 0, 1);
        Tensor gradient = network.parameter("W1").gradient().copy();
        GradientCheck.of(network, x, labels);
        assertEquals(gradient, network.parameter("W1").gradient());
    }

    @Test
    void aFirstLayerThatReturnsNoDxIsNamed() {
        Network network = Network.builder(2)
                .add("Own", new PassingLayer() {
                    @Override
                    public Tensor backward(Tensor dout) {
                        return null;
                    }

                    @Override
                    public String toString() {
                        return "Own layer";
                    }
                })
                .build();
        fails(
                ShapeException.class,
                "Own layer: expected backward to return dx [1, 2] but got nothing",
                () -> GradientCheck.of(network, random(new Random(2), 1, 2), new int[] {0}));
    }

    @Test
    void whatIsMissingIsNamed() {
        Network network = small(1);
        fails(NullPointerException.class, "network", () -> GradientCheck.of(null, Tensor.zeros(1), new int[1]));
        fails(NullPointerException.class, "x", () -> GradientCheck.of(network, null, new int[1]));
        fails(NullPointerException.class, "labels", () -> GradientCheck.of(network, Tensor.zeros(1), null));
    }
}
