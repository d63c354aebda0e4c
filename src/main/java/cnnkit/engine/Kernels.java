package cnnkit.engine;

import java.util.concurrent.CountDownLatch;

/**
 * Which kernel runs: the one on the Vector API where the module {@code jdk.incubator.vector} is there, else the plain
 * one. Both give the same bits.
 *
 * <p>The Vector API is slow until it is compiled. So the first calls go to the plain kernel, while a daemon thread runs
 * the vector one until it is fast; the change may come at any call, as no bit depends on it.
 */
final class Kernels {
    /** Milliseconds before the warm-up: the first step has all cores, while the plain kernel is compiled for it. */
    private static final int HEAD_START = 300;

    private static final Kernel PLAIN = new PlainKernel();
    private static final Kernel VECTOR = vectorKernel();
    private static volatile Kernel current = PLAIN;
    private static final CountDownLatch WARM = new CountDownLatch(1);

    static {
        if (VECTOR != null) {
            Thread warmUp = new Thread(Kernels::warmUp, "cnnkit-engine-warm-up");
            warmUp.setDaemon(true);
            warmUp.start();
        }
    }

    private Kernels() {}

    static Kernel current() {
        return current;
    }

    /** For tests: the kernel that runs from now on; not before the warm-up has ended, which would undo it. */
    static void use(Kernel kernel) throws InterruptedException {
        if (VECTOR != null) {
            WARM.await();
        }
        current = kernel;
    }

    static Kernel plain() {
        return PLAIN;
    }

    /** The vector kernel, compiled or not; null where the module is missing. */
    static Kernel vector() {
        return VECTOR;
    }

    /** Arrays are as wide as either kernel may ask, so that the change needs no new ones. */
    static int lanes() {
        return VECTOR == null ? PLAIN.lanes() : VECTOR.lanes();
    }

    /** Columns rounded up to whole vectors. */
    static int wide(int columns) {
        return (columns + lanes() - 1) / lanes() * lanes();
    }

    /** By name, because the class does not load without the module. */
    private static Kernel vectorKernel() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty() || Boolean.getBoolean("cnnkit.plain")) {
            return null;
        }
        try {
            return (Kernel) Class.forName("cnnkit.engine.VectorKernel")
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            return null; // the plain kernel computes the same
        }
    }

    /** Runs the vector kernel until it beats the plain one on the same work; where it never does, the plain one stays. */
    private static void warmUp() {
        try {
            Thread.sleep(HEAD_START);
            long end = System.nanoTime() + 10_000_000_000L;
            int inARow = 0;
            while (inARow < 5 && System.nanoTime() < end) {
                inARow = nanoseconds(VECTOR) < nanoseconds(PLAIN) ? inARow + 1 : 0;
            }
            if (inARow == 5) {
                current = VECTOR;
            }
        } catch (InterruptedException | LinkageError e) {
            // Nobody interrupts this thread, but another Java may have changed the module, which is not final yet: then
            // the
            // plain kernel stays, which computes the same.
        } finally {
            WARM.countDown();
        }
    }

    private static long nanoseconds(Kernel kernel) {
        int columns = 4 * VECTOR.lanes();
        int depth = 64;
        int[] begins = Rows.every(columns, 0, depth);
        float[] a = new float[depth * columns];
        float[] b = new float[depth * columns];
        float[] c = new float[24 * columns];
        int[] winners = new int[12 * columns / 2];
        long begin = System.nanoTime();
        kernel.run(24, columns, depth, a, 0, begins, b, 0, begins, c, 0, columns);
        kernel.run(22, columns - VECTOR.lanes(), depth, a, 0, begins, b, 0, begins, c, 0, columns);
        kernel.largestOfFour(12, columns / 2, c, 0, 2 * columns, columns, a, winners, 0);
        for (int row = 0; row < 12; row++) {
            kernel.reluGradient(columns, a, b, row * columns, c, 0);
        }
        return System.nanoTime() - begin;
    }
}
