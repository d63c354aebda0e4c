package cnnkit.io;

import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Named arrays in one file, as {@code numpy.savez} writes them and {@code numpy.load} reads them: a ZIP archive with one
 * NPY array per entry, not compressed, because weights hardly shrink. The same arrays give the same bytes.
 */
public final class Npz {
    private static final String SUFFIX = ".npy";
    /** One time for all entries, so that the file does not depend on the clock; any earlier, and the time zone counts. */
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 2, 1, 0, 0);

    private Npz() {}

    /**
     * Writes arrays, whole or not at all.
     *
     * @param file where to; a file that is there is replaced
     * @param arrays names and values
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, Map<String, Tensor> arrays) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
                byte[] content = Npy.bytes(array.getValue());
                ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
                entry.setTimeLocal(EPOCH);
                entry.setSize(content.length);
                entry.setCrc(sum(content));
                zip.putNextEntry(entry);
                zip.write(content);
                zip.closeEntry();
            }
        }
        AtomicFile.write(file, bytes.toByteArray());
    }

    /**
     * Reads all arrays of a file.
     *
     * @param file an NPZ file, compressed or not
     * @return names and values, in the order of the file
     * @throws IOException if the file is missing, is no NPZ file, is damaged, or holds an array that is not read here
     */
    public static Map<String, Tensor> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": there is no such file");
        }
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                if (!name.endsWith(SUFFIX)) {
                    throw new IOException(
                            file + ": entry " + name + " is no array: an NPZ file holds .npy entries only");
                }
                try (var content = zip.getInputStream(entry)) {
                    byte[] bytes = content.readAllBytes();
                    if (sum(bytes) != entry.getCrc()) { // ZipFile leaves this check to its reader
                        throw new IOException(Text.of("%s, %s: damaged: its checksum does not match", file, name));
                    }
                    arrays.put(name.substring(0, name.length() - SUFFIX.length()), Npy.read(bytes, file + ", " + name));
                }
            }
        } catch (ZipException | EOFException e) {
            throw new IOException(file + ": not an NPZ file, or damaged: " + e.getMessage(), e);
        }
        return arrays;
    }

    private static long sum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return sum.getValue();
    }
}
