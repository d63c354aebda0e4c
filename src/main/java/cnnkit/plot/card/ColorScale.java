package cnnkit.plot.card;

import java.awt.Color;

/**
 * From a number to a colour, in 65 levels: an odd number, so that the middle of a scale from -max to max, zero, is a level
 * of its own.
 */
public enum ColorScale {
    /** Pixels: 0 is black, 1 is white. */
    GREY(0x000000, 0xFFFFFF),
    /** Weights: negative blue, zero white, positive red (ColorBrewer RdBu). */
    BLUE_RED(
            0x053061, 0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xFFFFFF, 0xFDDBC7, 0xF4A582, 0xD6604D, 0xB2182B,
            0x67001F),
    /** Activations and counts: dark is little, light is much (Nuñez, Anderton and Renslow's cividis). */
    CIVIDIS(
            0x00204D, 0x00306F, 0x2A406C, 0x48526B, 0x5E626E, 0x727374, 0x878479, 0x9E9677, 0xB6A971, 0xD0BE67,
            0xEAD357, 0xFFEA46),
    /** Values before ReLU: negative brown, zero white, positive green (ColorBrewer BrBG). */
    BROWN_GREEN(
            0x543005, 0x8C510A, 0xBF812D, 0xDFC27D, 0xF6E8C3, 0xFFFFFF, 0xC7EAE5, 0x80CDC1, 0x35978F, 0x01665E,
            0x003C30);

    /** How many colours a scale has. */
    public static final int LEVELS = 65;

    private final Color[] levels = new Color[LEVELS];

    ColorScale(int... anchors) {
        for (int level = 0; level < LEVELS; level++) {
            double position = (double) level / (LEVELS - 1) * (anchors.length - 1);
            int below = Math.min((int) position, anchors.length - 2);
            levels[level] = mix(new Color(anchors[below]), new Color(anchors[below + 1]), position - below);
        }
    }

    private static Color mix(Color a, Color b, double share) {
        return new Color(
                (int) Math.round(a.getRed() + share * (b.getRed() - a.getRed())),
                (int) Math.round(a.getGreen() + share * (b.getGreen() - a.getGreen())),
                (int) Math.round(a.getBlue() + share * (b.getBlue() - a.getBlue())));
    }

    /**
     * One of the colours.
     *
     * @param level from 0 to {@link #LEVELS} - 1
     * @return the colour
     */
    public Color level(int level) {
        return levels[level];
    }

    /**
     * The colour of a value: where numbers become colours.
     *
     * @param value any number
     * @param limits which values the ends of the scale stand for
     * @return beyond the limits the colour of the limit; where the limits are equal the middle of the scale; for what is no
     *     finite number {@link Style#NOT_FINITE}
     */
    public Color color(double value, Limits limits) {
        return color(value, limits, LEVELS - 1);
    }

    /**
     * The same with fewer colours, where a figure has room for few.
     *
     * @param value any number
     * @param limits which values the ends of the scale stand for
     * @param steps from the first colour to the last, a divisor of {@link #LEVELS} - 1
     * @return the colour of the nearest step
     */
    public Color color(double value, Limits limits, int steps) {
        return Double.isFinite(value) ? levels[step(value, limits, steps) * (LEVELS - 1) / steps] : Style.NOT_FINITE;
    }

    /**
     * Where a value stands between limits, in whole steps.
     *
     * @param value a finite number
     * @param limits which values the ends stand for
     * @param steps from one end to the other
     * @return from 0 to steps; beyond the limits that of the limit; where the limits are equal the middle
     */
    public static int step(double value, Limits limits, int steps) {
        double share = limits.max() > limits.min() ? (value - limits.min()) / (limits.max() - limits.min()) : 0.5;
        return (int) Math.round(Math.max(0, Math.min(1, share)) * steps);
    }

    /**
     * Black or white, whichever is readable on a colour.
     *
     * @param background the colour
     * @return the ink
     */
    public static Color inkOn(Color background) {
        double brightness =
                (0.299 * background.getRed() + 0.587 * background.getGreen() + 0.114 * background.getBlue()) / 255;
        return brightness > 0.5 ? Color.BLACK : Color.WHITE;
    }
}
