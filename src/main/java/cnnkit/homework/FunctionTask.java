package cnnkit.homework;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** A task whose answer is one function: it has no forward and backward, and should remember nothing. */
abstract class FunctionTask extends Task {
    /** Calls the learner's function. */
    abstract Tensor call(Case the) throws Exception;

    /** Another input, of as many numbers where that is possible: code that keeps an array by its length falls for it. */
    abstract List<Case> others(Case the);

    /** The window for an image whose height and width change places. */
    static Window turned(Window w) {
        return Window.of(w.kernelWidth(), w.kernelHeight())
                .stride(w.strideWidth(), w.strideHeight())
                .padding(w.paddingWidth(), w.paddingHeight());
    }

    @Override
    final List<Quantity> quantities() {
        return List.of(Quantity.OUT);
    }

    @Override
    final Answers answer(Case the) {
        Answers answers = new Answers();
        Case given = the.copy();
        answers.ask(Quantity.OUT, () -> call(given));
        answers.compare(the.x(), given.x());
        answers.compare(the.shape(), given.shape());
        return answers;
    }

    /** Questions of the same size, or as many numbers, that have other answers; of a size that was never asked before. */
    abstract List<Case> unasked(int round);

    /**
     * Code that keeps results answers a question rightly if it is the first one of its size. So each question comes first once,
     * at a size of its own: if that is always right and a later one is not, the code remembers.
     */
    @Override
    final Optional<Memory> rememberedAcrossSizes() {
        boolean firstRight = true, laterWrong = false;
        int count = unasked(0).size();
        for (int round = 0; round < count; round++) {
            List<Case> questions = unasked(round);
            for (int i = 0; i < count; i++) {
                Case the = questions.get((round + i) % count);
                boolean right = isRight(Quantity.OUT, the, Answers.outcomeOf("", () -> call(the.copy())));
                firstRight &= i > 0 || right;
                laterWrong |= i > 0 && !right;
            }
        }
        return firstRight && laterWrong
                ? Optional.of(new Memory(Quantity.OUT, Mistake.REMEMBERS_FORMER_CALL))
                : Optional.empty();
    }

    @Override
    final Optional<Memory> remembered(Case the, Answers before) {
        Outcome first = before.of(Quantity.OUT);
        for (Case other : others(the)) {
            Answers.outcomeOf("", () -> call(other.copy()));
            Outcome then = Answers.outcomeOf("", () -> call(the.copy()));
            if (first.isValue() != then.isValue() || first.isValue() && !Outcome.close(first.value(), then.value())) {
                return Optional.of(new Memory(Quantity.OUT, Mistake.REMEMBERS_FORMER_CALL));
            }
        }
        return Optional.empty();
    }
}
