package cnnkit.tensor;

import java.util.Arrays;

/**
 * The matrix product, C = A B + bias, fast enough to learn with and plain enough to read.
 *
 * <p>Every element of C is one chain of fused multiply-adds in index order, so the bits do not depend on how the work
 * is cut. What is cut is the rest: C is computed in panels of {@value #LANES} neighbouring elements ("lanes"), whose
 * chains advance together, because the compiler turns a loop over lanes into vector instructions. It does so only when
 * every array in the loop is indexed by the bare loop variable; therefore the rows of a panel are copied to arrays of
 * their own first, which also keeps them in the cache.
 *
 * <p>The lanes run along the longer side of C: a tall product is computed as its mirror image, (B^T A^T)^T, which has
 * the same chains.
 */
final class MatrixProduct {
    /** Elements of C that advance together. */
    private static final int LANES = 512;
    /** Steps of the chains for which the lanes of one operand are held ready. */
    private static final int DEPTH = 96;
    /** Rows of C that are held ready. */
    private static final int ROWS = 96;

    /** Lanes that are copied together where neighbours lie far apart, so that what is read stays in the cache. */
    private static final int BLOCK = 32;

    private final float[] scalars; // S[row][k]: one factor for all lanes
    private final int scalarRow, scalarStep;
    private final float[] lanes; // L[k][lane]
    private final int laneStep, laneNext;
    private final float[] bias; // where the sums start: one value per row, or one per lane
    private final boolean biasPerRow;
    private final float[] c; // C[row][lane]
    private final int cRow, cLane;

    private final float[][] l = new float[DEPTH][];
    private final float[][] sums = new float[ROWS + 2][]; // two more: the last block of three rows may be short

    private MatrixProduct(
            float[] scalars,
            int scalarRow,
            int scalarStep,
            float[] lanes,
            int laneStep,
            int laneNext,
            float[] bias,
            boolean biasPerRow,
            float[] c,
            int cRow,
            int cLane,
            int width) {
        this.scalars = scalars;
        this.scalarRow = scalarRow;
        this.scalarStep = scalarStep;
        this.lanes = lanes;
        this.laneStep = laneStep;
        this.laneNext = laneNext;
        this.bias = bias;
        this.biasPerRow = biasPerRow;
        this.c = c;
        this.cRow = cRow;
        this.cLane = cLane;
        for (int k = 0; k < l.length; k++) {
            l[k] = new float[width];
        }
        for (int row = 0; row < sums.length; row++) {
            sums[row] = new float[width];
        }
    }

    /** C (m, n) = A (m, depth) B (depth, n), each column of C starting from its bias. */
    static void multiply(int m, int n, int depth, float[] a, float[] b, float[] bias, float[] c) {
        if (n >= m) {
            new MatrixProduct(a, depth, 1, b, n, 1, bias, false, c, n, 1, Math.min(n, LANES)).run(m, n, depth);
        } else {
            new MatrixProduct(b, 1, n, a, 1, depth, bias, true, c, 1, n, Math.min(m, LANES)).run(n, m, depth);
        }
    }

    private void run(int rows, int columns, int depth) {
        for (int lane = 0; lane < columns; lane += LANES) {
            int width = Math.min(LANES, columns - lane);
            for (int row = 0; row < rows; row += ROWS) {
                panel(row, Math.min(ROWS, rows - row), lane, width, depth);
            }
        }
    }

    /** C[row .. row+rows][lane .. lane+width]: all of their chains, from the first step to the last. */
    private void panel(int row, int rows, int lane, int width, int depth) {
        for (int i = 0; i < rows; i++) {
            if (biasPerRow) {
                Arrays.fill(sums[i], 0, width, bias[row + i]);
            } else {
                System.arraycopy(bias, lane, sums[i], 0, width);
            }
        }
        for (int k = 0; k < depth; k += DEPTH) {
            int steps = Math.min(DEPTH, depth - k);
            load(lanes, k * laneStep + lane * laneNext, laneStep, laneNext, l, steps, width);
            for (int i = 0; i < rows; i += 3) {
                advance(row + i, i, Math.min(3, rows - i), k, steps, width);
            }
        }
        store(sums, rows, width, c, row * cRow + lane * cLane, cRow, cLane);
    }

    /** Three rows of C, as many steps as are ready. A missing row takes the factors of the first; its sums go unread. */
    private void advance(int row, int i, int rows, int k, int steps, int width) {
        int s0 = row * scalarRow + k * scalarStep;
        int s1 = rows > 1 ? s0 + scalarRow : s0;
        int s2 = rows > 2 ? s0 + 2 * scalarRow : s0;
        float[] s = scalars;
        int d = scalarStep;
        int q = 0;
        for (; q + 3 <= steps; q += 3, s0 += 3 * d, s1 += 3 * d, s2 += 3 * d) {
            threeSteps(
                    width,
                    l[q],
                    l[q + 1],
                    l[q + 2],
                    sums[i],
                    sums[i + 1],
                    sums[i + 2],
                    s[s0],
                    s[s0 + d],
                    s[s0 + 2 * d],
                    s[s1],
                    s[s1 + d],
                    s[s1 + 2 * d],
                    s[s2],
                    s[s2 + d],
                    s[s2 + 2 * d]);
        }
        for (; q < steps; q++, s0 += d, s1 += d, s2 += d) {
            oneStep(width, l[q], sums[i], sums[i + 1], sums[i + 2], s[s0], s[s1], s[s2]);
        }
    }

    // Three rows by three steps: nine fused multiply-adds for six loads and three stores. More of them in one loop body
    // would need more registers than there are.
    private static void threeSteps(
            int width,
            float[] l0,
            float[] l1,
            float[] l2,
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
            float x = l0[j];
            float y = l1[j];
            float z = l2[j];
            c0[j] = Math.fma(a02, z, Math.fma(a01, y, Math.fma(a00, x, c0[j])));
            c1[j] = Math.fma(a12, z, Math.fma(a11, y, Math.fma(a10, x, c1[j])));
            c2[j] = Math.fma(a22, z, Math.fma(a21, y, Math.fma(a20, x, c2[j])));
        }
    }

    private static void oneStep(
            int width, float[] l, float[] c0, float[] c1, float[] c2, float a0, float a1, float a2) {
        for (int j = 0; j < width; j++) {
            float x = l[j];
            c0[j] = Math.fma(a0, x, c0[j]);
            c1[j] = Math.fma(a1, x, c1[j]);
            c2[j] = Math.fma(a2, x, c2[j]);
        }
    }

    /** to[row][lane] = from[offset + row * rowStep + lane * laneStep] */
    private static void load(float[] from, int offset, int rowStep, int laneStep, float[][] to, int rows, int width) {
        if (laneStep == 1) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(from, offset + row * rowStep, to[row], 0, width);
            }
            return;
        }
        for (int lane = 0; lane < width; lane += BLOCK) {
            int end = Math.min(width, lane + BLOCK);
            for (int row = 0; row < rows; row++) {
                float[] line = to[row];
                for (int j = lane, at = offset + row * rowStep + lane * laneStep; j < end; j++, at += laneStep) {
                    line[j] = from[at];
                }
            }
        }
    }

    /** to[offset + row * rowStep + lane * laneStep] = from[row][lane] */
    private static void store(float[][] from, int rows, int width, float[] to, int offset, int rowStep, int laneStep) {
        if (laneStep == 1) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(from[row], 0, to, offset + row * rowStep, width);
            }
            return;
        }
        for (int lane = 0; lane < width; lane += BLOCK) {
            int end = Math.min(width, lane + BLOCK);
            for (int row = 0; row < rows; row++) {
                float[] line = from[row];
                for (int j = lane, at = offset + row * rowStep + lane * laneStep; j < end; j++, at += laneStep) {
                    to[at] = line[j];
                }
            }
        }
    }
}
