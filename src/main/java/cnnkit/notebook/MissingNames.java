package cnnkit.notebook;

import cnnkit.tensor.Language;
import cnnkit.tensor.Text;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/**
 * Says what to do about a name that the kernel does not know. After a restart, or where a learner begins in the middle,
 * that is not a mistake of the cell: the cells above have not run.
 */
final class MissingNames extends RejectedCells {
    private static final String CANNOT_FIND = "compiler.err.cant.resolve";

    MissingNames(JShell shell, Consumer<String> tell) {
        super(shell, tell);
    }

    @Override
    void rejected(Snippet snippet, Stream<Diag> minded) {
        Set<String> names = new LinkedHashSet<>();
        minded.filter(diag -> diag.getCode().startsWith(CANNOT_FIND))
                .sorted(Comparator.comparingLong(Diag::getStartPosition))
                .forEach(diag -> names.add(name(snippet, diag)));
        names.removeIf(name -> !name.matches("\\w+")); // a method of a known object is no missing cell
        if (!names.isEmpty()) {
            String words = Text.in( // names are those of the code, in every language
                    Language.current(),
                    "cnnkit: not there yet: %s. Run the cells above first: Run > Run All Above Selected Cell."
                            + " If they have run: is it spelt right?");
            tell.accept(words.replace("%s", String.join(", ", names)));
        }
    }

    private static String name(Snippet snippet, Diag diag) {
        String source = snippet.source();
        int from = (int) Math.max(0, Math.min(source.length(), diag.getStartPosition()));
        int to = (int) Math.max(from, Math.min(source.length(), diag.getEndPosition()));
        return source.substring(from, to);
    }
}
