package cnnkit.tensor;

import java.util.ArrayList;
import java.util.List;

/** How a tensor prints: its shape, then nested rows in columns of one width, the middle of long axes left out. */
final class TensorText {
    /** Up to this many values everything is printed, as in NumPy. */
    private static final int ALL = 1000;
    /** Of a longer axis so many entries are kept at each end. */
    private static final int EDGE = 3;

    private final Tensor tensor;
    private final boolean elided;
    private final String format;
    private final int width;
    private final StringBuilder text = new StringBuilder();

    private TensorText(Tensor tensor) {
        this.tensor = tensor;
        elided = tensor.length() > ALL;
        List<Integer> printed = new ArrayList<>();
        collect(0, 0, printed);
        format = formatFor(tensor.data(), printed);
        width = printed.stream()
                .mapToInt(offset -> number(tensor.data()[offset]).length())
                .max()
                .orElse(1);
    }

    static String of(Tensor tensor) {
        TensorText printer = new TensorText(tensor);
        printer.text.append("Tensor ").append(Shapes.text(tensor.shape())).append('\n');
        printer.write(0, 0);
        return printer.text.toString();
    }

    /** The offsets of the values that are printed, everything below one index of axis - 1. */
    private void collect(int axis, int offset, List<Integer> printed) {
        if (axis == tensor.rank()) {
            if (tensor.length() > 0) {
                printed.add(offset);
            }
            return;
        }
        for (int i = 0; i < tensor.size(axis); i = next(axis, i)) {
            collect(axis + 1, offset + i * step(axis), printed);
        }
    }

    /** The index printed after i: the next one, or behind the middle that is left out. */
    private int next(int axis, int i) {
        int size = tensor.size(axis);
        return leavesOut(axis) && i == EDGE - 1 ? size - EDGE : i + 1;
    }

    private boolean leavesOut(int axis) {
        return elided && tensor.size(axis) > 2 * EDGE;
    }

    /** How far one step along an axis goes in the data. */
    private int step(int axis) {
        int step = 1;
        for (int below = axis + 1; below < tensor.rank(); below++) {
            step *= tensor.size(below);
        }
        return step;
    }

    /** Whole numbers without decimals, the usual sizes with four, the rest in powers of ten. */
    private static String formatFor(float[] values, List<Integer> printed) {
        boolean whole = true;
        float largest = 0;
        for (int offset : printed) {
            if (Float.isFinite(values[offset])) {
                whole &= values[offset] == Math.rint(values[offset]);
                largest = Math.max(largest, Math.abs(values[offset]));
            }
        }
        if (whole && largest < 1e7f) {
            return "%.0f";
        }
        return largest < 1e-2f || largest >= 1e5f ? "%.3e" : "%.4f";
    }

    private String number(float value) {
        return Text.of(format, value);
    }

    private void write(int axis, int offset) {
        if (axis == tensor.rank()) {
            if (tensor.length() > 0) {
                text.append(Text.of("%" + width + "s", number(tensor.data()[offset])));
            }
            return;
        }
        boolean innermost = axis == tensor.rank() - 1;
        String between = innermost ? " " : "\n".repeat(tensor.rank() - 1 - axis) + " ".repeat(axis + 1);
        text.append('[');
        for (int i = 0; i < tensor.size(axis); i = next(axis, i)) {
            text.append(i > 0 ? between : "");
            if (leavesOut(axis) && i == tensor.size(axis) - EDGE) {
                text.append("...").append(between);
            }
            write(axis + 1, offset + i * step(axis));
        }
        text.append(']');
    }
}
