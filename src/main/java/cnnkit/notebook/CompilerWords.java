package cnnkit.notebook;

import cnnkit.tensor.Language;
import cnnkit.tensor.Text;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/**
 * Says in the learner's language what the compiler minds about a cell; its English words, for which people search, stand
 * below. Java brings them in a few languages, Chinese among them, and needs no setting to be asked.
 */
final class CompilerWords extends RejectedCells {
    CompilerWords(JShell shell, Consumer<String> tell) {
        super(shell, tell);
    }

    @Override
    void rejected(Snippet snippet, Stream<Diag> minded) {
        Locale locale = locale(Language.current());
        minded.filter(Diag::isError)
                .filter(diag -> !diag.getMessage(locale).equals(diag.getMessage(Locale.ENGLISH)))
                .map(diag -> named(diag.getMessage(locale)))
                .distinct() // a name that is missing may stand in many lines
                .forEach(words -> tell.accept(Text.of("The compiler says: %s", words)));
    }

    /** Without the lines that end in the name of a class of JShell, which it has taken out. */
    private static String named(String words) {
        return words.lines().filter(line -> !line.endsWith(" ")).collect(Collectors.joining("\n"));
    }

    /** Java has its Chinese under that of a country. */
    private static Locale locale(Language language) {
        return "zh".equals(language.code()) ? Locale.SIMPLIFIED_CHINESE : Locale.forLanguageTag(language.code());
    }
}
