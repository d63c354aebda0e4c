package cnnkit.layer;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.random;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Geometry;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {

    private static Dropout drop1() {
        Dropout layer = new Dropout(0.25);
        layer.join("test", "Dropout1");
        return layer;
    }

    /** The same layer as it is while a network learns. */
    private static Layer learning(Dropout layer, long seed) {
        return new Layer() {
            @Override
            public Tensor forward(Tensor x) {
                return layer.forwardInTraining(x, seed);
            }

            @Override
            public Tensor backward(Tensor dout) {
                return layer.backward(dout);
            }

            @Override
            public int[] outputShape(int... inputShape) {
                return layer.outputShape(inputShape);
            }
        };
    }

    @Test
    void aPredictionScalesByWhatPassesOnAverage() { // chapter 6 of the book
        Dropout layer = drop1();
        assertEquals(tensor(shape(1, 2), 3, -6), layer.forward(tensor(shape(1, 2), 4, -8)));
        assertEquals(tensor(shape(1, 2), 0.75, 1.5), layer.backward(tensor(shape(1, 2), 1, 2)));
    }

    /** The first numbers of {@code new Random(1)}: 0.731, 0.100, 0.410, 0.407, 0.208, 0.036. */
    @Test
    void whileLearningValuesPassWhoseRandomNumberIsAtLeastTheRatio() {
        Dropout layer = drop1();
        assertEquals(
                tensor(shape(6), 1, 0, 3, 4, 0, 0), layer.forwardInTraining(tensor(shape(6), 1, 2, 3, 4, 5, 6), 1));
        assertEquals(tensor(shape(6), 10, 0, 30, 40, 0, 0), layer.backward(tensor(shape(6), 10, 20, 30, 40, 50, 60)));
    }

    @Test
    void theSeedDecidesTheMaskAndNothingElseDoes() {
        Tensor ones = Tensor.filled(1, 10, 50);
        Tensor mask = new Dropout().forwardInTraining(ones, 1);
        Dropout layer = drop1(), usual = new Dropout();
        layer.forward(ones);
        usual.forwardInTraining(ones, 7);
        assertSameBits(mask, usual.forwardInTraining(ones, 1), "whatever was drawn before");
        assertNotEquals(mask, usual.forwardInTraining(ones, 2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.25, 0.5, 0.9})
    void theShareThatIsDroppedIsTheRatio(double ratio) {
        Tensor out = new Dropout(ratio).forwardInTraining(Tensor.filled(1, 100_000), 5);
        assertEquals(1 - ratio, out.sum() / 100_000, 0.01);
    }

    @Test
    void withRatioZeroEverythingPassesUnchanged() {
        Tensor x = random(new Random(1), 3, 4);
        assertSameBits(x, new Dropout(0).forward(x), "predicting");
        assertSameBits(x, new Dropout(0).forwardInTraining(x, 9), "learning");
    }

    @Test
    void theGradientBelongsToTheLatestPass() {
        Dropout layer = new Dropout(0.5);
        Tensor ones = Tensor.filled(1, 100);
        Tensor mask = layer.forwardInTraining(ones, 1);
        assertSameBits(mask, layer.backward(ones), "after learning");
        layer.forward(ones);
        assertSameBits(Tensor.filled(0.5f, 100), layer.backward(ones), "after a prediction");
    }

    @Test
    void theGradientsAreThoseOfSmallSteps() {
        for (long seed = 1; seed <= 1000; seed++) {
            int[] shape = Geometry.draw(seed).ofFewImages().inputShape();
            Random random = new Random(seed);
            Tensor x = random(random, shape), dout = random(random, shape);
            Gradients.check(drop1(), x, dout, "predicting, seed " + seed);
            Gradients.check(learning(drop1(), seed), x, dout, "learning, seed " + seed);
        }
    }

    @Test
    void aSecondPassIntoTheSameTensorsGivesTheSameBits() {
        Tensor x = random(new Random(1), 4, 50), dout = random(new Random(2), 4, 50);
        Dropout layer = drop1();
        Tensor out = layer.forwardInTraining(x, 6), dx = layer.backward(dout);
        Tensor outAgain = Tensor.filled(7, 4, 50), dxAgain = Tensor.filled(7, 4, 50); // hold something else
        for (int step = 0; step < 3; step++) {
            layer.forwardInTraining(dout, 7, outAgain); // another mask in between
            layer.backward(x, dxAgain);
            layer.forwardInTraining(x, 6, outAgain);
            assertSameBits(out, outAgain, "out");
            layer.backward(dout, dxAgain);
            assertSameBits(dx, dxAgain, "dx");
        }
    }

    @Test
    void anyShapeGoesThroughAndThereIsNothingToLearn() {
        assertArrayEquals(shape(30, 24, 24), drop1().outputShape(30, 24, 24));
        assertTrue(drop1().parameters().isEmpty());
        assertEquals(0, drop1().multiplyAdds(100));
        assertEquals(0.25, drop1().ratio());
        assertEquals(0.5, new Dropout().ratio());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 50, Double.NaN})
    void aRatioIsFromZeroToLessThanOne(double ratio) {
        fails(
                IllegalArgumentException.class,
                "Dropout: expected a ratio from 0 to less than 1, the share to switch off, but got " + ratio,
                () -> new Dropout(ratio));
    }

    @Test
    void errorsNameTheLayer() {
        fails(
                IllegalStateException.class,
                "Dropout Dropout1: backward needs a forward pass before it",
                () -> drop1().backward(Tensor.zeros(1)));
        Dropout layer = drop1();
        layer.forwardInTraining(Tensor.zeros(2, 3), 1);
        fails(
                ShapeException.class,
                "Dropout Dropout1: expected dout [2, 3] but got [3, 2]",
                () -> layer.backward(Tensor.zeros(3, 2)));
    }

    /** NaN times 0 is NaN: an error must not come and go with the mask. */
    @Test
    void nanPassesWhetherItsPlaceIsDroppedOrNot() {
        Dropout layer = new Dropout(0.5);
        Tensor nan = Tensor.filled(Float.NaN, 1, 20);
        assertSameBits(nan, layer.forwardInTraining(nan, 1), "forward");
        assertSameBits(nan, layer.backward(nan), "backward");
    }
}
