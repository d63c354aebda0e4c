package cnnkit.layer;

import static cnnkit.tensor.Check.BACKWARD;
import static cnnkit.tensor.Check.FORWARD;
import static cnnkit.tensor.Check.assertClose;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.golden;
import static cnnkit.tensor.Check.random;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cnnkit.im2col.Geometry;
import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainedSubsamplingTest {
    private static final Window HALF = Window.of(2).stride(2);

    private static TrainedSubsampling sub1() {
        TrainedSubsampling layer = new TrainedSubsampling(tensor(shape(2), 10, 100), tensor(shape(2), 1, 2), HALF);
        layer.join("test", "Sub1");
        return layer;
    }

    @Test
    void theSumOfAWindowIsMultipliedAndTheBiasAdded() {
        Tensor x = tensor(shape(1, 2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
        assertEquals(tensor(shape(1, 2, 1, 1), 10 * 10 + 1, 100 * 26 + 2), sub1().forward(x));
    }

    @Test
    void theGradientsOfTwoChannelsByHand() {
        TrainedSubsampling layer = sub1();
        layer.forward(tensor(shape(1, 2, 2, 4), 1, 2, 0, 0, 3, 4, 0, 5, 5, 6, 7, 7, 7, 8, 7, 7));
        Tensor dx = layer.backward(tensor(shape(1, 2, 1, 2), 1, 2, 3, 4));
        assertEquals(
                tensor(
                        shape(1, 2, 2, 4), //
                        10,
                        10,
                        20,
                        20,
                        10,
                        10,
                        20,
                        20, //
                        300,
                        300,
                        400,
                        400,
                        300,
                        300,
                        400,
                        400),
                dx);
        assertEquals(
                tensor(shape(2), 1 * 10 + 2 * 5, 3 * 26 + 4 * 28),
                layer.coefficient().gradient());
        assertEquals(tensor(shape(2), 1 + 2, 3 + 4), layer.bias().gradient());
    }

    @Test
    void withAQuarterAndNoBiasItIsAnAverage() {
        Tensor x = random(new Random(1), 3, 4, 6, 8);
        Layer trained = new TrainedSubsampling(Tensor.filled(0.25f, 4), Tensor.zeros(4), HALF);
        assertEquals(new AveragePooling(HALF).forward(x), trained.forward(x));
    }

    @Test
    void numpyGetsTheSameNumbers() throws IOException {
        Map<String, Tensor> file = golden("trained-subsampling");
        TrainedSubsampling layer = new TrainedSubsampling(file.get("coefficient"), file.get("bias"), HALF);
        assertClose(file.get("out"), layer.forward(file.get("x")), FORWARD, "out");
        assertClose(file.get("dx"), layer.backward(file.get("dout")), BACKWARD, "dx");
        assertClose(file.get("dcoefficient"), layer.coefficient().gradient(), BACKWARD, "dcoefficient");
        assertClose(file.get("dbias"), layer.bias().gradient(), BACKWARD, "dbias");
    }

    /** The sum of a window is the sum of a row of im2col. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("geometries")
    void unfoldingAndAddingUpEachRowGivesTheSame(Geometry g) {
        Random random = new Random(g.seed());
        Tensor x = random(random, g.inputShape());
        Tensor coefficient = random(random, g.channels()), bias = random(random, g.channels());
        Tensor out = new TrainedSubsampling(coefficient, bias, g.window()).forward(x);
        Tensor col = Im2col.im2col(x.reshape(g.batch() * g.channels(), 1, g.height(), g.width()), g.window());
        Tensor expected = Tensor.zeros(out.shape());
        for (int row = 0; row < col.size(0); row++) {
            int c = row / (out.size(2) * out.size(3)) % g.channels();
            expected.data()[row] = (float) (coefficient.get(c) * col.slice(row).sum() + bias.get(c));
        }
        assertClose(expected, out, 1e-6, g);
    }

    /** With values of one sign: where the sum of a gradient cancels, a numerical one is nothing but rounding. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("geometries")
    void theGradientsAreThoseOfSmallSteps(Geometry g) {
        Random random = new Random(g.seed());
        Layer layer = new TrainedSubsampling(random(random, g.channels()), random(random, g.channels()), g.window());
        Tensor x = random(random, g.ofFewImages().inputShape()).map(Math::abs);
        Tensor dout = random(random, layer.forward(x).shape()).map(Math::abs);
        Gradients.check(layer, x, dout, g);
    }

    static Stream<Geometry> geometries() {
        return Geometry.some(1000);
    }

    @Test
    void aSecondBackwardPassOverwritesTheGradients() {
        TrainedSubsampling layer = sub1();
        layer.forward(Tensor.filled(1, 3, 2, 2, 2));
        layer.backward(Tensor.filled(1, 3, 2, 1, 1));
        layer.backward(Tensor.filled(1, 3, 2, 1, 1));
        assertEquals(tensor(shape(2), 12, 12), layer.coefficient().gradient());
        assertEquals(tensor(shape(2), 3, 3), layer.bias().gradient());
    }

    @Test
    void theLedgerOfS2() { // of LeNet-5: two numbers for each of six maps
        TrainedSubsampling layer = new TrainedSubsampling(Tensor.zeros(6), Tensor.zeros(6), HALF);
        assertArrayEquals(shape(6, 14, 14), layer.outputShape(6, 28, 28));
        assertEquals(6 * 14 * 14, layer.multiplyAdds(6, 28, 28));
        assertEquals(
                List.of("coefficient", "bias"),
                layer.parameters().stream().map(Parameter::name).toList());
        assertEquals(HALF, layer.window());
    }

    @Test
    void errorsNameTheLayerAndBothShapes() {
        fails(
                ShapeException.class,
                "TrainedSubsampling Sub1: expected input [N, 2, H, W] but got [1, 3, 4, 4]",
                () -> sub1().forward(Tensor.zeros(1, 3, 4, 4)));
        fails(
                ShapeException.class,
                "TrainedSubsampling Sub1: expected input [N, 2, H, W] but got [N, 3, 4, 4]",
                () -> sub1().outputShape(3, 4, 4));
        fails(
                ShapeException.class,
                "TrainedSubsampling: expected bias [2] but got [3]",
                () -> new TrainedSubsampling(Tensor.zeros(2), Tensor.zeros(3), HALF));
        TrainedSubsampling layer = sub1();
        layer.forward(Tensor.zeros(2, 2, 4, 6));
        fails(
                ShapeException.class,
                "TrainedSubsampling Sub1: expected dout [2, 2, 2, 3] but got [2, 2, 4, 6]",
                () -> layer.backward(Tensor.zeros(2, 2, 4, 6)));
        fails(
                IllegalStateException.class,
                "TrainedSubsampling Sub1: backward needs a forward pass before it",
                () -> sub1().backward(Tensor.zeros(1, 2, 1, 1)));
    }
}
