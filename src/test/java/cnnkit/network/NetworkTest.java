package cnnkit.network;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.random;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.AnotherJvm;
import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.Convolution;
import cnnkit.layer.ConvolutionAlgorithm;
import cnnkit.layer.Layer;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Parameter;
import cnnkit.layer.PassingLayer;
import cnnkit.layer.Relu;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetworkTest {

    private static Affine affine(int inputs, int outputs) {
        return new Affine(Tensor.zeros(inputs, outputs), Tensor.zeros(outputs));
    }

    @Test
    void layersWorkOneAfterAnother() {
        Network network = Network.builder(2)
                .add("Affine1", new Affine(tensor(shape(2, 2), 1, -1, 1, 1), tensor(shape(2), 0, 1)))
                .add("Relu1", new Relu())
                .add("Affine2", new Affine(tensor(shape(2, 2), 1, 10, 100, 1000), tensor(shape(2), 0.5, 0)))
                .build();
        // (3, 1) -> (4, -1) -> (4, 0) -> (4.5, 40)
        assertEquals(tensor(shape(1, 2), 4.5, 40), network.predict(tensor(shape(1, 2), 3, 1)));
    }

    @Test
    void theLossOfEqualScoresIsLogOfTheirNumber() {
        Network network = Network.builder(3).add("Affine1", affine(3, 10)).build();
        assertEquals(Math.log(10), network.loss(Tensor.range(2, 3), new int[] {0, 9}), 1e-12);
    }

    @Test
    void theGradientFlowsBackThroughAllLayers() {
        Network network = Network.builder(1)
                .add("Affine1", new Affine(tensor(shape(1, 1), 2), Tensor.zeros(1)))
                .add("Affine2", new Affine(tensor(shape(1, 2), 1, 1), Tensor.zeros(2)))
                .build();
        // x = 3, hidden 6, scores (6, 6), probabilities (1/2, 1/2), ds = (-1/2, 1/2)
        assertEquals(Math.log(2), network.gradient(tensor(shape(1, 1), 3), new int[] {0}), 1e-12);
        assertEquals(tensor(shape(1, 2), -3, 3), network.parameter("W2").gradient());
        assertEquals(tensor(shape(2), -0.5, 0.5), network.parameter("b2").gradient());
        assertEquals(tensor(shape(1, 1), 0), network.parameter("W1").gradient()); // both scores move alike
        network.parameter("W2").value().set(2, 0, 0); // scores (12, 6): now the first weight matters
        double p = 1 / (1 + Math.exp(-6));
        network.gradient(tensor(shape(1, 1), 3), new int[] {1});
        assertEquals(3 * (p * 2 - p), network.parameter("W1").gradient().get(0, 0), 1e-6);
    }

    @Test
    void parametersAreNumberedByTheLayersThatLearn() {
        Network network = Network.builder(1, 4, 4)
                .add("Conv1", new Convolution(Tensor.zeros(2, 1, 3, 3), Tensor.zeros(2), Window.of(3)))
                .add("Relu1", new Relu())
                .add("Affine1", affine(8, 3))
                .build();
        assertEquals(
                List.of("W1", "b1", "W2", "b2"),
                List.copyOf(network.parameters().keySet()));
        assertSame(((Affine) network.layer("Affine1")).W(), network.parameter("W2"));
        assertEquals(
                List.of("Conv1", "Relu1", "Affine1"),
                List.copyOf(network.layers().keySet()));
        assertArrayEquals(shape(1, 4, 4), network.inputShape());
        assertThrows(UnsupportedOperationException.class, () -> network.layers().remove("Conv1"));
        assertThrows(
                UnsupportedOperationException.class, () -> network.parameters().clear());
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNamesThereAre() {
        Network network = Network.builder(2).add("Affine1", affine(2, 2)).build();
        fails(
                IllegalArgumentException.class,
                "no layer is named Conv1: there are Affine1",
                () -> network.layer("Conv1"));
        fails(
                IllegalArgumentException.class,
                "no parameter is named W2: there are W1, b1",
                () -> network.parameter("W2"));
    }

    @Test
    void aLayerThatDoesNotFitIsRefusedWhenItIsAdded() {
        Network.Builder builder = Network.builder(1, 28, 28);
        Layer conv = new Convolution(Tensor.zeros(2, 3, 5, 5), Tensor.zeros(2), Window.of(5));
        fails(
                ShapeException.class,
                "Convolution Conv1: expected input [N, 3, H, W] but got [N, 1, 28, 28]",
                () -> builder.add("Conv1", conv));
        assertEquals("", conv.name()); // it may be used elsewhere
        assertArrayEquals(shape(1, 28, 28), builder.shape());
        builder.add("Conv1", new Convolution(Tensor.zeros(2, 1, 5, 5), Tensor.zeros(2), Window.of(5)));
        assertArrayEquals(shape(2, 24, 24), builder.shape());
        fails(
                ShapeException.class,
                "Affine Affine1: expected input [N, 100] but got [N, 2, 24, 24], which is 1152 values each",
                () -> builder.add("Affine1", affine(100, 10)));
    }

    @Test
    void aNameAndALayerAreUsedOnce() {
        Network.Builder builder = Network.builder(2).add("Affine1", affine(2, 2));
        fails(
                IllegalArgumentException.class,
                "a layer named Affine1 is there already: choose another name",
                () -> builder.add("Affine1", affine(2, 2)));
        Relu relu = new Relu();
        builder.add("Relu1", relu);
        fails(
                IllegalArgumentException.class,
                "Relu Relu1 belongs to a network already: make a new layer",
                () -> builder.add("Relu2", relu));
        fails(
                IllegalArgumentException.class,
                "Relu Relu1 belongs to a network already: make a new layer",
                () -> Network.builder(2).add("Relu1", relu));
        assertEquals("Relu1", relu.name());
    }

    @Test
    void aNetworkHasLayersAndEndsInOneScorePerClass() {
        fails(
                IllegalArgumentException.class,
                "a network needs at least one layer",
                () -> Network.builder(2).build());
        fails(
                IllegalArgumentException.class,
                "a network ends in one score per class, shape [N, K], but Relu Relu1 gives [1, 4, 4]: add an Affine layer",
                () -> Network.builder(1, 4, 4).add("Relu1", new Relu()).build());
    }

    @Test
    void aBuilderBuildsOneNetwork() {
        Network.Builder builder = Network.builder(2).add("Affine1", affine(2, 3));
        builder.build();
        String message =
                "this builder has built its network already: a new builder, with new layers, makes another one";
        fails(IllegalStateException.class, message, builder::build);
        fails(IllegalStateException.class, message, () -> builder.add("Affine2", affine(3, 4)));
    }

    @Test
    void aLayerHasAName() {
        for (String name : new String[] {"", " ", null}) {
            fails(
                    IllegalArgumentException.class,
                    "Relu needs a name in its network, such as Conv1, but got \"" + name + "\"",
                    () -> Network.builder(2).add(name, new Relu()));
        }
    }

    /** A layer that learns what it is given. */
    private static final class Learner extends PassingLayer {
        private final List<Parameter> parameters;

        private Learner(Parameter... parameters) {
            this.parameters = List.of(parameters);
        }

        @Override
        public List<Parameter> parameters() {
            return parameters;
        }
    }

    @Test
    void twoParametersOfOneNameAreRefused() {
        Layer twice = new Learner(new Parameter("W", Tensor.zeros(1)), new Parameter("W", Tensor.zeros(1)));
        fails(
                IllegalArgumentException.class,
                "Learner L and Learner L would both have a parameter named W1: name the parameters of a layer apart, without digits at the end",
                () -> Network.builder(2).add("L", twice).build());
        Network.Builder eleven = Network.builder(2)
                .add("first", new Learner(new Parameter("W1", Tensor.zeros(1)))); // W1 of layer 1: W11
        for (int i = 2; i <= 11; i++) {
            eleven.add("L" + i, new Learner(new Parameter("W", Tensor.zeros(1)))); // W of layer 11: W11, too
        }
        fails(
                IllegalArgumentException.class,
                "Learner first and Learner L11 would both have a parameter named W11: name the parameters of a layer apart, without digits at the end",
                eleven::build);
    }

    @Test
    void oneTensorIsOneParameter() {
        Tensor W = Tensor.zeros(2, 2);
        Network.Builder builder = Network.builder(2)
                .add("Affine1", new Affine(W, Tensor.zeros(2)))
                .add("Affine2", new Affine(W, Tensor.zeros(2)));
        fails(
                IllegalArgumentException.class,
                "Affine Affine2: its parameter W2 has the same tensor as W1: give each parameter a tensor of its own",
                builder::build);
    }

    @Test
    void anInputOfAnotherShapeNamesTheLayerThatCannotTakeIt() {
        Network network =
                SimpleConvNet.builder().input(1, 8, 8).convolution(Window.of(3)).build(1);
        fails(
                ShapeException.class,
                "Convolution Conv1: expected input [N, 1, H, W] but got [1, 3, 8, 8]",
                () -> network.predict(Tensor.zeros(1, 3, 8, 8)));
        fails(
                ShapeException.class,
                "Convolution Conv1: expected input [N, 1, H, W] but got [0, 1, 8, 8]",
                () -> network.predict(Tensor.zeros(0, 1, 8, 8)));
        assertThrows(ShapeException.class, () -> network.predict(Tensor.zeros(1, 1, 10, 10)));
    }

    /** With a window that rounds down, the layers alone would not notice. */
    @Test
    void anInputOfAnotherSizeIsRefusedEvenIfTheLayersWouldTakeIt() {
        Network network = SimpleConvNet.builder()
                .input(1, 8, 8)
                .convolution(Window.of(3))
                .pooling(Window.of(2).stride(2).remainder(Remainder.FLOOR))
                .build(1);
        assertThrows(ShapeException.class, () -> network.predict(Tensor.zeros(1, 1, 9, 9)));
    }

    @Test
    void labelsThatDoNotFitAreRefused() {
        Network network = Network.builder(2).add("Affine1", affine(2, 10)).build();
        fails(
                IllegalArgumentException.class,
                "SoftmaxWithLoss: label 10 of image 1 is outside 0..9, the 10 columns of scores",
                () -> network.gradient(Tensor.zeros(2, 2), new int[] {9, 10}));
    }

    @Test
    void theWayOfComputingAConvolutionChangesNoBitOfAnyGradient() {
        Random random = new Random(6);
        Tensor x = random(random, 9, 1, 10, 8);
        int[] labels = random.ints(9, 0, 10).toArray();
        Map<String, Tensor> byLoops = gradients(x, labels, ConvolutionAlgorithm.naive());
        assertEquals(6, byLoops.size());
        Map<String, Tensor> byIm2col = gradients(x, labels, ConvolutionAlgorithm.im2col());
        byLoops.forEach((name, gradient) -> assertSameBits(gradient, byIm2col.get(name), name + " by im2col"));
        Map<String, Tensor> byEngine = gradients(x, labels, ConvolutionAlgorithm.engine());
        byLoops.forEach((name, gradient) -> assertSameBits(gradient, byEngine.get(name), name + " by the engine"));
    }

    private static Map<String, Tensor> gradients(Tensor x, int[] labels, ConvolutionAlgorithm algorithm) {
        Network network = Network.builder(1, 10, 8)
                .add(
                        "Conv1",
                        new Convolution(
                                random(new Random(1), 3, 1, 3, 3),
                                Tensor.zeros(3),
                                Window.of(3).padding(1)))
                .add("Relu1", new Relu())
                .add("Pool1", new MaxPooling(Window.of(2).stride(2)))
                .add("Conv2", new Convolution(random(new Random(2), 4, 3, 2, 3), Tensor.zeros(4), Window.of(2, 3)))
                .add("Relu2", new Relu())
                .add("Affine1", new Affine(random(new Random(3), 32, 10), Tensor.zeros(10)))
                .build();
        for (Layer layer : network.layers().values()) {
            if (layer instanceof Convolution convolution) {
                convolution.use(algorithm); // one object for both layers: each works with its own
            }
        }
        network.gradient(x, labels);
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        network.parameters().forEach((name, parameter) -> gradients.put(name, parameter.gradient()));
        return gradients;
    }

    @Test
    void aLargeBatchGoesThroughInPiecesWithTheSameBits() {
        Network network = SimpleConvNet.create(1);
        Tensor x = Tensor.gaussian(new Random(2), 1, 230, 1, 28, 28);
        Tensor scores = network.predict(x);
        assertArrayEquals(shape(230, 10), scores.shape());
        for (int n : new int[] {0, 99, 100, 199, 200, 229}) {
            assertEquals(network.predict(x.rows(n, n + 1)), scores.rows(n, n + 1));
        }
    }

    @Test
    void aLargeBatchOfAnotherShapeIsNamedWhole() {
        Network network = SimpleConvNet.create(1);
        ShapeException e = assertThrows(ShapeException.class, () -> network.predict(Tensor.zeros(230, 3, 28, 28)));
        assertEquals("Convolution Conv1: expected input [N, 1, H, W] but got [230, 3, 28, 28]", e.getMessage());
    }

    /** In a JVM of its own: here other tests have computed before. */
    @Test
    void theEngineIsCompiledFromTheFirstNetworkOn() throws Exception {
        String said = AnotherJvm.says(
                List.of("--add-modules=jdk.incubator.vector", "-Xlog:class+load:stdout"),
                BuildingInAnotherJvm.class.getName());
        assertTrue(said.contains("cnnkit.engine.VectorKernel "), said);
    }
}
