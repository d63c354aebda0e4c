package cnnkit.train;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Dataset;
import cnnkit.layer.Affine;
import cnnkit.layer.Dropout;
import cnnkit.layer.Relu;
import cnnkit.network.Network;
import cnnkit.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A mask depends on the seed of the run, the step and the name of the layer, and on nothing else. */
class TrainingWithDropoutTest {

    private static Network network() {
        Random random = new Random(1);
        return Network.builder(1, 8, 8)
                .add("Affine1", new Affine(Tensor.gaussian(random, 0.1, 64, 20), Tensor.zeros(20)))
                .add("Relu1", new Relu())
                .add("Dropout1", new Dropout(0.5))
                .add("Affine2", new Affine(Tensor.gaussian(random, 0.1, 20, 10), Tensor.zeros(10)))
                .add("Dropout2", new Dropout(0.5))
                .build();
    }

    /** Two dropouts and nothing else: its scores show the masks of both. */
    private static Network masks(String first, String second) {
        return Network.builder(50)
                .add(first, new Dropout(0.5))
                .add(second, new Dropout(0.5))
                .build();
    }

    private static Trainer trainer(Network network) {
        return new Trainer(network, Small.pictures(45, 1)).batchSize(10);
    }

    @Test
    void aResumedRunEndsWithTheBitsOfAnUninterruptedOne() {
        Network once = network(), inParts = network();
        History whole = trainer(once).epochs(4).train();
        Trainer trainer = trainer(inParts).epochs(1);
        trainer.train();
        Evaluation.of(inParts, Small.pictures(30, 2)); // predictions in between draw nothing
        trainer.epochs(4).resume();
        assertEquals(Small.checksum(once), Small.checksum(inParts));
        assertEquals(whole.steps(), trainer.history().steps());
    }

    @Test
    void measuringOnTheWayChangesNothing() {
        Network plain = network(), measured = network();
        trainer(plain).epochs(2).train();
        trainer(measured).epochs(2).validation(Small.pictures(15, 2)).train();
        assertEquals(Small.checksum(plain), Small.checksum(measured));
    }

    @Test
    void theTrainerTakesTheMasksOfItsSeedAndItsStep() {
        Network trained = network(), byHand = network();
        Dataset images = Small.pictures(30, 1);
        new Trainer(trained, images)
                .batchSize(30)
                .epochs(3)
                .seed(5)
                .optimizer(new Sgd(0.1))
                .train();
        Sgd sgd = new Sgd(0.1);
        for (int step = 1; step <= 3; step++) { // of one batch each
            int[] order = images.order(5, step);
            byHand.gradient(images.images(order), images.labels(order), 5, step);
            sgd.update(byHand.parameters().values());
        }
        assertEquals(Small.checksum(trained), Small.checksum(byHand));
    }

    @Test
    void everySeedAndEveryStepHasItsOwnMasks() {
        Network network = masks("Dropout1", "Dropout2");
        Tensor ones = Tensor.filled(1, 4, 50);
        Tensor usual = network.trainingScores(ones, 1, 1);
        assertNotEquals(usual, network.trainingScores(ones, 2, 1));
        assertNotEquals(usual, network.trainingScores(ones, 1, 2));
        assertSameBits(usual, network.trainingScores(ones, 1, 1), "the same again");
        assertSameBits(
                usual, masks("Dropout1", "Dropout2").trainingScores(ones, 1, 1), "another network of the same names");
    }

    @Test
    void everyLayerHasAMaskOfItsOwnThatGoesByItsName() {
        Tensor ones = Tensor.filled(1, 40, 50);
        double passed = masks("Dropout1", "Dropout2").trainingScores(ones, 1, 1).sum() / 2000;
        assertEquals(0.25, passed, 0.05); // half of a half: equal masks would let half pass
        assertSameBits(
                masks("Dropout1", "Dropout2").trainingScores(ones, 1, 1),
                masks("Dropout2", "Dropout1").trainingScores(ones, 1, 1),
                "the place of a layer does not matter");
    }

    /** Seeds of neighbouring steps must not give masks that begin alike. */
    @Test
    void theFirstValueIsDroppedInHalfOfTheSteps() {
        Network network = Network.builder(1).add("Dropout1", new Dropout(0.5)).build();
        double passed = 0;
        for (int step = 1; step <= 1000; step++) {
            passed += network.trainingScores(Tensor.filled(1, 1, 1), 1, step).get(0, 0);
        }
        assertEquals(500, passed, 60);
    }

    @Test
    void predictionsAndTheirLossAreNotDropped() {
        Network network = network();
        Tensor x = random(new Random(3), 5, 1, 8, 8);
        int[] labels = {1, 2, 3, 4, 5};
        Tensor scores = network.predict(x);
        double loss = network.loss(x, labels);
        assertNotEquals(scores, network.trainingScores(x, 1, 1));
        assertNotEquals(loss, network.trainingLoss(x, labels, 1, 1));
        assertSameBits(scores, network.predict(x), "the same again");
        assertEquals(loss, network.loss(x, labels));
    }

    @Test
    void eachGradientOfALoopOfYourOwnIsAnotherStep() {
        Tensor x = random(new Random(3), 5, 1, 8, 8);
        int[] labels = {1, 2, 3, 4, 5};
        Network network = network();
        double first = network.gradient(x, labels), second = network.gradient(x, labels);
        assertNotEquals(first, second);
        Network again = network();
        assertEquals(first, again.gradient(x, labels));
        assertEquals(second, again.gradient(x, labels));
        assertEquals(first, again.trainingLoss(x, labels, 0, 1));
    }

    @Test
    void withoutDropoutLearningAndPredictingAreTheSameToTheBit() {
        Network network = Small.network(1);
        Tensor x = random(new Random(3), 5, 1, 8, 8);
        assertSameBits(network.predict(x), network.trainingScores(x, 7, 8), "scores");
        assertEquals(network.loss(x, new int[5]), network.gradient(x, new int[5]));
    }

    @Test
    void gradientsThroughDropoutPassTheCheck() {
        Network network = network();
        GradientCheck check = GradientCheck.of(network, random(new Random(3), 3, 1, 8, 8), new int[] {1, 5, 9});
        assertTrue(check.largestRelativeError() < 1e-3, check.table().toString());
    }

    /** On few pictures a network without dropout learns them by heart. */
    @Test
    void dropoutKeepsTheTrainingLossUp() {
        Network plain = Network.builder(1, 8, 8)
                .add("Affine1", new Affine(Tensor.gaussian(new Random(1), 0.1, 64, 20), Tensor.zeros(20)))
                .add("Relu1", new Relu())
                .add("Affine2", new Affine(Tensor.gaussian(new Random(2), 0.1, 20, 10), Tensor.zeros(10)))
                .build();
        double without = lastLoss(plain), with = lastLoss(network());
        assertTrue(with > 2 * without, with + " with dropout, " + without + " without");
        double accuracy = Evaluation.of(plain, Small.pictures(100, 9)).accuracy();
        assertTrue(accuracy > 0.5, "accuracy " + accuracy);
    }

    private static double lastLoss(Network network) {
        return trainer(network)
                .epochs(30)
                .optimizer(new Adam(0.01))
                .train()
                .epochs()
                .get(29)
                .loss();
    }
}
