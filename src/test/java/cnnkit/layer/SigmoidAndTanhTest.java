package cnnkit.layer;

import static cnnkit.tensor.Check.BACKWARD;
import static cnnkit.tensor.Check.FORWARD;
import static cnnkit.tensor.Check.assertClose;
import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.golden;
import static cnnkit.tensor.Check.random;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Geometry;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SigmoidAndTanhTest {

    private static <T extends Layer> T named(T layer) {
        layer.join("test", "Squash1");
        return layer;
    }

    @Test
    void zeroBecomesOneHalfAndLogThreeThreeQuarters() {
        Tensor x = tensor(shape(3), 0, Math.log(3), -Math.log(3)); // 1 / (1 + 1/3) = 3/4
        assertClose(tensor(shape(3), 0.5, 0.75, 0.25), new Sigmoid().forward(x), 1e-7, "sigmoid");
    }

    @Test
    void tanhOfLogTwoIsThreeFifths() {
        Tensor x = tensor(shape(3), 0, Math.log(2), -Math.log(2)); // (2 - 1/2) / (2 + 1/2) = 3/5
        assertClose(tensor(shape(3), 0, 0.6, -0.6), new Tanh().forward(x), 1e-7, "tanh");
    }

    @Test
    void theSlopeIsLargestInTheMiddle() {
        Layer sigmoid = new Sigmoid(), tanh = new Tanh();
        sigmoid.forward(tensor(shape(2), 0, Math.log(3)));
        assertClose(tensor(shape(2), 2, 1.5), sigmoid.backward(tensor(shape(2), 8, 8)), 1e-6, "sigmoid"); // 1/4, 3/16
        tanh.forward(tensor(shape(2), 0, Math.log(2)));
        assertClose(tensor(shape(2), 8, 5.12), tanh.backward(tensor(shape(2), 8, 8)), 1e-6, "tanh"); // 1, 16/25
    }

    @Test
    void farFromZeroTheyNeitherOverflowNorLearn() {
        Tensor x = tensor(shape(4), -1e30, -1000, 1000, Double.POSITIVE_INFINITY);
        Layer sigmoid = new Sigmoid(), tanh = new Tanh();
        assertEquals(tensor(shape(4), 0, 0, 1, 1), sigmoid.forward(x));
        assertEquals(tensor(shape(4), -1, -1, 1, 1), tanh.forward(x));
        assertEquals(Tensor.zeros(4), sigmoid.backward(Tensor.filled(1, 4)));
        assertEquals(Tensor.zeros(4), tanh.backward(Tensor.filled(1, 4)));
    }

    @Test
    void aNanPasses() {
        Tensor nan = Tensor.filled(Float.NaN, 1);
        assertTrue(Float.isNaN(new Sigmoid().forward(nan).get(0)));
        assertTrue(Float.isNaN(new Tanh().forward(nan).get(0)));
    }

    /** exp and tanh differ between machines unless they are those of StrictMath. */
    @Test
    void everyBitIsThatOfStrictMath() {
        Tensor x = random(new Random(5), 10_000).map(v -> 3 * v);
        assertSameBits(x.map(v -> 1 / (1 + StrictMath.exp(-v))), new Sigmoid().forward(x), "sigmoid");
        assertSameBits(x.map(StrictMath::tanh), new Tanh().forward(x), "tanh");
    }

    @Test
    void numpyGetsTheSameNumbers() throws IOException {
        for (Layer layer : new Layer[] {new Sigmoid(), new Tanh()}) {
            Map<String, Tensor> file = golden(layer instanceof Sigmoid ? "sigmoid" : "tanh");
            assertClose(file.get("out"), layer.forward(file.get("x")), FORWARD, layer + ": out");
            assertClose(file.get("dx"), layer.backward(file.get("dout")), BACKWARD, layer + ": dx");
        }
    }

    @Test
    void theGradientsAreThoseOfSmallSteps() {
        for (long seed = 1; seed <= 1000; seed++) {
            int[] shape = Geometry.draw(seed).ofFewImages().inputShape();
            Random random = new Random(seed);
            Tensor x = random(random, shape), dout = random(random, shape);
            Gradients.check(new Sigmoid(), x, dout, "seed " + seed);
            Gradients.check(new Tanh(), x, dout, "seed " + seed);
        }
    }

    @Test
    void aSecondPassIntoTheSameTensorsGivesTheSameBits() {
        Tensor x = random(new Random(1), 2, 3, 4), dout = random(new Random(2), 2, 3, 4);
        for (FillingLayer layer : new FillingLayer[] {new Sigmoid(), new Tanh()}) {
            Tensor out = layer.forward(x), dx = layer.backward(dout);
            Tensor outAgain = out.map(v -> 7), dxAgain = dx.map(v -> 7); // hold something else
            for (int step = 0; step < 3; step++) {
                layer.forward(dout, outAgain); // other values in between
                layer.forward(x, outAgain);
                assertSameBits(out, outAgain, layer + ": out");
                layer.backward(dout, dxAgain);
                assertSameBits(dx, dxAgain, layer + ": dx");
            }
        }
    }

    @Test
    void anyShapeGoesThroughAndThereIsNothingToLearn() {
        for (Layer layer : new Layer[] {new Sigmoid(), new Tanh()}) {
            assertArrayEquals(shape(30, 24, 24), layer.outputShape(30, 24, 24));
            assertTrue(layer.parameters().isEmpty());
            assertEquals(0, layer.multiplyAdds(30, 24, 24));
        }
    }

    @Test
    void errorsNameTheLayer() {
        fails(
                IllegalStateException.class,
                "Sigmoid Squash1: backward needs a forward pass before it",
                () -> named(new Sigmoid()).backward(Tensor.zeros(1)));
        fails(
                IllegalStateException.class,
                "Tanh Squash1: backward needs a forward pass before it",
                () -> named(new Tanh()).backward(Tensor.zeros(1)));
        for (Layer layer : new Layer[] {named(new Sigmoid()), named(new Tanh())}) {
            layer.forward(Tensor.zeros(2, 3));
            fails(
                    ShapeException.class,
                    layer + ": expected dout [2, 3] but got [3, 2]",
                    () -> layer.backward(Tensor.zeros(3, 2)));
        }
    }
}
