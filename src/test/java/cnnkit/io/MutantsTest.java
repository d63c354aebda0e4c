package cnnkit.io;

import static cnnkit.tensor.Check.goldenFile;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files with mistakes at random places give an error of ours, or what they hold; never another exception, and never a
 * large array out of a small file. {@code -Dcnnkit.mutants=10000} tries more of them.
 */
class MutantsTest {
    private static final int MUTANTS = Integer.getInteger("cnnkit.mutants", 500);

    @TempDir
    Path folder;

    private static byte[] mutant(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8)); // a bit
            case 1 -> changed = Arrays.copyOf(changed, at); // cut short
            case 2 -> changed[at] = (byte) "0123456789-(),'<>|{}: TFfiu".charAt(random.nextInt(27)); // a letter
            case 3 -> { // a stretch
                for (int i = at; i < Math.min(bytes.length, at + 1 + random.nextInt(8)); i++) {
                    changed[i] = random.nextBoolean() ? (byte) -1 : (byte) random.nextInt(256);
                }
            }
            default -> { // a stretch that lies elsewhere too
                int length = 1 + random.nextInt(Math.min(40, bytes.length - at));
                System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), changed, at, length);
            }
        }
        return changed;
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("mutant"), bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"numpy-savez", "numpy-savez-compressed", "numpy-integers", "numpy-fortran"})
    void anNpzFileGivesAnErrorOfOursOrItsValues(String name) throws IOException {
        Map<String, Tensor> values = Npz.read(goldenFile(name));
        byte[] bytes = Files.readAllBytes(goldenFile(name));
        int refused = 0;
        for (int seed = 0; seed < MUTANTS; seed++) {
            Path file = write(mutant(bytes, new Random(seed)));
            try {
                assertTrue(values.values().containsAll(Npz.read(file).values()), "wrong values, seed " + seed);
            } catch (IOException e) {
                refused++;
                assertTrue(e.getMessage().startsWith(file.toString()), "seed " + seed + ": " + e);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertTrue(refused > MUTANTS / 2, refused + " refused");
    }

    /** It has no checksum: values may be wrong, but shape and type fit what is there. */
    @ParameterizedTest
    @ValueSource(strings = {"'<f4'", "'>i8'", "'|u1'"})
    void anNpyFileGivesAnErrorOfOursOrAnArrayOfItsSize(String type) throws IOException {
        byte[] bytes = NpyTest.npy(1, type, "(2, 12)", 24 * Character.digit(type.charAt(3), 10));
        int refused = 0;
        for (int seed = 0; seed < MUTANTS; seed++) {
            byte[] changed = mutant(Arrays.copyOfRange(bytes, 0, 128), new Random(seed)); // in the header
            byte[] whole = Arrays.copyOf(changed, changed.length + bytes.length - 128);
            Path file = write(whole);
            try {
                NpyArray array = Npy.readArray(file);
                int width = Character.digit(array.npyType().code().charAt(1), 10);
                assertEquals(whole.length - 128, Shapes.length(array.shape()) * width, "seed " + seed);
            } catch (IOException e) {
                refused++;
                assertTrue(e.getMessage().startsWith(file.toString()), "seed " + seed + ": " + e);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertTrue(refused > MUTANTS / 4, refused + " refused");
    }
}
