package cnnkit.engine;

/**
 * The only arithmetic of the engine: many sums of products that advance together.
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
 * The rows of a and b lie anywhere: tables hold where each begins. So a row of b may be an image, shifted: a convolution
 * needs no copy of its windows. What c holds before is where the sums start.
 */
interface Kernel {
    /** Columns are computed in multiples of this; arrays must reach so far, and what is behind the last column is noise. */
    int lanes();

    /**
     * Advances all sums by all steps.
     *
     * @param rows rows of a and c
     * @param columns columns of b and c
     * @param depth steps
     * @param a {@code a[aAt + aRow[r] + k]}
     * @param b {@code b[bAt + bRow[k] + j]}
     * @param c {@code c[cAt + r * cStep + j]}
     */
    void run(
            int rows,
            int columns,
            int depth,
            float[] a,
            int aAt,
            int[] aRow,
            float[] b,
            int bAt,
            int[] bRow,
            float[] c,
            int cAt,
            int cStep);

    /**
     * 2x2 max pooling of one map, two columns from one window to the next: the largest of each four, and where it lies. Of
     * equal ones the first wins; NaN passes, as an error must not vanish here.
     *
     * @param height rows of outputs
     * @param width columns of outputs
     * @param maps the map; the four of output (y, x) begin at {@code maps[from + y * down + 2 * x]}
     * @param from where the map begins; positions are counted from here
     * @param down from one row of windows to the next
     * @param pitch from one row of the map to the next
     * @param out is filled from {@code to} on
     * @param winners is filled from {@code to} on, with positions
     * @param to where the output begins
     */
    default void largestOfFour(
            int height, int width, float[] maps, int from, int down, int pitch, float[] out, int[] winners, int to) {
        for (int y = 0; y < height; y++, to += width) {
            for (int x = 0, i = from + y * down; x < width; x++, i += 2) {
                float a = maps[i], b = maps[i + 1], c = maps[i + pitch], d = maps[i + pitch + 1];
                float above = Math.max(a, b);
                float below = Math.max(c, d);
                // No branches: which pixel wins is a toss-up, and a processor that guesses wrong loses time.
                int winnerAbove = b > a ? i + 1 : i;
                int winnerBelow = d > c ? i + pitch + 1 : i + pitch;
                out[to + x] = Math.max(above, below);
                winners[to + x] = (below > above ? winnerBelow : winnerAbove) - from;
            }
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
            target[to + i] = out[from + i] <= 0 ? 0 : dout[from + i];
        }
    }
}
