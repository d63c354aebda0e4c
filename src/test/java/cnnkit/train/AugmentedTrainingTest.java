package cnnkit.train;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import cnnkit.data.Augmentation;
import cnnkit.data.Dataset;
import cnnkit.layer.Affine;
import cnnkit.layer.Layer;
import cnnkit.network.Network;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentedTrainingTest {
    private static final Augmentation SOME = Augmentation.none().shift(1).rotation(15);
    private static final Dataset PICTURES = Small.pictures(25, 1); // batches of 10, 10 and 5
    private static final Dataset HELD = Small.pictures(12, 2);

    @AfterEach
    void noInterruptIsLeftForTheNextTest() {
        Thread.interrupted();
    }

    private static Trainer trainer(Network network) {
        return new Trainer(network, PICTURES)
                .augmentation(SOME)
                .batchSize(10)
                .epochs(3)
                .seed(4)
                .validation(HELD);
    }

    /** Keeps a copy of every batch that it lets through. */
    private static final class Recorder extends Layer {
        private final List<Tensor> batches = new ArrayList<>();

        @Override
        public Tensor forward(Tensor x) {
            batches.add(x.copy());
            return x.reshape(x.size(0), -1);
        }

        @Override
        public Tensor backward(Tensor dout) {
            return dout;
        }

        @Override
        public int[] outputShape(int... inputShape) {
            return new int[] {64};
        }
    }

    @Test
    void everyBatchIsWhatSeedAndEpochMakeOfItsImages() {
        Recorder recorder = new Recorder();
        Network network = Network.builder(1, 8, 8)
                .add("Recorder", recorder)
                .add("Affine1", new Affine(Tensor.gaussian(new Random(1), 0.1, 64, 10), Tensor.zeros(10)))
                .build();
        trainer(network).train();
        assertEquals(12, recorder.batches.size());
        for (int epoch = 1; epoch <= 3; epoch++) {
            int[] order = PICTURES.order(4, epoch); // the order is as it is without augmentation
            for (int step = 0; step < 3; step++) {
                int[] batch = Arrays.copyOfRange(order, 10 * step, Math.min(25, 10 * step + 10));
                assertSameBits(
                        SOME.images(PICTURES, batch, 4, epoch),
                        recorder.batches.get(4 * (epoch - 1) + step),
                        "epoch " + epoch + ", step " + step);
            }
            Tensor held = recorder.batches.get(4 * (epoch - 1) + 3); // images for validation are not moved
            assertSameBits(HELD.images(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), held, "validation");
        }
    }

    @ParameterizedTest(name = "after step {0} of 9")
    @ValueSource(ints = {1, 3, 4, 8})
    void stoppedAndResumedEqualsNeverStopped(int stop) {
        Network never = Small.network(1), stopped = Small.network(1);
        History whole = trainer(never).train();
        Trainer trainer = trainer(stopped);
        boolean[] pressed = {false};
        trainer.listener(progress -> {
            if (progress.step() == stop && !pressed[0]) {
                pressed[0] = true;
                Thread.currentThread().interrupt();
            }
        });
        assertEquals(stop, trainer.train().steps().size());
        trainer.resume();
        assertEquals(whole.steps(), trainer.history().steps());
        assertEquals(Small.untimed(whole), Small.untimed(trainer.history()));
        assertEquals(Small.checksum(never), Small.checksum(stopped));
    }

    @Test
    void movedImagesTeachOtherWeights() {
        Network moved = Small.network(1), unmoved = Small.network(1);
        trainer(moved).train();
        trainer(unmoved).augmentation(Augmentation.none()).train();
        assertNotEquals(Small.checksum(unmoved), Small.checksum(moved));
    }

    @Test
    void anAugmentationThatChangesInTheMiddleOfARunIsRefused() {
        Trainer trainer = trainer(Small.network(1));
        trainer.train();
        fails(
                IllegalStateException.class,
                "Trainer: the augmentation cannot change once training has started",
                () -> trainer.augmentation(Augmentation.none()));
    }
}
