package cnnkit.inspect;

import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;

import cnnkit.data.Dataset;
import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.Convolution;
import cnnkit.layer.Layer;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.PassingLayer;
import cnnkit.layer.Relu;
import cnnkit.network.Network;
import cnnkit.tensor.Tensor;
import java.util.Optional;
import java.util.Random;

/** Networks whose answers are known, because their weights were written by hand. */
final class HandMade {
    /** The filters of {@link #edges}. */
    static final int VERTICAL = 0, HORIZONTAL = 1, NEVER = 2;

    private HandMade() {}

    /**
     * For images of 8x8: a filter for dark on the left and bright on the right, one for dark above and bright below, one
     * that is never active; the scores are the sums of the first two maps.
     */
    static Network edges() {
        Tensor W = tensor(
                shape(3, 1, 3, 3),
                -1,
                0,
                1,
                -1,
                0,
                1,
                -1,
                0,
                1, //
                -1,
                -1,
                -1,
                0,
                0,
                0,
                1,
                1,
                1,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0);
        Tensor sums = Tensor.zeros(3 * 36, 2);
        for (int i = 0; i < 36; i++) {
            sums.set(1, VERTICAL * 36 + i, 0);
            sums.set(1, HORIZONTAL * 36 + i, 1);
        }
        return Network.builder(1, 8, 8)
                .add("Conv1", new Convolution(W, tensor(shape(3), 0, 0, -1), Window.of(3)))
                .add("Relu1", new Relu())
                .add("Affine1", new Affine(sums, Tensor.zeros(2)))
                .build();
    }

    /** Images of 8x8, black but for a bright right part (label 0) or a bright lower part (label 1). */
    static Dataset halves(int... begins) {
        byte[] pixels = new byte[2 * begins.length * 64];
        int[] labels = new int[2 * begins.length];
        for (int n = 0; n < labels.length; n++) {
            labels[n] = n % 2;
            for (int i = 0; i < 64; i++) {
                int across = labels[n] == 0 ? i % 8 : i / 8;
                pixels[64 * n + i] = (byte) (across >= begins[n / 2] ? 255 : 0);
            }
        }
        return Dataset.of(pixels, labels, 2, 1, 8, 8);
    }

    /** A network of the given layers, closed by an Affine layer with random weights and two scores. */
    static Network of(int[] input, Object... namesAndLayers) {
        Network.Builder network = Network.builder(input);
        for (int i = 0; i < namesAndLayers.length; i += 2) {
            network.add((String) namesAndLayers[i], (Layer) namesAndLayers[i + 1]);
        }
        int[] shape = network.shape();
        int flat = 1;
        for (int size : shape) {
            flat *= size;
        }
        return network.add("Last", new Affine(Tensor.gaussian(new Random(1), 0.1, flat, 2), Tensor.zeros(2)))
                .build();
    }

    static Convolution convolution(Random random, int filters, int channels, Window window) {
        Tensor W = Tensor.gaussian(random, 0.3, filters, channels, window.kernelHeight(), window.kernelWidth());
        return new Convolution(W, Tensor.gaussian(random, 0.3, filters), window);
    }

    static MaxPooling pooling(Window window) {
        return new MaxPooling(window);
    }

    /** Presses stop when it has been asked a certain number of times; lets everything pass. */
    static final class Stopper extends PassingLayer {
        private final int pressAt;
        private int asked;

        Stopper(int pressAt) {
            this.pressAt = pressAt;
        }

        @Override
        public Tensor forward(Tensor x) {
            if (++asked == pressAt) {
                Thread.currentThread().interrupt();
            }
            return x;
        }

        @Override
        public Optional<Window> sees(int... inputShape) {
            return Optional.of(Window.of(1));
        }
    }

    /** All bits of all parameters. */
    static String bits(Network network) {
        StringBuilder bits = new StringBuilder();
        network.parameters().forEach((name, parameter) -> {
            bits.append(name);
            for (float value : parameter.value().data()) {
                bits.append(' ').append(Integer.toHexString(Float.floatToRawIntBits(value)));
            }
        });
        return bits.toString();
    }
}
