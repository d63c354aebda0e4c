package cnnkit.io;

import static cnnkit.io.NpzTest.HALVES;
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

import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    @TempDir
    Path folder;

    /** An array of so many bytes under a header of 128 bytes. */
    static byte[] npy(int version, String type, String shape, int values) throws IOException {
        return npy(version, "{'descr': " + type + ", 'fortran_order': False, 'shape': " + shape + ", }", values);
    }

    static byte[] npy(int version, String header, int values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(0x93);
        out.writeBytes("NUMPY");
        out.write(version);
        out.write(0);
        int length = version == 1 ? 118 : 116;
        out.write(length);
        out.write(0);
        if (version > 1) {
            out.writeShort(0);
        }
        out.writeBytes(header + " ".repeat(length - header.length() - 1) + "\n");
        out.write(new byte[values]);
        return bytes.toByteArray();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("x.npy"), bytes);
    }

    private void isRefused(byte[] bytes, String why) throws IOException {
        Path file = file(bytes);
        fails(IOException.class, file + ": " + why, () -> Npy.read(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "2,3", "1,2,3,4", "0,7", "1,1,1,1,1,1,2"})
    void whatIsWrittenIsReadBackToTheBit(String sizes) throws IOException {
        int[] shape = sizes.isEmpty()
                ? shape()
                : Arrays.stream(sizes.split(",")).mapToInt(Integer::parseInt).toArray();
        Tensor x = random(new Random(1), shape);
        Path file = folder.resolve("new").resolve("x.npy"); // the folder is made on the way
        Npy.write(file, x);
        assertSameBits(x, Npy.read(file), sizes);
    }

    @Test
    void aFileIsWhatNumpyWants() throws IOException {
        Path file = folder.resolve("x.npy");
        Npy.write(file, HALVES);
        byte[] bytes = Files.readAllBytes(file);
        assertEquals(128 + 24, bytes.length);
        String header = new String(bytes, 10, 118, StandardCharsets.ISO_8859_1);
        assertEquals("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", header.strip());
        assertEquals('\n', header.charAt(117));
        assertArrayEquals(Files.readAllBytes(goldenFile("numpy-savez").resolveSibling("numpy-save.npy")), bytes);
    }

    @Test
    void whatNumpySavesIsRead() throws IOException {
        assertEquals(HALVES, Npy.read(goldenFile("numpy-savez").resolveSibling("numpy-save.npy")));
    }

    @ParameterizedTest
    @CsvSource({"'<f4', float32", "'>f8', float64", "'|u1', uint8", "'<i4', int32", "'>i8', int64"})
    void everyTypeHasItsNameInNumpy(String type, String name) throws IOException {
        NpyArray array = Npy.readArray(file(npy(1, "'" + type + "'", "(0, 3)", 0)));
        assertEquals(name, array.type());
        assertArrayEquals(shape(0, 3), array.shape());
        assertEquals(Tensor.zeros(0, 3), array.tensor());
    }

    /** NumPy reads these too; other programs write them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}",
                "{\"descr\":\"<f4\",\"fortran_order\":False,\"shape\":(2,3)}",
                "{'shape': (2, 3,), 'fortran_order': False, 'descr': '<f4', }",
                "{ 'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 2 , 3 ) , }",
            })
    void theHeaderMayBeSpacedAndOrderedInAnyWay(String header) throws IOException {
        assertEquals(Tensor.zeros(2, 3), Npy.read(file(npy(1, header, 24))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{'descr': '<f4', 'fortran_order': False}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'more': 1}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, (3))}",
                "{'descr': '<f4' 'fortran_order': False, 'shape': (2, 3)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)} # six"
            })
    void aHeaderThatIsNoSuchDictionaryIsRefused(String header) throws IOException {
        isRefused(
                npy(1, header, 24), "the header " + header + " is not a dictionary of descr, fortran_order and shape");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(-1,)",
                "(2, )3",
                "(,)",
                "(2,, 3)",
                "(99999999999,)",
                "(65536, 65536)",
                "nothing",
                "(2 3)",
                "(2.5,)"
            })
    void aShapeThatIsNoneIsRefused(String shape) throws IOException {
        if (shape.equals("(2, )3")) {
            isRefused(
                    npy(1, "'<f4'", shape, 24),
                    "the header {'descr': '<f4', 'fortran_order': False, 'shape': (2, )3, } is not a dictionary of descr, fortran_order and shape");
        } else {
            isRefused(npy(1, "'<f4'", shape, 24), "shape " + shape + " does not fit one array");
        }
    }

    @Test
    void moreAxesThanNumpyAllowsAreRefused() throws IOException {
        String axes = "1,".repeat(65);
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + axes + ")}";
        byte[] bytes = npy(1, "", 1);
        byte[] longer = new byte[11 + header.length()];
        System.arraycopy(bytes, 0, longer, 0, 8);
        longer[8] = (byte) header.length();
        System.arraycopy(header.getBytes(StandardCharsets.ISO_8859_1), 0, longer, 10, header.length());
        isRefused(longer, "shape (" + axes + ") does not fit one array");
    }

    @ParameterizedTest
    @ValueSource(strings = {"|b1", "<f2", "<c8", "|O", "<u4", "|i1", "<i8i8", "f44", "<float32", ""})
    void otherTypesAreRefusedWithWhatToDoInNumpy(String type) throws IOException {
        isRefused(
                npy(1, "'" + type + "'", "(2, 3)", 24),
                "values of type " + type
                        + " are not read here: save them from NumPy as float32, x.astype(\"float32\")");
    }

    /** What NumPy's own way out of each is. Checked with NumPy 2.4. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "<U3; texts: if each is a number, x.astype(\"float32\") reads it",
                "|S4; texts: if each is a number, x.astype(\"float32\") reads it",
                "<M8[D]; dates or times: save how many days or seconds they are, x.astype(\"float32\")",
                "<m8[s]; dates or times: save how many days or seconds they are, x.astype(\"float32\")",
                "|V5; bytes without a meaning: save the numbers they stand for as float32, x.view(TYPE).astype(\"float32\")",
            })
    void whatIsNoNumberIsRefusedWithItsWayToOne(String type, String advice) throws IOException {
        Path file = file(npy(1, "'" + type + "'", "(2,)", 8));
        String message = assertThrows(IOException.class, () -> Npy.read(file)).getMessage();
        assertTrue(message.startsWith(file + ": values of type " + type + " are not read here: " + advice), message);
    }

    @Test
    void severalFieldsAreRefused() throws IOException {
        isRefused(
                npy(1, "[('a', '<f4'), ('b', '<i4', (2,))]", "(3,)", 24),
                "records of several fields [('a', '<f4'), ('b', '<i4', (2,))] are not read here: save one field from NumPy as float32, x[\"name\"].astype(\"float32\")");
    }

    /** Whatever NumPy's dtype takes for the same type, in the byte order of nearly all machines. */
    @ParameterizedTest
    @ValueSource(strings = {"f4", "=f4", "|f4", "float32", "f", "<f"})
    void aTypeMayBeNamedAsNumpyNamesIt(String type) throws IOException {
        byte[] bytes = npy(1, "'" + type + "'", "(2,)", 8);
        bytes[128 + 3] = 0x40; // 2 as a little-endian float
        assertEquals(tensor(shape(2), 2, 0), Npy.read(file(bytes)));
    }

    @ParameterizedTest
    @CsvSource({"d, float64, 8", "uint8, uint8, 1", "B, uint8, 1", "int32, int32, 4", "i, int32, 4", "q, int64, 8"})
    void theOtherTypesHaveTheirNamesToo(String type, String name, int bytes) throws IOException {
        assertEquals(
                name,
                Npy.readArray(file(npy(1, "'" + type + "'", "(2,)", 2 * bytes))).type());
    }

    /** Python 2 wrote 2L for a long; some programs write what NumPy's integers print as. */
    @ParameterizedTest
    @ValueSource(
            strings = {"(2L, 3L)", "(2L,3)", "(np.int64(2), np.int64(3))", "(numpy.int32(2), 3,)", "(2, np.uint8(3))"})
    void aShapeOfLongOrOfNumpysIntegersIsRead(String shape) throws IOException {
        assertEquals(Tensor.zeros(2, 3), Npy.read(file(npy(1, "'<f4'", shape, 24))));
        assertEquals(Tensor.zeros(2), Npy.read(file(npy(3, "'<f4'", "(2L,)", 8))));
    }

    @Test
    void anOrderThatIsNoneIsRefused() throws IOException {
        isRefused(
                npy(1, "{'descr': '<f4', 'fortran_order': 1, 'shape': (2, 3)}", 24),
                "fortran_order is True or False but got 1");
    }

    @Test
    void whatFollowsMustBeWhatTheHeaderPromises() throws IOException {
        isRefused(npy(1, "'<f8'", "(2, 3)", 24), "48 bytes of values expected for shape [2, 3], 24 found");
        isRefused(npy(2, "'|u1'", "()", 2), "1 bytes of values expected for shape [], 2 found");
    }

    @Test
    void aHeaderOfMoreThanOneMegabyteIsNotRead() throws IOException {
        byte[] bytes = npy(2, "'<f4'", "(2, 3)", 1 << 21);
        bytes[10] = 0x10; // 1 MB and a little, and so many bytes do follow
        isRefused(bytes, "a header of 1,048,692 bytes is none: expected at most 1,048,576");
    }

    @Test
    void aFileThatEndsInTheHeaderIsRefused() throws IOException {
        byte[] whole = npy(2, "'<f4'", "(2, 3)", 24);
        for (int length : new int[] {0, 7}) {
            isRefused(Arrays.copyOf(whole, length), "not an NPY array: it does not begin with the bytes 93 N U M P Y");
        }
        isRefused(Arrays.copyOf(whole, 8), "cut short inside the header");
        isRefused(Arrays.copyOf(whole, 11), "cut short inside the header");
        isRefused(Arrays.copyOf(whole, 50), "cut short: a header of 116 bytes expected, 38 bytes left");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = folder.resolve("none.npy");
        fails(IOException.class, file + ": there is no such file", () -> Npy.read(file));
        fails(IOException.class, folder + ": this is a folder: name a file in it", () -> Npy.read(folder));
    }

    @Test
    void wholeNumbersAndDoublesBecomeFloatsOrAreRefused() throws IOException {
        Path file = goldenFile("numpy-beyond-float");
        var arrays = Npz.readArrays(file);
        String mend = ". Read it as an NpyArray, which keeps its type";
        assertEquals(tensor(shape(1), (1 << 24) + 2), arrays.get("even").tensor());
        assertEquals(tensor(shape(1), -0x1p63), arrays.get("shortest").tensor());
        fails(
                ArithmeticException.class,
                "element 0 of int64 [1] is 9223372036854775807, which no float is: the nearest one is 9223372036854775808"
                        + mend,
                () -> arrays.get("longest").tensor());
        fails(
                ArithmeticException.class,
                "element 0 of float64 [1, 1] is 1.0E39, beyond the largest float, 3.4028235E38" + mend,
                () -> arrays.get("huge").tensor());
        assertEquals(tensor(shape(1), 1 / 3f), arrays.get("third").tensor()); // rounded
        assertEquals(tensor(shape(1), 0), arrays.get("tiny").tensor());
        assertEquals(
                tensor(shape(3), Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN),
                arrays.get("infinite").tensor());
    }

    @Test
    void anArrayOfAnotherTypeIsNamed() {
        NpyArray array = NpyArray.of(new int[] {1, 2}, 1, 2);
        fails(IllegalStateException.class, "expected an array of int64 but got int32 [1, 2]", array::longs);
        fails(ShapeException.class, "shape [3] holds 3 values but got 2", () -> NpyArray.of(new double[2], 3));
    }
}
