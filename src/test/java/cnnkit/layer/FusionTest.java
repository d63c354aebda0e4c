package cnnkit.layer;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Computed together or one after another: the same bits. */
class FusionTest {
    /** A convolution and what may follow it, drawn at random; twice the same for the same seed. */
    private static List<Layer> layers(int seed, ConvolutionAlgorithm algorithm) {
        Random random = new Random(seed);
        int groups = 1 + random.nextInt(2);
        int filters = groups * (1 + random.nextInt(9)), kernel = 1 + random.nextInt(3);
        Window window = Window.of(kernel).padding(random.nextInt(4)).stride(1 + random.nextInt(2));
        Tensor W = quarters(random, filters, 1 + random.nextInt(2), kernel, kernel), b = quarters(random, filters);
        List<Layer> layers = new ArrayList<>();
        layers.add(new Convolution(W, b, window.remainder(Remainder.FLOOR), groups).use(algorithm));
        Remainder remainder = random.nextInt(4) == 0 ? Remainder.CEIL : Remainder.FLOOR;
        Window pool = Window.of(1 + random.nextInt(3), 1 + random.nextInt(3)).stride(1 + random.nextInt(3));
        MaxPooling pooling = new MaxPooling((random.nextInt(4) == 0
                        ? Window.of(2).padding(1)
                        : random.nextBoolean() ? Window.of(2).stride(2) : pool)
                .remainder(remainder));
        switch (random.nextInt(4)) {
            case 0 -> layers.addAll(List.of(new Relu(), pooling));
            case 1 -> layers.addAll(List.of(pooling, new Relu()));
            case 2 -> layers.add(pooling);
            default -> layers.add(new Relu());
        }
        return layers;
    }

    /** Multiples of 1/4: so that equal maxima and sums of exactly 0 are frequent. */
    private static Tensor quarters(Random random, int... shape) {
        return random(random, shape).map(v -> Math.rint(2 * v) / 4);
    }

    @Test
    void togetherOrOneAfterAnotherGivesTheSameBits() {
        for (int seed = 0; seed < 400; seed++) {
            List<Layer> apart = layers(seed, ConvolutionAlgorithm.naive());
            List<Layer> together = Fusion.of(layers(seed, ConvolutionAlgorithm.engine()));
            assertEquals(1, together.size());
            together.get(0).reuseTensors(true);
            Random random = new Random(seed + 1000);
            Convolution one = (Convolution) apart.get(0);
            int channels = one.W().value().size(1) * one.groups();
            int height = 7 + random.nextInt(9), width = 7 + random.nextInt(9);
            for (int batch : new int[] {3, 3, 1, 11}) { // buffers are filled again, and made anew
                Tensor x = quarters(random, batch, channels, height, width);
                Tensor expected = x;
                for (Layer layer : apart) {
                    expected = layer.forward(expected);
                }
                assertSameBits(expected, together.get(0).forward(x), "out, seed " + seed);
                Tensor dout = random(random, expected.shape());
                Tensor dx = dout;
                for (int i = apart.size() - 1; i >= 0; i--) {
                    dx = apart.get(i).backward(dx);
                }
                assertSameBits(dx, together.get(0).backward(dout), "dx, seed " + seed);
                Convolution two = convolutionIn(together.get(0));
                assertSameBits(one.W().gradient(), two.W().gradient(), "dW, seed " + seed);
                assertSameBits(one.b().gradient(), two.b().gradient(), "db, seed " + seed);
            }
        }
    }

    private static Convolution convolutionIn(Layer step) {
        return step instanceof Convolution convolution ? convolution : ((Fusion) step).convolution();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void anErrorUpstreamDoesNotVanish(float bad) {
        List<Layer> layers = List.of(
                new Convolution(Tensor.filled(1, 1, 1, 1, 1), Tensor.zeros(1), Window.of(1)),
                new Relu(),
                new MaxPooling(Window.of(2).stride(2)));
        for (int i = 0; i < 4; i++) {
            Tensor x = Tensor.range(1, 1, 2, 2);
            x.data()[i] = bad;
            assertEquals(bad, Fusion.of(layers).get(0).forward(x).data()[0]);
        }
    }

    @Test
    void eachLayerStillSpeaksForItself() {
        Convolution convolution = new Convolution(Tensor.zeros(2, 1, 3, 3), Tensor.zeros(2), Window.of(3));
        MaxPooling pooling = new MaxPooling(Window.of(2).stride(2));
        convolution.name("Conv1");
        pooling.name("Pool1");
        Layer step = Fusion.of(List.of(convolution, new Relu(), pooling)).get(0);
        Exception channels = assertThrows(ShapeException.class, () -> step.forward(Tensor.zeros(1, 2, 6, 6)));
        assertEquals("Convolution Conv1: expected input [N, 1, H, W] but got [1, 2, 6, 6]", channels.getMessage());
        Exception odd = assertThrows(ShapeException.class, () -> step.forward(Tensor.zeros(1, 1, 7, 7)));
        assertEquals("MaxPooling Pool1", odd.getMessage().split(":")[0]);
        step.forward(Tensor.zeros(1, 1, 6, 6));
        Exception dout = assertThrows(ShapeException.class, () -> step.backward(Tensor.zeros(1, 2, 4, 4)));
        assertEquals("MaxPooling Pool1: expected dout [1, 2, 2, 2] but got [1, 2, 4, 4]", dout.getMessage());
    }

    @Test
    void theWayOfComputingMayChangeLater() {
        List<Layer> layers = layers(3, ConvolutionAlgorithm.engine());
        Layer step = Fusion.of(layers).get(0);
        Convolution convolution = (Convolution) layers.get(0);
        Tensor x = random(new Random(4), 2, convolution.W().value().size(1) * convolution.groups(), 9, 9);
        Tensor fast = step.forward(x);
        convolution.use(ConvolutionAlgorithm.naive());
        assertSameBits(fast, step.forward(x), "out");
        Tensor dout = random(new Random(5), fast.shape());
        Tensor dx = step.backward(dout);
        convolution.use(ConvolutionAlgorithm.engine());
        step.forward(x);
        assertSameBits(dx, step.backward(dout), "dx");
    }
}
