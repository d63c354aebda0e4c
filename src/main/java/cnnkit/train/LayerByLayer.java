package cnnkit.train;

import cnnkit.layer.Layer;
import cnnkit.layer.SoftmaxWithLoss;
import cnnkit.network.Network;
import cnnkit.tensor.Seeds;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** One step of training taken by hand, a layer at a time: the same numbers as those of the whole network. */
final class LayerByLayer {
    private final List<Layer> layers;
    private final long[] seeds; // of what each layer draws at random in this step

    LayerByLayer(Network network, long seed, long step) {
        layers = List.copyOf(network.layers().values());
        seeds = layers.stream()
                .mapToLong(layer -> Seeds.ofLayer(seed, step, layer.name()))
                .toArray();
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

    /** The gradient of the loss with respect to the scores, as the layers get it. */
    static Tensor scoresGradient(Tensor scores, int[] labels) {
        SoftmaxWithLoss loss = new SoftmaxWithLoss();
        loss.forward(scores, labels);
        return loss.backward();
    }
}
