package cnnkit.data;

import cnnkit.tensor.Text;
import com.madgag.gif.fmsware.GifDecoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The first picture of a GIF file, on its canvas. A library decodes it: the JDK's reader forgets the canvas and garbles
 * what follows two clear codes in a row.
 *
 * <p>That library decodes all pictures of a film, however many, believes their sizes, and fills up what is missing. So
 * the blocks up to the end of the first picture are walked over here, and nothing else is handed to it.
 */
final class GifFile {
    private static final int SIGNATURE = 6;
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2c;
    private static final byte TRAILER = 0x3b;
    private static final int HAS_COLOURS = 0x80;
    private static final int INTERLACED = 0x40;
    private static final int LOWEST =
            5; // of an interlaced one with fewer rows, the library loses some, as the JDK does

    private GifFile() {}

    static BufferedImage first(byte[] bytes, Path file) throws IOException {
        byte[] alone = Arrays.copyOf(bytes, endOfFirst(bytes, file) + 1);
        alone[alone.length - 1] = TRAILER;
        GifDecoder decoder = new GifDecoder();
        try {
            int status = decoder.read(new ByteArrayInputStream(alone));
            if (status != GifDecoder.STATUS_OK || decoder.getFrameCount() < 1) {
                throw new IOException(Text.error("its blocks make no sense"));
            }
        } catch (IOException | RuntimeException e) {
            throw PictureFile.damaged(file, e);
        }
        return decoder.getFrame(0);
    }

    /** Walks over the blocks: a kind, a head that depends on it, and pieces that begin with their length. */
    private static int endOfFirst(byte[] bytes, Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            in.position(SIGNATURE);
            size(in, file);
            int flags = in.get();
            skip(in, 2 + coloursOf(flags));
            while (true) {
                int kind = in.get();
                if (kind == EXTENSION) {
                    skip(in, 1);
                    skipPieces(in);
                } else if (kind == IMAGE) {
                    skip(in, 4);
                    int height = size(in, file);
                    int about = in.get();
                    expectAllRows(height, about, file);
                    skip(in, coloursOf(about));
                    skip(in, 1);
                    skipPieces(in);
                    return in.position();
                } else {
                    throw new IOException(Text.error(
                            "%s: damaged: no picture where one should be, at byte %,d: open it in a picture program and save it again",
                            file, in.position() - 1));
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException(Text.error("%s: the file was cut short: copy it again", file), e);
        }
    }

    /** The height. */
    private static int size(ByteBuffer in, Path file) throws IOException {
        int width = in.getShort() & 0xffff;
        int height = in.getShort() & 0xffff;
        PictureFile.expectReadable(width, height, file);
        return height;
    }

    private static void expectAllRows(int height, int flags, Path file) throws IOException {
        if (height < LOWEST && (flags & INTERLACED) != 0) {
            throw new IOException(Text.error(
                    "%s: a GIF of less than %d rows may come back with rows missing: save it as PNG", file, LOWEST));
        }
    }

    /** The bytes of a colour table. */
    private static int coloursOf(int flags) {
        return (flags & HAS_COLOURS) == 0 ? 0 : 3 * (2 << (flags & 7));
    }

    private static void skipPieces(ByteBuffer in) {
        for (int length = in.get() & 0xff; length > 0; length = in.get() & 0xff) {
            skip(in, length);
        }
    }

    private static void skip(ByteBuffer in, int count) {
        in.position(in.position() + count);
    }
}
