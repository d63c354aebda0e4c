package cnnkit.tensor;

/** Moves the values of a tensor into the order that a permutation of its axes asks for. */
final class Transposition {
    private Transposition() {}

    /** {@code axes[i]} is the old axis that becomes axis i; it names every axis once. */
    static Tensor of(Tensor x, int[] axes) {
        int rank = axes.length;
        int[] shape = new int[rank];
        int[] step = new int[rank]; // how far one step along the new axis goes in the old data
        for (int axis = 0; axis < rank; axis++) {
            shape[axis] = x.size(axes[axis]);
            step[axis] = 1;
            for (int old = axes[axis] + 1; old < rank; old++) {
                step[axis] *= x.size(old);
            }
        }
        Tensor result = Tensor.zeros(shape);
        if (rank > 0 && result.length() > 0) {
            copy(x.data(), 0, result.data(), 0, 0, shape, step);
        }
        return result;
    }

    /** Fills everything below one index of axis - 1; returns the position behind it. */
    private static int copy(float[] from, int offset, float[] to, int position, int axis, int[] shape, int[] step) {
        if (axis == shape.length - 1) {
            int stride = step[axis];
            for (int i = 0, source = offset; i < shape[axis]; i++, source += stride) {
                to[position++] = from[source];
            }
            return position;
        }
        for (int i = 0; i < shape[axis]; i++) {
            position = copy(from, offset + i * step[axis], to, position, axis + 1, shape, step);
        }
        return position;
    }
}
