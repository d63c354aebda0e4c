package cnnkit.network;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cnnkit.tensor.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void everyNumberTakesFourBytes() {
        Summary ledger = SimpleConvNet.create(1).summary();
        assertEquals(4 * 30 * 24 * 24, ledger.line("Conv1").activationBytes());
        assertEquals(4 * 30 * 12 * 12, ledger.line("Pool1").activationBytes());
        assertEquals(4 * 10, ledger.line("Affine2").activationBytes());
        assertEquals(4 * (2 * 17_280 + 4_320 + 100 + 100 + 10), ledger.activationBytes());
        assertEquals(4 * 433_890, ledger.parameterBytes());
    }

    @Test
    void anyInputSizeIsCounted() {
        Summary ledger = SimpleConvNet.builder().input(3, 64, 32).build(1).summary();
        assertEquals(List.of(3, 64, 32), ledger.inputShape());
        assertEquals(List.of(30, 60, 28), ledger.line("Conv1").outputShape());
        assertEquals(30L * 60 * 28 * 75, ledger.line("Conv1").multiplyAdds());
    }

    @Test
    void aNetworkCanBeCountedForInputsOfAnotherSizeUpToItsFirstAffineLayer() {
        Network network = FullyConnectedNet.create(1);
        Summary flat = Summary.of(network, 784);
        assertEquals(List.of(784), flat.inputShape());
        assertEquals(network.summary().lines(), flat.lines());
        fails(
                ShapeException.class,
                "Affine Affine1: expected input [N, 4320] but got [N, 30, 14, 14], which is 5880 values each",
                () -> Summary.of(SimpleConvNet.create(1), 1, 32, 32));
    }

    @Test
    void longNamesDoNotPushTheNumbersAside() {
        List<String> lines = AlexNet.small().build(1).toString().lines().skip(1).toList();
        for (String line : lines) {
            assertEquals(lines.get(0).length(), line.length(), line);
        }
        assertEquals(
                "Norm1      LocalResponseNormalization [16, 28, 28]              0              0           50,176",
                lines.get(3));
        assertFalse(lines.get(0).endsWith(" "), "the widest column is the last one");
    }
}
