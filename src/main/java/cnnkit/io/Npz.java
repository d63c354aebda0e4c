package cnnkit.io;

import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Named arrays in one file, as {@code numpy.savez} writes them and {@code numpy.load} reads them: a ZIP archive with
 * one {@link Npy} array per entry, not compressed, because weights hardly shrink. The same arrays give the same bytes.
 *
 * <p>Compressed files are read too. No memory is taken for an array before its header has been read and fits the entry,
 * and the entry fits the file; and no array is returned whose checksum does not match.
 */
public final class Npz {
    private static final String SUFFIX = ".npy";
    /**
     * One time for all entries, so that the file does not depend on the clock; any earlier, and the time zone counts.
     */
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 2, 1, 0, 0);
    /** A compressed byte stands for at most so many: two bits for a run of 258. */
    private static final int MOST_SHRINKING = 1032;

    private Npz() {}

    /**
     * Writes tensors, whole or not at all.
     *
     * @param file where to; a file that is there is replaced
     * @param tensors names and values, float32
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        tensors.forEach((name, tensor) ->
                arrays.put(name, NpyArray.of(Objects.requireNonNull(tensor, () -> "Npz: array " + name + " is null"))));
        writeArrays(file, arrays);
    }

    /**
     * Writes arrays of any type, whole or not at all.
     *
     * @param file where to; a file that is there is replaced
     * @param arrays names and values
     * @throws IOException if it cannot be written
     */
    public static void writeArrays(Path file, Map<String, NpyArray> arrays) throws IOException {
        AtomicFile.write(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out); // finished, not closed: the file has yet to be synced
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
                ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
                entry.setTimeLocal(EPOCH);
                entry.setSize(Npy.size(array.getValue()));
                entry.setCrc(sum(array.getValue()));
                zip.putNextEntry(entry);
                Npy.write(array.getValue(), zip);
                zip.closeEntry();
            }
            zip.finish();
        });
    }

    /** The checksum stands before the values: they are written twice, once into the void. */
    private static long sum(NpyArray array) throws IOException {
        CheckedOutputStream counted = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
        Npy.write(array, counted);
        return counted.getChecksum().getValue();
    }

    /**
     * Reads all arrays of a file as floats. A float64 is rounded to the nearest float; whole numbers must be such that
     * a float holds.
     *
     * @param file an NPZ file, compressed or not
     * @return names and values, in the order of the file
     * @throws IOException if the file is missing, is no NPZ file, is damaged, or holds an array that is not read
     *     here or that does not fit floats
     */
    public static Map<String, Tensor> read(Path file) throws IOException {
        return read(file, Npy::tensor);
    }

    /**
     * Reads all arrays of a file, whatever their types.
     *
     * @param file an NPZ file, compressed or not
     * @return names and values as they are, in the order of the file
     * @throws IOException if the file is missing, is no NPZ file, is damaged, or holds an array of another type
     */
    public static Map<String, NpyArray> readArrays(Path file) throws IOException {
        return read(file, (array, where) -> array);
    }

    /** What becomes of an array that was read. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(NpyArray array, String where) throws IOException;
    }

    private static <T> Map<String, T> read(Path file, Reader<T> reader) throws IOException {
        Npy.requireFile(file);
        Map<String, T> arrays = new LinkedHashMap<>();
        long left = Files.size(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                String name = name(entry, file);
                String where = file + ", " + entry.getName();
                left -= requireItsBytes(entry, left, where);
                if (arrays.put(name, reader.read(array(zip, entry, where), where)) != null) {
                    throw new IOException(Text.error("%s: damaged: two entries have this name", where));
                }
            }
        } catch (ZipException | EOFException e) {
            throw new IOException(
                    isNpy(file)
                            ? Text.error("%s: this is an NPY file of one array: read it with Npy.read", file)
                            : Text.error("%s: not an NPZ file, or damaged: %s", file, reason(e)),
                    e);
        }
        return arrays;
    }

    private static boolean isNpy(Path file) throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return NpyHeader.isNpy(in.readNBytes(8));
        }
    }

    private static String name(ZipEntry entry, Path file) throws IOException {
        String name = entry.getName();
        if (!name.endsWith(SUFFIX)) {
            throw new IOException(
                    Text.error("%s: entry %s is no array: an NPZ file holds .npy entries only", file, name));
        }
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /** Makes sure that an entry can be as long as it says, in a file of which so many bytes are left. */
    private static long requireItsBytes(ZipEntry entry, long left, String where) throws IOException {
        long packed = entry.getCompressedSize();
        if (packed < 0 || packed > left || entry.getSize() < 0 || entry.getSize() > MOST_SHRINKING * packed) {
            throw new IOException(Text.error(
                    "%s: damaged: %,d bytes that were packed into %,d, of a file with %,d left, cannot be",
                    where, entry.getSize(), packed, left));
        }
        return packed;
    }

    private static NpyArray array(ZipFile zip, ZipEntry entry, String where) throws IOException {
        try (CheckedInputStream content = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            NpyArray array = Npy.read(content, entry.getSize(), where);
            if (content.getChecksum().getValue() != entry.getCrc()) { // ZipFile leaves this check to its reader
                throw new IOException(Text.error("%s: damaged: its checksum does not match", where));
            }
            return array;
        } catch (ZipException | EOFException e) {
            throw new IOException(Text.error("%s: damaged: %s", where, reason(e)), e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? "it ends too early" : e.getMessage();
    }
}
