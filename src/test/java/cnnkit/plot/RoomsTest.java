package cnnkit.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms of the figures: one door to XChart, one way to write and to colour numbers. */
class RoomsTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern OF_THE_MACHINE = Pattern.compile(
            "\\.formatted\\(|String\\.format\\(|toUpperCase\\(\\)|toLowerCase\\(\\)|Locale\\.getDefault\\(\\)|printf\\(");

    private static List<Path> sources(String... rooms) throws IOException {
        List<Path> all = new ArrayList<>();
        for (String room : rooms) {
            try (Stream<Path> files = Files.walk(SOURCES.resolve(room))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
            }
        }
        return all;
    }

    private static Class<?> type(Path source) throws ClassNotFoundException {
        String name = SOURCES.relativize(source).toString().replaceAll("\\.java$", "");
        return Class.forName(name.replaceAll("[/\\\\]", "."));
    }

    private static List<Class<?>> types() throws IOException, ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        for (Path source : sources("cnnkit/plot", "cnnkit/notebook")) {
            if (!source.endsWith("package-info.java")) {
                types.add(type(source));
                types.addAll(Arrays.asList(type(source).getDeclaredClasses()));
            }
        }
        return types;
    }

    @Test
    void onlyTheRoomOfChartsNamesXChart() throws IOException {
        for (Path source : sources("cnnkit")) {
            if (Files.readString(source).contains("org.knowm")) {
                assertTrue(source.startsWith(SOURCES.resolve("cnnkit/plot/chart")), source.toString());
            }
        }
    }

    @Test
    void noTypeOfXChartIsSeenFromOutside() throws Exception {
        List<String> seen = new ArrayList<>();
        for (Class<?> type : types()) {
            if (!Modifier.isPublic(type.getModifiers())) {
                continue;
            }
            for (Method method : type.getDeclaredMethods()) {
                if (isOpen(method.getModifiers()) && method.toGenericString().contains("org.knowm")) {
                    seen.add(method.toGenericString());
                }
            }
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (isOpen(constructor.getModifiers())
                        && constructor.toGenericString().contains("org.knowm")) {
                    seen.add(constructor.toGenericString());
                }
            }
        }
        assertEquals(List.of(), seen);
    }

    private static boolean isOpen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    @Test
    void nothingIsWrittenInTheWayOfTheMachinesCountry() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : sources("cnnkit", "../../experiments")) {
            Matcher matcher = OF_THE_MACHINE.matcher(Files.readString(source).replaceAll("(?s)/\\*.*?\\*/", ""));
            while (matcher.find()) {
                found.add(source + ": " + matcher.group());
            }
        }
        found.removeIf(line -> line.contains("XCharts.java: Locale.getDefault()")); // asks whether a learner chose one
        found.removeIf(line -> line.contains("Text.java: String.format(")); // the one place, which names no country
        assertEquals(List.of(), found);
    }

    @Test
    void numbersBecomeColoursInOnePlace() throws IOException {
        Pattern shareOfAScale = Pattern.compile("\\.min\\(\\)\\)\\s*/\\s*\\(");
        List<String> places = new ArrayList<>();
        for (Path source : sources("cnnkit/plot")) {
            if (shareOfAScale.matcher(Files.readString(source)).find()) {
                places.add(source.getFileName().toString());
            }
        }
        assertEquals(List.of("ColorScale.java"), places);
    }
}
