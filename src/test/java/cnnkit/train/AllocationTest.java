package cnnkit.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Dataset;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Check;
import cnnkit.tensor.Tensor;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A training step takes hardly any new memory: its tensors are filled again. */
class AllocationTest {
    private static final int MOST = 64 * 1024;
    private static final int STEPS = 20;

    @Test
    void afterTheFirstOnesAStepAllocatesAtMost64Kilobytes() {
        Network network = SimpleConvNet.create(1);
        Adam adam = new Adam();
        Random random = new Random(1);
        Tensor x = Check.random(random, 100, 1, 28, 28);
        int[] labels = random.ints(100, 0, 10).toArray();
        Runnable step = () -> {
            network.gradient(x, labels);
            adam.update(network.parameters().values());
        };
        for (int i = 0; i < 3; i++) { // whatever is made once
            step.run();
        }
        long before = allocated();
        for (int i = 0; i < STEPS; i++) {
            step.run();
        }
        long perStep = (allocated() - before) / STEPS;
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
        new Trainer(SimpleConvNet.create(1), dataset)
                .listener(progress -> at[progress.step()] = allocated())
                .train();
        long perStep = (at[STEPS + 2] - at[2]) / STEPS;
        assertTrue(perStep > 0, "the counter does not count");
        assertTrue(perStep <= MOST, perStep + " bytes a step");
    }

    /** Bytes that this thread and the engine's helpers have allocated so far. */
    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread == Thread.currentThread() || thread.getName().matches("cnnkit-engine-\\d+"))
                .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getId()))
                .sum();
    }
}
