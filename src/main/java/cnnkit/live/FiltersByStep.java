package cnnkit.live;

import cnnkit.layer.Convolution;
import cnnkit.network.Network;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the filters of a convolution were at some steps of its training.
 *
 * @param layer the name of the convolution
 * @param steps of the training
 * @param filters (FN, C, FH, FW) at each of them
 */
record FiltersByStep(String layer, List<Integer> steps, List<Tensor> filters) {
    FiltersByStep {
        if (steps.size() != filters.size() || steps.isEmpty()) {
            throw new IllegalArgumentException(Text.error(
                    "UnitPanel: expected filters for each step but got %d steps and %d tensors of filters",
                    steps.size(), filters.size()));
        }
        filters = filters.stream().map(Tensor::copy).toList();
    }

    /** Makes sure that these can be the filters of the layer. */
    void requireToFit(Network network) {
        if (!(network.layer(layer) instanceof Convolution convolution)) {
            throw new IllegalArgumentException(Text.error("UnitPanel: %s is no convolution", network.layer(layer)));
        }
        int[] shape = convolution.W().value().shape();
        for (int i = 0; i < filters.size(); i++) {
            if (!filters.get(i).hasShape(shape)) {
                throw new ShapeException(Text.error(
                        "UnitPanel: expected filters %s of %s for step %d but got %s",
                        Shapes.text(shape),
                        layer,
                        steps.get(i),
                        Shapes.text(filters.get(i).shape())));
            }
        }
    }

    /**
     * Asks a network while its filters are those of a step; afterwards they are what they were, to the bit.
     *
     * @param index of the step; {@code steps.size()}: as the network is
     */
    <T> T at(int index, Network network, Supplier<T> asked) {
        if (index == steps.size()) {
            return asked.get();
        }
        float[] values = ((Convolution) network.layer(layer)).W().value().data(), kept = values.clone();
        try {
            System.arraycopy(filters.get(index).data(), 0, values, 0, values.length);
            return asked.get();
        } finally {
            System.arraycopy(kept, 0, values, 0, values.length);
        }
    }

    /** A step in words. */
    String text(int index) {
        return index == steps.size() ? Text.of("now") : Text.of("step %d", steps.get(index));
    }
}
