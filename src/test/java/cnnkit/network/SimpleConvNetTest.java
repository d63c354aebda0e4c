package cnnkit.network;

import static cnnkit.tensor.Check.BACKWARD;
import static cnnkit.tensor.Check.FORWARD;
import static cnnkit.tensor.Check.assertClose;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.golden;
import static cnnkit.tensor.Check.goldenFile;
import static cnnkit.tensor.Check.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.layer.Parameter;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimpleConvNetTest {

    @Test
    void theLayersAndParametersOfTheBook() { // section 7.5
        Network network = SimpleConvNet.create(1);
        assertEquals(
                List.of("Conv1", "Relu1", "Pool1", "Affine1", "Relu2", "Affine2"),
                List.copyOf(network.layers().keySet()));
        assertEquals(
                List.of("W1", "b1", "W2", "b2", "W3", "b3"),
                List.copyOf(network.parameters().keySet()));
        assertArrayEquals(shape(30, 1, 5, 5), network.parameter("W1").value().shape());
        assertArrayEquals(shape(30), network.parameter("b1").value().shape());
        assertArrayEquals(shape(4320, 100), network.parameter("W2").value().shape());
        assertArrayEquals(shape(100), network.parameter("b2").value().shape());
        assertArrayEquals(shape(100, 10), network.parameter("W3").value().shape());
        assertArrayEquals(shape(10), network.parameter("b3").value().shape());
    }

    @Test
    void theLedgerCountsParametersAndMultiplyAdds() {
        Summary ledger = SimpleConvNet.create(1).summary();
        assertEquals(new Summary.Line("Conv1", "Convolution", List.of(30, 24, 24), 780, 432_000), ledger.line("Conv1"));
        assertEquals(new Summary.Line("Relu1", "Relu", List.of(30, 24, 24), 0, 0), ledger.line("Relu1"));
        assertEquals(new Summary.Line("Pool1", "MaxPooling", List.of(30, 12, 12), 0, 0), ledger.line("Pool1"));
        assertEquals(new Summary.Line("Affine1", "Affine", List.of(100), 432_100, 432_000), ledger.line("Affine1"));
        assertEquals(new Summary.Line("Affine2", "Affine", List.of(10), 1_010, 1_000), ledger.line("Affine2"));
        assertEquals(780 + 432_100 + 1_010, ledger.parameters());
        assertEquals(432_000 + 432_000 + 1_000, ledger.multiplyAdds());
        assertEquals(List.of(1, 28, 28), ledger.inputShape());
        fails(IllegalArgumentException.class, "no layer is named Conv2", () -> ledger.line("Conv2"));
    }

    @Test
    void theLedgerIsATableAndAText() {
        Network network = SimpleConvNet.create(1);
        var table = network.summary().table();
        assertEquals(
                List.of("layer", "kind", "output shape", "parameters", "multiply-adds", "activation bytes"),
                table.columnNames());
        assertEquals(7, table.rowCount());
        assertEquals("[30, 24, 24]", table.stringColumn("output shape").get(0));
        assertEquals("total", table.stringColumn("layer").get(6));
        assertEquals(433_890, table.longColumn("parameters").get(6));
        assertEquals(865_000, table.longColumn("multiply-adds").get(6));
        assertEquals(4 * 39_090, table.longColumn("activation bytes").get(6));
        assertEquals(network.summary().toString(), network.toString());
        List<String> lines = network.toString().lines().toList();
        assertEquals("input [1, 28, 28]", lines.get(0));
        assertEquals(
                "Conv1      Convolution      [30, 24, 24]            780        432,000           69,120",
                lines.get(2));
        assertEquals(
                "total                                           433,890        865,000          156,360",
                lines.get(8));
    }

    @Test
    void weightsAreDrawnFromANarrowNormalDistributionAndBiasesAreZero() {
        Network network = SimpleConvNet.create(3);
        for (String name : List.of("W1", "W2", "W3")) {
            Tensor W = network.parameter(name).value();
            double spread = Math.sqrt(W.map(v -> v * v).sum() / W.length());
            assertEquals(0.01, spread, 0.01 * 4 / Math.sqrt(2 * W.length()), name); // four standard errors
        }
        for (String name : List.of("b1", "b2", "b3")) {
            Tensor b = network.parameter(name).value();
            assertEquals(Tensor.zeros(b.shape()), b, name);
        }
    }

    @Test
    void theSameSeedGivesTheSameWeightsAndAnotherSeedOthers() {
        assertEquals(weights(SimpleConvNet.create(1)), weights(SimpleConvNet.create(1)));
        Network one = SimpleConvNet.create(1), two = SimpleConvNet.create(2);
        for (String name : List.of("W1", "W2", "W3")) {
            assertNotEquals(one.parameter(name).value(), two.parameter(name).value(), name);
        }
    }

    private static List<Tensor> weights(Network network) {
        return network.parameters().values().stream().map(Parameter::value).toList();
    }

    /** The whole network, rectangles everywhere, against NumPy in float64. */
    @Test
    void numpyGetsTheSameScoresLossAndGradients() throws IOException {
        Network network = SimpleConvNet.builder()
                .input(2, 9, 8)
                .filters(3)
                .convolution(Window.of(2, 3))
                .hidden(5)
                .classes(4)
                .build(1);
        network.load(goldenFile("simple-conv-net-parameters"));
        Map<String, Tensor> file = golden("simple-conv-net");
        Tensor x = file.get("x");
        int[] labels =
                IntStream.range(0, 9).map(i -> (int) file.get("labels").get(i)).toArray();
        assertClose(file.get("scores"), network.predict(x), FORWARD, "scores");
        double loss = file.get("loss").get(0);
        assertEquals(loss, network.gradient(x, labels), 1e-5 * loss);
        network.parameters()
                .forEach((name, parameter) -> assertClose(file.get(name), parameter.gradient(), BACKWARD, name));
    }

    @Test
    void imagesNeedNotBeSquare() {
        Network network = SimpleConvNet.builder()
                .input(3, 20, 32)
                .filters(4)
                .convolution(Window.of(3, 5).padding(1, 2))
                .pooling(Window.of(2, 4).stride(2, 4))
                .hidden(6)
                .classes(7)
                .build(1);
        assertEquals(List.of(4, 10, 8), network.summary().line("Pool1").outputShape());
        assertArrayEquals(shape(320, 6), network.parameter("W2").value().shape());
        assertArrayEquals(
                shape(2, 7), network.predict(Tensor.zeros(2, 3, 20, 32)).shape());
        network.gradient(Tensor.filled(1, 2, 3, 20, 32), new int[] {6, 0});
    }

    @Test
    void anOddSizeIsRefusedWithTheLayerAndTheSizesThatFit() {
        fails(
                ShapeException.class,
                "MaxPooling Pool1: a 2x2 window with stride 2 does not divide height 23: 1 would be left over. Use height 22 or 24, padding, Remainder.FLOOR or Remainder.CEIL",
                () -> SimpleConvNet.builder().input(1, 27, 28).build(1));
        fails(
                ShapeException.class,
                "MaxPooling Pool1: a 2x2 window with stride 2 does not divide width 23: 1 would be left over. Use width 22 or 24, padding, Remainder.FLOOR or Remainder.CEIL",
                () -> SimpleConvNet.builder().input(1, 28, 27).build(1));
        fails(
                ShapeException.class,
                "Convolution Conv1: a 5x5 window with stride 1 does not fit into height 4: it needs at least 5",
                () -> SimpleConvNet.builder().input(1, 4, 28).build(1));
    }

    @Test
    void anOddSizeWorksWhenThePoolingMayRound() {
        Window pooling = Window.of(2).stride(2);
        SimpleConvNet.Builder builder = SimpleConvNet.builder().input(1, 27, 28);
        Network down = builder.pooling(pooling.remainder(Remainder.FLOOR)).build(1);
        Network up = builder.pooling(pooling.remainder(Remainder.CEIL)).build(1);
        assertEquals(List.of(30, 11, 12), down.summary().line("Pool1").outputShape());
        assertEquals(List.of(30, 12, 12), up.summary().line("Pool1").outputShape());
        for (Network network : List.of(down, up)) {
            double loss = network.gradient(Tensor.filled(0.5f, 2, 1, 27, 28), new int[] {3, 4});
            assertEquals(Math.log(10), loss, 0.05); // untrained: all classes about equally likely
        }
    }
}
