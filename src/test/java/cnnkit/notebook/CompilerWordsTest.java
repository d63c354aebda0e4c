package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.tensor.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.jshell.JShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real JShell that runs in this process, as the kernels have it. */
class CompilerWordsTest {
    private final JShell shell = JShell.builder().executionEngine("local").build();
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void watch() {
        shell.onSnippetEvent(new CompilerWords(shell, said::add));
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private List<String> saidIn(String language, String cell) {
        Language.of(language).speak(() -> shell.eval(cell));
        return said;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int x = \"a\";        | 不兼容的类型",
                "int x = 1 +;          | 非法的表达式开始",
                "\"a\".lenght()        | 找不到符号"
            })
    void anErrorOfTheCompilerIsChineseInAChineseNotebook(String cell, String words) {
        List<String> lines = saidIn("zh", cell);
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.get(0).startsWith("编译器：") && lines.get(0).contains(words), lines.toString());
    }

    @Test
    void thatOfTheMachineDoesNotMatter() {
        Locale machine = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertTrue(saidIn("zh", "int x = \"a\";").toString().contains("不兼容的类型"), said.toString());
        } finally {
            Locale.setDefault(machine);
        }
    }

    @Test
    void noClassOfJShellIsNamed() {
        assertEquals(List.of("编译器：找不到符号\n  符号:   变量 images"), saidIn("zh", "images + 1"));
    }

    @Test
    void whatIsWrongInManyPlacesIsSaidOnce() {
        assertEquals(
                2, saidIn("zh", "int twice = images + images * rows + images;").size(), said.toString());
    }

    @Test
    void englishNotebooksHaveTheWordsOfTheKernelAlone() {
        assertEquals(List.of(), saidIn("en", "int x = \"a\";"));
    }

    @Test
    void aCellThatIsRightHearsNothing() {
        assertEquals(List.of(), saidIn("zh", "int x = 1;"));
    }
}
