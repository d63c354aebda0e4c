package cnnkit.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Dataset;
import cnnkit.network.Network;
import cnnkit.tensor.Tensor;
import cnnkit.train.Progress.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody presses stop. A run that goes on afterwards ends as one that was never stopped, bit for bit. */
class InterruptTest {
    private static final Dataset PICTURES = Small.pictures(25, 1); // batches of 10, 10 and 5
    private static final Dataset HELD = Small.pictures(12, 2);

    @AfterEach
    void noInterruptIsLeftForTheNextTest() {
        Thread.interrupted();
    }

    private static Trainer trainer(Network network) {
        return new Trainer(network, PICTURES).batchSize(10).epochs(3).validation(HELD);
    }

    /** A network that has learned so long, step by step, without a trainer's interrupt. */
    private static Network afterSteps(int steps) {
        Network network = Small.network(1);
        Optimizer adam = new Adam();
        for (int step = 0; step < steps; step++) {
            int[] order = PICTURES.order(1, step / 3 + 1);
            int[] batch = Arrays.copyOfRange(order, step % 3 * 10, Math.min(step % 3 * 10 + 10, 25));
            network.gradient(PICTURES.images(batch), PICTURES.labels(batch), 1, step + 1);
            adam.update(network.parameters().values());
        }
        return network;
    }

    @ParameterizedTest(name = "after step {0} of 9")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void stoppedAfterAnyStepAndResumedEqualsNeverStopped(int stop) {
        Network never = Small.network(1);
        History whole = trainer(never).train();

        Network stopped = Small.network(1);
        List<State> states = new ArrayList<>();
        boolean[] pressed = {false};
        Trainer trainer = trainer(stopped).listener(progress -> {
            states.add(progress.state());
            if (progress.step() == stop && !pressed[0]) {
                pressed[0] = true;
                Thread.currentThread().interrupt();
            }
        });
        History history = trainer.train();
        assertEquals(stop, history.steps().size());
        assertEquals((stop - 1) / 3, history.epochs().size()); // stopped before the epoch's accuracy was measured
        assertEquals(State.INTERRUPTED, states.get(states.size() - 1));
        assertFalse(Thread.currentThread().isInterrupted());
        assertArrayEquals(
                Evaluation.of(afterSteps(stop), HELD).predictions(),
                Evaluation.of(stopped, HELD)
                        .predictions()); // the network can be used: it is what so many steps make of it

        assertEquals(9, trainer.resume().steps().size());
        assertEquals(State.FINISHED, states.get(states.size() - 1));
        assertEquals(whole.steps(), trainer.history().steps());
        assertEquals(Small.untimed(whole), Small.untimed(trainer.history()));
        assertEquals(Small.checksum(never), Small.checksum(stopped));
    }

    @Test
    void stoppedAgainAndAgainItStillEndsTheSame() {
        Network never = Small.network(1), stopped = Small.network(1);
        History whole = trainer(never).train();
        int[] last = {0};
        Trainer trainer = trainer(stopped).listener(progress -> {
            if (progress.step() > last[0]) {
                last[0] = progress.step();
                Thread.currentThread().interrupt();
            }
        });
        trainer.train();
        int resumed = 0;
        while (trainer.history().epochs().size() < 3) {
            trainer.resume();
            resumed++;
            assertTrue(resumed < 20);
        }
        assertEquals(9, resumed);
        assertEquals(whole.steps(), trainer.history().steps());
        assertEquals(Small.untimed(whole), Small.untimed(trainer.history()));
        assertEquals(Small.checksum(never), Small.checksum(stopped));
    }

    @Test
    void stoppedInTheMiddleOfTheValidationItMeasuresAgain() {
        class Stopper extends Small.Watcher {
            int pressAt = Integer.MAX_VALUE;

            @Override
            public Tensor forward(Tensor x) {
                if (batches.size() + 1 == pressAt) {
                    Thread.currentThread().interrupt();
                }
                return super.forward(x);
            }
        }
        Dataset data = Small.numbered(25), held = Small.numbered(250); // measured in batches of 100, 100 and 50
        Network never = Small.watchedBy(new Stopper());
        History whole = new Trainer(never, data)
                .batchSize(10)
                .epochs(2)
                .validation(held)
                .train();

        Stopper stopper = new Stopper();
        stopper.pressAt = 3 + 2; // three steps, then the second batch of the measurement
        Network stopped = Small.watchedBy(stopper);
        Trainer trainer = new Trainer(stopped, data).batchSize(10).epochs(2).validation(held);
        trainer.train();
        assertEquals(5, stopper.batches.size()); // the third batch was not begun
        assertEquals(3, trainer.history().steps().size());
        assertEquals(List.of(), trainer.history().epochs());
        trainer.resume();
        assertEquals(whole.steps(), trainer.history().steps());
        assertEquals(Small.untimed(whole), Small.untimed(trainer.history()));
        assertEquals(Small.checksum(never), Small.checksum(stopped));
    }

    @Test
    void stoppedInTheMiddleOfAStepTheStepIsFinishedFirst() {
        Small.Watcher stopper = new Small.Watcher() {
            @Override
            public Tensor forward(Tensor x) {
                if (batches.size() == 1) {
                    Thread.currentThread().interrupt(); // during step 2
                }
                return super.forward(x);
            }
        };
        Trainer trainer = new Trainer(Small.watchedBy(stopper), Small.numbered(25)).batchSize(10);
        assertEquals(2, trainer.train().steps().size());
        assertEquals(3, trainer.resume().steps().size());
        assertEquals(3, stopper.batches.size()); // no image was used twice
    }

    @Test
    void anInterruptBeforeTheFirstStepStopsAtOnce() {
        Network network = Small.network(1);
        String before = Small.checksum(network);
        Thread.currentThread().interrupt();
        Trainer trainer = trainer(network);
        assertEquals(List.of(), trainer.train().steps());
        assertEquals(before, Small.checksum(network));
        assertEquals(9, trainer.resume().steps().size());
    }

    /** Nothing was left to stop; and the next cell of the notebook must not be stopped instead. */
    @Test
    void anInterruptDuringTheVeryLastStepComesTooLate() {
        Trainer trainer = new Trainer(Small.network(1), PICTURES).batchSize(10).listener(progress -> {
            if (progress.step() == 3) {
                Thread.currentThread().interrupt();
            }
        });
        assertEquals(1, trainer.train().epochs().size());
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void aListenerThatFailsLosesNoStep() {
        Network never = Small.network(1), failed = Small.network(1);
        History whole = trainer(never).train();
        boolean[] thrown = {false};
        Trainer trainer = trainer(failed).listener(progress -> {
            if (progress.step() == 2 && !thrown[0]) {
                thrown[0] = true;
                throw new IllegalStateException("the display is gone");
            }
        });
        assertThrows(IllegalStateException.class, trainer::train);
        assertEquals(2, trainer.history().steps().size());
        trainer.resume();
        assertEquals(whole.steps(), trainer.history().steps());
        assertEquals(Small.checksum(never), Small.checksum(failed));
    }

    /** Wherever in a step the interrupt falls, the parameters are those before or after that step. */
    @Test
    void interruptedInTheMiddleOfAStepTheParametersAreThoseOfAWholeNumberOfSteps() throws InterruptedException {
        Network never = Small.network(1);
        List<Object> after = new ArrayList<>(List.of(Small.checksum(never))); // after so many steps
        Trainer whole = new Trainer(never, PICTURES).batchSize(5).epochs(100);
        whole.listener(progress -> {
            if (progress.step() == after.size()) {
                after.add(Small.checksum(never));
            }
        });
        whole.train();

        Random random = new Random(1);
        int interrupted = 0;
        for (int round = 0; round < 30; round++) {
            Network stopped = Small.network(1);
            Trainer trainer = new Trainer(stopped, PICTURES).batchSize(5).epochs(100);
            Thread learner = new Thread(trainer::train);
            learner.start();
            Thread.sleep(0, 1 + random.nextInt(900_000));
            for (int i = random.nextInt(200_000); i > 0; i--) {
                Thread.onSpinWait();
            }
            learner.interrupt();
            learner.join();
            int steps = trainer.history().steps().size();
            assertEquals(after.get(steps), Small.checksum(stopped), "after " + steps + " steps");
            interrupted += steps < 500 ? 1 : 0;
        }
        assertTrue(interrupted > 0, "no interrupt came in time");
    }
}
