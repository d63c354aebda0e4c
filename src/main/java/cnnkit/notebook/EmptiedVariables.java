package cnnkit.notebook;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/**
 * Says at once, below the cell that did it, which variables the kernel has emptied. A kernel runs a cell in the JShell of
 * its own process, where a class cannot change once it is there: whatever makes JShell compile earlier variables anew sets
 * them to null, or 0. That is a class, method or variable they were made from, and a line break in front of an
 * {@code import a.b.*}. JJava leaves one behind after a comment above the import; IJava in front of each line of a cell.
 * Without a word the learner meets a null much later.
 */
final class EmptiedVariables implements Consumer<SnippetEvent> {
    private final IntSupplier cell;
    private final Consumer<String> tell;
    /** What has emptied the variables that were named last, and those variables: they may empty others in turn. */
    private final Set<Snippet> list = new HashSet<>();

    private int running = -1;
    /** Variables that the running cell has filled itself, and those it has been told of. */
    private final Set<String> filled = new HashSet<>(), named = new HashSet<>();

    /**
     * @param cell the number of the cell that is running
     * @param tell says it, line by line
     */
    EmptiedVariables(IntSupplier cell, Consumer<String> tell) {
        this.cell = cell;
        this.tell = tell;
    }

    /** JShell tells of the variables one by one, after the snippet that has emptied them. */
    @Override
    public void accept(SnippetEvent event) {
        if (running != cell.getAsInt()) {
            running = cell.getAsInt();
            filled.clear();
            named.clear();
        }
        Snippet cause = event.causeSnippet();
        boolean compiledAnew =
                event.previousStatus() == Status.VALID && event.status().isActive();
        if (cause == null) {
            list.clear(); // a new line of a cell has run
            if (event.snippet() instanceof VarSnippet variable) {
                filled.add(variable.name());
            }
        } else if (compiledAnew && event.isSignatureChange() && event.snippet() instanceof VarSnippet variable) {
            tell(cause, variable);
        }
    }

    private void tell(Snippet cause, VarSnippet variable) {
        // A first cell finds the kit, then imports: in IJava each of its imports empties what found the kit, which is
        // done with.
        boolean done = isBareImport(cause) && filled.contains(variable.name());
        if (done || !named.add(variable.name())) {
            return;
        }
        if (!list.contains(cause)) {
            list.clear();
            list.add(cause);
            tell.accept(why(cause) + "\nRun the cells again that fill");
        }
        list.add(variable);
        tell.accept("    " + variable.name());
    }

    private static boolean isBareImport(Snippet cause) {
        return cause.kind() == Snippet.Kind.IMPORT
                && cause.source().strip().lines().count() == 1;
    }

    private static String why(Snippet cause) {
        if (cause.kind() == Snippet.Kind.IMPORT) {
            List<String> lines = cause.source().strip().lines().toList();
            String line = lines.get(lines.size() - 1);
            return isBareImport(cause)
                    ? "cnnkit: since " + line + " has run, the kernel has emptied variables."
                    : "cnnkit: since a comment stands above " + line + " the kernel has emptied variables.\n"
                            + "Delete the comment, and run this cell again.";
        }
        String name = cause instanceof PersistentSnippet declared ? declared.name() : "what they were made from";
        return "cnnkit: since " + name + " has changed, the kernel has emptied what was made from it.";
    }
}
