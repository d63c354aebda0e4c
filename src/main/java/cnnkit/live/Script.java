package cnnkit.live;

import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * JavaScript of the kit, from files of {@code cnnkit/live}. The files are modules, which tests import; here they become plain
 * text, one after another, small enough to travel: without imports, exports, comments and indentation.
 */
final class Script {
    /** Of a script: texts, which stay as they are; behind-the-line comments; space around signs. */
    private static final Pattern SPARE =
            Pattern.compile("(\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`)|\\s*//.*|\\s*([{}()\\[\\];,:?=<>+*&%|!-]|\n)\\s*");

    private static final Pattern LEFT_OUT = Pattern.compile("|//.*|/\\*.*|\\*.*|import .*");

    private Script() {}

    /** What stands in every output: the connection to Java, which then sends the panel's own script and style. */
    static String transport() {
        return "(() => {\n" + of("keys.js", "live.js")
                + "\nlive(document.currentScript.previousElementSibling);\n})();";
    }

    /** Files, lowest first. */
    static String of(String... files) {
        return Arrays.stream(files)
                .flatMap(file -> read(file).lines())
                .map(String::strip)
                .filter(line -> !LEFT_OUT.matcher(line).matches())
                .map(line -> line.replaceFirst("^export ", ""))
                .collect(Collectors.joining("\n"));
    }

    /**
     * The same for scripts that are saved with a notebook: without space that means nothing, and with single quotes, for a
     * notebook writes a double one as two letters.
     */
    static String packed(String... files) {
        return SPARE.matcher(of(files))
                .replaceAll(found -> Matcher.quoteReplacement(spared(found)))
                .replace("\n", " ");
    }

    private static String spared(MatchResult found) {
        String text = found.group(1), sign = found.group(2);
        if (text == null) {
            return sign == null ? "" : sign;
        }
        return text.matches("\"[^'\"]*\"") ? "'" + text.substring(1, text.length() - 1) + "'" : text;
    }

    /** Style sheets that are saved with a notebook; alone.js writes the name of panels in the place of each &. */
    static String packedStyle(String... files) {
        return of(files).replaceAll("\\s*([{};,])\\s*", "$1").replace(": ", ":").replace(".cnnkit-live", "&");
    }

    /**
     * A value as JavaScript writes it, between the tags of an element, too.
     *
     * @param value a map, list, tensor (its numbers), text, number or boolean
     */
    static String literal(Object value) {
        if (value instanceof Map<?, ?> map) {
            return new TreeMap<>(map)
                    .entrySet().stream() // always in one order: two runs write the same
                            .map(entry -> literal(entry.getKey()) + ":" + literal(entry.getValue()))
                            .collect(Collectors.joining(",", "{", "}"));
        } else if (value instanceof List<?> list) {
            return list.stream().map(Script::literal).collect(Collectors.joining(",", "[", "]"));
        } else if (value instanceof Tensor tensor) {
            return IntStream.range(0, tensor.length())
                    .mapToObj(i -> literal(tensor.data()[i]))
                    .collect(Collectors.joining(",", "[", "]"));
        } else if (value instanceof String text) {
            String escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n");
            return "'" + escaped.replace("<", "\\x3c") + "'";
        }
        if (value instanceof Float number && Float.isFinite(number) && number != 0) {
            return shortest(number);
        }
        String number = String.valueOf(value); // NaN and Infinity are called so in both languages
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }

    /** With as few digits as tell it apart from all other floats. Java 19 and newer do so, too; older ones write more at times. */
    private static String shortest(float number) {
        BigDecimal exact = new BigDecimal(number);
        int digits = 1;
        while (exact.round(new MathContext(digits)).floatValue() != number) {
            digits++;
        }
        BigDecimal rounded = exact.round(new MathContext(digits)).stripTrailingZeros();
        return Math.abs(rounded.scale()) < 10 ? rounded.toPlainString() : rounded.toString();
    }

    private static String read(String file) {
        try (InputStream resource = Script.class.getResourceAsStream("/cnnkit/live/" + file)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(Text.error("%s cannot be read", file), e);
        }
    }
}
