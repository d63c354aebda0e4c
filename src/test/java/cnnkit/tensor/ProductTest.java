package cnnkit.tensor;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fast product against the chain that defines it, bit for bit. */
class ProductTest {
    /** One less, as many and one more than the pieces it is cut into: tiles of 3 and 6 rows, 96, 240 and 256, 512 columns. */
    private static final int[] LIMITS = {
        1, 2, 3, 4, 5, 6, 7, 31, 32, 33, 95, 96, 97, 98, 99, 191, 192, 193, 239, 240, 241, 255, 256, 257, 511, 512, 513,
        514, 1024, 1025
    };

    private static final int[] SMALL = {1, 2, 3, 4, 5, 7, 33, 97};

    record Sizes(int m, int n, int k, long seed) {}

    static List<Sizes> sizes() {
        Random random = new Random(11);
        List<Sizes> all = new ArrayList<>();
        for (int limit : LIMITS) {
            for (int time = 0; time < 3; time++) {
                int one = SMALL[random.nextInt(SMALL.length)];
                int two = SMALL[random.nextInt(SMALL.length)];
                all.add(new Sizes(limit, one, two, random.nextLong()));
                all.add(new Sizes(one, limit, two, random.nextLong()));
                all.add(new Sizes(one, two, limit, random.nextLong()));
            }
        }
        all.add(new Sizes(98, 514, 98, 1)); // all limits passed at once, wide and tall
        all.add(new Sizes(514, 98, 98, 2));
        all.add(new Sizes(513, 513, 97, 3));
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sizes")
    void everyElementIsOneChainFromTheBiasInIndexOrder(Sizes sizes) {
        Random random = new Random(sizes.seed);
        Tensor a = random(random, sizes.m, sizes.k);
        Tensor b = random(random, sizes.k, sizes.n);
        Tensor bias = random(random, sizes.n);
        assertSameBits(chains(a, b, bias), a.dot(b, bias), sizes);
        assertSameBits(chains(a, b, Tensor.zeros(sizes.n)), a.dot(b), sizes);
    }

    @Test
    void zerosWithSignsInfinitiesAndNanTakeTheSameWay() {
        float[] odd = {0, -0f, 1, -1, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, Float.POSITIVE_INFINITY};
        Random random = new Random(4);
        Tensor a = random(random, 40, 13).map(v -> odd[random.nextInt(odd.length)]);
        Tensor b = random(random, 13, 50).map(v -> odd[random.nextInt(odd.length)]);
        Tensor bias = Tensor.filled(-0f, 50);
        assertSameBits(chains(a, b, bias), a.dot(b, bias), "special values, wide");
        Tensor tall = b.transpose();
        Tensor narrow = a.transpose();
        assertSameBits(chains(tall, narrow, Tensor.filled(-0f, 40)), tall.dot(narrow, Tensor.filled(-0f, 40)), "tall");
    }

    @Test
    void theFactorsAndTheBiasAreNotChanged() {
        Random random = new Random(9);
        Tensor a = random(random, 5, 4), b = random(random, 4, 7), bias = random(random, 7);
        Tensor a0 = a.copy(), b0 = b.copy(), bias0 = bias.copy();
        a.dot(b, bias);
        assertSameBits(a0, a, "a");
        assertSameBits(b0, b, "b");
        assertSameBits(bias0, bias, "bias");
    }

    private static Tensor chains(Tensor a, Tensor b, Tensor bias) {
        int m = a.size(0), depth = a.size(1), n = b.size(1);
        float[] left = a.data(), right = b.data();
        Tensor c = Tensor.zeros(m, n);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                float sum = bias.data()[j];
                for (int k = 0; k < depth; k++) {
                    sum = Math.fma(left[i * depth + k], right[k * n + j], sum);
                }
                c.data()[i * n + j] = sum;
            }
        }
        return c;
    }
}
