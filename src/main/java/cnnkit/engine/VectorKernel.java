package cnnkit.engine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel on the Vector API: a tile is 6 rows of 2 vectors; up to 5 rows left over are 2 rows of 4, and a single row.
 * The 12 sums of the first, 2 vectors of b and 1 number of a take 15 of the 16 registers of AVX2; and 12 sums on their way hide
 * the time that one multiply-add takes.
 *
 * <p>A step of a tile is 12 multiply-adds and 8 loads; finding places and checking them costs as much again. So rows that
 * meet many columns are packed: their tile needs 30 instructions a step (Java 25; 36 on 17) instead of 41 (44). It makes two
 * steps a turn, and an odd last one is made by {@link #oneRow}: a third copy of the step in this method would be more than
 * the compiler inlines (NodeCountInliningCutoff), and vectors would become objects.
 *
 * <p>A single row, as of one image in a fully connected layer, uses each number of b once: it takes as long as b takes to
 * come from memory, and that is fastest in the order in which b lies there.
 *
 * <p>{@link VectorListed} has the products with listed numbers, {@link VectorEpilogue} what follows a product.
 */
final class VectorKernel implements Kernel {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int V = SPECIES.length();
    /** Steps between two visits to c: so many rows of b, two vectors wide, stay in the first-level cache. */
    private static final int DEPTH = 256;
    /**
     * Numbers of b that stay in the first-level cache while all rows of c go past them: half of 32 KB with vectors of 8. With
     * vectors of 16 a strip of {@link #DEPTH} steps takes all of it.
     */
    private static final int CACHED = 4096;

    @Override
    public int lanes() {
        return V;
    }

    @Override
    public void multiply(int columns, Rows a, Rows b, Rows c) {
        if (a.packed() != null) {
            multiplyPacked(columns, a, b, c);
            return;
        }
        int rows = c.count();
        int inTiles = rows - rows % 6;
        for (int k = 0; k < b.count(); k += DEPTH) {
            int width = Math.max(2 * V, CACHED / (end(k, b) - k) / (2 * V) * (2 * V));
            for (int from = 0; from < columns; from += width) {
                int to = Math.min(columns, from + width);
                for (int r = 0; r < inTiles; r += 6) {
                    int j = from;
                    for (; j + V < to; j += 2 * V) {
                        sixRowsOfTwo(a, b, c, r, j, k);
                    }
                    if (j < to) {
                        sixRowsOfOne(a, b, c, r, j, k);
                    }
                }
            }
            for (int r = inTiles; r + 2 <= rows; r += 2) {
                int j = 0;
                for (; j + 3 * V < columns; j += 4 * V) {
                    twoRowsOfFour(a, b, c, r, j, k);
                }
                for (; j < columns; j += V) {
                    twoRowsOfOne(a, b, c, r, j, k);
                }
            }
            if (rows % 2 == 1) {
                oneRow(columns, a, b, c, rows - 1, k);
            }
        }
    }

    /** Six rows, packed: two steps at a time, then the odd one. */
    private static void multiplyPacked(int columns, Rows a, Rows b, Rows c) {
        int pairs = b.count() / 2 * 2;
        for (int k = 0; k < pairs; k += DEPTH) {
            int kEnd = Math.min(pairs, k + DEPTH), j = 0;
            for (; j + V < columns; j += 2 * V) {
                packedOfTwo(a.packed(), b, c, j, k, kEnd);
            }
            if (j < columns) {
                packedOfOne(a.packed(), b, c, j, k, kEnd);
            }
        }
        if (pairs < b.count()) {
            for (int r = 0; r < Rows.SIX; r++) {
                oneRow(columns, a, b, c, r, pairs);
            }
        }
    }

    /** The end of the steps that begin with k. */
    private static int end(int k, Rows b) {
        return Math.min(b.count(), k + DEPTH);
    }

    private static FloatVector load(float[] from, int at) {
        return FloatVector.fromArray(SPECIES, from, at);
    }

    private static FloatVector same(float number) {
        return FloatVector.broadcast(SPECIES, number);
    }

    /** The tile: rows r to r + 5, two vectors from column j on, the steps from k on. */
    private static void sixRowsOfTwo(Rows rowsOfA, Rows rowsOfB, Rows rowsOfC, int r, int j, int k) {
        float[] a = rowsOfA.data(), b = rowsOfB.data(), c = rowsOfC.data();
        int[] begins = rowsOfB.begins();
        int a0 = rowsOfA.begin(r), a1 = rowsOfA.begin(r + 1), a2 = rowsOfA.begin(r + 2);
        int a3 = rowsOfA.begin(r + 3), a4 = rowsOfA.begin(r + 4), a5 = rowsOfA.begin(r + 5);
        int c0 = rowsOfC.begin(r) + j, c1 = rowsOfC.begin(r + 1) + j, c2 = rowsOfC.begin(r + 2) + j;
        int c3 = rowsOfC.begin(r + 3) + j, c4 = rowsOfC.begin(r + 4) + j, c5 = rowsOfC.begin(r + 5) + j;
        int bAt = rowsOfB.at() + j, kEnd = end(k, rowsOfB);
        FloatVector s0 = load(c, c0), t0 = load(c, c0 + V);
        FloatVector s1 = load(c, c1), t1 = load(c, c1 + V);
        FloatVector s2 = load(c, c2), t2 = load(c, c2 + V);
        FloatVector s3 = load(c, c3), t3 = load(c, c3 + V);
        FloatVector s4 = load(c, c4), t4 = load(c, c4 + V);
        FloatVector s5 = load(c, c5), t5 = load(c, c5 + V);
        for (; k < kEnd; k++) {
            int at = bAt + begins[k];
            FloatVector x = load(b, at);
            FloatVector y = load(b, at + V);
            FloatVector w = same(a[a0 + k]);
            s0 = w.fma(x, s0);
            t0 = w.fma(y, t0);
            w = same(a[a1 + k]);
            s1 = w.fma(x, s1);
            t1 = w.fma(y, t1);
            w = same(a[a2 + k]);
            s2 = w.fma(x, s2);
            t2 = w.fma(y, t2);
            w = same(a[a3 + k]);
            s3 = w.fma(x, s3);
            t3 = w.fma(y, t3);
            w = same(a[a4 + k]);
            s4 = w.fma(x, s4);
            t4 = w.fma(y, t4);
            w = same(a[a5 + k]);
            s5 = w.fma(x, s5);
            t5 = w.fma(y, t5);
        }
        s0.intoArray(c, c0);
        t0.intoArray(c, c0 + V);
        s1.intoArray(c, c1);
        t1.intoArray(c, c1 + V);
        s2.intoArray(c, c2);
        t2.intoArray(c, c2 + V);
        s3.intoArray(c, c3);
        t3.intoArray(c, c3 + V);
        s4.intoArray(c, c4);
        t4.intoArray(c, c4 + V);
        s5.intoArray(c, c5);
        t5.intoArray(c, c5 + V);
    }

    /** The same for the last vector of an odd number. */
    private static void sixRowsOfOne(Rows rowsOfA, Rows rowsOfB, Rows rowsOfC, int r, int j, int k) {
        float[] a = rowsOfA.data(), b = rowsOfB.data(), c = rowsOfC.data();
        int[] begins = rowsOfB.begins();
        int a0 = rowsOfA.begin(r), a1 = rowsOfA.begin(r + 1), a2 = rowsOfA.begin(r + 2);
        int a3 = rowsOfA.begin(r + 3), a4 = rowsOfA.begin(r + 4), a5 = rowsOfA.begin(r + 5);
        int c0 = rowsOfC.begin(r) + j, c1 = rowsOfC.begin(r + 1) + j, c2 = rowsOfC.begin(r + 2) + j;
        int c3 = rowsOfC.begin(r + 3) + j, c4 = rowsOfC.begin(r + 4) + j, c5 = rowsOfC.begin(r + 5) + j;
        int bAt = rowsOfB.at() + j, kEnd = end(k, rowsOfB);
        FloatVector s0 = load(c, c0), s1 = load(c, c1), s2 = load(c, c2);
        FloatVector s3 = load(c, c3), s4 = load(c, c4), s5 = load(c, c5);
        for (; k < kEnd; k++) {
            FloatVector x = load(b, bAt + begins[k]);
            s0 = same(a[a0 + k]).fma(x, s0);
            s1 = same(a[a1 + k]).fma(x, s1);
            s2 = same(a[a2 + k]).fma(x, s2);
            s3 = same(a[a3 + k]).fma(x, s3);
            s4 = same(a[a4 + k]).fma(x, s4);
            s5 = same(a[a5 + k]).fma(x, s5);
        }
        s0.intoArray(c, c0);
        s1.intoArray(c, c1);
        s2.intoArray(c, c2);
        s3.intoArray(c, c3);
        s4.intoArray(c, c4);
        s5.intoArray(c, c5);
    }

    /** The tile for packed rows: one index serves all six of them. An even number of steps. */
    private static void packedOfTwo(float[] a, Rows rowsOfB, Rows rowsOfC, int j, int k, int kEnd) {
        float[] b = rowsOfB.data(), c = rowsOfC.data();
        int[] begins = rowsOfB.begins();
        int c0 = rowsOfC.begin(0) + j, c1 = rowsOfC.begin(1) + j, c2 = rowsOfC.begin(2) + j;
        int c3 = rowsOfC.begin(3) + j, c4 = rowsOfC.begin(4) + j, c5 = rowsOfC.begin(5) + j;
        int p = 6 * k, bAt = rowsOfB.at() + j, at;
        FloatVector x, y, w;
        FloatVector s0 = load(c, c0), t0 = load(c, c0 + V);
        FloatVector s1 = load(c, c1), t1 = load(c, c1 + V);
        FloatVector s2 = load(c, c2), t2 = load(c, c2 + V);
        FloatVector s3 = load(c, c3), t3 = load(c, c3 + V);
        FloatVector s4 = load(c, c4), t4 = load(c, c4 + V);
        FloatVector s5 = load(c, c5), t5 = load(c, c5 + V);
        for (; k < kEnd; k += 2, p += 12) {
            at = bAt + begins[k];
            x = load(b, at);
            y = load(b, at + V);
            w = same(a[p]);
            s0 = w.fma(x, s0);
            t0 = w.fma(y, t0);
            w = same(a[p + 1]);
            s1 = w.fma(x, s1);
            t1 = w.fma(y, t1);
            w = same(a[p + 2]);
            s2 = w.fma(x, s2);
            t2 = w.fma(y, t2);
            w = same(a[p + 3]);
            s3 = w.fma(x, s3);
            t3 = w.fma(y, t3);
            w = same(a[p + 4]);
            s4 = w.fma(x, s4);
            t4 = w.fma(y, t4);
            w = same(a[p + 5]);
            s5 = w.fma(x, s5);
            t5 = w.fma(y, t5);
            at = bAt + begins[k + 1];
            x = load(b, at);
            y = load(b, at + V);
            w = same(a[p + 6]);
            s0 = w.fma(x, s0);
            t0 = w.fma(y, t0);
            w = same(a[p + 7]);
            s1 = w.fma(x, s1);
            t1 = w.fma(y, t1);
            w = same(a[p + 8]);
            s2 = w.fma(x, s2);
            t2 = w.fma(y, t2);
            w = same(a[p + 9]);
            s3 = w.fma(x, s3);
            t3 = w.fma(y, t3);
            w = same(a[p + 10]);
            s4 = w.fma(x, s4);
            t4 = w.fma(y, t4);
            w = same(a[p + 11]);
            s5 = w.fma(x, s5);
            t5 = w.fma(y, t5);
        }
        s0.intoArray(c, c0);
        t0.intoArray(c, c0 + V);
        s1.intoArray(c, c1);
        t1.intoArray(c, c1 + V);
        s2.intoArray(c, c2);
        t2.intoArray(c, c2 + V);
        s3.intoArray(c, c3);
        t3.intoArray(c, c3 + V);
        s4.intoArray(c, c4);
        t4.intoArray(c, c4 + V);
        s5.intoArray(c, c5);
        t5.intoArray(c, c5 + V);
    }

    /** The same for the last vector of an odd number. */
    private static void packedOfOne(float[] a, Rows rowsOfB, Rows rowsOfC, int j, int k, int kEnd) {
        float[] b = rowsOfB.data(), c = rowsOfC.data();
        int[] begins = rowsOfB.begins();
        int c0 = rowsOfC.begin(0) + j, c1 = rowsOfC.begin(1) + j, c2 = rowsOfC.begin(2) + j;
        int c3 = rowsOfC.begin(3) + j, c4 = rowsOfC.begin(4) + j, c5 = rowsOfC.begin(5) + j;
        int p = 6 * k, bAt = rowsOfB.at() + j;
        FloatVector x;
        FloatVector s0 = load(c, c0), s1 = load(c, c1), s2 = load(c, c2);
        FloatVector s3 = load(c, c3), s4 = load(c, c4), s5 = load(c, c5);
        for (; k < kEnd; k += 2, p += 12) {
            x = load(b, bAt + begins[k]);
            s0 = same(a[p]).fma(x, s0);
            s1 = same(a[p + 1]).fma(x, s1);
            s2 = same(a[p + 2]).fma(x, s2);
            s3 = same(a[p + 3]).fma(x, s3);
            s4 = same(a[p + 4]).fma(x, s4);
            s5 = same(a[p + 5]).fma(x, s5);
            x = load(b, bAt + begins[k + 1]);
            s0 = same(a[p + 6]).fma(x, s0);
            s1 = same(a[p + 7]).fma(x, s1);
            s2 = same(a[p + 8]).fma(x, s2);
            s3 = same(a[p + 9]).fma(x, s3);
            s4 = same(a[p + 10]).fma(x, s4);
            s5 = same(a[p + 11]).fma(x, s5);
        }
        s0.intoArray(c, c0);
        s1.intoArray(c, c1);
        s2.intoArray(c, c2);
        s3.intoArray(c, c3);
        s4.intoArray(c, c4);
        s5.intoArray(c, c5);
    }

    /** A tile for what is left over: rows r and r + 1, four vectors from column j on. */
    private static void twoRowsOfFour(Rows rowsOfA, Rows rowsOfB, Rows rowsOfC, int r, int j, int k) {
        float[] a = rowsOfA.data(), b = rowsOfB.data(), c = rowsOfC.data();
        int[] begins = rowsOfB.begins();
        int a0 = rowsOfA.begin(r), a1 = rowsOfA.begin(r + 1);
        int c0 = rowsOfC.begin(r) + j, c1 = rowsOfC.begin(r + 1) + j;
        int bAt = rowsOfB.at() + j, kEnd = end(k, rowsOfB);
        FloatVector s0 = load(c, c0), t0 = load(c, c0 + V), u0 = load(c, c0 + 2 * V), v0 = load(c, c0 + 3 * V);
        FloatVector s1 = load(c, c1), t1 = load(c, c1 + V), u1 = load(c, c1 + 2 * V), v1 = load(c, c1 + 3 * V);
        for (; k < kEnd; k++) {
            int at = bAt + begins[k];
            FloatVector w = same(a[a0 + k]);
            FloatVector z = same(a[a1 + k]);
            FloatVector x = load(b, at);
            s0 = w.fma(x, s0);
            s1 = z.fma(x, s1);
            x = load(b, at + V);
            t0 = w.fma(x, t0);
            t1 = z.fma(x, t1);
            x = load(b, at + 2 * V);
            u0 = w.fma(x, u0);
            u1 = z.fma(x, u1);
            x = load(b, at + 3 * V);
            v0 = w.fma(x, v0);
            v1 = z.fma(x, v1);
        }
        s0.intoArray(c, c0);
        t0.intoArray(c, c0 + V);
        u0.intoArray(c, c0 + 2 * V);
        v0.intoArray(c, c0 + 3 * V);
        s1.intoArray(c, c1);
        t1.intoArray(c, c1 + V);
        u1.intoArray(c, c1 + 2 * V);
        v1.intoArray(c, c1 + 3 * V);
    }

    /** The same for one vector. */
    private static void twoRowsOfOne(Rows rowsOfA, Rows rowsOfB, Rows rowsOfC, int r, int j, int k) {
        float[] a = rowsOfA.data(), b = rowsOfB.data(), c = rowsOfC.data();
        int[] begins = rowsOfB.begins();
        int a0 = rowsOfA.begin(r), a1 = rowsOfA.begin(r + 1);
        int c0 = rowsOfC.begin(r) + j, c1 = rowsOfC.begin(r + 1) + j;
        int bAt = rowsOfB.at() + j, kEnd = end(k, rowsOfB);
        FloatVector s0 = load(c, c0), s1 = load(c, c1);
        for (; k < kEnd; k++) {
            FloatVector x = load(b, bAt + begins[k]);
            s0 = same(a[a0 + k]).fma(x, s0);
            s1 = same(a[a1 + k]).fma(x, s1);
        }
        s0.intoArray(c, c0);
        s1.intoArray(c, c1);
    }

    /** Row r, from step k on, four rows of b side by side. */
    private static void oneRow(int columns, Rows rowsOfA, Rows rowsOfB, Rows rowsOfC, int r, int k) {
        float[] a = rowsOfA.data(), b = rowsOfB.data(), c = rowsOfC.data();
        int aAt = rowsOfA.begin(r), cAt = rowsOfC.begin(r), kEnd = end(k, rowsOfB);
        for (; k + 4 <= kEnd; k += 4) {
            FloatVector w = same(a[aAt + k]), x = same(a[aAt + k + 1]);
            FloatVector y = same(a[aAt + k + 2]), z = same(a[aAt + k + 3]);
            int b0 = rowsOfB.begin(k), b1 = rowsOfB.begin(k + 1), b2 = rowsOfB.begin(k + 2), b3 = rowsOfB.begin(k + 3);
            for (int j = 0; j < columns; j += V) {
                FloatVector sum = w.fma(load(b, b0 + j), load(c, cAt + j));
                sum = x.fma(load(b, b1 + j), sum);
                sum = y.fma(load(b, b2 + j), sum);
                z.fma(load(b, b3 + j), sum).intoArray(c, cAt + j);
            }
        }
        for (; k < kEnd; k++) {
            FloatVector w = same(a[aAt + k]);
            int bAt = rowsOfB.begin(k);
            for (int j = 0; j < columns; j += V) {
                w.fma(load(b, bAt + j), load(c, cAt + j)).intoArray(c, cAt + j);
            }
        }
    }

    @Override
    public boolean lists() {
        return true;
    }

    @Override
    public void multiplyListed(int count, Listed listed, float[] x, int[] pieces, Rows c) {
        VectorListed.multiply(count, listed, x, pieces, c);
    }

    @Override
    public void largestOfFour(Fours fours, float[] maps, int from, float[] out, int[] winners, int to) {
        int rows = VectorEpilogue.largestOfFour(fours, maps, from, out, winners, to);
        Kernel.largestOfFourFromRow(rows, fours, maps, from, out, winners, to);
    }

    @Override
    public void largestOfFour(Fours fours, float[] maps, int from, float[] out, int to) {
        int rows = VectorEpilogue.largestOfFour(fours, maps, from, out, to);
        Kernel.largestOfFourFromRow(rows, fours, maps, from, out, to);
    }

    @Override
    public void reluGradient(int count, float[] out, float[] dout, int from, float[] target, int to) {
        if (VectorEpilogue.fits(count)) {
            VectorEpilogue.reluGradient(count, out, dout, from, target, to);
        } else {
            Kernel.super.reluGradient(count, out, dout, from, target, to);
        }
    }
}
