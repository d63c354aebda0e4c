package cnnkit.homework;

import cnnkit.tensor.Text;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.Optional;

/** The line of the learner's own code in a stack trace: the innermost that is neither Java's nor this library's. */
final class LearnersLine {
    private static final String CELL = "$JShell$", STATEMENT = "do_it$";
    private static final int ABOVE_A_DEFINITION = 4, ABOVE_A_VARIABLE = 6; // lines that JShell writes

    private LearnersLine() {}

    static Optional<String> of(StackTraceElement[] trace) {
        return Arrays.stream(trace).filter(LearnersLine::isLearners).findFirst().map(LearnersLine::inWords);
    }

    private static boolean isLearners(StackTraceElement element) {
        String module = element.getModuleName();
        boolean ofJava = module != null && (module.startsWith("java.") || module.startsWith("jdk."));
        return !ofJava
                && element.getLineNumber() > 0
                && !(element.getClassName().startsWith("cnnkit.") && isOurs(element));
    }

    /** Whether the class comes from where this one does: tests of this library lie elsewhere. */
    private static boolean isOurs(StackTraceElement element) {
        try {
            Class<?> type = Class.forName(element.getClassName(), false, LearnersLine.class.getClassLoader());
            return source(type).equals(source(LearnersLine.class));
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static String source(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null ? "" : String.valueOf(source.getLocation());
    }

    private static String inWords(StackTraceElement element) {
        String file = element.getFileName();
        return file == null || file.contains(CELL)
                ? inCell(element)
                : Text.of("%s, %s line %d", element.getMethodName(), file, element.getLineNumber());
    }

    /**
     * Code of a notebook has no file. JShell puts each statement and each definition into a class of its own ($JShell$12), below
     * some lines of its own, and a statement into the method do_it$.
     */
    private static String inCell(StackTraceElement element) {
        String method = element.getMethodName(), type = element.getClassName();
        if (method.contains(STATEMENT)) {
            int begin = Arrays.stream(Thread.currentThread().getStackTrace())
                    .filter(each -> each.getClassName().equals(type)
                            && each.getMethodName().startsWith(STATEMENT))
                    .mapToInt(StackTraceElement::getLineNumber)
                    .findFirst()
                    .orElse(ABOVE_A_VARIABLE + 1);
            return Text.of("line %d of the statement in your cell", element.getLineNumber() - begin + 1);
        }
        int line = element.getLineNumber() - ABOVE_A_DEFINITION;
        String inner = type.replaceFirst("^.*\\$JShell\\$\\w+\\$?", "");
        return inner.isEmpty()
                ? Text.of("line %d of your method %s", line, method.replaceFirst("^lambda\\$(.*)\\$\\d+$", "$1"))
                : Text.of("line %d of your class %s", line, inner.replace('$', '.'));
    }

    /** Whether code of a notebook's cell is at work. */
    static boolean isInCell(StackTraceElement[] trace) {
        return Arrays.stream(trace).anyMatch(element -> element.getClassName().contains(CELL));
    }

    /** Which mistake it is that there is no result. */
    static Mistake mistake(Throwable thrown) {
        if (thrown instanceof Guard.TooSlow || thrown instanceof Prints.TooMuch) {
            return Mistake.TOO_SLOW;
        }
        return isNotWritten(thrown) ? Mistake.NOT_WRITTEN : Mistake.THROWS;
    }

    /** What skeletons and editors put where code is missing; Java's own lists throw it, too, from a line that is not the learner's. */
    private static boolean isNotWritten(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return thrown.getClass() == UnsupportedOperationException.class && trace.length > 0 && isLearners(trace[0]);
    }

    /** A sentence about what was thrown, with the learner's line. */
    static String about(Throwable thrown) {
        String where =
                of(thrown.getStackTrace()).map(line -> Text.of(" (%s)", line)).orElse("");
        if (thrown instanceof Guard.TooSlow) {
            return Text.of("your code is %s%s: does a loop never end?", thrown.getMessage(), where);
        }
        if (thrown instanceof Prints.TooMuch) {
            return Text.of("your code does not end: %s%s", thrown.getMessage(), where);
        }
        if (thrown instanceof StackOverflowError) {
            return Text.of("your code calls itself without an end%s: StackOverflowError", where);
        }
        if (thrown instanceof OutOfMemoryError) {
            return Text.of("your code asks for more memory than there is%s: OutOfMemoryError", where);
        }
        if (thrown instanceof Explained) {
            return thrown.getMessage();
        }
        String message = message(thrown);
        return Text.of("your code threw %s%s%s", thrown.getClass().getSimpleName(), message, where);
    }

    /** What it says; a message may be code of the learner's, too, and throw. */
    private static String message(Throwable thrown) {
        try {
            return thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
        } catch (RuntimeException | Error e) {
            return "";
        }
    }

    /** Something about the learner's code that its message says in full. */
    static class Explained extends Exception {
        private static final long serialVersionUID = 1L;

        Explained(String message) {
            super(message);
        }
    }

    /** The learner's code gave null where something is expected. */
    static final class NothingCameBack extends Explained {
        private static final long serialVersionUID = 1L;

        NothingCameBack(String what) {
            super(Text.of("your code gives back null where %s is expected", what));
        }
    }
}
