package cnnkit.train;

import cnnkit.layer.Parameter;
import cnnkit.layer.SoftmaxWithLoss;
import cnnkit.network.Network;
import cnnkit.network.Pass;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Holds the gradients of backpropagation against numerical ones (chapters 4 and 5 of the book), element by element:
 * those of every parameter, and dx of the first layer, named x.
 * <pre>
 *     numerical = (loss(w + h) - loss(w - h)) / 2h                 with every other value held still
 * </pre>
 * worked out a layer at a time, because single precision cannot follow a small change through many layers. Several
 * steps h are tried, and what they agree on is extrapolated. Two kinds of elements are counted apart, since there is
 * nothing to compare with:
 * <ul>
 *   <li>on a kink, where a ReLU or a maximum switches however small h is, the loss has no single slope. (With biases
 *       of 0 and black pixels this really happens: the ReLU gets exactly 0.)
 *   <li>not resolved are those whose slope is lost in the rounding of single precision: of a sigmoid that is almost
 *   1, say.
 * </ul>
 * A right network has relative errors below 0.001, whatever its weights; a mistake shows as a larger one.
 *
 * <p>A layer may also be right the first time only: it adds to the gradients of the pass before, or goes on using an
 * input or weights that it has kept. So all is compared a second time, before, with another batch and other weights.
 *
 * @param pairs for each parameter of the network, and for x, its elements in order
 * @param elsewhere the same with the other batch and weights; empty if there was no such comparison
 */
public record GradientCheck(Map<String, List<Pair>> pairs, Map<String, List<Pair>> elsewhere) {
    /** How dx of the first layer is called; every name of a parameter ends with a number. */
    private static final String INPUT = "x";
    /**
     * Of two steps of training: where a layer drops at random, it drops the same values as often as a step is
     * repeated.
     */
    private static final long SEED = 0;
    /** A difference so many times the error of the numerical gradient is none of rounding. */
    private static final double CLEARLY = 8;

    /**
     * Copies the maps.
     *
     * @param pairs for each parameter of the network, and for x, its elements in order
     * @param elsewhere the same with another batch and other weights
     */
    public GradientCheck {
        pairs = copy(pairs);
        elsewhere = copy(elsewhere);
    }

    /**
     * A comparison at one place.
     *
     * @param pairs for each parameter its elements, in order
     */
    public GradientCheck(Map<String, List<Pair>> pairs) {
        this(pairs, Map.of());
    }

    private static Map<String, List<Pair>> copy(Map<String, List<Pair>> pairs) {
        Map<String, List<Pair>> copy = new LinkedHashMap<>();
        pairs.forEach((name, list) -> copy.put(name, List.copyOf(list)));
        return Collections.unmodifiableMap(copy);
    }

    /**
     * Two opinions on one element of a gradient.
     *
     * @param backpropagated by the backward pass
     * @param numerical by difference quotients
     * @param smooth whether the loss has a slope here; if not, the two cannot be compared
     * @param resolved whether single precision can tell the slope; if not, the two cannot be compared either
     */
    public record Pair(double backpropagated, double numerical, boolean smooth, boolean resolved) {
        /**
         * A numerical gradient that is told from rounding.
         *
         * @param backpropagated by the backward pass
         * @param numerical by difference quotients
         * @param smooth whether the loss has a slope here
         */
        public Pair(double backpropagated, double numerical, boolean smooth) {
            this(backpropagated, numerical, smooth, true);
        }

        private boolean comparable() {
            return smooth && resolved;
        }
    }

    /**
     * Checks every element of every parameter and of the input. Each layer is computed some ten times for each of its
     * weights and inputs, so take a small network and few images. Afterwards the parameters are the same, and hold
     * the gradients of this batch.
     *
     * @param network the network
     * @param x a batch, (N, ...)
     * @param labels the right class of each element
     * @return both gradients
     * @throws DivergedException if x, a parameter or the output of a layer holds a value that is no finite number, naming it
     * @throws InterruptedWorkException if the thread is interrupted; the parameters are the same as before
     */
    public static GradientCheck of(Network network, Tensor x, int[] labels) {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(x, "x");
        Objects.requireNonNull(labels, "labels");
        requireFinite(INPUT, x);
        network.parameters().forEach((name, parameter) -> requireFinite(name, parameter.value()));
        Random random = new Random(SEED);
        int[] otherLabels = otherLabels(network, x, labels); // speaks first if something does not fit
        Map<Parameter, float[]> before = new LinkedHashMap<>();
        network.parameters()
                .values()
                .forEach(parameter ->
                        before.put(parameter, parameter.value().data().clone()));
        Map<String, List<Pair>> elsewhere;
        try {
            before.keySet().forEach(parameter -> move(parameter.value().data(), 0.01, random));
            elsewhere = compare(network, otherBatch(x, random), otherLabels, 1);
        } finally {
            before.forEach((parameter, values) ->
                    System.arraycopy(values, 0, parameter.value().data(), 0, values.length));
        }
        Map<String, List<Pair>> here = compare(network, x, labels, 2);
        backpropagate(network, x, labels, 2); // whatever goes on from here finds what it expects
        return new GradientCheck(here, elsewhere);
    }

    private static int[] otherLabels(Network network, Tensor x, int[] labels) {
        Tensor scores = network.trainingScores(x, SEED, 1);
        new SoftmaxWithLoss().forward(scores, labels);
        int[] others = labels.clone();
        for (int n = 0; n < others.length; n++) {
            others[n] = (labels[n] + 1) % scores.size(1);
        }
        return others;
    }

    private static Tensor otherBatch(Tensor x, Random random) {
        Tensor other = x.copy();
        move(other.data(), 0, random);
        return other;
    }

    /**
     * Halves values and adds some noise, or noise of size {@code least} to zeros. Halved, because the units of a
     * network that is sure of itself would be surer still elsewhere, and show nothing.
     */
    private static void move(float[] values, double least, Random random) {
        double size = size(values);
        Tensor noise = Tensor.gaussian(random, size > 0 ? size / 4 : least, values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] / 2 + noise.data()[i];
        }
    }

    /** Sets the gradients of the parameters; gives dx of the first layer. */
    private static Tensor backpropagate(Network network, Tensor x, int[] labels, long step) {
        Pass pass = network.pass();
        return pass.backward(LayerByLayer.scoresGradient(pass.forwardInTraining(x, SEED, step), labels));
    }

    private static Map<String, List<Pair>> compare(Network network, Tensor x, int[] labels, long step) {
        Map<String, float[]> gradients = new LinkedHashMap<>();
        float[] dx = backpropagate(network, x, labels, step).data();
        network.parameters()
                .forEach((name, parameter) ->
                        gradients.put(name, parameter.gradient().data().clone()));
        gradients.put(INPUT, dx);

        LayerByLayer layers = new LayerByLayer(network, SEED, step);
        NumericalGradient numerical = new NumericalGradient(layers, x, labels);
        Map<String, List<Pair>> pairs = new LinkedHashMap<>();
        gradients.forEach((name, gradient) -> {
            Slopes slopes = name.equals(INPUT) ? numerical.ofInput() : numerical.of(network.parameter(name));
            pairs.put(name, pairs(gradient, slopes));
        });
        return pairs;
    }

    /** Moved to both sides, NaN stays NaN, and infinity stays where it is: neither shows a slope. */
    static void requireFinite(String name, Tensor values) {
        if (!Evaluation.isFinite(values)) {
            throw new DivergedException(Text.error(
                    "GradientCheck: no slope can be measured where a value is no finite number: there is one in %s. Mend the layer that makes it, or use other weights",
                    name));
        }
    }

    private static List<Pair> pairs(float[] gradient, Slopes slopes) {
        double[] tolerances = slopes.tolerances();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < gradient.length; i++) {
            double error = slopes.error(i);
            boolean heard = !(Math.abs(gradient[i] - slopes.slope[i]) <= CLEARLY * error); // also a NaN
            boolean smooth = slopes.kinks[i] <= tolerances[i];
            pairs.add(new Pair(gradient[i], slopes.slope[i], smooth, error <= tolerances[i] || heard));
        }
        return pairs;
    }

    /** The root of the mean of the squares. */
    private static double size(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += square(value);
        }
        return values.length == 0 ? 0 : Math.sqrt(squares / values.length);
    }

    /**
     * How far the two gradients of one parameter are apart: here or with the other batch and weights, where it is
     * worse.
     *
     * @param parameter its name, for example {@code W1}, or {@code x}
     * @return the length of the difference over the sum of the lengths, of the elements that can be compared: 0 for
     *     equal ones, up to 1 for unrelated ones; NaN if no element is smooth, or if most of those are not resolved
     */
    public double relativeError(String parameter) {
        double here = error(pairsOf(parameter));
        List<Pair> there = elsewhere.getOrDefault(parameter, List.of());
        return comparable(there) ? Math.max(here, error(there)) : here;
    }

    /** At least half of the smooth elements; but zeros prove little, and do not stand in for others. */
    private static boolean comparable(List<Pair> pairs) {
        int zeros = 0, others = 0, unresolved = 0;
        for (Pair pair : pairs) {
            if (pair.comparable()) {
                boolean zero = pair.backpropagated == 0 && pair.numerical == 0;
                zeros += zero ? 1 : 0;
                others += zero ? 0 : 1;
            } else if (pair.smooth) {
                unresolved++;
            }
        }
        return zeros + others > 0 && others >= unresolved;
    }

    private static double error(List<Pair> pairs) {
        if (!comparable(pairs)) {
            return Double.NaN;
        }
        double difference = 0, backpropagated = 0, numerical = 0;
        for (Pair pair : pairs) {
            if (pair.comparable()) {
                difference += square(pair.backpropagated - pair.numerical);
                backpropagated += square(pair.backpropagated);
                numerical += square(pair.numerical);
            }
        }
        return difference == 0 ? 0 : Math.sqrt(difference) / (Math.sqrt(backpropagated) + Math.sqrt(numerical));
    }

    private List<Pair> pairsOf(String parameter) {
        if (!pairs.containsKey(parameter)) {
            throw new IllegalArgumentException(
                    Text.error("no parameter is named %s: there are %s", parameter, String.join(", ", pairs.keySet())));
        }
        return pairs.get(parameter);
    }

    private static double square(double x) {
        return x * x;
    }

    /**
     * The largest relative error of all parameters and of x.
     *
     * @return from 0 to 1; NaN if one of them could not be compared
     */
    public double largestRelativeError() {
        return pairs.keySet().stream().mapToDouble(this::relativeError).reduce(0, Math::max);
    }

    /**
     * One line per parameter, and one for x.
     *
     * @return columns parameter, elements, on a kink, not resolved, largest gradient, relative error
     */
    public Table table() {
        StringColumn parameter = StringColumn.create("parameter");
        IntColumn elements = IntColumn.create("elements");
        IntColumn kinks = IntColumn.create("on a kink");
        IntColumn unresolved = IntColumn.create("not resolved");
        DoubleColumn largest = DoubleColumn.create("largest gradient");
        DoubleColumn error = DoubleColumn.create("relative error");
        pairs.forEach((name, list) -> {
            parameter.append(name);
            elements.append(list.size());
            kinks.append((int) list.stream().filter(pair -> !pair.smooth).count());
            unresolved.append((int)
                    list.stream().filter(pair -> pair.smooth && !pair.resolved).count());
            largest.append(list.stream()
                    .mapToDouble(pair -> Math.abs(pair.backpropagated))
                    .max()
                    .orElse(0));
            error.append(relativeError(name));
        });
        return Table.create("gradient check", parameter, elements, kinks, unresolved, largest, error);
    }
}
