package cnnkit.layer;

import static cnnkit.tensor.Check.random;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cnnkit.im2col.Geometry;
import cnnkit.tensor.Tensor;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The adjoint laws: a layer without bias is linear in its input and in its weights, so for any dout
 * {@code <f(x), dout> = <x, dx> = <W, dW>}. A gradient that reads a wrong element, or misses one, breaks them.
 */
class AdjointTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("geometries")
    void aConvolutionAndItsGradientsAreAdjoint(Geometry g) {
        Random random = new Random(g.seed());
        int groups = (int) (1 + g.seed() % 2);
        Tensor x = random(random, g.batch(), groups * g.channels(), g.height(), g.width());
        Tensor W = random(
                random,
                groups * g.filters(),
                g.channels(),
                g.window().kernelHeight(),
                g.window().kernelWidth());
        for (ConvolutionAlgorithm algorithm : new ConvolutionAlgorithm[] {
            ConvolutionAlgorithm.naive(), ConvolutionAlgorithm.im2col(), ConvolutionAlgorithm.engine()
        }) {
            Tensor noBias = Tensor.zeros(groups * g.filters());
            Convolution layer = new Convolution(W, noBias, g.window(), groups).use(algorithm);
            assertAdjoint(
                    layer, x, layer.W(), random, g + " " + algorithm.getClass().getSimpleName());
        }
    }

    static Stream<Geometry> geometries() {
        return Geometry.some(100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aFullyConnectedLayerAndItsGradientsAreAdjoint(int seed) {
        Random random = new Random(seed);
        int batch = 1 + random.nextInt(30), inputs = 1 + random.nextInt(250), outputs = 1 + random.nextInt(40);
        Affine layer = new Affine(random(random, inputs, outputs), Tensor.zeros(outputs));
        assertAdjoint(layer, random(random, batch, inputs), layer.W(), random, "seed " + seed);
    }

    static Stream<Integer> seeds() {
        return Stream.iterate(1, seed -> seed + 1).limit(100);
    }

    private static void assertAdjoint(Layer layer, Tensor x, Parameter W, Random random, String context) {
        Tensor out = layer.forward(x);
        Tensor dout = random(random, out.shape());
        Tensor dx = layer.backward(dout);
        double expected = product(out, dout);
        double scale = 1e-5 * Math.sqrt(product(out, out) * product(dout, dout)) + 1e-5;
        assertEquals(expected, product(x, dx), scale, context + ": dx");
        assertEquals(expected, product(W.value(), W.gradient()), scale, context + ": dW");
    }

    private static double product(Tensor a, Tensor b) {
        double sum = 0;
        for (int i = 0; i < a.length(); i++) {
            sum += (double) a.data()[i] * b.data()[i];
        }
        return sum;
    }
}
