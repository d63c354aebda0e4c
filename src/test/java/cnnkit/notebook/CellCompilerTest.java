package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javax.management.JMException;
import org.junit.jupiter.api.Test;

class CellCompilerTest {
    private static final String PRINT = "compilerDirectivesPrint";

    @Test
    void hotSpotHasTheDirectives() throws JMException {
        CellCompiler.tell("compilerDirectivesClear"); // another test may have begun a kernel
        assertFalse(CellCompiler.tell(PRINT).contains("javac"));
        CellCompiler.spare();
        String told = CellCompiler.tell(PRINT);
        CellCompiler.tell("compilerDirectivesRemove");
        assertTrue(told.contains("com/sun/tools/javac/*.*") && told.contains("jdk/jshell/*.*"), told);
        assertFalse(told.contains("cnnkit"), "the engine is compiled by both");
    }
}
