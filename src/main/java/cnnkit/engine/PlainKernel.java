package cnnkit.engine;

/**
 * The kernel in plain Java. The compiler turns a loop over j into vector instructions, but only when every array in it is
 * indexed by the bare j; therefore the rows of b and c are copied to arrays of their own first, block by block, which
 * also keeps them in the cache.
 */
final class PlainKernel implements Kernel {
    /** Columns of a block. */
    private static final int WIDTH = 512;
    /** Rows of c, and rows of b, that are held ready. */
    private static final int HELD = 96;

    /** The rows that are held ready; each thread has its own. */
    private static final class Block {
        private final float[][] b = new float[HELD][WIDTH];
        private final float[][] c = new float[HELD + 2][WIDTH]; // two more: the last three rows may be short
        private int width; // columns that are held
        private int steps; // rows of b that are held
    }

    private final ThreadLocal<Block> blocks = ThreadLocal.withInitial(Block::new);

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public void multiply(int columns, Rows a, Rows b, Rows c) {
        Block block = blocks.get();
        for (int j = 0; j < columns; j += WIDTH) {
            block.width = Math.min(WIDTH, columns - j);
            for (int r = 0; r < c.count(); r += HELD) {
                int held = Math.min(HELD, c.count() - r);
                for (int i = 0; i < held; i++) {
                    System.arraycopy(c.data(), c.begin(r + i) + j, block.c[i], 0, block.width);
                }
                for (int k = 0; k < b.count(); k += HELD) {
                    block.steps = Math.min(HELD, b.count() - k);
                    for (int q = 0; q < block.steps; q++) {
                        System.arraycopy(b.data(), b.begin(k + q) + j, block.b[q], 0, block.width);
                    }
                    for (int i = 0; i < held; i += 3) {
                        int x = a.begin(r + i) + k;
                        int y = a.begin(r + Math.min(i + 1, held - 1)) + k;
                        int z = a.begin(r + Math.min(i + 2, held - 1)) + k;
                        for (int q = 0; q < block.steps; ) {
                            q = advance(block, q, i, a.data(), x, y, z);
                        }
                    }
                }
                for (int i = 0; i < held; i++) {
                    System.arraycopy(block.c[i], 0, c.data(), c.begin(r + i) + j, block.width);
                }
            }
        }
    }

    /**
     * Advances three rows of c, from row i on, by three steps if so many are left from step q on, else by one; their factors
     * begin at x, y, z. A row that is missing gets some sums nobody reads. Three by three are nine fused multiply-adds for
     * six loads and three stores; more of them in one loop body would need more registers than there are.
     *
     * <p>Both loops stand in one method because it is then longer than the 325 bytes of bytecode up to which HotSpot compiles
     * a busy method into its caller (FreqInlineSize): inside of the caller's loops, the compiler of Java 17 often finds no
     * vectors in them, and they take twice as long.
     *
     * @return the next step
     */
    private static int advance(Block block, int q, int i, float[] a, int x, int y, int z) {
        float[] b0 = block.b[q], c0 = block.c[i], c1 = block.c[i + 1], c2 = block.c[i + 2];
        float x0 = a[x + q], y0 = a[y + q], z0 = a[z + q];
        int width = block.width;
        if (q + 3 > block.steps) {
            for (int j = 0; j < width; j++) {
                float u = b0[j];
                c0[j] = Math.fma(x0, u, c0[j]);
                c1[j] = Math.fma(y0, u, c1[j]);
                c2[j] = Math.fma(z0, u, c2[j]);
            }
            return q + 1;
        }
        float[] b1 = block.b[q + 1], b2 = block.b[q + 2];
        float x1 = a[x + q + 1], x2 = a[x + q + 2];
        float y1 = a[y + q + 1], y2 = a[y + q + 2];
        float z1 = a[z + q + 1], z2 = a[z + q + 2];
        for (int j = 0; j < width; j++) {
            float u = b0[j];
            float v = b1[j];
            float w = b2[j];
            c0[j] = Math.fma(x2, w, Math.fma(x1, v, Math.fma(x0, u, c0[j])));
            c1[j] = Math.fma(y2, w, Math.fma(y1, v, Math.fma(y0, u, c1[j])));
            c2[j] = Math.fma(z2, w, Math.fma(z1, v, Math.fma(z0, u, c2[j])));
        }
        return q + 3;
    }
}
