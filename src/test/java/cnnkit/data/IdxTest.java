package cnnkit.data;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
    @TempDir
    Path folder;

    static byte[] idx(int magic, int[] shape, int values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(magic);
        for (int size : shape) {
            out.writeInt(size);
        }
        for (int i = 0; i < values; i++) {
            out.write(i * 7);
        }
        return bytes.toByteArray();
    }

    static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    @Test
    void anArrayIsReadWithItsShape() throws IOException {
        Idx read = Idx.read(file("plain", idx(0x803, new int[] {2, 3, 1}, 6)));
        assertArrayEquals(new int[] {2, 3, 1}, read.shape());
        assertArrayEquals(new byte[] {0, 7, 14, 21, 28, 35}, read.bytes());
    }

    @Test
    void aNameThatEndsInGzMeansCompressed() throws IOException {
        Idx read = Idx.read(file("packed.gz", zipped(idx(0x801, new int[] {50}, 50))));
        assertArrayEquals(new int[] {50}, read.shape());
        assertEquals((byte) (49 * 7), read.bytes()[49]);
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path ints = file("ints", idx(0xC01, new int[] {2}, 8));
        fails(
                IOException.class,
                ints + ": not an IDX file of bytes: it begins with 00000c01, expected 0000080n with n axes, 1 to 4",
                () -> Idx.read(ints));
        for (int magic : new int[] {0x800, 0x805, 0x01000801}) {
            Path file = file("magic", idx(magic, new int[] {1, 1, 1, 1, 1}, 1));
            String message =
                    assertThrows(IOException.class, () -> Idx.read(file)).getMessage();
            assertTrue(message.startsWith(file + ": not an IDX file of bytes"), message);
        }
    }

    @Test
    void aPayloadThatWasCutShortIsRefused() throws IOException {
        Path file = file("cut", idx(0x802, new int[] {2, 3}, 5));
        fails(
                IOException.class,
                file + ": 6 bytes expected for shape [2, 3], 5 found: the file was cut short",
                () -> Idx.read(file));
    }

    @Test
    void aHeaderThatWasCutShortIsRefused() throws IOException {
        byte[] whole = idx(0x802, new int[] {2, 3}, 0);
        for (int length = 0; length < whole.length; length++) {
            Path file = file("header", Arrays.copyOf(whole, length));
            fails(IOException.class, file + ": the file was cut short", () -> Idx.read(file));
        }
    }

    @Test
    void bytesBehindTheLastOneAreRefused() throws IOException {
        Path file = file("long", idx(0x802, new int[] {2, 3}, 7));
        fails(
                IOException.class,
                file + ": more than the 6 bytes of shape [2, 3]: the file is damaged",
                () -> Idx.read(file));
    }

    /** Zeros are packed as small as gzip can: some 1,030 bytes into one. */
    @Test
    void asMuchAsGzipCanHoldIsBelieved() throws IOException {
        byte[] black = new byte[8 + 20_000_000];
        System.arraycopy(idx(0x801, new int[] {20_000_000}, 0), 0, black, 0, 8);
        byte[] packed = zipped(black);
        assertTrue(packed.length < black.length / 1000, packed.length + " bytes");
        assertEquals(20_000_000, Idx.read(file("black.gz", packed)).bytes().length);
    }

    @Test
    void sizesThatAreNotThereAreNotBelieved() throws IOException {
        long before = memory();
        Path large = file("large", idx(0x801, new int[] {2_000_000_000}, 3));
        fails(
                IOException.class,
                large + ": 2,000,000,000 bytes expected for shape [2000000000], 3 found: the file was cut short",
                () -> Idx.read(large)); // the tests run with 768 MB
        assertTrue(memory() - before < 100_000_000);
        Path absurd = file("absurd", idx(0x803, new int[] {60000, 60000, 60000}, 3));
        fails(
                IOException.class,
                absurd + ": damaged: too many elements for one tensor: [60000, 60000, 60000]",
                () -> Idx.read(absurd));
        Path negative = file("negative", idx(0x802, new int[] {-2, -3}, 6));
        fails(IOException.class, negative + ": damaged: a size cannot be negative: [-2, -3]", () -> Idx.read(negative));
    }

    private static long memory() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void aCompressedFileThatWasCutShortIsRefusedWhereverItEnds() throws IOException {
        byte[] whole = zipped(idx(0x802, new int[] {20, 30}, 600));
        for (int length = 0; length < whole.length; length++) {
            Path file = file("cut.gz", Arrays.copyOf(whole, length));
            fails(IOException.class, file + ": the file was cut short", () -> Idx.read(file));
        }
    }

    @Test
    void aDamagedByteOfACompressedFileIsNoticedOrHarmless() throws IOException {
        byte[] whole = zipped(idx(0x802, new int[] {20, 30}, 600));
        byte[] values = Idx.read(file("whole.gz", whole)).bytes();
        Random random = new Random(1);
        int noticed = 0;
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Path file = file("damaged.gz", damaged);
            try {
                assertArrayEquals(values, Idx.read(file).bytes(), "byte " + at + ", seed 1");
            } catch (IOException e) {
                noticed++;
                assertTrue(e.getMessage().startsWith(file.toString()), "byte " + at + ", seed 1: " + e);
            }
        }
        assertTrue(noticed > whole.length - 20, noticed + " of " + whole.length + " noticed");
    }

    /** A browser may unpack a file and leave its name as it was. */
    @Test
    void whetherAFileIsPackedItsBytesTellAndNotItsName() throws IOException {
        byte[] plain = idx(0x802, new int[] {2, 3}, 6);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packer = new GZIPOutputStream(bytes)) {
            packer.write(plain);
        }
        byte[] values = Arrays.copyOfRange(plain, plain.length - 6, plain.length);
        assertArrayEquals(values, Idx.read(file("plain.gz", plain)).bytes());
        assertArrayEquals(values, Idx.read(file("packed", bytes.toByteArray())).bytes());
        Path file = file("none.gz", new byte[] {5});
        fails(IOException.class, file + ": the file was cut short", () -> Idx.read(file));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = folder.resolve("none");
        fails(NoSuchFileException.class, file.toString(), () -> Idx.read(file));
    }
}
