package cnnkit.layer;

import static cnnkit.tensor.Check.BACKWARD;
import static cnnkit.tensor.Check.FORWARD;
import static cnnkit.tensor.Check.assertClose;
import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.golden;
import static cnnkit.tensor.Check.random;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Geometry;
import cnnkit.im2col.Im2col;
import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaxPoolingTest {
    private static final float NONE = Float.NEGATIVE_INFINITY;

    private static MaxPooling pool1() {
        MaxPooling layer = new MaxPooling(Window.of(2).stride(2));
        layer.join("test", "Pool1");
        return layer;
    }

    @Test
    void theLargestValueOfEachWindowStays() { // section 7.3
        Tensor x = tensor(shape(1, 1, 4, 4), 1, 2, 1, 0, 0, 1, 2, 3, 3, 0, 1, 2, 2, 4, 0, 1);
        assertEquals(tensor(shape(1, 1, 2, 2), 2, 3, 4, 2), pool1().forward(x));
    }

    @Test
    void channelsArePooledAlone() {
        Tensor x = tensor(shape(1, 2, 2, 2), 1, 2, 3, 4, 40, 30, 20, 10);
        assertEquals(tensor(shape(1, 2, 1, 1), 4, 40), pool1().forward(x));
    }

    @Test
    void theGradientGoesToTheWinner() {
        MaxPooling layer = pool1();
        layer.forward(tensor(shape(1, 1, 2, 4), 1, 2, 8, 7, 4, 3, 5, 6));
        assertEquals(
                tensor(shape(1, 1, 2, 4), 0, 0, 20, 0, 10, 0, 0, 0), layer.backward(tensor(shape(1, 1, 1, 2), 10, 20)));
    }

    @Test
    void ofEqualValuesTheFirstWins() {
        MaxPooling layer = pool1();
        layer.forward(tensor(shape(1, 1, 2, 2), 5, 5, 5, 5));
        assertEquals(tensor(shape(1, 1, 2, 2), 1, 0, 0, 0), layer.backward(Tensor.filled(1, 1, 1, 1, 1)));
    }

    @Test
    void whereWindowsOverlapAWinnerOfBothGetsBothGradients() {
        MaxPooling layer = new MaxPooling(Window.of(1, 2));
        layer.forward(tensor(shape(1, 1, 1, 3), 1, 9, 2));
        assertEquals(tensor(shape(1, 1, 1, 3), 0, 30, 0), layer.backward(tensor(shape(1, 1, 1, 2), 10, 20)));
    }

    @Test
    void paddingNeverWinsEvenOverNegativeValues() {
        MaxPooling layer = new MaxPooling(Window.of(3).padding(1));
        Tensor out = layer.forward(tensor(shape(1, 1, 2, 2), -4, -3, -2, -1));
        assertEquals(Tensor.filled(-1, 1, 1, 2, 2), out);
        assertEquals(tensor(shape(1, 1, 2, 2), 0, 0, 0, 4), layer.backward(Tensor.filled(1, 1, 1, 2, 2)));
    }

    @Test
    void aWindowThatSeesPaddingOnlyGivesMinusInfinityAndNoGradient() {
        MaxPooling layer = new MaxPooling(Window.of(1).padding(0, 1));
        assertEquals(tensor(shape(1, 1, 1, 3), NONE, 7, NONE), layer.forward(tensor(shape(1, 1, 1, 1), 7)));
        assertEquals(tensor(shape(1, 1, 1, 1), 2), layer.backward(tensor(shape(1, 1, 1, 3), 1, 2, 3)));
    }

    @Test
    void minusInfinityIsAValueLikeAnyOther() {
        MaxPooling layer = pool1();
        assertEquals(Tensor.filled(NONE, 1, 1, 1, 1), layer.forward(Tensor.filled(NONE, 1, 1, 2, 2)));
        assertEquals(tensor(shape(1, 1, 2, 2), 1, 0, 0, 0), layer.backward(Tensor.filled(1, 1, 1, 1, 1)));
    }

    @Test
    void aNanDoesNotVanish() {
        for (int at = 0; at < 4; at++) {
            Tensor x = tensor(shape(1, 1, 2, 2), 1, 4, 3, 2);
            x.data()[at] = Float.NaN;
            assertTrue(Float.isNaN(pool1().forward(x).data()[0]), "NaN at " + at);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"usual", "overlapping-with-padding", "rectangles-floor", "rectangles-ceil"})
    void numpyGetsTheSameNumbers(String name) throws IOException {
        Map<String, Tensor> file = golden("pooling-" + name);
        Tensor kernel = file.get("kernel");
        MaxPooling layer =
                new MaxPooling(ConvolutionTest.window((int) kernel.get(0), (int) kernel.get(1), file.get("geometry")));
        assertClose(file.get("out"), layer.forward(file.get("x")), FORWARD, "out");
        assertClose(file.get("dx"), layer.backward(file.get("dout")), BACKWARD, "dx");
    }

    /** The three steps of section 7.4.4: unfold each channel, take the largest value of each row, reshape. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("geometries")
    void unfoldingAndTakingTheMaximumOfEachRowGivesTheSame(Geometry g) {
        Tensor x = random(new Random(g.seed()), g.inputShape());
        Tensor planes = x.reshape(g.batch() * g.channels(), 1, g.height(), g.width());
        Tensor col = Im2col.im2col(planes, g.window(), NONE);
        Tensor out = new MaxPooling(g.window()).forward(x);
        for (int row = 0; row < col.size(0); row++) {
            assertEquals(col.slice(row).max(), out.data()[row], g + ", window " + row);
        }
        assertEquals(col.size(0), out.length());
    }

    static Stream<Geometry> geometries() {
        return Geometry.some(150);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("geometriesOfFewImages")
    void theGradientsAreThoseOfSmallSteps(Geometry g) {
        Window window = g.window();
        window = window.padding( // no windows of padding only: minus infinity has no gradient
                Math.min(window.paddingHeight(), window.kernelHeight() - 1),
                Math.min(window.paddingWidth(), window.kernelWidth() - 1));
        window = window.remainder(Remainder.FLOOR);
        if (g.height() + 2 * window.paddingHeight() < window.kernelHeight()
                || g.width() + 2 * window.paddingWidth() < window.kernelWidth()) {
            window = Window.of(1);
        }
        Random random = new Random(g.seed());
        MaxPooling layer = new MaxPooling(window);
        Tensor x = valuesFarApart(random, g.inputShape());
        Tensor out = layer.forward(x);
        Gradients.check(layer, x, random(random, out.shape()), g + " with " + window);
    }

    static Stream<Geometry> geometriesOfFewImages() {
        return Geometry.some(1000).map(Geometry::ofFewImages);
    }

    /** No two closer than 0.1, so that a small step never changes a winner. */
    private static Tensor valuesFarApart(Random random, int... shape) {
        Tensor x = Tensor.range(shape).map(v -> (v - 50) / 10);
        List<Float> values = new ArrayList<>();
        for (float value : x.data()) {
            values.add(value);
        }
        Collections.shuffle(values, random);
        for (int i = 0; i < x.length(); i++) {
            x.data()[i] = values.get(i);
        }
        return x;
    }

    @Test
    void theInputIsNotChanged() {
        Tensor x = random(new Random(1), 2, 2, 4, 4);
        Tensor before = x.copy();
        pool1().forward(x);
        assertSameBits(before, x, "x");
    }

    @Test
    void thereIsNothingToLearnAndNothingToMultiply() {
        assertTrue(pool1().parameters().isEmpty());
        assertEquals(0, pool1().multiplyAdds(30, 24, 24));
        assertArrayEquals(shape(30, 12, 12), pool1().outputShape(30, 24, 24));
    }

    @Test
    void aWindowThatDoesNotDivideTheInputIsRefusedWithSizesThatFit() {
        fails(
                ShapeException.class,
                "MaxPooling Pool1: a 2x2 window with stride 2 does not divide height 7: 1 would be left over. Use height 6 or 8, padding, Remainder.FLOOR or Remainder.CEIL",
                () -> pool1().forward(Tensor.zeros(1, 1, 7, 8)));
    }

    @Test
    void roundingDownDropsTheLastRowAndRoundingUpKeepsIt() {
        Tensor x = tensor(shape(1, 1, 3, 2), 1, 2, 3, 4, 9, 8);
        Window window = Window.of(2).stride(2);
        assertEquals(tensor(shape(1, 1, 1, 1), 4), new MaxPooling(window.remainder(Remainder.FLOOR)).forward(x));
        assertEquals(tensor(shape(1, 1, 2, 1), 4, 9), new MaxPooling(window.remainder(Remainder.CEIL)).forward(x));
    }

    @Test
    void wrongShapesNameTheLayer() {
        fails(
                ShapeException.class,
                "MaxPooling Pool1: expected input [N, C, H, W] but got [100, 784]",
                () -> pool1().forward(Tensor.zeros(100, 784)));
        fails(
                ShapeException.class,
                "MaxPooling Pool1: expected input [N, C, H, W] but got [0, 1, 4, 4]",
                () -> pool1().forward(Tensor.zeros(0, 1, 4, 4)));
        MaxPooling layer = pool1();
        layer.forward(Tensor.zeros(2, 3, 4, 6));
        fails(
                ShapeException.class,
                "MaxPooling Pool1: expected dout [2, 3, 2, 3] but got [2, 3, 4, 6]",
                () -> layer.backward(Tensor.zeros(2, 3, 4, 6)));
    }

    @Test
    void backwardNeedsAForwardPassBeforeIt() {
        fails(
                IllegalStateException.class,
                "MaxPooling Pool1: backward needs a forward pass before it",
                () -> pool1().backward(Tensor.zeros(1, 1, 1, 1)));
    }

    @Test
    void aNaNWinsAndGetsTheGradient() {
        MaxPooling layer = new MaxPooling(Window.of(2).stride(2));
        Tensor x = tensor(shape(1, 1, 2, 4), 1, Float.NaN, 5, Float.NaN, 2, 3, Float.NaN, 6);
        Tensor out = layer.forward(x);
        assertTrue(Float.isNaN(out.get(0, 0, 0, 0)) && Float.isNaN(out.get(0, 0, 0, 1)));
        Tensor dx = layer.backward(tensor(shape(1, 1, 1, 2), 7, 8));
        assertEquals(tensor(shape(1, 1, 2, 4), 0, 7, 0, 8, 0, 0, 0, 0), dx); // the first NaN of the second window
    }

    @Test
    void aWindowThatIsNullIsRefusedAtOnce() {
        Exception e = assertThrows(NullPointerException.class, () -> new MaxPooling(null));
        assertEquals("MaxPooling: the window is null: give one, such as Window.of(2).stride(2)", e.getMessage());
    }
}
