package cnnkit.tensor;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TensorTest {

    @Test
    void theLastIndexRunsFastest() {
        Tensor x = Tensor.range(2, 3, 4, 5);
        assertEquals(((1 * 3 + 2) * 4 + 3) * 5 + 4, x.get(1, 2, 3, 4));
        x.set(-7, 1, 0, 2, 3);
        assertEquals(-7, x.data()[((1 * 3 + 0) * 4 + 2) * 5 + 3]);
        assertEquals(4, x.rank());
        assertEquals(120, x.length());
        assertEquals(3, x.size(1));
    }

    @Test
    void aTensorIsAViewOfTheArrayItIsMadeOf() {
        float[] data = {1, 2, 3, 4};
        Tensor x = Tensor.of(data, 2, 2);
        data[3] = 9;
        assertEquals(9, x.get(1, 1));
        assertSame(data, x.data());
    }

    @Test
    void theShapeCannotBeChangedFromOutside() {
        int[] shape = {2, 3};
        Tensor x = Tensor.zeros(shape);
        shape[0] = 6;
        x.shape()[1] = 1;
        assertArrayEquals(shape(2, 3), x.shape());
    }

    @Test
    void filledHasOneValueEverywhere() {
        assertEquals(tensor(shape(2, 2), 0.5, 0.5, 0.5, 0.5), Tensor.filled(0.5f, 2, 2));
    }

    @Test
    void aShapeThatDoesNotHoldTheValuesIsRefused() {
        fails(
                ShapeException.class,
                "shape [2, 3] holds 6 values but got 5",
                () -> Tensor.of(new float[] {1, 2, 3, 4, 5}, 2, 3));
    }

    @Test
    void aShapeThatNoArrayHoldsIsRefusedBeforeMemoryIsTaken() {
        fails(
                ShapeException.class,
                "too many elements for one tensor: [65536, 65536]",
                () -> Tensor.zeros(65536, 65536));
        fails(ShapeException.class, "a size cannot be negative: [2, -3]", () -> Tensor.zeros(2, -3));
    }

    @Test
    void anIndexOutsideTheShapeIsRefusedEvenIfTheArrayHasSuchAPlace() {
        Tensor x = Tensor.range(2, 3);
        fails(IndexOutOfBoundsException.class, "index [0, 3] is outside shape [2, 3]", () -> x.get(0, 3));
        fails(IndexOutOfBoundsException.class, "index [1, -1] is outside shape [2, 3]", () -> x.set(0, 1, -1));
        fails(ShapeException.class, "index [1] needs 2 numbers for a tensor of shape [2, 3]", () -> x.get(1));
    }

    @Test
    void reshapeSharesItsValues() {
        Tensor x = Tensor.range(2, 6);
        Tensor y = x.reshape(3, 4);
        y.set(-1, 2, 3);
        assertEquals(-1, x.get(1, 5));
        assertArrayEquals(shape(2, 6), x.shape());
    }

    @Test
    void oneSizeOfAReshapeMayBeLeftOpen() {
        Tensor x = Tensor.range(2, 3, 4);
        assertArrayEquals(shape(2, 12), x.reshape(2, -1).shape());
        assertArrayEquals(shape(8, 3), x.reshape(-1, 3).shape());
        assertArrayEquals(shape(24), x.reshape(-1).shape());
        assertArrayEquals(shape(0), Tensor.zeros(0, 3).reshape(-1).shape());
    }

    @Test
    void aReshapeToAnotherNumberOfValuesIsRefused() {
        Tensor x = Tensor.range(3, 4);
        fails(ShapeException.class, "cannot reshape [3, 4], which holds 12 values, to [5, -1]", () -> x.reshape(5, -1));
        fails(ShapeException.class, "cannot reshape [3, 4], which holds 12 values, to [4, 4]", () -> x.reshape(4, 4));
        fails(
                ShapeException.class,
                "cannot reshape [3, 4], which holds 12 values, to [-1, -1]",
                () -> x.reshape(-1, -1));
        fails(
                ShapeException.class,
                "cannot reshape [3, 4], which holds 12 values, to [-3, -4]",
                () -> x.reshape(-3, -4));
    }

    @Test
    void transposeTurnsAMatrixAndCopies() {
        Tensor x = tensor(shape(2, 3), 1, 2, 3, 4, 5, 6);
        Tensor y = x.transpose();
        assertEquals(tensor(shape(3, 2), 1, 4, 2, 5, 3, 6), y);
        y.set(0, 0, 0);
        assertEquals(1, x.get(0, 0));
        assertNotSame(x.data(), x.transpose(0, 1).data());
    }

    /** y[i0]...[i3] = x[the same indices, each at the axis it came from]. */
    @ParameterizedTest(name = "shape {0}")
    @MethodSource("shapes")
    void everyElementOfATransposeIsTheOneTheDefinitionNames(List<Integer> sizes) {
        int[] shape = sizes.stream().mapToInt(size -> size).toArray();
        Tensor x = Tensor.range(shape);
        for (List<Integer> permutation : permutations(shape.length)) {
            int[] axes = permutation.stream().mapToInt(axis -> axis).toArray();
            Tensor y = x.transpose(axes);
            int[] old = new int[axes.length];
            for (int i = 0; i < y.length(); i++) {
                int rest = i;
                for (int axis = axes.length - 1; axis >= 0; axis--) {
                    assertEquals(shape[axes[axis]], y.size(axis));
                    old[axes[axis]] = rest % y.size(axis);
                    rest /= y.size(axis);
                }
                assertEquals(x.get(old), y.data()[i], "axes " + permutation + ", element " + i);
            }
        }
    }

    static List<List<Integer>> shapes() {
        return List.of(
                List.of(5),
                List.of(2, 3),
                List.of(33, 70), // both longer than a block of the transposition
                List.of(1, 4),
                List.of(2, 3, 4),
                List.of(2, 40, 35),
                List.of(3, 1, 2, 5),
                List.of(2, 3, 4, 5),
                List.of(1, 1, 3, 1),
                List.of(2, 33, 2, 34),
                List.of(0, 3, 2));
    }

    private static List<List<Integer>> permutations(int rank) {
        List<List<Integer>> all = new ArrayList<>();
        extend(new ArrayList<>(), rank, all);
        return all;
    }

    private static void extend(List<Integer> begun, int rank, List<List<Integer>> all) {
        if (begun.size() == rank) {
            all.add(List.copyOf(begun));
        }
        for (int axis = 0; axis < rank; axis++) {
            if (!begun.contains(axis)) {
                begun.add(axis);
                extend(begun, rank, all);
                begun.remove(begun.size() - 1);
            }
        }
    }

    @Test
    void transposeMustNameEveryAxisOnce() {
        Tensor x = Tensor.range(2, 3, 4);
        fails(
                ShapeException.class,
                "transpose [0, 1, 1] must name every axis of shape [2, 3, 4] once",
                () -> x.transpose(0, 1, 1));
        fails(
                ShapeException.class,
                "transpose [1, 0] must name every axis of shape [2, 3, 4] once",
                () -> x.transpose(1, 0));
    }

    @Test
    void aSliceIsOneImageOrOneChannelAndACopy() {
        Tensor x = Tensor.range(3, 2, 2, 2);
        assertEquals(tensor(shape(2, 2, 2), 8, 9, 10, 11, 12, 13, 14, 15), x.slice(1));
        assertEquals(tensor(shape(2, 2), 20, 21, 22, 23), x.slice(2, 1));
        x.slice(0).set(99, 0, 0, 0);
        assertEquals(0, x.get(0, 0, 0, 0));
        fails(
                ShapeException.class,
                "slice [0, 0, 0, 0] leaves no axis of shape [3, 2, 2, 2]: use get for one element",
                () -> x.slice(0, 0, 0, 0));
    }

    @Test
    void rowsAreARunAlongTheFirstAxis() {
        Tensor x = Tensor.range(4, 3);
        assertEquals(tensor(shape(2, 3), 3, 4, 5, 6, 7, 8), x.rows(1, 3));
        assertEquals(Tensor.zeros(0, 3), x.rows(2, 2));
        x.rows(0, 1).set(99, 0, 0);
        assertEquals(0, x.get(0, 0));
        fails(IndexOutOfBoundsException.class, "rows 3 to 5 are outside shape [4, 3]", () -> x.rows(3, 5));
        fails(IndexOutOfBoundsException.class, "rows 3 to 2 are outside shape [4, 3]", () -> x.rows(3, 2));
    }

    @Test
    void aMatrixProductByHand() {
        Tensor a = tensor(shape(2, 3), 1, 2, 3, 4, 5, 6);
        Tensor b = tensor(shape(3, 2), 1, 0, 0, 1, 1, 1);
        assertEquals(tensor(shape(2, 2), 4, 5, 10, 11), a.dot(b));
        assertEquals(tensor(shape(2, 2), 104, 205, 110, 211), a.dot(b, tensor(shape(2), 100, 200)));
    }

    @Test
    void matricesThatDoNotFitAreRefusedWithBothShapes() {
        fails(
                ShapeException.class,
                "dot: a matrix product needs shapes [m, k] and [k, n] but got [2, 3] and [2, 3]",
                () -> Tensor.zeros(2, 3).dot(Tensor.zeros(2, 3)));
        fails(
                ShapeException.class,
                "dot: a matrix product needs shapes [m, k] and [k, n] but got [2, 3] and [3]",
                () -> Tensor.zeros(2, 3).dot(Tensor.zeros(3)));
        fails(
                ShapeException.class,
                "dot: expected bias [4] but got [3]",
                () -> Tensor.zeros(2, 3).dot(Tensor.zeros(3, 4), Tensor.zeros(3)));
    }

    @Test
    void plusAddsElementByElementAndLeavesBothAlone() {
        Tensor a = tensor(shape(2), 1, 2);
        assertEquals(tensor(shape(2), 11, 22), a.plus(tensor(shape(2), 10, 20)));
        assertEquals(tensor(shape(2), 1, 2), a);
        fails(ShapeException.class, "plus: shapes [2] and [2, 1] differ", () -> a.plus(Tensor.zeros(2, 1)));
    }

    @Test
    void mapAppliesAFunctionToEveryElement() {
        assertEquals(tensor(shape(3), 1, 4, 9), tensor(shape(3), -1, 2, 3).map(x -> x * x));
    }

    @Test
    void argmaxFindsTheFirstLargestValueOfEachRow() {
        Tensor x = tensor(shape(3, 3), 1, 3, 2, 5, 5, 4, -3, -2, -1);
        assertArrayEquals(shape(1, 0, 2), x.argmax());
        fails(
                ShapeException.class,
                "argmax: expected matrix [rows, columns] but got [3]",
                () -> Tensor.zeros(3).argmax());
    }

    @Test
    void theExtremesOfATensorWithNanAreNan() {
        Tensor x = tensor(shape(3), -1, 4, 2);
        assertEquals(-1, x.min());
        assertEquals(4, x.max());
        x.set(Float.NaN, 1);
        assertTrue(Float.isNaN(x.min()) && Float.isNaN(x.max()));
    }

    @Test
    void theSumAddsUpInDouble() {
        float[] ones = new float[1 << 21];
        Arrays.fill(ones, 1);
        ones[0] = 1 << 24; // in float, 2^24 + 1 is 2^24 again
        assertEquals((1 << 24) + (1 << 21) - 1, Tensor.of(ones, ones.length).sum());
    }

    @Test
    void equalMeansTheSameShapeAndTheSameBits() {
        Tensor x = tensor(shape(2, 2), 1, 2, 3, 4);
        assertEquals(x, x.copy());
        assertEquals(x.hashCode(), x.copy().hashCode());
        assertNotEquals(x, x.reshape(4));
        assertNotEquals(Tensor.filled(0f, 1), Tensor.filled(-0f, 1));
        assertEquals(Tensor.filled(Float.NaN, 1), Tensor.filled(Float.NaN, 1));
        assertNotEquals(Tensor.filled(1, 1), Tensor.filled(Math.nextUp(1f), 1));
    }

    @Test
    void aTensorWithoutElementsIsATensor() {
        Tensor x = Tensor.zeros(0, 3);
        assertEquals(0, x.length());
        assertEquals(0, x.sum());
        assertEquals(Tensor.zeros(3, 0), x.transpose());
        assertEquals(Tensor.zeros(0, 2), x.dot(Tensor.zeros(3, 2)));
        assertEquals(Tensor.zeros(2, 0), Tensor.zeros(2, 3).dot(Tensor.zeros(3, 0)));
        assertEquals(
                tensor(shape(2, 2), 5, 6, 5, 6),
                Tensor.zeros(2, 0).dot(Tensor.zeros(0, 2), tensor(shape(2), 5, 6))); // an empty sum is its bias
    }

    // The first numbers that java.util.Random gives for seed 1, known since Java 1.0:
    // 1.561581040188955, -0.6081826070068602, -1.0912278829447088, -0.6245401364066232, -1.1182832102556484
    @Test
    void gaussianNumbersOfASeedAreTheSameForEver() {
        Tensor drawn = Tensor.gaussian(new Random(1), 1, 5);
        assertSameBits(
                tensor(
                        shape(5),
                        1.561581040188955,
                        -0.6081826070068602,
                        -1.0912278829447088,
                        -0.6245401364066232,
                        -1.1182832102556484),
                drawn,
                "seed 1");
        int[] bits = {0x3fc7e1e3, 0xbf1bb1db, 0xbf8bad5b, 0xbf1fe1dd, 0xbf8f23e7};
        for (int i = 0; i < bits.length; i++) {
            assertEquals(
                    Integer.toHexString(bits[i]),
                    Integer.toHexString(Float.floatToRawIntBits(drawn.data()[i])),
                    "" + i);
        }
    }

    @Test
    void gaussianNumbersHaveTheirMeanAndSpread() {
        int n = 200_000;
        Tensor x = Tensor.gaussian(new Random(5), 0.01, n);
        double mean = x.sum() / n;
        double variance = x.map(v -> (v - mean) * (v - mean)).sum() / n;
        double within = x.map(v -> Math.abs(v) < 0.01 ? 1 : 0).sum() / n;
        double beyond = x.map(v -> Math.abs(v) > 0.03 ? 1 : 0).sum() / n;
        assertEquals(0, mean, 0.01 / Math.sqrt(n) * 4); // four standard errors
        assertEquals(0.01, Math.sqrt(variance), 0.01 * 0.01);
        assertEquals(0.6827, within, 0.005); // one standard deviation
        assertEquals(0.0027, beyond, 0.0006); // three
    }

    @Test
    void neighbouringGaussianNumbersHaveNothingToDoWithEachOther() {
        int n = 200_000;
        Tensor x = Tensor.gaussian(new Random(6), 1, n);
        double product = 0;
        for (int i = 0; i < n; i += 2) {
            product += (double) x.data()[i] * x.data()[i + 1]; // each pair comes from one draw
        }
        assertEquals(0, product / (n / 2), 0.013); // four standard errors
    }

    @Test
    void aNanIsTheLargestOfItsRow() {
        double nan = Double.NaN, infinity = Double.POSITIVE_INFINITY;
        Tensor x = tensor(shape(5, 3), 1, nan, 2, nan, 1, 2, 3, 2, nan, nan, nan, 1, infinity, nan, infinity);
        assertArrayEquals(shape(1, 0, 2, 0, 1), x.argmax()); // as numpy.argmax says
    }

    @Test
    void whatIsMissingIsNamed() {
        Tensor x = Tensor.zeros(2, 2);
        fails(NullPointerException.class, "shape", () -> Tensor.zeros((int[]) null));
        fails(NullPointerException.class, "shape", () -> Tensor.filled(1, (int[]) null));
        fails(NullPointerException.class, "shape", () -> Tensor.range((int[]) null));
        fails(NullPointerException.class, "shape", () -> Tensor.of(new float[0], (int[]) null));
        fails(NullPointerException.class, "data", () -> Tensor.of(null, 1));
        fails(NullPointerException.class, "random", () -> Tensor.gaussian(null, 1, 2));
        fails(NullPointerException.class, "sizes", () -> x.hasShape((int[]) null));
        fails(NullPointerException.class, "index", () -> x.get((int[]) null));
        fails(NullPointerException.class, "index", () -> x.set(1, (int[]) null));
        fails(NullPointerException.class, "index", () -> x.slice((int[]) null));
        fails(NullPointerException.class, "newShape", () -> x.reshape((int[]) null));
        fails(NullPointerException.class, "axes", () -> x.transpose((int[]) null));
        fails(NullPointerException.class, "other", () -> x.dot(null));
        fails(NullPointerException.class, "other", () -> x.dot(null, x));
        fails(NullPointerException.class, "bias", () -> x.dot(x, null));
        fails(NullPointerException.class, "other", () -> x.plus(null));
        fails(NullPointerException.class, "function", () -> x.map(null));
    }

    @Test
    void aSingleNumberHasNoRowsAndNoSlices() {
        fails(
                ShapeException.class,
                "rows: shape [] has no rows: it is a single number",
                () -> Tensor.zeros().rows(0, 1));
        fails(
                ShapeException.class,
                "slice [] leaves no axis of shape []: use get for one element",
                () -> Tensor.zeros().slice());
    }

    @Test
    void aShapeIsComparedSizeBySize() {
        assertTrue(Tensor.zeros(2, 3).hasShape(2, 3));
        assertFalse(Tensor.zeros(2, 3).hasShape(3, 2));
        assertFalse(Tensor.zeros(2, 3).hasShape(2, 3, 1));
    }

    @Test
    void theFirstAxisThatIsNotThereIsRefused() {
        fails(
                ShapeException.class,
                "axis 2 is outside shape [2, 3]",
                () -> Tensor.zeros(2, 3).size(2));
        fails(
                ShapeException.class,
                "axis -1 is outside shape [2, 3]",
                () -> Tensor.zeros(2, 3).size(-1));
    }

    @Test
    void noRowsAreRowsToo() {
        assertArrayEquals(shape(0, 3), Tensor.zeros(2, 3).rows(1, 1).shape());
        assertArrayEquals(shape(0, 3), Tensor.zeros(2, 3).rows(2, 2).shape());
    }

    @Test
    void aDeviationOfNothingGivesZeros() {
        assertEquals(Tensor.zeros(3), Tensor.gaussian(new Random(1), 0, 3).map(Math::abs)); // 0 or -0
    }

    @Test
    void onlyOneSizeIsWorkedOut() {
        String both = "cannot reshape [4], which holds 4 values, to [-1, -1]";
        fails(ShapeException.class, both, () -> Tensor.range(4).reshape(-1, -1));
        String nothing = "cannot reshape [0, 3], which holds 0 values, to [0, -1]";
        fails(ShapeException.class, nothing, () -> Tensor.zeros(0, 3).reshape(0, -1));
        assertArrayEquals(shape(3, 0), Tensor.zeros(0, 3).reshape(3, 0).shape());
    }

    @Test
    void equalTensorsHaveOneHashAndOthersHaveOthers() {
        assertEquals(Tensor.range(2, 3).hashCode(), Tensor.range(2, 3).hashCode());
        assertNotEquals(Tensor.range(2, 3).hashCode(), Tensor.range(3, 2).hashCode());
        assertNotEquals(Tensor.range(2, 3).hashCode(), Tensor.zeros(2, 3).hashCode());
    }
}
