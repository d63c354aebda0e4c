package cnnkit.io;

import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * One array in a file, as {@code numpy.save} writes it and {@code numpy.load} reads it.
 *
 * <p>Written: version 1.0, little-endian, row-major. Read: versions 1 to 3 of float32, float64, uint8, int32 and int64,
 * row-major or column-major, in either byte order. No memory is taken for values before the header has been read and
 * fits what follows.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NumPy: the NPY format</a>
 */
public final class Npy {
    /** Bytes that are turned into values at a time. */
    private static final int CHUNK = 1 << 16;

    private Npy() {}

    /**
     * Writes a tensor, whole or not at all.
     *
     * @param file where to; a file that is there is replaced
     * @param tensor the values, float32
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, Tensor tensor) throws IOException {
        writeArray(file, NpyArray.of(Objects.requireNonNull(tensor, "Npy: tensor is null")));
    }

    /**
     * Writes an array of any type, whole or not at all.
     *
     * @param file where to; a file that is there is replaced
     * @param array the values
     * @throws IOException if it cannot be written
     */
    public static void writeArray(Path file, NpyArray array) throws IOException {
        Objects.requireNonNull(array, "Npy: array is null");
        AtomicFile.write(file, out -> write(array, out));
    }

    /**
     * Reads an array as floats. A float64 is rounded to the nearest float; whole numbers must be such that a float
     * holds.
     *
     * @param file an NPY file
     * @return the values
     * @throws IOException if the file is missing, is no NPY file, is damaged, or holds values that are not read here or
     *     that do not fit a float
     */
    public static Tensor read(Path file) throws IOException {
        return tensor(readArray(file), file.toString());
    }

    /**
     * Reads an array of any type.
     *
     * @param file an NPY file
     * @return the values as they are
     * @throws IOException if the file is missing, is no NPY file, is damaged, or holds values of another type
     */
    public static NpyArray readArray(Path file) throws IOException {
        requireFile(file);
        try (InputStream in = new FileInputStream(file.toFile())) {
            return read(in, Files.size(file), file.toString());
        }
    }

    static void requireFile(Path file) throws IOException {
        Objects.requireNonNull(file, "file is null");
        if (Files.isDirectory(file)) {
            throw new IOException(Text.error("%s: this is a folder: name a file in it", file));
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(Text.error("%s: there is no such file", file));
        }
    }

    /** The array as floats; {@code where} names the file and entry for errors. */
    static Tensor tensor(NpyArray array, String where) throws IOException {
        try {
            return array.tensor();
        } catch (ArithmeticException e) {
            throw new IOException(where + ": " + e.getMessage(), e);
        }
    }

    /** How many bytes {@link #write(NpyArray, OutputStream)} writes. */
    static long size(NpyArray array) {
        NpyType type = array.npyType();
        return NpyHeader.bytes(type, array.shape()).length + (long) Shapes.length(array.shape()) * type.bytes();
    }

    static void write(NpyArray array, OutputStream out) throws IOException {
        NpyType type = array.npyType();
        out.write(NpyHeader.bytes(type, array.shape()));
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        int length = Shapes.length(array.shape());
        int atOnce = CHUNK / type.bytes();
        for (int at = 0; at < length; at += atOnce) {
            int count = Math.min(atOnce, length - at);
            type.put(chunk.clear(), array.values(), at, count);
            out.write(chunk.array(), 0, count * type.bytes());
        }
    }

    /**
     * Reads an array that takes the whole stream.
     *
     * @param size what the stream is said to hold, in bytes; an error if it does not
     * @param where names the file and entry for errors
     */
    static NpyArray read(InputStream in, long size, String where) throws IOException {
        NpyHeader header = NpyHeader.read(in, size, where);
        NpyType type = header.type();
        int length = Shapes.length(header.shape());
        Object values = type.array(length);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(header.byteOrder());
        int atOnce = CHUNK / type.bytes();
        for (int at = 0; at < length; at += atOnce) {
            int count = Math.min(atOnce, length - at);
            int bytes = in.readNBytes(chunk.array(), 0, count * type.bytes());
            if (bytes < count * type.bytes()) {
                throw new IOException(Text.error(
                        "%s: cut short: %,d bytes of values expected, %,d found",
                        where, (long) length * type.bytes(), (long) at * type.bytes() + bytes));
            }
            type.get(chunk.clear(), values, at, count);
        }
        if (in.read() >= 0) {
            throw new IOException(
                    Text.error("%s: damaged: more bytes follow than the %s it is said to have", where, size));
        }
        if (header.columnMajor()) {
            values = rowMajor(values, type.array(length), header.shape());
        }
        return new NpyArray(type, values, length, header.shape());
    }

    /**
     * Reorders values whose first index runs fastest, so that the last one does.
     *
     * @param ordered where to
     * @return {@code ordered}
     */
    private static Object rowMajor(Object values, Object ordered, int... shape) {
        int length = Shapes.length(shape);
        int[] index = new int[shape.length];
        for (int from = 0; from < length; from++) {
            int to = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                to = to * shape[axis] + index[axis];
            }
            System.arraycopy(values, from, ordered, to, 1); // whatever the type
            for (int axis = 0; axis < shape.length && ++index[axis] == shape[axis]; axis++) {
                index[axis] = 0; // and the next axis goes on
            }
        }
        return ordered;
    }
}
