package cnnkit.train;

import cnnkit.network.Network;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Holds the gradients of backpropagation against numerical ones (chapters 4 and 5 of the book), element by element.
 * <pre>
 *     numerical = (loss(w + h) - loss(w - h)) / 2h                 with every other weight held still
 * </pre>
 * In single precision h must be large: 0.01, divided by the step that rounding really made. So large a step may carry a
 * ReLU or a maximum across its kink, where the loss has no single slope. Such an element shows itself, because the slopes
 * to the right and to the left differ; its step is then made smaller, down to 1/64, until they agree. If they never do,
 * the element lies on a kink: there is nothing to compare with, and it is counted apart. (With biases of 0 and black
 * pixels this really happens: the ReLU gets exactly 0.)
 *
 * @param pairs for each parameter of the network its elements, in order
 */
public record GradientCheck(Map<String, List<Pair>> pairs) {
    private static final float STEP = 1e-2f;
    private static final float SMALLEST_STEP = STEP / 64;
    /** Slopes to the right and left of a smooth loss differ by less than this share of the larger one ... */
    private static final double CURVATURE = 0.002;
    /** ... plus what rounding may add to a loss of 1. */
    private static final double ROUNDING = 2e-7;
    /** Of one step of training, the same for every loss: where a layer drops at random, it drops the same values. */
    private static final long SEED = 0;

    /**
     * Two opinions on one element of a gradient.
     *
     * @param backpropagated by the backward pass
     * @param numerical by the difference quotient
     * @param smooth whether the loss has a slope here; if not, the two cannot be compared
     */
    public record Pair(double backpropagated, double numerical, boolean smooth) {}

    /**
     * Checks every element of every parameter: two forward passes each, so take a small network and few images.
     *
     * @param network the network; its parameters are the same afterwards
     * @param x a batch, (N, ...)
     * @param labels the right class of each element
     * @return both gradients
     * @throws CancellationException if the thread is interrupted; the parameters are the same as before
     */
    public static GradientCheck of(Network network, Tensor x, int[] labels) {
        double loss = network.gradient(x, labels, SEED, 1);
        Map<String, List<Pair>> pairs = new LinkedHashMap<>();
        network.parameters().forEach((name, parameter) -> {
            List<Pair> elements = new ArrayList<>();
            float[] backpropagated = parameter.gradient().data().clone();
            for (int i = 0; i < backpropagated.length; i++) {
                if (Thread.interrupted()) {
                    throw new CancellationException(Text.of("gradient check stopped at element %d of %s", i, name));
                }
                elements.add(pair(
                        backpropagated[i],
                        network,
                        x,
                        labels,
                        loss,
                        parameter.value().data(),
                        i));
            }
            pairs.put(name, List.copyOf(elements));
        });
        return new GradientCheck(pairs);
    }

    private static Pair pair(
            double backpropagated, Network network, Tensor x, int[] labels, double loss, float[] values, int i) {
        float value = values[i];
        try {
            Pair pair = null;
            for (float step = STEP; step >= SMALLEST_STEP && (pair == null || !pair.smooth); step /= 2) {
                values[i] = value + step;
                double above = (double) values[i] - value;
                double right = (network.trainingLoss(x, labels, SEED, 1) - loss) / above;
                values[i] = value - step;
                double below = (double) value - values[i];
                double left = (loss - network.trainingLoss(x, labels, SEED, 1)) / below;
                double slope = (right * above + left * below) / (above + below);
                double tolerance =
                        CURVATURE * Math.max(Math.abs(right), Math.abs(left)) + ROUNDING * Math.max(1, loss) / step;
                pair = new Pair(backpropagated, slope, Math.abs(right - left) <= tolerance);
            }
            return pair;
        } finally {
            values[i] = value;
        }
    }

    /**
     * How far the two gradients of one parameter are apart.
     *
     * @param parameter its name, for example {@code W1}
     * @return the length of the difference over the sum of the lengths, of the elements that are smooth: 0 for equal ones,
     *     up to 1 for unrelated ones; NaN if no element is smooth
     */
    public double relativeError(String parameter) {
        double difference = 0, backpropagated = 0, numerical = 0;
        List<Pair> smooth = pairsOf(parameter).stream().filter(Pair::smooth).toList();
        if (smooth.isEmpty()) {
            return Double.NaN;
        }
        for (Pair pair : smooth) {
            difference += square(pair.backpropagated - pair.numerical);
            backpropagated += square(pair.backpropagated);
            numerical += square(pair.numerical);
        }
        return difference == 0 ? 0 : Math.sqrt(difference) / (Math.sqrt(backpropagated) + Math.sqrt(numerical));
    }

    private List<Pair> pairsOf(String parameter) {
        if (!pairs.containsKey(parameter)) {
            throw new IllegalArgumentException(
                    Text.of("no parameter is named %s: there are %s", parameter, String.join(", ", pairs.keySet())));
        }
        return pairs.get(parameter);
    }

    private static double square(double x) {
        return x * x;
    }

    /**
     * The largest relative error of all parameters.
     *
     * @return from 0 to 1; NaN if a parameter could not be compared at all
     */
    public double largestRelativeError() {
        return pairs.keySet().stream().mapToDouble(this::relativeError).reduce(0, Math::max);
    }

    private int onKink(String parameter) {
        return (int) pairsOf(parameter).stream().filter(pair -> !pair.smooth).count();
    }

    /**
     * One line per parameter.
     *
     * @return columns parameter, elements, on a kink, largest gradient, relative error
     */
    public Table table() {
        StringColumn parameter = StringColumn.create("parameter");
        IntColumn elements = IntColumn.create("elements");
        IntColumn kinks = IntColumn.create("on a kink");
        DoubleColumn largest = DoubleColumn.create("largest gradient");
        DoubleColumn error = DoubleColumn.create("relative error");
        pairs.forEach((name, list) -> {
            parameter.append(name);
            elements.append(list.size());
            kinks.append(onKink(name));
            largest.append(list.stream()
                    .mapToDouble(pair -> Math.abs(pair.backpropagated))
                    .max()
                    .orElse(0));
            error.append(relativeError(name));
        });
        return Table.create("gradient check", parameter, elements, kinks, largest, error);
    }
}
