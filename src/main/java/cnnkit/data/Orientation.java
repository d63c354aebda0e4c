package cnnkit.data;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.imaging.png.PngMetadataReader;
import com.drew.imaging.png.PngProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/**
 * How a camera was held. A telephone saves the picture as its sensor lies and notes in the file (EXIF, tag 0x0112) how
 * to turn it; picture programs do so, ImageIO does not. A 7 that lies on its side would not be recognised. A library
 * finds the note, also in PNG files; the turning moves pixels one by one, as nothing in the JDK does for all kinds of
 * pixels.
 *
 * @param code 1: upright; 3: upside down; 6: to be turned clockwise; 8: counterclockwise; 2, 4, 5, 7: those of 1, 3,
 *     6, 8 seen in a mirror
 */
record Orientation(int code) {
    private static final Orientation UPRIGHT = new Orientation(1);

    /** What a JPEG file says; upright if it says nothing that makes sense. */
    static Orientation ofJpeg(byte[] bytes) {
        try {
            return in(JpegMetadataReader.readMetadata(new ByteArrayInputStream(bytes), List.of(new ExifReader())));
        } catch (JpegProcessingException | IOException e) { // whether it is a picture, its decoder will say
            return UPRIGHT;
        }
    }

    /** What a PNG file says; upright if it says nothing that makes sense. */
    static Orientation ofPng(byte[] bytes) {
        try {
            return in(PngMetadataReader.readMetadata(new ByteArrayInputStream(bytes)));
        } catch (PngProcessingException | IOException e) {
            return UPRIGHT;
        }
    }

    private static Orientation in(Metadata metadata) {
        for (ExifIFD0Directory exif : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
            Integer code = exif.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
            if (code != null && code >= 1 && code <= 8) {
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
