package cnnkit.engine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel on the Vector API: a tile is 6 rows of 2 vectors; up to 4 rows left over are 2 rows of 4. Its 12 sums, 2
 * vectors of b and 1 number of a fill the 16 registers of AVX2; and 12 sums on their way hide the time that one
 * multiply-add takes.
 *
 * <p>A row that a tile lacks repeats the last one: the same bits are computed and stored again, and no code is needed for
 * it.
 */
final class VectorKernel implements Kernel {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int V = SPECIES.length();
    /** Steps between two visits to c: so many rows of b, two vectors wide, stay in the first-level cache. */
    private static final int DEPTH = 256;
    /** Numbers of b that stay in the first-level cache, half of it, while all rows of a pass. */
    private static final int CACHED = 4096;

    @Override
    public int lanes() {
        return V;
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
        for (int k = 0; k < depth; k += DEPTH) {
            block(k, Math.min(depth, k + DEPTH), rows, columns, a, aAt, aRow, b, bAt, bRow, c, cAt, cStep);
        }
    }

    private static void block(
            int k,
            int kEnd,
            int rows,
            int columns,
            float[] a,
            int aAt,
            int[] aRow,
            float[] b,
            int bAt,
            int[] bRow,
            float[] c,
            int cAt,
            int cStep) {
        int last = rows - 1;
        int tail = rows % 6 <= 4 ? rows % 6 : 0; // rows for low and wide tiles; five are as good as six
        int width = Math.max(2 * V, CACHED / (kEnd - k) / (2 * V) * (2 * V));
        for (int from = 0; from < columns; from += width) {
            int to = Math.min(columns, from + width);
            for (int r = 0; r < rows - tail; r += 6) {
                int r5 = Math.min(r + 5, last);
                int a0 = aAt + aRow[r], a1 = aAt + aRow[r + 1], a2 = aAt + aRow[r + 2], a3 = aAt + aRow[r + 3];
                int a4 = aAt + aRow[r + 4], a5 = aAt + aRow[r5];
                for (int j = from; j < to; j += 2 * V) {
                    int c0 = cAt + r * cStep + j, c1 = c0 + cStep, c2 = c1 + cStep, c3 = c2 + cStep, c4 = c3 + cStep;
                    int c5 = cAt + r5 * cStep + j;
                    if (j + V < to) {
                        twoVectors(a, b, bRow, bAt + j, k, kEnd, a0, a1, a2, a3, a4, a5, c, c0, c1, c2, c3, c4, c5);
                    } else {
                        oneVector(a, b, bRow, bAt + j, k, kEnd, a0, a1, a2, a3, a4, a5, c, c0, c1, c2, c3, c4, c5);
                    }
                }
            }
        }
        for (int r = rows - tail; r < rows; r += 2) {
            int r1 = Math.min(r + 1, last);
            int a0 = aAt + aRow[r], a1 = aAt + aRow[r1];
            int j = 0;
            for (; j + 3 * V < columns; j += 4 * V) {
                fourVectors(a, b, bRow, bAt + j, k, kEnd, a0, a1, c, cAt + r * cStep + j, cAt + r1 * cStep + j);
            }
            for (; j < columns; j += V) {
                int c0 = cAt + r * cStep + j, c1 = cAt + r1 * cStep + j;
                oneVector(a, b, bRow, bAt + j, k, kEnd, a0, a1, a1, a1, a1, a1, c, c0, c1, c1, c1, c1, c1);
            }
        }
    }

    /**
     * One tile: a0 to a5 are where the rows of a begin, c0 to c5 where the rows of the tile lie in c. What every step needs
     * comes first: compiled code keeps the first six parameters in registers, and fetches the others from the stack.
     */
    private static void twoVectors(
            float[] a,
            float[] b,
            int[] bRow,
            int bAt,
            int k,
            int kEnd,
            int a0,
            int a1,
            int a2,
            int a3,
            int a4,
            int a5,
            float[] c,
            int c0,
            int c1,
            int c2,
            int c3,
            int c4,
            int c5) {
        FloatVector s0 = FloatVector.fromArray(SPECIES, c, c0), t0 = FloatVector.fromArray(SPECIES, c, c0 + V);
        FloatVector s1 = FloatVector.fromArray(SPECIES, c, c1), t1 = FloatVector.fromArray(SPECIES, c, c1 + V);
        FloatVector s2 = FloatVector.fromArray(SPECIES, c, c2), t2 = FloatVector.fromArray(SPECIES, c, c2 + V);
        FloatVector s3 = FloatVector.fromArray(SPECIES, c, c3), t3 = FloatVector.fromArray(SPECIES, c, c3 + V);
        FloatVector s4 = FloatVector.fromArray(SPECIES, c, c4), t4 = FloatVector.fromArray(SPECIES, c, c4 + V);
        FloatVector s5 = FloatVector.fromArray(SPECIES, c, c5), t5 = FloatVector.fromArray(SPECIES, c, c5 + V);
        for (; k < kEnd; k++) {
            int at = bAt + bRow[k];
            FloatVector x = FloatVector.fromArray(SPECIES, b, at);
            FloatVector y = FloatVector.fromArray(SPECIES, b, at + V);
            FloatVector w = FloatVector.broadcast(SPECIES, a[a0 + k]);
            s0 = w.fma(x, s0);
            t0 = w.fma(y, t0);
            w = FloatVector.broadcast(SPECIES, a[a1 + k]);
            s1 = w.fma(x, s1);
            t1 = w.fma(y, t1);
            w = FloatVector.broadcast(SPECIES, a[a2 + k]);
            s2 = w.fma(x, s2);
            t2 = w.fma(y, t2);
            w = FloatVector.broadcast(SPECIES, a[a3 + k]);
            s3 = w.fma(x, s3);
            t3 = w.fma(y, t3);
            w = FloatVector.broadcast(SPECIES, a[a4 + k]);
            s4 = w.fma(x, s4);
            t4 = w.fma(y, t4);
            w = FloatVector.broadcast(SPECIES, a[a5 + k]);
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
    private static void oneVector(
            float[] a,
            float[] b,
            int[] bRow,
            int bAt,
            int k,
            int kEnd,
            int a0,
            int a1,
            int a2,
            int a3,
            int a4,
            int a5,
            float[] c,
            int c0,
            int c1,
            int c2,
            int c3,
            int c4,
            int c5) {
        FloatVector s0 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector s1 = FloatVector.fromArray(SPECIES, c, c1);
        FloatVector s2 = FloatVector.fromArray(SPECIES, c, c2);
        FloatVector s3 = FloatVector.fromArray(SPECIES, c, c3);
        FloatVector s4 = FloatVector.fromArray(SPECIES, c, c4);
        FloatVector s5 = FloatVector.fromArray(SPECIES, c, c5);
        for (; k < kEnd; k++) {
            FloatVector x = FloatVector.fromArray(SPECIES, b, bAt + bRow[k]);
            s0 = FloatVector.broadcast(SPECIES, a[a0 + k]).fma(x, s0);
            s1 = FloatVector.broadcast(SPECIES, a[a1 + k]).fma(x, s1);
            s2 = FloatVector.broadcast(SPECIES, a[a2 + k]).fma(x, s2);
            s3 = FloatVector.broadcast(SPECIES, a[a3 + k]).fma(x, s3);
            s4 = FloatVector.broadcast(SPECIES, a[a4 + k]).fma(x, s4);
            s5 = FloatVector.broadcast(SPECIES, a[a5 + k]).fma(x, s5);
        }
        s0.intoArray(c, c0);
        s1.intoArray(c, c1);
        s2.intoArray(c, c2);
        s3.intoArray(c, c3);
        s4.intoArray(c, c4);
        s5.intoArray(c, c5);
    }

    /** A tile for what is left over: 2 rows of 4 vectors. */
    private static void fourVectors(
            float[] a, float[] b, int[] bRow, int bAt, int k, int kEnd, int a0, int a1, float[] c, int c0, int c1) {
        FloatVector s0 = FloatVector.fromArray(SPECIES, c, c0), t0 = FloatVector.fromArray(SPECIES, c, c0 + V);
        FloatVector u0 = FloatVector.fromArray(SPECIES, c, c0 + 2 * V);
        FloatVector v0 = FloatVector.fromArray(SPECIES, c, c0 + 3 * V);
        FloatVector s1 = FloatVector.fromArray(SPECIES, c, c1), t1 = FloatVector.fromArray(SPECIES, c, c1 + V);
        FloatVector u1 = FloatVector.fromArray(SPECIES, c, c1 + 2 * V);
        FloatVector v1 = FloatVector.fromArray(SPECIES, c, c1 + 3 * V);
        for (; k < kEnd; k++) {
            int at = bAt + bRow[k];
            FloatVector w = FloatVector.broadcast(SPECIES, a[a0 + k]);
            FloatVector z = FloatVector.broadcast(SPECIES, a[a1 + k]);
            FloatVector x = FloatVector.fromArray(SPECIES, b, at);
            s0 = w.fma(x, s0);
            s1 = z.fma(x, s1);
            x = FloatVector.fromArray(SPECIES, b, at + V);
            t0 = w.fma(x, t0);
            t1 = z.fma(x, t1);
            x = FloatVector.fromArray(SPECIES, b, at + 2 * V);
            u0 = w.fma(x, u0);
            u1 = z.fma(x, u1);
            x = FloatVector.fromArray(SPECIES, b, at + 3 * V);
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

    // Pooling: pairs of neighbours are dealt out to two vectors, then compared.

    private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(SPECIES, i -> 2 * i % V);
    private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(SPECIES, i -> (2 * i + 1) % V);
    private static final VectorMask<Float> SECOND_HALF = VectorMask.fromLong(SPECIES, -1L << V / 2);
    private static final VectorSpecies<Integer> POSITIONS = SPECIES.withLanes(int.class);
    private static final IntVector EVERY_OTHER = IntVector.zero(POSITIONS).addIndex(2);

    @Override
    public void largestOfFour(
            int height, int width, float[] maps, int from, int down, int pitch, float[] out, int[] winners, int to) {
        if (width < V) {
            Kernel.super.largestOfFour(height, width, maps, from, down, pitch, out, winners, to);
            return;
        }
        // Positions are compared and chosen as bits in a vector of floats: a mask of floats fits no other.
        FloatVector right = bits(1), below = bits(pitch), belowRight = bits(pitch + 1);
        for (int y = 0; y < height; y++, to += width) {
            for (int done = 0; done < width; done += V) {
                int x = Math.min(done, width - V); // the last vector begins earlier: what it repeats is the same
                int at = y * down + 2 * x;
                FloatVector left = FloatVector.fromArray(SPECIES, maps, from + at);
                FloatVector next = FloatVector.fromArray(SPECIES, maps, from + at + V);
                FloatVector leftBelow = FloatVector.fromArray(SPECIES, maps, from + at + pitch);
                FloatVector nextBelow = FloatVector.fromArray(SPECIES, maps, from + at + pitch + V);
                FloatVector a = left.rearrange(EVEN).blend(next.rearrange(EVEN), SECOND_HALF);
                FloatVector b = left.rearrange(ODD).blend(next.rearrange(ODD), SECOND_HALF);
                FloatVector c = leftBelow.rearrange(EVEN).blend(nextBelow.rearrange(EVEN), SECOND_HALF);
                FloatVector d = leftBelow.rearrange(ODD).blend(nextBelow.rearrange(ODD), SECOND_HALF);
                FloatVector upper = a.max(b);
                FloatVector lower = c.max(d);
                FloatVector upperWinner = NOTHING.blend(right, b.compare(VectorOperators.GT, a));
                FloatVector lowerWinner = below.blend(belowRight, d.compare(VectorOperators.GT, c));
                upper.max(lower).intoArray(out, to + x);
                upperWinner
                        .blend(lowerWinner, lower.compare(VectorOperators.GT, upper))
                        .reinterpretAsInts()
                        .add(EVERY_OTHER)
                        .add(at)
                        .intoArray(winners, to + x);
            }
        }
    }

    private static final FloatVector NOTHING = bits(0);

    private static FloatVector bits(int position) {
        return IntVector.broadcast(POSITIONS, position).reinterpretAsFloats();
    }

    @Override
    public void reluGradient(int count, float[] out, float[] dout, int from, float[] target, int to) {
        if (count < V) {
            Kernel.super.reluGradient(count, out, dout, from, target, to);
            return;
        }
        for (int done = 0; done < count; done += V) {
            int i = Math.min(done, count - V); // as above
            FloatVector gradient = FloatVector.fromArray(SPECIES, dout, from + i);
            FloatVector output = FloatVector.fromArray(SPECIES, out, from + i);
            gradient.blend(NOTHING, output.compare(VectorOperators.LE, 0)).intoArray(target, to + i);
        }
    }
}
