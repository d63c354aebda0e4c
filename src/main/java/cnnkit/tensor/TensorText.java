package cnnkit.tensor;

import java.util.Locale;

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
        format = formatFor(tensor.data());
        int widest = 0;
        for (float value : tensor.data()) {
            widest = Math.max(widest, number(value).length());
            if (elided && widest >= 12) {
                break;
            }
        }
        width = widest;
    }

    static String of(Tensor tensor) {
        TensorText printer = new TensorText(tensor);
        printer.text.append("Tensor ").append(Shapes.text(tensor.shape())).append('\n');
        printer.write(0, 0);
        return printer.text.toString();
    }

    /** Whole numbers without decimals, the usual sizes with four, the rest in powers of ten. */
    private static String formatFor(float[] values) {
        boolean whole = true;
        float largest = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                whole &= value == Math.rint(value);
                largest = Math.max(largest, Math.abs(value));
            }
        }
        if (whole && largest < 1e7f) {
            return "%.0f";
        }
        return largest < 1e-2f || largest >= 1e5f ? "%.3e" : "%.4f";
    }

    private String number(float value) {
        return String.format(Locale.ROOT, format, value);
    }

    private void write(int axis, int offset) {
        if (axis == tensor.rank()) {
            if (tensor.length() > 0) {
                text.append(String.format("%" + Math.max(1, width) + "s", number(tensor.data()[offset])));
            }
            return;
        }
        int size = tensor.size(axis);
        int step = 1;
        for (int below = axis + 1; below < tensor.rank(); below++) {
            step *= tensor.size(below);
        }
        boolean innermost = axis == tensor.rank() - 1;
        text.append('[');
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                text.append(innermost ? " " : "\n".repeat(tensor.rank() - 1 - axis) + " ".repeat(axis + 1));
            }
            if (elided && size > 2 * EDGE && i == EDGE) {
                text.append("...");
                i = size - EDGE - 1;
            } else {
                write(axis + 1, offset + i * step);
            }
        }
        text.append(']');
    }
}
