package cnnkit.plot.image;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which colours a palette needs. The most frequent ones stay as they are, and every colour of a line, however thin; of the
 * blends at the rims of letters and lines those that are like no other.
 */
final class Palette {
    /** Colours that a file has room for. */
    static final int MOST = 256;

    private static final int LINE = 8; // so many pixels between their like make a colour one of a line
    private static final int FAR = 48; // of 255: a colour that moves so far is another one
    private static final int GREY = 24; // of 255, from the weakest of red, green and blue to the strongest

    private final Map<Integer, Integer> counts = new HashMap<>();
    private final Map<Integer, Integer> flat = new HashMap<>(); // pixels between two of the same: blends are so rarely
    private final List<Integer> frequent;

    /** The colours of pictures of one width, row after row. */
    Palette(List<int[]> pictures, int width) {
        pictures.forEach(pixels -> count(pixels, width));
        frequent = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey())) // no chance: the same picture, the same bytes
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Run by run, since most pixels are like the one before: so are few looked up in a map. */
    private void count(int[] pixels, int width) {
        int run = 0, between = 0;
        for (int i = 0; i < pixels.length; i++) {
            run++;
            if (isBetweenItsLike(pixels, i, 1) || isBetweenItsLike(pixels, i, width)) {
                between++;
            }
            if (i + 1 == pixels.length || pixels[i + 1] != pixels[i]) {
                counts.merge(pixels[i], run, Integer::sum);
                flat.merge(pixels[i], between, Integer::sum);
                run = 0;
                between = 0;
            }
        }
    }

    private static boolean isBetweenItsLike(int[] pixels, int i, int step) {
        return i >= step && i + step < pixels.length && pixels[i - step] == pixels[i] && pixels[i] == pixels[i + step];
    }

    /** How many pixels have one of the most frequent colours. */
    long kept(int most) {
        return frequent.stream().limit(most).mapToLong(counts::get).sum();
    }

    /** The most frequent colours, then those that would be missed; more than {@link #MOST} if there is no room for all. */
    int[] colours(int most) {
        int[] colours = new int[2 * MOST];
        int size = 0;
        for (int colour : frequent) {
            if (size < most || size < colours.length && isMissed(colour, Arrays.copyOf(colours, size))) {
                colours[size++] = colour;
            }
        }
        return Arrays.copyOf(colours, size);
    }

    private boolean isMissed(int colour, int... colours) {
        boolean ofALine = isColoured(colour) && flat.get(colour) >= LINE;
        return ofALine || difference(colour, colours[nearest(colour, colours)]) > FAR;
    }

    /** Greys are the rims of letters; another one of them is always near. */
    private static boolean isColoured(int colour) {
        int red = colour >> 16 & 0xff, green = colour >> 8 & 0xff, blue = colour & 0xff;
        return Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) > GREY;
    }

    /** The largest difference of red, green or blue. */
    private static int difference(int a, int b) {
        return Math.max(
                Math.abs((a >> 16 & 0xff) - (b >> 16 & 0xff)),
                Math.max(Math.abs((a >> 8 & 0xff) - (b >> 8 & 0xff)), Math.abs((a & 0xff) - (b & 0xff))));
    }

    /** The index of the colour that is most like another one. */
    static int nearest(int colour, int... colours) {
        int best = 0;
        for (int i = 1; i < colours.length; i++) {
            if (distance(colour, colours[i]) < distance(colour, colours[best])) {
                best = i;
            }
        }
        return best;
    }

    private static int distance(int a, int b) {
        int red = (a >> 16 & 0xff) - (b >> 16 & 0xff);
        int green = (a >> 8 & 0xff) - (b >> 8 & 0xff);
        int blue = (a & 0xff) - (b & 0xff);
        return red * red + green * green + blue * blue;
    }
}
