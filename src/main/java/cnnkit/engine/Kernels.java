package cnnkit.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Which kernel runs: the one on the Vector API where the module {@code jdk.incubator.vector} is there, else the plain
 * one. Both give the same bits.
 *
 * <p>The Vector API is slow until it is compiled. So the first calls go to the plain kernel, while a daemon thread runs
 * the vector one until it is fast; the change may come at any call, as no bit depends on it. On a machine that is busy with
 * other things this takes longer, and is tried again until it succeeds.
 */
public final class Kernels {
    /** Pieces of a tile of {@link #multiplyListed}, which advance together. */
    public static final int PIECES = 6;

    /** Milliseconds before the warm-up: a first answer that comes at once has all cores, while plain Java is compiled. */
    private static final int HEAD_START = 150;
    /** Open: there is no head start any more. */
    private static final CountDownLatch AT_ONCE = new CountDownLatch(1);
    /** So often in a row must the vector kernel win: then it is compiled. */
    private static final int WINS = 3;
    /** Milliseconds of trying without a break, and those of a break. */
    private static final int TRYING = 10_000, BREAK = 2_000;

    private static final Kernel PLAIN = new PlainKernel();
    private static final Kernel VECTOR = vectorKernel();
    private static volatile Kernel current = PLAIN;
    private static volatile boolean chosen; // by a test: the warm-up must not change it

    static {
        if (VECTOR != null) {
            Thread warmUp = new Thread(Kernels::warmUp, "cnnkit-engine-warm-up");
            warmUp.setDaemon(true);
            warmUp.start();
        }
    }

    private Kernels() {}

    /**
     * Begins to compile the vector kernel, if nobody has computed yet: whoever builds a network will, and may load data before,
     * which leaves a core free.
     */
    public static void prepare() {
        // that this class is initialised starts the warm-up
    }

    /** The same at once: whoever reads a whole dataset is going to train, and leaves a core free meanwhile. */
    public static void prepareAtOnce() {
        AT_ONCE.countDown();
    }

    /** The kernel that runs now. */
    static Kernel current() {
        return current;
    }

    /** For tests: the kernel that runs from now on. */
    static synchronized void use(Kernel kernel) {
        chosen = true;
        current = kernel;
    }

    private static synchronized void useUnlessChosen(Kernel kernel) {
        if (!chosen) {
            current = kernel;
        }
    }

    static Kernel plain() {
        return PLAIN;
    }

    /** The vector kernel, compiled or not; null where the module is missing. */
    static Kernel vector() {
        return VECTOR;
    }

    /**
     * Arrays are as wide as either kernel may ask, so that the change needs no new ones.
     *
     * @return the columns of which a kernel computes a multiple
     */
    public static int lanes() {
        return VECTOR == null ? PLAIN.lanes() : VECTOR.lanes();
    }

    /**
     * Columns rounded up to whole vectors.
     *
     * @param columns how many are wanted
     * @return how many an array must have room for
     */
    public static int wide(int columns) {
        return (columns + lanes() - 1) / lanes() * lanes();
    }

    /**
     * Advances sums of products, {@code c = c + a b}, each one chain of fused multiply-adds in the order of b's rows.
     *
     * @param columns of b and c; both have room for {@link #wide} columns, and what is behind the last column is noise
     * @param a at least as many rows as c, each as long as b has rows; or six, packed since their numbers changed last
     * @param b one row a step
     * @param c the sums, six rows if a is packed; no two rows overlap
     */
    public static void multiply(int columns, Rows a, Rows b, Rows c) {
        current.multiply(columns, a, b, c);
    }

    /**
     * Whether it pays now to list the numbers of a gradient that are not 0: plain Java is faster with all of them.
     *
     * @return whether {@link #multiplyListed} is fast
     */
    public static boolean lists() {
        return current.lists();
    }

    /**
     * Advances sums by listed numbers, in the order of the lists. Each meets pieces of x, as long as a vector, and advances the
     * sums of each piece: {@code sum = sum + value * x}, a chain of fused multiply-adds.
     *
     * @param count how many numbers each list has
     * @param listed two lists
     * @param x what the listed numbers meet
     * @param pieces where its pieces begin, counted from a place; their number is a multiple of {@link #PIECES}
     * @param c two rows: the sums of each list, piece by piece
     */
    public static void multiplyListed(int count, Listed listed, float[] x, int[] pieces, Rows c) {
        current.multiplyListed(count, listed, x, pieces, c);
    }

    /**
     * 2x2 max pooling of one map: the largest of each four, and where it lies. NaN passes, but where it lies is not told: for
     * this, {@link #findNaN}.
     *
     * @param fours where the fours lie
     * @param maps the map, from {@code from} on
     * @param from where the map begins; positions are counted from here
     * @param out is filled from {@code to} on
     * @param winners is filled from {@code to} on, with positions
     * @param to where the output begins
     */
    public static void largestOfFour(Fours fours, float[] maps, int from, float[] out, int[] winners, int to) {
        current.largestOfFour(fours, maps, from, out, winners, to);
    }

    /**
     * The largest of each four alone, for callers that send no gradient back: the same numbers.
     *
     * @param fours where the fours lie
     * @param maps the map, from {@code from} on
     * @param from where the map begins
     * @param out is filled from {@code to} on
     * @param to where the output begins
     */
    public static void largestOfFour(Fours fours, float[] maps, int from, float[] out, int to) {
        current.largestOfFour(fours, maps, from, out, to);
    }

    /**
     * After {@link #largestOfFour(Fours, float[], int, float[], int[], int)}, for callers that send a gradient back: where a NaN
     * is the largest, the winner becomes the first one, as {@link Maximum} tells.
     *
     * @param fours where the fours lie
     * @param maps the map, from {@code from} on
     * @param from where the map begins; positions are counted from here
     * @param out the outputs, from {@code to} on
     * @param winners is mended, from {@code to} on
     * @param to where the output begins
     */
    public static void findNaN(Fours fours, float[] maps, int from, float[] out, int[] winners, int to) {
        Kernel.findNaN(fours, maps, from, out, winners, to);
    }

    /**
     * ReLU for some neighbours: what is above 0 passes, a NaN too; the rest becomes 0.
     *
     * @param x the values
     * @param out is filled at the same places; may be x itself
     * @param from the first place
     * @param to one past the last place
     */
    public static void relu(float[] x, float[] out, int from, int to) {
        current.relu(x, out, from, to);
    }

    /**
     * The gradient of ReLU for some neighbours: that of the output where the output is not 0, else 0.
     *
     * @param count how many
     * @param out what ReLU gave, from {@code from} on
     * @param dout the gradient of it, from {@code from} on
     * @param from where the first one lies
     * @param target is filled from {@code to} on
     * @param to where the first gradient goes
     */
    public static void reluGradient(int count, float[] out, float[] dout, int from, float[] target, int to) {
        current.reluGradient(count, out, dout, from, target, to);
    }

    /**
     * The gradient that ReLU lets through, for one value.
     *
     * @param out what ReLU gave
     * @param dout the gradient of it
     * @return dout where the output is not 0, else 0
     */
    public static float passed(float out, float dout) {
        return Kernel.passed(out, dout);
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

    /** Runs the vector kernel until it beats the plain one on the same work. */
    private static void warmUp() {
        try {
            AT_ONCE.await(HEAD_START, TimeUnit.MILLISECONDS);
            while (!winsBefore(System.nanoTime() + TRYING * 1_000_000L)) {
                Thread.sleep(BREAK);
            }
            useUnlessChosen(VECTOR);
        } catch (InterruptedException | LinkageError e) {
            // Nobody interrupts this thread, but another Java may have changed the module, which is not final yet. Then
            // the plain kernel stays, which computes the same.
        }
    }

    private static boolean winsBefore(long end) {
        int inARow = 0;
        while (inARow < WINS && System.nanoTime() < end) {
            inARow = vectorWins() ? inARow + 1 : 0;
        }
        return inARow == WINS;
    }

    /** By the best of some turns: what others do on a busy machine makes a turn longer, never shorter. */
    private static boolean vectorWins() {
        long vector = Long.MAX_VALUE, plain = Long.MAX_VALUE;
        for (int turn = 0; turn < 3; turn++) {
            vector = Math.min(vector, nanoseconds(VECTOR));
            plain = Math.min(plain, nanoseconds(PLAIN));
        }
        return vector < plain;
    }

    /**
     * Every kind of tile has its turn, and as many: a compiler counts calls and steps, and the slowest would be the last. With
     * and without a last vector and a last step, with wide maps and maps narrower than a vector: it leaves out what has never
     * happened, and must compile again when it does.
     */
    private static long nanoseconds(Kernel kernel) {
        int lanes = VECTOR.lanes();
        int step = 5 * lanes, depth = 24;
        float[] a = new float[depth * step];
        float[] b = new float[depth * step];
        float[] c = new float[6 * step];
        int[] winners = new int[6 * step];
        Rows rowsOfA = Rows.of(a, 0, depth, 6), packed = rowsOfA.roomToPack(depth);
        Rows six = Rows.of(c, 0, step, 6), three = Rows.of(c, 0, step, 3), two = Rows.of(c, 0, 3 * step, 2);
        Listed listed = Listed.room(depth);
        int[] pieces = new int[PIECES];
        Fours wide = new Fours(depth / 2, 2 * lanes + 1, 2 * step, step);
        Fours narrow = new Fours(4, lanes - 1, 2 * step, step); // its last row is left to plain Java
        for (int turn = 0; turn < 4 && kernel.lists(); turn++) { // a kernel that does not is not compared in this
            kernel.multiplyListed(depth, listed, b, pieces, two);
        }
        long begin = System.nanoTime();
        for (int turn = 0; turn < 4; turn++) {
            int last = turn % 2;
            Rows rowsOfB = Rows.of(b, 0, step, depth - last);
            kernel.multiply((2 + last) * lanes, rowsOfA, rowsOfB, six);
            kernel.multiply((2 + last) * lanes, packed, rowsOfB, six);
            kernel.multiply((2 + last) * lanes, packed, rowsOfB, six); // again, as it makes two steps a turn
            kernel.multiply((4 + last) * lanes, rowsOfA, rowsOfB, three);
        }
        for (Fours fours : new Fours[] {wide, narrow}) {
            kernel.largestOfFour(fours, b, 0, c, winners, 0);
            kernel.largestOfFour(fours, b, 0, c, 0);
        }
        kernel.reluGradient(6 * step, a, b, 0, c, 0);
        kernel.reluGradient(lanes - 1, a, b, 0, c, 0);
        return System.nanoTime() - begin;
    }
}
