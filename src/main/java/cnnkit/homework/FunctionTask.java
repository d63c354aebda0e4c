package cnnkit.homework;

import cnnkit.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** A task whose answer is one function: it has no forward and backward, and should remember nothing. */
abstract class FunctionTask extends Task {
    /** Calls the learner's function. */
    abstract Tensor call(Case the) throws Exception;

    /** Another input, of as many numbers where that is possible: code that keeps an array by its length falls for it. */
    abstract List<Case> others(Case the);

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
        return answers;
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
