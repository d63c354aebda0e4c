package cnnkit.layer;

import static cnnkit.tensor.Check.BACKWARD;
import static cnnkit.tensor.Check.FORWARD;
import static cnnkit.tensor.Check.assertClose;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.golden;
import static cnnkit.tensor.Check.random;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import cnnkit.im2col.Geometry;
import cnnkit.im2col.Im2col;
import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionTest {

    private static Convolution conv1() {
        Convolution layer = new Convolution(Tensor.zeros(2, 3, 5, 5), Tensor.zeros(2), Window.of(5));
        layer.join("test", "Conv1");
        return layer;
    }

    @Test
    void theWindowMultipliesElementByElementAndAddsUp() { // section 7.2.2: (4,4) and (3,3) give (2,2), plus a bias of 3
        Tensor x = tensor(shape(1, 1, 4, 4), 1, 2, 3, 0, 0, 1, 2, 3, 3, 0, 1, 2, 2, 3, 0, 1);
        Tensor W = tensor(shape(1, 1, 3, 3), 2, 0, 1, 0, 1, 2, 1, 0, 2);
        Convolution layer = new Convolution(W, tensor(shape(1), 3), Window.of(3));
        assertEquals(tensor(shape(1, 1, 2, 2), 18, 19, 9, 18), layer.forward(x));
    }

    @Test
    void aFilterIsNotTurnedRound() {
        Tensor x = tensor(shape(1, 1, 1, 3), 0, 1, 0);
        Convolution layer = new Convolution(tensor(shape(1, 1, 1, 2), 10, 20), Tensor.zeros(1), Window.of(1, 2));
        assertEquals(tensor(shape(1, 1, 1, 2), 20, 10), layer.forward(x)); // mathematicians would get 10, 20
    }

    @Test
    void channelsAreFilteredApartAndTheResultsAdded() { // section 7.2.5
        Tensor x = tensor(shape(1, 2, 1, 2), 1, 2, 10, 20);
        Convolution layer = new Convolution(tensor(shape(1, 2, 1, 1), 3, 5), Tensor.zeros(1), Window.of(1));
        assertEquals(tensor(shape(1, 1, 1, 2), 53, 106), layer.forward(x));
    }

    @Test
    void everyFilterGivesAMapAndHasABiasOfItsOwn() { // section 7.2.6
        Tensor x = tensor(shape(2, 1, 1, 2), 1, 2, 3, 4);
        Convolution layer = new Convolution(tensor(shape(2, 1, 1, 1), 1, 10), tensor(shape(2), 0, 5), Window.of(1));
        assertEquals(tensor(shape(2, 2, 1, 2), 1, 2, 15, 25, 3, 4, 35, 45), layer.forward(x));
    }

    @Test
    void aBatchGivesTheNumbersOfItsImagesOneByOne() { // section 7.2.7
        Random random = new Random(2);
        Tensor x = random(random, 7, 3, 8, 9);
        Window window = Window.of(3, 2).padding(1);
        Convolution layer = new Convolution(random(random, 4, 3, 3, 2), random(random, 4), window);
        Tensor together = layer.forward(x);
        for (int n = 0; n < 7; n++) {
            assertEquals(layer.forward(x.rows(n, n + 1)), together.rows(n, n + 1), "image " + n);
        }
    }

    /** With as many filters as a window has pixels, a forgotten transposition of the filters shows in no shape. */
    @Test
    void asManyFiltersAsPixelsAreNotTakenForEachOther() {
        Tensor W = Tensor.zeros(4, 1, 2, 2);
        for (int f = 0; f < 4; f++) {
            W.data()[4 * f + (f + 1) % 4] = 1; // filter f picks the pixel after its own number
        }
        Convolution layer = new Convolution(W, Tensor.zeros(4), Window.of(2));
        assertEquals(
                tensor(shape(1, 4, 1, 1), 20, 30, 40, 10), layer.forward(tensor(shape(1, 1, 2, 2), 10, 20, 30, 40)));
    }

    @Test
    void theGradientsOfASmallConvolutionByHand() {
        // out0 = 1*w0 + 2*w1 + b, out1 = 2*w0 + 3*w1 + b with w = (10, 100)
        Tensor x = tensor(shape(1, 1, 1, 3), 1, 2, 3);
        Convolution layer = new Convolution(tensor(shape(1, 1, 1, 2), 10, 100), Tensor.zeros(1), Window.of(1, 2));
        layer.forward(x);
        Tensor dx = layer.backward(tensor(shape(1, 1, 1, 2), 1, 2));
        assertEquals(
                tensor(shape(1, 1, 1, 2), 1 * 1 + 2 * 2, 2 * 1 + 3 * 2),
                layer.W().gradient());
        assertEquals(tensor(shape(1), 3), layer.b().gradient());
        assertEquals(tensor(shape(1, 1, 1, 3), 10, 100 + 20, 200), dx); // the middle pixel went into both outputs
    }

    @ParameterizedTest
    @ValueSource(strings = {"stride-and-padding", "rectangles", "floor", "ceil", "padding-wider-than-kernel"})
    void numpyGetsTheSameNumbers(String name) throws IOException {
        Map<String, Tensor> file = golden("convolution-" + name);
        Tensor W = file.get("W");
        Convolution layer = new Convolution(W, file.get("b"), window(W.size(2), W.size(3), file.get("geometry")));
        for (ConvolutionAlgorithm algorithm :
                new ConvolutionAlgorithm[] {ConvolutionAlgorithm.im2col(), ConvolutionAlgorithm.naive()}) {
            layer.use(algorithm);
            assertClose(file.get("out"), layer.forward(file.get("x")), FORWARD, "out");
            assertClose(file.get("dx"), layer.backward(file.get("dout")), BACKWARD, "dx");
            assertClose(file.get("dW"), layer.W().gradient(), BACKWARD, "dW");
            assertClose(file.get("db"), layer.b().gradient(), BACKWARD, "db");
        }
    }

    static Window window(int kernelHeight, int kernelWidth, Tensor geometry) {
        return Window.of(kernelHeight, kernelWidth)
                .stride((int) geometry.get(0), (int) geometry.get(1))
                .padding((int) geometry.get(2), (int) geometry.get(3))
                .remainder(Remainder.values()[(int) geometry.get(4)]);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("geometries")
    void theGradientsAreThoseOfSmallSteps(Geometry g) {
        Random random = new Random(g.seed());
        int groups = 1 + random.nextInt(3); // each with the channels and filters of the geometry
        Tensor W = random(
                random,
                groups * g.filters(),
                g.channels(),
                g.window().kernelHeight(),
                g.window().kernelWidth());
        Convolution layer = new Convolution(W, random(random, groups * g.filters()), g.window(), groups);
        Tensor x = random(random, g.batch(), groups * g.channels(), g.height(), g.width());
        Gradients.check(layer, x, random(random, layer.forward(x).shape()), g + " in " + groups + " groups");
    }

    static Stream<Geometry> geometries() {
        return Geometry.some(1000).map(Geometry::ofFewImages);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("moreGeometries")
    void dxIsDoutTimesTheFiltersFoldedBack(Geometry g) { // dx = col2im(dout W), as the book takes it
        Random random = new Random(g.seed());
        Tensor W = random(random, g.filterShape());
        Tensor dout = random(random, g.outputShape());
        Convolution layer = new Convolution(W, Tensor.zeros(g.filters()), g.window());
        layer.forward(random(random, g.inputShape()));
        Tensor rows = dout.transpose(0, 2, 3, 1).reshape(-1, g.filters()); // (N*OH*OW, FN)
        Tensor dcol = rows.dot(W.reshape(g.filters(), -1)); // (N*OH*OW, C*FH*FW)
        assertClose(Im2col.col2im(dcol, g.inputShape(), g.window()), layer.backward(dout), 1e-5, g);
    }

    static Stream<Geometry> moreGeometries() {
        return Geometry.some(100);
    }

    @Test
    void aSecondBackwardPassOverwritesTheGradients() {
        Random random = new Random(8);
        Convolution layer = new Convolution(random(random, 2, 1, 2, 2), random(random, 2), Window.of(2));
        Tensor x = random(random, 3, 1, 4, 4), dout = random(random, 3, 2, 3, 3);
        layer.forward(x);
        layer.backward(dout);
        Tensor dW = layer.W().gradient().copy(), db = layer.b().gradient().copy();
        layer.forward(x);
        layer.backward(dout);
        assertEquals(dW, layer.W().gradient());
        assertEquals(db, layer.b().gradient());
        layer.backward(dout); // of the same forward pass
        assertEquals(dW, layer.W().gradient());
    }

    @Test
    void gradientsTakeNoMemoryBeforeTheFirstBackwardPass() {
        Convolution layer = conv1();
        layer.forward(Tensor.zeros(1, 3, 5, 5));
        fails(
                IllegalStateException.class,
                "parameter W has no gradient before the first backward pass",
                () -> layer.W().gradient());
    }

    @Test
    void theParametersAreTheTensorsThatWereGiven() {
        Tensor W = Tensor.zeros(2, 3, 5, 5), b = Tensor.zeros(2);
        Convolution layer = new Convolution(W, b, Window.of(5));
        assertSame(W, layer.W().value());
        assertSame(b, layer.b().value());
        assertEquals("W", layer.parameters().get(0).name());
        assertEquals("b", layer.parameters().get(1).name());
        assertEquals(2, layer.parameters().size());
    }

    @Test
    void theLedgerOfTheFirstLayerOfTheBook() {
        Convolution layer = new Convolution(Tensor.zeros(30, 1, 5, 5), Tensor.zeros(30), Window.of(5));
        assertArrayEquals(shape(30, 24, 24), layer.outputShape(1, 28, 28));
        assertEquals(432_000, layer.multiplyAdds(1, 28, 28)); // 30*24*24 outputs, 25 multiply-adds each
    }

    @Test
    void anInputWithOtherChannelsIsRefused() { // section 7.2.5
        fails(
                ShapeException.class,
                "Convolution Conv1: expected input [N, 3, H, W] but got [100, 1, 28, 28]",
                () -> conv1().forward(Tensor.zeros(100, 1, 28, 28)));
        fails(
                ShapeException.class,
                "Convolution Conv1: expected input [N, 3, H, W] but got [N, 1, 28, 28]",
                () -> conv1().outputShape(1, 28, 28));
        fails(
                ShapeException.class,
                "Convolution Conv1: expected input [N, 3, H, W] but got [3, 28, 28]",
                () -> conv1().forward(Tensor.zeros(3, 28, 28)));
    }

    @Test
    void anEmptyBatchIsRefused() {
        fails(
                ShapeException.class,
                "Convolution Conv1: expected input [N, 3, H, W] but got [0, 3, 28, 28]",
                () -> conv1().forward(Tensor.zeros(0, 3, 28, 28)));
    }

    @Test
    void aWindowThatDoesNotFitNamesTheLayer() {
        fails(
                ShapeException.class,
                "Convolution Conv1: a 5x5 window with stride 1 does not fit into width 4: it needs at least 5",
                () -> conv1().forward(Tensor.zeros(1, 3, 28, 4)));
        Convolution strided = new Convolution(
                Tensor.zeros(2, 3, 5, 5), Tensor.zeros(2), Window.of(5).stride(2));
        strided.join("test", "Conv2");
        fails(
                ShapeException.class,
                "Convolution Conv2: a 5x5 window with stride 2 does not divide height 28: 1 would be left over. Use height 27 or 29, padding, Remainder.FLOOR or Remainder.CEIL",
                () -> strided.forward(Tensor.zeros(1, 3, 28, 27)));
    }

    @Test
    void filtersBiasAndWindowMustBelongTogether() {
        fails(
                ShapeException.class,
                "Convolution: expected filters W [FN, C, 3, 5] but got [2, 1, 5, 3]",
                () -> new Convolution(Tensor.zeros(2, 1, 5, 3), Tensor.zeros(2), Window.of(3, 5)));
        fails(
                ShapeException.class,
                "Convolution: expected bias b [2] but got [3]",
                () -> new Convolution(Tensor.zeros(2, 1, 5, 5), Tensor.zeros(3), Window.of(5)));
    }

    @Test
    void doutMustBeShapedLikeTheOutput() {
        Convolution layer = conv1();
        layer.forward(Tensor.zeros(4, 3, 7, 8));
        fails(
                ShapeException.class,
                "Convolution Conv1: expected dout [4, 2, 3, 4] but got [4, 2, 4, 3]",
                () -> layer.backward(Tensor.zeros(4, 2, 4, 3)));
    }

    @Test
    void backwardNeedsAForwardPassBeforeIt() {
        String message = "Convolution Conv1: backward needs a forward pass before it";
        fails(IllegalStateException.class, message, () -> conv1().backward(Tensor.zeros(1, 2, 1, 1)));
        Convolution switched = conv1();
        switched.forward(Tensor.zeros(1, 3, 5, 5));
        switched.use(ConvolutionAlgorithm.im2col()); // has not seen the forward pass
        fails(IllegalStateException.class, message, () -> switched.backward(Tensor.zeros(1, 2, 1, 1)));
    }
}
