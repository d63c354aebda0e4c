package cnnkit.tensor;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterruptedWorkExceptionTest {
    @AfterEach
    void noInterruptIsLeftForTheNextTest() {
        Thread.interrupted();
    }

    @Test
    void workThatNobodyStopsGoesOn() {
        InterruptedWorkException.check("counting", 1, 2, "sheep");
    }

    @Test
    void workThatIsStoppedSaysHowFarItCameAndTakesNoteOfTheInterrupt() {
        Thread.currentThread().interrupt();
        CancellationException error = fails(
                InterruptedWorkException.class,
                "counting stopped after 1,000 of 3,000,000,000 sheep",
                () -> InterruptedWorkException.check("counting", 1000, 3_000_000_000L, "sheep"));
        assertFalse(Thread.currentThread().isInterrupted(), error.getMessage());
    }
}
