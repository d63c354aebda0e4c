package cnnkit.train;

import static cnnkit.tensor.Check.assertClose;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.golden;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cnnkit.layer.Affine;
import cnnkit.layer.Parameter;
import cnnkit.network.Network;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizersTest {

    /** Four weights whose gradient can be chosen: with the input 1, dW = dout. */
    private static final class Weights {
        final Affine layer;

        Weights(Tensor start) {
            layer = new Affine(start.copy().reshape(1, 4), Tensor.zeros(4));
        }

        Parameter withGradient(Tensor gradient) {
            layer.forward(Tensor.filled(1, 1, 1));
            layer.backward(gradient.reshape(1, 4));
            return layer.W();
        }

        Tensor values() {
            return layer.W().value().reshape(4);
        }
    }

    @Test
    void gradientDescentGoesAgainstTheGradient() {
        Weights weights = new Weights(tensor(shape(4), 1, 2, 3, 4));
        new Sgd(0.5).update(List.of(weights.withGradient(tensor(shape(4), 2, 0, -4, 8))));
        assertEquals(tensor(shape(4), 0, 2, 5, 0), weights.values());
    }

    /** With m = 0.1 g and v = 0.001 g^2 and both corrected, the first step is the rate, however large the gradient. */
    @Test
    void theFirstStepOfAdamIsTheLearningRate() {
        Weights weights = new Weights(Tensor.zeros(4));
        new Adam(0.01).update(List.of(weights.withGradient(tensor(shape(4), 5, -0.003, 400, 0))));
        assertClose(tensor(shape(4), -0.01, 0.01, -0.01, 0), weights.values(), 2e-3, "first step");
    }

    @Test
    void adamHasTheLearningRateOfTheBook() {
        assertEquals("Adam(0.001)", new Adam().toString());
        assertEquals("Sgd(0.1)", new Sgd(0.1).toString());
        Weights weights = new Weights(Tensor.zeros(4));
        new Adam().update(List.of(weights.withGradient(Tensor.filled(1, 4))));
        assertClose(Tensor.filled(-0.001f, 4), weights.values(), 1e-4, "first step");
    }

    @Test
    void numpyTakesTheSameTwelveSteps() throws IOException {
        Map<String, Tensor> file = golden("optimizers");
        Weights sgd = new Weights(file.get("start")), adam = new Weights(file.get("start"));
        Optimizer byGradient = new Sgd(0.1), byMoments = new Adam(0.01);
        for (int step = 0; step < 12; step++) {
            Tensor gradient = file.get("gradients").slice(step);
            byGradient.update(List.of(sgd.withGradient(gradient)));
            byMoments.update(List.of(adam.withGradient(gradient)));
            assertClose(file.get("sgd").slice(step), sgd.values(), 1e-6, "Sgd, step " + step);
            assertClose(file.get("adam").slice(step), adam.values(), 1e-6, "Adam, step " + step);
        }
    }

    @Test
    void numpyRollsAndDecaysTheSameTwelveSteps() throws IOException {
        Map<String, Tensor> file = golden("momentum");
        Weights rolling = new Weights(file.get("start")), decaying = new Weights(file.get("start"));
        Optimizer momentum = new Momentum(0.01), decay = new WeightDecay(new Sgd(0.1), 0.05);
        for (int step = 0; step < 12; step++) {
            Tensor gradient = file.get("gradients").slice(step);
            momentum.update(List.of(rolling.withGradient(gradient)));
            decay.update(List.of(decaying.withGradient(gradient)));
            assertClose(file.get("momentum").slice(step), rolling.values(), 1e-6, "Momentum, step " + step);
            assertClose(file.get("decay").slice(step), decaying.values(), 1e-6, "WeightDecay, step " + step);
        }
    }

    /** With the gradient 1 the velocity is -rate, then -1.5 rate, then -1.75 rate. */
    @Test
    void momentumRollsFasterWhileTheGradientStays() {
        Weights weights = new Weights(Tensor.zeros(4));
        Optimizer momentum = new Momentum(LearningRate.constant(1), 0.5);
        for (double expected : new double[] {-1, -2.5, -4.25}) {
            momentum.update(List.of(weights.withGradient(Tensor.filled(1, 4))));
            assertEquals(Tensor.filled((float) expected, 4), weights.values());
        }
    }

    @Test
    void momentumHasTheNumberOfTheBookAndAParameterAVelocityOfItsOwn() {
        assertEquals("Momentum(0.01, 0.9)", new Momentum(0.01).toString());
        Weights one = new Weights(Tensor.zeros(4)), two = new Weights(Tensor.zeros(4));
        Optimizer momentum = new Momentum(LearningRate.constant(1), 0.5);
        for (int step = 0; step < 2; step++) {
            momentum.update(List.of(one.withGradient(Tensor.filled(1, 4)), two.withGradient(Tensor.filled(-10, 4))));
        }
        assertEquals(Tensor.filled(-2.5f, 4), one.values());
        assertEquals(Tensor.filled(25, 4), two.values());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void aMomentumIsFromZeroToLessThanOne(double momentum) {
        fails(
                IllegalArgumentException.class,
                "a momentum is a number from 0 to less than 1 but got " + momentum,
                () -> new Momentum(LearningRate.constant(0.1), momentum));
    }

    @Test
    void weightsDecayWithoutAnyGradientAndBiasesDoNot() {
        Weights weights = new Weights(tensor(shape(4), 8, -4, 2, 0));
        Tensor bias = weights.layer.b().value();
        bias.set(8, 0);
        weights.withGradient(Tensor.zeros(4));
        new WeightDecay(new Sgd(0.5), 0.5).update(weights.layer.parameters());
        assertEquals(tensor(shape(4), 6, -3, 1.5, 0), weights.values());
        assertEquals(8, bias.get(0));
    }

    @Test
    void weightDecayGoesWithEveryOptimizer() {
        Weights weights = new Weights(tensor(shape(4), 8, -8, 8, -8));
        Optimizer decay = new WeightDecay(new Adam(0.01), 0.5);
        assertEquals("WeightDecay(Adam(0.01), 0.5)", decay.toString());
        decay.update(List.of(weights.withGradient(Tensor.zeros(4))));
        assertClose(tensor(shape(4), 7.99, -7.99, 7.99, -7.99), weights.values(), 1e-5, "one step of Adam's size");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, 1e60})
    void aWeightDecayIsNotNegative(double strength) {
        fails(
                IllegalArgumentException.class,
                "a weight decay has a strength from 0 but got " + strength,
                () -> new WeightDecay(new Sgd(0.1), strength));
    }

    @Test
    void everyParameterHasMomentsOfItsOwn() throws IOException {
        Map<String, Tensor> file = golden("optimizers");
        Weights one = new Weights(file.get("start")), two = new Weights(Tensor.zeros(4));
        Adam adam = new Adam(0.01);
        for (int step = 0; step < 12; step++) {
            Parameter first = one.withGradient(file.get("gradients").slice(step));
            Parameter second = two.withGradient(Tensor.filled(step, 4));
            adam.update(List.of(first, second));
        }
        assertClose(file.get("adam").slice(11), one.values(), 1e-6, "undisturbed by the other");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aLearningRateIsANumberAboveZero(double rate) {
        String message = "a learning rate is a number above 0 that a float can hold but got " + rate;
        fails(IllegalArgumentException.class, message, () -> new Sgd(rate));
        fails(IllegalArgumentException.class, message, () -> new Adam(rate));
    }

    /** As a float these would be 0 and infinity. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-60, 1e60})
    void aLearningRateThatNoFloatHoldsIsRefused(double rate) {
        String message = "a learning rate is a number above 0 that a float can hold but got " + rate;
        fails(IllegalArgumentException.class, message, () -> new Sgd(rate));
    }

    static List<Optimizer> optimizers() {
        return List.of(
                new Sgd(0.1),
                new Momentum(0.1),
                new Adam(),
                new WeightDecay(new Sgd(LearningRate.cosine(0.1, 5)), 0.1));
    }

    /** What it remembers of the first one, if only the number of steps, would make the second one learn otherwise. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void anOptimizerServesOneNetwork(Optimizer optimizer) {
        Network one = Small.network(1), two = Small.network(2);
        new Trainer(one, Small.pictures(10, 1)).optimizer(optimizer).train();
        String before = Small.checksum(two);
        String inner = optimizer.toString().replaceAll("WeightDecay\\((.*), 0.1\\)", "$1");
        fails(
                IllegalArgumentException.class,
                inner
                        + " serves another network already, and remembers its steps: make a new optimizer for each network",
                () -> new Trainer(two, Small.pictures(10, 1))
                        .optimizer(optimizer)
                        .train());
        assertEquals(before, Small.checksum(two));
        new Trainer(one, Small.pictures(10, 1)).optimizer(optimizer).train(); // the same network goes on
    }

    @Test
    void aMissingLearningRateOrOptimizerIsNamed() {
        fails(NullPointerException.class, "rate", () -> new Sgd(null));
        fails(NullPointerException.class, "rate", () -> new Adam(null));
        fails(NullPointerException.class, "rate", () -> new Momentum(null));
        fails(NullPointerException.class, "optimizer", () -> new WeightDecay(null, 0.1));
    }

    /** A cell that is run too early must not count as a step: the bits of the first one depend on its number. */
    @Test
    void anUpdateBeforeTheFirstGradientsChangesNothing() {
        Weights first = new Weights(tensor(shape(4), 1, 2, 3, 4)), second = new Weights(tensor(shape(4), 5, 6, 7, 8));
        Parameter one = first.withGradient(Tensor.filled(2, 4));
        Adam adam = new Adam();
        WeightDecay decay = new WeightDecay(adam, 0.1);
        for (Optimizer optimizer : List.of(adam, decay, new Sgd(0.1), new Momentum(0.1))) {
            fails(
                    IllegalStateException.class,
                    "parameter W has no gradient before the first backward pass",
                    () -> optimizer.update(List.of(one, second.layer.W())));
        }
        assertEquals(tensor(shape(4), 1, 2, 3, 4), first.values());
        assertEquals(Tensor.filled(2, 4), one.gradient().reshape(4));
        assertEquals(0, adam.state(Map.of()).get("step").ints()[0]);
    }
}
