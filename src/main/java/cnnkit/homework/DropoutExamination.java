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
 * frameworks while learning (by 1 / (1 - ratio)): both are right.
 */
final class DropoutExamination {
    private static final double[] RATIOS = {0.5, 0.25, 0.7};
    private static final int N = 40, D = 100;
    private static final double MOST_OFF = 0.04; // five standard errors of a share among 4,000
    private static final double TOLERANCE = 1e-3;

    private final DoubleFunction<Layer> yours;
    private final List<Seen> seen = new ArrayList<>();
    private boolean inputChanged;
    private Throwable thrown;
    private String thrownIn = "";
    private Guard.TooSlow tooSlow;
    private boolean library;

    /**
     * What was seen of one ratio. A factor is NaN if it is not the same for all values.
     *
     * @param ratio asked for
     * @param dropped the share that is 0 while learning
     * @param learning the factor of the others
     * @param backward whether dx has the factors of the forward pass, while learning and while predicting
     * @param predictingDropped the share that is 0 while predicting
     * @param predicting the factor of the others
     */
    private record Seen(
            double ratio,
            double dropped,
            double learning,
            boolean backward,
            double predictingDropped,
            double predicting) {
        boolean dropsRight() {
            return Math.abs(dropped - ratio) <= MOST_OFF;
        }

        boolean predictsWithoutDropping() {
            return predictingDropped == 0;
        }

        boolean is(double learningFactor, double predictingFactor) {
            return Math.abs(learning - learningFactor) <= TOLERANCE * learningFactor
                    && Math.abs(predicting - predictingFactor) <= TOLERANCE * predictingFactor;
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
            Tensor x = Draw.quarters(Draw.random((int) (100 * ratio)), N, D);
            Tensor dout = Draw.quarters(Draw.random((int) (1000 * ratio)), N, D);
            try {
                thrownIn = Text.of("while learning");
                Layer layer = yours.apply(ratio);
                library |= layer instanceof Dropout;
                Tensor given = x.copy();
                Tensor learned = layer.forwardInTraining(given, 7).copy();
                inputChanged |= !given.equals(x);
                thrownIn = Text.of("backward");
                Tensor back = layer.backward(dout.copy()).copy();
                thrownIn = Text.of("while predicting");
                Tensor predicted = layer.forward(x.copy()).copy();
                seen.add(new Seen(
                        ratio,
                        zeros(learned),
                        factor(learned, x),
                        follows(back, dout, learned, x),
                        zeros(predicted),
                        factor(predicted, x)));
            } catch (Throwable e) { // whatever a learner's code throws
                thrown = e;
                return;
            }
        }
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
        boolean scaled = all(Seen::scaledRight), backward = all(Seen::backward);
        parts.put(Text.of("drops the share that was asked for while learning"), drops);
        parts.put(Text.of("drops nothing while predicting"), predicts);
        parts.put(Text.of("on average as much comes out while learning as while predicting"), scaled);
        parts.put(Quantity.DX.inWords(), backward);
        List<Finding> findings = new ArrayList<>();
        String name = Text.of("dropout");
        if (tooSlow != null) {
            findings.add(Finding.thrown(name, tooSlow));
        }
        if (thrown != null && tooSlow == null) {
            findings.add(Finding.thrown(thrownIn, thrown));
        } else if (tooSlow == null) {
            Optional<String> unscaled = scaling();
            unscaled.ifPresent(
                    which -> findings.add(Finding.wrong(name, List.of(Mistake.DROPOUT_NOT_SCALED), numbers(), which)));
            if (!drops || !scaled && unscaled.isEmpty() || !predicts && unscaled.isEmpty()) {
                findings.add(Finding.wrong(name, List.of(), numbers(), ""));
            }
            if (!backward) {
                findings.add(Finding.wrong(
                        Quantity.DX.inWords(),
                        List.of(),
                        Text.of("dx has other factors than the forward pass before it"),
                        ""));
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
        if (all(each -> each.dropsRight() && Math.abs(each.predictingDropped - each.ratio) <= MOST_OFF)) {
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
                    each.ratio, 100 * each.dropped, each.learning, 100 * each.predictingDropped, each.predicting));
        }
        return String.join(Text.of("; "), lines);
    }
}
