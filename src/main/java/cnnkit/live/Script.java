package cnnkit.live;

import cnnkit.tensor.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * JavaScript of the kit, from files of {@code cnnkit/live}. The files are modules, which tests import; here they become plain
 * text, one after another, small enough to travel: without imports, exports, comments and indentation.
 */
final class Script {
    private static final Pattern LEFT_OUT = Pattern.compile("|//.*|/\\*.*|\\*.*|import .*");

    private Script() {}

    /** What stands in every output: the connection to Java, which then sends the panel's own script and style. */
    static String transport() {
        return "(() => {\n" + of("live.js") + "\nlive(document.currentScript.previousElementSibling);\n})();";
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

    private static String read(String file) {
        try (InputStream resource = Script.class.getResourceAsStream("/cnnkit/live/" + file)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(Text.error("%s cannot be read", file), e);
        }
    }
}
