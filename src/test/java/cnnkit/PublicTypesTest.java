package cnnkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Public is what a learner calls. Who makes another type public does so on purpose, and adds it to the list. */
class PublicTypesTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path LIST = Path.of("src/test/resources/public-types.txt");
    private static final int MOST = 20; // in a package: more than a reader wants to look through
    private static final Pattern PUBLIC = Pattern.compile(
            "^public (?:abstract |final |sealed |non-sealed )*(?:class|interface|record|enum|@interface) (\\w+)",
            Pattern.MULTILINE);

    private static List<String> publicTypes() throws IOException {
        List<String> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                Matcher type = PUBLIC.matcher(Files.readString(file));
                while (type.find()) {
                    String room = SOURCES.relativize(file.getParent())
                            .toString()
                            .replace('\\', '/')
                            .replace('/', '.');
                    types.add(room + "." + type.group(1));
                }
            }
        }
        types.sort(null);
        return types;
    }

    @Test
    void thePublicTypesAreThoseOfTheList() throws IOException {
        List<String> wanted = Files.readAllLines(LIST).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .sorted()
                .toList();
        assertEquals(String.join("\n", wanted), String.join("\n", publicTypes()));
    }

    @Test
    void noPackageHasMorePublicTypesThanAReaderWantsToLookThrough() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        for (String type : publicTypes()) {
            counts.merge(type.substring(0, type.lastIndexOf('.')), 1, Integer::sum);
        }
        counts.forEach((room, count) -> assertTrue(count <= MOST, room + " has " + count));
    }
}
