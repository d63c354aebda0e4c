package cnnkit.train;

import cnnkit.layer.Layer;
import cnnkit.layer.SoftmaxWithLoss;
import cnnkit.network.Network;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;

/** One step of training taken by hand, a layer at a time: the same numbers as those of the whole network. */
final class LayerByLayer {
    private final List<Layer> layers;
    private final long[] seeds; // of what each layer draws at random in this step

    LayerByLayer(Network network, long seed, long step) {
        layers = List.copyOf(network.layers().values());
        seeds = layers.stream()
                .mapToLong(layer -> SeedListener.seedOf(layer.name(), seed, step))
                .toArray();
    }

    /** Hears which seed a network gives to a layer of its name. */
    private static final class SeedListener extends Layer {
        private long seed;

        static long seedOf(String layer, long seed, long step) {
            SeedListener listener = new SeedListener();
            Network.builder(1).add(layer, listener).build().trainingScores(Tensor.zeros(1, 1), seed, step);
            return listener.seed;
        }

        @Override
        public Tensor forward(Tensor x) {
            return x;
        }

        @Override
        public Tensor forwardInTraining(Tensor x, long seedOfThisStep) {
            seed = seedOfThisStep;
            return x;
        }

        @Override
        public Tensor backward(Tensor dout) {
            return dout;
        }

        @Override
        public int[] outputShape(int... inputShape) {
            return inputShape;
        }
    }

    List<Layer> layers() {
        return layers;
    }

    /** What one layer makes of an input, which it may not change. */
    Tensor forward(int layer, Tensor x) {
        return layers.get(layer).forwardInTraining(x.copy(), seeds[layer]);
    }

    /** The inputs of all layers, and the scores behind them. */
    List<Tensor> forward(Tensor x) {
        List<Tensor> values = new ArrayList<>(List.of(x.copy()));
        for (int layer = 0; layer < layers.size(); layer++) {
            values.add(forward(layer, values.get(layer)).copy());
        }
        return values;
    }

    /** The gradient of the loss with respect to x, by the backward passes of all layers: dx of the first. */
    Tensor inputGradient(Tensor x, int[] labels) {
        List<Tensor> values = forward(x);
        Tensor gradient = scoresGradient(values.get(layers.size()), labels);
        for (int i = layers.size() - 1; i >= 0; i--) {
            Layer layer = layers.get(i);
            gradient = layer.backward(gradient);
            if (gradient == null || gradient.length() != values.get(i).length()) {
                throw new ShapeException(Text.of(
                        "%s: expected backward to return dx %s but got %s",
                        layer,
                        Shapes.text(values.get(i).shape()),
                        gradient == null ? "nothing" : Shapes.text(gradient.shape())));
            }
        }
        return gradient;
    }

    /** The gradient of the loss with respect to the scores, as the layers get it. */
    static Tensor scoresGradient(Tensor scores, int[] labels) {
        SoftmaxWithLoss loss = new SoftmaxWithLoss();
        loss.forward(scores, labels);
        return loss.backward();
    }
}
