package cnnkit.engine;

import java.util.Arrays;

/** The matrix product, on all cores: rows of the result are dealt out, and every sum runs over its index in order. */
public final class Product {
    /** Rows that a task computes at most; its sums then stay in the second-level cache, if the result has some hundred columns. */
    private static final int ROWS = 240;

    private Product() {}

    /**
     * C = A B + bias, each element one chain of fused multiply-adds from the bias of its column.
     *
     * @param depth columns of A, rows of B
     * @param a (m, depth)
     * @param b (depth, n)
     * @param bias (n)
     * @param c is overwritten, (m, n)
     */
    public static void multiply(int depth, float[] a, float[] b, float[] bias, float[] c) {
        int n = bias.length;
        if (n == 0) {
            return;
        }
        int m = c.length / n;
        int wide = Kernels.wide(n);
        Rows bRows = Rows.of(wide == n ? b : Arrays.copyOf(b, b.length + Kernels.lanes()), 0, n, depth);
        int[] aBegins = Rows.every(depth, Math.min(m, ROWS));
        int tasks = Math.max((m + ROWS - 1) / ROWS, Math.min(m, Workers.threads()));
        Workers.run(tasks, (thread, task) -> {
            int first = (int) ((long) m * task / tasks);
            int rows = (int) ((long) m * (task + 1) / tasks) - first;
            float[] sums = new float[rows * wide];
            for (int i = 0; i < rows; i++) {
                System.arraycopy(bias, 0, sums, i * wide, n);
            }
            Kernels.multiply(n, new Rows(a, first * depth, aBegins), bRows, Rows.of(sums, 0, wide, rows));
            for (int i = 0; i < rows; i++) {
                System.arraycopy(sums, i * wide, c, (first + i) * n, n);
            }
        });
    }
}
