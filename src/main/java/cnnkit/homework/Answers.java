package cnnkit.homework;

import cnnkit.tensor.Tensor;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** What the learner's code answered in one case: a value or an exception for each quantity that it got to. */
final class Answers {
    private final Map<Quantity, Outcome> outcomes = new EnumMap<>(Quantity.class);
    private boolean inputChanged;
    private Tensor dout;
    private boolean silent; // nothing more is asked after an exception

    /** Asks, and keeps what comes; after an exception nothing more is asked. Returns the value; null if there is none. */
    Tensor ask(Quantity quantity, Callable<Tensor> question) {
        if (silent) {
            return null;
        }
        Outcome outcome = outcomeOf(quantity.inWords(), question);
        outcomes.put(quantity, outcome);
        silent = !outcome.isValue() && !(outcome.thrown() instanceof LearnersLine.NothingCameBack);
        return outcome.value();
    }

    /** What comes of asking; the numbers are copied, because a layer may use its tensors again. */
    static Outcome outcomeOf(String what, Callable<Tensor> question) {
        Guard.goOnOnlyIfAwaited();
        try {
            Tensor value = question.call();
            return value == null ? Outcome.threw(new LearnersLine.NothingCameBack(what)) : Outcome.of(value.copy());
        } catch (Throwable e) { // whatever a learner's code throws: the check goes on
            return Outcome.threw(e);
        }
    }

    Outcome of(Quantity quantity) {
        return outcomes.get(quantity);
    }

    boolean reached(Quantity quantity) {
        return outcomes.containsKey(quantity);
    }

    /** Looks whether an input is what it was. */
    void compare(Tensor before, Tensor after) {
        inputChanged |= before != null && !before.equals(after);
    }

    /** The same for shapes and labels. */
    void compare(int[] before, int[] after) {
        inputChanged |= !Arrays.equals(before, after);
    }

    boolean inputChanged() {
        return inputChanged;
    }

    /** The gradient that the backward pass was given. */
    Tensor dout() {
        return dout;
    }

    void dout(Tensor gradient) {
        dout = gradient;
    }
}
