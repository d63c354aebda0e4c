package cnnkit.tensor;

import java.util.Arrays;
import java.util.Objects;

/** Checks and words for shapes, so that every shape error of the library reads the same. */
public final class Shapes {
    private Shapes() {}

    /**
     * Makes sure that a tensor has the shape its reader expects.
     *
     * @param who the reader, for the message: {@code Convolution Conv1}
     * @param what the role of the tensor, for the message: {@code input}
     * @param tensor the tensor to check
     * @param pattern one entry per axis: a number that must match, or a name such as {@code "N"} for any size from 1 up
     * @throws ShapeException if rank or sizes differ, naming both shapes
     */
    public static void expect(Object who, String what, Tensor tensor, Object... pattern) {
        Objects.requireNonNull(tensor, () -> who + ": " + what + " is missing");
        boolean fits = tensor.rank() == pattern.length;
        for (int axis = 0; fits && axis < pattern.length; axis++) {
            fits = pattern[axis] instanceof Integer size ? tensor.size(axis) == size : tensor.size(axis) >= 1;
        }
        if (!fits) {
            throw new ShapeException(Text.error(
                    "%s: expected %s %s but got %s", who, what, Arrays.toString(pattern), text(tensor.shape())));
        }
    }

    /**
     * The number of elements of a shape.
     *
     * @param shape the sizes, none negative
     * @return their product
     * @throws ShapeException if a size is negative or the product does not fit one array
     */
    public static int length(int... shape) {
        Objects.requireNonNull(shape, "shape");
        long length = 1;
        boolean empty = false; // however long the other axes are
        for (int size : shape) {
            if (size < 0) {
                throw new ShapeException(Text.error("a size cannot be negative: %s", text(shape)));
            }
            empty |= size == 0;
        }
        for (int size : shape) {
            length *= empty ? 0 : size;
            if (length > Integer.MAX_VALUE) {
                throw new ShapeException(Text.error("too many elements for one tensor: %s", text(shape)));
            }
        }
        return (int) length;
    }

    /**
     * A shape in words.
     *
     * @param shape the sizes
     * @return for example {@code [100, 1, 28, 28]}
     */
    public static String text(int... shape) {
        return Arrays.toString(shape);
    }
}
