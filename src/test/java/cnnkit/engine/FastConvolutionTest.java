package cnnkit.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both kernels give a convolution the same bits; that these are those of the naive loops is tested with the layers. */
class FastConvolutionTest {
    @AfterEach
    void theFastKernelAgain() throws InterruptedException {
        Kernels.use(Kernels.vector() == null ? Kernels.plain() : Kernels.vector());
    }

    @Test
    void bothKernelsGiveTheSameBitsForwardAndBackward() throws InterruptedException {
        for (int seed = 0; seed < 500; seed++) {
            float[][] plain = run(seed, Kernels.plain());
            float[][] vector = run(seed, Kernels.vector());
            for (int i = 0; i < plain.length; i++) {
                assertArrayEquals(
                        plain[i], vector[i], "seed " + seed + ", " + new String[] {"out", "dW", "db", "dx"}[i]);
            }
        }
    }

    @Test
    void buffersThatAreUsedAgainHoldNothingOfTheLastBatch() throws InterruptedException {
        for (int seed = 0; seed < 100; seed++) {
            Case one = new Case(seed);
            float[][] fresh = one.run(new FastConvolution(one.geometry));
            FastConvolution used = new FastConvolution(one.geometry);
            new Case(seed, seed + 1).run(used); // the same sizes, other numbers
            float[][] again = one.run(used);
            for (int i = 0; i < fresh.length; i++) {
                assertArrayEquals(fresh[i], again[i], "seed " + seed);
            }
        }
    }

    private static float[][] run(int seed, Kernel kernel) throws InterruptedException {
        Kernels.use(kernel);
        Case one = new Case(seed);
        return one.run(new FastConvolution(one.geometry));
    }

    /** Random sizes and numbers. */
    private static final class Case {
        private final Geometry geometry;
        private final int batch;
        private final float[] x, W, b, dout;

        private Case(int seed) {
            this(seed, seed);
        }

        private Case(int sizes, int numbers) {
            Random random = new Random(sizes);
            int channels = 1 + random.nextInt(4), filters = 1 + random.nextInt(20);
            int kh = 1 + random.nextInt(5), kw = 1 + random.nextInt(5);
            int sh = 1 + random.nextInt(3), sw = 1 + random.nextInt(3);
            int ph = random.nextInt(4), pw = random.nextInt(4);
            int h = Math.max(1, kh - 2 * ph) + random.nextInt(12), w = Math.max(1, kw - 2 * pw) + random.nextInt(12);
            int oh = (h + 2 * ph - kh) / sh + 1, ow = (w + 2 * pw - kw) / sw + 1;
            geometry = new Geometry(channels, h, w, filters, kh, kw, sh, sw, ph, pw, oh, ow, 1);
            batch = 1 + random.nextInt(12);
            Random values = new Random(numbers);
            x = random(values, batch * channels * h * w);
            W = random(values, filters * channels * kh * kw);
            b = random(values, filters);
            dout = random(values, batch * filters * oh * ow);
        }

        private float[][] run(FastConvolution convolution) {
            float[] out = new float[dout.length],
                    dW = new float[W.length],
                    db = new float[b.length],
                    dx = new float[x.length];
            convolution.forward(x, W, b, out, batch);
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
}
