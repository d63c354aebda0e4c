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

import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalResponseNormalizationTest {

    private static LocalResponseNormalization norm1() {
        LocalResponseNormalization layer = new LocalResponseNormalization();
        layer.join("test", "Norm1");
        return layer;
    }

    /** k = 1, alpha = 1, beta = 1, three channels at a time: each value over 1 plus three squares. */
    @Test
    void eachValueIsDividedByTheStrengthOfItsNeighbours() {
        Layer layer = new LocalResponseNormalization(1, 3, 1, 1);
        Tensor x = tensor(shape(1, 4, 1, 1), 1, 2, 3, 0);
        assertClose(
                tensor(shape(1, 4, 1, 1), 1 / 6.0, 2 / 15.0, 3 / 14.0, 0), // 1+1+4, 1+1+4+9, 1+4+9+0
                layer.forward(x),
                1e-7,
                "out");
    }

    /** Two channels, n = 3: both scales are 1 + 1 + 4 = 6, and d out[i] / d x[j] = (i == j) / 6 - 2 x[i] x[j] / 36. */
    @Test
    void theGradientOfTwoChannelsByHand() {
        Layer layer = new LocalResponseNormalization(1, 3, 1, 1);
        layer.forward(tensor(shape(1, 2, 1, 1), 1, 2));
        Tensor dx = layer.backward(tensor(shape(1, 2, 1, 1), 18, 36));
        assertClose(
                tensor(
                        shape(1, 2, 1, 1),
                        18 / 6.0 - 18 * 2 / 36.0 - 36 * 4 / 36.0,
                        36 / 6.0 - 18 * 4 / 36.0 - 36 * 8 / 36.0),
                dx,
                1e-6,
                "dx");
    }

    /** 100 / (2 + 1e-4 * 100^2)^0.75 = 100 / 3^0.75; with alpha divided by n the scale would be 2.2. */
    @Test
    void alphaIsThatOfThePaperAndNotDividedByN() {
        Tensor out = norm1().forward(Tensor.filled(100, 1, 1, 1, 1));
        assertEquals(100 / Math.pow(3, 0.75), out.data()[0], 1e-5);
    }

    @Test
    void pixelsAndImagesDoNotMix() {
        Tensor x = random(new Random(1), 3, 4, 2, 2);
        Tensor together = new LocalResponseNormalization(1, 3, 1, 1).forward(x);
        for (int n = 0; n < 3; n++) {
            for (int pixel = 0; pixel < 4; pixel++) {
                Tensor alone = Tensor.zeros(1, 4, 1, 1);
                for (int c = 0; c < 4; c++) {
                    alone.set(x.get(n, c, pixel / 2, pixel % 2), 0, c, 0, 0);
                }
                Tensor out = new LocalResponseNormalization(1, 3, 1, 1).forward(alone);
                for (int c = 0; c < 4; c++) {
                    assertEquals(out.get(0, c, 0, 0), together.get(n, c, pixel / 2, pixel % 2));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"paper", "strong"})
    void numpyGetsTheSameNumbers(String name) throws IOException {
        Map<String, Tensor> file = golden("normalization-" + name);
        Tensor settings = file.get("settings");
        double alpha = name.equals("paper") ? 1e-4 : settings.get(2); // no float is 1e-4
        Layer layer = new LocalResponseNormalization(settings.get(0), (int) settings.get(1), alpha, settings.get(3));
        assertClose(file.get("out"), layer.forward(file.get("x")), FORWARD, "out");
        assertClose(file.get("dx"), layer.backward(file.get("dout")), BACKWARD, "dx");
        if (name.equals("paper")) {
            assertSameBits(layer.forward(file.get("x")), norm1().forward(file.get("x")), "the paper's settings");
        }
    }

    @Test
    void plainLoopsGetTheSameNumbers() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            int C = 1 + random.nextInt(9), n = 1 + 2 * random.nextInt(4);
            double k = 0.5 + random.nextDouble(), alpha = random.nextDouble(), beta = 2 * random.nextDouble();
            Tensor x = random(random, 2, C, 3, 2);
            Tensor expected = Tensor.zeros(x.shape());
            for (int i = 0; i < x.length(); i++) {
                int image = i / (C * 6), c = i / 6 % C, pixel = i % 6;
                double squares = 0;
                for (int j = 0; j < C; j++) {
                    float value = x.data()[(image * C + j) * 6 + pixel];
                    squares += Math.abs(j - c) <= n / 2 ? value * value : 0;
                }
                expected.data()[i] = (float) (x.data()[i] / Math.pow(k + alpha * squares, beta));
            }
            assertClose(expected, new LocalResponseNormalization(k, n, alpha, beta).forward(x), 1e-6, "seed " + seed);
        }
    }

    @Test
    void theGradientsAreThoseOfSmallSteps() {
        for (long seed = 1; seed <= 1000; seed++) {
            Random random = new Random(seed);
            int[] shape = {seed % 5 == 0 ? 2 : 1, 1 + random.nextInt(8), 1 + random.nextInt(3), 1 + random.nextInt(3)};
            Layer layer = new LocalResponseNormalization(
                    0.5 + random.nextDouble(),
                    1 + 2 * random.nextInt(4),
                    0.5 * random.nextDouble(),
                    1.5 * random.nextDouble());
            Gradients.check(layer, random(random, shape), random(random, shape), "seed " + seed);
        }
    }

    @Test
    void aSecondPassIntoTheSameTensorsGivesTheSameBits() {
        Tensor x = random(new Random(1), 2, 6, 3, 4), dout = random(new Random(2), 2, 6, 3, 4);
        FillingLayer layer = new LocalResponseNormalization(1, 3, 0.5, 0.75);
        Tensor out = layer.forward(x), dx = layer.backward(dout);
        Tensor outAgain = out.map(v -> 7), dxAgain = dx.map(v -> 7); // hold something else
        for (int step = 0; step < 3; step++) {
            layer.forward(dout, outAgain); // other values in between
            layer.forward(x, outAgain);
            assertSameBits(out, outAgain, "out");
            layer.backward(dout, dxAgain);
            assertSameBits(dx, dxAgain, "dx");
        }
    }

    @Test
    void theShapeStaysAndThereIsNothingToLearn() {
        assertArrayEquals(shape(96, 55, 55), norm1().outputShape(96, 55, 55));
        assertTrue(norm1().parameters().isEmpty());
        assertEquals(0, norm1().multiplyAdds(96, 55, 55));
    }

    @Test
    void settingsOutsideTheirRangeAreRefused() {
        String expected =
                "LocalResponseNormalization: expected k above 0, an odd n, alpha and beta from 0, but got k %s, n %d, alpha %s, beta %s";
        for (double[] s : new double[][] {
            {0, 5, 1, 1},
            {-1, 5, 1, 1},
            {2, 4, 1, 1},
            {2, -1, 1, 1},
            {2, 5, -1, 1},
            {2, 5, 1, -1},
            {2, 5, Double.NaN, 1},
            {Double.POSITIVE_INFINITY, 5, 1, 1}
        }) {
            fails(
                    IllegalArgumentException.class,
                    expected.formatted(s[0], (int) s[1], s[2], s[3]),
                    () -> new LocalResponseNormalization(s[0], (int) s[1], s[2], s[3]));
        }
    }

    @Test
    void errorsNameTheLayerAndBothShapes() {
        fails(
                ShapeException.class,
                "LocalResponseNormalization Norm1: expected input [N, C, H, W] but got [2, 100]",
                () -> norm1().forward(Tensor.zeros(2, 100)));
        fails(
                ShapeException.class,
                "LocalResponseNormalization Norm1: expected input [N, C, H, W] but got [N, 100]",
                () -> norm1().outputShape(100));
        LocalResponseNormalization layer = norm1();
        layer.forward(Tensor.zeros(2, 3, 4, 5));
        fails(
                ShapeException.class,
                "LocalResponseNormalization Norm1: expected dout [2, 3, 4, 5] but got [2, 3, 5, 4]",
                () -> layer.backward(Tensor.zeros(2, 3, 5, 4)));
        fails(
                IllegalStateException.class,
                "LocalResponseNormalization Norm1: backward needs a forward pass before it",
                () -> norm1().backward(Tensor.zeros(1, 1, 1, 1)));
    }
}
