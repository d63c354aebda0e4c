package cnnkit.tensor;

import cnnkit.engine.Workers;
import java.util.Arrays;

/** Moves the values of a tensor into the order that a permutation of its axes asks for. */
final class Transposition {
    private static final int BLOCK = 32;
    private static final int SMALL = 1 << 15; // values that are copied before another core has woken up

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
            int merged = merge(shape, step);
            copyOnAllCores(x.data(), result.data(), Arrays.copyOf(shape, merged), Arrays.copyOf(step, merged));
        }
        return result;
    }

    /** Makes one axis of neighbours that move together, as OH and OW in (N, OH, OW, C) -> (N, C, OH, OW). */
    private static int merge(int[] shape, int[] step) {
        int last = 0;
        for (int axis = 1; axis < shape.length; axis++) {
            if (step[last] == shape[axis] * step[axis]) {
                shape[last] *= shape[axis];
                step[last] = step[axis];
            } else {
                last++;
                shape[last] = shape[axis];
                step[last] = step[axis];
            }
        }
        return last + 1;
    }

    /** Each core takes some indices of axis 0, if that is worth it. */
    private static void copyOnAllCores(float[] from, float[] to, int[] shape, int[] step) {
        int below = to.length / shape[0]; // values of one index
        if (shape.length < 3 || to.length < SMALL) {
            copy(from, 0, to, 0, 0, shape, step);
        } else {
            Workers.run(shape[0], (thread, i) -> copy(from, i * step[0], to, i * below, 1, shape, step));
        }
    }

    /** Fills everything below one index of axis - 1; returns the position behind it. */
    private static int copy(float[] from, int offset, float[] to, int position, int axis, int[] shape, int[] step) {
        int last = shape.length - 1;
        if (axis == last && step[last] == 1) {
            System.arraycopy(from, offset, to, position, shape[last]);
            return position + shape[last];
        }
        if (axis == last) {
            for (int i = 0, source = offset; i < shape[last]; i++, source += step[last]) {
                to[position++] = from[source];
            }
            return position;
        }
        if (axis == last - 1 && step[axis] == 1) {
            return copyTurned(from, offset, to, position, shape[axis], shape[last], step[last]);
        }
        for (int i = 0; i < shape[axis]; i++) {
            position = copy(from, offset + i * step[axis], to, position, axis + 1, shape, step);
        }
        return position;
    }

    /** Rows become columns. Done a few rows at a time, so that each cache line that is read is used up at once. */
    private static int copyTurned(float[] from, int offset, float[] to, int position, int rows, int columns, int step) {
        for (int top = 0; top < columns; top += BLOCK) {
            int end = Math.min(columns, top + BLOCK);
            for (int row = 0; row < rows; row++) {
                for (int j = top, source = offset + row + top * step; j < end; j++, source += step) {
                    to[position + row * columns + j] = from[source];
                }
            }
        }
        return position + rows * columns;
    }
}
