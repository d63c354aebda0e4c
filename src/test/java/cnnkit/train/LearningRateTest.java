package cnnkit.train;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.layer.Affine;
import cnnkit.layer.Parameter;
import cnnkit.network.Network;
import cnnkit.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearningRateTest {

    @Test
    void aConstantRateStaysAndIsWhatAFloatHolds() {
        LearningRate rate = LearningRate.constant(0.1);
        assertEquals(0.1f, rate.at(1));
        assertEquals(0.1f, rate.at(1_000_000));
        assertEquals("0.1", rate.toString());
    }

    @Test
    void aStepwiseRateIsMultipliedAfterEverySoManySteps() {
        LearningRate rate = LearningRate.stepwise(8, 0.5, 3);
        double[] expected = {8, 8, 8, 4, 4, 4, 2, 2, 2, 1};
        for (int step = 1; step <= expected.length; step++) {
            assertEquals(expected[step - 1], rate.at(step), "step " + step);
        }
        assertEquals("8.0 times 0.5 every 3 steps", rate.toString());
    }

    @Test
    void aCosineGoesFromTheWholeRateThroughHalfOfItToAlmostNothing() {
        LearningRate rate = LearningRate.cosine(0.4, 100);
        assertEquals(0.4, rate.at(1));
        assertEquals(0.2, rate.at(51), 1e-15);
        assertEquals(0.4 * (1 + Math.cos(Math.PI * 0.99)) / 2, rate.at(100), 1e-12);
        for (int step = 2; step <= 100; step++) {
            assertTrue(rate.at(step) < rate.at(step - 1) && rate.at(step) > 0, "step " + step);
        }
        assertEquals(rate.at(100), rate.at(1000)); // it does not come back
        assertEquals("0.4 along a cosine over 100 steps", rate.toString());
    }

    @Test
    void oneCycleGrowsFromATwentyFifthToItsPeakAndThenGoesDownToAlmostNothing() {
        LearningRate rate = LearningRate.oneCycle(0.5, 100);
        assertEquals(0.02, rate.at(1), 1e-15);
        assertEquals(0.26, rate.at(16), 1e-12); // half of the way up
        assertEquals(0.5, rate.at(31));
        assertEquals(0.25, rate.at(66), 1e-12); // half of the way down
        for (int step = 2; step <= 100; step++) {
            boolean grows = rate.at(step) > rate.at(step - 1);
            assertEquals(step <= 31, grows, "step " + step);
        }
        assertTrue(rate.at(100) > 0 && rate.at(100) < 0.001);
        assertEquals(rate.at(100), rate.at(1000)); // it does not come back
        assertEquals("one cycle to 0.5 over 100 steps", rate.toString());
        assertEquals(0.5 / 25, LearningRate.oneCycle(0.5, 1).at(1)); // one step alone is the first one
    }

    /** With the gradient 1 gradient descent goes as far as the rate says. */
    @Test
    void everyOptimizerTakesTheRateOfItsStep() {
        Affine layer = new Affine(Tensor.zeros(1, 1), Tensor.zeros(1));
        Optimizer sgd = new Sgd(LearningRate.stepwise(8, 0.5, 1));
        assertEquals(List.of(-8f, -12f, -14f), path(layer, sgd));
        layer = new Affine(Tensor.zeros(1, 1), Tensor.zeros(1));
        Optimizer momentum = new Momentum(LearningRate.stepwise(8, 0.5, 1), 0.5);
        assertEquals(List.of(-8f, -16f, -22f), path(layer, momentum)); // v = -8, -4 - 4, -4 - 2
        layer = new Affine(Tensor.zeros(1, 1), Tensor.zeros(1));
        List<Float> adam = path(layer, new Adam(LearningRate.stepwise(8, 0.5, 1)));
        assertEquals(-8, adam.get(0), 1e-3); // of a gradient that stays, Adam takes the sign
        assertEquals(-12, adam.get(1), 1e-3);
        assertEquals(-14, adam.get(2), 1e-3);
        assertEquals("Adam(8.0 times 0.5 every 1 steps)", new Adam(LearningRate.stepwise(8, 0.5, 1)).toString());
    }

    private static List<Float> path(Affine layer, Optimizer optimizer) {
        Parameter weight = layer.W();
        float[] path = new float[3];
        for (int step = 0; step < 3; step++) {
            layer.forward(Tensor.filled(1, 1, 1));
            layer.backward(Tensor.filled(1, 1, 1));
            optimizer.update(List.of(weight));
            path[step] = weight.value().get(0, 0);
        }
        return List.of(path[0], path[1], path[2]);
    }

    @Test
    void aResumedRunGoesOnAtTheRateOfItsStep() {
        Network once = Small.network(1), inParts = Small.network(1), constant = Small.network(1);
        var data = Small.pictures(25, 1);
        new Trainer(once, data).batchSize(10).epochs(4).optimizer(decaying()).train();
        Trainer trainer = new Trainer(inParts, data).batchSize(10).epochs(1).optimizer(decaying());
        trainer.train();
        trainer.epochs(4).resume();
        assertEquals(Small.checksum(once), Small.checksum(inParts));
        new Trainer(constant, data)
                .batchSize(10)
                .epochs(4)
                .optimizer(new Momentum(0.1))
                .train();
        assertNotEquals(Small.checksum(once), Small.checksum(constant));
    }

    private static Optimizer decaying() {
        return new WeightDecay(new Momentum(LearningRate.cosine(0.1, 12)), 0.001);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY, 1e-60})
    void aRateBeginsAboveZero(double rate) {
        String message = "a learning rate is a number above 0 that a float can hold but got " + rate;
        fails(IllegalArgumentException.class, message, () -> LearningRate.constant(rate));
        fails(IllegalArgumentException.class, message, () -> LearningRate.stepwise(rate, 0.5, 1));
        fails(IllegalArgumentException.class, message, () -> LearningRate.cosine(rate, 1));
        fails(IllegalArgumentException.class, message, () -> LearningRate.oneCycle(rate, 1));
    }

    @Test
    void factorsAndStepsThatMakeNoSenseAreRefused() {
        fails(
                IllegalArgumentException.class,
                "a learning rate is multiplied by a number above 0 but got 0.0",
                () -> LearningRate.stepwise(0.1, 0, 1));
        fails(
                IllegalArgumentException.class,
                "a learning rate decays over at least one step but got 0",
                () -> LearningRate.stepwise(0.1, 0.5, 0));
        fails(
                IllegalArgumentException.class,
                "a learning rate decays over at least one step but got -1",
                () -> LearningRate.cosine(0.1, -1));
    }

    @Test
    void aRateStaysAboveZeroHoweverLongItDecays() {
        assertEquals(Float.MIN_VALUE, LearningRate.stepwise(0.1, 1e-30, 1).at(20));
        assertEquals(Float.MIN_VALUE, LearningRate.stepwise(0.1, 0.5, 1).at(Integer.MAX_VALUE));
        LearningRate cosine = LearningRate.cosine(0.1, Integer.MAX_VALUE);
        assertEquals(0.1, cosine.at(1));
        assertTrue((float) cosine.at(Integer.MAX_VALUE) > 0);
        assertEquals(0.05, cosine.at(Integer.MAX_VALUE / 2 + 1), 1e-9);
        assertEquals(0.1, LearningRate.stepwise(0.1, 0.5, Integer.MAX_VALUE).at(Integer.MAX_VALUE));
    }

    @Test
    void stepsCountFromOne() {
        for (int step : new int[] {0, -1, Integer.MIN_VALUE}) {
            fails(
                    IllegalArgumentException.class,
                    "the steps of a learning rate count from 1 but got " + step,
                    () -> LearningRate.stepwise(0.1, 0.5, 1).at(step));
        }
    }
}
