package cnnkit.data;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds the ink in a picture: on dark or light ground or on none, under uneven light, between noise and specks of dirt.
 */
final class Scan {
    /** Larger pictures are shrunk to one to two times this size, which is many times what is needed in the end. */
    private static final int LARGE = 200;
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
    /** Of the darkest to the brightest: what differs more from the rim is not the same paper. */
    private static final double ANOTHER = 0.5;
    /** Of the picture: a sheet of paper takes more. */
    private static final double LARGE_SHEET = 0.4;
    /** Of a sheet: more of it is blank; of a digit, less is ink. */
    private static final double BLANK = 0.6;
    /** Of the smallest rectangle around it: a sheet of paper fills more of it than any digit but 1. */
    private static final double SHEET = 0.9;
    /** In 1/255: pixels that are less opaque are none. */
    private static final int OPAQUE = 128;

    private Scan() {}

    /**
     * The ink, strokes bright on 0; nothing but zeros if nothing is drawn; nothing at all if strokes are so wide that
     * they cannot be told from the ground.
     */
    static Optional<Ink> of(BufferedImage image) {
        Ink picture = drawing(image);
        double paper = paper(picture);
        boolean dark = isDark(picture, paper);
        return Ground.removed(dark ? picture.negative() : picture, dark ? 1 - paper : paper, FAINTEST)
                .map(Scan::withoutNoise)
                .map(Scan::withoutDirt);
    }

    /** Paper is what lies along the rim, but for a sheet on a table: a large rectangle with something on it. */
    private static double paper(Ink picture) {
        double around = median(picture.rim());
        double different =
                ANOTHER * (picture.strongest() - (1 - picture.negative().strongest()));
        Ink sheet = picture.map(i -> Math.abs(picture.values()[i] - around) > different ? 1 : 0);
        double box = sheet.cropped().values().length;
        boolean large = box > LARGE_SHEET * picture.values().length && sheet.filled() > SHEET;
        boolean drawnOn = sheet.sum() > BLANK * box && sheet.sum() < box;
        return large && drawnOn
                ? median(IntStream.range(0, picture.values().length)
                        .filter(i -> sheet.values()[i] > 0)
                        .mapToDouble(i -> picture.values()[i])
                        .toArray())
                : around;
    }

    /** What was drawn: how opaque it is, if paper is transparent; else how bright. */
    private static Ink drawing(BufferedImage image) {
        byte[] opacity = Samples.opacity(image);
        Ink brightness = shrunk(Samples.of(image, 1), image);
        Ink drawn = shrunk(opacity, image);
        // A sheet of paper with transparent corners or around it fills its rectangle. So does a 1, of one colour.
        boolean onGlass = median(drawn.rim()) * 255 < OPAQUE && drawn.strongest() * 255 >= OPAQUE;
        return onGlass && (drawn.filled() < SHEET || isOfOneColour(brightness, drawn)) ? drawn : brightness;
    }

    private static boolean isOfOneColour(Ink brightness, Ink drawn) {
        double darkest = 1, brightest = 0;
        for (int i = 0; i < drawn.values().length; i++) {
            if (drawn.values()[i] == 1) {
                darkest = Math.min(darkest, brightness.values()[i]);
                brightest = Math.max(brightest, brightness.values()[i]);
            }
        }
        return brightest - darkest < FAINTEST;
    }

    /** From 0 to 1; of a large picture the means of squares of pixels, which takes most of the noise away. */
    private static Ink shrunk(byte[] samples, BufferedImage image) {
        int height = image.getHeight(), width = image.getWidth();
        int side = Math.max(1, Math.max(height, width) / LARGE);
        Ink means = Ink.none((height + side - 1) / side, (width + side - 1) / side);
        return means.map(i -> {
            int top = i / means.width() * side, left = i % means.width() * side;
            int bottom = Math.min(height, top + side), right = Math.min(width, left + side);
            long sum = 0;
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    sum += samples[y * width + x] & 0xff;
                }
            }
            return sum / (255.0 * (bottom - top) * (right - left));
        });
    }

    /**
     * Whether ink is darker than paper. Most of a picture is paper; ink is far from it. The sum of the cubes of all
     * distances tells on which side, because far ones count so much in it.
     */
    private static boolean isDark(Ink picture, double paper) {
        return Arrays.stream(picture.values())
                        .map(value -> (value - paper) * (value - paper) * (value - paper))
                        .sum()
                < 0;
    }

    /** Paper becomes 0: what does not rise clearly above the median. */
    private static Ink withoutNoise(Ink ink) {
        double[] rim = ink.rim();
        double[] mostlyPaper = median(rim) < median(ink.values()) ? rim : ink.values();
        double paper = median(mostlyPaper);
        double noise = SPREAD
                * median(Arrays.stream(mostlyPaper)
                        .map(value -> Math.abs(value - paper))
                        .toArray());
        double strongest = ink.strongest() - paper;
        double least = strongest < FAINTEST ? Double.POSITIVE_INFINITY : Math.max(RIM * strongest, NOISE * noise);
        return ink.map(i -> ink.values()[i] - paper > least ? ink.values()[i] - paper : 0);
    }

    /** Keeps blots that have a fair share of the ink and are about as dark as the darkest. */
    private static Ink withoutDirt(Ink ink) {
        Ink kept = Ink.none(ink.height(), ink.width());
        double leastSum = DIRT * ink.sum(), leastStrongest = SHADOW * ink.strongest();
        for (int[] blot : ink.blots()) {
            double sum = Arrays.stream(blot).mapToDouble(i -> ink.values()[i]).sum();
            double strongest =
                    Arrays.stream(blot).mapToDouble(i -> ink.values()[i]).max().orElse(0);
            if (sum >= leastSum && strongest >= leastStrongest) {
                Arrays.stream(blot).forEach(i -> kept.values()[i] = ink.values()[i]);
            }
        }
        return kept;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
