package cnnkit.data;

import cnnkit.tensor.Text;
import com.drew.imaging.FileType;
import com.drew.imaging.FileTypeDetector;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads a PNG, JPEG or GIF file (of a moving GIF the first picture) as a person would see it: whole, or not at all, and
 * upright, the same on every Java. Libraries do it; JPEG is TwelveMonkeys' because the reader of the JDK takes some
 * pictures without a JFIF header for red, green and blue and does not know those in the four colours of printers.
 *
 * <p>Of a damaged file ImageIO returns what it could read, and warns those who listen: here that is an error.
 */
final class PictureFile {
    private static final long MOST_PIXELS = 64_000_000;
    private static final long MOST_BYTES = 128_000_000;
    private static final String MEND = "open it in a picture program and save it again";

    private PictureFile() {}

    /** What is made of a picture. */
    @FunctionalInterface
    interface Use<T> {
        T of(BufferedImage image) throws IOException;
    }

    static BufferedImage read(Path file) throws IOException {
        return read(file, image -> image);
    }

    /** Reads a picture and makes something of it; that there is too little memory for either is told in words. */
    static <T> T read(Path file, Use<T> use) throws IOException {
        byte[] bytes = bytes(file);
        try {
            return use.of(upright(bytes, file));
        } catch (OutOfMemoryError e) {
            throw new IOException(
                    Text.error(
                            "%s: the picture is too large for the memory that Java has, %,d MB: make it smaller, or start Java with more (-Xmx2g)",
                            file, Runtime.getRuntime().maxMemory() >> 20),
                    e);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        Objects.requireNonNull(file, "picture: file is null");
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(Text.error("%s: there is no such picture", file));
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(Text.error(
                    "%s: %,d bytes are more than the %,d that are read: make the picture smaller",
                    file, Files.size(file), MOST_BYTES));
        }
        // Not Files.readAllBytes: an interrupt closes its channel, without a word.
        try (InputStream in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        }
    }

    private static BufferedImage upright(byte[] bytes, Path file) throws IOException {
        FileType type = FileTypeDetector.detectFileType(new BufferedInputStream(new ByteArrayInputStream(bytes)));
        switch (type) {
            case Png -> {
                PngChunks.check(bytes, file);
                ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
                return Orientation.ofPng(bytes).upright(decoded(reader, bytes, file));
            }
            case Jpeg -> {
                return Orientation.ofJpeg(bytes).upright(decoded(jpegReader(), bytes, file));
            }
            case Gif -> {
                return GifFile.first(bytes, file);
            }
            default ->
                throw new IOException(Text.error(
                        "%s: not a picture that can be read here: expected PNG, JPEG or GIF%s",
                        file, type == FileType.Unknown ? "" : " but got " + type.getName()));
        }
    }

    /** A reader of its own: it is not registered, and readers that others register change nothing. */
    private static ImageReader jpegReader() throws IOException {
        ImageReaderSpi provider = new JPEGImageReaderSpi();
        provider.onRegistration(IIORegistry.getDefaultInstance(), ImageReaderSpi.class); // there it finds the JDK's
        return provider.createReaderInstance(null);
    }

    private static BufferedImage decoded(ImageReader reader, byte[] bytes, Path file) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        reader.addIIOReadProgressListener(new StopWhenInterrupted());
        BufferedImage image;
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, false, true);
            expectReadable(reader.getWidth(0), reader.getHeight(0), file);
            image = reader.read(0);
        } catch (TooLarge e) {
            throw e;
        } catch (IOException | RuntimeException e) { // readers answer broken bytes with all kinds of exceptions
            throw damaged(file, e);
        } finally {
            reader.dispose();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException(Text.error("%s: interrupted while the picture was read", file));
        }
        for (String warning : warnings) {
            if (!isHarmless(warning)) {
                throw new IOException(Text.error("%s: damaged (%s): %s", file, warning, MEND));
            }
        }
        return image;
    }

    /** A picture of too many pixels, refused before memory is taken. */
    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        TooLarge(String message) {
            super(message);
        }
    }

    static void expectReadable(long width, long height, Path file) throws IOException {
        if (width * height > MOST_PIXELS) {
            throw new TooLarge(Text.of(
                    "%s: %,d x %,d pixels are more than the %,d that are read: make the picture smaller",
                    file, width, height, MOST_PIXELS));
        }
    }

    /** The error that a reader's exception stands for. */
    static IOException damaged(Path file, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError tooLarge) { // some readers wrap it, as if the file were to blame
                throw tooLarge;
            }
        }
        return new IOException(Text.error("%s: damaged (%s): %s", file, e.getMessage(), MEND), e);
    }

    /**
     * A colour profile says nothing about the pixels; bytes that do not belong to the picture, all of which is there,
     * are left out by every program, and whether a few of them are seen depends on the Java.
     */
    private static boolean isHarmless(String warning) {
        return warning.contains("profile") || warning.contains("extraneous bytes before marker");
    }

    /** Large pictures take seconds. */
    private static final class StopWhenInterrupted implements IIOReadProgressListener {
        @Override
        public void imageProgress(ImageReader source, float percentageDone) {
            if (Thread.currentThread().isInterrupted()) {
                source.abort();
            }
        }

        @Override
        public void sequenceStarted(ImageReader source, int minIndex) {}

        @Override
        public void sequenceComplete(ImageReader source) {}

        @Override
        public void imageStarted(ImageReader source, int imageIndex) {}

        @Override
        public void imageComplete(ImageReader source) {}

        @Override
        public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

        @Override
        public void thumbnailProgress(ImageReader source, float percentageDone) {}

        @Override
        public void thumbnailComplete(ImageReader source) {}

        @Override
        public void readAborted(ImageReader source) {}
    }
}
