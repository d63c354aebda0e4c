package cnnkit.io;

import cnnkit.tensor.Text;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;

/**
 * Writes a file whole or not at all: to a temporary neighbour, synced to the disk, then moved into place. An interrupt
 * does not stop it half way. A symbolic link stays one: the file that it points to is written, or made.
 */
public final class AtomicFile {
    private static final String TEMPORARY = ".tmp";
    private static final int MOST_LINKS = 40; // as in Linux

    /** What shall be in a file. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all of it.
         *
         * @param out where to; buffered, and not to be closed
         * @throws IOException if it cannot be written
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Replaces a file.
     *
     * @param file where to; its folder is made if it is missing
     * @param content all bytes of the new file
     * @throws IOException if it cannot be written; the old file, if any, is then untouched
     */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, out -> out.write(content));
    }

    /**
     * Replaces a file by one that is too large to be held in memory as well.
     *
     * @param file where to; its folder is made if it is missing
     * @param content writes the new file; when it fails, nothing happens to the old one
     * @throws IOException if it cannot be written; the old file, if any, is then untouched
     */
    public static void write(Path file, Content content) throws IOException {
        Path target = target(file);
        Files.createDirectories(target.getParent());
        // Not Files.createTempFile: what that makes only its owner may read, and the file would stay so.
        Path neighbour = target.resolveSibling(neighbours(target) + UUID.randomUUID() + TEMPORARY);
        try {
            // Not a FileChannel: an interrupt closes it, and a stop button would lose what it should save.
            try (FileOutputStream disk = new FileOutputStream(neighbour.toFile());
                    BufferedOutputStream out = new BufferedOutputStream(disk)) {
                content.writeTo(out);
                out.flush();
                disk.getFD().sync();
            }
            move(neighbour, target);
        } finally {
            Files.deleteIfExists(neighbour);
        }
    }

    /**
     * Deletes the temporary neighbours that writers of a file have left when they were killed. Only for a file that
     * nobody else writes at this moment.
     *
     * @param file the file, which itself stays as it is; it need not be there
     * @throws IOException if the folder cannot be read or a neighbour not be deleted
     */
    public static void deleteLeftovers(Path file) throws IOException {
        Path target = target(file);
        if (!Files.isDirectory(target.getParent())) {
            return;
        }
        int length = neighbours(target).length() + UUID.randomUUID().toString().length() + TEMPORARY.length();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(target.getParent())) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.length() == length && name.startsWith(neighbours(target)) && name.endsWith(TEMPORARY)) {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }

    /** What a file is, behind all symbolic links. */
    private static Path target(Path file) throws IOException {
        Path target = Objects.requireNonNull(file, "file is null").toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MOST_LINKS) {
                throw new FileSystemLoopException(Text.error("%s: a symbolic link that leads back to itself", file));
            }
            // Not Path.normalize: behind a folder that is a link, ".." is not the folder before it.
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    /** How the names of the temporary neighbours of a file begin. */
    private static String neighbours(Path target) {
        return "." + target.getFileName() + ".";
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) { // some network drives; better than not saving at all
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
