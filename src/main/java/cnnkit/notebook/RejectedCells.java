package cnnkit.notebook;

import java.util.function.Consumer;
import java.util.stream.Stream;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;

/** Hears of the cells that the compiler rejects, with what it minds about them. */
abstract class RejectedCells implements Consumer<SnippetEvent> {
    private final JShell shell;
    /** Says a line below the cell. */
    final Consumer<String> tell;

    RejectedCells(JShell shell, Consumer<String> tell) {
        this.shell = shell;
        this.tell = tell;
    }

    @Override
    public final void accept(SnippetEvent event) {
        if (event.causeSnippet() == null && event.status() == Status.REJECTED) {
            rejected(event.snippet(), shell.diagnostics(event.snippet()));
        }
    }

    abstract void rejected(Snippet snippet, Stream<Diag> minded);
}
