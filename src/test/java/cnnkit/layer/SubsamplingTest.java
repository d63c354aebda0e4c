package cnnkit.layer;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.golden;
import static cnnkit.tensor.Check.random;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Geometry;
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

class SubsamplingTest {

    private static Subsampling sub1() {
        Subsampling layer = new Subsampling(Window.of(2).stride(2));
        layer.join("test", "Sub1");
        return layer;
    }

    @Test
    void onePixelOfEachWindowStays() { // section 7.7.1
        Tensor x = Tensor.range(1, 1, 4, 4);
        assertEquals(tensor(shape(1, 1, 2, 2), 0, 2, 8, 10), sub1().forward(x));
    }

    @Test
    void theOtherPixelsHaveNoInfluenceAndNoGradient() {
        Subsampling layer = sub1();
        layer.forward(Tensor.range(1, 2, 2, 2));
        assertEquals(
                tensor(shape(1, 2, 2, 2), 3, 0, 0, 0, 5, 0, 0, 0), layer.backward(tensor(shape(1, 2, 1, 1), 3, 5)));
    }

    @Test
    void whereAWindowBeginsInThePaddingItsFirstPixelOfTheImageStays() {
        Subsampling layer = new Subsampling(Window.of(2).padding(1));
        assertEquals(
                tensor(shape(1, 1, 3, 3), 1, 1, 2, 1, 1, 2, 3, 3, 4),
                layer.forward(tensor(shape(1, 1, 2, 2), 1, 2, 3, 4)));
        assertEquals(tensor(shape(1, 1, 2, 2), 4, 2, 2, 1), layer.backward(Tensor.filled(1, 1, 1, 3, 3)));
    }

    @Test
    void aWindowThatSeesPaddingOnlyGivesZeroAndNoGradient() {
        Subsampling layer = new Subsampling(Window.of(1).padding(0, 1));
        assertEquals(tensor(shape(1, 1, 1, 3), 0, 7, 0), layer.forward(tensor(shape(1, 1, 1, 1), 7)));
        assertEquals(tensor(shape(1, 1, 1, 1), 2), layer.backward(tensor(shape(1, 1, 1, 3), 1, 2, 3)));
    }

    @Test
    void numpyGetsTheSameNumbers() throws IOException {
        Map<String, Tensor> file = golden("subsampling");
        Subsampling layer = sub1();
        assertSameBits(file.get("out"), layer.forward(file.get("x")), "out");
        assertSameBits(file.get("dx"), layer.backward(file.get("dout")), "dx");
    }

    /** Searches each window for its first pixel instead of working out where it is. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("geometries")
    void plainLoopsKeepTheSamePixels(Geometry g) {
        Tensor x = random(new Random(g.seed()), g.inputShape());
        Tensor out = new Subsampling(g.window()).forward(x);
        Window window = g.window();
        for (int i = 0; i < out.length(); i++) {
            int ox = i % out.size(3), oy = i / out.size(3) % out.size(2), plane = i / out.size(3) / out.size(2);
            float first = 0;
            for (int k = window.kernelHeight() * window.kernelWidth() - 1; k >= 0; k--) { // the first is met last
                int y = oy * window.strideHeight() + k / window.kernelWidth() - window.paddingHeight();
                int z = ox * window.strideWidth() + k % window.kernelWidth() - window.paddingWidth();
                boolean inside = y >= 0 && y < g.height() && z >= 0 && z < g.width();
                first = inside ? x.data()[(plane * g.height() + y) * g.width() + z] : first;
            }
            assertEquals(first, out.data()[i], g + ": output " + i);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("geometries")
    void theGradientsAreThoseOfSmallSteps(Geometry g) {
        Random random = new Random(g.seed());
        Subsampling layer = new Subsampling(g.window());
        Tensor x = random(random, g.ofFewImages().inputShape());
        Gradients.check(layer, x, random(random, layer.forward(x).shape()), g);
    }

    static Stream<Geometry> geometries() {
        return Geometry.some(1000);
    }

    @Test
    void thereIsNothingToLearnAndNothingToMultiply() {
        assertTrue(sub1().parameters().isEmpty());
        assertEquals(0, sub1().multiplyAdds(6, 28, 28));
        assertArrayEquals(shape(6, 14, 14), sub1().outputShape(6, 28, 28));
        assertEquals(Window.of(2).stride(2), sub1().window());
    }

    @Test
    void errorsNameTheLayerAndBothShapes() {
        fails(
                ShapeException.class,
                "Subsampling Sub1: expected input [N, C, H, W] but got [100, 784]",
                () -> sub1().forward(Tensor.zeros(100, 784)));
        fails(
                ShapeException.class,
                "Subsampling Sub1: a 2x2 window with stride 2 does not divide width 7: 1 would be left over. Use width 6 or 8, padding, Remainder.FLOOR or Remainder.CEIL",
                () -> sub1().forward(Tensor.zeros(1, 1, 8, 7)));
        Subsampling layer = sub1();
        layer.forward(Tensor.zeros(2, 3, 4, 6));
        fails(
                ShapeException.class,
                "Subsampling Sub1: expected dout [2, 3, 2, 3] but got [2, 3, 4, 6]",
                () -> layer.backward(Tensor.zeros(2, 3, 4, 6)));
        fails(
                IllegalStateException.class,
                "Subsampling Sub1: backward needs a forward pass before it",
                () -> sub1().backward(Tensor.zeros(1, 1, 1, 1)));
    }
}
