package cnnkit.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Takes the ground away from under the ink. Where paper is plain, as in a drawing made on a screen, it is one
 * brightness. Elsewhere ground is what is wide, ink is what is narrow and brighter.
 *
 * <p>The brightness of such ground under the ink is found by an opening (Serra, Image Analysis and Mathematical
 * Morphology, 1982): of each pixel's neighbourhood the minimum, and of these again the maximum. Bright strokes that are
 * narrower than the neighbourhood vanish by that, while shadows stay, and are subtracted. A small neighbourhood follows
 * shadows best; a larger one is taken if strokes turn out to be wider than it.
 */
final class Ground {
    /** Of the longer side: how wide a stroke may be for each try. */
    private static final double[] STROKES = {1 / 3., 1 / 2., 2 / 3.};
    /** Of the strongest ink: what is as strong is a stroke, or a shadow as dark as one. */
    private static final double STRONG = 0.6;
    /**
     * Of a blot: if more is lost and more than {@link #RESIDUE} is left, it is a stroke with places that are too wide.
     */
    private static final double LITTLE = 0.02;
    /** Of a blot: of a table or shadow with a slanted edge, as much may be left. */
    private static final double RESIDUE = 0.1;
    /** Of a blot that is lost: if all that is whole is smaller, the blot was the digit, and that is dirt. */
    private static final double DIGIT = 0.25;

    /** Of the rim: as much must be paper for it to be plain, */
    private static final double MOST = 0.75;
    /** and as much may be neither paper nor a stroke that runs out: the edges of one. */
    private static final double EDGES = 0.2;
    /**
     * Of the strongest ink: what differs less is one brightness; of a photograph of even paper, if nothing else helps.
     */
    private static final double EVEN = 0.02, NEARLY_EVEN = 0.1;

    private Ground() {}

    /**
     * The ink alone, nothing if strokes are so wide that they cannot be told from the ground.
     *
     * @param picture bright on dark
     * @param paper how bright most of the ground is
     * @param faintest ink; fainter one is none
     */
    static Optional<Ink> removed(Ink picture, double paper, double faintest) {
        double strongest = picture.strongest() - paper;
        Ink onPlain = picture.map(i -> Math.max(0, picture.values()[i] - paper));
        if (isPlain(picture, paper, EVEN)) {
            return Optional.of(onPlain);
        }
        for (double stroke : STROKES) {
            Ink ink = minus(picture, opened(picture, (int) (Math.max(picture.height(), picture.width()) * stroke) / 2));
            if (strongest < faintest || !losesStrokes(picture, ink, paper)) {
                return Optional.of(ink);
            }
        }
        return isPlain(picture, paper, NEARLY_EVEN) ? Optional.of(onPlain) : Optional.empty();
    }

    /** Whether the paper is of one brightness, as far as its rim tells. */
    private static boolean isPlain(Ink picture, double paper, double even) {
        double[] rim = picture.rim();
        double strongest = picture.strongest() - paper;
        long plain = Arrays.stream(rim)
                .filter(value -> Math.abs(value - paper) <= even * strongest)
                .count();
        long strokes = Arrays.stream(rim)
                .filter(value -> value - paper > STRONG * strongest)
                .count();
        return plain >= MOST * rim.length && plain + strokes >= (1 - EDGES) * rim.length;
    }

    /** Whether something was taken for ground that is ink: a part of a stroke, or all there is. */
    private static boolean losesStrokes(Ink picture, Ink ink, double paper) {
        double strong = STRONG * (picture.strongest() - paper);
        List<int[]> blots = picture.map(i -> Math.max(0, picture.values()[i] - paper - strong))
                .blots();
        int whole = 0;
        double digit = 0;
        for (int[] blot : blots) {
            int kept = (int) Arrays.stream(blot)
                    .filter(i -> ink.values()[i] > (picture.values()[i] - paper) / 2)
                    .count();
            int lost = blot.length - kept;
            if (lost <= LITTLE * blot.length) {
                whole += kept;
            } else if (kept > RESIDUE * blot.length) {
                return true;
            }
            boolean runsOut = Arrays.stream(blot).anyMatch(picture::isOnRim); // a table or shadow does
            digit = Math.max(digit, (runsOut ? LITTLE : DIGIT) * lost);
        }
        return whole < digit;
    }

    private static Ink minus(Ink picture, Ink ground) {
        return picture.map(i -> picture.values()[i] - ground.values()[i]);
    }

    private static Ink opened(Ink picture, int reach) {
        int margin = 2 * reach;
        Ink wide = continued(picture, margin); // so that a strip of shadow along the rim is wide, too
        Ink opened = highest(highest(wide.negative(), reach).negative(), reach);
        return picture.map(i -> opened.at(i / picture.width() + margin, i % picture.width() + margin));
    }

    /** The picture with a margin in which its outermost pixels go on. */
    private static Ink continued(Ink picture, int margin) {
        Ink wide = Ink.none(picture.height() + 2 * margin, picture.width() + 2 * margin);
        return wide.map(i -> {
            int y = i / wide.width() - margin, x = i % wide.width() - margin;
            return picture.at(
                    Math.max(0, Math.min(picture.height() - 1, y)), Math.max(0, Math.min(picture.width() - 1, x)));
        });
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
}
