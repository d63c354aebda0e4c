package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cnnkit.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private PrintStream out;

    @BeforeEach
    void catchWhatIsPrinted() {
        out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void printAgain() {
        System.setOut(out);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8).strip().replace("\r", "");
    }

    @Test
    void aClaimThatHoldsIsTicked() {
        Claims.claim("two is two", 2 == 2);
        assertEquals("✓ two is two", printed());
    }

    @Test
    void aClaimThatDoesNotHoldStopsTheNotebook() {
        ClaimException e = assertThrows(ClaimException.class, () -> Claims.claim("two is three", false));
        assertEquals("claim fails: two is three", e.getMessage());
        assertEquals("", printed());
    }

    @Test
    void aRefusalIsShownWithItsWords() {
        Claims.claimFails("values must fit", () -> Tensor.of(new float[3], 2, 2));
        assertEquals("✓ values must fit\n  shape [2, 2] holds 4 values but got 3", printed());
    }

    @Test
    void aCheckedExceptionIsARefusalToo() {
        Claims.claimFails("no such file", () -> {
            throw new IOException("not here");
        });
        assertEquals("✓ no such file\n  not here", printed());
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
