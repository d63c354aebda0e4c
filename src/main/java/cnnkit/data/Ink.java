package cnnkit.data;

import java.util.Arrays;

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
