package cnnkit.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EngineTest {
    @Test
    void itSaysWhichKernelRunsAndOnHowManyThreads() {
        String text = Engine.describe();
        assertTrue(text.matches("vectors of \\d+ floats, \\d+ threads?.*"), text);
        assertTrue(text.contains(" " + Workers.threads() + " thread"), text);
    }
}
