package cnnkit.network;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.engine.PinnedKernel;
import cnnkit.engine.PinnedKernel.Which;
import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.Convolution;
import cnnkit.layer.ConvolutionAlgorithm;
import cnnkit.layer.Layer;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Relu;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Computed together or one after another: the same bits. */
class BlockTest {
    /** A convolution and what may follow it, drawn at random, and scores; twice the same for the same seed. */
    private static Network network(int seed, ConvolutionAlgorithm algorithm) {
        Random random = new Random(seed);
        int groups = 1 + random.nextInt(2);
        int filters = groups * (1 + random.nextInt(9)), kernel = 1 + random.nextInt(3);
        Window window = Window.of(kernel).padding(random.nextInt(4)).stride(1 + random.nextInt(2));
        int channels = random.nextInt(3) == 0 ? 9 : 1 + random.nextInt(2); // with many, zeros of dout are left out
        Tensor W = quarters(random, filters, channels, kernel, kernel), b = quarters(random, filters);
        Network.Builder network = Network.builder(W.size(1) * groups, 7 + random.nextInt(9), 7 + random.nextInt(9));
        network.add("Conv1", new Convolution(W, b, window.remainder(Remainder.FLOOR), groups).use(algorithm));
        Remainder remainder = random.nextInt(4) == 0 ? Remainder.CEIL : Remainder.FLOOR;
        Window pool = Window.of(1 + random.nextInt(3), 1 + random.nextInt(3)).stride(1 + random.nextInt(3));
        Layer pooling = new MaxPooling((random.nextInt(4) == 0
                        ? Window.of(2).padding(1)
                        : random.nextBoolean() ? Window.of(2).stride(2) : pool)
                .remainder(remainder));
        switch (random.nextInt(4)) {
            case 0 -> network.add("Relu1", new Relu()).add("Pool1", pooling);
            case 1 -> network.add("Pool1", pooling).add("Relu1", new Relu());
            case 2 -> network.add("Pool1", pooling);
            default -> network.add("Relu1", new Relu());
        }
        int flat = Shapes.length(network.shape());
        return network.add("Affine1", new Affine(random(random, flat, 3), Tensor.zeros(3)))
                .build();
    }

    /** Multiples of 1/4: so that equal maxima and sums of exactly 0 are frequent. */
    private static Tensor quarters(Random random, int... shape) {
        return random(random, shape).map(v -> Math.rint(2 * v) / 4);
    }

    private static Tensor batch(Random random, int N, Network network) {
        int[] one = network.inputShape();
        return quarters(random, N, one[0], one[1], one[2]);
    }

    @ParameterizedTest
    @EnumSource
    void togetherOrOneAfterAnotherGivesTheSameBits(Which which) {
        AtomicInteger together = new AtomicInteger();
        PinnedKernel.run(which, () -> {
            for (int seed = 0; seed < 400; seed++) {
                Network apart = network(seed, ConvolutionAlgorithm.naive());
                Network fast = network(seed, ConvolutionAlgorithm.engine());
                assertEquals(Plan.layerByLayer(apart), apart.plan());
                together.addAndGet(fast.plan().equals(Plan.layerByLayer(fast)) ? 0 : 1);
                Pass one = apart.pass(), other = fast.pass();
                Random random = new Random(seed + 1000);
                for (int N : new int[] {3, 3, 1, 11}) { // buffers are filled again, and made anew
                    Tensor x = batch(random, N, fast);
                    Tensor scores = one.forward(x);
                    assertSameBits(scores, other.forward(x), "scores, seed " + seed);
                    Tensor dout = random(random, scores.shape());
                    assertSameBits(one.backward(dout), other.backward(dout), "dx, seed " + seed);
                    for (String name : new String[] {"W1", "b1", "W2", "b2"}) {
                        Tensor gradient = apart.parameter(name).gradient();
                        assertSameBits(gradient, fast.parameter(name).gradient(), "d" + name + ", seed " + seed);
                    }
                }
            }
        });
        assertTrue(together.get() > 200, together + " of 400 were computed together");
    }

    /** What is not finite goes the same way through all of them, forward and back: a NaN wins, and gets the gradient. */
    @ParameterizedTest
    @EnumSource
    void infinitiesAndNaNGiveTheSameBitsToo(Which which) {
        float[] special = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, -0f};
        PinnedKernel.run(which, () -> {
            for (int seed = 0; seed < 300; seed++) {
                Network apart = network(seed, ConvolutionAlgorithm.naive());
                Network fast = network(seed, ConvolutionAlgorithm.engine());
                Random random = new Random(seed + 2000);
                Tensor x = batch(random, 2, fast);
                for (int i = 0; i < 1 + seed % 4; i++) {
                    x.data()[random.nextInt(x.length())] = special[random.nextInt(special.length)];
                }
                if (seed % 5 == 0) {
                    int at = random.nextInt(apart.parameter("W1").value().length());
                    apart.parameter("W1").value().data()[at] = Float.POSITIVE_INFINITY;
                    fast.parameter("W1").value().data()[at] = Float.POSITIVE_INFINITY;
                }
                Pass one = apart.pass(), other = fast.pass();
                Tensor scores = one.forward(x);
                assertSameBits(scores, other.forward(x), "scores, seed " + seed);
                Tensor dout = random(random, scores.shape());
                if (seed % 3 == 0) {
                    dout.data()[random.nextInt(dout.length())] = special[random.nextInt(special.length)];
                }
                assertSameBits(one.backward(dout), other.backward(dout), "dx, seed " + seed);
                for (String name : new String[] {"W1", "b1"}) {
                    Tensor gradient = apart.parameter(name).gradient();
                    assertSameBits(gradient, fast.parameter(name).gradient(), "d" + name + ", seed " + seed);
                }
            }
        });
    }

    private static Network convReluPool() {
        return Network.builder(1, 2, 2)
                .add("Conv1", new Convolution(Tensor.filled(1, 1, 1, 1, 1), Tensor.zeros(1), Window.of(1)))
                .add("Relu1", new Relu())
                .add("Pool1", new MaxPooling(Window.of(2).stride(2)))
                .add("Affine1", new Affine(Tensor.filled(1, 1, 1), Tensor.zeros(1)))
                .build();
    }

    @Test
    void anErrorUpstreamDoesNotVanish() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            for (int i = 0; i < 4; i++) {
                Tensor x = Tensor.range(1, 1, 2, 2);
                x.data()[i] = bad;
                assertEquals(bad, convReluPool().predict(x).data()[0]);
            }
        }
    }

    @Test
    void eachLayerStillSpeaksForItself() {
        Network network = Network.builder(1, 6, 6)
                .add("Conv1", new Convolution(Tensor.zeros(2, 1, 3, 3), Tensor.zeros(2), Window.of(3)))
                .add("Relu1", new Relu())
                .add("Pool1", new MaxPooling(Window.of(2).stride(2)))
                .add("Affine1", new Affine(Tensor.zeros(8, 2), Tensor.zeros(2)))
                .build();
        assertEquals("Conv1 + Relu1 + Pool1 in one go, Affine1", network.plan().toString());
        Exception channels = assertThrows(ShapeException.class, () -> network.predict(Tensor.zeros(1, 2, 6, 6)));
        assertEquals("Convolution Conv1: expected input [N, 1, H, W] but got [1, 2, 6, 6]", channels.getMessage());
        Exception odd = assertThrows(ShapeException.class, () -> network.predict(Tensor.zeros(1, 1, 7, 7)));
        assertEquals("Network: expected input [N, 1, 6, 6] but got [1, 1, 7, 7]", odd.getMessage());
        Pass part = network.passUpTo("Pool1");
        part.forward(Tensor.zeros(1, 1, 6, 6));
        Exception dout = assertThrows(ShapeException.class, () -> part.backward(Tensor.zeros(1, 2, 4, 4)));
        assertEquals("MaxPooling Pool1: expected dout [1, 2, 2, 2] but got [1, 2, 4, 4]", dout.getMessage());
    }
}
