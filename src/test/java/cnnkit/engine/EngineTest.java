package cnnkit.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTest {
    @AfterEach
    void theFastKernelAgain() {
        Kernels.use(Kernels.vector());
    }

    @Test
    void itSaysWhichKernelRunsAndOnHowManyThreads() {
        Kernels.use(Kernels.vector());
        String text = Engine.describe();
        assertTrue(text.matches("vectors of \\d+ floats, \\d+ threads?.*"), text);
        assertTrue(text.contains(" " + Workers.threads() + " thread"), text);
    }

    @Test
    void itDoesNotSayVectorsWhileThePlainKernelRuns() {
        Kernels.use(Kernels.plain());
        String text = Engine.describe();
        assertTrue(text.startsWith("plain Java at first (vectors of "), text);
    }
}
