package cnnkit.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Dataset;
import cnnkit.engine.PinnedKernel;
import cnnkit.network.Activation;
import cnnkit.network.LeNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Check;
import cnnkit.tensor.Tensor;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training step takes hardly any new memory: its tensors are filled again. */
class AllocationTest {
    private static final int MOST = 64 * 1024;
    private static final int STEPS = 20;

    /** Steps until the compiler has found that no vector needs a place in memory; on a busy machine that is late. */
    private static final int MOST_STEPS = 3000;

    @Test
    void afterTheFirstOnesAStepAllocatesAtMost64Kilobytes() {
        PinnedKernel.run(PinnedKernel.Which.PLAIN, () -> {
            Runnable step = step(SimpleConvNet.create(1));
            for (int i = 0; i < 3; i++) { // whatever is made once
                step.run();
            }
            long before = allocated();
            for (int i = 0; i < STEPS; i++) {
                step.run();
            }
            expectLittle((allocated() - before) / STEPS);
        });
    }

    /** LeNet's filters meet listed numbers, those of SimpleConvNet do not. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void onVectorsItComesToThatToo(boolean listed) {
        Network network = listed
                ? LeNet.builder()
                        .activation(Activation.RELU)
                        .pooling(LeNet.Pooling.MAXIMUM)
                        .build(1)
                : SimpleConvNet.create(1);
        long lists = PinnedKernel.run(PinnedKernel.Which.VECTOR, () -> {
            Runnable step = step(network);
            int littleInARow = 0;
            for (int i = 0; littleInARow < STEPS; i++) {
                long before = allocated();
                step.run();
                long bytes = allocated() - before;
                assertTrue(i < MOST_STEPS, bytes + " bytes in step " + i);
                littleInARow = bytes <= MOST ? littleInARow + 1 : 0;
            }
        });
        assertEquals(listed, lists > 0);
    }

    /** A training step: forward, loss, backward, update. */
    private static Runnable step(Network network) {
        Adam adam = new Adam();
        Random random = new Random(1);
        Tensor x = Check.random(random, 100, 1, 28, 28);
        int[] labels = random.ints(100, 0, 10).toArray();
        return () -> {
            network.gradient(x, labels);
            adam.update(network.parameters().values());
        };
    }

    private static void expectLittle(long perStep) {
        assertTrue(perStep > 0, "the counter does not count");
        assertTrue(perStep <= MOST, perStep + " bytes a step");
    }

    @Test
    void soDoesAStepOfATrainer() {
        Random random = new Random(1);
        int images = 100 * (STEPS + 3);
        Dataset dataset = Dataset.of(
                Check.random(random, images, 1, 28, 28),
                random.ints(images, 0, 10).toArray(),
                10);
        long[] at = new long[STEPS + 4];
        PinnedKernel.run(
                PinnedKernel.Which.PLAIN,
                () -> new Trainer(SimpleConvNet.create(1), dataset)
                        .listener(progress -> at[progress.step()] = allocated())
                        .train());
        expectLittle((at[STEPS + 2] - at[2]) / STEPS);
    }

    /** Bytes that this thread and the engine's helpers have allocated so far. Asking takes few itself: no stack traces. */
    private static long allocated() {
        Thread[] threads = new Thread[Thread.activeCount() + 10];
        int count = Thread.enumerate(threads);
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (Thread thread : Arrays.asList(threads).subList(0, count)) {
            if (thread == Thread.currentThread() || thread.getName().matches("cnnkit-engine-\\d+")) {
                sum += memory.getThreadAllocatedBytes(thread.getId());
            }
        }
        return sum;
    }
}
