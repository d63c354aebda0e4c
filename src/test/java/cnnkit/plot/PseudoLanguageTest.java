package cnnkit.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cnnkit.tensor.Language;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Figures in a language that nobody speaks: every letter of every sentence of the catalogue is another one. What is drawn with
 * letters of English has escaped the catalogue.
 */
class PseudoLanguageTest {
    private static final Pattern ENTRY = Pattern.compile("(?m)^msgid \"(.+)\"$");
    private static final Pattern KEPT = Pattern.compile("%(?:\\d+\\$)?[-+,.0-9]*[a-zA-Z%]|\\\\.|[^a-zA-Z]");
    private static final Pattern ENGLISH = Pattern.compile("(?<![A-Za-z])[a-z]{3,}(?![A-Za-z0-9(])");
    /** What is written the same in all languages: names of the code and of the field, marks of the samples. */
    private static final Set<String> NAMES = Set.of(
            "dout",
            "softmax",
            "argmax",
            "max",
            "col",
            "dcol",
            "out",
            "filters",
            "ReLU",
            "reshape",
            "transpose",
            "rows",
            "down");

    private static String before;
    private static Path escaped;

    @BeforeAll
    static void speak(@TempDir Path folder) throws IOException {
        StringBuilder catalogue = new StringBuilder();
        Matcher entries = ENTRY.matcher(Files.readString(Path.of("src/main/resources/cnnkit/messages/zh.po")));
        while (entries.find()) {
            String english = entries.group(1);
            catalogue
                    .append("msgid \"")
                    .append(english)
                    .append("\"\nmsgstr \"")
                    .append(pseudo(english))
                    .append("\"\n");
        }
        Path messages = Files.createDirectories(folder.resolve("qq/messages"));
        Files.writeString(messages.resolve("all.po"), catalogue);
        before = System.getProperty("user.dir");
        System.setProperty("user.dir", folder.toString());
        Language.use("qq");
        escaped = Files.createTempFile("escaped", ".txt");
        System.setProperty("cnnkit.untranslated", escaped.toString());
    }

    private static String pseudo(String english) {
        StringBuilder text = new StringBuilder();
        Matcher kept = KEPT.matcher(english);
        for (int i = 0; i < english.length(); ) {
            if (kept.find(i) && kept.start() == i) {
                text.append(kept.group());
                i = kept.end();
            } else {
                text.append('ж');
                i++;
            }
        }
        return text.toString();
    }

    @AfterAll
    static void asBefore() throws IOException {
        Language.use("");
        System.setProperty("user.dir", before);
        System.clearProperty("cnnkit.untranslated");
        Files.delete(escaped);
    }

    @TestFactory
    Stream<DynamicTest> noFigureSaysAWordOfEnglish() {
        return FitTest.samples().entrySet().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.getKey().getSimpleName(), () -> {
                    Files.writeString(escaped, "");
                    Figure figure = sample.getValue().get().figure();
                    assertEquals(Set.of(), english(Files.readString(escaped)), "drawn");
                    assertEquals(Set.of(), english(figure.alt()), "alt text");
                }));
    }

    private static Set<String> english(String text) {
        Set<String> words = new TreeSet<>();
        ENGLISH.matcher(text).results().forEach(word -> words.add(word.group()));
        words.removeAll(NAMES);
        return words;
    }

    @Test
    void aSentenceThatNoCatalogueHasIsSeen() throws IOException {
        Files.writeString(escaped, "");
        Cells.pixels(Tensor.range(2, 2)).title("nobody has translated this").figure();
        assertEquals(Set.of("nobody", "has", "translated", "this"), english(Files.readString(escaped)));
    }
}
