package cnnkit.plot.learned;

import cnnkit.layer.SoftmaxWithLoss;
import cnnkit.network.Network;
import cnnkit.network.Pass;
import cnnkit.network.Plan;
import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.CellKind;
import cnnkit.plot.card.Numbers;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
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
public final class ShapeRiver extends TitledDrawing<ShapeRiver> {
    private static final int MOST = 9; // columns that are readable side by side

    private final List<Stage> stages; // never changed

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
        this.stages = List.copyOf(stages);
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
            throw new ShapeException(Text.error(
                    "ShapeRiver: expected one input %s but got %s", Shapes.text(shape), Shapes.text(input.shape())));
        }
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage("input", input.reshape(shape), CellKind.PIXELS));
        Pass pass = network.pass(Plan.layerByLayer(network));
        Tensor scores = pass.forward(input.reshape(withN(shape)));
        for (String layer : network.layers().keySet()) {
            Tensor out = pass.output(layer);
            stages.add(new Stage(layer, out.slice(0), out.min() < 0 ? CellKind.SIGNED : CellKind.ACTIVATIONS));
        }
        stages.add(new Stage("Softmax", SoftmaxWithLoss.softmax(scores).slice(0), CellKind.ACTIVATIONS));
        return new ShapeRiver(stages);
    }

    List<Stage> stages() {
        return stages;
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
                    Text.error("ShapeRiver: asked for %s but there are %s", wanted, String.join(", ", there)));
        }
        return new ShapeRiver(stages.stream()
                        .filter(stage -> wanted.contains(stage.name()))
                        .toList())
                .titledAs(this);
    }

    @Override
    protected String words() {
        return afterTitle(
                ". ",
                stages.stream()
                        .map(stage ->
                                stage.name() + " " + Numbers.text(stage.values().length()))
                        .collect(Collectors.joining(", ", "Numbers that flow: ", ".")));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if there are too many layers to be drawn side by side
     */
    @Override
    public Figure figure() {
        if (stages.size() > MOST) {
            throw new IllegalStateException(Text.error(
                    "ShapeRiver: %d places do not fit side by side, at most %d do: choose some with only(...)",
                    stages.size(), MOST));
        }
        return titled(new RiverPainter(stages).figure(alt()));
    }
}
