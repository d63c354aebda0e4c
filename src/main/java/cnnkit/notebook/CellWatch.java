package cnnkit.notebook;

import java.lang.reflect.Field;
import java.util.function.Consumer;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;

/**
 * Listens to the JShell of JJava, from now on, and tells below a cell what its learner would meet much later else. IJava hides
 * its own JShell: there, nothing is said.
 */
final class CellWatch {
    private static boolean watching;

    private CellWatch() {}

    static synchronized void begin() {
        if (watching) {
            return;
        }
        try {
            Class<?> type = Class.forName("org.dflib.jjava.jupyter.kernel.BaseKernel");
            Object kernel = type.getMethod("notebookKernel").invoke(null);
            if (kernel == null) {
                return;
            }
            JShell shell = (JShell) kernel.getClass().getMethod("getJShell").invoke(kernel);
            Consumer<String> tell = line -> System.err.println(line);
            shell.onSnippetEvent(new EmptiedVariables(tell));
            shell.onSnippetEvent(new MissingNames(shell, tell));
            watching = true;
            Field count = type.getDeclaredField("executionCount");
            count.setAccessible(true);
            Number cells = (Number) count.get(kernel);
            Consumer<SnippetEvent> next = new NextCells(StoppedTraining::words, cells::intValue, tell);
            shell.onSnippetEvent(next);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            // another kernel, or another version of it: the cells run all the same
        }
    }
}
