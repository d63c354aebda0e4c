package cnnkit.train;

import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.Convolution;
import cnnkit.layer.Dropout;
import cnnkit.layer.Layer;
import cnnkit.layer.LocalResponseNormalization;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Relu;
import cnnkit.layer.Sigmoid;
import cnnkit.layer.Subsampling;
import cnnkit.layer.Tanh;
import cnnkit.layer.TrainedSubsampling;
import cnnkit.network.Network;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small networks of every kind, of weights and inputs of every size, with a batch to check them on. */
final class RightNetworks {
    private final Random random;
    private final double std;
    private final int classes;
    private final List<Layer> layers = new ArrayList<>();
    private int[] shape;

    /** What there is to check. */
    record Case(Network network, Tensor x, int[] labels) {}

    private RightNetworks(long seed) {
        random = new Random(seed);
        std = Math.pow(10, -3 * random.nextDouble()); // 0.001 to 1
        classes = 2 + random.nextInt(4);
    }

    static Case of(long seed) {
        RightNetworks some = new RightNetworks(seed);
        int[] input = some.stack();
        Network.Builder builder = Network.builder(input);
        some.layers.forEach(layer -> builder.add("Layer" + some.layers.indexOf(layer), layer));
        return some.on(builder.build());
    }

    /** A batch of 1 to 8, of values of a size from 0.01 to 10. */
    private Case on(Network network) {
        int[] input = network.inputShape();
        int N = 1 + random.nextInt(8);
        int[] batch = new int[input.length + 1];
        batch[0] = N;
        System.arraycopy(input, 0, batch, 1, input.length);
        Tensor x = Tensor.gaussian(random, Math.pow(10, 1 - 3 * random.nextDouble()), batch);
        return new Case(network, x, random.ints(N, 0, classes).toArray());
    }

    private int[] stack() {
        int[] input = random.nextBoolean()
                ? new int[] {2 + random.nextInt(6)}
                : new int[] {1 + random.nextInt(2), 4 + random.nextInt(3), 4 + random.nextInt(3)};
        shape = input;
        for (int block = random.nextInt(3);
                block > 0 && shape.length == 3 && Math.min(shape[1], shape[2]) > 3;
                block--) {
            convolution();
        }
        for (int block = random.nextInt(input.length == 3 ? 2 : 5); block > 0; block--) {
            affine(3 + random.nextInt(6));
            add(activation());
            if (random.nextInt(4) == 0) {
                add(new Dropout(0.3));
            }
        }
        affine(classes);
        return input;
    }

    private void convolution() {
        int filters = 1 + random.nextInt(4), kernel = 1 + random.nextInt(3);
        Window window = Window.of(kernel).stride(1 + random.nextInt(2)).padding(random.nextInt(2));
        add(new Convolution(
                weights(filters, shape[0], kernel, kernel), weights(filters), window.remainder(Remainder.FLOOR)));
        if (random.nextInt(3) == 0) {
            add(new LocalResponseNormalization(1, 3, 0.1, 0.75));
        }
        add(activation());
        if (random.nextInt(3) > 0 && Math.min(shape[1], shape[2]) > 1) {
            add(pooling(Window.of(2).stride(1 + random.nextInt(2)).remainder(Remainder.FLOOR)));
        }
        if (random.nextInt(4) == 0) {
            add(new Dropout());
        }
    }

    private Layer pooling(Window window) {
        return switch (random.nextInt(5)) {
            case 0 -> new AveragePooling(window);
            case 1 -> new Subsampling(window);
            case 2 -> new TrainedSubsampling(weights(shape[0]), weights(shape[0]), window);
            default -> new MaxPooling(window);
        };
    }

    private Layer activation() {
        return switch (random.nextInt(4)) {
            case 0 -> new Sigmoid();
            case 1 -> new Tanh();
            default -> new Relu();
        };
    }

    private void affine(int outputs) {
        add(new Affine(
                weights(Shapes.length(shape), outputs),
                random.nextBoolean() ? Tensor.zeros(outputs) : weights(outputs)));
    }

    private Tensor weights(int... sizes) {
        return Tensor.gaussian(random, std, sizes);
    }

    private void add(Layer layer) {
        layers.add(layer);
        shape = layer.outputShape(shape);
    }
}
