package cnnkit.io;

import static cnnkit.io.NpyTest.npy;
import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.goldenFile;
import static cnnkit.tensor.Check.random;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
    static final Tensor HALVES = tensor(shape(2, 3), 0, 0.5, 1, 1.5, 2, 2.5);

    @TempDir
    Path folder;

    private static Map<String, Tensor> someArrays() {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("W1", random(new Random(1), 3, 1, 2, 2));
        arrays.put("b1", random(new Random(2), 3));
        arrays.put("odd", tensor(shape(4), -0.0, Double.NaN, Double.NEGATIVE_INFINITY, Float.MIN_VALUE));
        arrays.put("none", Tensor.zeros(0, 5));
        arrays.put("one", tensor(shape(), 7));
        return arrays;
    }

    @Test
    void whatIsWrittenIsReadBackToTheBitAndInOrder() throws IOException {
        Path file = folder.resolve("new").resolve("folders").resolve("net.npz"); // made on the way
        Npz.write(file, someArrays());
        Map<String, Tensor> back = Npz.read(file);
        assertEquals(List.copyOf(someArrays().keySet()), List.copyOf(back.keySet()));
        someArrays().forEach((name, value) -> assertSameBits(value, back.get(name), name));
    }

    @Test
    void theSameArraysGiveTheSameBytesWhateverTheClockAndTheTimeZone() throws IOException {
        TimeZone before = TimeZone.getDefault();
        Set<String> contents = new HashSet<>();
        try {
            for (String zone : new String[] {"UTC", "Asia/Shanghai", "America/New_York"}) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                Path file = folder.resolve("net.npz");
                Npz.write(file, someArrays());
                contents.add(Arrays.toString(Files.readAllBytes(file)));
            }
        } finally {
            TimeZone.setDefault(before);
        }
        assertEquals(1, contents.size());
    }

    @Test
    void theBytesOfAFileAreTheSameOnEveryJava() throws IOException {
        Path file = folder.resolve("net.npz");
        Npz.write(file, Map.of("W1", HALVES));
        CRC32 sum = new CRC32();
        sum.update(Files.readAllBytes(file));
        assertEquals("462e6798", Long.toHexString(sum.getValue())); // seen with JDK 17 and 25
    }

    @Test
    void theValuesBeginAtAMultipleOfSixtyFourAsNumpyWantsIt() throws IOException {
        Path file = folder.resolve("net.npz");
        Npz.write(file, someArrays());
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                assertEquals(ZipEntry.STORED, entry.getMethod());
                byte[] bytes = zip.getInputStream(entry).readAllBytes();
                int header = (bytes[8] & 0xff) | (bytes[9] & 0xff) << 8;
                assertEquals(0, (10 + header) % 64, entry.getName());
                assertEquals('\n', bytes[10 + header - 1], entry.getName());
            }
        }
    }

    @Test
    void whatNumpySavesIsRead() throws IOException {
        Map<String, Tensor> arrays = Npz.read(goldenFile("numpy-savez"));
        assertEquals(List.of("W1", "b1", "cube", "scalar", "empty"), List.copyOf(arrays.keySet()));
        assertEquals(HALVES, arrays.get("W1"));
        assertEquals(tensor(shape(3), 0, 0.5, 1), arrays.get("b1"));
        assertEquals(Tensor.range(2, 3, 4).map(v -> v / 2), arrays.get("cube"));
        assertEquals(tensor(shape(), 1.5), arrays.get("scalar"));
        assertEquals(Tensor.zeros(0, 3), arrays.get("empty"));
    }

    @Test
    void whatNumpyCompressesIsRead() throws IOException {
        Map<String, Tensor> arrays = Npz.read(goldenFile("numpy-savez-compressed"));
        assertEquals(HALVES, arrays.get("x"));
        assertEquals(Tensor.zeros(100, 100), arrays.get("zeros"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"little4", "big4", "little8", "big8"})
    void bothByteOrdersAndBothPrecisionsAreRead(String name) throws IOException {
        assertEquals(HALVES, Npz.read(goldenFile("numpy-types")).get(name));
    }

    @Test
    void allThreeVersionsOfTheHeaderAreRead() throws IOException {
        Map<String, Tensor> arrays = Npz.read(goldenFile("numpy-versions"));
        assertEquals(Set.of("version1", "version2", "version3"), arrays.keySet());
        arrays.forEach((name, value) -> assertEquals(HALVES, value, name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"little4", "big4", "little8", "big8"})
    void wholeNumbersOfBothByteOrdersAreRead(String name) throws IOException {
        assertEquals(
                tensor(shape(2, 3), 0, 1, -2, 3, 100_000, 1 << 24),
                Npz.read(goldenFile("numpy-integers")).get(name));
    }

    @Test
    void bytesAreReadAsNumbersFromZeroTo255() throws IOException {
        assertEquals(
                tensor(shape(2, 3), 0, 1, 127, 128, 200, 255),
                Npz.read(goldenFile("numpy-bytes")).get("x"));
    }

    @Test
    void columnMajorValuesOfEveryTypeAreReadInRows() throws IOException {
        Map<String, Tensor> arrays = Npz.read(goldenFile("numpy-fortran"));
        assertEquals(HALVES, arrays.get("x"));
        assertEquals(Tensor.range(2, 3, 4).map(v -> v / 2), arrays.get("cube"));
        assertEquals(tensor(shape(3), 0, 0.5, 1), arrays.get("line"));
        for (String name : List.of("bytes", "ints", "longs")) {
            assertEquals(Tensor.range(2, 3, 4), arrays.get(name), name);
        }
    }

    @Test
    void everyTypeIsReadAsItIs() throws IOException {
        Map<String, NpyArray> whole = Npz.readArrays(goldenFile("numpy-integers"));
        assertArrayEquals(
                new int[] {0, 1, -2, 3, 100_000, 1 << 24}, whole.get("big4").ints());
        assertArrayEquals(
                new long[] {0, 1, -2, 3, 100_000, 1 << 24}, whole.get("big8").longs());
        assertArrayEquals(
                new double[] {0, 0.5, 1, 1.5, 2, 2.5},
                Npz.readArrays(goldenFile("numpy-types")).get("big8").doubles());
        assertArrayEquals(
                new byte[] {0, 1, 127, -128, (byte) 200, -1},
                Npz.readArrays(goldenFile("numpy-bytes")).get("x").bytes());
    }

    @Test
    void aNumberThatNoFloatHoldsIsRefusedWithItsPlace() throws IOException {
        fails(
                IOException.class,
                goldenFile("numpy-beyond-float")
                        + ", odd.npy: element 1 of int32 [2] is 16777217, which no float is: the nearest one is 16777216. Read it as an NpyArray, which keeps its type",
                () -> Npz.read(goldenFile("numpy-beyond-float")));
        assertEquals(
                Long.MAX_VALUE,
                Npz.readArrays(goldenFile("numpy-beyond-float")).get("longest").longs()[0]);
    }

    @Test
    void otherTypesAreRefusedWithWhatToDoInNumpy() {
        fails(
                IOException.class,
                goldenFile("numpy-pickle")
                        + ", x.npy: values of type |O are not read here: save them from NumPy as float32, x.astype(\"float32\")",
                () -> Npz.read(goldenFile("numpy-pickle")));
    }

    @Test
    void everyTypeThatIsWrittenIsReadBackToTheBit() throws IOException {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("losses", NpyArray.of(new double[] {1 / 3.0, -0.0, Double.MIN_VALUE, 1e300}, 2, 2));
        arrays.put("seed", NpyArray.of(new long[] {Long.MIN_VALUE}));
        arrays.put("steps", NpyArray.of(new int[] {Integer.MAX_VALUE, -1}, 2));
        arrays.put("pixels", NpyArray.of(new byte[] {0, -1, 127}, 1, 3));
        Path file = folder.resolve("typed.npz");
        Npz.writeArrays(file, arrays);
        Map<String, NpyArray> back = Npz.readArrays(file);
        assertEquals("[losses, seed, steps, pixels]", back.keySet().toString());
        assertEquals(
                "[float64 [2, 2], int64 [], int32 [2], uint8 [1, 3]]",
                back.values().toString());
        assertArrayEquals(arrays.get("losses").doubles(), back.get("losses").doubles());
        assertEquals(Double.NEGATIVE_INFINITY, 1 / back.get("losses").doubles()[1]); // minus zero
        assertArrayEquals(arrays.get("seed").longs(), back.get("seed").longs());
        assertArrayEquals(arrays.get("steps").ints(), back.get("steps").ints());
        assertArrayEquals(arrays.get("pixels").bytes(), back.get("pixels").bytes());
    }

    /** Longer than what is turned into values at a time. */
    @Test
    void anArrayOfManyChunksIsReadBackToTheBit() throws IOException {
        Path file = folder.resolve("long.npz");
        Tensor many = random(new Random(1), 3, 40_001);
        Npz.write(file, Map.of("x", many));
        assertSameBits(many, Npz.read(file).get("x"), "x");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = folder.resolve("none.npz");
        fails(IOException.class, file + ": there is no such file", () -> Npz.read(file));
        fails(IOException.class, folder + ": this is a folder: name a file in it", () -> Npz.read(folder));
    }

    @Test
    void whatIsNullIsNamed() {
        Path file = folder.resolve("x.npz");
        Map<String, Tensor> tensors = new HashMap<>();
        tensors.put("W1", null);
        fails(NullPointerException.class, "Npz: array W1 is null", () -> Npz.write(file, tensors));
        fails(NullPointerException.class, "file is null", () -> Npz.write(null, Map.of("x", HALVES)));
        fails(NullPointerException.class, "file is null", () -> Npz.read(null));
        fails(NullPointerException.class, "Npy: tensor is null", () -> Npy.write(file, null));
    }

    @Test
    void anArrayUnderTheNameOfAnArchiveIsReadByTheOtherReader() throws IOException {
        Path file = folder.resolve("w.npz");
        Npy.write(file, HALVES);
        fails(
                IOException.class,
                file + ": this is an NPY file of one array: read it with Npy.read",
                () -> Npz.read(file));
        assertEquals(HALVES, Npy.read(file));
        Path archive = folder.resolve("x.npy");
        Npz.write(archive, Map.of("x", HALVES));
        fails(
                IOException.class,
                archive + ": this is an NPZ file of named arrays: read it with Npz.read",
                () -> Npy.read(archive));
        assertEquals(HALVES, Npz.read(archive).get("x"));
    }

    @Test
    void aFileThatIsNoArchiveIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("text.npz"), "W1 = 3");
        String message = assertThrows(IOException.class, () -> Npz.read(file)).getMessage();
        assertTrue(message.startsWith(file + ": not an NPZ file, or damaged: "), message);
        Path empty = Files.write(folder.resolve("empty.npz"), new byte[0]);
        message = assertThrows(IOException.class, () -> Npz.read(empty)).getMessage();
        assertTrue(message.startsWith(empty + ": not an NPZ file, or damaged: "), message);
    }

    @Test
    void anArchiveOfOtherThingsIsRefused() throws IOException {
        Path file = archive(Map.of("readme.txt", "hello".getBytes(StandardCharsets.UTF_8)));
        fails(
                IOException.class,
                file + ": entry readme.txt is no array: an NPZ file holds .npy entries only",
                () -> Npz.read(file));
        Path text = archive(Map.of("x.npy", "hello, hello".getBytes(StandardCharsets.UTF_8)));
        fails(
                IOException.class,
                text + ", x.npy: not an NPY array: it does not begin with the bytes 93 N U M P Y",
                () -> Npz.read(text));
    }

    @ParameterizedTest(name = "the first {0} bytes")
    @ValueSource(ints = {0, 1, 10, 21, 22, 100, 200, 300, 500, 900})
    void aFileThatWasCutShortIsRefused(int length) throws IOException {
        Path whole = folder.resolve("whole.npz");
        Npz.write(whole, someArrays());
        byte[] bytes = Files.readAllBytes(whole);
        assertTrue(length < bytes.length);
        Path file = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(bytes, length));
        String message = assertThrows(IOException.class, () -> Npz.read(file)).getMessage();
        assertTrue(message.startsWith(file.toString()), message);
    }

    /** No bit of a value may change unnoticed: the archive holds a checksum for every array. */
    @ParameterizedTest
    @ValueSource(strings = {"ours", "numpy-savez", "numpy-savez-compressed"})
    void aDamagedByteIsNoticedOrHarmless(String name) throws IOException {
        Path whole = folder.resolve("whole.npz");
        if (name.equals("ours")) {
            Npz.write(whole, someArrays());
        } else {
            Files.copy(goldenFile(name), whole);
        }
        byte[] bytes = Files.readAllBytes(whole);
        List<Tensor> values = List.copyOf(Npz.read(whole).values());
        Path file = folder.resolve("damaged.npz");
        Random random = new Random(1);
        int noticed = 0;
        for (int at = 0; at < bytes.length; at += 1 + random.nextInt(3)) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            try {
                assertEquals(values, List.copyOf(Npz.read(file).values()), "byte " + at + ", seed 1");
            } catch (IOException e) {
                noticed++;
                assertTrue(e.getMessage().startsWith(file.toString()), "byte " + at + ", seed 1: " + e);
            } catch (RuntimeException e) {
                throw new AssertionError("byte " + at + ", seed 1", e);
            }
        }
        assertTrue(noticed > bytes.length / 6, noticed + " of " + bytes.length + " noticed");
    }

    @Test
    void aShapeThatIsNotThereIsNotBelieved() throws IOException {
        Path large = archive(Map.of("x.npy", npy(1, "'<f4'", "(10000, 10000)", 24)));
        fails(
                IOException.class,
                large + ", x.npy: 400,000,000 bytes of values expected for shape [10000, 10000], 24 found",
                () -> Npz.read(large));
        Path absurd = archive(Map.of("x.npy", npy(1, "'<f4'", "(1000000, 1000000)", 24)));
        fails(
                IOException.class,
                absurd + ", x.npy: shape (1000000, 1000000) does not fit one array",
                () -> Npz.read(absurd));
        Path huge = archive(Map.of("x.npy", npy(1, "'<f4'", "(99999999999,)", 24)));
        fails(IOException.class, huge + ", x.npy: shape (99999999999,) does not fit one array", () -> Npz.read(huge));
    }

    @Test
    void aTruncatedOrTooLongArrayIsRefused() throws IOException {
        Path cut = archive(Map.of("x.npy", npy(1, "'<f4'", "(2, 3)", 23)));
        fails(
                IOException.class,
                cut + ", x.npy: 24 bytes of values expected for shape [2, 3], 23 found",
                () -> Npz.read(cut));
        Path longer = archive(Map.of("x.npy", npy(1, "'<f4'", "(2, 3)", 25)));
        fails(
                IOException.class,
                longer + ", x.npy: 24 bytes of values expected for shape [2, 3], 25 found",
                () -> Npz.read(longer));
        byte[] whole = npy(1, "'<f4'", "(2, 3)", 24);
        Path header = archive(Map.of("x.npy", Arrays.copyOf(whole, 40)));
        fails(
                IOException.class,
                header + ", x.npy: cut short: a header of 118 bytes expected, 30 bytes left",
                () -> Npz.read(header));
        Path second = archive(Map.of("x.npy", Arrays.copyOf(npy(2, "'<f4'", "(2, 3)", 24), 11)));
        fails(IOException.class, second + ", x.npy: cut short inside the header", () -> Npz.read(second));
    }

    @Test
    void anUnknownVersionIsRefused() throws IOException {
        Path file = archive(Map.of("x.npy", npy(4, "'<f4'", "(2, 3)", 24)));
        fails(
                IOException.class,
                file + ", x.npy: NPY version 4 is not known: expected 1, 2 or 3",
                () -> Npz.read(file));
    }

    @Test
    void twoEntriesOfOneNameAreRefused() throws IOException {
        Path whole = folder.resolve("whole.npz");
        Npz.write(whole, Map.of("x", HALVES, "y", HALVES));
        byte[] bytes = Files.readAllBytes(whole);
        for (int i = 0; i < bytes.length; i++) { // in the directory at the end, and before the values
            bytes[i] = bytes[i] == 'y' && bytes[i + 1] == '.' ? (byte) 'x' : bytes[i];
        }
        Path file = Files.write(folder.resolve("twice.npz"), bytes);
        fails(IOException.class, file + ", x.npy: damaged: two entries have this name", () -> Npz.read(file));
    }

    /** A small file that would unpack to gigabytes is refused by its directory; nothing is unpacked. */
    @Test
    void anEntryThatCannotBeAsLargeAsItSaysIsRefused() throws IOException {
        Path whole = archive(Map.of("x.npy", npy(1, "'<f4'", "(500000000,)", 24)));
        byte[] bytes = Files.readAllBytes(whole);
        int directory = lastIndexOf(bytes, "PK\1\2");
        int packed = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(directory + 20);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 24, 2_000_000_128);
        Path file = Files.write(folder.resolve("bomb.npz"), bytes);
        fails(
                IOException.class,
                "%s, x.npy: damaged: 2,000,000,128 bytes that were packed into %d, of a file with %d left, cannot be"
                        .formatted(file, packed, bytes.length),
                () -> Npz.read(file));
    }

    /** A small file whose entries share their bytes would unpack to many times its size. */
    @Test
    void entriesThatShareTheirBytesAreRefused() throws IOException {
        Path whole = folder.resolve("whole.npz");
        Npz.write(whole, Map.of("x", random(new Random(3), 1000)));
        byte[] bytes = Files.readAllBytes(whole);
        int directory = lastIndexOf(bytes, "PK\1\2"), end = lastIndexOf(bytes, "PK\5\6");
        byte[] again = Arrays.copyOfRange(bytes, directory, end);
        again[new String(again, StandardCharsets.ISO_8859_1).indexOf("x.npy")] = 'y';
        ByteBuffer shared = ByteBuffer.allocate(bytes.length + again.length).order(ByteOrder.LITTLE_ENDIAN);
        shared.put(bytes, 0, end).put(again).put(bytes, end, bytes.length - end);
        int newEnd = end + again.length;
        shared.putShort(newEnd + 8, (short) 2).putShort(newEnd + 10, (short) 2).putInt(newEnd + 12, 2 * again.length);
        Path file = Files.write(folder.resolve("shared.npz"), shared.array());
        IOException refusal = assertThrows(IOException.class, () -> Npz.read(file));
        assertTrue(refusal.getMessage().startsWith(file + ", y.npy: damaged: "), refusal.getMessage());
    }

    /** What follows is counted while it is unpacked: the directory is not believed. */
    @ParameterizedTest
    @ValueSource(ints = {23, 25})
    void anEntryThatHoldsMoreOrLessThanTheDirectorySaysIsRefused(int values) throws IOException {
        Path whole = archive(Map.of("x.npy", npy(1, "'<f4'", "(2, 3)", values)));
        byte[] bytes = Files.readAllBytes(whole);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(lastIndexOf(bytes, "PK\1\2") + 24, 128 + 24);
        Path file = Files.write(folder.resolve("lies.npz"), bytes);
        fails(
                IOException.class,
                file + ", x.npy: "
                        + (values < 24
                                ? "cut short: 24 bytes of values expected, 23 found"
                                : "damaged: more bytes follow than the 152 it is said to have"),
                () -> Npz.read(file));
    }

    private static int lastIndexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(text);
    }

    @Test
    void aWriteThatFailsLeavesTheOldFileAndNoTemporaryOne() throws IOException {
        Path file = folder.resolve("net.npz");
        Npz.write(file, Map.of("x", HALVES));
        byte[] before = Files.readAllBytes(file);
        Map<String, Tensor> broken = new LinkedHashMap<>();
        broken.put("x", Tensor.zeros(2));
        broken.put("y", null); // fails half way
        assertThrows(NullPointerException.class, () -> Npz.write(file, broken));
        assertArrayEquals(before, Files.readAllBytes(file));
        try (var entries = Files.list(folder)) {
            assertEquals(List.of(file), entries.toList());
        }
    }

    private Path archive(Map<String, byte[]> entries) throws IOException {
        Path file = Files.createTempFile(folder, "made", ".npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }
}
