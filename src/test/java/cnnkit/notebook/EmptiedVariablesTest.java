package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.VarSnippet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real JShell that runs in this process, as the kernels have it. */
class EmptiedVariablesTest {
    private final JShell shell = JShell.builder().executionEngine("local").build();
    private final List<String> said = new ArrayList<>();
    private int cell;

    @BeforeEach
    void watch() {
        shell.onSnippetEvent(new EmptiedVariables(() -> cell, said::add));
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private void cells(String... sources) {
        for (String source : sources) {
            cell++;
            shell.eval(source);
        }
    }

    private String valueOf(String variable) {
        VarSnippet newest = shell.variables()
                .filter(snippet -> snippet.name().equals(variable))
                .reduce((first, last) -> last)
                .orElseThrow();
        return shell.varValue(newest);
    }

    @Test
    void aCommentAboveAWildcardImportEmptiesVariablesAndEachIsNamed() {
        cells(
                "String network = \"there\";",
                "Integer trainer = 7;",
                "int counter = 7;",
                "// mine\nimport java.time.*;");
        assertEquals("null", valueOf("network"), "this is the kernel's fault that we tell of");
        assertEquals(List.of("    network", "    trainer"), said.subList(1, said.size()));
        assertTrue(said.get(0).contains("a comment stands above import java.time.*;"), said.get(0));
        assertEquals("7", valueOf("counter"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"// mine\n\n", "/* mine */\n", "/** mine */\n"})
    void anythingWithALineBreakAboveTheImportIsToldOf(String above) {
        cells("String a = \"there\";", above + "import static java.lang.Math.*;");
        assertEquals("null", valueOf("a"));
        assertTrue(said.get(0).contains("above import static java.lang.Math.*;"), said.get(0));
        assertEquals("    a", said.get(1));
    }

    @Test
    void anImportWithoutACommentThatComesAfterAnEditedClassIsNotBlamedForAComment() {
        cells("class Mine {}", "Object mine = new Mine();", "class Mine { int k; }", "import java.text.*;");
        assertEquals("null", valueOf("mine"));
        assertTrue(said.get(0).contains("since import java.text.*; has run"), said.get(0));
        assertEquals("    mine", said.get(1));
    }

    @Test
    void importsWithNothingAboveThemAreHarmlessAndNothingIsSaid() {
        cells("String a = \"there\";", "import java.time.*;", "// mine\nimport java.time.Instant;", "a = \"still\";");
        assertEquals("\"still\"", valueOf("a"));
        assertEquals(List.of(), said);
    }

    @Test
    void inIJavaEveryImportBeginsWithALineBreakAndTheCellNamesEachVariableOnce() {
        cells("String a = \"there\";");
        cell++;
        for (String line : List.of("String kit = \"found\";", "\nimport java.time.*;", "\nimport java.text.*;")) {
            shell.eval(line);
        }
        assertEquals("null", valueOf("a"));
        assertEquals("null", valueOf("kit"), "which that cell has filled for itself");
        assertEquals(2, said.size(), said.toString());
        assertTrue(said.get(0).contains("since import java.time.*; has run"), said.get(0));
        assertEquals("    a", said.get(1));
        cells("\nimport java.net.*;");
        assertEquals(List.of("    a", "    kit"), said.subList(3, 5), "the next cell has filled none");
    }

    @Test
    void whatWasMadeFromAnEditedClassIsNamed() {
        cells("class Mine { int k = 1; }", "Mine mine = new Mine();", "Object kept = 5;", "class Mine { int k = 2; }");
        assertEquals("null", valueOf("mine"));
        assertEquals("5", valueOf("kept"));
        assertEquals(2, said.size(), said.toString());
        assertTrue(said.get(0).contains("Mine has changed"), said.get(0));
        assertEquals("    mine", said.get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"int[] numbers = {2};", "String numbers = \"of another type\";"})
    void whatWasMadeFromAnEditedVariableIsNamed(String edited) {
        cells("int[] numbers = {1};", "var list = java.util.Arrays.asList(numbers);", "var more = list;", edited);
        assertTrue(said.get(0).contains("numbers has changed"), said.get(0));
        assertEquals(List.of("    list", "    more"), said.subList(1, said.size()), "what was made from the list, too");
    }

    @Test
    void aNumberThatTheKernelSetsToZeroIsNamedToo() {
        cells("int one = 1;", "int twice(int x) { return 2 * x * one; }", "var six = twice(3);", "double one = 1;");
        cells("int one = 1;");
        assertEquals("0", valueOf("six"));
        assertTrue(said.contains("    six"), said.toString());
    }

    @Test
    void aCellThatIsRunAgainAsItIsEmptiesNothingElse() {
        cells("int[] a = {1};", "var b = a.clone();", "int[] a = {1};", "a = null;");
        assertEquals("int[1] { 1 }", valueOf("b"));
        assertEquals(List.of(), said);
    }
}
