package cnnkit.network;

import cnnkit.layer.Layer;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a network computes: which layers in one go, in which order. Print it to see; choose another one with
 * {@link Network#use}. No bit of any result depends on it.
 * <pre>
 *     network.plan()                                 Conv1 + Relu1 + Pool1 in one go, Affine1, Relu2, Affine2
 *     network.use(Plan.layerByLayer(network))        Conv1, Relu1, Pool1, Affine1, Relu2, Affine2
 * </pre>
 *
 * @param steps the names of the layers that each step computes, from the input to the scores
 */
public record Plan(List<List<String>> steps) {

    /**
     * A plan; {@link Network#use} checks whether a network can follow it.
     *
     * @param steps the names of the layers that each step computes
     */
    public Plan {
        steps = steps.stream().map(List::copyOf).toList();
    }

    /**
     * As fast as it can be: each convolution together with the ReLU and the max pooling behind it, where the engine computes
     * it. What a network does unless told otherwise.
     *
     * @param network any network
     * @return its fastest plan
     */
    public static Plan together(Network network) {
        List<String> names = new ArrayList<>(network.layers().keySet());
        List<Layer> layers = new ArrayList<>(network.layers().values());
        List<List<String>> steps = new ArrayList<>();
        int[] shape = network.inputShape();
        for (int i = 0; i < layers.size(); ) {
            int length = Block.length(layers.subList(i, layers.size()), shape);
            steps.add(names.subList(i, i + length));
            for (int end = i + length; i < end; i++) {
                shape = layers.get(i).outputShape(shape);
            }
        }
        return new Plan(steps);
    }

    /**
     * The book's loop: one layer after another, each through its own {@code forward} and {@code backward}, where breakpoints
     * fire.
     *
     * @param network any network
     * @return a plan of one layer a step
     */
    public static Plan layerByLayer(Network network) {
        return new Plan(network.layers().keySet().stream().map(List::of).toList());
    }

    /** Makes sure that a network can follow this plan. */
    void requireFits(Network network) {
        List<String> names = steps.stream().flatMap(List::stream).toList();
        List<String> there = List.copyOf(network.layers().keySet());
        if (!names.equals(there) || steps.contains(List.<String>of())) {
            throw new IllegalArgumentException(Text.error(
                    "this plan computes %s, but the network has %s: a plan names every layer once, in order",
                    String.join(", ", names), String.join(", ", there)));
        }
        List<List<String>> possible = together(network).steps;
        for (List<String> step : steps) {
            boolean fits = step.size() == 1
                    || possible.stream()
                            .anyMatch(most -> most.get(0).equals(step.get(0)) && most.size() >= step.size());
            if (!fits) {
                throw new IllegalArgumentException(Text.error(
                        "%s cannot be computed in one go: only a convolution by the engine and the ReLU and max pooling behind it can. This network can do  %s",
                        String.join(" + ", step), together(network)));
            }
        }
    }

    /** The steps up to a layer; the step that it lies in may become shorter. */
    Plan upTo(String last) {
        List<List<String>> some = new ArrayList<>();
        for (List<String> step : steps) {
            int at = step.indexOf(last);
            some.add(at < 0 ? step : step.subList(0, at + 1));
            if (at >= 0) {
                break;
            }
        }
        return new Plan(some);
    }

    /**
     * In words.
     *
     * @return for example {@code Conv1 + Relu1 + Pool1 in one go, Affine1, Relu2, Affine2}
     */
    @Override
    public String toString() {
        return steps.stream()
                .map(step -> String.join(" + ", step) + (step.size() > 1 ? " in one go" : ""))
                .collect(Collectors.joining(", "));
    }
}
