package cnnkit.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Points come of cells that run to their end, as in a notebook. */
class HandInTest {
    @TempDir
    private Path folder;

    @AfterEach
    void nobodyListens() {
        Check.listen(report -> {});
    }

    private List<String> results(String... cells) throws IOException {
        Path results = folder.resolve("results");
        HandIn handIn = HandIn.with(results);
        for (int i = 0; i < cells.length; i++) {
            Path cell = folder.resolve("%03d.check.java".formatted(i));
            Files.writeString(cell, cells[i]);
            handIn.run(cell);
        }
        return Files.readAllLines(results);
    }

    @Test
    void aCellThatStopsOnItsWayHasNoPoints() throws IOException {
        List<String> results = results(
                "int one = 1;\n2.5\n// so many",
                "3;\nif (one == 1) { throw new IllegalStateException(\"the check failed\"); }\none = 2;\n4.0",
                "nobody.knows();\none = 3;\n4.0",
                "one + 0.5");
        assertEquals("cell\t000\t2.5\t", results.get(0));
        assertEquals("problem\t001\tIllegalStateException: the check failed", results.get(1));
        assertEquals("cell\t001\t\t", results.get(2));
        assertEquals("cell\t002\t\t", results.get(4), () -> String.join("\n", results));
        assertEquals("cell\t003\t1.5\t", results.get(5), "the next cell runs, and the rest of the others did not");
    }

    @Test
    void anExceptionsOddWordsAreOneLineAndStopNothing() throws IOException {
        String odd = "a\\t\\fb\\r\\n\" + (char) 0x85 + (char) 0x1c + (char) 0x2028 + (char) 0xd83d + \"c";
        List<String> results = results("throw new IllegalStateException(\"" + odd + "\");", "2.0");
        assertEquals("problem\t000\tIllegalStateException: a b ?c", results.get(0));
        assertEquals("cell\t001\t2.0\t", results.get(2));
    }

    @Test
    void theLastLineSaysThatTheEndWasReached() throws IOException {
        Path cells = Files.createDirectory(folder.resolve("cells"));
        Files.writeString(cells.resolve("000.check.java"), "2.0");
        Files.writeString(cells.resolve("001.own.java"), "throw new IllegalStateException(\"on its way\");");
        HandIn.with(folder.resolve("results")).runAll(cells);
        List<String> results = Files.readAllLines(folder.resolve("results"));
        assertEquals(3, results.size(), () -> String.join("\n", results));
        assertEquals("end", results.get(2));
    }
}
