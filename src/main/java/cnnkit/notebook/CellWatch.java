package cnnkit.notebook;

import java.util.function.Consumer;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;

/** Listens to the JShell of the kernel, from now on, and tells below a cell what its learner would meet much later else. */
final class CellWatch {
    private static boolean watching;

    private CellWatch() {}

    static synchronized void begin(JavaKernel kernel) {
        if (watching) {
            return;
        }
        try {
            JShell shell = (JShell) kernel.shell();
            Number cells = kernel.cells();
            Consumer<String> tell = line -> System.err.println(line);
            Consumer<SnippetEvent> next = new NextCells(StoppedTraining::words, cells::intValue, tell);
            shell.onSnippetEvent(new EmptiedVariables(cells::intValue, tell));
            shell.onSnippetEvent(new MissingNames(shell, tell));
            shell.onSnippetEvent(new CompilerWords(shell, tell));
            shell.onSnippetEvent(next);
            watching = true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            // another kernel, or another version of it: the cells run all the same
        }
    }
}
