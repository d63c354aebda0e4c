package cnnkit.network;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cnnkit.im2col.Window;
import cnnkit.io.Npz;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFileTest {
    @TempDir
    Path folder;

    private static SimpleConvNet.Builder small() {
        return SimpleConvNet.builder()
                .input(1, 8, 8)
                .filters(3)
                .convolution(Window.of(3))
                .hidden(5);
    }

    private static Map<String, Tensor> values(Network network) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        network.parameters()
                .forEach((name, parameter) -> values.put(name, parameter.value().copy()));
        return values;
    }

    @Test
    void aNetworkThatIsSavedAndLoadedPredictsTheSameToTheBit() throws IOException {
        Network network = small().build(1);
        Network other = small().build(2);
        Tensor x = random(new Random(3), 4, 1, 8, 8);
        Tensor scores = network.predict(x);
        assertNotEquals(scores, other.predict(x));
        Path file = folder.resolve("net.npz");
        network.save(file);
        other.load(file);
        assertSameBits(scores, other.predict(x), "scores");
        assertEquals(values(network), values(other));
    }

    @Test
    void theFileHoldsTheParametersUnderTheNamesOfTheBook() throws IOException {
        Network network = small().build(1);
        Path file = folder.resolve("net.npz");
        network.save(file);
        assertEquals(values(network), Npz.read(file));
        assertEquals("[W1, b1, W2, b2, W3, b3]", Npz.read(file).keySet().toString());
    }

    @Test
    void loadingKeepsTheTensorsThatAnOptimizerKnows() throws IOException {
        Network network = small().build(1);
        Tensor W1 = network.parameter("W1").value();
        Path file = folder.resolve("net.npz");
        small().build(2).save(file);
        network.load(file);
        assertEquals(small().build(2).parameter("W1").value(), W1);
    }

    @Test
    void theParametersOfAnotherNetworkAreRefusedAndNothingChanges() throws IOException {
        Path file = folder.resolve("other.npz");
        small().hidden(7).build(2).save(file);
        Network network = small().build(1);
        Map<String, Tensor> before = values(network);
        fails(
                IllegalArgumentException.class,
                file
                        + " holds the parameters of another network: W2 is [27, 5] here but [27, 7] in the file; b2 is [5] here but [7] in the file; W3 is [5, 10] here but [7, 10] in the file. Nothing was loaded",
                () -> network.load(file));
        assertEquals(before, values(network));
    }

    @Test
    void missingAndUnknownParametersAreNamed() throws IOException {
        Network network = small().build(1);
        Map<String, Tensor> values = values(small().build(2));
        values.remove("b3");
        values.put("W4", Tensor.zeros(10, 2));
        Path file = folder.resolve("other.npz");
        Npz.write(file, values);
        Map<String, Tensor> before = values(network);
        fails(
                IllegalArgumentException.class,
                file
                        + " holds the parameters of another network: b3 [10] is missing in the file; W4 [10, 2] is not known here. Nothing was loaded",
                () -> network.load(file));
        assertEquals(before, values(network));
    }

    @Test
    void aDamagedFileChangesNothing() throws IOException {
        Path file = folder.resolve("net.npz");
        small().build(2).save(file);
        byte[] bytes = Files.readAllBytes(file);
        Network network = small().build(1);
        Map<String, Tensor> before = values(network);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThrows(IOException.class, () -> network.load(file));
        bytes[400] ^= 1; // in the values of W1
        Files.write(file, bytes);
        assertThrows(IOException.class, () -> network.load(file));
        assertEquals(before, values(network));
    }
}
