package cnnkit.layer;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cnnkit.engine.PinnedKernel;
import cnnkit.engine.PinnedKernel.Which;
import cnnkit.im2col.BatchChunks;
import cnnkit.im2col.Geometry;
import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three ways, the same bits. */
class ConvolutionAlgorithmTest {

    record Result(Tensor out, Tensor dx, Tensor dW, Tensor db) {
        static Result of(ConvolutionAlgorithm algorithm, Tensor x, Tensor W, Tensor b, Tensor dout, Window window) {
            int groups = x.size(1) / W.size(1);
            Convolution layer = new Convolution(W, b, window, groups).use(algorithm);
            Tensor out = layer.forward(x);
            Tensor dx = layer.backward(dout);
            return new Result(out, dx, layer.W().gradient(), layer.b().gradient());
        }

        void assertSame(Result other, Object context) {
            assertSameBits(out, other.out, context + ": out");
            assertSameBits(dx, other.dx, context + ": dx");
            assertSameBits(dW, other.dW, context + ": dW");
            assertSameBits(db, other.db, context + ": db");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("geometries")
    void theNaiveLoopsIm2colAndTheEngineGiveTheSameBits(Geometry g) {
        Random random = new Random(g.seed());
        int groups = (int) (1 + g.seed() % 3);
        Tensor x = withZerosOfBothSigns(random(random, times(groups, 1, g.inputShape())), random);
        Tensor W = random(random, times(groups, 0, g.filterShape()));
        Tensor b = random(random, groups * g.filters());
        Tensor dout = withZerosOfBothSigns(random(random, times(groups, 1, g.outputShape())), random);
        assertAllWaysAgree(x, W, b, dout, g);
    }

    private static void assertAllWaysAgree(Tensor x, Tensor W, Tensor b, Tensor dout, Geometry g) {
        Result naive = Result.of(ConvolutionAlgorithm.naive(), x, W, b, dout, g.window());
        naive.assertSame(Result.of(ConvolutionAlgorithm.im2col(), x, W, b, dout, g.window()), g + " im2col");
        for (Which kernel : Which.values()) {
            PinnedKernel.run(
                    kernel,
                    () -> naive.assertSame(
                            Result.of(ConvolutionAlgorithm.engine(), x, W, b, dout, g.window()),
                            g + " engine, " + kernel));
        }
    }

    private static int[] times(int groups, int axis, int[] shape) {
        shape[axis] *= groups;
        return shape;
    }

    /** Two groups are two convolutions side by side. */
    @Test
    void aGroupReadsItsOwnChannelsOnly() {
        Random random = new Random(5);
        Tensor x = random(random, 3, 4, 6, 6), W = random(random, 6, 2, 3, 3), b = random(random, 6);
        Tensor both = new Convolution(W, b, Window.of(3), 2).forward(x);
        for (int g = 0; g < 2; g++) {
            Convolution alone = new Convolution(W.rows(3 * g, 3 * g + 3), b.rows(3 * g, 3 * g + 3), Window.of(3));
            for (int n = 0; n < 3; n++) {
                Tensor own = x.slice(n).rows(2 * g, 2 * g + 2).reshape(1, 2, 6, 6);
                assertSameBits(alone.forward(own).slice(0), both.slice(n).rows(3 * g, 3 * g + 3), "group " + g);
            }
        }
    }

    @Test
    void filtersThatCannotBeCutIntoGroupsAreAnError() {
        Tensor W = Tensor.zeros(5, 2, 3, 3);
        Exception e = assertThrows(ShapeException.class, () -> new Convolution(W, Tensor.zeros(5), Window.of(3), 2));
        assertEquals("Convolution: 5 filters cannot be cut into 2 groups of one size", e.getMessage());
    }

    @Test
    void productsTooSmallForAFloatLeaveNoSignedZeros() {
        Tensor x = Tensor.filled(1e-30f, 1, 1, 3, 3);
        Tensor dout = Tensor.filled(-1e-30f, 1, 1, 2, 2);
        Window window = Window.of(2);
        for (ConvolutionAlgorithm algorithm : new ConvolutionAlgorithm[] {
            ConvolutionAlgorithm.naive(), ConvolutionAlgorithm.im2col(), ConvolutionAlgorithm.engine()
        }) {
            Result result = Result.of(algorithm, x, Tensor.zeros(1, 1, 2, 2), Tensor.zeros(1), dout, window);
            assertSameBits(
                    Tensor.zeros(1, 1, 2, 2), result.dW, algorithm.getClass().getSimpleName());
        }
    }

    static Stream<Geometry> geometries() {
        return Stream.concat(Geometry.some(1000), Geometry.some(100).map(Geometry::ofManyMaps));
    }

    /** What ReLU and pooling leave: many zeros, and now and then one with a sign. */
    private static Tensor withZerosOfBothSigns(Tensor x, Random random) {
        return x.map(v -> switch (random.nextInt(6)) {
            case 0 -> 0.0;
            case 1 -> -0.0;
            default -> v;
        });
    }

    @Test
    void allWaysAgreeOnInfinityAndNan() {
        Random random = new Random(3);
        Tensor x = random(random, 2, 1, 5, 5), W = random(random, 2, 1, 3, 3), dout = random(random, 2, 2, 5, 5);
        Tensor b = random(random, 2);
        W.set(Float.POSITIVE_INFINITY, 0, 0, 1, 1); // infinity times the zero of the padding is NaN, in every way
        x.set(Float.NaN, 1, 0, 2, 2);
        Window window = Window.of(3).padding(1);
        Result naive = Result.of(ConvolutionAlgorithm.naive(), x, W, b, dout, window);
        naive.assertSame(Result.of(ConvolutionAlgorithm.im2col(), x, W, b, dout, window), "special values");
        naive.assertSame(Result.of(ConvolutionAlgorithm.engine(), x, W, b, dout, window), "special values, engine");
    }

    /** The engine's runs have gaps, where a 0 of dout meets a pixel: 0 times infinity must not come into the sum. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("fewGeometries")
    void allWaysAgreeOnInfinityAndNanWhereverTheyLie(Geometry g) {
        float[] special = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE};
        Random random = new Random(g.seed());
        Tensor x = random(random, g.inputShape()), W = random(random, g.filterShape());
        Tensor b = random(random, g.filters()), dout = random(random, g.outputShape());
        Tensor hit = g.seed() % 3 == 0 ? dout : g.seed() % 7 == 0 ? W : x;
        hit.data()[random.nextInt(hit.length())] = special[random.nextInt(special.length)];
        assertAllWaysAgree(x, W, b, dout, g);
    }

    static Stream<Geometry> fewGeometries() {
        return Stream.concat(Geometry.some(300), Geometry.some(60).map(Geometry::ofManyMaps));
    }

    /** Each layer works with one of its own, so that one object may be given to several. */
    @Test
    void oneAlgorithmObjectServesTwoLayers() {
        Random random = new Random(31);
        Tensor W1 = random(random, 2, 1, 3, 3), W2 = random(random, 2, 1, 3, 3), b = random(random, 2);
        Tensor x1 = random(random, 1, 1, 8, 8), x2 = random(random, 1, 1, 8, 8), dout = random(random, 1, 2, 6, 6);
        for (ConvolutionAlgorithm algorithm : new ConvolutionAlgorithm[] {
            ConvolutionAlgorithm.naive(), ConvolutionAlgorithm.im2col(), ConvolutionAlgorithm.engine()
        }) {
            Convolution one = new Convolution(W1, b, Window.of(3)).use(algorithm);
            Convolution two = new Convolution(W2, b, Window.of(3)).use(algorithm);
            Convolution alone = new Convolution(W1, b, Window.of(3));
            one.forward(x1);
            two.forward(x2);
            two.backward(dout);
            alone.forward(x1);
            assertSameBits(alone.backward(dout), one.backward(dout), "dx");
            assertSameBits(alone.W().gradient(), one.W().gradient(), "dW");
        }
    }

    @Test
    void whatIsDoneToTheInputAfterwardsChangesNoGradient() {
        Random random = new Random(32);
        Tensor W = random(random, 2, 1, 3, 3), b = random(random, 2), x = random(random, 1, 1, 8, 8);
        Tensor dout = random(random, 1, 2, 6, 6);
        for (ConvolutionAlgorithm algorithm : new ConvolutionAlgorithm[] {
            ConvolutionAlgorithm.naive(), ConvolutionAlgorithm.im2col(), ConvolutionAlgorithm.engine()
        }) {
            Result right = Result.of(algorithm, x, W, b, dout, Window.of(3));
            Convolution layer = new Convolution(W, b, Window.of(3)).use(algorithm);
            Tensor changed = x.copy();
            Tensor out = layer.forward(changed);
            changed.set(99, 0, 0, 0, 0);
            out.set(99, 0, 0, 0, 0);
            layer.backward(dout);
            assertSameBits(right.dW, layer.W().gradient(), "dW");
        }
    }

    @Test
    void sizesNearTheLimitOfIntAreRightOrNamed() {
        Window window = Window.of(3).padding(1 << 30);
        Exception large = assertThrows(ShapeException.class, () -> window.outputHeight(10));
        assertEquals(
                "a 3x3 window with stride 1 and padding 1073741824 over height 10: with its padding that is 2,147,483,658, more than can be counted. Use less padding",
                large.getMessage());
        Convolution wide = new Convolution(
                Tensor.zeros(1, 1, 3, 3), Tensor.zeros(1), Window.of(3).padding(32_768));
        Exception out = assertThrows(ShapeException.class, () -> wide.forward(Tensor.zeros(1, 1, 10, 10)));
        assertEquals("too many elements for one tensor: [1, 1, 65544, 65544]", out.getMessage());
        Window sparse = Window.of(3).padding(32_768).stride(40_000).remainder(Remainder.FLOOR); // four places only
        Convolution few = new Convolution(Tensor.zeros(1, 1, 3, 3), Tensor.zeros(1), sparse);
        Exception planes = assertThrows(ShapeException.class, () -> few.forward(Tensor.zeros(1, 1, 10, 10)));
        assertEquals(
                "a convolution of 1 channels of 10 x 10 pixels needs an array of 6,400,000,000 with its padding, more than there can be: use less padding, a smaller kernel or stride, or fewer pixels",
                planes.getMessage());
        few.use(ConvolutionAlgorithm.naive());
        assertEquals(4, few.forward(Tensor.zeros(1, 1, 10, 10)).length());
        Window sparser = Window.of(3).padding(1 << 29).stride(1 << 30).remainder(Remainder.FLOOR);
        Convolution many = new Convolution(Tensor.zeros(1, 16, 3, 3), Tensor.zeros(1), sparser);
        assertThrows(ShapeException.class, () -> many.forward(Tensor.zeros(1, 16, 10, 10)));
    }

    /** A window with room for one position stays where it is, however far the next one would be. */
    @Test
    void aStrideMayBeLargerThanAnyArray() {
        Random random = new Random(1);
        Tensor x = random(random, 2, 3, 9, 8), W = random(random, 7, 3, 2, 2), b = random(random, 7);
        Tensor dout = random(random, 2, 7, 1, 1);
        Window window = Window.of(2).stride(Integer.MAX_VALUE).remainder(Remainder.FLOOR);
        Result right = Result.of(ConvolutionAlgorithm.naive(), x, W, b, dout, window);
        for (ConvolutionAlgorithm other :
                new ConvolutionAlgorithm[] {ConvolutionAlgorithm.im2col(), ConvolutionAlgorithm.engine()}) {
            right.assertSame(Result.of(other, x, W, b, dout, window), other);
        }
    }

    /** The sum over the batch is part of the contract, so it is written out once more here. */
    @ParameterizedTest(name = "batch of {0}")
    @MethodSource("batches")
    void theGradientsOfAFilterAddUpInEightChunks(int batch) {
        Random random = new Random(batch);
        Tensor x = random(random, batch, 1, 1, 3), dout = random(random, batch, 1, 1, 3);
        float dW = 0, db = 0;
        int chunks = Math.min(8, batch);
        for (int chunk = 0; chunk < chunks; chunk++) {
            float partW = 0, partB = 0;
            for (int n = batch * chunk / chunks; n < batch * (chunk + 1) / chunks; n++) {
                for (int i = 0; i < 3; i++) {
                    partW = Math.fma(dout.get(n, 0, 0, i), x.get(n, 0, 0, i), partW);
                    partB += dout.get(n, 0, 0, i);
                }
            }
            dW = chunk == 0 ? partW : dW + partW;
            db = chunk == 0 ? partB : db + partB;
        }
        for (ConvolutionAlgorithm algorithm :
                new ConvolutionAlgorithm[] {ConvolutionAlgorithm.naive(), ConvolutionAlgorithm.im2col()}) {
            Result result = Result.of(algorithm, x, Tensor.zeros(1, 1, 1, 1), Tensor.zeros(1), dout, Window.of(1));
            assertEquals(dW, result.dW.data()[0], algorithm + ", seed " + batch);
            assertEquals(db, result.db.data()[0], algorithm + ", seed " + batch);
        }
    }

    static IntStream batches() {
        return IntStream.of(1, 2, 7, 8, 9, 10, 15, 16, 17, 100);
    }

    @Test
    void tenImagesInEightChunks() {
        assertEquals(8, BatchChunks.count(10));
        assertArrayEquals(
                new int[] {0, 1, 2, 3, 5, 6, 7, 8, 10},
                IntStream.rangeClosed(0, 8)
                        .map(chunk -> BatchChunks.start(chunk, 10))
                        .toArray());
        assertEquals(3, BatchChunks.count(3)); // never more chunks than images
        assertEquals(Integer.MAX_VALUE, BatchChunks.start(8, Integer.MAX_VALUE));
    }

    /** The output is one chain of fused multiply-adds from the bias, over channel, row and column. */
    @Test
    void theOrderOfTheSumIsChannelRowColumn() {
        Random random = new Random(12);
        Tensor x = random(random, 1, 3, 4, 5), W = random(random, 1, 3, 4, 5), b = random(random, 1);
        float sum = b.get(0);
        float otherWay = b.get(0);
        for (int i = 0; i < 60; i++) {
            sum = Math.fma(x.data()[i], W.data()[i], sum);
            otherWay = Math.fma(x.data()[59 - i], W.data()[59 - i], otherWay);
        }
        assertNotEquals(sum, otherWay); // these numbers notice the order
        Window window = Window.of(4, 5);
        assertEquals(sum, new Convolution(W, b, window).forward(x).data()[0]);
        assertEquals(
                sum,
                new Convolution(W, b, window)
                        .use(ConvolutionAlgorithm.naive())
                        .forward(x)
                        .data()[0]);
    }

    /** dx is one chain from 0, over filter, and row and column of the kernel from the last to the first. */
    @Test
    void theOrderOfTheSumOfDxIsFilterThenTheKernelBackwards() {
        Random random = new Random(13);
        Tensor x = random(random, 1, 1, 5, 5), W = random(random, 2, 1, 3, 3), dout = random(random, 1, 2, 3, 3);
        float sum = 0;
        for (int f = 0; f < 2; f++) {
            for (int ky = 2; ky >= 0; ky--) {
                for (int kx = 2; kx >= 0; kx--) {
                    sum = Math.fma(dout.get(0, f, 2 - ky, 2 - kx), W.get(f, 0, ky, kx), sum); // at pixel (2, 2)
                }
            }
        }
        for (ConvolutionAlgorithm algorithm :
                new ConvolutionAlgorithm[] {ConvolutionAlgorithm.naive(), ConvolutionAlgorithm.im2col()}) {
            Result result = Result.of(algorithm, x, W, Tensor.zeros(2), dout, Window.of(3));
            assertEquals(sum, result.dx.get(0, 0, 2, 2));
        }
    }
}
