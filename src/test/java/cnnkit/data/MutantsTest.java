package cnnkit.data;

import static cnnkit.data.PictureFileTest.encoded;
import static cnnkit.data.PictureFileTest.held;
import static cnnkit.data.PictureFileTest.photograph;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cnnkit.Mutants;
import cnnkit.tensor.Shapes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged IDX files and pictures. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutantsTest {
    private static final long MOST_MEMORY_OF_IDX = 4_000_000; // the files have less than a kilobyte
    private static final long MOST_MEMORY_OF_A_PICTURE =
            600_000_000; // as many pixels as are read, decoded and as samples

    @TempDir
    Path folder;

    /** It has no checksum: values may be wrong, but there are as many as the shape says. */
    @Test
    void anIdxFileGivesAnErrorOfOursOrAnArrayOfItsSize() throws IOException {
        byte[] bytes = IdxTest.idx(0x803, new int[] {2, 3, 4}, 24);
        Mutants.Refused refused =
                Mutants.refused("IDX", folder.resolve("mutant"), bytes, Mutants::anywhere, MOST_MEMORY_OF_IDX, file -> {
                    Idx idx = Idx.read(file);
                    assertEquals(Shapes.length(idx.shape()), idx.bytes().length);
                });
        refused.atLeast(0.3);
    }

    /** It has a checksum: values are right, or not there. */
    @Test
    void aCompressedIdxFileGivesAnErrorOfOursOrItsValues() throws IOException {
        byte[] plain = IdxTest.idx(0x802, new int[] {20, 30}, 600);
        Path right = folder.resolve("right.idx");
        Files.write(right, plain);
        byte[] values = Idx.read(right).bytes();
        Mutants.Refused refused = Mutants.refused(
                "compressed IDX",
                folder.resolve("mutant.gz"),
                IdxTest.zipped(plain),
                Mutants::anywhere,
                MOST_MEMORY_OF_IDX,
                file -> assertArrayEquals(values, Idx.read(file).bytes()));
        refused.atLeast(0.8);
    }

    /** Only PNG has checksums: of the others the colours may be wrong, but the picture is whole. */
    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif"})
    void aPictureGivesAnErrorOfOursOrAWholePicture(String format) throws IOException {
        byte[] bytes = encoded(photograph(20, 15), format);
        byte[] asHeld = format.equals("jpg") ? held(bytes, 6, ByteOrder.BIG_ENDIAN) : bytes;
        Path right = Files.write(folder.resolve("right"), asHeld);
        byte[] samples = Samples.of(PictureFile.read(right), 3);
        Mutants.Refused refused = Mutants.refused(
                format.toUpperCase(Locale.ROOT) + " picture",
                folder.resolve("mutant"),
                asHeld,
                Mutants::anywhere,
                MOST_MEMORY_OF_A_PICTURE,
                file -> {
                    BufferedImage image = PictureFile.read(file);
                    byte[] read = Samples.of(image, 3);
                    assertEquals(3 * image.getWidth() * image.getHeight(), read.length);
                    if (format.equals("png")) {
                        assertArrayEquals(samples, read);
                    }
                });
        refused.atLeast(format.equals("png") ? 0.9 : 0.2);
    }
}
