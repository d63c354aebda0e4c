package cnnkit.data;

import cnnkit.tensor.Text;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads a PNG, JPEG or GIF file (of a moving GIF the first picture) as a person would see it: whole, or not at all, and
 * upright. Of a damaged file ImageIO returns what it could read, and warns those who listen: here that is an error.
 */
final class PictureFile {
    private static final List<String> FORMATS = List.of("png", "jpeg", "gif");
    private static final long MOST_PIXELS = 64_000_000;
    private static final long MOST_BYTES = 128_000_000;
    private static final int LOWEST_GIF = 5; // of an interlaced one with fewer rows, ImageIO loses some
    private static final String MEND = "open it in a picture program and save it again";

    private PictureFile() {}

    static BufferedImage read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file + ": there is no such picture");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(Text.of(
                    "%s: %,d bytes are more than the %,d that are read: make the picture smaller",
                    file, Files.size(file), MOST_BYTES));
        }
        byte[] bytes = Files.readAllBytes(file);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw noPicture(file);
            }
            ImageReader reader = readers.next();
            try {
                String format = reader.getFormatName().toLowerCase(Locale.ROOT);
                if (!FORMATS.contains(format)) {
                    throw noPicture(file);
                }
                if (format.equals("png")) {
                    PngChunks.check(bytes, file);
                }
                reader.setInput(in, false, true);
                BufferedImage image = decoded(reader, file);
                if (format.equals("gif") && image.getHeight() < LOWEST_GIF) {
                    throw new IOException(Text.of(
                            "%s: a GIF of less than %d rows may come back with rows missing: save it as PNG",
                            file, LOWEST_GIF));
                }
                return format.equals("jpeg") ? Orientation.of(bytes).upright(image) : image;
            } finally {
                reader.dispose();
            }
        }
    }

    private static IOException noPicture(Path file) {
        return new IOException(file + ": not a picture that can be read here: expected PNG, JPEG or GIF");
    }

    private static BufferedImage decoded(ImageReader reader, Path file) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        BufferedImage image;
        long width, height;
        try {
            width = reader.getWidth(0);
            height = reader.getHeight(0);
            image = width * height > MOST_PIXELS ? null : reader.read(0);
        } catch (IOException | RuntimeException e) { // readers answer broken bytes with all kinds of exceptions
            throw new IOException(Text.of("%s: damaged (%s): %s", file, e.getMessage(), MEND), e);
        }
        if (image == null) {
            throw new IOException(Text.of(
                    "%s: %,d x %,d pixels are more than the %,d that are read: make the picture smaller",
                    file, width, height, MOST_PIXELS));
        }
        for (String warning : warnings) {
            if (!warning.contains("profile")) { // a colour profile says nothing about the pixels
                throw new IOException(Text.of("%s: damaged (%s): %s", file, warning, MEND));
            }
        }
        return image;
    }
}
