package cnnkit.engine;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;

/**
 * For tests: names the kernel that everything runs on, and counts its calls. A test fails when its kernel did not run, so that none can
 * pass on another one.
 */
public final class PinnedKernel {
    /** The kernels that a test should run on. */
    public enum Which {
        PLAIN,
        VECTOR
    }

    /** Passes everything on. */
    private record Counting(Kernel kernel, AtomicLong calls, AtomicLong withLists) implements Kernel {
        @Override
        public int lanes() {
            return kernel.lanes();
        }

        @Override
        public void multiply(int columns, Rows a, Rows b, Rows c) {
            calls.incrementAndGet();
            kernel.multiply(columns, a, b, c);
        }

        @Override
        public boolean lists() {
            return kernel.lists();
        }

        @Override
        public void multiplyListed(int count, Listed listed, float[] x, int[] pieces, Rows c) {
            withLists.incrementAndGet();
            kernel.multiplyListed(count, listed, x, pieces, c);
        }

        @Override
        public void largestOfFour(Fours fours, float[] maps, int from, float[] out, int[] winners, int to) {
            kernel.largestOfFour(fours, maps, from, out, winners, to);
        }

        @Override
        public void largestOfFour(Fours fours, float[] maps, int from, float[] out, int to) {
            kernel.largestOfFour(fours, maps, from, out, to);
        }

        @Override
        public void relu(float[] x, float[] out, int from, int to) {
            kernel.relu(x, out, from, to);
        }

        @Override
        public void reluGradient(int count, float[] out, float[] dout, int from, float[] target, int to) {
            kernel.reluGradient(count, out, dout, from, target, to);
        }
    }

    private PinnedKernel() {}

    /**
     * Runs something on this kernel and on no other.
     *
     * @return how often listed numbers were multiplied
     */
    public static long run(Which which, Runnable test) {
        Kernel kernel = which == Which.PLAIN ? Kernels.plain() : Kernels.vector();
        assertNotNull(kernel, "surefire adds the module jdk.incubator.vector");
        Counting counting = new Counting(kernel, new AtomicLong(), new AtomicLong());
        Kernel before = Kernels.current();
        Kernels.use(counting);
        try {
            test.run();
            assertSame(counting, Kernels.current(), "another kernel came in between");
            assertTrue(counting.calls.get() > 0, kernel.getClass().getSimpleName() + " did not run");
            return counting.withLists.get();
        } finally {
            Kernels.use(before);
        }
    }
}
