package cnnkit.live;

import cnnkit.layer.Parameter;
import cnnkit.network.Network;
import java.util.Collection;
import java.util.function.Function;

/**
 * The layers of a network that belongs to somebody else, lent for a moment: they compute with other weights, and then have their
 * own again, to the bit, and their own gradients.
 */
final class LentLayers {
    private final Collection<Parameter> parameters;

    LentLayers(Network network) {
        parameters = network.parameters().values();
    }

    /** A copy of the weights as they are. */
    float[][] weights() {
        return copies(parameter -> parameter.value().data());
    }

    /** Does some work with these weights, which take over what has become of them, whatever happens. */
    void with(float[][] weights, Runnable work) {
        float[][] values = weights();
        float[][] gradients = copies(parameter -> parameter.gradientToFill().data());
        fill(parameter -> parameter.value().data(), weights);
        try {
            work.run();
        } finally {
            int i = 0;
            for (Parameter parameter : parameters) {
                System.arraycopy(parameter.value().data(), 0, weights[i], 0, weights[i].length);
                i++;
            }
            fill(parameter -> parameter.value().data(), values);
            fill(parameter -> parameter.gradientToFill().data(), gradients);
        }
    }

    private float[][] copies(Function<Parameter, float[]> numbers) {
        return parameters.stream()
                .map(parameter -> numbers.apply(parameter).clone())
                .toArray(float[][]::new);
    }

    private void fill(Function<Parameter, float[]> numbers, float[][] from) {
        int i = 0;
        for (Parameter parameter : parameters) {
            System.arraycopy(from[i], 0, numbers.apply(parameter), 0, from[i].length);
            i++;
        }
    }
}
