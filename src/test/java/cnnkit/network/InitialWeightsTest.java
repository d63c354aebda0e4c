package cnnkit.network;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitialWeightsTest {

    @Test
    void theStandardDeviationFollowsFromHowManyValuesOneOutputSums() { // chapter 6 of the book
        assertEquals(Math.sqrt(1 / 75.0), InitialWeights.xavier().std(10, 3, 5, 5)); // filters: 3 * 5 * 5
        assertEquals(Math.sqrt(2 / 75.0), InitialWeights.he().std(10, 3, 5, 5));
        assertEquals(0.1, InitialWeights.xavier().std(100, 7)); // an Affine layer: 100 inputs
        assertEquals(Math.sqrt(0.02), InitialWeights.he().std(100, 7));
        assertEquals(0.01, InitialWeights.gaussian(0.01).std(100, 7));
        assertEquals(0.01, InitialWeights.gaussian(0.01).std(10, 3, 5, 5));
    }

    @Test
    void weightsAreDrawnFromThatDistribution() {
        Tensor W = InitialWeights.he().draw(new Random(1), 200, 20, 5, 5);
        assertArrayEquals(new int[] {200, 20, 5, 5}, W.shape());
        double squares = 0;
        for (float w : W.data()) {
            squares += (double) w * w;
        }
        assertEquals(Math.sqrt(2 / 500.0), Math.sqrt(squares / W.length()), 1e-3);
        assertEquals(0, W.sum() / W.length(), 1e-3);
        assertSameBits(W, InitialWeights.he().draw(new Random(1), 200, 20, 5, 5), "the same seed");
    }

    /** Through ten layers of 100 units values keep their size; with N(0, 0.01^2) nothing is left of them. */
    @Test
    void valuesNeitherVanishNorExplodeInADeepNetwork() {
        int[] ten = {100, 100, 100, 100, 100, 100, 100, 100, 100, 100};
        Tensor x = Tensor.gaussian(new Random(1), 1, 50, 100);
        double he =
                size(FullyConnectedNet.builder().input(100).hidden(ten).build(2).predict(x));
        double narrow = size(FullyConnectedNet.builder()
                .input(100)
                .hidden(ten)
                .weights(InitialWeights.gaussian(0.01))
                .build(2)
                .predict(x));
        assertEquals(1, Math.log10(he) + 1, 0.5); // within a factor of 3 of 1
        assertEquals(-11, Math.log10(narrow), 2); // every layer leaves about a fourteenth
    }

    private static double size(Tensor x) {
        double squares = 0;
        for (float value : x.data()) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares / x.length());
    }

    @Test
    void aNameSaysHowTheyAreDrawn() {
        assertEquals("he", InitialWeights.he().toString());
        assertEquals("xavier", InitialWeights.xavier().toString());
        assertEquals("gaussian(0.01)", InitialWeights.gaussian(0.01).toString());
        assertEquals("he", Activation.RELU.weights().toString());
        assertEquals("xavier", Activation.SIGMOID.weights().toString());
        assertEquals("xavier", Activation.TANH.weights().toString());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void aStandardDeviationIsNotNegative(double std) {
        fails(
                IllegalArgumentException.class,
                "a standard deviation is a number from 0 but got " + std,
                () -> InitialWeights.gaussian(std));
    }

    @Test
    void otherShapesAreRefused() {
        String expected = "InitialWeights: expected filters [FN, C, FH, FW] or weights [inputs, outputs] but got ";
        fails(ShapeException.class, expected + "[10]", () -> InitialWeights.he().std(10));
        fails(
                ShapeException.class,
                expected + "[0, 10]",
                () -> InitialWeights.he().draw(new Random(1), 0, 10));
        fails(
                ShapeException.class,
                expected + "[3, 4, 5]",
                () -> InitialWeights.he().draw(new Random(1), 3, 4, 5));
    }
}
