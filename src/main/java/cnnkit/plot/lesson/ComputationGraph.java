package cnnkit.plot.lesson;

import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.Numbers;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A calculation as a graph: each operation a node, the values on their way to the right, and the gradients of the result on
 * their way back (chapter 5 of the book).
 * <pre>
 *     ComputationGraph.empty()
 *         .value("x", 2).value("w", 3).value("b", 1)
 *         .operation("p", "×", 6, "x", "w")
 *         .operation("z", "+", 7, "p", "b")
 *         .operation("L", "( )²", 49, "z")
 *         .gradient("L", 1).gradient("z", 14)
 * </pre>
 * It computes nothing: whoever draws it knows the numbers. Values are on solid arrows, gradients on dashed ones; a value
 * whose gradient was not told has no arrow back.
 */
public final class ComputationGraph extends TitledDrawing<ComputationGraph> {
    private final Map<String, Item> items = new LinkedHashMap<>(); // by name, inputs of an operation before it
    private final Map<String, String> readers = new LinkedHashMap<>(); // the operation that reads a value
    private final Map<String, Double> gradients = new LinkedHashMap<>();

    /** A value, and what it comes from: an operation on others, or nothing (no symbol). */
    record Item(String name, String symbol, double value, List<String> inputs) {
        boolean isGiven() {
            return inputs.isEmpty();
        }
    }

    private ComputationGraph() {}

    /**
     * Nothing yet.
     *
     * @return a graph to be filled
     */
    public static ComputationGraph empty() {
        return new ComputationGraph();
    }

    /**
     * A value that is given: an input, a weight.
     *
     * @param name such as {@code x}
     * @param value the number
     * @return this graph
     * @throws IllegalArgumentException if the name is taken
     */
    public ComputationGraph value(String name, double value) {
        return add(new Item(name, "", value, List.of()));
    }

    /**
     * A value that is computed from others.
     *
     * @param name of the result
     * @param symbol of the operation, drawn in its node: {@code ×}
     * @param value the result
     * @param inputs names of one value or of two, which no other operation reads
     * @return this graph
     * @throws IllegalArgumentException if the name is taken, an input is not there or read already, or there is another
     *     number of them
     */
    public ComputationGraph operation(String name, String symbol, double value, String... inputs) {
        if (inputs.length < 1 || inputs.length > 2) {
            throw new IllegalArgumentException(Text.error(
                    "ComputationGraph: %s: an operation reads one value or two but got %d", name, inputs.length));
        }
        for (String input : inputs) {
            requireKnown(input);
            if (readers.containsKey(input)) {
                throw new IllegalArgumentException(Text.error(
                        "ComputationGraph: %s is read by %s already: give its copy a name of its own",
                        input, readers.get(input)));
            }
        }
        if (inputs.length == 2 && inputs[0].equals(inputs[1])) {
            throw new IllegalArgumentException(Text.error(
                    "ComputationGraph: %s reads %s twice: give its copy a name of its own", name, inputs[0]));
        }
        add(new Item(name, Objects.requireNonNull(symbol, "symbol"), value, List.of(inputs)));
        for (String input : inputs) {
            readers.put(input, name);
        }
        return this;
    }

    /**
     * By how much the result changes with a value: it goes back along its arrow.
     *
     * @param name of a value
     * @param gradient of the result with respect to it
     * @return this graph
     * @throws IllegalArgumentException if there is no such value
     */
    public ComputationGraph gradient(String name, double gradient) {
        requireKnown(name);
        gradients.put(name, gradient);
        return this;
    }

    private ComputationGraph add(Item item) {
        Objects.requireNonNull(item.name(), "name");
        if (items.putIfAbsent(item.name(), item) != null) {
            throw new IllegalArgumentException(
                    Text.error("ComputationGraph: two values are called %s: choose other names", item.name()));
        }
        return this;
    }

    private void requireKnown(String name) {
        if (!items.containsKey(name)) {
            throw new IllegalArgumentException(
                    Text.error("ComputationGraph: there is no value %s: there are %s", name, items.keySet()));
        }
    }

    /** The value on an arrow, in words. */
    static String forward(Item item) {
        return item.name() + " = " + Numbers.text(item.value());
    }

    /** The gradient on the arrow back, in words; empty if it was not told. */
    String back(Item item) {
        Double gradient = gradients.get(item.name());
        return gradient == null ? "" : "d" + item.name() + " = " + Numbers.text(gradient);
    }

    Item item(String name) {
        return items.get(name);
    }

    /**
     * The one value that nothing reads.
     *
     * @throws IllegalStateException if there is none that was computed, or more than one
     */
    Item result() {
        List<String> unread = items.keySet().stream()
                .filter(name -> !readers.containsKey(name))
                .toList();
        if (unread.size() != 1 || items.get(unread.get(0)).isGiven()) {
            throw new IllegalStateException(Text.error(
                    "ComputationGraph: expected one result, computed from all values, but nothing reads %s", unread));
        }
        return items.get(unread.get(0));
    }

    @Override
    protected String words() {
        List<String> forward = new ArrayList<>(), back = new ArrayList<>();
        for (Item item : items.values()) {
            forward.add(forward(item));
            if (!back(item).isEmpty()) {
                back.add(0, back(item));
            }
        }
        String there = "Forward: " + String.join(Text.of(", "), forward);
        return afterTitle(". ", back.isEmpty() ? there : there + ". Back: " + String.join(Text.of(", "), back));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if there is no result yet, or more than one
     */
    @Override
    public Figure figure() {
        return titled(new GraphPainter(this).figure(alt()));
    }
}
