package cnnkit.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Arrays;

/**
 * The numbers in a picture, 0 to 255, as the file has them. {@code BufferedImage.getRGB} would change those of grey
 * pictures, which Java takes for linear light: a 128 would become a 188.
 *
 * <p>What is transparent shows white paper behind it. Grey of a coloured picture is its brightness for the eye,
 * <pre>
 *     grey = 0.299 red + 0.587 green + 0.114 blue                  (ITU-R BT.601)
 * </pre>
 */
final class Samples {
    private static final int WHITE = 255;

    private Samples() {}

    /**
     * The picture as bytes, (C, H, W) row-major.
     *
     * @param channels 1 for grey, 3 for red, green, blue
     */
    static byte[] of(BufferedImage image, int channels) {
        int height = image.getHeight(), width = image.getWidth();
        int plane = height * width;
        byte[] values = new byte[channels * plane];
        int[][] rgb = new int[3][width];
        for (int y = 0; y < height; y++) {
            row(image, y, rgb);
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                int red = rgb[0][x], green = rgb[1][x], blue = rgb[2][x];
                if (channels == 1) {
                    values[at] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
                } else {
                    values[at] = (byte) red;
                    values[plane + at] = (byte) green;
                    values[2 * plane + at] = (byte) blue;
                }
            }
        }
        return values;
    }

    /** How opaque each pixel is, 0 to 255, (H, W) row-major. */
    static byte[] opacity(BufferedImage image) {
        int height = image.getHeight(), width = image.getWidth();
        byte[] values = new byte[height * width];
        Arrays.fill(values, (byte) WHITE);
        if (image.getColorModel().hasAlpha()) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (byte) (image.getRGB(i % width, i / width) >>> 24);
            }
        }
        return values;
    }

    /** One row as 0..255 of red, green and blue. */
    private static void row(BufferedImage image, int y, int[][] rgb) {
        if (hasPlainSamples(image.getColorModel())) {
            plainRow(image, y, rgb);
        } else { // a palette; or something rare, which Java knows how to convert
            for (int x = 0; x < image.getWidth(); x++) {
                int argb = image.getRGB(x, y);
                for (int c = 0; c < 3; c++) {
                    rgb[c][x] = overWhite(argb >>> (16 - 8 * c) & WHITE, argb >>> 24, false);
                }
            }
        }
    }

    private static boolean hasPlainSamples(ColorModel model) {
        int space = model.getColorSpace().getType();
        int type = model.getTransferType();
        return !(model instanceof IndexColorModel)
                && (space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB)
                && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT || type == DataBuffer.TYPE_INT)
                && model.getComponentSize(0) <= 16;
    }

    private static void plainRow(BufferedImage image, int y, int[][] rgb) {
        ColorModel model = image.getColorModel();
        int width = image.getWidth();
        int colours = model.getNumColorComponents();
        int[] alpha = new int[width];
        Arrays.fill(alpha, WHITE);
        if (model.hasAlpha()) {
            band(image, y, colours, alpha);
        }
        for (int c = 0; c < 3; c++) {
            band(image, y, colours == 1 ? 0 : c, rgb[c]);
            for (int x = 0; x < width; x++) {
                rgb[c][x] = overWhite(rgb[c][x], alpha[x], model.isAlphaPremultiplied());
            }
        }
    }

    /** One row of one band; a sample of any number of bits becomes 0..255. */
    private static void band(BufferedImage image, int y, int band, int[] into) {
        image.getRaster().getSamples(0, y, into.length, 1, band, into);
        int most = (1 << image.getColorModel().getComponentSize(band)) - 1;
        for (int x = 0; most != WHITE && x < into.length; x++) {
            into[x] = (into[x] * WHITE + most / 2) / most;
        }
    }

    private static int overWhite(int value, int alpha, boolean multiplied) {
        int shown = multiplied ? value : (value * alpha + WHITE / 2) / WHITE;
        return Math.min(WHITE, shown + WHITE - alpha);
    }
}
