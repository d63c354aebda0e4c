package cnnkit.homework;

import cnnkit.tensor.Text;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;

/**
 * Runs the cells of one hand-in, without a notebook around them, and writes down what the checks find: for
 * {@code python3 lab.py grade}, which starts it in a JVM of its own for each hand-in.
 *
 * <p>The cells lie in a folder as files, {@code 003.check.java} and so on. Those of the kind {@code check} come from the teacher:
 * the number that such a cell ends with is its points, as nbgrader has it. A line of the result is {@code cell}, number, points
 * (empty if there are none), mistakes, or {@code problem}, number, words, with tabs between; each is written as soon as it is
 * known, so that whatever happens afterwards takes nothing away. The last line is {@code end}: without it a cell has ended Java.
 */
final class HandIn {
    private static final List<String> IMPORTED = List.of( // as a notebook has them from the beginning
            "java.io.*",
            "java.math.*",
            "java.net.*",
            "java.nio.file.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.function.*",
            "java.util.prefs.*",
            "java.util.regex.*",
            "java.util.stream.*");

    /** What a notebook's kernel has beside Java; here nobody looks at what is shown. */
    private static final List<String> OF_THE_KERNEL = List.of(
            "String display(Object value, String... types) { return \"\"; }",
            "void updateDisplay(String place, Object value, String... types) {}",
            "Object lineMagic(String name, List<String> arguments) { return null; }");

    private final JShell shell;
    private final Path results;

    private HandIn(JShell shell, Path results) {
        this.shell = shell;
        this.results = results;
    }

    /** With all that a notebook has from the beginning. */
    static HandIn with(Path results) {
        JShell shell = JShell.builder()
                .executionEngine("local")
                .out(System.out)
                .err(System.err)
                .build();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            shell.addToClasspath(entry);
        }
        IMPORTED.forEach(name -> shell.eval("import " + name + ";"));
        OF_THE_KERNEL.forEach(shell::eval);
        return new HandIn(shell, results);
    }

    /**
     * Runs the cells.
     *
     * @param arguments the folder of the cells, and the file of the results
     * @throws IOException if the cells cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        with(Path.of(arguments[1])).runAll(Path.of(arguments[0]));
        System.exit(0); // also where a loop that was left behind goes on
    }

    /** Runs the cells of a folder, and says that it has come to the end. */
    void runAll(Path folder) throws IOException {
        List<Path> cells;
        try (Stream<Path> files = Files.list(folder)) {
            cells = files.sorted().toList();
        }
        for (Path cell : cells) {
            run(cell);
        }
        write("end");
    }

    /** Runs one cell. */
    void run(Path cell) throws IOException {
        String[] name = cell.getFileName().toString().split("\\.");
        Set<String> mistakes = new LinkedHashSet<>();
        Check.listen(report -> report.mistakes().forEach(mistake -> mistakes.add(mistake.name())));
        String rest = Files.readString(cell)
                .lines()
                .filter(line -> !line.startsWith("%"))
                .collect(Collectors.joining("\n"));
        String value = "";
        while (!rest.isBlank()) {
            SourceCodeAnalysis.CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            String source = next.completeness().isComplete() ? next.source() : rest;
            rest = next.completeness().isComplete() ? next.remaining() : "";
            List<SnippetEvent> events = shell.eval(source);
            for (SnippetEvent event : events) {
                look(name[0], event);
                value = event.value() == null ? value : event.value();
            }
            if (events.stream().anyMatch(HandIn::hasFailed)) {
                value = ""; // a notebook stops the cell here, and does not reach what it would end with
                break;
            }
        }
        if (name[1].equals("check")) {
            write("cell", name[0], value.matches("[0-9.]+") ? value : "", String.join(" ", mistakes));
        }
    }

    private static boolean hasFailed(SnippetEvent event) {
        return event.exception() != null || isRejected(event);
    }

    /** Of the code itself, and not of other code that depends on it. */
    private static boolean isRejected(SnippetEvent event) {
        return event.causeSnippet() == null && event.status() == Snippet.Status.REJECTED;
    }

    /** Writes down what did not compile, and what was thrown. */
    private void look(String cell, SnippetEvent event) {
        if (isRejected(event)) {
            String words = shell.diagnostics(event.snippet())
                    .map(diagnostic ->
                            diagnostic.getMessage(null).lines().findFirst().orElse(""))
                    .collect(Collectors.joining("; "));
            write("problem", cell, "it does not compile: " + words);
        }
        if (event.exception() instanceof EvalException thrown) {
            String type = thrown.getExceptionClassName();
            write("problem", cell, type.substring(type.lastIndexOf('.') + 1) + ": " + thrown.getMessage());
        } else if (event.exception() != null) {
            write("problem", cell, String.valueOf(event.exception().getMessage()));
        }
    }

    private void write(String... fields) {
        String line = Stream.of(fields)
                .map(field -> field.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " "))
                .collect(Collectors.joining("\t"));
        // half a character becomes "?" there, where Files.writeString would stop
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            Files.write(results, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(Text.error("cannot write %s", results), e);
        }
    }
}
