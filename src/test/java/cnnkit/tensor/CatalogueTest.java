package cnnkit.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.network.LeNet;
import cnnkit.network.SimpleConvNet;
import java.awt.Font;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the library says to a learner is in the Chinese catalogue, and another language needs no code. */
class CatalogueTest {
    private static final Pattern SENTENCE =
            Pattern.compile("Text\\.(?:of|error)\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*\\+?\\s*)+)");
    private static final Pattern REFUSAL =
            Pattern.compile("new \\w+(?:Exception|Error)\\(\\s*[^();]*?(\"[^\"]*[a-z]{3} [^\"]*\")");
    private static final Pattern CONSTANT = Pattern.compile("static final String \\w+ =\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern WORDS = Pattern.compile("[a-z]{2,} [a-zA-Z]{2,}");
    private static final Pattern CODE =
            Pattern.compile("^<|\\{|#|[\\u4e00-\\u9fff]"); // markup, programs, both languages
    private static final Pattern HAN = Pattern.compile("[\\u4e00-\\u9fff]");
    private static final Pattern CHINESE =
            Pattern.compile("[\\u3000-\\u303f\\u4e00-\\u9fff\\uff00-\\uffef]"); // marks, too
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern HOLE = Pattern.compile("%(?:\\d+\\$)?([-+,.0-9]*[a-zA-Z%])");
    private static final Pattern ENTRY = Pattern.compile("(?m)^msgid \"(.+)\"\nmsgstr \"(.+)\"$");
    /** Nothing to translate: markup, marks, numbers, names. */
    private static final Pattern SAME =
            Pattern.compile("<.*|[^a-zA-Z]*(?:%[-+,.0-9]*[a-z][^a-zA-Z]*)*", Pattern.DOTALL);

    private static final Set<String> NAMES = Set.of(
            "Dropout",
            "im2col",
            "col2im",
            "ReLU",
            "sigmoid",
            "dropout",
            "null",
            "logX()",
            "logY()",
            "out[%d]",
            "max(0, %s) = %s");
    private static final String ZH = "src/main/resources/cnnkit/messages/zh.po";

    @AfterEach
    void asBefore() {
        Language.use("");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static String joined(MatchResult found) {
        StringBuilder sentence = new StringBuilder();
        LITERAL.matcher(found.group(1)).results().forEach(part -> sentence.append(part.group(1)));
        return sentence.toString().replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
    }

    @Test
    void everySentenceOfTheLibraryIsTranslated() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Path source : sources()) {
            SENTENCE.matcher(Files.readString(source))
                    .results()
                    .map(CatalogueTest::joined)
                    .forEach(sentence -> {
                        boolean formula = sentence.startsWith("\n")
                                || sentence.matches("[a-zA-Z][\\[(]%d.*|%s to %s: %s -> %s")
                                || sentence.contains("·") && sentence.contains(" = %d")
                                || sentence.matches("\\(?[HFSPNcdkno].{0,3}[-+/*,> ].*") && sentence.length() < 20;
                        if (!SAME.matcher(sentence).matches()
                                && !NAMES.contains(sentence)
                                && !formula
                                && Text.in(Language.of("zh"), sentence).equals(sentence)) {
                            missing.add(source.getFileName() + ": " + sentence);
                        }
                    });
        }
        assertEquals(Set.of(), missing);
    }

    /** Patterns are read backwards, too, from what a cell put together: "%s with %s" would take any English sentence for its own. */
    @Test
    void noPatternHasLittleWordsOnly() throws IOException {
        List<String> patterns = ENTRY.matcher(Files.readString(Path.of(ZH)))
                .results()
                .map(entry -> entry.group(1))
                .filter(sentence -> sentence.matches("%s,? (a|and|as|at|by|for|from|in|is|of|on|the|to|with| )+ %s"))
                .filter(sentence -> Template.of(sentence, "").isPresent())
                .toList();
        assertEquals(List.of(), patterns, "give them a word of their own");
    }

    /** A constant is put into a sentence, by itself or with others behind it. */
    @Test
    void whatAConstantSaysIsTranslated() throws IOException {
        Set<String> sentences = entries().keySet();
        List<String> missing = new ArrayList<>();
        for (Path source : sources()) {
            CONSTANT.matcher(Files.readString(source))
                    .results()
                    .map(found -> found.group(1))
                    .filter(words ->
                            WORDS.matcher(words).find() && !CODE.matcher(words).find())
                    .filter(words -> sentences.stream().noneMatch(sentence -> sentence.startsWith(words)))
                    .forEach(words -> missing.add(source.getFileName() + ": " + words));
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void noRefusalEscapesTheCatalogue() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : sources()) {
            Matcher refusal = REFUSAL.matcher(Files.readString(source));
            while (refusal.find()) {
                if (!refusal.group().contains("Text.")) {
                    found.add(source.getFileName() + ": " + refusal.group());
                }
            }
        }
        // They serve the catalogue, or lie below it.
        found.removeIf(each -> each.matches("(Messages|Language|Untranslated|HanFont|Workers)\\.java.*"));
        assertEquals(List.of(), found);
    }

    /** All sentences of the Chinese catalogues, in the jar and beside the notebooks. */
    private static Map<String, String> entries() throws IOException {
        List<Path> catalogues = new ArrayList<>(List.of(Path.of(ZH)));
        try (Stream<Path> files = Files.list(Path.of("notebooks/zh/messages"))) {
            files.sorted().forEach(catalogues::add);
        }
        Map<String, String> entries = new TreeMap<>();
        for (Path catalogue : catalogues) {
            Matcher entry = ENTRY.matcher(Files.readString(catalogue));
            while (entry.find()) {
                String before = entries.put(entry.group(1), entry.group(2));
                assertTrue(
                        before == null || before.equals(entry.group(2)),
                        catalogue + " says otherwise: " + entry.group(1));
            }
        }
        return entries;
    }

    @Test
    void translationsHaveTheSameHoles() throws IOException {
        entries().forEach((english, chinese) -> assertEquals(holes(english), holes(chinese), english));
    }

    private static List<String> holes(String sentence) {
        return HOLE.matcher(sentence)
                .results()
                .map(hole -> hole.group(1))
                .sorted()
                .toList();
    }

    @Test
    void theFontHasEveryLetter() throws Exception {
        Font font;
        try (InputStream file = CatalogueTest.class.getResourceAsStream("/cnnkit/font/NotoSansSC-subset.ttf")) {
            font = Font.createFont(Font.TRUETYPE_FONT, file);
        }
        Set<String> missing = new TreeSet<>();
        for (String chinese : entries().values()) {
            chinese.codePoints()
                    .filter(letter -> !font.canDisplay(letter))
                    .forEach(letter -> missing.add(Character.toString(letter)));
        }
        missing.removeAll(Set.of("⏱", "▪", "●", "○", "◐", "✓")); // marks of printed lines, which no figure has
        assertEquals(Set.of(), missing, "run: python3 lab.py font");
        assertTrue(Files.size(Path.of("src/main/resources/cnnkit/font/NotoSansSC-subset.ttf")) <= 400 * 1024);
    }

    @Test
    void aFinishedSentenceIsFoundByItsPatternBehindAMarkAndInParts() {
        Language.use("zh");
        assertEquals("✓ 输出大小漏算了填充", Text.shown("✓ the size forgets the padding"));
        assertEquals("○ 练习 3：还没有作答", Text.shown("○ Exercise 3: not yet. There is no answer so far"));
        assertEquals("滤波器 7，损失", Text.shown("filter 7, loss"));
        assertEquals("Conv1：损失；x = 1, y = 2", Text.shown("Conv1: loss; x = 1, y = 2")); // numbers keep theirs
        assertEquals("✓ 第 3 题：损失", Text.shown("✓ Question 3: loss")); // not "Question %s"
        assertEquals("Conv1", Text.shown("Conv1"));
        assertEquals("", Text.shown(""));
    }

    @Test
    void whatIsPutIntoASentenceIsTranslatedToo() {
        Language.use("zh");
        assertEquals("损失随轮的变化：验证集", Text.of("%s against %s: %s", "loss", "epoch", "validation"));
    }

    @Test
    void aRefusalHasTheEnglishLineBelow() {
        Language.use("zh");
        String said = assertThrows(
                        ShapeException.class, () -> Tensor.range(2, 3).reshape(4, 2))
                .getMessage();
        assertEquals("无法把 [2, 3]（共 6 个值）变形为 [4, 2]\ncannot reshape [2, 3], which holds 6 values, to [4, 2]", said);
        assertEquals("文件：文件已损坏：结束得太早\nx: damaged: it ends too early", told("文件", "x"));
        Language.use("en");
        assertEquals(
                "cannot reshape [2, 3], which holds 6 values, to [4, 2]",
                assertThrows(ShapeException.class, () -> Tensor.range(2, 3).reshape(4, 2))
                        .getMessage());
    }

    /** What stands in its holes was made in the learner's language. */
    @Test
    void theEnglishLineIsEnglishToItsLastWord() {
        Language.use("zh");
        for (Executable wrong : List.<Executable>of(
                () -> Window.of(3).stride(3).outputHeight(8),
                () -> Window.of(2).stride(2).outputHeight(7),
                () -> SimpleConvNet.create(1).load(weightsOfAnother()),
                () -> SimpleConvNet.create(1).predict(Tensor.zeros(1, 3, 28, 28)),
                () -> Tensor.zeros(2, 3).dot(Tensor.zeros(2, 3)))) {
            String said = assertThrows(Exception.class, wrong).getMessage();
            String[] lines = said.split("\n");
            assertTrue(lines.length >= 2 && HAN.matcher(lines[0]).find(), said);
            assertFalse(CHINESE.matcher(lines[lines.length - 1]).find(), said);
        }
    }

    private static Path weightsOfAnother() throws IOException {
        Path file = Files.createTempFile("other", ".npz");
        file.toFile().deleteOnExit();
        LeNet.create(1).save(file);
        return file;
    }

    /** A cause that is told again. */
    private static String told(String here, String file) {
        return Text.error("%s: damaged: %s", here + "\n" + file, "结束得太早\nit ends too early");
    }

    @Test
    void anotherLanguageCostsAFolderAndNoCode(@TempDir Path folder) throws IOException {
        Path messages = Files.createDirectories(folder.resolve("notebooks/qx/messages"));
        Files.writeString(
                messages.resolve("all.po"),
                "msgid \"filter %s\"\nmsgstr \"<%s filter>\"\n\nmsgid \"%d as %d\"\nmsgstr \"<%d for %d>\"\n");
        String before = System.getProperty("user.dir");
        System.setProperty("user.dir", folder.toString());
        try {
            Language.use("qx");
            assertEquals("<3 filter>", Text.shown("filter 3"));
            assertEquals("<7 for 2>", Text.shown("7 as 2"));
            assertEquals("good as gold", Text.shown("good as gold"));
            assertThrows(IllegalArgumentException.class, () -> Language.use("qy"));
        } finally {
            System.setProperty("user.dir", before);
        }
    }
}
