package cnnkit.data;

import cnnkit.tensor.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * The checksums of a PNG file, which neither ImageIO nor the libraries used here look at. After 8 bytes that say "PNG"
 * come chunks: the length as an int, four letters, so many bytes, and a CRC-32 of letters and bytes; the last one is
 * called IEND.
 */
final class PngChunks {
    private static final int SIGNATURE = 8;
    private static final int AROUND = 12; // bytes of a chunk beside its content
    private static final String MEND = "copy the file again";

    private PngChunks() {}

    /** Makes sure that every chunk is there and unchanged. */
    static void check(byte[] bytes, Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).position(SIGNATURE);
        String name = "";
        while (!name.equals("IEND")) {
            int begin = in.position();
            int length = in.remaining() < AROUND ? -1 : in.getInt();
            if (length < 0 || length > bytes.length - begin - AROUND) {
                throw new IOException(Text.error("%s: the file was cut short: %s", file, MEND));
            }
            name = new String(bytes, begin + 4, 4, StandardCharsets.ISO_8859_1);
            CRC32 sum = new CRC32();
            sum.update(bytes, begin + 4, 4 + length);
            int expected = in.position(begin + 8 + length).getInt();
            if ((int) sum.getValue() != expected) {
                throw new IOException(Text.error(
                        "%s: damaged: the chunk at byte %,d has checksum %08x, expected %08x: %s",
                        file, begin, (int) sum.getValue(), expected, MEND));
            }
        }
    }
}
