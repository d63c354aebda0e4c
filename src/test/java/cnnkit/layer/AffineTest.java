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
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AffineTest {

    private static Affine affine1() {
        Affine layer = new Affine(Tensor.zeros(12, 5), Tensor.zeros(5));
        layer.join("test", "Affine1");
        return layer;
    }

    @Test
    void everyOutputIsAWeightedSumOfAllInputs() {
        Affine layer = new Affine(tensor(shape(2, 3), 1, 2, 3, 10, 20, 30), tensor(shape(3), 100, 200, 300));
        assertEquals(tensor(shape(2, 3), 121, 242, 363, 143, 286, 429), layer.forward(tensor(shape(2, 2), 1, 2, 3, 4)));
    }

    @Test
    void theGradientsOfTwoInputsAndTwoOutputsByHand() {
        Affine layer = new Affine(tensor(shape(2, 2), 1, 2, 3, 4), Tensor.zeros(2));
        layer.forward(tensor(shape(2, 2), 5, 6, 7, 8));
        Tensor dx = layer.backward(tensor(shape(2, 2), 1, 10, 100, 1000));
        assertEquals(tensor(shape(2, 2), 1 + 20, 3 + 40, 100 + 2000, 300 + 4000), dx); // dout W^T
        assertEquals(
                tensor(shape(2, 2), 5 + 700, 50 + 7000, 6 + 800, 60 + 8000),
                layer.W().gradient()); // x^T dout
        assertEquals(tensor(shape(2), 101, 1010), layer.b().gradient());
    }

    @Test
    void anInputOfAnyShapeIsFlattenedAndItsGradientTakesTheShapeBack() {
        Tensor x = Tensor.range(2, 3, 2, 2);
        Affine layer = affine1();
        assertArrayEquals(shape(2, 5), layer.forward(x).shape());
        assertArrayEquals(shape(2, 3, 2, 2), layer.backward(Tensor.zeros(2, 5)).shape());
        assertArrayEquals(shape(2, 3, 2, 2), x.shape());
    }

    @Test
    void numpyGetsTheSameNumbers() throws IOException {
        Map<String, Tensor> file = golden("affine");
        Affine layer = new Affine(file.get("W"), file.get("b"));
        assertClose(file.get("out"), layer.forward(file.get("x")), FORWARD, "out");
        assertClose(file.get("dx"), layer.backward(file.get("dout")), BACKWARD, "dx");
        assertClose(file.get("dW"), layer.W().gradient(), BACKWARD, "dW");
        assertClose(file.get("db"), layer.b().gradient(), BACKWARD, "db");
    }

    @Test
    void theGradientsAreThoseOfSmallSteps() {
        for (long seed = 1; seed <= 1000; seed++) {
            int[] input = Geometry.draw(seed).ofFewImages().inputShape(); // (N, C, H, W), or already flat
            int inputs = input[1] * input[2] * input[3];
            Random random = new Random(seed);
            int outputs = 1 + random.nextInt(6);
            Affine layer = new Affine(random(random, inputs, outputs), random(random, outputs));
            Tensor x = seed % 2 == 0 ? random(random, input) : random(random, input[0], inputs);
            Gradients.check(layer, x, random(random, input[0], outputs), "seed " + seed);
        }
    }

    @Test
    void aSecondBackwardPassOverwritesTheGradients() {
        Random random = new Random(8);
        Affine layer = new Affine(random(random, 4, 3), random(random, 3));
        Tensor x = random(random, 2, 4), dout = random(random, 2, 3);
        layer.forward(x);
        layer.backward(dout);
        Tensor dW = layer.W().gradient().copy(), db = layer.b().gradient().copy();
        layer.forward(x);
        layer.backward(dout);
        assertEquals(dW, layer.W().gradient());
        assertEquals(db, layer.b().gradient());
    }

    @Test
    void anImageGetsTheSameNumbersAloneAndInABatch() {
        Random random = new Random(4);
        Affine layer = new Affine(random(random, 600, 10), random(random, 10));
        Tensor x = random(random, 9, 600);
        Tensor together = layer.forward(x);
        for (int n = 0; n < 9; n++) {
            assertEquals(layer.forward(x.rows(n, n + 1)), together.rows(n, n + 1), "image " + n);
        }
    }

    @Test
    void theLedgerOfTheHiddenLayerOfTheBook() {
        Affine layer = new Affine(Tensor.zeros(4320, 100), Tensor.zeros(100));
        assertArrayEquals(shape(100), layer.outputShape(30, 12, 12));
        assertEquals(432_000, layer.multiplyAdds(30, 12, 12));
        assertEquals(
                432_100,
                layer.parameters().stream().mapToInt(p -> p.value().length()).sum());
    }

    @Test
    void wrongShapesNameTheLayerAndBothShapes() {
        fails(
                ShapeException.class,
                "Affine Affine1: expected input [N, 12] but got [N, 3, 2, 3], which is 18 values each",
                () -> affine1().forward(Tensor.zeros(2, 3, 2, 3)));
        fails(
                ShapeException.class,
                "Affine Affine1: expected input [N, 12] but got [0, 12]",
                () -> affine1().forward(Tensor.zeros(0, 12)));
        fails(
                ShapeException.class,
                "Affine Affine1: expected input [N, 12] but got [12]",
                () -> affine1().forward(Tensor.zeros(12)));
        Affine layer = affine1();
        layer.forward(Tensor.zeros(2, 12));
        fails(
                ShapeException.class,
                "Affine Affine1: expected dout [2, 5] but got [5, 2]",
                () -> layer.backward(Tensor.zeros(5, 2)));
        fails(
                ShapeException.class,
                "Affine: expected bias b [5] but got [12]",
                () -> new Affine(Tensor.zeros(12, 5), Tensor.zeros(12)));
        fails(
                ShapeException.class,
                "Affine: expected weights W [inputs, outputs] but got [12]",
                () -> new Affine(Tensor.zeros(12), Tensor.zeros(12)));
    }

    @Test
    void backwardNeedsAForwardPassBeforeIt() {
        fails(
                IllegalStateException.class,
                "Affine Affine1: backward needs a forward pass before it",
                () -> affine1().backward(Tensor.zeros(1, 5)));
    }
}
