package cnnkit.homework;

import cnnkit.layer.SoftmaxWithLoss;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Softmax with the cross-entropy behind it. A small number added in the logarithm, as in the book, is right, too. */
final class LossTask extends Task {
    private static final int[][] SIZES = {{1, 2}, {1, 3}, {2, 3}, {3, 4}, {5, 10}};
    private static final double[][][] EXTREMES = { // scores; the right column is the first in each row
        {{1000, 999, 998}},
        {{1001, 1001}},
        {{100, 99}},
        {{-1000, -1001, -1002}},
        {{-2000, -2001}},
        {{1000, 999}, {-1000, -1001}},
        {{-1000, -1001, -1002}, {1000, 999, 998}},
        {{1, 0}, {-2000, -2001}},
    };

    private final Supplier<Loss> yours;
    private final List<Case> cases = drawn();

    LossTask(Supplier<Loss> yours) {
        this.yours = yours;
    }

    @Override
    String name() {
        return "softmax with loss";
    }

    @Override
    List<Case> cases() {
        return cases;
    }

    private static List<Case> drawn() {
        List<Case> cases = new ArrayList<>();
        for (int[] size : SIZES) {
            Random random = Draw.random(cases.size());
            int N = size[0], K = size[1];
            Tensor scores = Draw.whole(random, N, K).map(v -> v / 6);
            Case.Feature feature = N == 1 ? Case.Feature.ROW : N < 5 ? Case.Feature.BATCH : Case.Feature.ALL;
            cases.add(of(feature, scores, random.ints(N, 0, K).toArray()));
        }
        for (double[][] rows : EXTREMES) {
            Tensor scores = Tensor.zeros(rows.length, rows[0].length);
            for (int i = 0; i < scores.length(); i++) {
                scores.data()[i] = (float) rows[i / rows[0].length][i % rows[0].length];
            }
            cases.add(of(Case.Feature.EXTREMES, scores, new int[rows.length]));
        }
        return cases;
    }

    /** A case; the labels lie where others have a shape. */
    private static Case of(Case.Feature feature, Tensor scores, int[] labels) {
        return new Case(feature, scores, labels, null, null, null, null);
    }

    @Override
    List<Quantity> quantities() {
        return List.of(Quantity.OUT, Quantity.DX);
    }

    @Override
    Answers answer(Case the) {
        Answers answers = new Answers();
        Loss[] loss = new Loss[1];
        ask(the, loss, answers);
        return answers;
    }

    private void ask(Case the, Loss[] loss, Answers answers) {
        Case given = the.copy();
        answers.ask(Quantity.OUT, () -> {
            loss[0] = loss[0] == null ? yours.get() : loss[0];
            return loss[0] == null ? null : orNaN(number(loss[0].forward(given.x(), given.shape())));
        });
        answers.compare(the.x(), given.x());
        answers.compare(the.shape(), given.shape());
        if (loss[0] != null) { // else it has been said that there is none
            answers.ask(Quantity.DX, () -> orNaN(loss[0].backward()));
            answers.compare(the.x(), given.x());
        }
    }

    private static Tensor number(double value) {
        return Tensor.of(new float[] {(float) value}, 1);
    }

    /** What is no number is one thing here: whether an overflow ends as infinity or as NaN is chance. */
    private static Tensor orNaN(Tensor values) {
        return values == null ? null : values.map(v -> Double.isFinite(v) ? v : Double.NaN);
    }

    @Override
    Optional<Memory> remembered(Case the, Answers before) {
        for (Case other : List.of(the, cases.get(0), cases.get(3))) {
            Loss[] loss = new Loss[1];
            ask(other, loss, new Answers());
            Answers after = new Answers();
            ask(the, loss, after);
            for (Quantity quantity : quantities()) {
                Outcome then = after.of(quantity);
                boolean same = !before.reached(quantity)
                        || !before.of(quantity).isValue()
                        || then != null
                                && then.isValue()
                                && Outcome.close(before.of(quantity).value(), then.value());
                if (!same) {
                    return Optional.of(new Memory(quantity, Mistake.REMEMBERS_FORMER_CALL));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    Outcome model(Quantity quantity, Case the, Set<Reading> ways, int convention) {
        int N = the.x().size(0), K = the.x().size(1);
        Tensor dscores = Tensor.zeros(N, K);
        double sum = 0;
        for (int n = 0; n < N; n++) {
            double[] y = softmax(the.x(), n, ways);
            int label = the.shape()[n];
            sum -= Math.log(y[label]);
            for (int k = 0; k < K; k++) {
                double d = y[k] - (k == label ? 1 : 0);
                dscores.set((float) (ways.contains(Reading.SUM_OF_BATCH) ? d : d / N), n, k);
            }
        }
        double loss = ways.contains(Reading.SUM_OF_BATCH) ? sum : sum / N;
        return Outcome.of(orNaN(quantity == Quantity.OUT ? number(loss) : dscores));
    }

    private static double[] softmax(Tensor scores, int n, Set<Reading> ways) {
        boolean floats = ways.contains(Reading.UNSHIFTED_FLOATS) || ways.contains(Reading.SHIFTED_BY_BATCH_FLOATS);
        boolean unshifted = ways.contains(Reading.UNSHIFTED) || ways.contains(Reading.UNSHIFTED_FLOATS);
        boolean together = ways.contains(Reading.SHIFTED_BY_BATCH) || ways.contains(Reading.SHIFTED_BY_BATCH_FLOATS);
        double shift = unshifted ? 0 : together ? scores.max() : scores.slice(n).max();
        double[] y = new double[scores.size(1)];
        double sum = 0;
        for (int k = 0; k < y.length; k++) {
            double power = Math.exp(scores.get(n, k) - shift);
            y[k] = floats ? (float) power : power;
            sum += y[k];
        }
        for (int k = 0; k < y.length; k++) {
            y[k] /= sum;
        }
        return y;
    }

    @Override
    List<Reading> readings(Quantity quantity) {
        return List.of(
                Reading.SUM_OF_BATCH,
                Reading.UNSHIFTED,
                Reading.UNSHIFTED_FLOATS,
                Reading.SHIFTED_BY_BATCH,
                Reading.SHIFTED_BY_BATCH_FLOATS);
    }

    @Override
    Optional<Class<?>> libraryIn() {
        Outcome refused = Answers.outcomeOf("", () -> number(yours.get().forward(Tensor.zeros(0), new int[0])));
        return refused.isValue() ? Optional.empty() : through(refused.thrown(), SoftmaxWithLoss.class);
    }
}
