package cnnkit.inspect;

import cnnkit.data.Dataset;
import cnnkit.layer.Convolution;
import cnnkit.layer.Layer;
import cnnkit.network.Network;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import cnnkit.train.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What filters are good for: how much accuracy is lost when they are silent (section 7.6.1).
 *
 * <p>Weights and bias of the chosen filters become 0, so that their feature maps are 0 everywhere; the accuracy is
 * measured; then they get their values back, to the bit.
 *
 * @param layer the name of the convolution
 * @param filters that were silent, by their indices
 * @param before accuracy of the network as it is, from 0 to 1
 * @param after accuracy without the filters
 */
public record Silencing(String layer, List<Integer> filters, double before, double after) {

    /**
     * Silences filters.
     *
     * @param network any network; it is the same afterwards, even after an exception
     * @param layer the name of a convolution
     * @param images what to measure accuracy on
     * @param filters indices, from 0
     * @return the accuracies with and without them
     * @throws IllegalArgumentException if the layer is no convolution, naming those there are
     * @throws IndexOutOfBoundsException if there is no such filter
     * @throws cnnkit.tensor.InterruptedWorkException if the thread is interrupted; the network is the same as before
     */
    public static Silencing of(Network network, String layer, Dataset images, int... filters) {
        return of(network, layer, images, List.<int[]>of(filters)).get(0);
    }

    /**
     * Silences one choice of filters after the other, for example the most oriented ones and some random ones.
     *
     * @param network any network; it is the same afterwards, even after an exception
     * @param layer the name of a convolution
     * @param images what to measure accuracy on
     * @param choices indices of filters, from 0; those of one element are silent together
     * @return the accuracies for each choice
     * @throws IllegalArgumentException if the layer is no convolution, naming those there are
     * @throws IndexOutOfBoundsException if there is no such filter
     * @throws cnnkit.tensor.InterruptedWorkException if the thread is interrupted; the network is the same as before
     */
    public static List<Silencing> of(Network network, String layer, Dataset images, List<int[]> choices) {
        Convolution convolution = convolution(network, layer);
        int FN = convolution.W().value().size(0);
        for (int[] choice : choices) {
            for (int filter : choice) {
                if (filter < 0 || filter >= FN) {
                    throw new IndexOutOfBoundsException(
                            Text.error("Silencing: filter %d is outside 0..%d of %s", filter, FN - 1, convolution));
                }
            }
        }
        double before = Evaluation.of(network, images).accuracy();
        List<Silencing> measured = new ArrayList<>();
        for (int[] choice : choices) {
            double after = accuracyWithout(network, convolution, images, choice);
            measured.add(new Silencing(layer, Arrays.stream(choice).boxed().toList(), before, after));
        }
        return measured;
    }

    /**
     * Silences every filter of a layer, one at a time.
     *
     * @param network any network; it is the same afterwards, even after an exception
     * @param layer the name of a convolution
     * @param images what to measure accuracy on
     * @return one element per filter
     * @throws IllegalArgumentException if the layer is no convolution, naming those there are
     * @throws cnnkit.tensor.InterruptedWorkException if the thread is interrupted; the network is the same as before
     */
    public static List<Silencing> each(Network network, String layer, Dataset images) {
        List<int[]> choices = new ArrayList<>();
        for (int f = 0; f < convolution(network, layer).W().value().size(0); f++) {
            choices.add(new int[] {f});
        }
        return of(network, layer, images, choices);
    }

    private static Convolution convolution(Network network, String name) {
        Layer layer = network.layer(name);
        if (layer instanceof Convolution convolution) {
            return convolution;
        }
        List<String> convolutions = network.layers().values().stream()
                .filter(Convolution.class::isInstance)
                .map(Layer::name)
                .toList();
        throw new IllegalArgumentException(Text.error(
                "Silencing: %s has no filters: the convolutions are %s", layer, String.join(", ", convolutions)));
    }

    private static double accuracyWithout(Network network, Convolution convolution, Dataset images, int[] filters) {
        KeptParameters kept = new KeptParameters(convolution.parameters());
        try {
            Tensor W = convolution.W().value(), b = convolution.b().value();
            int weights = W.length() / W.size(0);
            for (int f : filters) {
                Arrays.fill(W.data(), f * weights, (f + 1) * weights, 0);
                b.set(0, f);
            }
            return Evaluation.of(network, images).accuracy();
        } finally {
            kept.putBack();
        }
    }

    /**
     * The accuracy that is lost.
     *
     * @return from -1 to 1; below 0 if the network does better without the filters
     */
    public double loss() {
        return before - after;
    }

    /**
     * In words.
     *
     * @return for example {@code Conv1 without filters [3, 7]: 98.20 % becomes 91.45 %}
     */
    @Override
    public String toString() {
        return Text.of("%s without filters %s: %.2f %% becomes %.2f %%", layer, filters, 100 * before, 100 * after);
    }
}
