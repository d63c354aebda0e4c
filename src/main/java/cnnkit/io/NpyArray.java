package cnnkit.io;

import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.math.BigDecimal;

/**
 * Numbers of one type with a shape, as NumPy files hold them: what a {@link Tensor} is for float32, for other types too.
 *
 * <p>For numbers that must come back as they were and that a float would round: counters, seeds, losses. Values lie
 * row-major in one Java array, which is shared, not copied.
 */
public final class NpyArray {
    private final NpyType type;
    private final Object values; // the Java array of this type
    private final int[] shape;

    /** {@code length} is that of the values. */
    NpyArray(NpyType type, Object values, int length, int... shape) {
        if (Shapes.length(shape) != length) {
            throw new ShapeException(Text.error(
                    "shape %s holds %,d values but got %,d", Shapes.text(shape), Shapes.length(shape), length));
        }
        this.type = type;
        this.values = values;
        this.shape = shape.clone();
    }

    /**
     * An array of float32.
     *
     * @param tensor shape and values
     * @return the array
     */
    public static NpyArray of(Tensor tensor) {
        return new NpyArray(NpyType.FLOAT32, tensor.data(), tensor.length(), tensor.shape());
    }

    /**
     * An array of float64.
     *
     * @param values row-major
     * @param shape the size of each axis; none for a single number
     * @return the array
     * @throws ShapeException if the shape asks for another number of values
     */
    public static NpyArray of(double[] values, int... shape) {
        return new NpyArray(NpyType.FLOAT64, values, values.length, shape);
    }

    /**
     * An array of int64.
     *
     * @param values row-major
     * @param shape the size of each axis; none for a single number
     * @return the array
     * @throws ShapeException if the shape asks for another number of values
     */
    public static NpyArray of(long[] values, int... shape) {
        return new NpyArray(NpyType.INT64, values, values.length, shape);
    }

    /**
     * An array of int32.
     *
     * @param values row-major
     * @param shape the size of each axis; none for a single number
     * @return the array
     * @throws ShapeException if the shape asks for another number of values
     */
    public static NpyArray of(int[] values, int... shape) {
        return new NpyArray(NpyType.INT32, values, values.length, shape);
    }

    /**
     * An array of uint8.
     *
     * @param values row-major; a byte stands for 0..255
     * @param shape the size of each axis; none for a single number
     * @return the array
     * @throws ShapeException if the shape asks for another number of values
     */
    public static NpyArray of(byte[] values, int... shape) {
        return new NpyArray(NpyType.UINT8, values, values.length, shape);
    }

    /**
     * The type of the values, as NumPy names it.
     *
     * @return float32, float64, uint8, int32 or int64
     */
    public String type() {
        return type.toString();
    }

    /**
     * The shape.
     *
     * @return the size of each axis, a copy
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * The values as floats. A float64 is rounded to the nearest float; a whole number must be one that a float holds.
     *
     * @return a tensor; of float32 it shares the values, else it has its own
     * @throws ArithmeticException if a finite float64 lies beyond the largest float, or a whole number would change,
     *     naming the first such value
     */
    public Tensor tensor() {
        if (values instanceof float[] floats) {
            return Tensor.of(floats, shape);
        }
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < tensor.length(); i++) {
            tensor.data()[i] = floatAt(i);
        }
        return tensor;
    }

    private float floatAt(int i) {
        return switch (type) {
            case FLOAT32 -> ((float[]) values)[i];
            case FLOAT64 -> rounded(((double[]) values)[i], i);
            case UINT8 -> ((byte[]) values)[i] & 0xff;
            case INT32 -> exact(((int[]) values)[i], i);
            case INT64 -> exact(((long[]) values)[i], i);
        };
    }

    private float rounded(double value, int i) {
        float nearest = (float) value;
        if (Float.isInfinite(nearest) && !Double.isInfinite(value)) {
            throw unfit(i, value + ", beyond the largest float, " + Float.MAX_VALUE);
        }
        return nearest;
    }

    private float exact(long value, int i) {
        float nearest = value;
        boolean beyond =
                nearest == 0x1p63f; // one more than the largest long, to which the cast below would bring it back
        if (beyond || (long) nearest != value) {
            throw unfit(i, value + ", which no float is: the nearest one is " + new BigDecimal(nearest));
        }
        return nearest;
    }

    private ArithmeticException unfit(int i, String why) {
        return new ArithmeticException(
                Text.error("element %d of %s is %s. Read it as an NpyArray, which keeps its type", i, this, why));
    }

    /**
     * The values of an array of float64.
     *
     * @return the array itself, not a copy
     * @throws IllegalStateException if the type is another
     */
    public double[] doubles() {
        return (double[]) values(NpyType.FLOAT64);
    }

    /**
     * The values of an array of int64.
     *
     * @return the array itself, not a copy
     * @throws IllegalStateException if the type is another
     */
    public long[] longs() {
        return (long[]) values(NpyType.INT64);
    }

    /**
     * The values of an array of int32.
     *
     * @return the array itself, not a copy
     * @throws IllegalStateException if the type is another
     */
    public int[] ints() {
        return (int[]) values(NpyType.INT32);
    }

    /**
     * The values of an array of uint8.
     *
     * @return the array itself, not a copy; a byte stands for 0..255
     * @throws IllegalStateException if the type is another
     */
    public byte[] bytes() {
        return (byte[]) values(NpyType.UINT8);
    }

    private Object values(NpyType expected) {
        if (type != expected) {
            throw new IllegalStateException(Text.error("expected an array of %s but got %s", expected, this));
        }
        return values;
    }

    /** For the writer. */
    NpyType npyType() {
        return type;
    }

    /** For the writer: the Java array, whatever its type. */
    Object values() {
        return values;
    }

    /**
     * Type and shape.
     *
     * @return for example {@code int64 [3, 2]}
     */
    @Override
    public String toString() {
        return type + " " + Shapes.text(shape);
    }
}
