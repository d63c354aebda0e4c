package cnnkit.io;

import cnnkit.tensor.Shapes;
import cnnkit.tensor.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an NPY array begins: a magic number, a version, the length of a text, and the text, a Python dictionary such as
 * <pre>
 *     {'descr': '&lt;f4', 'fortran_order': False, 'shape': (2, 3), }
 * </pre>
 *
 * @param type of the values
 * @param byteOrder of each value
 * @param columnMajor whether the first index runs fastest, not the last
 * @param shape the size of each axis
 */
record NpyHeader(NpyType type, ByteOrder byteOrder, boolean columnMajor, int[] shape) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_AXES = 64; // as in NumPy
    /** The values begin at a multiple of this. */
    private static final int ALIGNMENT = 64;

    private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");
    /** A key and its value: a list, a tuple, a text or a word. */
    private static final Pattern FIELD =
            Pattern.compile("\\G\\s*['\"](\\w+)['\"]\\s*:\\s*(\\[.*]|\\([^()]*\\)|'[^']*'|\"[^\"]*\"|\\w+)\\s*(?:,|$)");
    /** One size as Python 2 wrote it, {@code 2L}, or as NumPy's integers print themselves, {@code np.int64(2)}. */
    private static final Pattern SIZE_IN_DISGUISE =
            Pattern.compile("(?<![\\w.])(?:(?:np|numpy)\\.u?int\\d+\\((\\d+)\\)|(\\d+)L\\b)");

    /** The bytes before the values of an array, in version 1.0, for values that are little-endian and row-major. */
    static byte[] bytes(NpyType type, int... shape) {
        StringJoiner sizes = new StringJoiner(", ", "(", shape.length == 1 ? ",)" : ")");
        Arrays.stream(shape).forEach(size -> sizes.add("" + size));
        char order = type.bytes() == 1 ? '|' : '<';
        String text = "{'descr': '" + order + type.code() + "', 'fortran_order': False, 'shape': " + sizes + ", }";
        int before = MAGIC.length + 4 + text.length() + 1;
        text += " ".repeat(Math.floorMod(-before, ALIGNMENT)) + "\n";

        byte[] bytes = Arrays.copyOf(MAGIC, MAGIC.length + 4 + text.length());
        bytes[MAGIC.length] = 1;
        bytes[MAGIC.length + 2] = (byte) text.length();
        bytes[MAGIC.length + 3] = (byte) (text.length() >> 8);
        System.arraycopy(text.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, MAGIC.length + 4, text.length());
        return bytes;
    }

    /** Whether a file begins as arrays do. */
    static boolean isNpy(byte... start) {
        return start.length >= MAGIC.length && Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Reads a header and makes sure that exactly its values can follow. Little memory is taken, whatever it promises.
     *
     * @param size of the whole array, header and values, in bytes
     * @param where names file and entry, for errors
     */
    static NpyHeader read(InputStream in, long size, String where) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length > 2 && start[0] == 'P' && start[1] == 'K') { // as every ZIP archive begins
            throw new IOException(Text.error("%s: this is an NPZ file of named arrays: read it with Npz.read", where));
        }
        if (start.length < MAGIC.length + 2 || !isNpy(start)) {
            throw new IOException(
                    Text.error("%s: not an NPY array: it does not begin with the bytes 93 N U M P Y", where));
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new IOException(Text.error("%s: NPY version %s is not known: expected 1, 2 or 3", where, version));
        }
        byte[] digits = in.readNBytes(version == 1 ? 2 : 4);
        long left = size - start.length - digits.length;
        if (left < 0 || digits.length < (version == 1 ? 2 : 4)) {
            throw new IOException(Text.error("%s: cut short inside the header", where));
        }
        long length = littleEndian(digits);
        if (length > left) {
            throw new IOException(
                    Text.error("%s: cut short: a header of %,d bytes expected, %,d bytes left", where, length, left));
        }
        if (length > MOST_BYTES) {
            throw new IOException(
                    Text.error("%s: a header of %,d bytes is none: expected at most %,d", where, length, MOST_BYTES));
        }
        byte[] text = in.readNBytes((int) length);
        if (text.length < length) {
            throw new IOException(Text.error("%s: cut short inside the header", where));
        }
        NpyHeader header = of(new String(text, StandardCharsets.UTF_8), where);
        if (header.bytesOfValues() != left - length) {
            throw new IOException(Text.error(
                    "%s: %,d bytes of values expected for shape %s, %,d found",
                    where, header.bytesOfValues(), Shapes.text(header.shape), left - length));
        }
        return header;
    }

    private static long littleEndian(byte... digits) {
        long number = 0;
        for (int i = digits.length - 1; i >= 0; i--) {
            number = number << 8 | (digits[i] & 0xff);
        }
        return number;
    }

    private static NpyHeader of(String text, String where) throws IOException {
        Map<String, String> fields = fields(text.strip(), where);
        String descr = fields.get("descr").replaceAll("^['\"]|['\"]$", "");
        NpyType type = NpyType.named(descr);
        if (type == null) {
            throw new IOException(where + ": " + otherValues(descr));
        }
        return new NpyHeader(
                type,
                descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                columnMajor(fields.get("fortran_order"), where),
                shape(fields.get("shape"), where));
    }

    private static String plainSizes(String fields) {
        return SIZE_IN_DISGUISE.matcher(fields).replaceAll("$1$2");
    }

    private static Map<String, String> fields(String text, String where) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        boolean braces = text.length() >= 2 && text.startsWith("{") && text.endsWith("}");
        String inside = braces ? plainSizes(text.substring(1, text.length() - 1)) : "";
        Matcher matcher = FIELD.matcher(inside);
        int end = 0;
        while (matcher.find()) {
            fields.put(matcher.group(1), matcher.group(2));
            end = matcher.end();
        }
        if (!fields.keySet().equals(KEYS) || !inside.substring(end).isBlank()) {
            throw new IOException(Text.error(
                    "%s: the header %s is not a dictionary of descr, fortran_order and shape", where, shown(text)));
        }
        return fields;
    }

    /** What values of a type that is not read are, and how they become numbers that are. */
    private static String otherValues(String descr) {
        String kind = descr.replaceAll("^[<>=|]", "");
        String astype = "x.astype(\"float32\")";
        if (descr.startsWith("[")) {
            return "records of several fields " + shown(descr)
                    + " are not read here: save one field from NumPy as float32, x[\"name\"].astype(\"float32\")";
        }
        String advice = switch (kind.isEmpty() ? ' ' : kind.charAt(0)) {
            case 'U', 'S', 'a' ->
                "texts: if each is a number, " + astype + " reads it; else number them,"
                        + " np.unique(x, return_inverse=True)[1].astype(\"float32\")";
            case 'M', 'm' -> "dates or times: save how many days or seconds they are, " + astype;
            case 'V' ->
                "bytes without a meaning: save the numbers they stand for as float32, "
                        + "x.view(TYPE).astype(\"float32\")";
            default -> "save them from NumPy as float32, " + astype;
        };
        return "values of type " + shown(descr) + " are not read here: " + advice;
    }

    private static boolean columnMajor(String word, String where) throws IOException {
        return switch (word) {
            case "True" -> true;
            case "False" -> false;
            default ->
                throw new IOException(Text.error("%s: fortran_order is True or False but got %s", where, shown(word)));
        };
    }

    private static int[] shape(String tuple, String where) throws IOException {
        String[] sizes = tuple.replaceAll("^\\(|,?\\s*\\)$", "").split(",", MOST_AXES + 1);
        try {
            int[] shape = tuple.matches("\\(\\s*\\)")
                    ? new int[0]
                    : Arrays.stream(sizes)
                            .map(String::strip)
                            .mapToInt(Integer::parseUnsignedInt)
                            .toArray();
            if (shape.length > MOST_AXES || !tuple.startsWith("(")) {
                throw new IllegalArgumentException(Text.error("not the shape of an array"));
            }
            Shapes.length(shape);
            return shape;
        } catch (IllegalArgumentException e) {
            throw new IOException(Text.error("%s: shape %s does not fit one array", where, shown(tuple)), e);
        }
    }

    /** For messages: not too long, and nothing a terminal cannot show. */
    private static String shown(String text) {
        String begin = text.length() > 200 ? text.substring(0, 200) + "..." : text;
        return begin.replaceAll("[^ -~]", "?");
    }

    private long bytesOfValues() {
        return (long) Shapes.length(shape) * type.bytes();
    }
}
