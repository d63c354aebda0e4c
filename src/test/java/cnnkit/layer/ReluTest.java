package cnnkit.layer;

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

class ReluTest {

    private static Relu relu1() {
        Relu layer = new Relu();
        layer.join("test", "Relu1");
        return layer;
    }

    @Test
    void positiveValuesPassAndTheRestIsZero() {
        Relu layer = relu1();
        Tensor x = tensor(shape(1, 5), -2, -0.5, 0, 0.5, 2);
        assertEquals(tensor(shape(1, 5), 0, 0, 0, 0.5, 2), layer.forward(x));
        assertEquals(tensor(shape(1, 5), -2, -0.5, 0, 0.5, 2), x);
        assertEquals(
                tensor(shape(1, 5), 0, 0, 0, 40, 50), // nothing at 0 either
                layer.backward(tensor(shape(1, 5), 10, 20, 30, 40, 50)));
    }

    @Test
    void aZeroWithASignBecomesPlainZero() {
        assertEquals(tensor(shape(2), 0, 0), relu1().forward(tensor(shape(2), -0.0, 0.0)));
    }

    @Test
    void aNanPasses() {
        assertTrue(Float.isNaN(relu1().forward(Tensor.filled(Float.NaN, 1)).data()[0]));
    }

    @Test
    void numpyGetsTheSameNumbers() throws IOException {
        Map<String, Tensor> file = golden("relu");
        Relu layer = relu1();
        assertSameBits(file.get("out"), layer.forward(file.get("x")), "out");
        assertSameBits(file.get("dx"), layer.backward(file.get("dout")), "dx");
    }

    @Test
    void theGradientsAreThoseOfSmallSteps() {
        for (long seed = 1; seed <= 1000; seed++) {
            int[] shape = Geometry.draw(seed).ofFewImages().inputShape();
            Random random = new Random(seed);
            Tensor x = random(random, shape).map(v -> v + (v < 0 ? -0.05 : 0.05)); // away from the kink
            Gradients.check(relu1(), x, random(random, shape), "seed " + seed);
        }
    }

    @Test
    void anyShapeGoesThroughAndThereIsNothingToLearn() {
        assertArrayEquals(shape(30, 24, 24), relu1().outputShape(30, 24, 24));
        assertArrayEquals(shape(100), relu1().outputShape(100));
        assertTrue(relu1().parameters().isEmpty());
        assertEquals(0, relu1().multiplyAdds(30, 24, 24));
    }

    @Test
    void errorsNameTheLayer() {
        fails(
                IllegalStateException.class,
                "Relu Relu1: backward needs a forward pass before it",
                () -> relu1().backward(Tensor.zeros(1)));
        Relu layer = relu1();
        layer.forward(Tensor.zeros(2, 3));
        fails(
                ShapeException.class,
                "Relu Relu1: expected dout [2, 3] but got [3, 2]",
                () -> layer.backward(Tensor.zeros(3, 2)));
    }
}
