package cnnkit.io;

import static cnnkit.tensor.Check.goldenFile;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.Mutants;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files of arrays. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutantsTest {
    private static final long MOST_MEMORY = 4_000_000; // the files have a few kilobytes

    @TempDir
    Path folder;

    /** Its arrays have checksums: values are right, or not there. */
    @ParameterizedTest
    @ValueSource(strings = {"numpy-savez", "numpy-savez-compressed", "numpy-integers", "numpy-fortran"})
    void anNpzFileGivesAnErrorOfOursOrItsValues(String name) throws IOException {
        Map<String, Tensor> values = Npz.read(goldenFile(name));
        byte[] bytes = Files.readAllBytes(goldenFile(name));
        Mutants.Refused refused = Mutants.refused(
                "NPZ, " + name, folder.resolve("mutant"), bytes, Mutants::anywhere, MOST_MEMORY, file -> {
                    assertTrue(values.values().containsAll(Npz.read(file).values()), "wrong values");
                });
        refused.atLeast(0.5);
    }

    /** It has no checksum: values may be wrong, but shape and type fit what is there. */
    @ParameterizedTest
    @ValueSource(strings = {"'<f4'", "'>i8'", "'|u1'"})
    void anNpyFileGivesAnErrorOfOursOrAnArrayOfItsSize(String type) throws IOException {
        int header = 128;
        byte[] bytes = NpyTest.npy(1, type, "(2, 12)", 24 * Character.digit(type.charAt(3), 10));
        Mutants.Refused refused = Mutants.refused(
                "NPY, " + type, folder.resolve("mutant"), bytes, Mutants.inTheFirst(header), MOST_MEMORY, file -> {
                    NpyArray array = Npy.readArray(file);
                    int width = Character.digit(array.npyType().code().charAt(1), 10);
                    assertEquals(Files.size(file) - header, Shapes.length(array.shape()) * width);
                });
        refused.atLeast(0.25);
    }
}
