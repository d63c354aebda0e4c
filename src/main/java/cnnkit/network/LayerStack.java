package cnnkit.network;

import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.Convolution;
import cnnkit.layer.Layer;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Stacks the layers that the networks of this package share. Weights are drawn in the order in which layers are added,
 * biases are 0, and layers of a kind are numbered: Conv1, Conv2, ...
 */
final class LayerStack {
    private final Network.Builder network;
    private final InitialWeights weights;
    private final RandomGenerator random;
    private final Map<String, Integer> count = new HashMap<>();

    LayerStack(int[] input, InitialWeights weights, RandomGenerator random) {
        network = Network.builder(input);
        this.weights = weights;
        this.random = random;
    }

    LayerStack convolution(int filters, Window window) {
        return convolution(filters, window, 1);
    }

    LayerStack convolution(int filters, Window window, int groups) {
        int channels = network.shape()[0] / groups;
        Tensor W = weights.draw(random, filters, channels, window.kernelHeight(), window.kernelWidth());
        return add("Conv", new Convolution(W, Tensor.zeros(filters), window, groups));
    }

    LayerStack affine(int outputs) {
        Tensor W = weights.draw(random, Shapes.length(network.shape()), outputs);
        return add("Affine", new Affine(W, Tensor.zeros(outputs)));
    }

    LayerStack add(Activation activation) {
        return add(activation.kind(), activation.layer());
    }

    LayerStack add(String kind, Layer layer) {
        network.add(kind + count.merge(kind, 1, Integer::sum), layer);
        return this;
    }

    Network build() {
        return network.build();
    }
}
