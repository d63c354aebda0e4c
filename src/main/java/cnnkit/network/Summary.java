package cnnkit.network;

import cnnkit.layer.Layer;
import cnnkit.layer.Parameter;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The ledger of a network: for each layer the shape that leaves it, its parameters and its multiply-adds, for one input.
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
    public record Line(String layer, String kind, List<Integer> outputShape, long parameters, long multiplyAdds) {}

    /**
     * Counts a network.
     *
     * @param network any network
     * @return its ledger
     */
    public static Summary of(Network network) {
        List<Line> lines = new ArrayList<>();
        int[] shape = network.inputShape();
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
        return new Summary(list(network.inputShape()), List.copyOf(lines));
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
                .orElseThrow(() -> new IllegalArgumentException("no layer is named " + layer));
    }

    /**
     * The ledger as a table, with a last row for the totals.
     *
     * @return columns layer, kind, output shape, parameters, multiply-adds
     */
    public Table table() {
        StringColumn layer = StringColumn.create("layer");
        StringColumn kind = StringColumn.create("kind");
        StringColumn shape = StringColumn.create("output shape");
        LongColumn parameters = LongColumn.create("parameters");
        LongColumn multiplyAdds = LongColumn.create("multiply-adds");
        for (Line line : lines) {
            layer.append(line.layer());
            kind.append(line.kind());
            shape.append(line.outputShape().toString());
            parameters.append(line.parameters());
            multiplyAdds.append(line.multiplyAdds());
        }
        layer.append("total");
        kind.append("");
        shape.append("");
        parameters.append(parameters());
        multiplyAdds.append(multiplyAdds());
        return Table.create("ledger", layer, kind, shape, parameters, multiplyAdds);
    }

    /**
     * The ledger as text.
     *
     * @return one line per layer, then the totals
     */
    @Override
    public String toString() {
        String format = "%-10s %-16s %-14s %,12d %,14d%n";
        StringBuilder text = new StringBuilder();
        text.append("input ").append(inputShape).append(System.lineSeparator());
        text.append(String.format(
                "%-10s %-16s %-14s %12s %14s%n", "layer", "kind", "output shape", "parameters", "multiply-adds"));
        for (Line line : lines) {
            text.append(Text.of(
                    format, line.layer(), line.kind(), line.outputShape(), line.parameters(), line.multiplyAdds()));
        }
        text.append(Text.of(format, "total", "", "", parameters(), multiplyAdds()));
        return text.toString();
    }
}
