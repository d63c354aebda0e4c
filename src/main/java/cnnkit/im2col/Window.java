package cnnkit.im2col;

import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Text;
import java.util.Objects;

/**
 * Where a sliding window can stand: the geometry that convolution, pooling and im2col share.
 *
 * <p>A window of {@code kernel} pixels, moved by {@code stride}, over an input widened by {@code padding} pixels on both
 * sides, stands at
 * <pre>
 *     OH = (H + 2 * padding - kernel) / stride + 1        positions (section 7.2.4)
 * </pre>
 * and likewise across the width. When the division leaves a remainder, {@link Remainder} decides: refuse (the default),
 * leave the last pixels out, or let the window hang over the edge.
 *
 * <p>A window is a value: immutable, compared by content, safe to share between layers. Each setting returns a new
 * one: {@code Window.of(3).stride(2).padding(1)}.
 *
 * @param kernelHeight rows of the window, in pixels, from 1
 * @param kernelWidth columns of the window, in pixels, from 1
 * @param strideHeight how far the window moves down, in pixels, from 1
 * @param strideWidth how far the window moves to the right, in pixels, from 1
 * @param paddingHeight rows added above and again below, from 0
 * @param paddingWidth columns added on the left and again on the right, from 0
 * @param remainder what to do when the stride does not divide
 */
public record Window(
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int paddingHeight,
        int paddingWidth,
        Remainder remainder) {

    /**
     * Checks the sizes.
     *
     * @param kernelHeight from 1
     * @param kernelWidth from 1
     * @param strideHeight from 1
     * @param strideWidth from 1
     * @param paddingHeight from 0
     * @param paddingWidth from 0
     * @param remainder not null
     * @throws IllegalArgumentException if a size is smaller than that
     */
    public Window {
        Objects.requireNonNull(remainder, "remainder");
        if (kernelHeight < 1 || kernelWidth < 1) {
            throw new IllegalArgumentException(
                    Text.error("a window needs a kernel of at least 1x1 but got %dx%d", kernelHeight, kernelWidth));
        }
        if (strideHeight < 1 || strideWidth < 1) {
            throw new IllegalArgumentException(
                    Text.error("a window needs a stride of at least 1 but got %d, %d", strideHeight, strideWidth));
        }
        if (paddingHeight < 0 || paddingWidth < 0) {
            throw new IllegalArgumentException(
                    Text.error("a padding cannot be negative but got %d, %d", paddingHeight, paddingWidth));
        }
    }

    /**
     * A square window, stride 1, no padding, {@link Remainder#STRICT}.
     *
     * @param kernel rows and columns, in pixels
     * @return the window
     */
    public static Window of(int kernel) {
        return of(kernel, kernel);
    }

    /**
     * A rectangular window, stride 1, no padding, {@link Remainder#STRICT}.
     *
     * @param height rows, in pixels
     * @param width columns, in pixels
     * @return the window
     */
    public static Window of(int height, int width) {
        return new Window(height, width, 1, 1, 0, 0, Remainder.STRICT);
    }

    /**
     * The same window with another stride.
     *
     * @param stride pixels from one position to the next, in both directions
     * @return a new window
     */
    public Window stride(int stride) {
        return stride(stride, stride);
    }

    /**
     * The same window with another stride.
     *
     * @param down pixels from one position to the next below
     * @param right pixels from one position to the next on the right
     * @return a new window
     */
    public Window stride(int down, int right) {
        return new Window(kernelHeight, kernelWidth, down, right, paddingHeight, paddingWidth, remainder);
    }

    /**
     * The same window over another padding.
     *
     * @param padding pixels added on every side
     * @return a new window
     */
    public Window padding(int padding) {
        return padding(padding, padding);
    }

    /**
     * The same window over another padding.
     *
     * @param rows rows added above and again below
     * @param columns columns added on the left and again on the right
     * @return a new window
     */
    public Window padding(int rows, int columns) {
        return new Window(kernelHeight, kernelWidth, strideHeight, strideWidth, rows, columns, remainder);
    }

    /**
     * The same window with another way to treat a remainder.
     *
     * @param policy what to do when the stride does not divide
     * @return a new window
     */
    public Window remainder(Remainder policy) {
        return new Window(kernelHeight, kernelWidth, strideHeight, strideWidth, paddingHeight, paddingWidth, policy);
    }

    /**
     * OH, the number of positions from top to bottom.
     *
     * @param height H, rows of the input, in pixels
     * @return rows of the output
     * @throws ShapeException if the window does not fit, naming the heights that would
     */
    public int outputHeight(int height) {
        return positions("height", height, kernelHeight, strideHeight, paddingHeight);
    }

    /**
     * OW, the number of positions from left to right.
     *
     * @param width W, columns of the input, in pixels
     * @return columns of the output
     * @throws ShapeException if the window does not fit, naming the widths that would
     */
    public int outputWidth(int width) {
        return positions("width", width, kernelWidth, strideWidth, paddingWidth);
    }

    private int positions(String axis, int size, int kernel, int stride, int padding) {
        long padded = size + 2L * padding;
        long room = padded - kernel;
        if (padded > Integer.MAX_VALUE) {
            throw new ShapeException(Text.error(
                    "a %s over %s %d: with its padding that is %,d, more than can be counted. Use less padding",
                    this, axis, size, padded));
        }
        if (size < 1 || room < 0) {
            throw new ShapeException(Text.error(
                    "a %s does not fit into %s %d: it needs at least %d",
                    this, axis, size, Math.max(1, kernel - 2L * padding)));
        }
        long left = room % stride;
        if (left == 0 || remainder == Remainder.FLOOR) {
            return (int) (room / stride + 1);
        }
        if (remainder == Remainder.CEIL) {
            long positions = room / stride + 2;
            boolean beginsBehindTheInput = (positions - 1) * stride >= (long) size + padding;
            return (int) (beginsBehindTheInput ? positions - 1 : positions);
        }
        long smaller = size - left;
        long larger = smaller + stride;
        String fitting = smaller >= 1 ? Text.of("%s %d or %d", axis, smaller, larger) : Text.of("%s %d", axis, larger);
        throw new ShapeException(Text.error(
                "a %s does not divide %s %d: %d would be left over. Use %s, padding, Remainder.FLOOR or Remainder.CEIL",
                this, axis, size, left, fitting));
    }

    /**
     * The first row of the window at a position: row {@code ky} of the window lies on row {@code top(oy) + ky} of the input.
     *
     * @param oy the position, from 0 at the top
     * @return the row of the input; negative where the window begins in the padding
     */
    public int top(int oy) {
        return oy * strideHeight - paddingHeight;
    }

    /**
     * The first column of the window at a position: column {@code kx} of the window lies on column {@code left(ox) + kx} of
     * the input.
     *
     * @param ox the position, from 0 on the left
     * @return the column of the input; negative where the window begins in the padding
     */
    public int left(int ox) {
        return ox * strideWidth - paddingWidth;
    }

    /**
     * The rows of the input that the window at a position sees.
     *
     * @param oy the position, from 0 at the top
     * @param height H, rows of the input
     * @return the first one, and one past the last one; nothing in between where it sees padding only
     */
    public Span rows(int oy, int height) {
        return Span.clipped(top(oy), kernelHeight, height);
    }

    /**
     * The columns of the input that the window at a position sees.
     *
     * @param ox the position, from 0 on the left
     * @param width W, columns of the input
     * @return the first one, and one past the last one; nothing in between where it sees padding only
     */
    public Span columns(int ox, int width) {
        return Span.clipped(left(ox), kernelWidth, width);
    }

    /**
     * Rows or columns of an image, one behind the other.
     *
     * @param from the first one
     * @param to one past the last one; not below {@code from}
     */
    public record Span(int from, int to) {
        static Span clipped(int begin, int kernel, int size) {
            int from = Math.min(Math.max(begin, 0), size);
            return new Span(from, (int) Math.max(from, Math.min((long) begin + kernel, size)));
        }

        /**
         * How many there are.
         *
         * @return 0 if the window sees padding only
         */
        public int length() {
            return to - from;
        }
    }

    /**
     * Whether every position lies inside the input: no window reads padding, or runs over the last row or column.
     *
     * @param height rows of the input
     * @param width columns of the input
     * @return whether all pixels that windows see are pixels of the input
     */
    public boolean staysInside(int height, int width) {
        return paddingHeight == 0
                && paddingWidth == 0
                && top(outputHeight(height) - 1) + kernelHeight <= height
                && left(outputWidth(width) - 1) + kernelWidth <= width;
    }

    /**
     * How many positions of the window read each pixel: 0 for a pixel that a remainder leaves out, few at the corners,
     * many where windows overlap.
     *
     * @param height rows of the input
     * @param width columns of the input
     * @return a count for each row and column
     * @throws ShapeException if the window does not fit
     */
    public int[][] readCounts(int height, int width) {
        int down = outputHeight(height), across = outputWidth(width);
        int[] rows = new int[height], columns = new int[width];
        for (int oy = down - 1; oy >= 0; oy--) {
            count(rows, rows(oy, height));
        }
        for (int ox = across - 1; ox >= 0; ox--) {
            count(columns, columns(ox, width));
        }
        int[][] counts = new int[height][width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                counts[y][x] = rows[y] * columns[x];
            }
        }
        return counts;
    }

    private static void count(int[] counts, Span seen) {
        for (int i = seen.from; i < seen.to; i++) {
            counts[i]++;
        }
    }

    /**
     * The window in words.
     *
     * @return for example {@code 3x3 window with stride 2 and padding 1}
     */
    @Override
    public String toString() {
        String stride = strideHeight == strideWidth ? "" + strideHeight : strideHeight + "x" + strideWidth;
        String padding = paddingHeight == paddingWidth ? "" + paddingHeight : paddingHeight + "x" + paddingWidth;
        return kernelHeight + "x" + kernelWidth + " window with stride " + stride
                + (padding.equals("0") ? "" : " and padding " + padding);
    }
}
