package cnnkit.engine;

import java.util.Arrays;

/** The matrix product, on all cores: rows of the result are dealt out, and every sum runs over its index in order. */
public final class Product {
    /** Rows that a task computes at most; its sums then stay in the second-level cache. */
    private static final int ROWS = 240;

    private Product() {}

    /**
     * C = A B + bias, each element one chain of fused multiply-adds from the bias of its column.
     *
     * @param m rows of A and C
     * @param n columns of B and C
     * @param depth columns of A, rows of B
     * @param a (m, depth)
     * @param b (depth, n)
     * @param bias (n)
     * @param c is overwritten, (m, n)
     */
    public static void multiply(int m, int n, int depth, float[] a, float[] b, float[] bias, float[] c) {
        int wide = Kernels.wide(n);
        float[] bWithRoom = wide == n ? b : Arrays.copyOf(b, b.length + Kernels.lanes());
        int[] aRows = Rows.every(depth, 0, Math.min(m, ROWS));
        int[] bRows = Rows.every(n, 0, depth);
        int tasks = Math.max((m + ROWS - 1) / ROWS, Math.min(m, Workers.threads()));
        Workers.run(tasks, (thread, task) -> {
            int first = (int) ((long) m * task / tasks);
            int rows = (int) ((long) m * (task + 1) / tasks) - first;
            float[] sums = new float[rows * wide];
            for (int i = 0; i < rows; i++) {
                System.arraycopy(bias, 0, sums, i * wide, n);
            }
            Kernels.current().run(rows, n, depth, a, first * depth, aRows, bWithRoom, 0, bRows, sums, 0, wide);
            for (int i = 0; i < rows; i++) {
                System.arraycopy(sums, i * wide, c, (first + i) * n, n);
            }
        });
    }
}
