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
     * @param a {@code a[aRow[r] + k]}
     * @param b {@code b[bAt + bRow[k] + j]}
     * @param c {@code c[cAt + r * cStep + j]}
     */
    void run(
            int rows,
            int columns,
            int depth,
            float[] a,
            int[] aRow,
            float[] b,
            int bAt,
            int[] bRow,
            float[] c,
            int cAt,
            int cStep);
}
