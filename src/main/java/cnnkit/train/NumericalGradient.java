package cnnkit.train;

import cnnkit.layer.Layer;
import cnnkit.layer.Parameter;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The gradient of the loss without any backward pass: every value is moved a little to both sides, its own layer
 * alone is computed again, and the outputs tell by how much the loss changes.
 * <pre>
 *     slope of w  =  sum over the outputs j of its layer:  slope of j * (j(w + h) - j(w - h)) / 2h
 * </pre>
 * from the loss down to the input. The whole network at once would not do: what a weight of 0.01 does five layers
 * further up is less than the last digit of a float there, and on the way some ReLU or maximum always switches. One
 * layer shows it clearly, and each of its outputs lets us see for itself whether it has a kink.
 */
final class NumericalGradient {
    /**
     * A step to begin with, times the size of the values or 1, whichever is larger: what does not change now never
     * will.
     */
    private static final double FIRST_STEP = 4;
    /** Smaller steps than this share of the size of the values are lost in a float. */
    private static final double LAST_STEP = 0x1p-20;
    /** An estimate with a smaller error than this share needs no smaller step. */
    private static final double GOOD = 1e-5;
    /** Nor does one whose error is at most so many times what rounding makes of this step. */
    private static final double AT_THE_FLOOR = 4;
    /** By what share rounding to a float may change a number. */
    private static final double ROUNDING = 0x1p-24;

    private final LayerByLayer network;
    private final List<Tensor> values; // the inputs of all layers, and the scores
    private final Slopes[] slopes; // along the values
    private final int elements; // all that will be moved
    private final Map<Parameter, Slopes> parameters = new IdentityHashMap<>();
    private final Random random = new Random(1); // for samples of errors
    private int done; // elements so far

    /** Of one step of training. */
    NumericalGradient(LayerByLayer network, Tensor x, int[] labels) {
        this.network = network;
        values = network.forward(x);
        List<Layer> layers = network.layers();
        for (int i = 0; i < layers.size(); i++) {
            GradientCheck.requireFinite(
                    Text.of("the output of %s", layers.get(i).name()), values.get(i + 1));
        }
        slopes = new Slopes[values.size()];
        int all = 0;
        for (int i = 0; i < layers.size(); i++) {
            all += values.get(i).length();
            all += layers.get(i).parameters().stream()
                    .mapToInt(parameter -> parameter.value().length())
                    .sum();
        }
        elements = all;
        slopes[layers.size()] = ofScores(values.get(layers.size()), labels);
        for (int i = layers.size() - 1; i >= 0; i--) {
            measure(i);
        }
    }

    /** Along the values of a parameter. */
    Slopes of(Parameter parameter) {
        return parameters.get(parameter);
    }

    /** Along the values of x. */
    Slopes ofInput() {
        return slopes[0];
    }

    /**
     * ds = (y - t) / N, in double. The layers below get it as floats; if those are this, rounded, they are what the
     * layers have to be measured by. Where rounding has taken most of it away (the network is too sure of the
     * labels), nothing below can be told.
     */
    private static Slopes ofScores(Tensor scores, int[] labels) {
        Slopes slopes = new Slopes(scores.length());
        float[] rounded = LayerByLayer.scoresGradient(scores, labels).data();
        int N = scores.size(0), K = scores.size(1);
        double lost = 0, all = 0;
        boolean close = true;
        for (int n = 0; n < N; n++) {
            double[] y = softmax(scores.data(), n * K, K);
            double others = 0; // 1 - y[label], to all digits
            for (int k = 0; k < K; k++) {
                others += k == labels[n] ? 0 : y[k];
            }
            for (int k = 0; k < K; k++) {
                double exact = (k == labels[n] ? -others : y[k]) / N;
                double off = Math.abs(rounded[n * K + k] - exact);
                close &= off <= 2 * Math.ulp((float) y[k]) / N + Float.MIN_VALUE;
                lost += off * off;
                all += exact * exact;
                slopes.slope[n * K + k] = exact;
            }
        }
        boolean mostIsLost = lost > all / 100;
        for (int i = 0; close && i < rounded.length; i++) {
            if (mostIsLost) {
                Arrays.fill(slopes.errors, i * Slopes.SAMPLES, (i + 1) * Slopes.SAMPLES, slopes.slope[i]);
            }
            slopes.slope[i] = rounded[i];
        }
        return slopes;
    }

    private static double[] softmax(float[] scores, int from, int K) {
        double[] y = new double[K];
        double largest = Double.NEGATIVE_INFINITY, sum = 0;
        for (int k = 0; k < K; k++) {
            largest = Math.max(largest, scores[from + k]);
        }
        for (int k = 0; k < K; k++) {
            y[k] = StrictMath.exp(scores[from + k] - largest);
            sum += y[k];
        }
        for (int k = 0; k < K; k++) {
            y[k] /= sum;
        }
        return y;
    }

    /** From the outputs of a layer to its parameters and its input. */
    private void measure(int layer) {
        for (Parameter parameter : network.layers().get(layer).parameters()) {
            float[] weights = parameter.value().data();
            Slopes along = new Slopes(weights.length);
            double size = size(weights);
            for (int i = 0; i < weights.length; i++) {
                countOne();
                along(weights, i, size, layer, layer, ROUNDING, along);
                // Equal values, say of black pixels, lie on a kink of a maximum, each of them. A bias moves all of them
                // together, and further up there is no kink to be seen.
                for (int last = layer + 1;
                        along.hasKink(i) && last < network.layers().size();
                        last++) {
                    along(weights, i, size, layer, last, ROUNDING, along);
                }
            }
            parameters.merge(parameter, along, Slopes::plus);
        }
        float[] x = values.get(layer).data();
        Slopes along = new Slopes(x.length);
        double size = size(x);
        double rounding = onlySelects(x, values.get(layer + 1).data()) ? 0 : ROUNDING;
        for (int i = 0; i < x.length; i++) {
            countOne();
            along(x, i, size, layer, layer, rounding, along);
        }
        slopes[layer] = along;
    }

    /** Whether a layer hands on some of its inputs, as a ReLU or a maximum does: then it rounds nothing. */
    private static boolean onlySelects(float[] x, float[] out) {
        Set<Float> inputs = new HashSet<>(List.of(0f));
        for (float value : x) {
            inputs.add(value);
        }
        for (float value : out) {
            if (!inputs.contains(value)) {
                return false;
            }
        }
        return true;
    }

    private void countOne() {
        InterruptedWorkException.check("gradient check", done++, elements, "elements");
    }

    /** Moves one value that layer {@code first} reads, and looks at what layer {@code last} gives. */
    private void along(float[] moved, int i, double size, int first, int last, double rounding, Slopes result) {
        Supplier<float[]> again = () -> {
            Tensor out = values.get(first);
            for (int layer = first; layer <= last; layer++) {
                out = network.forward(layer, out);
            }
            return out.data().clone();
        };
        Move move = new Move(moved, i, again, values.get(last + 1).data(), slopes[last + 1]);
        move.measure(Math.max(size, Math.abs(moved[i])), rounding);
        move.tell(result);
    }

    private static double size(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += square(value);
        }
        return Math.sqrt(squares / values.length);
    }

    /** One value, moved to both sides. */
    private final class Move {
        private final float[] values;
        private final int i;
        private final Supplier<float[]> again;
        private final float[] out;
        private final Slopes above;
        private int[] affected; // the outputs that change at all
        private Extrapolation[] quotients; // of these

        Move(float[] values, int i, Supplier<float[]> again, float[] out, Slopes above) {
            this.values = values;
            this.i = i;
            this.again = again;
            this.out = out;
            this.above = above;
        }

        /** {@code size} is that of the values, {@code share} what rounding changes of an output. */
        void measure(double size, double share) {
            double least = LAST_STEP * (size > 0 ? size : 1);
            boolean good = false;
            for (double step = FIRST_STEP * Math.max(1, size); step >= least && !good; step /= 4) {
                good = measureAt((float) step, share);
            }
        }

        /** Returns whether that was enough. */
        private boolean measureAt(float step, double share) {
            float value = values[i];
            float[] right, left;
            double up, down;
            try {
                values[i] = value + step;
                up = (double) values[i] - value;
                right = again.get();
                values[i] = value - step;
                down = (double) value - values[i];
                left = again.get();
            } finally {
                values[i] = value;
            }
            if (affected == null) {
                findAffected(right, left);
            }
            double squares = 0, errors = 0, floor = 0;
            for (int a = 0; a < affected.length; a++) {
                int j = affected[a];
                double centre = out[j];
                double rounding = largest(right[j], out[j], left[j]) * share * 2 / (up + down);
                quotients[a].add(
                        (right[j] - centre) / up,
                        (centre - left[j]) / down,
                        ((double) right[j] - left[j]) / (up + down),
                        rounding);
                squares += square(above.slope[j] * quotients[a].slope());
                errors += square(above.slope[j] * (quotients[a].error() + quotients[a].kink()));
                floor += square(above.slope[j] * rounding);
            }
            return errors <= Math.max(square(GOOD) * squares, square(AT_THE_FLOOR) * floor);
        }

        private void findAffected(float[] right, float[] left) {
            int[] found = new int[out.length];
            int count = 0;
            for (int j = 0; j < out.length; j++) {
                if (right[j] != out[j] || left[j] != out[j]) {
                    found[count++] = j;
                }
            }
            affected = Arrays.copyOf(found, count);
            quotients = new Extrapolation[count];
            Arrays.setAll(quotients, a -> new Extrapolation());
        }

        void tell(Slopes slopes) {
            slopes.forget(i);
            double squares = 0, errors = 0;
            for (int a = 0; a < affected.length; a++) {
                int j = affected[a];
                double slope = quotients[a].slope();
                slopes.slope[i] += above.slope[j] * slope;
                squares += square(above.slope[j] * slope);
                errors += square(above.slope[j] * quotients[a].error());
                slopes.kinks[i] += Math.abs(slope) * above.kinks[j] + Math.abs(above.slope[j]) * quotients[a].kink();
                for (int s = 0; s < Slopes.SAMPLES; s++) {
                    slopes.errors[i * Slopes.SAMPLES + s] += slope * above.errors[j * Slopes.SAMPLES + s];
                }
            }
            // the backward pass adds up floats, and what is too small for a float is lost to it
            errors += square(ROUNDING / 2) * affected.length * squares;
            double own = Math.sqrt(errors) + (slopes.slope[i] == 0 ? 0 : Float.MIN_VALUE);
            for (int s = 0; own > 0 && s < Slopes.SAMPLES; s++) {
                slopes.errors[i * Slopes.SAMPLES + s] += random.nextBoolean() ? own : -own;
            }
        }
    }

    private static double largest(float a, float b, float c) {
        return Math.max(Math.abs(a), Math.max(Math.abs(b), Math.abs(c)));
    }

    private static double square(double x) {
        return x * x;
    }
}
