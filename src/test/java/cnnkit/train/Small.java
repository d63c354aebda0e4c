package cnnkit.train;

import cnnkit.data.Dataset;
import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.Layer;
import cnnkit.layer.PassingLayer;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/** Networks and pictures that are small enough to train in a blink. */
final class Small {
    private Small() {}

    /** SimpleConvNet for pictures of 8x8. */
    static Network network(long seed) {
        return SimpleConvNet.builder()
                .input(1, 8, 8)
                .filters(3)
                .convolution(Window.of(3))
                .hidden(8)
                .weightStd(0.1)
                .build(seed);
    }

    /** Grey noise with one bright row or column that says which of ten classes it is. */
    static Dataset pictures(int count, long seed) {
        Random random = new Random(seed);
        byte[] pixels = new byte[64 * count];
        int[] labels = new int[count];
        for (int n = 0; n < count; n++) {
            labels[n] = random.nextInt(10);
            for (int i = 0; i < 64; i++) {
                boolean bright = labels[n] < 8 ? i / 8 == labels[n] : i % 8 == 3 * (labels[n] - 8);
                pixels[64 * n + i] = (byte) (random.nextInt(60) + (bright ? 150 : 0));
            }
        }
        return Dataset.of(pixels, labels, 10, 1, 8, 8);
    }

    /** Image i has the pixels i / 200 and i % 200, so that who sees it knows which it is; label i % 10. */
    static Dataset numbered(int count) {
        byte[] pixels = new byte[2 * count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            pixels[2 * i] = (byte) (i / 200);
            pixels[2 * i + 1] = (byte) (i % 200);
            labels[i] = i % 10;
        }
        return Dataset.of(pixels, labels, 10, 1, 1, 2);
    }

    /** A network for numbered images whose first layer is the given one. */
    static Network watchedBy(Layer first) {
        return Network.builder(1, 1, 2)
                .add("First", first)
                .add("Affine1", new Affine(Tensor.gaussian(new Random(1), 0.1, 2, 10), Tensor.zeros(10)))
                .build();
    }

    /** Lets everything pass and notes which numbered images it saw, batch by batch. */
    static class Watcher extends PassingLayer {
        final List<List<Integer>> batches = new ArrayList<>();

        @Override
        public Tensor forward(Tensor x) {
            List<Integer> batch = new ArrayList<>();
            for (int n = 0; n < x.size(0); n++) {
                batch.add(Math.round(x.get(n, 0, 0, 0) * 255) * 200 + Math.round(x.get(n, 0, 0, 1) * 255));
            }
            batches.add(batch);
            return x;
        }
    }

    /** A checksum over every bit of every parameter. */
    static String checksum(Network network) {
        CRC32 sum = new CRC32();
        network.parameters().values().forEach(parameter -> {
            ByteBuffer bytes = ByteBuffer.allocate(4 * parameter.value().length());
            for (float value : parameter.value().data()) {
                bytes.putInt(Float.floatToRawIntBits(value));
            }
            sum.update(bytes.array());
        });
        return "%08x".formatted(sum.getValue());
    }

    /** An epoch without its time, which differs from run to run. */
    static List<History.Epoch> untimed(History history) {
        return history.epochs().stream()
                .map(e -> new History.Epoch(e.epoch(), e.loss(), e.accuracy(), e.validationAccuracy(), 0))
                .toList();
    }
}
