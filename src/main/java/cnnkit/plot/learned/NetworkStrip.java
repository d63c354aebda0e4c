package cnnkit.plot.learned;

import cnnkit.layer.Layer;
import cnnkit.network.Network;
import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Shapes;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Networks as strips: the layers as boxes from left to right, and between them the shape of what flows there, for one
 * input (section 7.1).
 * <pre>
 *     NetworkStrip.of(LeNet.create(1)).title("LeNet")
 *     NetworkStrip.of("fully connected", FullyConnectedNet.create(1)).and("convolutional", SimpleConvNet.create(1))
 * </pre>
 * Data with channels, height and width is drawn as a block, a flat row of numbers as a column; where a layer makes a row
 * out of a block, the number of its values stands below the layer. A strip that is too long goes on in the next line.
 * Softmax, which every network ends with, is the last box.
 */
public final class NetworkStrip extends TitledDrawing<NetworkStrip> {
    private final List<Strip> strips = new ArrayList<>();

    private NetworkStrip() {}

    /** What a layer is for: decides the colour of its box. */
    enum Kind {
        CONVOLUTION(Style.SKY),
        ACTIVATION(Style.GRID),
        POOLING(new Color(0x8FD3BC)),
        AFFINE(Style.ORANGE),
        SOFTMAX(Color.WHITE),
        OTHER(new Color(0xE6C3D6));

        final Color color;

        Kind(Color color) {
            this.color = color;
        }

        static Kind of(Layer layer) {
            return switch (layer.kind()) {
                case CONVOLUTION -> CONVOLUTION;
                case ACTIVATION -> ACTIVATION;
                case POOLING -> POOLING;
                case AFFINE -> AFFINE;
                case OTHER -> OTHER;
            };
        }
    }

    /**
     * A layer and what leaves it.
     *
     * @param name of the layer
     * @param kind of the layer
     * @param flattened how many values it lays out in a row; 0 if they lie in one already, or stay in a block
     * @param shape of its output for one input
     */
    record Step(String name, Kind kind, int flattened, int[] shape) {}

    /**
     * A network, laid out.
     *
     * @param name written over it; may be empty
     * @param inputShape of one input
     * @param steps the layers
     */
    record Strip(String name, int[] inputShape, List<Step> steps) {
        static Strip of(String name, Network network) {
            List<Step> steps = new ArrayList<>();
            int[] shape = network.inputShape();
            for (Layer layer : network.layers().values()) {
                int[] out = layer.outputShape(shape);
                int flattened = shape.length > 1 && out.length == 1 ? Shapes.length(shape) : 0;
                steps.add(new Step(layer.name(), Kind.of(layer), flattened, out));
                shape = out;
            }
            steps.add(new Step("Softmax", Kind.SOFTMAX, 0, shape));
            return new Strip(name, network.inputShape(), steps);
        }

        String words() {
            String start = name.isEmpty() ? text(inputShape) : name + ": " + text(inputShape);
            return steps.stream()
                    .map(step -> step.name() + " " + text(step.shape()))
                    .collect(Collectors.joining(", ", start + ", ", "."));
        }
    }

    /** As the book writes a shape: (30, 24, 24). */
    static String text(int... shape) {
        return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    List<Strip> strips() {
        return List.copyOf(strips);
    }

    /**
     * The strip of one network.
     *
     * @param network any network
     * @return a strip to be drawn
     */
    public static NetworkStrip of(Network network) {
        return of("", network);
    }

    /**
     * The strip of one network, with its name over it.
     *
     * @param name in a few words
     * @param network any network
     * @return a strip to be drawn
     */
    public static NetworkStrip of(String name, Network network) {
        return new NetworkStrip().and(name, network);
    }

    /**
     * Another network, below, to be compared with those above.
     *
     * @param name in a few words
     * @param network any network
     * @return these strips
     */
    public NetworkStrip and(String name, Network network) {
        strips.add(Strip.of(name, network));
        return this;
    }

    @Override
    protected String words() {
        return afterTitle(". ", strips.stream().map(Strip::words).collect(Collectors.joining(" ")));
    }

    @Override
    public Figure figure() {
        return titled(new StripPainter(strips()).figure(alt()));
    }
}
