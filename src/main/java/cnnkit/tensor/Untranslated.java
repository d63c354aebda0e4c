package cnnkit.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was shown to a learner in English because no catalogue has it, each sentence once: for tests, and for translators, who
 * get it in a file with {@code -Dcnnkit.untranslated=FILE}.
 */
final class Untranslated {
    private static final int MOST = 10_000;
    private static final Set<String> SENTENCES = new TreeSet<>();

    private Untranslated() {}

    static synchronized void add(String sentence) {
        if (SENTENCES.size() >= MOST || !SENTENCES.add(sentence)) {
            return;
        }
        String file = System.getProperty("cnnkit.untranslated");
        if (file != null) {
            try {
                String line = sentence.replace("\n", "\\n") + "\n";
                Files.writeString(Path.of(file), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file, e);
            }
        }
    }

    static synchronized Set<String> sentences() {
        return Set.copyOf(SENTENCES);
    }
}
