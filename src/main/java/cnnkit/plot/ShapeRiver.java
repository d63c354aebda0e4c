package cnnkit.plot;

import cnnkit.layer.Layer;
import cnnkit.layer.SoftmaxWithLoss;
import cnnkit.network.Network;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one input becomes on its way through a network: the values that leave each layer, and below them a river that is as
 * wide as there are values (section 7.1).
 * <pre>
 *     ShapeRiver.of(network, mnist.train().image(7)).title("One digit on its way through SimpleConvNet")
 * </pre>
 * Feature maps are drawn with one dot per value, all of the same size. Flat rows of numbers stand upright as columns, with
 * larger dots. Each layer has a colour scale of its own, whose ends are printed.
 */
public final class ShapeRiver implements Drawing {
    private static final int MOST = 9; // columns that are readable side by side

    final List<Stage> stages;
    String title = "";
    private String alt;

    /**
     * What flows at one place.
     *
     * @param name of the layer it leaves
     * @param values without the N of the batch: (C, H, W), or (K) where it is flat
     * @param kind of its colours
     */
    record Stage(String name, Tensor values, CellKind kind) {
        boolean isFlat() {
            return values.rank() == 1;
        }
    }

    private ShapeRiver(List<Stage> stages) {
        this.stages = stages;
    }

    /**
     * Sends one input through a network.
     *
     * @param network any network
     * @param input (C, H, W), or a batch of one
     * @return a river to be drawn
     * @throws ShapeException if the input does not have the input shape of the network
     */
    public static ShapeRiver of(Network network, Tensor input) {
        int[] shape = network.inputShape();
        if (!input.hasShape(shape) && !input.hasShape(withN(shape))) {
            throw new ShapeException("ShapeRiver: expected one input %s but got %s"
                    .formatted(Shapes.text(shape), Shapes.text(input.shape())));
        }
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage("input", input.reshape(shape), CellKind.PIXELS));
        Tensor x = input.reshape(withN(shape));
        for (Layer layer : network.layers().values()) {
            x = layer.forward(x);
            stages.add(new Stage(layer.name(), x.slice(0), x.min() < 0 ? CellKind.SIGNED : CellKind.ACTIVATIONS));
        }
        stages.add(new Stage("Softmax", SoftmaxWithLoss.softmax(x).slice(0), CellKind.ACTIVATIONS));
        return new ShapeRiver(stages);
    }

    private static int[] withN(int... shape) {
        int[] batch = new int[shape.length + 1];
        batch[0] = 1;
        System.arraycopy(shape, 0, batch, 1, shape.length);
        return batch;
    }

    /**
     * Shows some places only: in a deep network there is no room for all.
     *
     * @param names of layers; {@code input} and {@code Softmax} are the ends
     * @return a river of these places, in their order in the network
     * @throws IllegalArgumentException if one is not there, naming those that are
     */
    public ShapeRiver only(String... names) {
        List<String> wanted = Arrays.asList(names);
        List<String> there = stages.stream().map(Stage::name).toList();
        if (wanted.isEmpty() || !there.containsAll(wanted)) {
            throw new IllegalArgumentException(
                    "ShapeRiver: asked for %s but there are %s".formatted(wanted, String.join(", ", there)));
        }
        ShapeRiver fewer = new ShapeRiver(
                stages.stream().filter(stage -> wanted.contains(stage.name())).toList());
        fewer.title = title;
        fewer.alt = alt;
        return fewer;
    }

    /**
     * A title over the figure.
     *
     * @param text in bold
     * @return this river
     */
    public ShapeRiver title(String text) {
        title = text;
        return this;
    }

    /**
     * What there is to see, for those who cannot see it: the finding rather than the title.
     *
     * @param sentence in words
     * @return this river
     */
    public ShapeRiver alt(String sentence) {
        alt = sentence;
        return this;
    }

    String alt() {
        if (alt != null) {
            return alt;
        }
        String counts = stages.stream()
                .map(stage -> stage.name() + " " + Numbers.text(stage.values().length()))
                .collect(Collectors.joining(", ", "Numbers that flow: ", "."));
        return title.isEmpty() ? counts : title + ". " + counts;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if there are too many layers to be drawn side by side
     */
    @Override
    public Figure figure() {
        if (stages.size() > MOST) {
            throw new IllegalStateException(
                    "ShapeRiver: %d places do not fit side by side, at most %d do: choose some with only(...)"
                            .formatted(stages.size(), MOST));
        }
        return new RiverPainter(this).figure();
    }

    /**
     * What is drawn, in words.
     *
     * @return the alt text
     */
    @Override
    public String toString() {
        return alt();
    }
}
