package cnnkit.tensor;

import cnnkit.engine.Maximum;
import cnnkit.engine.Product;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * An array of floats with a shape: rank 1 for a bias, 2 for a matrix, 4 for a batch of images (N, C, H, W).
 *
 * <p>The values lie row-major in one {@code float[]}: the last index runs fastest, so in a batch
 * <pre>
 *     x[n][c][h][w]  is  data[((n * C + c) * H + h) * W + w]                     (section 7.4.1)
 * </pre>
 * A tensor's shape never changes; its values may. {@link #reshape} shares the values with its origin, every other
 * method that returns a tensor copies them.
 */
public final class Tensor {
    private final float[] data;
    private final int[] shape;

    private Tensor(float[] data, int[] shape) {
        this.data = data;
        this.shape = shape;
    }

    /**
     * A tensor over the given values, which are not copied.
     *
     * @param data the values, row-major
     * @param shape the size of each axis
     * @return the tensor
     * @throws ShapeException if the shape asks for another number of values
     */
    public static Tensor of(float[] data, int... shape) {
        Objects.requireNonNull(data, "data");
        if (Shapes.length(shape) != data.length) {
            throw new ShapeException(Text.error(
                    "shape %s holds %,d values but got %,d", Shapes.text(shape), Shapes.length(shape), data.length));
        }
        return new Tensor(data, shape.clone());
    }

    /**
     * A tensor of zeros.
     *
     * @param shape the size of each axis
     * @return the tensor
     */
    public static Tensor zeros(int... shape) {
        return new Tensor(new float[Shapes.length(shape)], shape.clone());
    }

    /**
     * A tensor of one value.
     *
     * @param value the value of every element
     * @param shape the size of each axis
     * @return the tensor
     */
    public static Tensor filled(float value, int... shape) {
        Tensor tensor = zeros(shape);
        Arrays.fill(tensor.data, value);
        return tensor;
    }

    /**
     * The values 0, 1, 2, ... in row-major order: handy to see where an element goes.
     *
     * @param shape the size of each axis
     * @return the tensor
     */
    public static Tensor range(int... shape) {
        Tensor tensor = zeros(shape);
        for (int i = 0; i < tensor.data.length; i++) {
            tensor.data[i] = i;
        }
        return tensor;
    }

    /**
     * Draws from the normal distribution N(0, std^2) by Marsaglia's polar method.
     *
     * <p>The method is spelled out here, over {@link StrictMath}, because {@code RandomGenerator.nextGaussian} may
     * change between Java versions: the same generator and seed give the same bits everywhere.
     *
     * @param random where the uniform numbers come from, for example {@code new Random(1)}
     * @param std the standard deviation
     * @param shape the size of each axis
     * @return the tensor
     */
    public static Tensor gaussian(RandomGenerator random, double std, int... shape) {
        Objects.requireNonNull(random, "random");
        if (!(std >= 0) || Double.isInfinite(std)) {
            throw new IllegalArgumentException(Text.error("a standard deviation is a number from 0 but got %s", std));
        }
        Tensor tensor = zeros(shape);
        for (int i = 0; i < tensor.data.length; i += 2) {
            double u, v, s;
            do {
                u = 2 * random.nextDouble() - 1;
                v = 2 * random.nextDouble() - 1;
                s = u * u + v * v;
            } while (s >= 1 || s == 0);
            double scale = std * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            tensor.data[i] = (float) (u * scale);
            if (i + 1 < tensor.data.length) {
                tensor.data[i + 1] = (float) (v * scale);
            }
        }
        return tensor;
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
     * Whether this tensor has a shape.
     *
     * @param sizes the size of each axis
     * @return whether they are its sizes
     */
    public boolean hasShape(int... sizes) {
        Objects.requireNonNull(sizes, "sizes");
        return Arrays.equals(shape, sizes);
    }

    /**
     * The size of one axis.
     *
     * @param axis 0 for the first
     * @return its size
     */
    public int size(int axis) {
        if (axis < 0 || axis >= shape.length) {
            throw new ShapeException(Text.error("axis %d is outside shape %s", axis, Shapes.text(shape)));
        }
        return shape[axis];
    }

    /**
     * The number of axes.
     *
     * @return 4 for a batch of images
     */
    public int rank() {
        return shape.length;
    }

    /**
     * The number of elements.
     *
     * @return the product of the sizes
     */
    public int length() {
        return data.length;
    }

    /**
     * The values themselves, row-major, not a copy: writing to them changes the tensor.
     *
     * @return the array
     */
    public float[] data() {
        return data;
    }

    /**
     * One element.
     *
     * @param index one index per axis
     * @return its value
     */
    public float get(int... index) {
        return data[offset(index)];
    }

    /**
     * Changes one element.
     *
     * @param value its new value
     * @param index one index per axis
     */
    public void set(float value, int... index) {
        data[offset(index)] = value;
    }

    private int offset(int... index) {
        Objects.requireNonNull(index, "index");
        if (index.length != shape.length) {
            throw new ShapeException(Text.error(
                    "index %s needs %d numbers for a tensor of shape %s",
                    Shapes.text(index), shape.length, Shapes.text(shape)));
        }
        int offset = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            if (index[axis] < 0 || index[axis] >= shape[axis]) {
                throw new IndexOutOfBoundsException(
                        Text.error("index %s is outside shape %s", Shapes.text(index), Shapes.text(shape)));
            }
            offset = offset * shape[axis] + index[axis];
        }
        return offset;
    }

    /**
     * The part under the first indices: of a batch x, {@code x.slice(3)} is image 3 and {@code x.slice(3, 0)} its
     * channel 0.
     *
     * @param index indices of the leading axes, fewer than the rank
     * @return a copy, of the shape of the remaining axes
     */
    public Tensor slice(int... index) {
        Objects.requireNonNull(index, "index");
        if (index.length >= shape.length) {
            throw new ShapeException(Text.error(
                    "slice %s leaves no axis of shape %s: use get for one element",
                    Shapes.text(index), Shapes.text(shape)));
        }
        int[] rest = Arrays.copyOfRange(shape, index.length, shape.length);
        int length = Shapes.length(rest);
        int from = offset(Arrays.copyOf(index, shape.length));
        return new Tensor(Arrays.copyOfRange(data, from, from + length), rest);
    }

    /**
     * A run along the first axis: rows of a matrix, images of a batch.
     *
     * @param from the first one
     * @param to one past the last one
     * @return a copy, of shape (to - from, ...)
     * @throws ShapeException if this is a single number, without axes
     * @throws IndexOutOfBoundsException if there are no such rows
     */
    public Tensor rows(int from, int to) {
        if (shape.length == 0) {
            throw new ShapeException(Text.error("rows: shape [] has no rows: it is a single number"));
        }
        if (from < 0 || to > shape[0] || from > to) {
            throw new IndexOutOfBoundsException(
                    Text.error("rows %d to %d are outside shape %s", from, to, Shapes.text(shape)));
        }
        int[] part = shape.clone();
        part[0] = to - from;
        int length = shape[0] == 0 ? 0 : data.length / shape[0];
        return new Tensor(Arrays.copyOfRange(data, from * length, to * length), part);
    }

    /**
     * The same values under another shape. Nothing moves and nothing is copied: both tensors share their values.
     *
     * @param newShape the new sizes; one of them may be -1 and is then worked out
     * @return the tensor
     * @throws ShapeException if the numbers of elements differ
     */
    public Tensor reshape(int... newShape) {
        int[] sizes = Objects.requireNonNull(newShape, "newShape").clone();
        int unknown = -1;
        long known = 1;
        for (int axis = 0; axis < sizes.length; axis++) {
            if (sizes[axis] == -1 && unknown < 0) {
                unknown = axis;
            } else {
                known *= sizes[axis];
            }
        }
        if (unknown >= 0 && known > 0) {
            sizes[unknown] = (int) (data.length / known);
        }
        if (known < 0 || Arrays.stream(sizes).anyMatch(size -> size < 0) || Shapes.length(sizes) != data.length) {
            throw new ShapeException(Text.error(
                    "cannot reshape %s, which holds %,d values, to %s",
                    Shapes.text(shape), data.length, Shapes.text(newShape)));
        }
        return new Tensor(data, sizes);
    }

    /**
     * Reorders the axes: {@code x.transpose(0, 3, 1, 2)} turns (N, H, W, C) into (N, C, H, W). The values move.
     *
     * @param axes for each new axis the old one it comes from; none at all means all in reverse order
     * @return a copy
     * @throws ShapeException if {@code axes} does not name every axis once
     */
    public Tensor transpose(int... axes) {
        Objects.requireNonNull(axes, "axes");
        int[] order = axes.length > 0 ? axes : reversedAxes();
        if (!namesEveryAxisOnce(order)) {
            throw new ShapeException(Text.error(
                    "transpose %s must name every axis of shape %s once", Shapes.text(axes), Shapes.text(shape)));
        }
        return Transposition.of(this, order);
    }

    private int[] reversedAxes() {
        int[] order = new int[rank()];
        for (int axis = 0; axis < order.length; axis++) {
            order[axis] = order.length - 1 - axis;
        }
        return order;
    }

    private boolean namesEveryAxisOnce(int[] order) {
        int[] sorted = order.clone();
        Arrays.sort(sorted);
        int[] every = reversedAxes();
        Arrays.sort(every);
        return Arrays.equals(sorted, every);
    }

    /**
     * The matrix product (m, k) x (k, n) -> (m, n).
     *
     * @param other the right factor
     * @return the product
     * @throws ShapeException if these are not two matrices that fit
     */
    public Tensor dot(Tensor other) {
        Objects.requireNonNull(other, "other");
        return dot(other, zeros(other.rank() == 2 ? other.size(1) : 0));
    }

    /**
     * The matrix product plus one value per column, (m, k) x (k, n) + (n) -> (m, n), as one chain of fused
     * multiply-adds for each element:
     * <pre>
     *     sum = bias[j];  for k = 0, 1, 2, ...:  sum = fma(this[i][k], other[k][j], sum)
     * </pre>
     *
     * @param other the right factor
     * @param bias where the sums of each column start
     * @return the product
     * @throws ShapeException if these are not two matrices and a vector that fit
     */
    public Tensor dot(Tensor other, Tensor bias) {
        Objects.requireNonNull(other, "other");
        Objects.requireNonNull(bias, "bias");
        if (rank() != 2 || other.rank() != 2 || size(1) != other.size(0)) {
            throw new ShapeException(Text.error(
                    "dot: a matrix product needs shapes [m, k] and [k, n] but got %s and %s",
                    Shapes.text(shape), Shapes.text(other.shape)));
        }
        Shapes.expect("dot", "bias", bias, other.size(1));
        Tensor product = zeros(size(0), other.size(1));
        Product.multiply(size(1), data, other.data, bias.data, product.data);
        return product;
    }

    /**
     * The sum, element by element.
     *
     * @param other a tensor of the same shape
     * @return a new tensor
     * @throws ShapeException if the shapes differ
     */
    public Tensor plus(Tensor other) {
        Objects.requireNonNull(other, "other");
        if (!Arrays.equals(shape, other.shape)) {
            throw new ShapeException(
                    Text.error("plus: shapes %s and %s differ", Shapes.text(shape), Shapes.text(other.shape)));
        }
        Tensor sum = copy();
        for (int i = 0; i < data.length; i++) {
            sum.data[i] += other.data[i];
        }
        return sum;
    }

    /**
     * Applies a function to every element.
     *
     * @param function from old value to new
     * @return a new tensor
     */
    public Tensor map(DoubleUnaryOperator function) {
        Objects.requireNonNull(function, "function");
        Tensor result = zeros(shape);
        for (int i = 0; i < data.length; i++) {
            result.data[i] = (float) function.applyAsDouble(data[i]);
        }
        return result;
    }

    /**
     * The position of the largest value in each row of a matrix; the first one where several are equal. A NaN counts as
     * largest, as it does in {@link #max} and in NumPy.
     *
     * @return one column index per row
     * @throws ShapeException if this is not a matrix
     */
    public int[] argmax() {
        Shapes.expect("argmax", "matrix", this, "rows", "columns");
        int columns = shape[1];
        int[] winners = new int[shape[0]];
        for (int row = 0; row < winners.length; row++) {
            winners[row] = Maximum.position(data, row * columns, (row + 1) * columns) - row * columns;
        }
        return winners;
    }

    /**
     * The smallest value.
     *
     * @return the minimum, NaN if any value is NaN
     */
    public float min() {
        float min = Float.POSITIVE_INFINITY;
        for (float value : data) {
            min = Math.min(min, value);
        }
        return min;
    }

    /**
     * The largest value.
     *
     * @return the maximum, NaN if any value is NaN
     */
    public float max() {
        float max = Float.NEGATIVE_INFINITY;
        for (float value : data) {
            max = Math.max(max, value);
        }
        return max;
    }

    /**
     * The sum of all values, added up in double.
     *
     * @return the sum
     */
    public double sum() {
        double sum = 0;
        for (float value : data) {
            sum += value;
        }
        return sum;
    }

    /**
     * A tensor with values of its own.
     *
     * @return the copy
     */
    public Tensor copy() {
        return new Tensor(data.clone(), shape.clone());
    }

    /**
     * How one tensor differs from what was expected, for a message: {@code assertTrue(difference.isNone(), difference::toString)}.
     *
     * @param mine what came
     * @param expected what should have come
     * @return every difference, however small
     */
    public static Difference difference(Tensor mine, Tensor expected) {
        return Difference.between(mine, expected);
    }

    /**
     * Equal means: the same shape and the same bits in every element.
     *
     * @param other anything
     * @return whether it is a tensor with this shape and these bits
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor && Arrays.equals(shape, tensor.shape) && Arrays.equals(data, tensor.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
    }

    /**
     * The shape, then the values as NumPy would print them; of a large tensor only the corners.
     *
     * @return several lines of text
     */
    @Override
    public String toString() {
        return TensorText.of(this);
    }
}
