package cnnkit.inspect;

import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.Dropout;
import cnnkit.layer.Layer;
import cnnkit.layer.LocalResponseNormalization;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Relu;
import cnnkit.layer.Sigmoid;
import cnnkit.layer.Subsampling;
import cnnkit.layer.TrainedSubsampling;
import cnnkit.network.Activation;
import cnnkit.network.AlexNet;
import cnnkit.network.DeepConvNet;
import cnnkit.network.LeNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceptiveFieldTest {
    private static final String NOT_KNOWN =
            "ReceptiveField: it is not known how %s looks at its input, %s: it does not say so (a layer of your own may, by sees), and no window fits what it does";

    /** Two convolutions and a pooling, twice, as in the network of chapter 8 of the book. */
    private static Network twoBlocks() {
        Random random = new Random(1);
        Window same = Window.of(3).padding(1), half = Window.of(2).stride(2);
        return HandMade.of(
                shape(1, 16, 16),
                "Conv1",
                HandMade.convolution(random, 2, 1, same),
                "Relu1",
                new Relu(),
                "Conv2",
                HandMade.convolution(random, 3, 2, same),
                "Relu2",
                new Relu(),
                "Pool1",
                HandMade.pooling(half),
                "Conv3",
                HandMade.convolution(random, 2, 3, same),
                "Relu3",
                new Relu(),
                "Conv4",
                HandMade.convolution(random, 2, 2, same),
                "Pool2",
                HandMade.pooling(half));
    }

    private static void assertAgree(Network network, String layer, int row, int column, Object context) {
        assertEquals(
                picture(ReceptiveField.byGradient(network, layer, row, column)),
                picture(ReceptiveField.of(network, layer).pixels(row, column)),
                () -> context + ", unit (" + row + ", " + column + ") of " + layer);
    }

    private static String picture(boolean[][] pixels) {
        StringBuilder picture = new StringBuilder();
        for (boolean[] row : pixels) {
            for (boolean pixel : row) {
                picture.append(pixel ? '#' : '.');
            }
            picture.append('\n');
        }
        return picture.toString();
    }

    @Test
    void theFieldGrowsLayerByLayer() {
        var fields = ReceptiveField.of(twoBlocks());
        assertEquals(
                List.of(3, 3, 5, 5, 6, 10, 10, 14, 16, 28), // the last sees 4 units of 16 pixels, 4 apart
                fields.values().stream().map(ReceptiveField::height).toList());
        assertEquals(
                List.of(1, 1, 1, 1, 2, 2, 2, 2, 4, 4),
                fields.values().stream().map(ReceptiveField::stepDown).toList());
        assertEquals(
                "a unit of Pool1 sees 6 x 6 pixels; the next one lies 2 further",
                fields.get("Pool1").toString());
    }

    @Test
    void theNetworkOfTheChapter() {
        var fields = ReceptiveField.of(SimpleConvNet.create(1));
        assertEquals(new Region(23, 0, 5, 5), fields.get("Relu1").region(23, 0));
        assertEquals(new Region(22, 2, 6, 6), fields.get("Pool1").region(11, 1));
        assertEquals(new Region(0, 0, 28, 28), fields.get("Affine1").region(0, 0));
        assertEquals(new Region(0, 0, 28, 28), fields.get("Affine2").region(0, 0));
    }

    @Test
    void paddingLiesOutsideTheImage() {
        ReceptiveField field = ReceptiveField.of(twoBlocks(), "Conv2");
        assertEquals(new Region(-2, 3, 5, 5), field.region(0, 5));
        assertEquals(new Region(0, 3, 3, 5), field.region(0, 5).inside(16, 16));
        assertEquals(new Region(5, 8, 5, 5), field.around(7, 10));
    }

    @Test
    void arithmeticAndGradientAgreeOnEveryLayer() {
        Network network = twoBlocks();
        network.layers().keySet().forEach(layer -> {
            int[] shape = PartialNetwork.upTo(network, layer).outputShape();
            int rows = shape.length == 3 ? shape[1] : 1;
            for (int unit : new int[] {0, rows / 2, rows - 1}) {
                assertAgree(network, layer, unit, rows - 1 - unit, "two blocks");
            }
        });
    }

    @Test
    void aStrideLargerThanTheKernelLeavesGaps() {
        Network network = HandMade.of(
                shape(1, 7, 7),
                "Conv1",
                HandMade.convolution(new Random(1), 2, 1, Window.of(1).stride(2)),
                "Conv2",
                HandMade.convolution(new Random(1), 1, 2, Window.of(2)));
        String seen = ".......\n.......\n..#.#..\n.......\n..#.#..\n.......\n.......\n";
        assertEquals(seen, picture(ReceptiveField.of(network, "Conv2").pixels(1, 1)));
        assertEquals(seen, picture(ReceptiveField.byGradient(network, "Conv2", 1, 1)));
        assertEquals(new Region(2, 2, 3, 3), ReceptiveField.of(network, "Conv2").region(1, 1));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void arithmeticAndGradientAgreeOnRandomNetworks(long seed) {
        Random random = new Random(seed);
        int channels = 1 + random.nextInt(2);
        int[] input = shape(channels, 9 + random.nextInt(5), 9 + random.nextInt(5));
        List<Object> layers = new ArrayList<>();
        int[] shape = input;
        for (int depth = 1; depth <= 4; depth++) {
            int kernelHeight = 1 + random.nextInt(3), kernelWidth = 1 + random.nextInt(3);
            Window window = Window.of(kernelHeight, kernelWidth)
                    .stride(1 + random.nextInt(3), 1 + random.nextInt(2))
                    .padding(random.nextInt(kernelHeight), random.nextInt(kernelWidth))
                    .remainder(random.nextBoolean() ? Remainder.FLOOR : Remainder.CEIL);
            Layer layer = random.nextInt(3) == 0
                    ? HandMade.pooling(window)
                    : HandMade.convolution(random, 1 + random.nextInt(2), shape[0], window);
            try {
                shape = layer.outputShape(shape);
            } catch (ShapeException e) {
                break; // the maps have become too small
            }
            layers.addAll(List.of("Layer" + depth, layer, "Relu" + depth, new Relu()));
        }
        Network network = HandMade.of(input, layers.toArray());
        String top = (String) layers.get(layers.size() - 2);
        for (int i = 0; i < 3; i++) {
            assertAgree(network, top, random.nextInt(shape[1]), random.nextInt(shape[2]), network.summary());
        }
        assertAgree(network, "Last", 0, 0, network.summary());
    }

    /** Each after a convolution with padding, as in LeNet; a sigmoid hides no pixel, as long as it is not saturated. */
    @Test
    void arithmeticAndGradientAgreeForEveryWayOfPooling() {
        Window half = Window.of(2).stride(2);
        Tensor one = Tensor.filled(1, 3), zero = Tensor.zeros(3);
        List<Layer> ways = List.of(
                new AveragePooling(Window.of(3).padding(1)),
                new AveragePooling(half),
                new TrainedSubsampling(one, zero, half),
                new Subsampling(half),
                HandMade.pooling(half));
        for (Layer way : ways) {
            Random random = new Random(1);
            Network network = HandMade.of(
                    shape(1, 12, 12),
                    "Conv1",
                    HandMade.convolution(random, 3, 1, Window.of(5).padding(2)),
                    "Sigmoid1",
                    new Sigmoid(),
                    "Pool1",
                    way,
                    "Norm1",
                    new LocalResponseNormalization(),
                    "Conv2",
                    HandMade.convolution(random, 2, 3, Window.of(3)),
                    "Dropout1",
                    new Dropout(0.5));
            assertAgree(network, "Pool1", 2, 1, way);
            assertAgree(network, "Dropout1", 1, 0, way);
        }
    }

    @Test
    void arithmeticAndGradientAgreeForTheNetworksOfTheChapter() {
        assertAgree(LeNet.create(1), "Conv2", 4, 9, "LeNet");
        assertAgree(LeNet.create(1), "Pool2", 0, 4, "LeNet");
        Network maximum = LeNet.builder()
                .activation(Activation.RELU)
                .pooling(LeNet.Pooling.MAXIMUM)
                .build(1);
        assertAgree(maximum, "Pool2", 0, 4, "LeNet with maximum");
        assertAgree(DeepConvNet.create(1), "Pool3", 0, 3, "DeepConvNet");
        assertAgree(AlexNet.small().build(1), "Pool3", 1, 0, "small AlexNet");
    }

    @Test
    void theFieldsOfAlexNetAreThoseThatAreKnown() {
        Network small = AlexNet.builder().input(3, 67, 67).build(1); // the size of the image does not matter
        var fields = ReceptiveField.of(small);
        int[] known = {11, 19, 51, 67, 99, 131, 163, 195};
        String[] layers = {"Conv1", "Pool1", "Conv2", "Pool2", "Conv3", "Conv4", "Conv5", "Pool3"};
        for (int i = 0; i < known.length; i++) {
            assertEquals(known[i], fields.get(layers[i]).height(), layers[i]);
            assertEquals(known[i], fields.get(layers[i]).width(), layers[i]);
        }
        assertEquals(32, fields.get("Pool3").stepDown());
    }

    @Test
    void subsamplingSeesOnePixelOfEachWindow() {
        Network network = HandMade.of(
                shape(1, 6, 6), "Thin1", new Subsampling(Window.of(2).stride(2)));
        assertEquals(new Region(2, 4, 1, 1), ReceptiveField.of(network, "Thin1").region(1, 2));
        Network padded = HandMade.of(
                shape(1, 6, 6), "Thin1", new Subsampling(Window.of(2).stride(2).padding(1)));
        fails( // the first row and column see padding, so another pixel is the first one there
                IllegalArgumentException.class,
                NOT_KNOWN.formatted("Subsampling Thin1", "[1, 6, 6]"),
                () -> ReceptiveField.of(padded, "Thin1"));
    }

    @Test
    void theParametersAreTheSameAfterwards() {
        Network network = twoBlocks();
        String before = HandMade.bits(network);
        ReceptiveField.byGradient(network, "Pool2", 1, 1);
        assertEquals(before, HandMade.bits(network));
    }

    @Test
    void anInterruptStopsItAndPutsTheParametersBack() {
        Network network = HandMade.of(
                shape(1, 16, 16),
                "Stopper",
                new HandMade.Stopper(2),
                "Conv1",
                HandMade.convolution(new Random(1), 2, 1, Window.of(3)));
        String before = HandMade.bits(network);
        fails(
                InterruptedWorkException.class,
                "receptive field stopped after 128 of 256 pixels",
                () -> ReceptiveField.byGradient(network, "Conv1", 0, 0));
        assertFalse(Thread.interrupted());
        assertEquals(before, HandMade.bits(network));
    }

    @Test
    void whatCannotBeToldIsRefused() {
        Network network = twoBlocks();
        ReceptiveField field = ReceptiveField.of(network, "Pool2");
        fails(
                IndexOutOfBoundsException.class,
                "ReceptiveField: unit (4, 0) is outside the 4 x 4 units of Pool2",
                () -> field.region(4, 0));
        fails(
                IndexOutOfBoundsException.class,
                "ReceptiveField: unit (1, 0) is outside the 1 x 1 units of Last",
                () -> ReceptiveField.byGradient(network, "Last", 1, 0));
        Network flat = Network.builder(4)
                .add("Affine1", new Affine(Tensor.zeros(4, 2), Tensor.zeros(2)))
                .build();
        fails(
                ShapeException.class,
                "ReceptiveField: expected a network for images [C, H, W] but its input is [4]",
                () -> ReceptiveField.of(flat, "Affine1"));
        class Halver extends Layer {
            @Override
            public Tensor forward(Tensor x) { // rows 0 and 1, the other way round
                Tensor out = Tensor.zeros(x.size(0), x.size(1), x.size(2) / 2, x.size(3));
                for (int i = 0; i < out.length(); i++) {
                    int W = x.size(3), row = i / W % 2;
                    out.data()[i] = x.get(i / (2 * W) / x.size(1), i / (2 * W) % x.size(1), 1 - row, i % W);
                }
                return out;
            }

            @Override
            public Tensor backward(Tensor dout) {
                return dout;
            }

            @Override
            public int[] outputShape(int... inputShape) {
                return shape(inputShape[0], inputShape[1] / 2, inputShape[2]);
            }
        }
        Network unknown = HandMade.of(shape(1, 4, 4), "Half", new Halver());
        fails(
                IllegalArgumentException.class,
                NOT_KNOWN.formatted("Halver Half", "[1, 4, 4]"),
                () -> ReceptiveField.of(unknown, "Half"));
    }

    /** A layer that a learner might write: it says nothing about how it looks at its input. */
    private static final class Blur extends Layer {
        private final Layer mean = new AveragePooling(Window.of(3).padding(1));

        @Override
        public Tensor forward(Tensor x) {
            return mean.forward(x);
        }

        @Override
        public Tensor backward(Tensor dout) {
            return mean.backward(dout);
        }

        @Override
        public int[] outputShape(int... inputShape) {
            return inputShape;
        }
    }

    @Test
    void aLayerThatDoesNotSayHowItLooksIsTriedOut() {
        Network network = HandMade.of(shape(2, 9, 8), "Blur1", new Blur(), "Blur2", new Blur());
        ReceptiveField one = ReceptiveField.of(network, "Blur1"), two = ReceptiveField.of(network, "Blur2");
        assertArrayEquals(shape(3, 3, 1), shape(one.height(), one.width(), one.stepDown()));
        assertArrayEquals(shape(5, 5, 1), shape(two.height(), two.width(), two.stepDown()));
        assertEquals(new Region(-1, -1, 3, 3), one.region(0, 0));
        Network pooled = HandMade.of(
                shape(1, 9, 9), "Pool1", new Silent(new MaxPooling(Window.of(3).stride(2))));
        assertEquals(new Region(2, 4, 3, 3), ReceptiveField.of(pooled, "Pool1").region(1, 2));
        Network bent = HandMade.of(shape(1, 5, 5), "Bend1", new Silent(new Relu()));
        assertEquals(new Region(1, 2, 1, 1), ReceptiveField.of(bent, "Bend1").region(1, 2));
    }

    /** Does what another layer does and says nothing about it. */
    private static final class Silent extends Layer {
        private final Layer other;

        private Silent(Layer other) {
            this.other = other;
        }

        @Override
        public Tensor forward(Tensor x) {
            return other.forward(x);
        }

        @Override
        public Tensor backward(Tensor dout) {
            return other.backward(dout);
        }

        @Override
        public int[] outputShape(int... inputShape) {
            return other.outputShape(inputShape);
        }
    }

    @Test
    void aChainOfTwoStridesByHand() {
        Network network = HandMade.of(
                shape(1, 11, 11),
                "Conv1",
                HandMade.convolution(new Random(1), 1, 1, Window.of(3).stride(2)),
                "Conv2",
                HandMade.convolution(new Random(1), 1, 1, Window.of(3).stride(2)));
        ReceptiveField field = ReceptiveField.of(network, "Conv2");
        assertArrayEquals(shape(7, 7, 4, 4), shape(field.height(), field.width(), field.stepDown(), field.stepRight()));
        assertEquals("Conv2", field.layer());
        boolean[] row = field.pixels(1, 0)[4];
        assertEquals("[true, true, true, true, true, true, true, false, false, false, false]", Arrays.toString(row));
    }
}
