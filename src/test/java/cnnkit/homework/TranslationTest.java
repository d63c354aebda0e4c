package cnnkit.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cnnkit.tensor.Language;
import cnnkit.tensor.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A report speaks Chinese to the last word: every sentence of the checks is in the catalogue. */
class TranslationTest {
    private static final Pattern SENTENCE =
            Pattern.compile("Text\\.of\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*\\+?\\s*)+)");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern HOLE = Pattern.compile("%[-+,.0-9]*[a-z%]");
    /** Nothing to translate: marks, numbers and what is written the same everywhere. */
    private static final Pattern SAME =
            Pattern.compile("(?:<.*|[^a-zA-Z]*(?:%[-+,.0-9]*[a-z][^a-zA-Z]*)*)", Pattern.DOTALL);

    @AfterEach
    void asBefore() {
        Language.use("");
    }

    /** The sentences of the sources, and those that are made of words kept elsewhere. */
    private static Set<String> sentences() throws IOException {
        Set<String> sentences = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/cnnkit/homework"))) {
            for (Path file : files.toList()) {
                SENTENCE.matcher(Files.readString(file)).results().forEach(found -> sentences.add(joined(found)));
            }
        }
        sentences.addAll(List.of(
                "im2col",
                "col2im",
                "the output size",
                "convolution",
                "max pooling",
                "average pooling",
                "the affine layer",
                "ReLU",
                "sigmoid",
                "softmax with loss",
                "dropout",
                "the layer",
                "the network"));
        for (Case.Feature feature : Case.Feature.values()) {
            sentences.add(feature.words());
        }
        Language.use("en");
        for (Quantity quantity : Quantity.values()) {
            sentences.add(quantity.inWords());
        }
        for (Reading reading : Reading.values()) {
            sentences.add(reading.inWords());
        }
        for (Mistake mistake : Mistake.values()) {
            sentences.addAll(
                    List.of(mistake.inWords(), mistake.does(), mistake.why(), mistake.example(), mistake.question()));
        }
        sentences.removeIf(sentence -> SAME.matcher(sentence).matches());
        return sentences;
    }

    private static String joined(MatchResult found) {
        StringBuilder sentence = new StringBuilder();
        LITERAL.matcher(found.group(1)).results().forEach(part -> sentence.append(part.group(1)));
        return sentence.toString();
    }

    @Test
    void everySentenceIsTranslatedOrAName() throws IOException {
        Set<String> names = Set.of(
                "im2col",
                "col2im",
                "ReLU",
                "sigmoid",
                "dropout",
                "c, kx, ky",
                "ky, kx, c",
                "n, ox, oy",
                "oy, ox, n",
                "dout > 0");
        List<String> missing = new ArrayList<>();
        for (String sentence : sentences()) {
            boolean formula = sentence.matches("\\(?[HFSPN].*[-+/*].*") || names.contains(sentence);
            if (!formula && Text.in(Language.of("zh"), sentence).equals(sentence)) {
                missing.add(sentence);
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void translationsHaveTheSameHoles() throws IOException {
        for (String sentence : sentences()) {
            assertEquals(holes(sentence), holes(Text.in(Language.of("zh"), sentence)), sentence);
        }
    }

    private static List<String> holes(String sentence) {
        return HOLE.matcher(sentence.replaceAll("%\\d\\$", "%"))
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }
}
