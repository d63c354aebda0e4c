package cnnkit.data;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * How a camera was held. A telephone saves the picture as its sensor lies and notes in the file (EXIF, tag 0x0112) how to
 * turn it; picture programs do so, ImageIO does not. A 7 that lies on its side would not be recognised.
 *
 * @param code 1: upright; 3: upside down; 6: to be turned clockwise; 8: counterclockwise; 2, 4, 5, 7: those of 1, 3, 6, 8
 *     seen in a mirror
 */
record Orientation(int code) {
    private static final Orientation UPRIGHT = new Orientation(1);
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int APP1 = 0xffe1;
    private static final int START_OF_SCAN = 0xffda;
    private static final int TAG = 0x0112;

    /** What a JPEG file says; upright if it says nothing that makes sense. */
    static Orientation of(byte[] jpeg) {
        ByteBuffer in = ByteBuffer.wrap(jpeg);
        int at = 2;
        while (at + 4 <= jpeg.length) { // segments: a marker, the length from here on, content
            int marker = in.getShort(at) & 0xffff;
            int end = at + 2 + (in.getShort(at + 2) & 0xffff);
            if (marker >>> 8 != 0xff || marker == START_OF_SCAN || end <= at + 4 || end > jpeg.length) {
                return UPRIGHT;
            }
            int content = at + 4;
            if (marker == APP1
                    && end - content > EXIF.length
                    && ByteBuffer.wrap(jpeg, content, EXIF.length).equals(ByteBuffer.wrap(EXIF))) {
                int from = content + EXIF.length;
                return inTiff(ByteBuffer.wrap(jpeg, from, end - from).slice());
            }
            at = end;
        }
        return UPRIGHT;
    }

    /** EXIF is a small TIFF file: the byte order, where the directory is, its size, entries of 12 bytes. */
    private static Orientation inTiff(ByteBuffer tiff) {
        if (tiff.remaining() < 8) {
            return UPRIGHT;
        }
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return UPRIGHT;
        }
        int entries = tiff.getShort(directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if (entry > tiff.limit() - 12) {
                return UPRIGHT;
            }
            int code = tiff.getShort(entry + 8);
            if ((tiff.getShort(entry) & 0xffff) == TAG && code >= 1 && code <= 8) {
                return new Orientation(code);
            }
        }
        return UPRIGHT;
    }

    /** The picture as it was seen. */
    BufferedImage upright(BufferedImage image) {
        if (code == 1) {
            return image;
        }
        boolean lies = code >= 5;
        int height = lies ? image.getWidth() : image.getHeight();
        int width = lies ? image.getHeight() : image.getWidth();
        WritableRaster turned = image.getColorModel().createCompatibleWritableRaster(width, height);
        Object pixel = null;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int right = width - 1 - x, down = height - 1 - y; // counted from the other side
                int fromX = switch (code) {
                    case 2, 3 -> right;
                    case 4 -> x;
                    case 5, 6 -> y;
                    default -> down; // 7, 8
                };
                int fromY = switch (code) {
                    case 2 -> y;
                    case 3, 4 -> down;
                    case 5, 8 -> x;
                    default -> right; // 6, 7
                };
                pixel = image.getRaster().getDataElements(fromX, fromY, pixel);
                turned.setDataElements(x, y, pixel);
            }
        }
        return new BufferedImage(image.getColorModel(), turned, image.isAlphaPremultiplied(), null);
    }
}
