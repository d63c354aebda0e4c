package cnnkit.engine;

/** What computes here. {@code java cnnkit.engine.Engine} prints it in one line. */
public final class Engine {
    /** With the instruction a fused multiply-add takes a nanosecond or two, without it some hundred. */
    private static final double SLOW_NANOSECONDS = 50;

    private Engine() {}

    /**
     * The kernel that runs now and the number of threads, in words.
     *
     * @return for example {@code vectors of 8 floats, 2 threads}
     */
    public static String describe() {
        String slow = nanosecondsOfFma() > SLOW_NANOSECONDS
                ? "; this processor has no fused multiply-add instruction: right, but very slow"
                : "";
        return kernel() + ", " + Workers.threads() + (Workers.threads() == 1 ? " thread" : " threads") + slow;
    }

    private static String kernel() {
        Kernel vector = Kernels.vector();
        if (vector == null) {
            return "plain Java (--add-modules=jdk.incubator.vector makes it faster)";
        }
        String vectors = "vectors of " + vector.lanes() + " floats";
        return Kernels.current() == vector ? vectors : "plain Java at first (" + vectors + " once they are compiled)";
    }

    private static double nanosecondsOfFma() {
        double fastest = Double.MAX_VALUE;
        float sum = 0;
        for (int round = 0; round < 20; round++) { // the first ones are interpreted
            long begin = System.nanoTime();
            sum = chain(sum);
            fastest = Math.min(fastest, (System.nanoTime() - begin) / 10_000.0);
        }
        return sum == -1 ? 0 : fastest; // the sum is used, so that it is computed
    }

    private static float chain(float sum) {
        for (int i = 0; i < 10_000; i++) {
            sum = Math.fma(sum, 0.5f, 1f);
        }
        return sum;
    }

    /**
     * Prints the description, as soon as the fast kernel is compiled: in a second or two, or later on a busy machine; after a
     * minute at the latest.
     *
     * @param arguments none
     * @throws InterruptedException if somebody stops it
     */
    public static void main(String[] arguments) throws InterruptedException {
        for (int look = 0; look < 600 && Kernels.vector() != null && Kernels.current() != Kernels.vector(); look++) {
            Thread.sleep(100);
        }
        System.out.println(describe());
    }
}
