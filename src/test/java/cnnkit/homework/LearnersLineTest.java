package cnnkit.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where in a learner's code it happened; the traces are those of a notebook, JDK 17 and 25 alike. */
class LearnersLineTest {
    private static Optional<String> at(String type, String method, String file, int line) {
        return LearnersLine.of(new StackTraceElement[] {
            new StackTraceElement("app", "java.base", "17", "java.util.Objects", "checkIndex", "Objects.java", 359),
            new StackTraceElement(type, method, file, line)
        });
    }

    @Test
    void aMethodOfACellIsNamedWithItsOwnLine() {
        assertEquals(Optional.of("line 2 of your method two"), at("REPL.$JShell$17", "two", "$JShell$17.java", 6));
        assertEquals(
                Optional.of("line 5 of your method im2col"),
                at("REPL.$JShell$17B", "lambda$im2col$0", "$JShell$17B.java", 9));
    }

    @Test
    void aClassOfACellIsNamedWithTheLineInIt() {
        assertEquals(Optional.of("line 4 of your class Mine"), at("REPL.$JShell$16$Mine", "a", "$JShell$16.java", 8));
    }

    @Test
    void aLambdaInAStatementIsCountedFromItsFirstLine() {
        assertEquals(
                Optional.of("line 3 of the statement in your cell"),
                at("REPL.$JShell$21", "lambda$do_it$$0", "$JShell$21.java", 9));
    }

    @Test
    void codeInAFileIsNamedWithIt() {
        assertEquals(Optional.of("of, Homework.java line 12"), at("Homework", "of", "Homework.java", 12));
    }

    @Test
    void codeOfTheLibraryIsNotTheLearners() {
        assertEquals(Optional.empty(), at("cnnkit.im2col.Im2col", "im2col", "Im2col.java", 50));
    }

    @Test
    void aReportNamesTheLineThatThrew() {
        Report report = Check.im2col((x, window) -> {
            throw new UnsupportedOperationException("not written yet");
        });
        assertEquals(Optional.of(Mistake.NOT_WRITTEN), report.mistake());
        assertTrue(
                report.toString().contains("your code threw UnsupportedOperationException: not written yet (lambda$"),
                report::toString);
        assertTrue(report.toString().contains("LearnersLineTest.java line "), report::toString);
    }
}
