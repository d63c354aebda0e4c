package cnnkit.network;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.Convolution;
import cnnkit.layer.ConvolutionAlgorithm;
import cnnkit.layer.Dropout;
import cnnkit.layer.Layer;
import cnnkit.layer.LocalResponseNormalization;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Parameter;
import cnnkit.layer.PassingLayer;
import cnnkit.layer.Relu;
import cnnkit.layer.Sigmoid;
import cnnkit.layer.Subsampling;
import cnnkit.layer.Tanh;
import cnnkit.layer.TrainedSubsampling;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a pass remembers is its own. */
class PassTest {
    /** ReLU as a learner would write it: the book's mask, in an array that is used again. */
    private static final class MyRelu extends Layer {
        private boolean[] mask = {};

        @Override
        public Tensor forward(Tensor x) {
            if (mask.length != x.length()) {
                mask = new boolean[x.length()];
            }
            for (int i = 0; i < mask.length; i++) {
                mask[i] = x.data()[i] <= 0;
                x.data()[i] = mask[i] ? 0 : x.data()[i]; // in place, which a learner may do
            }
            return x;
        }

        @Override
        public Tensor backward(Tensor dout) {
            for (int i = 0; i < mask.length; i++) {
                dout.data()[i] = mask[i] ? 0 : dout.data()[i];
            }
            return dout;
        }

        @Override
        public int[] outputShape(int... inputShape) {
            return inputShape;
        }
    }

    /** Ten lines: learns one factor, remembers its input, counts. */
    private static final class MyScale extends Layer {
        private final Parameter factor = new Parameter("k", Tensor.filled(1.5f, 1));
        private Tensor x;
        private int forwards;

        @Override
        public Tensor forward(Tensor x) {
            forwards++;
            this.x = x;
            return x.map(v -> v * factor.value().data()[0]);
        }

        @Override
        public Tensor backward(Tensor dout) {
            float sum = 0;
            for (int i = 0; i < x.length(); i++) {
                sum += dout.data()[i] * x.data()[i];
            }
            factor.gradientToFill().data()[0] = sum;
            return dout.map(v -> v * factor.value().data()[0]);
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(factor);
        }

        @Override
        public int[] outputShape(int... inputShape) {
            return inputShape;
        }
    }

    /** A block around layers of the library, and of a list that grows and shrinks. */
    private static final class MyBlock extends Layer {
        private final Layer[] inner = {new Sigmoid(), new MyRelu()};
        private final List<Tensor> cache = new ArrayList<>();

        @Override
        public Tensor forward(Tensor x) {
            cache.clear();
            cache.add(x.copy());
            Tensor out = inner[1].forward(inner[0].forward(x));
            for (int i = 0; i < out.length(); i++) {
                out.data()[i] += x.data()[i] * x.data()[i];
            }
            return out;
        }

        @Override
        public Tensor backward(Tensor dout) {
            Tensor dx = inner[0].backward(inner[1].backward(dout.copy()));
            for (int i = 0; i < dx.length(); i++) {
                dx.data()[i] += 2 * cache.get(0).data()[i] * dout.data()[i];
            }
            return dx;
        }

        @Override
        public int[] outputShape(int... inputShape) {
            return inputShape;
        }
    }

    private static Network with(Layer... layers) {
        Random random = new Random(5);
        Network.Builder network = Network.builder(4, 6, 6);
        int number = 1;
        for (Layer layer : layers) {
            network.add("L" + number++, layer);
        }
        int flat = Shapes.length(network.shape());
        return network.add("Last", new Affine(random(random, flat, 3), random(random, 3)))
                .build();
    }

    private static Convolution convolution(int groups) {
        Random random = new Random(6);
        Window window = Window.of(3).padding(1);
        return new Convolution(random(random, 4, 4 / groups, 3, 3), random(random, 4), window, groups);
    }

    static List<Network> networks() {
        Window half = Window.of(2).stride(2);
        Tensor four = random(new Random(7), 4);
        return List.of(
                with(convolution(1), new Relu(), new MaxPooling(half)),
                with(convolution(2), new MaxPooling(half), new Relu(), convolution(1)),
                with(convolution(1).use(ConvolutionAlgorithm.naive()), new Relu()),
                with(convolution(2).use(ConvolutionAlgorithm.im2col()), new Relu()),
                with(new MaxPooling(Window.of(3).stride(1)), new Tanh()),
                with(new AveragePooling(half), new Sigmoid()),
                with(new Subsampling(half), new LocalResponseNormalization()),
                with(new TrainedSubsampling(four.copy(), four.copy(), half), new Dropout(0.4)),
                with(new MyRelu(), convolution(1), new MyRelu()),
                with(new MyScale(), convolution(1), new Relu(), new MyScale()),
                with(new MyBlock(), convolution(1), new MyBlock()));
    }

    private static Map<String, Tensor> gradients(Network network) {
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        network.parameters()
                .forEach((name, parameter) ->
                        gradients.put(name, parameter.gradient().copy()));
        return gradients;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void twoPassesMayBeInterleaved(Network network) {
        Random random = new Random(8);
        Tensor a = random(random, 3, 4, 6, 6), b = random(random, 3, 4, 6, 6), c = random(random, 2, 4, 6, 6);
        Tensor dout = random(random, 3, 3);
        Pass alone = network.pass();
        Tensor scores = alone.forwardInTraining(a, 1, 1);
        Tensor dx = alone.backward(dout);
        Map<String, Tensor> gradients = gradients(network);

        Pass one = network.pass(), other = network.pass();
        Tensor mine = a.copy();
        assertSameBits(scores, one.forwardInTraining(mine, 1, 1), "scores");
        Arrays.fill(mine.data(), 99); // what the caller does to its x afterwards changes nothing
        other.forwardInTraining(b, 2, 2);
        network.predict(c);
        network.gradient(b, new int[] {0, 1, 2}, 3, 3);
        network.layers().get("L1").forward(c); // by hand
        assertSameBits(dx, one.backward(dout), "dx");
        gradients.forEach((name, gradient) ->
                assertSameBits(gradient, network.parameter(name).gradient(), "d" + name));
        other.backward(dout);
        assertSameBits(dx, one.backward(dout), "dx again");
    }

    @ParameterizedTest
    @MethodSource("networks")
    void eightThreadsPredictAtOnceAndEachGetsItsOwnBits(Network network) throws Exception {
        Tensor[] inputs = new Tensor[8], expected = new Tensor[8];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = random(new Random(i), 1 + i % 3, 4, 6, 6);
            expected[i] = network.predict(inputs[i]);
        }
        ExecutorService threads = Executors.newFixedThreadPool(inputs.length);
        try {
            List<Future<Integer>> wrong = new ArrayList<>();
            for (int i = 0; i < inputs.length; i++) {
                int own = i;
                wrong.add(threads.submit(() -> {
                    int count = 0;
                    for (int round = 0; round < 200; round++) {
                        count += network.predict(inputs[own]).equals(expected[own]) ? 0 : 1;
                    }
                    return count;
                }));
            }
            for (Future<Integer> each : wrong) {
                assertEquals(0, each.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aLayerOfALearnerIsTheOneThatRuns() {
        MyScale mine = new MyScale();
        Network network = with(mine);
        network.predict(Tensor.filled(2, 1, 4, 6, 6));
        assertEquals(1, mine.forwards);
        assertEquals(2, mine.x.get(0, 0, 0, 0));
        network.gradient(Tensor.filled(3, 1, 4, 6, 6), new int[] {0});
        assertEquals(2, mine.forwards);
        assertEquals(3, mine.x.get(0, 0, 0, 0));
    }

    /** Called by hand, a layer of a network never gives the gradient of an older input. */
    @Test
    void afterAPassThroughTheNetworkABackwardPassByHandNeedsAForwardPassByHand() {
        for (boolean together : new boolean[] {true, false}) {
            Network network =
                    with(convolution(1), new Relu(), new MaxPooling(Window.of(2).stride(2)));
            if (!together) {
                network.use(Plan.layerByLayer(network));
            }
            Tensor a = random(new Random(1), 1, 4, 6, 6), b = random(new Random(2), 1, 4, 6, 6);
            Layer convolution = network.layer("L1");
            convolution.forward(a);
            network.predict(b);
            fails(
                    IllegalStateException.class,
                    "Convolution L1: backward needs a forward pass before it",
                    () -> convolution.backward(a));
            convolution.forward(a);
            convolution.backward(a);
        }
    }

    @Test
    void backwardNeedsAForwardPass() {
        Network network = with(new Relu());
        String message = "this pass has not been forward yet: backward needs a forward pass before it";
        Pass pass = network.pass();
        fails(IllegalStateException.class, message, () -> pass.backward(Tensor.zeros(1, 3)));
        fails(IllegalStateException.class, message, () -> pass.output("L1"));
        pass.forward(Tensor.zeros(1, 4, 6, 6));
        assertTrue(pass.backward(Tensor.zeros(1, 3)).hasShape(1, 4, 6, 6));
    }

    @Test
    void aPassMayEndAtAnyLayerAndShowWhatEachGave() {
        Network network =
                with(convolution(1), new Relu(), new MaxPooling(Window.of(2).stride(2)));
        Tensor x = random(new Random(3), 2, 4, 6, 6);
        Pass whole = network.pass(Plan.layerByLayer(network));
        whole.forward(x);
        for (String layer : network.layers().keySet()) {
            assertSameBits(whole.output(layer), network.passUpTo(layer).forward(x), layer);
        }
        Pass together = network.pass();
        together.forward(x);
        assertSameBits(whole.output("L3"), together.output("L3"), "the end of a step");
        fails(
                IllegalArgumentException.class,
                "this pass has no output of L1 to show: it computes  L1 + L2 + L3 in one go, Last.  Plan.layerByLayer(network) shows every layer",
                () -> together.output("L1"));
    }

    /** As in a language where one would not: the result lies in a field, and is filled again. */
    private static final class MyDoubling extends PassingLayer {
        private Tensor out;

        @Override
        public Tensor forward(Tensor x) {
            out = out == null || !out.hasShape(x.shape()) ? Tensor.zeros(x.shape()) : out;
            for (int i = 0; i < x.length(); i++) {
                out.data()[i] = 2 * x.data()[i];
            }
            return out;
        }
    }

    @Test
    void aLayerOfALearnerMayFillItsOutputAgain() {
        Network network = with(new MyDoubling());
        Tensor a = random(new Random(1), 2, 4, 6, 6), b = random(new Random(2), 2, 4, 6, 6);
        Tensor dout = random(new Random(3), 2, 3);
        Pass alone = network.pass();
        alone.forward(a);
        alone.backward(dout);
        Tensor right = network.parameter("W1").gradient().copy();

        Pass one = network.pass(), other = network.pass();
        one.forward(a);
        other.forward(b);
        assertSameBits(a.map(v -> 2 * v), one.output("L1"), "what the first pass gave");
        one.backward(dout);
        assertSameBits(right, network.parameter("W1").gradient(), "dW of the first pass");
    }

    @Test
    void aLayerOfALearnerGivesWhatItsOutputShapeSays() {
        PassingLayer fewer = new PassingLayer() {
            @Override
            public Tensor forward(Tensor x) {
                return x.rows(0, x.size(0) - 1);
            }

            @Override
            public String toString() {
                return "Fewer";
            }
        };
        String fewerSaid =
                "Fewer: expected forward to return [2, 4, 6, 6], as its outputShape says, but got [1, 4, 6, 6]";
        fails(ShapeException.class, fewerSaid, () -> with(fewer).predict(Tensor.zeros(2, 4, 6, 6)));
        PassingLayer nothing = new PassingLayer() {
            @Override
            public Tensor forward(Tensor x) {
                return null;
            }

            @Override
            public String toString() {
                return "Nothing";
            }
        };
        fails(
                ShapeException.class,
                "Nothing: expected forward to return [1, 4, 6, 6], as its outputShape says, but got nothing",
                () -> with(nothing).predict(Tensor.zeros(1, 4, 6, 6)));
        PassingLayer flat = new PassingLayer() {
            @Override
            public Tensor forward(Tensor x) {
                return x.reshape(x.size(0), -1);
            }
        };
        assertTrue(with(flat).predict(Tensor.zeros(2, 4, 6, 6)).hasShape(2, 3)); // the same values in other axes
    }
}
