package cnnkit.data;

import cnnkit.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How much ink there is on each pixel of a drawing: 0 on the paper, the more the larger.
 *
 * @param height H, in pixels
 * @param width W, in pixels
 * @param values (H, W) row-major
 */
record Ink(int height, int width, double[] values) {

    static Ink none(int height, int width) {
        return new Ink(height, width, new double[height * width]);
    }

    /** A drawing made of characters: '.' and ' ' are paper, all others ink. */
    static Ink of(String drawing) {
        String[] rows = drawing.split("\\R");
        int width = Arrays.stream(rows).mapToInt(String::length).max().orElse(0);
        Ink ink = none(rows.length, width);
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < rows[y].length(); x++) {
                boolean paper = rows[y].charAt(x) == '.' || rows[y].charAt(x) == ' ';
                ink.values[y * width + x] = paper ? 0 : 1;
            }
        }
        return ink;
    }

    /** The same numbers, (H, W). */
    Tensor tensor() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(floats, height, width);
    }

    double at(int y, int x) {
        return values[y * width + x];
    }

    double strongest() {
        return Arrays.stream(values).max().orElse(0);
    }

    double sum() {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** Another value for each pixel, counted row by row. */
    Ink map(IntToDoubleFunction value) {
        double[] mapped = new double[values.length];
        Arrays.setAll(mapped, value);
        return new Ink(height, width, mapped);
    }

    Ink negative() {
        return map(i -> 1 - values[i]);
    }

    /** The values of the outermost pixels. */
    double[] rim() {
        return IntStream.range(0, values.length)
                .filter(this::isOnRim)
                .mapToDouble(i -> values[i])
                .toArray();
    }

    /** Whether a pixel, counted row by row, is one of the outermost. */
    boolean isOnRim(int i) {
        return i < width || i >= values.length - width || i % width == 0 || i % width == width - 1;
    }

    /** Pixels with ink that hang together over sides and corners, from the top down. */
    List<int[]> blots() {
        List<int[]> blots = new ArrayList<>();
        boolean[] seen = new boolean[values.length];
        for (int i = 0; i < seen.length; i++) {
            if (values[i] > 0 && !seen[i]) {
                blots.add(blot(i, seen));
            }
        }
        return blots;
    }

    private int[] blot(int start, boolean[] seen) {
        IntStream.Builder blot = IntStream.builder();
        Deque<Integer> open = new ArrayDeque<>();
        seen[start] = true;
        open.push(start);
        while (!open.isEmpty()) {
            int pixel = open.pop();
            blot.add(pixel);
            int y = pixel / width, x = pixel % width;
            for (int near = 0; near < 9; near++) {
                int down = y + near / 3 - 1, right = x + near % 3 - 1;
                boolean inside = down >= 0 && down < height && right >= 0 && right < width;
                int neighbour = down * width + right;
                if (inside && !seen[neighbour] && values[neighbour] > 0) {
                    seen[neighbour] = true;
                    open.push(neighbour);
                }
            }
        }
        return blot.build().toArray();
    }

    /**
     * The share of the smallest rectangle around all ink that lies between ink in its row, or in its column if that is
     * less.
     */
    double filled() {
        Ink box = cropped();
        return Math.min(
                        box.between(box.height, box.width, box.width, 1),
                        box.between(box.width, box.height, 1, box.width))
                / Math.max(1.0, box.values.length);
    }

    /** How many pixels of all lines lie between the first and the last with ink. */
    private int between(int lines, int length, int nextLine, int nextPixel) {
        int sum = 0;
        for (int line = 0; line < lines; line++) {
            int from = line * nextLine;
            int[] inked = IntStream.range(0, length)
                    .filter(i -> values[from + i * nextPixel] > 0)
                    .toArray();
            sum += inked.length == 0 ? 0 : inked[inked.length - 1] - inked[0] + 1;
        }
        return sum;
    }

    /** The side of the largest square on which all ink is at least half as strong as the strongest. */
    int widest() {
        double half = strongest() / 2;
        int[] sides = new int[values.length]; // of the largest square that ends in a pixel
        for (int i = 0; i < sides.length; i++) {
            if (values[i] >= half) {
                boolean first = i < width || i % width == 0;
                sides[i] = 1 + (first ? 0 : Math.min(sides[i - 1], Math.min(sides[i - width], sides[i - width - 1])));
            }
        }
        return Arrays.stream(sides).max().orElse(0);
    }

    /** The smallest rectangle that has all ink in it. */
    Ink cropped() {
        int top = height, bottom = -1, left = width, right = -1;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (at(y, x) > 0) {
                    top = Math.min(top, y);
                    bottom = y;
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                }
            }
        }
        Ink box = none(Math.max(0, bottom - top + 1), Math.max(0, right - left + 1));
        for (int y = 0; y < box.height; y++) {
            System.arraycopy(values, (top + y) * width + left, box.values, y * box.width, box.width);
        }
        return box;
    }

    /**
     * The same ink on fewer (or more) pixels, its longer side the given number of them, its proportions kept. Each new
     * pixel is the mean of the area that it covers, so that edges turn grey and thin strokes do not vanish.
     */
    Ink scaled(int side) {
        int longest = Math.max(height, width);
        double step = (double) longest / side; // old pixels a new one covers, in each direction
        Ink scaled = none((height * side + longest - 1) / longest, (width * side + longest - 1) / longest);
        for (int y = 0; y < scaled.height; y++) {
            for (int x = 0; x < scaled.width; x++) {
                scaled.values[y * scaled.width + x] = sum(y * step, x * step, step) / (step * step);
            }
        }
        return scaled;
    }

    /** The ink in a square, of which the pixels at the rim count for the part that is inside. */
    private double sum(double top, double left, double side) {
        double sum = 0;
        for (int y = (int) top; y < Math.min(height, top + side); y++) {
            double rows = Math.min(y + 1, top + side) - Math.max(y, top);
            for (int x = (int) left; x < Math.min(width, left + side); x++) {
                double columns = Math.min(x + 1, left + side) - Math.max(x, left);
                sum += rows * columns * at(y, x);
            }
        }
        return sum;
    }

    /** Where the ink would balance: row and column, 0 being the middle of the first pixel. */
    double[] centreOfMass() {
        double mass = 0, rows = 0, columns = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                mass += at(y, x);
                rows += y * at(y, x);
                columns += x * at(y, x);
            }
        }
        return new double[] {rows / mass, columns / mass};
    }
}
