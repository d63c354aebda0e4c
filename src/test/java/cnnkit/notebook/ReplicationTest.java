package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ReplicationTest {
    private static void inReplication(long number, Runnable work) {
        System.setProperty(Replication.PROPERTY, Long.toString(number));
        try {
            work.run();
        } finally {
            System.clearProperty(Replication.PROPERTY);
        }
    }

    @Test
    void aNotebookHasItsOwnSeeds() {
        assertEquals(3, Notebook.seed(3));
        assertEquals(
                "Notebook: expected a seed from 0 to 999 but got 1000",
                assertThrows(IllegalArgumentException.class, () -> Notebook.seed(1000))
                        .getMessage());
    }

    @Test
    void aRepetitionHasFreshOnes() {
        inReplication(1007, () -> assertEquals(1_007_003, Notebook.seed(3)));
    }

    @Test
    void inARepetitionAClaimThatFailsIsAResult() {
        inReplication(7, () -> assertEquals("✗ two is three", Printed.by(() -> Claims.claim("two is three", false))));
        inReplication(7, () -> assertEquals("✓ two is two", Printed.by(() -> Claims.claim("two is two", true))));
    }

    @Test
    void whatWasRecordedIsReproducedWithItsOwnSeedOnly() {
        assertEquals("= the run of seed 1", Printed.by(() -> Claims.reproduces("the run of seed 1", true)));
        assertEquals(
                "not reproduced: the run of seed 1",
                assertThrows(ClaimException.class, () -> Claims.reproduces("the run of seed 1", false))
                        .getMessage());
        inReplication(7, () -> assertEquals("", Printed.by(() -> Claims.reproduces("the run of seed 1", false))));
    }
}
