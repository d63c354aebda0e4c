package cnnkit.homework;

import cnnkit.layer.Dropout;
import cnnkit.layer.Layer;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * Looks at a dropout layer, whose numbers are drawn at random: what share it drops, by what factor the others are scaled while
 * learning and while predicting, and whether backward does the same. The book scales while predicting (by 1 - ratio), most
 * frameworks while learning (by 1 / (1 - ratio)): both are right. Another seed must drop other values; that the same seed drops
 * the same ones is not asked, because the book's own layer draws from a generator without a seed.
 */
final class DropoutExamination {
    private static final double[] RATIOS = {0.5, 0.25, 0.7};
    private static final int N = 40, D = 100;
    private static final double MOST_OFF = 0.04; // five standard errors of a share among 4,000
    private static final double TOLERANCE = 1e-3;
    private static final long SEED = 7, OTHER_SEED = 8;

    private final DoubleFunction<Layer> yours;
    private final List<Seen> seen = new ArrayList<>();
    private boolean inputChanged, unrepeatable;
    private Throwable thrown;
    private String step = ""; // of the learner's code that is running
    private Guard.TooSlow tooSlow;
    private boolean library;

    /**
     * What was seen of one way forward.
     *
     * @param dropped the share that is 0
     * @param factor of the others; NaN if it is not the same for all of them
     */
    private record Way(double dropped, double factor) {
        static Way of(Tensor out, Tensor x) {
            return new Way(zeros(out), DropoutExamination.factor(out, x));
        }
    }

    /**
     * What was seen of one ratio.
     *
     * @param ratio asked for
     * @param learning while learning
     * @param backward whether dx has the factors of the learning pass, value by value
     * @param predicting while predicting; nobody goes back behind it
     * @param drawsAnew whether another seed drops other values
     */
    private record Seen(double ratio, Way learning, boolean backward, Way predicting, boolean drawsAnew) {
        boolean dropsRight() {
            return Math.abs(learning.dropped - ratio) <= MOST_OFF;
        }

        boolean predictsWithoutDropping() {
            return predicting.dropped == 0;
        }

        boolean is(double learningFactor, double predictingFactor) {
            return Math.abs(learning.factor - learningFactor) <= TOLERANCE * learningFactor
                    && Math.abs(predicting.factor - predictingFactor) <= TOLERANCE * predictingFactor;
        }

        boolean scaledRight() {
            return is(1, 1 - ratio) || is(1 / (1 - ratio), 1);
        }
    }

    private DropoutExamination(DoubleFunction<Layer> yours) {
        this.yours = yours;
    }

    static Report of(DoubleFunction<Layer> yours, Duration limit) {
        DropoutExamination examination = new DropoutExamination(yours);
        try {
            new Guard(limit).run(examination::run);
        } catch (Guard.TooSlow e) {
            examination.tooSlow = e;
        }
        return examination.judge();
    }

    private void run() {
        for (double ratio : RATIOS) {
            try {
                seen.add(look(ratio));
            } catch (Throwable e) { // whatever a learner's code throws
                thrown = e;
                return;
            }
        }
    }

    private Seen look(double ratio) throws Exception {
        Tensor x = Draw.quarters(Draw.random((int) (100 * ratio)), N, D);
        Tensor dout = Draw.quarters(Draw.random((int) (1000 * ratio)), N, D);
        step = Text.of("dropout");
        Layer layer = Unfit.made(yours.apply(ratio));
        library |= layer instanceof Dropout;
        step = Text.of("while learning");
        Tensor given = x.copy();
        Tensor learned = taken(Quantity.OUT, layer.forwardInTraining(given, SEED));
        inputChanged |= !given.equals(x);
        step = Text.of("backward");
        Tensor back = taken(Quantity.DX, layer.backward(dout.copy()));
        boolean backward = follows(back, dout, learned, x);
        step = Text.of("while predicting");
        given = x.copy();
        Tensor predicted = taken(Quantity.OUT, layer.forward(given));
        inputChanged |= !given.equals(x);
        step = Text.of("while learning");
        Tensor again = taken(Quantity.OUT, layer.forwardInTraining(x.copy(), SEED));
        Tensor other = taken(Quantity.OUT, layer.forwardInTraining(x.copy(), OTHER_SEED));
        Guard.goOnOnlyIfAwaited(); // else the verdict is being given at this moment
        unrepeatable |= !dropsTheSame(again, learned);
        return new Seen(ratio, Way.of(learned, x), backward, Way.of(predicted, x), !dropsTheSame(other, learned));
    }

    /** A copy, because a layer may use its tensors again; of the shape of x, and of numbers. */
    private static Tensor taken(Quantity what, Tensor result) throws LearnersLine.Explained {
        Tensor copy = Unfit.shaped(what.inWords(), result, N, D).copy();
        Unfit.refuseNoNumbers(copy);
        return copy;
    }

    private static boolean dropsTheSame(Tensor one, Tensor other) {
        for (int i = 0; i < one.length(); i++) {
            if ((one.data()[i] == 0) != (other.data()[i] == 0)) {
                return false;
            }
        }
        return true;
    }

    private static double zeros(Tensor out) {
        int zeros = 0;
        for (float value : out.data()) {
            zeros += value == 0 ? 1 : 0;
        }
        return zeros / (double) out.length();
    }

    private static double factor(Tensor out, Tensor x) {
        double factor = 0;
        for (int i = 0; i < out.length(); i++) {
            double each = out.data()[i] / x.data()[i];
            if (each != 0 && factor != 0 && Math.abs(each - factor) > TOLERANCE * Math.abs(factor)) {
                return Double.NaN;
            }
            factor = each == 0 ? factor : each;
        }
        return factor;
    }

    private static boolean follows(Tensor dx, Tensor dout, Tensor out, Tensor x) {
        for (int i = 0; i < dx.length(); i++) {
            double expected = dout.data()[i] * (double) out.data()[i] / x.data()[i];
            if (!(Math.abs(dx.data()[i] - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)))) {
                return false;
            }
        }
        return true;
    }

    private boolean all(java.util.function.Predicate<Seen> what) {
        return seen.size() == RATIOS.length && seen.stream().allMatch(what);
    }

    private Report judge() {
        Map<String, Boolean> parts = new LinkedHashMap<>();
        boolean drops = all(Seen::dropsRight), predicts = all(Seen::predictsWithoutDropping);
        boolean scaled = all(Seen::scaledRight), backward = all(Seen::backward), drawsAnew = all(Seen::drawsAnew);
        parts.put(Text.of("drops the share that was asked for while learning"), drops);
        parts.put(Text.of("drops other values with another seed"), drawsAnew);
        parts.put(Text.of("drops nothing while predicting"), predicts);
        parts.put(Text.of("on average as much comes out while learning as while predicting"), scaled);
        parts.put(Quantity.DX.inWords(), backward);
        List<Finding> findings = new ArrayList<>();
        String name = Text.of("dropout");
        if (tooSlow != null) {
            findings.add(Finding.thrown(name, tooSlow));
        }
        if (thrown != null && tooSlow == null) {
            findings.add(Finding.thrown(step, thrown));
        } else if (tooSlow == null) {
            Optional<String> unscaled = scaling();
            unscaled.ifPresent(
                    which -> findings.add(Finding.wrong(name, List.of(Mistake.DROPOUT_NOT_SCALED), numbers(), which)));
            if (!drops || !scaled && unscaled.isEmpty() || !predicts && unscaled.isEmpty()) {
                findings.add(Finding.wrong(name, List.of(), numbers(), ""));
            }
            if (drops && !drawsAnew) {
                findings.add(Finding.wrong(
                        name, List.of(), Text.of("with two different seeds the very same values are dropped"), ""));
            }
            if (!backward) {
                findings.add(Finding.wrong(
                        Quantity.DX.inWords(),
                        List.of(),
                        Text.of("dx has other factors than the forward pass before it"),
                        ""));
            }
            if (drawsAnew && unrepeatable) {
                findings.add(Finding.remark(
                        name,
                        Text.of(
                                "the same seed drops other values the second time: draw them from new Random(seed), and a"
                                        + " training run can be repeated")));
            }
        }
        if (inputChanged) {
            findings.add(Finding.wrong(
                    name, List.of(Mistake.INPUT_CHANGED), Text.of("after the call the input holds other numbers"), ""));
        }
        if (library) {
            findings.add(Finding.remark(name, Text.of("this is the library's own %s", "Dropout")));
        }
        parts.put(Text.of("keeps its hands off its input"), !inputChanged && seen.size() == RATIOS.length);
        return new Report(
                "dropout", parts, findings, Optional.empty(), library ? Optional.of("Dropout") : Optional.empty());
    }

    /** Which way of not scaling it is; seen with every ratio. */
    private Optional<String> scaling() {
        if (all(each -> each.dropsRight() && Math.abs(each.predicting.dropped - each.ratio) <= MOST_OFF)) {
            return Optional.of(Text.of("it drops while predicting, too"));
        }
        if (all(each -> each.dropsRight() && each.is(1, 1))) {
            return Optional.of(Text.of("nothing is scaled"));
        }
        if (all(each -> each.dropsRight() && each.is(1 / (1 - each.ratio), 1 - each.ratio))) {
            return Optional.of(Text.of("scaled twice: while learning and while predicting"));
        }
        return Optional.empty();
    }

    private String numbers() {
        List<String> lines = new ArrayList<>();
        for (Seen each : seen) {
            lines.add(Text.of(
                    "ratio %.2f: while learning %.0f %% are dropped and the others come out times %.3f; while predicting %.0f %%"
                            + " are dropped, the others times %.3f",
                    each.ratio,
                    100 * each.learning.dropped,
                    each.learning.factor,
                    100 * each.predicting.dropped,
                    each.predicting.factor));
        }
        return String.join(Text.of("; "), lines);
    }
}
