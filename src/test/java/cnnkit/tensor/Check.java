package cnnkit.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.io.Npz;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.function.Executable;

/** What all tests of the core share: tensors written out, comparisons that say where they differ, golden files. */
public final class Check {
    /** How far a float32 result may be from NumPy's float64, relative to the largest value of the tensor. */
    public static final double FORWARD = 1e-5;

    public static final double BACKWARD = 1e-4;

    private Check() {}

    public static int[] shape(int... sizes) {
        return sizes;
    }

    /** A tensor with its values written out. */
    public static Tensor tensor(int[] shape, double... values) {
        float[] data = new float[values.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) values[i];
        }
        return Tensor.of(data, shape);
    }

    /** Values from N(0, 1). */
    public static Tensor random(Random random, int... shape) {
        return Tensor.gaussian(random, 1, shape);
    }

    /** Bit for bit; a failure says which element differs and how. */
    public static void assertSameBits(Tensor expected, Tensor actual, Object context) {
        assertArrayEquals(expected.shape(), actual.shape(), () -> context + ": shape");
        for (int i = 0; i < expected.length(); i++) {
            int e = Float.floatToIntBits(expected.data()[i]);
            int a = Float.floatToIntBits(actual.data()[i]);
            if (e != a) {
                assertEquals(
                        Float.toHexString(expected.data()[i]),
                        Float.toHexString(actual.data()[i]),
                        context + ": element " + i + " of " + Shapes.text(expected.shape()));
            }
        }
        assertEquals(expected, actual, () -> context.toString());
    }

    /** Every difference at most {@code tolerance} times the largest value expected. */
    public static void assertClose(Tensor expected, Tensor actual, double tolerance, Object context) {
        assertWithin(tolerance * largest(expected), expected, actual, context);
    }

    /** The largest absolute value. */
    public static double largest(Tensor values) {
        double largest = 0;
        for (float value : values.data()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** Every difference at most so large. */
    public static void assertWithin(double most, Tensor expected, Tensor actual, Object context) {
        assertArrayEquals(expected.shape(), actual.shape(), () -> context + ": shape");
        for (int i = 0; i < expected.length(); i++) {
            double difference = Math.abs((double) expected.data()[i] - actual.data()[i]);
            int at = i;
            assertTrue(
                    difference <= most,
                    () -> "%s: element %d of %s is %s, expected %s within %s"
                            .formatted(
                                    context,
                                    at,
                                    Shapes.text(expected.shape()),
                                    actual.data()[at],
                                    expected.data()[at],
                                    most));
        }
    }

    /** The inner product, in double. */
    public static double inner(Tensor a, Tensor b) {
        assertArrayEquals(a.shape(), b.shape());
        double sum = 0;
        for (int i = 0; i < a.length(); i++) {
            sum += (double) a.data()[i] * b.data()[i];
        }
        return sum;
    }

    /** The code fails with exactly this error and these words. */
    public static <T extends Throwable> T fails(Class<T> error, String message, Executable code) {
        T thrown = assertThrows(error, code);
        assertEquals(message, thrown.getMessage());
        return thrown;
    }

    /** The arrays of a golden file, which src/test/golden/make_golden.py has made. */
    public static Map<String, Tensor> golden(String name) throws IOException {
        return Npz.read(goldenFile(name));
    }

    public static Path goldenFile(String name) {
        try {
            return Path.of(Check.class.getResource("/golden/" + name + ".npz").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
