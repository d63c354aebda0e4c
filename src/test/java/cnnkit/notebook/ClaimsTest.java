package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cnnkit.tensor.Tensor;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    @Test
    void aClaimThatHoldsIsTicked() {
        assertEquals("✓ two is two", Printed.by(() -> Claims.claim("two is two", 2 == 2)));
    }

    @Test
    void aClaimThatDoesNotHoldStopsTheNotebook() {
        String printed = Printed.by(() -> {
            ClaimException e = assertThrows(ClaimException.class, () -> Claims.claim("two is three", false));
            assertEquals("claim fails: two is three", e.getMessage());
        });
        assertEquals("", printed);
    }

    @Test
    void aRefusalIsShownWithItsWords() {
        assertEquals(
                "✓ values must fit\n  shape [2, 2] holds 4 values but got 3",
                Printed.by(() -> Claims.claimFails("values must fit", () -> Tensor.of(new float[3], 2, 2))));
    }

    @Test
    void aCheckedExceptionIsARefusalToo() {
        assertEquals(
                "✓ no such file\n  not here",
                Printed.by(() -> Claims.claimFails("no such file", () -> {
                    throw new IOException("not here");
                })));
    }

    @Test
    void whatGoesThroughIsNoRefusal() {
        ClaimException e = assertThrows(ClaimException.class, () -> Claims.claimFails("it is refused", () -> {}));
        assertEquals("claim fails: it is refused: it went through", e.getMessage());
    }

    @Test
    void anAccidentIsNoRefusal() {
        assertThrows(
                ClaimException.class,
                () -> Claims.claimFails("it is refused", () -> {
                    throw new NullPointerException();
                }));
    }
}
