package cnnkit.engine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products with listed numbers, on the Vector API: a tile is six pieces for each of two lists. Its 12 sums on their way hide
 * the time that one multiply-add takes, and a step is 12 multiply-adds and 14 loads. {@link Kernels#PIECES} are these six.
 */
final class VectorListed {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int V = SPECIES.length();

    private VectorListed() {}

    static void multiply(int count, Listed listed, float[] x, int[] pieces, Rows c) {
        for (int t = 0; t < pieces.length; t += Kernels.PIECES) {
            tile(count, listed, x, pieces, t, c);
        }
    }

    private static void tile(int count, Listed listed, float[] x, int[] pieces, int t, Rows rowsOfC) {
        float[] values = listed.values(), c = rowsOfC.data();
        int[] places = listed.places();
        int p0 = pieces[t], p1 = pieces[t + 1], p2 = pieces[t + 2];
        int p3 = pieces[t + 3], p4 = pieces[t + 4], p5 = pieces[t + 5];
        int first = rowsOfC.begin(0) + t * V, second = rowsOfC.begin(1) + t * V;
        FloatVector a0 = load(c, first), a1 = load(c, first + V), a2 = load(c, first + 2 * V);
        FloatVector a3 = load(c, first + 3 * V), a4 = load(c, first + 4 * V), a5 = load(c, first + 5 * V);
        FloatVector b0 = load(c, second), b1 = load(c, second + V), b2 = load(c, second + 2 * V);
        FloatVector b3 = load(c, second + 3 * V), b4 = load(c, second + 4 * V), b5 = load(c, second + 5 * V);
        for (int i = 0; i < 2 * count; i += 2) {
            int at = places[i];
            FloatVector value = FloatVector.broadcast(SPECIES, values[i]);
            a0 = load(x, at + p0).fma(value, a0);
            a1 = load(x, at + p1).fma(value, a1);
            a2 = load(x, at + p2).fma(value, a2);
            a3 = load(x, at + p3).fma(value, a3);
            a4 = load(x, at + p4).fma(value, a4);
            a5 = load(x, at + p5).fma(value, a5);
            at = places[i + 1];
            value = FloatVector.broadcast(SPECIES, values[i + 1]);
            b0 = load(x, at + p0).fma(value, b0);
            b1 = load(x, at + p1).fma(value, b1);
            b2 = load(x, at + p2).fma(value, b2);
            b3 = load(x, at + p3).fma(value, b3);
            b4 = load(x, at + p4).fma(value, b4);
            b5 = load(x, at + p5).fma(value, b5);
        }
        a0.intoArray(c, first);
        a1.intoArray(c, first + V);
        a2.intoArray(c, first + 2 * V);
        a3.intoArray(c, first + 3 * V);
        a4.intoArray(c, first + 4 * V);
        a5.intoArray(c, first + 5 * V);
        b0.intoArray(c, second);
        b1.intoArray(c, second + V);
        b2.intoArray(c, second + 2 * V);
        b3.intoArray(c, second + 3 * V);
        b4.intoArray(c, second + 4 * V);
        b5.intoArray(c, second + 5 * V);
    }

    private static FloatVector load(float[] from, int at) {
        return FloatVector.fromArray(SPECIES, from, at);
    }
}
