package cnnkit.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kernel is what {@link Kernel} says, to the bit. */
class KernelTest {
    private static final int[] ROWS = {1, 2, 3, 5, 6, 7, 12, 13, 95, 96, 97, 98};
    private static final int[] COLUMNS = {1, 2, 7, 8, 9, 15, 16, 17, 24, 31, 33, 511, 512, 513};
    private static final float[] SPECIAL = {0f, -0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    private static final int[] DEPTHS = {0, 1, 2, 3, 4, 95, 96, 97, 255, 256, 257, 300};

    @Test
    void theTestsRunBothKernels() {
        assertNotNull(Kernels.vector(), "surefire adds the module jdk.incubator.vector");
        assertEquals(2, EveryKernel.kernels().count());
    }

    @ParameterizedTest
    @MethodSource("cnnkit.engine.EveryKernel#kernels")
    void everySumIsOneChainInIndexOrder(Kernel kernel) {
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            boolean packed = seed % 4 == 0;
            int rows = packed ? 6 : ROWS[random.nextInt(ROWS.length)];
            int columns = COLUMNS[random.nextInt(COLUMNS.length)];
            int depth = DEPTHS[random.nextInt(DEPTHS.length)];
            int step = (columns + kernel.lanes() - 1) / kernel.lanes() * kernel.lanes() + random.nextInt(3);
            float[] a = random(random, rows * (depth + 1) + 7);
            int aAt = random.nextInt(7);
            int[] aRow = places(random, rows, a.length - depth - aAt);
            Rows rowsOfA = new Rows(a, aAt, aRow);
            if (packed) {
                rowsOfA = rowsOfA.roomToPack(depth);
                rowsOfA.repack();
                a[aAt + aRow[2]] += 1;
                rowsOfA.repack();
            }
            float[] b = random(random, 4 * step + 50);
            int bAt = random.nextInt(5);
            int[] bRow = places(random, depth, b.length - step - bAt); // rows that overlap, in any order
            float[] c = random(random, 3 + rows * step);
            float[] expected = c.clone();
            for (int r = 0; r < rows; r++) {
                for (int j = 0; j < columns; j++) {
                    float sum = c[3 + r * step + j];
                    for (int k = 0; k < depth; k++) {
                        sum = Math.fma(a[aAt + aRow[r] + k], b[bAt + bRow[k] + j], sum);
                    }
                    expected[3 + r * step + j] = sum;
                }
            }

            kernel.multiply(columns, rowsOfA, new Rows(b, bAt, bRow), Rows.of(c, 3, step, rows));

            for (int r = 0; r < rows; r++) { // what lies behind the last column is noise
                int from = 3 + r * step;
                assertArrayEquals(
                        Arrays.copyOfRange(expected, from, from + columns),
                        Arrays.copyOfRange(c, from, from + columns),
                        "seed " + seed + ", row " + r);
            }
            assertEquals(expected[0], c[0], "before the first row nothing is written");
        }
    }

    @ParameterizedTest
    @MethodSource("cnnkit.engine.EveryKernel#kernels")
    void listedNumbersAdvanceTheirOwnSumsInTheOrderOfTheList(Kernel kernel) {
        int lanes = Kernels.lanes();
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            int count = random.nextInt(20), wide = Kernels.PIECES * (1 + random.nextInt(3)) * lanes;
            Listed listed = new Listed(random(random, 2 * count), places(random, 2 * count, 50));
            int[] pieces = places(random, wide / lanes, 100); // in any order, and they may overlap
            float[] x = random(random, 150 + lanes);
            float[] c = random(random, 3 + 2 * wide);
            float[] expected = c.clone();
            for (int i = 0; i < 2 * count; i++) {
                for (int j = 0; j < wide; j++) {
                    int at = 3 + i % 2 * wide + j;
                    float met = x[listed.places()[i] + pieces[j / lanes] + j % lanes];
                    expected[at] = Math.fma(listed.values()[i], met, expected[at]);
                }
            }

            kernel.multiplyListed(count, listed, x, pieces, Rows.of(c, 3, wide, 2));

            assertArrayEquals(expected, c, "seed " + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("cnnkit.engine.EveryKernel#kernels")
    void poolingKeepsTheFirstOfTheLargestAndANaNBeatsThemAll(Kernel kernel) {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int height = 1 + random.nextInt(4), width = 1 + random.nextInt(40);
            int pitch = 2 * width + random.nextInt(3), down = pitch * (1 + random.nextInt(3));
            int from = random.nextInt(9), to = random.nextInt(5);
            float[] maps = random(random, from + (height - 1) * down + pitch + 2 * width);
            for (int i = 0; i < maps.length; i++) {
                maps[i] = Math.round(2 * maps[i]) / 2f; // so that equal ones are frequent
                maps[i] = seed % 3 == 0 && random.nextInt(9) == 0 ? Float.NaN : maps[i];
                maps[i] = seed % 3 == 1 && random.nextInt(3) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : maps[i];
            }
            float[] out = new float[to + height * width];
            int[] winners = new int[to + height * width];
            Arrays.fill(out, 0, to, 7);

            kernel.largestOfFour(new Fours(height, width, down, pitch), maps, from, out, winners, to);
            Kernel.findNaN(new Fours(height, width, down, pitch), maps, from, out, winners, to);
            float[] outAlone = new float[out.length];
            kernel.largestOfFour(new Fours(height, width, down, pitch), maps, from, outAlone, to);
            Arrays.fill(outAlone, 0, to, 7);
            assertArrayEquals(out, outAlone, "seed " + seed + ", the largest alone");

            for (int i = 0; i < height * width; i++) {
                int first = from + i / width * down + 2 * (i % width);
                int winner = first;
                float largest = maps[first];
                for (int at : new int[] {first + 1, first + pitch, first + pitch + 1}) {
                    boolean firstNaN = Float.isNaN(maps[at]) && !Float.isNaN(maps[winner]);
                    winner = maps[at] > maps[winner] || firstNaN ? at : winner;
                    largest = Math.max(largest, maps[at]);
                }
                assertEquals(largest, out[to + i], "seed " + seed + ", output " + i); // 0 and -0 are not the same here
                assertEquals(winner - from, winners[to + i], "seed " + seed + ", output " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cnnkit.engine.EveryKernel#kernels")
    void theGradientOfReluIsThatOfTheOutputWhereTheOutputIsNotZero(Kernel kernel) {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int count = 1 + random.nextInt(40);
            int from = random.nextInt(9), to = random.nextInt(9);
            float[] dout = random(random, from + count);
            float[] out = random(random, from + count);
            for (int i = 0; i < out.length; i++) {
                out[i] = random.nextInt(10) == 0 ? Float.NaN : Math.max(0, out[i]);
            }
            float[] target = random(random, to + count + 1);
            float[] before = target.clone();

            kernel.reluGradient(count, out, dout, from, target, to);

            for (int i = 0; i < target.length; i++) {
                boolean inside = i >= to && i < to + count;
                float expected = !inside ? before[i] : out[from + i - to] == 0 ? 0 : dout[from + i - to];
                assertEquals(expected, target[i], "seed " + seed + ", element " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cnnkit.engine.EveryKernel#kernels")
    void reluLetsWhatIsAboveZeroPassAndNaNToo(Kernel kernel) {
        float[] x = {-1, 0, -0f, 2, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 3};
        float[] out = new float[8];
        kernel.relu(x, out, 0, 7);
        assertArrayEquals(new float[] {0, 0, 0, 2, Float.NaN, 0, Float.POSITIVE_INFINITY, 0}, out);
    }

    private static float[] random(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static int[] places(Random random, int count, int bound) {
        return random.ints(count, 0, bound).toArray();
    }
}
