package cnnkit.engine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * What follows a product, on the Vector API: 2x2 pooling, whose pairs of neighbours are dealt out to two vectors and then
 * compared, and the gradient of ReLU. See {@link Kernel} for what each gives.
 *
 * <p>Rows of maps are short, vectors may be longer: a vector then runs on into what follows the row. What it says of the next
 * row is wrong, and written over by that row's own; the last rows, where this would leave the map, are left to plain Java.
 * Vectors of half the length would do too, but Java 17 compiles no program well that has two lengths.
 */
final class VectorEpilogue {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int V = SPECIES.length();
    private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(SPECIES, i -> 2 * i % V);
    private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(SPECIES, i -> (2 * i + 1) % V);
    private static final VectorMask<Float> SECOND_HALF = VectorMask.fromLong(SPECIES, -1L << V / 2);
    private static final VectorSpecies<Integer> POSITIONS = SPECIES.withLanes(int.class);
    private static final IntVector EVERY_OTHER = IntVector.zero(POSITIONS).addIndex(2);
    private static final FloatVector NOTHING = bits(0);

    private VectorEpilogue() {}

    private static FloatVector load(float[] from, int at) {
        return FloatVector.fromArray(SPECIES, from, at);
    }

    /** Rows, from the first on, in which a vector stays inside the map. */
    private static int rows(Fours fours) {
        return Math.max(0, Math.floorDiv(last(fours, 0), fours.width()) + 1);
    }

    /**
     * Where a vector of a row begins at the latest, so that it ends inside the map. Only in the very last row does this put one
     * off its place: it begins earlier, and repeats some outputs. What is read then lies inside the map too, as rows of a map
     * are at least twice as long as those of outputs.
     */
    private static int last(Fours fours, int y) {
        return (fours.height() - y) * fours.width() - V;
    }

    /** See {@link Kernel}; for the first rows, whose number is returned. */
    static int largestOfFour(Fours fours, float[] maps, int from, float[] out, int[] winners, int to) {
        int width = fours.width(), pitch = fours.pitch();
        // Positions are compared and chosen as bits in a vector of floats: a mask of floats fits no other.
        FloatVector right = bits(1), below = bits(pitch), belowRight = bits(pitch + 1);
        int rows = rows(fours);
        for (int y = 0; y < rows; y++) {
            for (int done = 0; done < width; done += V) {
                int x = Math.min(done, last(fours, y));
                int at = y * fours.down() + 2 * x, o = to + y * width + x;
                FloatVector left = load(maps, from + at);
                FloatVector next = load(maps, from + at + V);
                FloatVector leftBelow = load(maps, from + at + pitch);
                FloatVector nextBelow = load(maps, from + at + pitch + V);
                FloatVector a = even(left, next);
                FloatVector b = odd(left, next);
                FloatVector c = even(leftBelow, nextBelow);
                FloatVector d = odd(leftBelow, nextBelow);
                FloatVector upper = a.max(b);
                FloatVector lower = c.max(d);
                FloatVector largest = upper.max(lower);
                FloatVector upperWinner = NOTHING.blend(right, b.compare(VectorOperators.GT, a));
                FloatVector lowerWinner = below.blend(belowRight, d.compare(VectorOperators.GT, c));
                largest.intoArray(out, o);
                upperWinner
                        .blend(lowerWinner, lower.compare(VectorOperators.GT, upper))
                        .reinterpretAsInts()
                        .add(EVERY_OTHER)
                        .add(at)
                        .intoArray(winners, o);
            }
        }
        return rows;
    }

    /** See {@link Kernel}; for the first rows, whose number is returned. */
    static int largestOfFour(Fours fours, float[] maps, int from, float[] out, int to) {
        int width = fours.width(), pitch = fours.pitch();
        int rows = rows(fours);
        for (int y = 0; y < rows; y++) {
            for (int done = 0; done < width; done += V) {
                int x = Math.min(done, last(fours, y));
                int at = from + y * fours.down() + 2 * x;
                FloatVector left = load(maps, at).max(load(maps, at + pitch));
                FloatVector next = load(maps, at + V).max(load(maps, at + pitch + V));
                even(left, next).max(odd(left, next)).intoArray(out, to + y * width + x);
            }
        }
        return rows;
    }

    /** Every other one of two vectors of neighbours, from the first on. */
    private static FloatVector even(FloatVector left, FloatVector next) {
        return left.rearrange(EVEN).blend(next.rearrange(EVEN), SECOND_HALF);
    }

    private static FloatVector odd(FloatVector left, FloatVector next) {
        return left.rearrange(ODD).blend(next.rearrange(ODD), SECOND_HALF);
    }

    private static FloatVector bits(int position) {
        return IntVector.broadcast(POSITIONS, position).reinterpretAsFloats();
    }

    /** Whether there are enough for {@link #reluGradient}. */
    static boolean fits(int count) {
        return count >= V;
    }

    /** See {@link Kernel}. */
    static void reluGradient(int count, float[] out, float[] dout, int from, float[] target, int to) {
        for (int done = 0; done < count; done += V) {
            int i = Math.min(done, count - V); // what the last vector repeats is the same
            FloatVector gradient = load(dout, from + i);
            FloatVector output = load(out, from + i);
            gradient.blend(NOTHING, output.compare(VectorOperators.LE, 0)).intoArray(target, to + i);
        }
    }
}
