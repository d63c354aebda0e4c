package cnnkit.data;

import cnnkit.tensor.Shapes;
import cnnkit.tensor.Text;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An array of unsigned bytes in the IDX format, in which MNIST is published: two zero bytes, the type (8), the number
 * of axes, the size of each axis as a big-endian int, then the values.
 *
 * @param shape the size of each axis
 * @param bytes the values, row-major; a byte stands for 0..255
 */
record Idx(int[] shape, byte[] bytes) {
    private static final int UNSIGNED_BYTE = 8;
    private static final int MOST_AXES = 4;
    private static final long MOST_UNPACKED = 1032; // bytes that one byte of gzip can become (zlib's technical details)
    private static final int AT_A_TIME = 1 << 16; // of what is packed: with the 512 of Java it takes half as long again

    /** Reads a file, packed with gzip or not, whatever its name says. */
    static Idx read(Path file) throws IOException {
        return of(content(file), file);
    }

    /** All bytes of a file, as they lie there. */
    static byte[] content(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try (InputStream in = new FileInputStream(file.toFile())) { // an interrupt would close a channel
            return in.readAllBytes();
        }
    }

    /** Reads the content of a file. A size in its header that no such content can hold is not believed. */
    static Idx of(byte[] content, Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(unpacked(content))) {
            int magic = in.readInt();
            int axes = magic & 0xff;
            if (magic >>> 8 != UNSIGNED_BYTE || axes < 1 || axes > MOST_AXES) {
                throw new IOException(Text.error(
                        "%s: not an IDX file of bytes: it begins with %08x, expected 0000080n with n axes, 1 to %d",
                        file, magic, MOST_AXES));
            }
            int[] shape = new int[axes];
            for (int axis = 0; axis < axes; axis++) {
                shape[axis] = in.readInt();
            }
            int length = length(shape, file);
            byte[] bytes = new byte[(int) Math.min(length, MOST_UNPACKED * content.length)];
            int found = in.readNBytes(bytes, 0, bytes.length);
            if (found < length) {
                throw new IOException(Text.error(
                        "%s: %,d bytes expected for shape %s, %,d found: the file was cut short",
                        file, length, Shapes.text(shape), found));
            }
            if (in.read() >= 0) {
                throw new IOException(Text.error(
                        "%s: more than the %,d bytes of shape %s: the file is damaged",
                        file, length, Shapes.text(shape)));
            }
            return new Idx(shape, bytes);
        } catch (EOFException e) {
            throw new IOException(Text.error("%s: the file was cut short", file), e);
        } catch (ZipException e) {
            throw new IOException(Text.error("%s: damaged: %s", file, e.getMessage()), e);
        }
    }

    /** Told by what it holds: browsers unpack a file and keep its name, others pack it and change none. */
    private static InputStream unpacked(byte[] content) throws IOException {
        InputStream in = new ByteArrayInputStream(content);
        return isPacked(content) ? new GZIPInputStream(in, AT_A_TIME) : in;
    }

    /** Whether a file that begins so was packed with gzip (RFC 1952); no IDX file begins like that. */
    static boolean isPacked(byte[] beginning) {
        return beginning.length >= 2 && (beginning[0] & 0xff) == 0x1f && (beginning[1] & 0xff) == 0x8b;
    }

    private static int length(int[] shape, Path file) throws IOException {
        try {
            return Shapes.length(shape);
        } catch (IllegalArgumentException e) {
            throw new IOException(Text.error("%s: damaged: %s", file, e.getMessage()), e);
        }
    }
}
