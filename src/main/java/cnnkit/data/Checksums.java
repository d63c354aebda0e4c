package cnnkit.data;

import cnnkit.tensor.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What files must sum up to, from a list in the format of {@code sha256sum} and {@code md5sum}, which check it, too.
 *
 * @param algorithm of the sums, as Java names it
 * @param byName the sum of each file
 */
record Checksums(String algorithm, Map<String, String> byName) {

    /** Reads a list that lies beside this class. */
    static Checksums read(String list, String algorithm) {
        try (InputStream in = Checksums.class.getResourceAsStream(list)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Checksums(
                    algorithm,
                    text.lines()
                            .map(line -> line.split(" +"))
                            .collect(Collectors.toUnmodifiableMap(line -> line[1], line -> line[0])));
        } catch (IOException e) {
            throw new UncheckedIOException(Text.error("%s cannot be read", list), e);
        }
    }

    String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(Text.error("every Java has %s", algorithm), e);
        }
    }

    /** Whether these are the bytes of the file. */
    boolean match(String name, byte[] bytes) {
        return of(bytes).equals(byName.get(name));
    }
}
