package cnnkit.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitTest {
    @TempDir
    Path folder;

    private Path kit;

    @BeforeEach
    void aKit() throws IOException {
        kit = folder.resolve("kit");
        Files.createDirectories(kit.resolve("data"));
        Files.writeString(kit.resolve("lab.py"), "");
    }

    @Test
    void itIsFoundFromAnyFolderInIt() throws IOException {
        Path deep = Files.createDirectories(kit.resolve("a/b/c/d"));
        assertEquals(Optional.of(kit), Kit.home(null, deep));
        assertEquals(Optional.of(kit), Kit.home("", deep));
        assertEquals(Optional.empty(), Kit.home(null, folder));
    }

    @Test
    void whereTheJarLiesCountsBeforeWhereTheNotebookLies() throws IOException {
        Path other = folder.resolve("other");
        Files.createDirectories(other.resolve("data"));
        Files.writeString(other.resolve("lab.py"), "");
        assertEquals(Optional.of(kit), Kit.home(null, kit.resolve("target/jars/cnnkit.jar"), other));
        assertEquals(Optional.of(other), Kit.home(null, null, other));
    }

    @Test
    void theSettingHasTheLastWordAlsoWhereItLeadsNowhere() {
        assertEquals(Optional.of(kit), Kit.home(kit.toString(), folder));
        assertEquals(Optional.empty(), Kit.home(folder.toString(), kit));
    }

    @Test
    void theFilesOfThisKitAreThere() {
        assertTrue(Files.isRegularFile(Kit.data("weights/SimpleConvNet.npz")));
    }

    @Test
    void whatALearnerMakesLiesBesideTheNotebook() {
        Path file = Kit.own(folder, folder.resolve("home"), "runs/one.npz");
        assertEquals(folder.resolve("made/runs/one.npz"), file);
        assertTrue(Files.isDirectory(file.getParent()));
    }

    @Test
    void besideANotebookThatOthersOwnNothingIsWritten() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(shared), "root may write anywhere");
            Path home = folder.resolve("home");
            assertEquals(home.resolve(".cnnkit/made/one.npz"), Kit.own(shared, home, "one.npz"));
            assertTrue(Files.isDirectory(home.resolve(".cnnkit/made")));
        } finally {
            Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
