package cnnkit.io;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    private List<Path> content() throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    @Test
    void aFileIsWrittenAndReplacedAndNothingElseIsLeft() throws IOException {
        Path file = folder.resolve("file");
        AtomicFile.write(file, new byte[] {1, 2, 3});
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(file));
        AtomicFile.write(file, new byte[0]);
        assertArrayEquals(new byte[0], Files.readAllBytes(file));
        assertEquals(List.of(file), content());
    }

    /** Were it overwritten in place, a crash in the middle would leave half a file. */
    @Test
    void theOldFileIsReplacedNotOverwritten() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3});
        Path old = Files.createLink(folder.resolve("old"), file); // a second name of the old file
        AtomicFile.write(file, new byte[] {9});
        assertArrayEquals(new byte[] {9}, Files.readAllBytes(file));
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(old));
    }

    private static void link(Path link, Path target) throws IOException {
        try {
            Files.createSymbolicLink(link, target);
        } catch (UnsupportedOperationException | FileSystemException e) {
            assumeTrue(false, "no symbolic links here: " + e); // Windows wants a permission for them
        }
    }

    @Test
    void aFileIsWrittenThroughALinkWhichStaysOne() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("large disk"));
        Path target = Files.writeString(elsewhere.resolve("run.npz"), "old");
        Path direct = folder.resolve("run.npz"), relative = folder.resolve("again.npz");
        link(direct, target);
        link(relative, Path.of("run.npz")); // a link to a link, relative to its own folder
        AtomicFile.write(relative, new byte[] {1, 2, 3});
        assertTrue(Files.isSymbolicLink(direct) && Files.isSymbolicLink(relative));
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(target));
        Files.delete(target);
        AtomicFile.write(direct, new byte[] {4}); // a link to what is not there yet
        assertArrayEquals(new byte[] {4}, Files.readAllBytes(target));
        assertEquals(Set.of(elsewhere, direct, relative), Set.copyOf(content()));
        try (var entries = Files.list(elsewhere)) {
            assertEquals(List.of(target), entries.toList(), "no temporary file is left there either");
        }
    }

    @Test
    void leftoversAreDeletedWhereALinkPointsTo() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("large disk"));
        Path link = folder.resolve("run.npz");
        link(link, elsewhere.resolve("long.npz"));
        Path half = Files.writeString(elsewhere.resolve(".long.npz.123e4567-e89b-12d3-a456-426614174000.tmp"), "half");
        AtomicFile.deleteLeftovers(link);
        assertFalse(Files.exists(half));
    }

    @Test
    void aLinkThatLeadsBackToItselfIsNamed() throws IOException {
        Path link = folder.resolve("loop.npz");
        link(link, folder.resolve("other.npz"));
        link(folder.resolve("other.npz"), link);
        fails(
                FileSystemLoopException.class,
                link + ": a symbolic link that leads back to itself",
                () -> AtomicFile.write(link, new byte[] {1}));
    }

    @Test
    void aFolderInTheWayIsLeftAloneAndNoTemporaryFileIsLeft() throws IOException {
        Path inTheWay = Files.createDirectory(folder.resolve("net.npz"));
        assertThrows(IOException.class, () -> AtomicFile.write(inTheWay, new byte[] {1}));
        assertTrue(Files.isDirectory(inTheWay));
        Files.writeString(inTheWay.resolve("mine"), "kept");
        assertThrows(IOException.class, () -> AtomicFile.write(inTheWay, new byte[] {1}));
        assertEquals("kept", Files.readString(inTheWay.resolve("mine")));
        assertEquals(List.of(inTheWay), content());
    }

    @Test
    void aFileInPlaceOfTheFolderIsAnErrorAndIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "kept");
        assertThrows(IOException.class, () -> AtomicFile.write(file.resolve("net.npz"), new byte[] {1}));
        assertEquals("kept", Files.readString(file));
    }

    @Test
    void othersMayReadTheFileIfTheyMayReadAnyNewFile() throws IOException {
        FileStore store = Files.getFileStore(folder);
        assumeTrue(store.supportsFileAttributeView("posix"));
        Path usual = Files.writeString(folder.resolve("usual"), "x");
        Path file = folder.resolve("file");
        AtomicFile.write(file, new byte[] {1});
        assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(file));
    }

    /** The stop button must not lose what it should save; and the interrupt is still there for who looks for it. */
    @Test
    void anInterruptDoesNotStopIt() throws IOException {
        Path file = folder.resolve("file");
        Thread.currentThread().interrupt();
        try {
            AtomicFile.write(file, new byte[] {1, 2, 3});
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(file));
    }

    @Test
    void contentThatFailsHalfWayLeavesTheOldFile() throws IOException {
        Path file = folder.resolve("file");
        AtomicFile.write(file, new byte[] {1, 2, 3});
        assertThrows(
                IOException.class,
                () -> AtomicFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("the disk is full");
                }));
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(file));
        assertEquals(List.of(file), content());
    }

    @Test
    void leftoversOfKilledWritersAreDeletedAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("run.npz"), "kept");
        Path[] others = {
            Files.writeString(folder.resolve(".other.npz.123e4567-e89b-12d3-a456-426614174000.tmp"), "of another file"),
            Files.writeString(folder.resolve(".run.npz.tmp"), "not made here"),
            Files.writeString(folder.resolve("run.npz.123e4567-e89b-12d3-a456-426614174000.tmp"), "not made here"),
        };
        Files.writeString(folder.resolve(".run.npz.123e4567-e89b-12d3-a456-426614174000.tmp"), "half");
        AtomicFile.deleteLeftovers(file);
        assertEquals(Set.of(file, others[0], others[1], others[2]), Set.copyOf(content()));
        AtomicFile.deleteLeftovers(folder.resolve("no such folder").resolve("run.npz")); // nothing to do
    }
}
