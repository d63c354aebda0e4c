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
    }

    private final ThreadLocal<Block> blocks = ThreadLocal.withInitial(Block::new);

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public void run(
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
            int cStep) {
        Block block = blocks.get();
        for (int j = 0; j < columns; j += WIDTH) {
            int width = Math.min(WIDTH, columns - j);
            for (int r = 0; r < rows; r += HELD) {
                int held = Math.min(HELD, rows - r);
                for (int i = 0; i < held; i++) {
                    System.arraycopy(c, cAt + (r + i) * cStep + j, block.c[i], 0, width);
                }
                for (int k = 0; k < depth; k += HELD) {
                    int steps = Math.min(HELD, depth - k);
                    for (int q = 0; q < steps; q++) {
                        System.arraycopy(b, bAt + bRow[k + q] + j, block.b[q], 0, width);
                    }
                    for (int i = 0; i < held; i += 3) {
                        advance(block, i, steps, width, a, aRow, r + i, Math.min(3, held - i), aAt + k);
                    }
                }
                for (int i = 0; i < held; i++) {
                    System.arraycopy(block.c[i], 0, c, cAt + (r + i) * cStep + j, width);
                }
            }
        }
    }

    /** Three rows of c, as many steps as are held. A missing row takes the factors of the first; its sums go unread. */
    private static void advance(
            Block block, int i, int steps, int width, float[] a, int[] aRow, int row, int rows, int at) {
        float[] c0 = block.c[i], c1 = block.c[i + 1], c2 = block.c[i + 2];
        int x = aRow[row] + at;
        int y = rows > 1 ? aRow[row + 1] + at : x;
        int z = rows > 2 ? aRow[row + 2] + at : x;
        int q = 0;
        for (; q + 3 <= steps; q += 3, x += 3, y += 3, z += 3) {
            threeSteps(
                    width,
                    block.b[q],
                    block.b[q + 1],
                    block.b[q + 2],
                    c0,
                    c1,
                    c2,
                    a[x],
                    a[x + 1],
                    a[x + 2],
                    a[y],
                    a[y + 1],
                    a[y + 2],
                    a[z],
                    a[z + 1],
                    a[z + 2]);
        }
        for (; q < steps; q++, x++, y++, z++) {
            oneStep(width, block.b[q], c0, c1, c2, a[x], a[y], a[z]);
        }
    }

    // Three rows by three steps: nine fused multiply-adds for six loads and three stores. More of them in one loop body
    // would need more registers than there are.
    private static void threeSteps(
            int width,
            float[] b0,
            float[] b1,
            float[] b2,
            float[] c0,
            float[] c1,
            float[] c2,
            float a00,
            float a01,
            float a02,
            float a10,
            float a11,
            float a12,
            float a20,
            float a21,
            float a22) {
        for (int j = 0; j < width; j++) {
            float x = b0[j];
            float y = b1[j];
            float z = b2[j];
            c0[j] = Math.fma(a02, z, Math.fma(a01, y, Math.fma(a00, x, c0[j])));
            c1[j] = Math.fma(a12, z, Math.fma(a11, y, Math.fma(a10, x, c1[j])));
            c2[j] = Math.fma(a22, z, Math.fma(a21, y, Math.fma(a20, x, c2[j])));
        }
    }

    private static void oneStep(
            int width, float[] b, float[] c0, float[] c1, float[] c2, float a0, float a1, float a2) {
        for (int j = 0; j < width; j++) {
            float x = b[j];
            c0[j] = Math.fma(a0, x, c0[j]);
            c1[j] = Math.fma(a1, x, c1[j]);
            c2[j] = Math.fma(a2, x, c2[j]);
        }
    }
}
