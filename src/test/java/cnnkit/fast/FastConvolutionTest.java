package cnnkit.fast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.engine.PinnedKernel;
import cnnkit.engine.PinnedKernel.Which;
import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.tensor.ShapeException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Both kernels give a convolution the same bits; that these are those of the naive loops is tested with the layers. */
class FastConvolutionTest {
    private static final String[] RESULTS = {"out", "dW", "db", "dx"};

    @Test
    void bothKernelsGiveTheSameBitsForwardAndBackward() {
        float[][][] plain = new float[500][][];
        PinnedKernel.run(Which.PLAIN, () -> {
            for (int seed = 0; seed < plain.length; seed++) {
                plain[seed] = new Case(seed).run();
            }
        });
        PinnedKernel.run(Which.VECTOR, () -> {
            for (int seed = 0; seed < plain.length; seed++) {
                assertSame(plain[seed], new Case(seed).run(), "seed " + seed);
            }
        });
    }

    @Test
    void buffersThatAreUsedAgainHoldNothingOfTheLastBatch() {
        for (Which which : Which.values()) {
            PinnedKernel.run(which, () -> {
                for (int seed = 0; seed < 100; seed++) {
                    Case one = new Case(seed);
                    float[][] fresh = one.run();
                    FastConvolution used = one.convolution();
                    new Case(seed, seed + 1).run(used); // the same sizes, other numbers
                    assertSame(fresh, one.run(used), which + ", seed " + seed);
                }
            });
        }
    }

    /** The weights of an optimizer: the same array, other numbers. The last case has so many that all threads pack them. */
    @Test
    void weightsThatChangeInPlaceAreReadAgain() {
        for (Which which : Which.values()) {
            PinnedKernel.run(which, () -> {
                for (int seed = 0; seed <= 100; seed++) {
                    Case one =
                            seed < 100 ? new Case(seed) : new Case(new ConvolutionSizes(64, 7, 7, 64, 1, Window.of(3)));
                    FastConvolution used = one.convolution();
                    one.run(used);
                    for (int i = 0; i < one.W.length; i++) {
                        one.W[i] = 1 - one.W[i];
                    }
                    assertSame(one.run(), one.run(used), which + ", seed " + seed);
                }
            });
        }
    }

    /** Behind 2x2 pooling the vector kernel leaves zeros out, the plain one does not; with an infinity neither may. */
    @Test
    void zerosThatAreLeftOutChangeNoBit() {
        int listed = 0;
        for (int seed = 0; seed < 500; seed++) {
            Case one = Case.pooled(seed, seed), other = Case.pooled(seed, seed + 1);
            if (seed % 2 == 0) {
                other.x[0] = Float.POSITIVE_INFINITY;
            }
            if (seed % 5 == 0) {
                one.x[new Random(seed).nextInt(one.x.length)] = seed % 2 == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
            }
            if (seed % 5 == 1) {
                Arrays.fill(one.dout, 0, one.dout.length / 2, -0f);
                one.dout[one.dout.length - 1] = Float.NaN;
                one.dout[0] = Float.POSITIVE_INFINITY;
            }
            for (int i = 0; seed % 5 == 2 && i < one.x.length; i++) {
                one.x[i] *= 1e-23f; // products vanish, and may leave a -0
            }
            for (int i = 0; seed % 5 == 2 && i < one.dout.length; i++) {
                one.dout[i] *= 1e-23f;
            }
            FastConvolution used = one.convolution();
            float[][] plain = new float[RESULTS.length][], vector = plain.clone(), again = plain.clone();
            assertEquals(
                    0, PinnedKernel.run(Which.PLAIN, () -> System.arraycopy(one.run(), 0, plain, 0, plain.length)));
            long lists = PinnedKernel.run(Which.VECTOR, () -> {
                System.arraycopy(one.run(), 0, vector, 0, vector.length);
                other.run(used);
                System.arraycopy(one.run(used), 0, again, 0, again.length);
            });
            listed += lists > 0 ? 1 : 0;
            assertSame(plain, vector, "seed " + seed);
            assertSame(plain, again, "seed " + seed + ", with buffers used again");
        }
        assertTrue(listed > 150, listed + " of 500 cases leave zeros out");
    }

    private static void assertSame(float[][] expected, float[][] actual, String context) {
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], actual[i], context + ", " + RESULTS[i]);
        }
    }

    /** Random sizes and numbers; with groups, ReLU and pooling. */
    private static final class Case {
        private final ConvolutionSizes sizes;
        private final boolean relu;
        private final Window pooling;
        private final int batch;
        private final float[] x, W, b, dout;

        private Case(int seed) {
            this(seed, seed);
        }

        private Case(int sizesSeed, int numbers) {
            Random random = new Random(sizesSeed);
            int groups = 1 + random.nextInt(3);
            int channels = groups * (1 + random.nextInt(14)), filters = groups * (1 + random.nextInt(20));
            int kh = 1 + random.nextInt(5), kw = 1 + random.nextInt(5);
            int ph = random.nextInt(4), pw = random.nextInt(4);
            Window window = Window.of(kh, kw)
                    .stride(1 + random.nextInt(3), 1 + random.nextInt(3))
                    .padding(ph, pw)
                    .remainder(Remainder.FLOOR);
            int h = Math.max(1, kh - 2 * ph) + random.nextInt(12), w = Math.max(1, kw - 2 * pw) + random.nextInt(40);
            sizes = new ConvolutionSizes(channels, h, w, filters, groups, window);
            relu = random.nextBoolean();
            Window wanted = (random.nextBoolean()
                            ? Window.of(2).stride(2)
                            : Window.of(2, 3).stride(1, 2))
                    .remainder(Remainder.FLOOR);
            boolean fits = sizes.outputHeight() >= 2 && sizes.outputWidth() >= 3;
            pooling = fits && random.nextBoolean() ? wanted : null;
            int oh = pooling == null ? sizes.outputHeight() : pooling.outputHeight(sizes.outputHeight());
            int ow = pooling == null ? sizes.outputWidth() : pooling.outputWidth(sizes.outputWidth());
            batch = 1 + random.nextInt(12);
            Random values = new Random(numbers);
            x = random(values, batch * channels * h * w);
            W = random(values, filters * channels / groups * kh * kw);
            b = random(values, filters);
            dout = random(values, batch * filters * oh * ow);
        }

        private Case(ConvolutionSizes sizes) {
            this(sizes, false, null, 3, new Random(1));
        }

        private Case(ConvolutionSizes sizes, boolean relu, Window pooling, int batch, Random values) {
            this.sizes = sizes;
            this.relu = relu;
            this.pooling = pooling;
            this.batch = batch;
            x = random(values, batch * sizes.imageLength());
            W = random(values, sizes.filters() * sizes.weightsPerFilter());
            b = random(values, sizes.filters());
            int oh = pooling == null ? sizes.outputHeight() : pooling.outputHeight(sizes.outputHeight());
            int ow = pooling == null ? sizes.outputWidth() : pooling.outputWidth(sizes.outputWidth());
            dout = random(values, batch * sizes.filters() * oh * ow);
        }

        /** One window beside the other, and 2x2 pooling. */
        private static Case pooled(int seed, int numbers) {
            Random random = new Random(seed);
            int kh = 1 + random.nextInt(5), kw = 1 + random.nextInt(5);
            Window window = Window.of(kh, kw).padding(random.nextInt(3), random.nextInt(3));
            int h = kh + 1 + random.nextInt(12), w = kw + 1 + random.nextInt(30);
            int channels = 1 + random.nextInt(20), filters = 1 + random.nextInt(20);
            Window pooling = Window.of(2).stride(1 + random.nextInt(3), 2).remainder(Remainder.FLOOR);
            ConvolutionSizes sizes = new ConvolutionSizes(channels, h, w, filters, 1, window);
            return new Case(sizes, random.nextBoolean(), pooling, 1 + random.nextInt(20), new Random(numbers));
        }

        private FastConvolution convolution() {
            return new FastConvolution(sizes, relu, pooling);
        }

        private float[][] run() {
            return run(convolution());
        }

        private float[][] run(FastConvolution convolution) {
            float[] out = new float[dout.length],
                    dW = new float[W.length],
                    db = new float[b.length],
                    dx = new float[x.length];
            convolution.forward(x, W, b, out, batch, true);
            convolution.parameterGradients(x, out, dout, dW, db, batch);
            convolution.inputGradient(out, dout, W, dx, batch);
            return new float[][] {out, dW, db, dx};
        }

        private static float[] random(Random random, int length) {
            float[] values = new float[length];
            for (int i = 0; i < length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            return values;
        }
    }

    /** The sums of six maps, and of a training step dout with room for whole vectors, may need more than the image does. */
    @Test
    void whatNeedsALongerArrayThanThereIsIsRefusedBeforeAnythingIsMade() {
        ConvolutionSizes large = new ConvolutionSizes(1, 19_000, 19_000, 1, 1, Window.of(3));
        ShapeException sums = assertThrows(ShapeException.class, () -> new FastConvolution(large));
        assertTrue(
                sums.getMessage()
                        .startsWith("a convolution of 1 channels of 19000 x 19000 pixels needs an array of 2,"),
                sums.getMessage());
        ConvolutionSizes pooled = new ConvolutionSizes(1, 6000, 6000, 64, 1, Window.of(3));
        Epilogue epilogue = new Epilogue(pooled, 6000, true, Window.of(2).stride(2));
        ShapeException turned = assertThrows(ShapeException.class, () -> new FilterGradient(pooled, epilogue, 6000));
        assertTrue(
                turned.getMessage()
                        .startsWith("a convolution of 1 channels of 6000 x 6000 pixels needs an array of 2,"),
                turned.getMessage());
    }
}
