package cnnkit.plot.lesson;

import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.layer.Convolution;
import cnnkit.plot.Pixels;
import cnnkit.plot.card.Grid;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sums by hand: which products they have, that the library gets the same, and what the figure shows of them. */
class GradientByHandTest {
    private static final Tensor X = tensor(shape(3, 3), 1, 2, 0, 3, 1, 2, 0, 4, 1);
    private static final Tensor W = tensor(shape(2, 2), 2, 1, -1, 3);
    private static final Tensor DOUT = tensor(shape(2, 2), 1, 2, -1, 3);

    @Test
    void aWeightMeetsOnePixelForEachOutput() {
        GradientByHand sum = GradientByHand.weight(X, DOUT, 0, 1);
        assertEquals(
                List.of("x[0][1]·dout[0][0]", "x[0][2]·dout[0][1]", "x[1][1]·dout[1][0]", "x[1][2]·dout[1][1]"),
                sum.symbols());
        assertEquals(List.of("2·1", "0·2", "1·(−1)", "2·3"), sum.numbers());
        assertTrue(sum.alt().endsWith("= 7"), sum.alt());
    }

    @Test
    void thePixelInTheMiddleMeetsEveryWeightAndTheCornerOne() {
        assertEquals(
                List.of("W[1][1]·dout[0][0]", "W[1][0]·dout[0][1]", "W[0][1]·dout[1][0]", "W[0][0]·dout[1][1]"),
                GradientByHand.pixel(W, DOUT, 1, 1).symbols());
        assertEquals(
                List.of("W[1][1]·dout[1][1]"),
                GradientByHand.pixel(W, DOUT, 2, 2).symbols());
    }

    @Test
    void theSumsAreThoseOfTheLibrary() {
        Convolution layer = new Convolution(W.reshape(1, 1, 2, 2), tensor(shape(1), 5), Window.of(2));
        Tensor out = layer.forward(X.reshape(1, 1, 3, 3));
        Tensor dx = layer.backward(DOUT.reshape(1, 1, 2, 2));
        for (int i = 0; i < 4; i++) {
            endsWith(GradientByHand.output(X, W, 5, i / 2, i % 2), out.data()[i]);
            endsWith(
                    GradientByHand.weight(X, DOUT, i / 2, i % 2),
                    layer.W().gradient().data()[i]);
        }
        for (int i = 0; i < 9; i++) {
            endsWith(GradientByHand.pixel(W, DOUT, i / 3, i % 3), dx.data()[i]);
        }
        endsWith(GradientByHand.bias(DOUT), layer.b().gradient().data()[0]);
    }

    private static void endsWith(GradientByHand sum, float value) {
        assertTrue(sum.alt().endsWith(" = " + String.valueOf((int) value).replace('-', '−')), sum.alt());
    }

    @Test
    void theBiasIsWhereASumBegins() {
        assertEquals(
                "out[0][0] = b + x[0][0]·W[0][0] + x[0][1]·W[0][1] + x[1][0]·W[1][0] + x[1][1]·W[1][1] "
                        + "= 5 + 1·2 + 2·1 + 3·(−1) + 1·3 = 9",
                GradientByHand.output(X, W, 5, 0, 0).alt());
        assertEquals(
                "db = dout[0][0] + dout[0][1] + dout[1][0] + dout[1][1] = 1 + 2 + (−1) + 3 = 5",
                GradientByHand.bias(DOUT).alt());
    }

    @Test
    void framesAreOfOneSizeAndFit() {
        int width = GradientByHand.pixel(W, DOUT, 0, 0).figure().width();
        assertEquals(width, GradientByHand.pixel(W, DOUT, 1, 1).figure().width());
        assertTrue(GradientByHand.output(X, W, 5, 0, 0).figure().width() <= Style.WIDTH);
        assertTrue(width <= Style.WIDTH);
    }

    @Test
    void whatIsMultipliedHasOneTintAndTheSumIsOrange() {
        var image = GradientByHand.weight(X, DOUT, 1, 1).figure().image();
        for (int product = 0; product < 4; product++) {
            assertNotNull(Pixels.box(image, Grid.ofChannel(product)), "product " + product);
        }
        assertNotNull(Pixels.box(image, Style.ORANGE));
    }

    @Test
    void aCaseThatIsTooLargeForAPencilIsRefused() {
        fails(
                ShapeException.class,
                "GradientByHand: a sum by hand has at most 4 products, but this one has 9: take a smaller case",
                () -> GradientByHand.weight(Tensor.zeros(4, 4), Tensor.zeros(3, 3), 0, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> GradientByHand.pixel(W, DOUT, 3, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> GradientByHand.weight(X, DOUT, 0, 2));
    }
}
