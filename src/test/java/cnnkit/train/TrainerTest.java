package cnnkit.train;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Augmentation;
import cnnkit.data.Dataset;
import cnnkit.network.Network;
import cnnkit.tensor.ShapeException;
import cnnkit.train.Progress.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainerTest {

    @Test
    void everyEpochUsesEveryImageOnceAndInANewOrder() {
        Small.Watcher watcher = new Small.Watcher();
        new Trainer(Small.watchedBy(watcher), Small.numbered(25))
                .batchSize(10)
                .epochs(3)
                .train();
        assertEquals(
                List.of(10, 10, 5, 10, 10, 5, 10, 10, 5), // the last batch of an epoch is what is left
                watcher.batches.stream().map(List::size).toList());
        List<List<Integer>> epochs = new ArrayList<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            List<Integer> seen = new ArrayList<>();
            watcher.batches.subList(3 * epoch, 3 * epoch + 3).forEach(seen::addAll);
            assertEquals(
                    IntStream.range(0, 25).boxed().toList(),
                    seen.stream().sorted().toList());
            epochs.add(seen);
        }
        assertNotEquals(epochs.get(0), epochs.get(1));
        assertNotEquals(epochs.get(1), epochs.get(2));
    }

    @Test
    void theOrderIsThatOfSeedAndEpoch() {
        Small.Watcher watcher = new Small.Watcher();
        Dataset data = Small.numbered(25);
        new Trainer(Small.watchedBy(watcher), data)
                .batchSize(25)
                .epochs(2)
                .seed(7)
                .train();
        for (int epoch = 1; epoch <= 2; epoch++) {
            assertEquals(IntStream.of(data.order(7, epoch)).boxed().toList(), watcher.batches.get(epoch - 1));
        }
    }

    @Test
    void theHistoryHasEveryStepAndEveryEpoch() {
        Dataset data = Small.pictures(250, 1), held = Small.pictures(8, 2);
        History history = new Trainer(Small.network(1), data)
                .batchSize(100)
                .epochs(2)
                .validation(held)
                .train();
        assertEquals(6, history.steps().size());
        for (int i = 0; i < 6; i++) {
            assertEquals(i + 1, history.steps().get(i).step());
            assertEquals(i / 3 + 1, history.steps().get(i).epoch());
        }
        assertEquals(2, history.epochs().size());
        for (int e = 0; e < 2; e++) {
            // the mean over images: the last batch of fifty weighs half as much
            List<History.Step> steps = history.steps().subList(3 * e, 3 * e + 3);
            double loss =
                    steps.get(0).loss() + steps.get(1).loss() + steps.get(2).loss() / 2;
            double accuracy = steps.get(0).accuracy()
                    + steps.get(1).accuracy()
                    + steps.get(2).accuracy() / 2;
            History.Epoch epoch = history.epochs().get(e);
            assertEquals(e + 1, epoch.epoch());
            assertEquals(loss / 2.5, epoch.loss(), 1e-12);
            assertEquals(accuracy / 2.5, epoch.accuracy(), 1e-12);
            assertTrue(epoch.accuracy() > 0); // or the second epoch could not show that it starts from 0
            assertTrue(epoch.seconds() > 0);
        }
    }

    @Test
    void theLossOfAStepIsMeasuredBeforeItsUpdate() {
        Network network = Small.network(1);
        Dataset data = Small.pictures(10, 1);
        int[] all = data.order(1, 1);
        double before = Small.network(1).loss(data.images(all), data.labels(all));
        History history = new Trainer(network, data).batchSize(10).train();
        assertEquals(before, history.steps().get(0).loss());
        assertNotEquals(before, network.loss(data.images(all), data.labels(all)));
    }

    @Test
    void withoutValidationImagesThereIsNoValidationAccuracy() {
        History history = new Trainer(Small.network(1), Small.pictures(10, 1)).train();
        assertTrue(Double.isNaN(history.epochs().get(0).validationAccuracy()));
        assertEquals(1, history.table().doubleColumn("validation accuracy").countMissing());
    }

    @Test
    void validationMeasuresTheNetworkAfterTheEpoch() {
        Network network = Small.network(1);
        Dataset held = Small.pictures(40, 2);
        History history = new Trainer(network, Small.pictures(200, 1))
                .batchSize(20)
                .epochs(2)
                .validation(held)
                .train();
        assertEquals(
                Evaluation.of(network, held).accuracy(), history.epochs().get(1).validationAccuracy());
    }

    private static Network trained(long weights, long order, Optimizer optimizer) {
        Network network = Small.network(weights);
        new Trainer(network, Small.pictures(35, 1))
                .batchSize(10)
                .epochs(2)
                .seed(order)
                .optimizer(optimizer)
                .train();
        return network;
    }

    @Test
    void theSameSeedGivesTheSameWeightsToTheBit() {
        assertEquals(Small.checksum(trained(1, 1, new Adam())), Small.checksum(trained(1, 1, new Adam())));
    }

    @Test
    void anotherSeedGivesOtherWeights() {
        String usual = Small.checksum(trained(1, 1, new Adam()));
        assertNotEquals(usual, Small.checksum(trained(2, 1, new Adam()))); // of the initial weights
        assertNotEquals(usual, Small.checksum(trained(1, 2, new Adam()))); // of the order
        assertNotEquals(usual, Small.checksum(trained(1, 1, new Sgd(0.001)))); // and so does another optimizer
    }

    @Test
    void measuringOnTheWayChangesNothing() {
        Network plain = Small.network(1), measured = Small.network(1);
        Dataset data = Small.pictures(35, 1);
        new Trainer(plain, data).batchSize(10).epochs(2).train();
        new Trainer(measured, data)
                .batchSize(10)
                .epochs(2)
                .validation(Small.pictures(15, 2))
                .train();
        assertEquals(Small.checksum(plain), Small.checksum(measured));
    }

    @Test
    void raisingTheEpochsAndGoingOnEqualsOneLongRun() {
        Network once = Small.network(1), inParts = Small.network(1);
        Dataset data = Small.pictures(25, 1), held = Small.pictures(9, 2);
        History whole =
                new Trainer(once, data).batchSize(10).epochs(4).validation(held).train();
        Trainer trainer = new Trainer(inParts, data).batchSize(10).epochs(1).validation(held);
        trainer.train();
        assertEquals(3, trainer.history().steps().size());
        trainer.epochs(3).resume();
        trainer.epochs(4).resume();
        assertEquals(Small.checksum(once), Small.checksum(inParts));
        assertEquals(whole.steps(), trainer.history().steps());
        assertEquals(Small.untimed(whole), Small.untimed(trainer.history()));
    }

    @Test
    void whenNothingIsLeftToDoResumeDoesNothing() {
        Network network = Small.network(1);
        Trainer trainer = new Trainer(network, Small.pictures(25, 1)).batchSize(10);
        trainer.train();
        String before = Small.checksum(network);
        assertEquals(3, trainer.resume().steps().size());
        assertEquals(1, trainer.history().epochs().size());
        assertEquals(before, Small.checksum(network));
    }

    @Test
    void theListenerHearsOfEveryStepAndOfTheEnd() {
        List<Progress> heard = new ArrayList<>();
        Trainer trainer = new Trainer(Small.network(1), Small.pictures(25, 1))
                .batchSize(10)
                .epochs(2)
                .listener(heard::add);
        History history = trainer.train();
        List<Integer> steps = heard.stream().map(Progress::step).distinct().toList();
        assertEquals(List.of(1, 2, 3, 4, 5, 6), steps);
        Progress last = heard.get(heard.size() - 1);
        assertEquals(State.FINISHED, last.state());
        assertEquals(6, last.steps());
        assertEquals(2, last.epoch());
        assertEquals(2, last.epochs());
        assertEquals(0, last.secondsLeft());
        assertSame(history, last.history());
        heard.subList(0, heard.size() - 1).forEach(p -> assertEquals(State.RUNNING, p.state()));
        assertEquals(1, heard.get(0).epoch());
        assertEquals(1, heard.get(2).epoch()); // step 3 is the last one of epoch 1
        assertTrue(heard.get(0).imagesPerSecond() > 0);
        assertTrue(heard.get(0).secondsLeft() > 0);
    }

    @Test
    void aLossThatIsNotANumberStopsTrainingAndKeepsTheHistory() {
        Network network = Small.network(1);
        List<State> states = new ArrayList<>();
        Trainer trainer = new Trainer(network, Small.pictures(30, 1))
                .batchSize(10)
                .optimizer(new Sgd(1e30))
                .listener(p -> states.add(p.state()));
        fails(
                DivergedException.class,
                "the loss is not a finite number at step 2 of epoch 1: the weights have grown without bound. Use a smaller learning rate, or look for broken input. The 1 steps before are in history()",
                trainer::train);
        assertEquals(1, trainer.history().steps().size());
        assertTrue(Double.isFinite(trainer.history().steps().get(0).loss()));
        assertEquals(List.of(State.RUNNING, State.DIVERGED), states);
        assertThrows(DivergedException.class, trainer::resume); // it does not get better
        assertEquals(1, trainer.history().steps().size());
    }

    @Test
    void aNetworkThatIsNanFromTheStartStopsAtStepOne() {
        Network network = Small.network(1);
        network.parameter("b3").value().set(Float.NaN, 0);
        Trainer trainer = new Trainer(network, Small.pictures(30, 1));
        String message = assertThrows(DivergedException.class, trainer::train).getMessage();
        assertTrue(message.startsWith("the loss is not a finite number at step 1 of epoch 1"), message);
        assertEquals(List.of(), trainer.history().steps());
    }

    @Test
    void anInfiniteLossStopsTrainingToo() {
        Network network = Small.network(1);
        network.parameter("b3").value().set(Float.NEGATIVE_INFINITY, 0); // the class 0 is impossible
        Trainer trainer = new Trainer(network, Small.pictures(100, 1));
        assertThrows(DivergedException.class, trainer::train);
        assertEquals(List.of(), trainer.history().steps());
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        Network network = Small.network(1);
        Dataset data = Small.pictures(5, 1);
        Trainer trainer = new Trainer(network, data);
        fails(
                IllegalArgumentException.class,
                "Trainer: there is no image to learn from: the dataset is empty",
                () -> new Trainer(network, data.take(0)));
        fails(
                IllegalArgumentException.class,
                "Trainer: a batch needs at least one image but got batch size 0",
                () -> trainer.batchSize(0));
        fails(
                IllegalArgumentException.class,
                "Trainer: expected at least one epoch but got 0",
                () -> trainer.epochs(0));
    }

    @Test
    void aTrainingIsStartedOnceAndKeepsItsBatchSize() {
        Trainer trainer = new Trainer(Small.network(1), Small.pictures(25, 1)).batchSize(10);
        trainer.train();
        fails(
                IllegalStateException.class,
                "Trainer: this training has started already, at step 3: resume() goes on, a new Trainer starts afresh",
                trainer::train);
        fails(
                IllegalStateException.class,
                "Trainer: the batch size cannot change once training has started",
                () -> trainer.batchSize(20));
    }

    @Test
    void aSeedThatChangesInTheMiddleOfARunIsRefused() {
        Trainer trainer = new Trainer(Small.network(1), Small.pictures(25, 1)).batchSize(10);
        trainer.train();
        assertThrows(IllegalStateException.class, () -> trainer.seed(2));
    }

    @Test
    void theHistoryIsATableAndAText() {
        History history = new Trainer(Small.network(1), Small.pictures(25, 1))
                .batchSize(10)
                .epochs(2)
                .validation(Small.pictures(10, 2))
                .train();
        var table = history.table();
        assertEquals(
                List.of("epoch", "loss", "training accuracy", "validation accuracy", "seconds"), table.columnNames());
        assertEquals(2, table.rowCount());
        assertEquals(history.epochs().get(1).loss(), table.doubleColumn("loss").get(1));
        List<String> lines = history.toString().lines().toList();
        assertEquals("6 steps in 2 finished epochs", lines.get(0));
        assertTrue(
                lines.get(1)
                        .matches("epoch 1: loss \\d\\.\\d{4}, accuracy 0\\.\\d{4}, validation accuracy [01]\\.\\d{4}"),
                lines.get(1));
    }

    @Test
    void theHistoryHandsOutCopies() {
        History history = new Trainer(Small.network(1), Small.pictures(25, 1)).train();
        assertThrows(UnsupportedOperationException.class, () -> history.steps().clear());
        assertThrows(UnsupportedOperationException.class, () -> history.epochs().clear());
    }

    @Test
    void aBatchLargerThanTheDatasetIsTheWholeDataset() {
        Network all = Small.network(1), most = Small.network(1);
        Dataset data = Small.pictures(25, 1);
        new Trainer(all, data).batchSize(25).epochs(3).train();
        List<Progress> heard = new ArrayList<>();
        History history = new Trainer(most, data)
                .batchSize(Integer.MAX_VALUE)
                .epochs(3)
                .listener(heard::add)
                .train();
        assertEquals(3, history.steps().size());
        assertEquals(3, history.epochs().size());
        assertEquals(Small.checksum(all), Small.checksum(most));
        Progress first = heard.get(0);
        assertEquals(3, first.steps());
        assertEquals(50, first.secondsLeft() * first.imagesPerSecond(), 1e-6); // two epochs of 25 images are left
    }

    @Test
    void moreStepsThanAnIntHoldsAreRefusedBeforeTheFirstOne() {
        Network network = Small.network(1);
        String before = Small.checksum(network);
        Trainer trainer =
                new Trainer(network, Small.pictures(25, 1)).batchSize(10).epochs(Integer.MAX_VALUE);
        fails(
                IllegalArgumentException.class,
                "Trainer: 2,147,483,647 epochs of 3 steps are more than can be counted: ask for fewer epochs",
                trainer::train);
        assertEquals(before, Small.checksum(network));
        List<Progress> heard = new ArrayList<>();
        trainer.batchSize(Integer.MAX_VALUE).listener(progress -> {
            heard.add(progress);
            Thread.currentThread().interrupt();
        });
        trainer.train(); // as many steps as an int holds can be counted
        assertEquals(Integer.MAX_VALUE, heard.get(0).steps());
        Thread.interrupted();
    }

    @Test
    void whatDecidesTheBitsOfARunCannotChangeOnceItHasStarted() {
        Trainer trainer = new Trainer(Small.network(1), Small.pictures(25, 1)).batchSize(10);
        trainer.train();
        String rest = " cannot change once training has started";
        fails(
                IllegalStateException.class,
                "Trainer: the images for validation" + rest,
                () -> trainer.validation(Small.pictures(5, 2)));
        fails(IllegalStateException.class, "Trainer: the optimizer" + rest, () -> trainer.optimizer(new Sgd(1)));
        fails(
                IllegalStateException.class,
                "Trainer: the augmentation" + rest,
                () -> trainer.augmentation(Augmentation.none()));
        fails(IllegalStateException.class, "Trainer: the seed" + rest, () -> trainer.seed(2));
        trainer.listener(progress -> {}).epochs(2).resume(); // these may
        assertEquals(6, trainer.history().steps().size());
    }

    @Test
    void whatIsMissingIsNamed() {
        Dataset data = Small.pictures(5, 1);
        Trainer trainer = new Trainer(Small.network(1), data);
        fails(NullPointerException.class, "network", () -> new Trainer(null, data));
        fails(NullPointerException.class, "images", () -> new Trainer(Small.network(1), null));
        fails(NullPointerException.class, "held", () -> trainer.validation(null));
        fails(NullPointerException.class, "optimizer", () -> trainer.optimizer(null));
        fails(NullPointerException.class, "augmentation", () -> trainer.augmentation(null));
        fails(NullPointerException.class, "listener", () -> trainer.listener(null));
        fails(NullPointerException.class, "file", () -> trainer.checkpoint(null));
        fails(NullPointerException.class, "file", () -> trainer.resume(null));
        fails(NullPointerException.class, "file", () -> Checkpoint.read(null));
    }

    /** The loss of the only step was still finite; what its update has made of the weights shows in the validation. */
    @Test
    void scoresThatAreNoNumbersInTheValidationStopTrainingToo() {
        Network network = Small.network(1);
        List<State> states = new ArrayList<>();
        Trainer trainer = new Trainer(network, Small.pictures(30, 1))
                .batchSize(30)
                .epochs(2)
                .optimizer(new Sgd(1e38))
                .validation(Small.pictures(10, 2))
                .listener(p -> states.add(p.state()));
        String message = assertThrows(DivergedException.class, trainer::train).getMessage();
        assertTrue(message.startsWith("Evaluation: the scores of image 0 are no finite numbers: ["), message);
        assertEquals(1, trainer.history().steps().size());
        assertEquals(List.of(), trainer.history().epochs());
        assertEquals(List.of(State.RUNNING, State.DIVERGED), states);
        assertThrows(DivergedException.class, trainer::resume);
    }

    /** The update of the last step is measured by no step after it. */
    @Test
    void weightsThatAreNoNumbersAfterTheLastStepOfAnEpochStopTraining() {
        Network network = Small.network(1);
        Trainer trainer = new Trainer(network, Small.pictures(30, 1))
                .batchSize(30)
                .optimizer(parameters -> network.parameter("b1").value().set(Float.POSITIVE_INFINITY, 0));
        fails(
                DivergedException.class,
                "after step 1 not all weights are finite numbers: they have grown without bound. Use a smaller learning rate, or look for broken input. All steps are in history()",
                trainer::train);
        assertEquals(1, trainer.history().steps().size());
        assertEquals(List.of(), trainer.history().epochs());
    }

    /** Who rules a class out knows what an infinity does. */
    @Test
    void anInfinityThatWasThereBeforeIsNoDivergence() {
        Network network = Small.network(1);
        network.parameter("b3").value().set(Float.NEGATIVE_INFINITY, 9);
        Dataset nine = Dataset.of(new byte[3 * 64], new int[] {0, 1, 2}, 10, 1, 8, 8);
        assertEquals(1, new Trainer(network, nine).train().epochs().size());
    }

    @Test
    void imagesThatDoNotFitTheNetworkAreRefusedBeforeTheFirstStep() {
        Dataset others = Dataset.of(new byte[3 * 100], new int[3], 10, 1, 10, 10);
        Dataset twelve = Dataset.of(new byte[3 * 64], new int[] {0, 11, 3}, 12, 1, 8, 8);
        Dataset fewOfTwelve = Dataset.of(new byte[3 * 64], new int[] {0, 9, 3}, 12, 1, 8, 8); // all can be scored
        Dataset five = Dataset.of(new byte[3 * 64], new int[3], 5, 1, 8, 8);
        String shapes = "Trainer: expected images [1, 8, 8], as the network takes them, but got [1, 10, 10]";
        fails(ShapeException.class, shapes, () -> new Trainer(Small.network(1), others));
        Trainer ten = new Trainer(Small.network(1), Small.pictures(5, 1));
        fails(ShapeException.class, shapes, () -> ten.validation(others));
        fails(
                IllegalArgumentException.class,
                "Trainer: the network scores 10 classes, 0 to 9, but an image has the label 11",
                () -> new Trainer(Small.network(1), twelve));
        Trainer few = new Trainer(Small.network(1), five); // no image of the others: that can be learned
        fails(
                IllegalArgumentException.class,
                "Trainer: the network scores 10 classes but the dataset has 5",
                () -> few.validation(five));
        assertEquals(1, few.train().steps().size());
        assertEquals(
                1, new Trainer(Small.network(1), fewOfTwelve).train().steps().size());
    }

    @Test
    void fewerEpochsThanAreMadeAreRefused() {
        Network network = Small.network(1);
        Trainer trainer =
                new Trainer(network, Small.pictures(25, 1)).batchSize(10).epochs(2);
        trainer.train();
        String after = Small.checksum(network);
        fails(
                IllegalArgumentException.class,
                "Trainer: 6 steps are made already, but 1 epochs end after 3: ask for at least 2 epochs, or begin anew",
                () -> trainer.epochs(1).resume());
        assertEquals(9, trainer.epochs(3).resume().steps().size());
        assertNotEquals(after, Small.checksum(network));
    }
}
