package cnnkit.engine;

/**
 * The arithmetic of the engine: many sums of products that advance together.
 * <pre>
 *     c[r][j] = fma(a[r][k], b[k][j], c[r][j])        for k = 0, 1, 2, ... in this order
 *
 *                      b  depth x columns
 *                    +---------+---------+
 *                    |         |/////////|            one tile of c: a few rows, a few vectors wide. Its sums stay in
 *                    |         |/////////|            registers while k runs from the first to the last step; each step
 *                    +---------+---------+            takes one number of every row of a, and one row of b.
 *       a            +---------+---------+
 *    +-------+       |         |         |
 *    |///////|       |         | tile    |  c  rows x columns
 *    +-------+       +---------+---------+
 *    rows x depth
 * </pre>
 * The rows of a, b and c lie anywhere (see {@link Rows}). So a row of b may be an image, shifted: a convolution needs no copy
 * of its windows. What c holds before is where the sums start.
 *
 * <p>Who is who: forward, a are the filters, b the runs of an image, c its maps. For dx, a are the filters turned round, b the
 * runs of dout. For dW, a are the runs of an image, b is dout turned, c the gradients of the filters.
 *
 * <p>Beside it stand products with listed numbers, and the rules of ReLU and of 2x2 pooling, in plain Java, which say what is
 * meant; a kernel may do them a vector at a time.
 */
interface Kernel {
    /** Columns are computed in multiples of this; arrays must reach so far, and what is behind the last column is noise. */
    int lanes();

    /**
     * Advances all sums by all steps: as many rows as c has, as many steps as b has rows.
     *
     * @param columns columns of b and c
     * @param a at least as many rows as c; or six, packed since their numbers changed last
     * @param b one row a step
     * @param c the sums, six rows if a is packed; no two rows overlap
     */
    void multiply(int columns, Rows a, Rows b, Rows c);

    /** Whether {@link #multiplyListed} is fast here; else nobody calls it. */
    default boolean lists() {
        return false;
    }

    /**
     * Advances sums by listed numbers, piece by piece, in the order of the lists. A piece is {@link Kernels#lanes} neighbours,
     * whichever kernel runs:
     * <pre>
     *     c[s][t * lanes + j] = fma(value i of list s, x[its place + pieces[t] + j], ...)      for i = 0, 1, 2, ...
     * </pre>
     *
     * @param count how many numbers each list has
     * @param listed two lists
     * @param x what the listed numbers meet
     * @param pieces where its pieces begin, counted from a place; their number is a multiple of {@link Kernels#PIECES}
     * @param c two rows: the sums of each list, piece by piece
     */
    default void multiplyListed(int count, Listed listed, float[] x, int[] pieces, Rows c) {
        int lanes = Kernels.lanes();
        for (int i = 0; i < 2 * count; i++) {
            float value = listed.values()[i];
            int from = listed.places()[i];
            for (int t = 0; t < pieces.length; t++) {
                for (int j = 0; j < lanes; j++) {
                    int at = c.begin(i % 2) + t * lanes + j;
                    c.data()[at] = Math.fma(value, x[from + pieces[t] + j], c.data()[at]);
                }
            }
        }
    }

    /**
     * 2x2 max pooling of one map, two columns from one window to the next: the largest of each four, and where it lies. Of
     * equal ones the first wins. NaN passes, but where it lies is not told: see {@link #findNaN}.
     *
     * @param fours where the fours lie
     * @param maps the map, from {@code from} on
     * @param from where the map begins; positions are counted from here
     * @param out is filled from {@code to} on
     * @param winners is filled from {@code to} on, with positions
     * @param to where the output begins
     */
    default void largestOfFour(Fours fours, float[] maps, int from, float[] out, int[] winners, int to) {
        largestOfFourFromRow(0, fours, maps, from, out, winners, to);
    }

    /** The same from one row of outputs on; {@code from} and {@code to} are still those of the whole map. */
    static void largestOfFourFromRow(int row, Fours fours, float[] maps, int from, float[] out, int[] winners, int to) {
        int width = fours.width(), down = fours.down(), pitch = fours.pitch();
        for (int y = row, o = to + row * width; y < fours.height(); y++) {
            for (int x = 0, i = from + y * down; x < width; x++, i += 2, o++) {
                float a = maps[i], b = maps[i + 1], c = maps[i + pitch], d = maps[i + pitch + 1];
                float above = Math.max(a, b);
                float below = Math.max(c, d);
                // No branches: which pixel wins is a toss-up, and a processor that guesses wrong loses time.
                int winnerAbove = b > a ? i + 1 : i;
                int winnerBelow = d > c ? i + pitch + 1 : i + pitch;
                out[o] = Math.max(above, below);
                winners[o] = (below > above ? winnerBelow : winnerAbove) - from;
            }
        }
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
    default void largestOfFour(Fours fours, float[] maps, int from, float[] out, int to) {
        largestOfFourFromRow(0, fours, maps, from, out, to);
    }

    /** The same from one row of outputs on; {@code from} and {@code to} are still those of the whole map. */
    static void largestOfFourFromRow(int row, Fours fours, float[] maps, int from, float[] out, int to) {
        int width = fours.width(), pitch = fours.pitch();
        for (int y = row, o = to + row * width; y < fours.height(); y++) {
            for (int x = 0, i = from + y * fours.down(); x < width; x++, i += 2, o++) {
                float above = Math.max(maps[i], maps[i + 1]);
                float below = Math.max(maps[i + pitch], maps[i + pitch + 1]);
                out[o] = Math.max(above, below);
            }
        }
    }

    /**
     * After {@link #largestOfFour(Fours, float[], int, float[], int[], int)}: where a NaN is the largest, the winner becomes the
     * first one.
     */
    static void findNaN(Fours fours, float[] maps, int from, float[] out, int[] winners, int to) {
        int count = fours.height() * fours.width();
        if (!mayHaveNaN(out, to, to + count)) { // as good as always
            return;
        }
        for (int i = 0; i < count; i++) {
            int first = from + i / fours.width() * fours.down() + i % fours.width() * 2;
            int winner = first;
            for (int at : new int[] {first + 1, first + fours.pitch(), first + fours.pitch() + 1}) {
                winner = Maximum.beats(maps[at], maps[winner]) ? at : winner;
            }
            winners[to + i] = winner - from;
        }
    }

    /** Infinities of both signs look like a NaN to this: it adds up. */
    private static boolean mayHaveNaN(float[] values, int from, int to) {
        float p = 0, q = 0, r = 0, s = 0; // four sums, as none need wait for another
        int i = from;
        for (; i + 4 <= to; i += 4) {
            p += values[i];
            q += values[i + 1];
            r += values[i + 2];
            s += values[i + 3];
        }
        for (; i < to; i++) {
            p += values[i];
        }
        return Float.isNaN(p + q + r + s);
    }

    /**
     * ReLU for some neighbours: what is above 0 passes, a NaN too, as an error must not vanish here; the rest becomes 0.
     *
     * @param x the values
     * @param out is filled at the same places; may be x itself
     * @param from the first place
     * @param to one past the last place
     */
    default void relu(float[] x, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.max(x[i], 0);
        }
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
    default void reluGradient(int count, float[] out, float[] dout, int from, float[] target, int to) {
        for (int i = 0; i < count; i++) {
            target[to + i] = passed(out[from + i], dout[from + i]);
        }
    }

    /** The gradient that ReLU lets through. All bits or none: a branch would be a toss-up for the processor. */
    static float passed(float out, float dout) {
        int keep = out <= 0 ? 0 : -1;
        return Float.intBitsToFloat(Float.floatToRawIntBits(dout) & keep);
    }
}
