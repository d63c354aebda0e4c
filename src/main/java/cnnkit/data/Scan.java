package cnnkit.data;

import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Finds the ink in a picture: on dark or light ground, under uneven light, between noise and specks of dirt.
 *
 * <p>Ground is what is wide, ink is what is narrow and differs from it. The brightness of the ground under the ink is
 * found by an opening (Serra, Image Analysis and Mathematical Morphology, 1982): of each pixel's neighbourhood the
 * minimum, and of these again the maximum. Bright strokes that are narrower than the neighbourhood vanish by that, while
 * shadows stay, and are subtracted.
 */
final class Scan {
    /** Larger pictures are shrunk to one to two times this size, which is many times what is needed in the end. */
    private static final int LARGE = 200;
    /** Of the longer side: what is wider than one part in three is ground, what is narrower may be a stroke. */
    private static final int STROKES = 3;
    /** Of black to white: fainter ink is none. */
    private static final double FAINTEST = 0.1;
    /** Of the strongest ink: less is the rim of a stroke. */
    private static final double RIM = 0.04;
    /** In standard deviations: what rises less above the paper is noise. */
    private static final double NOISE = 5;
    /** A normal distribution's standard deviation is this times the median of the distances to its median. */
    private static final double SPREAD = 1.4826;
    /** Of all ink: a blot with less is dirt. */
    private static final double DIRT = 0.02;
    /** Of the strongest ink: a blot that is nowhere stronger is a shadow. */
    private static final double SHADOW = 0.5;

    private Scan() {}

    /** The ink, strokes bright on 0; nothing but zeros if nothing is drawn. */
    static Ink of(BufferedImage image) {
        return withoutDirt(withoutNoise(withoutGround(brightOnDark(brightness(image)))));
    }

    /** From 0, black, to 1; of a large picture the means of squares of pixels, which takes most of the noise away. */
    private static Ink brightness(BufferedImage image) {
        byte[] grey = Samples.of(image, 1);
        int height = image.getHeight(), width = image.getWidth();
        int side = Math.max(1, Math.max(height, width) / LARGE);
        Ink means = Ink.none((height + side - 1) / side, (width + side - 1) / side);
        for (int i = 0; i < means.values().length; i++) {
            int top = i / means.width() * side, left = i % means.width() * side;
            int bottom = Math.min(height, top + side), right = Math.min(width, left + side);
            long sum = 0;
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    sum += grey[y * width + x] & 0xff;
                }
            }
            means.values()[i] = sum / (255.0 * (bottom - top) * (right - left));
        }
        return means;
    }

    /**
     * The negative, if the paper is light. Most of a picture is paper, as bright as the median; ink is far from that. The
     * sum of the cubes of all distances tells on which side, because far ones count so much in it.
     */
    private static Ink brightOnDark(Ink picture) {
        double paper = median(picture.values());
        double cubes = 0;
        for (double value : picture.values()) {
            cubes += (value - paper) * (value - paper) * (value - paper);
        }
        return cubes >= 0 ? picture : negative(picture);
    }

    private static Ink withoutGround(Ink picture) {
        int reach = Math.max(picture.height(), picture.width()) / STROKES / 2;
        Ink wide = continued(picture, 2 * reach); // so that a strip of shadow along the rim is wide, too
        Ink lowest = negative(highest(negative(wide), reach));
        Ink ground = highest(lowest, reach);
        return map(picture, i -> {
            int y = i / picture.width(), x = i % picture.width();
            return picture.values()[i] - ground.at(y + 2 * reach, x + 2 * reach);
        });
    }

    /** The picture with a margin in which its outermost pixels go on. */
    private static Ink continued(Ink picture, int margin) {
        Ink wide = Ink.none(picture.height() + 2 * margin, picture.width() + 2 * margin);
        return map(wide, i -> {
            int y = i / wide.width() - margin, x = i % wide.width() - margin;
            return picture.at(
                    Math.max(0, Math.min(picture.height() - 1, y)), Math.max(0, Math.min(picture.width() - 1, x)));
        });
    }

    private static Ink negative(Ink picture) {
        return map(picture, i -> 1 - picture.values()[i]);
    }

    /** For each pixel the largest value of its square neighbourhood: of its row, and of these of its column. */
    private static Ink highest(Ink picture, int reach) {
        int height = picture.height(), width = picture.width();
        double[] values = picture.values().clone();
        for (int y = 0; y < height; y++) {
            highest(values, y * width, 1, width, reach);
        }
        for (int x = 0; x < width; x++) {
            highest(values, x, width, height, reach);
        }
        return new Ink(height, width, values);
    }

    /** For each pixel of a line the largest value at most {@code reach} before or behind it. */
    private static void highest(double[] values, int from, int step, int length, int reach) {
        double[] line = new double[length];
        Arrays.setAll(line, i -> values[from + i * step]);
        int[] falling = new int[length]; // pixels within reach that may still be the highest, their values falling
        int first = 0, end = 0;
        for (int i = 0; i < length + reach; i++) {
            if (i < length) {
                while (end > first && line[falling[end - 1]] <= line[i]) {
                    end--; // lower, and out of reach sooner
                }
                falling[end++] = i;
            }
            int middle = i - reach;
            if (middle >= 0) {
                first += falling[first] < middle - reach ? 1 : 0;
                values[from + middle * step] = line[falling[first]];
            }
        }
    }

    /** Paper becomes 0: what does not rise clearly above the median. */
    private static Ink withoutNoise(Ink ink) {
        double paper = median(ink.values());
        double noise = SPREAD
                * median(Arrays.stream(ink.values())
                        .map(value -> Math.abs(value - paper))
                        .toArray());
        double strongest = ink.strongest() - paper;
        double least = strongest < FAINTEST ? Double.POSITIVE_INFINITY : Math.max(RIM * strongest, NOISE * noise);
        return map(ink, i -> ink.values()[i] - paper > least ? ink.values()[i] - paper : 0);
    }

    /** Keeps blots that have a fair share of the ink and are about as dark as the darkest. */
    private static Ink withoutDirt(Ink ink) {
        Ink kept = Ink.none(ink.height(), ink.width());
        double leastSum = DIRT * ink.sum(), leastStrongest = SHADOW * ink.strongest();
        boolean[] seen = new boolean[ink.values().length];
        for (int i = 0; i < seen.length; i++) {
            if (ink.values()[i] > 0 && !seen[i]) {
                int[] blot = blot(ink, i, seen);
                double sum = 0, strongest = 0;
                for (int pixel : blot) {
                    sum += ink.values()[pixel];
                    strongest = Math.max(strongest, ink.values()[pixel]);
                }
                if (sum >= leastSum && strongest >= leastStrongest) {
                    Arrays.stream(blot).forEach(pixel -> kept.values()[pixel] = ink.values()[pixel]);
                }
            }
        }
        return kept;
    }

    /** All pixels with ink that can be reached from one, over sides and corners. */
    private static int[] blot(Ink ink, int start, boolean[] seen) {
        IntStream.Builder blot = IntStream.builder();
        Deque<Integer> open = new ArrayDeque<>();
        seen[start] = true;
        open.push(start);
        while (!open.isEmpty()) {
            int pixel = open.pop();
            blot.add(pixel);
            int y = pixel / ink.width(), x = pixel % ink.width();
            for (int near = 0; near < 9; near++) {
                int down = y + near / 3 - 1, right = x + near % 3 - 1;
                boolean inside = down >= 0 && down < ink.height() && right >= 0 && right < ink.width();
                int neighbour = down * ink.width() + right;
                if (inside && !seen[neighbour] && ink.values()[neighbour] > 0) {
                    seen[neighbour] = true;
                    open.push(neighbour);
                }
            }
        }
        return blot.build().toArray();
    }

    private static Ink map(Ink ink, IntToDoubleFunction value) {
        double[] values = new double[ink.values().length];
        Arrays.setAll(values, value);
        return new Ink(ink.height(), ink.width(), values);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
