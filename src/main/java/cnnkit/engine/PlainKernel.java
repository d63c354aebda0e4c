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
                    int steps = Math.min(HELD, b.count() - k);
                    for (int q = 0; q < steps; q++) {
                        System.arraycopy(b.data(), b.begin(k + q) + j, block.b[q], 0, block.width);
                    }
                    for (int i = 0; i < held; i += 3) {
                        int y = Math.min(i + 1, held - 1), z = Math.min(i + 2, held - 1);
                        advance(block, i, steps, a.data(), a.begin(r + i) + k, a.begin(r + y) + k, a.begin(r + z) + k);
                    }
                }
                for (int i = 0; i < held; i++) {
                    System.arraycopy(block.c[i], 0, c.data(), c.begin(r + i) + j, block.width);
                }
            }
        }
    }

    /** Three rows of c from row i on; their factors begin at x, y, z. A row that is missing gets some sums nobody reads. */
    private static void advance(Block block, int i, int steps, float[] a, int x, int y, int z) {
        int q = 0;
        for (; q + 3 <= steps; q += 3) {
            threeSteps(block, i, q, a, x + q, y + q, z + q);
        }
        for (; q < steps; q++) {
            oneStep(block, i, q, a[x + q], a[y + q], a[z + q]);
        }
    }

    // Three rows by three steps: nine fused multiply-adds for six loads and three stores. More of them in one loop body
    // would need more registers than there are.
    private static void threeSteps(Block block, int i, int q, float[] a, int x, int y, int z) {
        float[] b0 = block.b[q], b1 = block.b[q + 1], b2 = block.b[q + 2];
        float[] c0 = block.c[i], c1 = block.c[i + 1], c2 = block.c[i + 2];
        float x0 = a[x], x1 = a[x + 1], x2 = a[x + 2];
        float y0 = a[y], y1 = a[y + 1], y2 = a[y + 2];
        float z0 = a[z], z1 = a[z + 1], z2 = a[z + 2];
        int width = block.width;
        for (int j = 0; j < width; j++) {
            float u = b0[j];
            float v = b1[j];
            float w = b2[j];
            c0[j] = Math.fma(x2, w, Math.fma(x1, v, Math.fma(x0, u, c0[j])));
            c1[j] = Math.fma(y2, w, Math.fma(y1, v, Math.fma(y0, u, c1[j])));
            c2[j] = Math.fma(z2, w, Math.fma(z1, v, Math.fma(z0, u, c2[j])));
        }
    }

    private static void oneStep(Block block, int i, int q, float x, float y, float z) {
        float[] b = block.b[q], c0 = block.c[i], c1 = block.c[i + 1], c2 = block.c[i + 2];
        int width = block.width;
        for (int j = 0; j < width; j++) {
            float u = b[j];
            c0[j] = Math.fma(x, u, c0[j]);
            c1[j] = Math.fma(y, u, c1[j]);
            c2[j] = Math.fma(z, u, c2[j]);
        }
    }
}
