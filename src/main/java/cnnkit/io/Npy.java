package cnnkit.io;

import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One array in NumPy's NPY format: a magic number, a version, a Python dictionary as text, then the values.
 *
 * <p>Written: version 1.0, float32, little-endian, row-major. Read: versions 1 to 3 of float32 and float64 in row-major
 * order, either byte order.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NumPy: the NPY format</a>
 */
final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** The values begin at a multiple of this. */
    private static final int ALIGNMENT = 64;

    private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]*)\\)");

    private Npy() {}

    static byte[] bytes(Tensor tensor) {
        StringJoiner sizes = new StringJoiner(", ", "(", tensor.rank() == 1 ? ",)" : ")");
        Arrays.stream(tensor.shape()).forEach(size -> sizes.add("" + size));
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + sizes + ", }";
        int before = MAGIC.length + 4 + header.length() + 1;
        header += " ".repeat(Math.floorMod(-before, ALIGNMENT)) + "\n";

        ByteBuffer buffer = ByteBuffer.allocate(MAGIC.length + 4 + header.length() + 4 * tensor.length())
                .order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) header.length());
        buffer.put(header.getBytes(StandardCharsets.ISO_8859_1));
        buffer.asFloatBuffer().put(tensor.data());
        return buffer.array();
    }

    /** {@code where} names the file and array for errors. */
    static Tensor read(byte[] bytes, String where) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < MAGIC.length + 4 || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException(where + ": not an NPY array: it does not begin with the bytes 93 N U M P Y");
        }
        int version = bytes[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new IOException(where + ": NPY version " + version + " is not known: expected 1, 2 or 3");
        }
        buffer.position(MAGIC.length + 2);
        long length = version == 1 ? Short.toUnsignedInt(buffer.getShort()) : headerLength(buffer, where);
        if (length > buffer.remaining()) {
            throw new IOException(Text.of(
                    "%s: cut short: a header of %,d bytes expected, %,d bytes left",
                    where, length, buffer.remaining()));
        }
        String header = new String(bytes, buffer.position(), (int) length, StandardCharsets.UTF_8);
        buffer.position(buffer.position() + (int) length);
        return values(header, buffer, where);
    }

    private static long headerLength(ByteBuffer buffer, String where) throws IOException {
        if (buffer.remaining() < 4) {
            throw new IOException(where + ": cut short inside the header");
        }
        return Integer.toUnsignedLong(buffer.getInt());
    }

    private static Tensor values(String header, ByteBuffer buffer, String where) throws IOException {
        String type = field(TYPE, header, where);
        int width = switch (type) {
            case "<f4", ">f4" -> 4;
            case "<f8", ">f8" -> 8;
            default ->
                throw new IOException(where + ": values of type " + type
                        + " are not read here: save them from NumPy as float32, x.astype(\"float32\")");
        };
        if (field(ORDER, header, where).equals("True")) {
            throw new IOException(
                    where + ": column-major values are not read here: save them from NumPy as np.ascontiguousarray(x)");
        }
        int[] shape = shape(field(SHAPE, header, where), where);
        long expected = (long) Shapes.length(shape) * width;
        if (buffer.remaining() != expected) { // before any memory is taken
            throw new IOException(Text.of(
                    "%s: %,d bytes of values expected for shape %s, %,d found",
                    where, expected, Shapes.text(shape), buffer.remaining()));
        }
        ByteBuffer values =
                buffer.slice().order(type.charAt(0) == '<' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < tensor.length(); i++) {
            tensor.data()[i] = width == 4 ? values.getFloat() : (float) values.getDouble();
        }
        return tensor;
    }

    private static String field(Pattern pattern, String header, String where) throws IOException {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new IOException(
                    Text.of("%s: the header %s lacks what %s would match", where, header.strip(), pattern));
        }
        return matcher.group(1);
    }

    private static int[] shape(String sizes, String where) throws IOException {
        try {
            int[] shape = Arrays.stream(sizes.split(","))
                    .map(String::strip)
                    .filter(size -> !size.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
            Shapes.length(shape);
            return shape;
        } catch (IllegalArgumentException e) {
            throw new IOException(where + ": shape (" + sizes + ") does not fit one array", e);
        }
    }
}
