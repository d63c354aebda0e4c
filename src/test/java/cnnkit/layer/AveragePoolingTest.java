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
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Geometry;
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

class AveragePoolingTest {

    private static AveragePooling pool1() {
        AveragePooling layer = new AveragePooling(Window.of(2).stride(2));
        layer.join("test", "Pool1");
        return layer;
    }

    @Test
    void theMeanOfEachWindowStays() { // the image of section 7.3
        Tensor x = tensor(shape(1, 1, 4, 4), 1, 2, 1, 0, 0, 1, 2, 3, 3, 0, 1, 2, 2, 4, 0, 1);
        assertEquals(tensor(shape(1, 1, 2, 2), 1, 1.5, 2.25, 1), pool1().forward(x));
    }

    @Test
    void channelsArePooledAlone() {
        Tensor x = tensor(shape(1, 2, 2, 2), 1, 2, 3, 4, 40, 30, 20, 10);
        assertEquals(tensor(shape(1, 2, 1, 1), 2.5, 25), pool1().forward(x));
    }

    @Test
    void everyPixelGetsAnEqualShareOfTheGradient() {
        AveragePooling layer = pool1();
        layer.forward(Tensor.range(1, 1, 2, 4));
        assertEquals(
                tensor(shape(1, 1, 2, 4), 1, 1, 2, 2, 1, 1, 2, 2), layer.backward(tensor(shape(1, 1, 1, 2), 4, 8)));
    }

    @Test
    void paddingDoesNotCountSoAGreyImageStaysAsGreyAtItsEdges() {
        AveragePooling layer = new AveragePooling(Window.of(3).padding(1));
        assertEquals(Tensor.filled(0.5f, 1, 1, 4, 4), layer.forward(Tensor.filled(0.5f, 1, 1, 4, 4)));
    }

    @Test
    void atACornerTheMeanIsOverTheFourPixelsThatAreThere() {
        AveragePooling layer =
                new AveragePooling(Window.of(3).stride(3).padding(1).remainder(Remainder.FLOOR));
        Tensor x = tensor(shape(1, 1, 3, 3), 1, 2, 9, 3, 6, 9, 9, 9, 9);
        assertEquals(tensor(shape(1, 1, 1, 1), 3), layer.forward(x)); // (1 + 2 + 3 + 6) / 4
        assertEquals(
                tensor(shape(1, 1, 3, 3), 2, 2, 0, 2, 2, 0, 0, 0, 0), layer.backward(Tensor.filled(8, 1, 1, 1, 1)));
    }

    @Test
    void aWindowOverTheEdgeTakesTheMeanOfWhatItSees() {
        AveragePooling layer = new AveragePooling(Window.of(1, 2).stride(2).remainder(Remainder.CEIL));
        assertEquals(tensor(shape(1, 1, 1, 2), 1.5, 3), layer.forward(tensor(shape(1, 1, 1, 3), 1, 2, 3)));
    }

    @Test
    void aWindowThatSeesPaddingOnlyGivesZeroAndNoGradient() {
        AveragePooling layer = new AveragePooling(Window.of(1).padding(0, 1));
        assertEquals(tensor(shape(1, 1, 1, 3), 0, 7, 0), layer.forward(tensor(shape(1, 1, 1, 1), 7)));
        assertEquals(tensor(shape(1, 1, 1, 1), 2), layer.backward(tensor(shape(1, 1, 1, 3), 1, 2, 3)));
    }

    /** In single precision the 1 would vanish beside the large values before they cancel. */
    @Test
    void theSumIsTakenInDouble() {
        Tensor x = tensor(shape(1, 1, 2, 2), 1e9, 1, -1e9, 0);
        assertEquals(tensor(shape(1, 1, 1, 1), 0.25), pool1().forward(x));
    }

    @ParameterizedTest
    @ValueSource(strings = {"usual", "overlapping-with-padding", "rectangles-floor", "rectangles-ceil"})
    void numpyGetsTheSameNumbers(String name) throws IOException {
        Map<String, Tensor> file = golden("average-pooling-" + name);
        Tensor kernel = file.get("kernel");
        AveragePooling layer = new AveragePooling(
                ConvolutionTest.window((int) kernel.get(0), (int) kernel.get(1), file.get("geometry")));
        assertClose(file.get("out"), layer.forward(file.get("x")), FORWARD, "out");
        assertClose(file.get("dx"), layer.backward(file.get("dout")), BACKWARD, "dx");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("geometries")
    void plainLoopsGetTheSameNumbers(Geometry g) {
        Random random = new Random(g.seed());
        Tensor x = random(random, g.inputShape());
        AveragePooling layer = new AveragePooling(g.window());
        Tensor out = layer.forward(x);
        Tensor dout = random(random, out.shape());
        Window window = g.window();
        Tensor means = Tensor.zeros(out.shape());
        Tensor dx = Tensor.zeros(x.shape());
        for (int i = 0; i < out.length(); i++) {
            int ox = i % out.size(3), oy = i / out.size(3) % out.size(2), plane = i / out.size(3) / out.size(2);
            double sum = 0;
            int count = 0;
            for (boolean back : new boolean[] {false, true}) { // the count must be known before the way back
                for (int ky = 0; ky < window.kernelHeight(); ky++) {
                    for (int kx = 0; kx < window.kernelWidth(); kx++) {
                        int y = oy * window.strideHeight() + ky - window.paddingHeight();
                        int z = ox * window.strideWidth() + kx - window.paddingWidth();
                        if (y >= 0 && y < g.height() && z >= 0 && z < g.width()) {
                            int at = (plane * g.height() + y) * g.width() + z;
                            if (back) {
                                dx.data()[at] += dout.data()[i] / count;
                            } else {
                                sum += x.data()[at];
                                count++;
                            }
                        }
                    }
                }
            }
            means.data()[i] = count == 0 ? 0 : (float) (sum / count);
        }
        assertClose(means, out, 1e-6, g + ": out");
        assertClose(dx, layer.backward(dout), 1e-6, g + ": dx");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("geometries")
    void theGradientsAreThoseOfSmallSteps(Geometry g) {
        Random random = new Random(g.seed());
        AveragePooling layer = new AveragePooling(g.window());
        Tensor x = random(random, g.ofFewImages().inputShape());
        Gradients.check(layer, x, random(random, layer.forward(x).shape()), g);
    }

    static Stream<Geometry> geometries() {
        return Geometry.some(1000);
    }

    @Test
    void thereIsNothingToLearnAndNothingToMultiply() {
        assertTrue(pool1().parameters().isEmpty());
        assertEquals(0, pool1().multiplyAdds(30, 24, 24));
        assertArrayEquals(shape(30, 12, 12), pool1().outputShape(30, 24, 24));
        assertEquals(Window.of(2).stride(2), pool1().window());
    }

    @Test
    void errorsNameTheLayerAndBothShapes() {
        fails(
                ShapeException.class,
                "AveragePooling Pool1: a 2x2 window with stride 2 does not divide height 7: 1 would be left over. Use height 6 or 8, padding, Remainder.FLOOR or Remainder.CEIL",
                () -> pool1().forward(Tensor.zeros(1, 1, 7, 8)));
        fails(
                ShapeException.class,
                "AveragePooling Pool1: expected input [N, C, H, W] but got [100, 784]",
                () -> pool1().forward(Tensor.zeros(100, 784)));
        AveragePooling layer = pool1();
        layer.forward(Tensor.zeros(2, 3, 4, 6));
        fails(
                ShapeException.class,
                "AveragePooling Pool1: expected dout [2, 3, 2, 3] but got [2, 3, 4, 6]",
                () -> layer.backward(Tensor.zeros(2, 3, 4, 6)));
        fails(
                IllegalStateException.class,
                "AveragePooling Pool1: backward needs a forward pass before it",
                () -> pool1().backward(Tensor.zeros(1, 1, 1, 1)));
    }
}
