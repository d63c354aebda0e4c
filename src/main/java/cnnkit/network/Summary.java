package cnnkit.network;

import cnnkit.layer.Layer;
import cnnkit.layer.Parameter;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The ledger of a network: for each layer the shape that leaves it, its parameters, its multiply-adds and the memory of its
 * activations, for one input.
 *
 * <p>Every number takes 4 bytes. Activations count for each image of a batch; all of them must be held until the
 * backward pass, so training takes about as much again for their gradients.
 *
 * @param inputShape the shape of one input, without N
 * @param lines one line per layer, in order
 */
public record Summary(List<Integer> inputShape, List<Line> lines) {

    /**
     * One layer.
     *
     * @param layer its name
     * @param kind its class
     * @param outputShape the shape that leaves it for one input, without N
     * @param parameters how many numbers it learns
     * @param multiplyAdds multiply-adds of one forward pass of one input
     */
    public record Line(String layer, String kind, List<Integer> outputShape, long parameters, long multiplyAdds) {
        /**
         * The memory of what leaves this layer for one input.
         *
         * @return bytes
         */
        public long activationBytes() {
            long values = 1;
            for (int size : outputShape) {
                values *= size;
            }
            return Float.BYTES * values;
        }
    }

    /**
     * Counts a network.
     *
     * @param network any network
     * @return its ledger
     */
    public static Summary of(Network network) {
        return of(network, network.inputShape());
    }

    /**
     * Counts a network as if it were given inputs of another size.
     *
     * @param network any network
     * @param inputShape for example 1, 32, 32
     * @return its ledger
     * @throws cnnkit.tensor.ShapeException if a layer does not take what reaches it, naming the layer; an Affine layer
     *     takes one size only
     */
    public static Summary of(Network network, int... inputShape) {
        List<Line> lines = new ArrayList<>();
        int[] shape = inputShape;
        for (Layer layer : network.layers().values()) {
            int[] output = layer.outputShape(shape);
            long learned = 0;
            for (Parameter parameter : layer.parameters()) {
                learned += parameter.value().length();
            }
            lines.add(new Line(
                    layer.name(), layer.getClass().getSimpleName(), list(output), learned, layer.multiplyAdds(shape)));
            shape = output;
        }
        return new Summary(list(inputShape), List.copyOf(lines));
    }

    private static List<Integer> list(int... shape) {
        List<Integer> list = new ArrayList<>();
        for (int size : shape) {
            list.add(size);
        }
        return List.copyOf(list);
    }

    /**
     * The parameters of all layers.
     *
     * @return their number
     */
    public long parameters() {
        return lines.stream().mapToLong(Line::parameters).sum();
    }

    /**
     * The multiply-adds of all layers.
     *
     * @return their number, for one forward pass of one input
     */
    public long multiplyAdds() {
        return lines.stream().mapToLong(Line::multiplyAdds).sum();
    }

    /**
     * The memory of all activations for one input, without the input itself.
     *
     * @return bytes
     */
    public long activationBytes() {
        return lines.stream().mapToLong(Line::activationBytes).sum();
    }

    /**
     * The memory of all parameters.
     *
     * @return bytes
     */
    public long parameterBytes() {
        return Float.BYTES * parameters();
    }

    /**
     * One layer's line.
     *
     * @param layer the name of the layer
     * @return its line
     * @throws IllegalArgumentException if there is none
     */
    public Line line(String layer) {
        return lines.stream()
                .filter(line -> line.layer().equals(layer))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Text.error("no layer is named %s", layer)));
    }

    /**
     * The ledger as a table, with a last row for the totals.
     *
     * @return columns layer, kind, output shape, parameters, multiply-adds, activation bytes
     */
    public Table table() {
        StringColumn layer = StringColumn.create("layer");
        StringColumn kind = StringColumn.create("kind");
        StringColumn shape = StringColumn.create("output shape");
        LongColumn parameters = LongColumn.create("parameters");
        LongColumn multiplyAdds = LongColumn.create("multiply-adds");
        LongColumn activationBytes = LongColumn.create("activation bytes");
        for (Line line : lines) {
            layer.append(line.layer());
            kind.append(line.kind());
            shape.append(line.outputShape().toString());
            parameters.append(line.parameters());
            multiplyAdds.append(line.multiplyAdds());
            activationBytes.append(line.activationBytes());
        }
        layer.append("total");
        kind.append("");
        shape.append("");
        parameters.append(parameters());
        multiplyAdds.append(multiplyAdds());
        activationBytes.append(activationBytes());
        return Table.create("ledger", layer, kind, shape, parameters, multiplyAdds, activationBytes);
    }

    /**
     * The ledger as text.
     *
     * @return one line per layer, then the totals
     */
    @Override
    public String toString() {
        int layer = width(10, Line::layer), kind = width(16, Line::kind);
        String names = "%-" + layer + "s %-" + kind + "s %-14s ";
        String format = names + "%,12d %,14d %,16d%n";
        StringBuilder text = new StringBuilder(Text.of("input %s", inputShape) + System.lineSeparator());
        text.append(Text.of(
                names + "%12s %14s %16s%n",
                "layer",
                "kind",
                "output shape",
                "parameters",
                "multiply-adds",
                "activation bytes"));
        for (Line line : lines) {
            text.append(Text.of(
                    format,
                    line.layer(),
                    line.kind(),
                    line.outputShape(),
                    line.parameters(),
                    line.multiplyAdds(),
                    line.activationBytes()));
        }
        text.append(Text.of(format, "total", "", "", parameters(), multiplyAdds(), activationBytes()));
        return text.toString();
    }

    private int width(int least, Function<Line, String> column) {
        return Math.max(
                least, lines.stream().map(column).mapToInt(String::length).max().orElse(0));
    }
}
