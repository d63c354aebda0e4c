package cnnkit.homework;

import cnnkit.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is asked of a learner's code, and what is known about it: the right answers, and the wrong ones that have a name. */
abstract class Task {
    /** What the learner writes, for example {@code im2col}. */
    abstract String name();

    /** From one number to batches. */
    abstract List<Case> cases();

    /** What is judged apart, forward first. */
    abstract List<Quantity> quantities();

    /** Runs the learner's code, as if for the first time. */
    abstract Answers answer(Case the);

    /**
     * Runs the learner's code once more, after another call.
     *
     * @param before what it answered the first time
     * @return what is remembered of that call; empty if nothing is
     */
    abstract Optional<Memory> remembered(Case the, Answers before);

    /** The same, asked with questions of sizes that were never asked before; empty if nothing is remembered. */
    Optional<Memory> rememberedAcrossSizes() {
        return Optional.empty();
    }

    /** How many ways there are to be right: which of equal maxima gets the gradient, for example. */
    int conventions() {
        return 1;
    }

    /** What comes of a set of mistakes; of none, what is right. */
    abstract Outcome model(Quantity quantity, Case the, Set<Reading> ways, int convention);

    /** What the catalogue knows. */
    abstract List<Reading> readings(Quantity quantity);

    /** Whether a gradient is that of the learner's own forward pass, right or wrong as this may be. */
    boolean isConsistent(Quantity quantity, Case the, Answers answers) {
        return false;
    }

    /** The library's own code, if it is that which was handed in: found by giving it what it refuses. */
    abstract Optional<Class<?>> libraryIn();

    /** Something that code knows of a call before. */
    record Memory(Quantity quantity, Mistake mistake) {}

    /** Whether an answer is right, by any convention. */
    final boolean isRight(Quantity quantity, Case the, Outcome yours) {
        for (int convention = 0; convention < conventions(); convention++) {
            if (model(quantity, the, Set.of(), convention).explains(yours)) {
                return true;
            }
        }
        return false;
    }

    /** What is expected, for a learner to see. */
    final Tensor expected(Quantity quantity, Case the) {
        return model(quantity, the, Set.of(), 0).value();
    }

    /** Which of these classes a refused call went through. */
    static Optional<Class<?>> through(Throwable thrown, Class<?>... ours) {
        for (StackTraceElement element : thrown.getStackTrace()) {
            for (Class<?> type : ours) {
                if (element.getClassName().equals(type.getName())) {
                    return Optional.of(type);
                }
            }
        }
        return Optional.empty();
    }
}
