package cnnkit.notebook;

import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Judges the answer to an exercise, part by part. Help comes after an attempt only: if the answer shows a mistake that is
 * known, what to think about then; else the hints, one more with each wrong attempt. The answer is never given, and the
 * notebook runs on.
 * <pre>
 *     Exercise.named("Exercise 1")
 *         .attempted(myParameters != 0)
 *         .part("parameters", () -&gt; myParameters == layer.parameterCount())
 *         .mistake(() -&gt; myParameters == 16 * 27, "each filter has one more number to learn")
 *         .hints("count one filter first", "a filter has a weight for every channel of its window")
 *         .judge();
 * </pre>
 */
public final class Exercise {
    private static final Map<String, Integer> WRONG_ATTEMPTS = new HashMap<>(); // by name, in this kernel

    private final String name;
    private boolean attempted;
    private final List<Part> parts = new ArrayList<>();
    private final List<Mistake> mistakes = new ArrayList<>();
    private List<String> hints = List.of();

    private Exercise(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    /** Something that the learner's answer has or has not; it may run the learner's code, which may throw. */
    @FunctionalInterface
    public interface Test {
        /**
         * Looks.
         *
         * @return whether it is so
         * @throws Exception if the learner's code throws
         */
        boolean holds() throws Exception;
    }

    private record Part(String name, Test right) {}

    private record Mistake(Test made, String thought) {}

    /** What came of running the learner's code: whether it is so, and what was thrown, in words. */
    private record Look(boolean holds, String thrown) {
        static Look at(Test test) {
            try {
                return new Look(test.holds(), "");
            } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
                return new Look(false, ": your code threw " + e);
            }
        }
    }

    /**
     * Begins.
     *
     * @param name such as {@code Exercise 3}; it counts the attempts of that name
     * @return the exercise, to be described and judged
     */
    public static Exercise named(String name) {
        return new Exercise(name);
    }

    /**
     * Whether there is an answer at all.
     *
     * @param isThere for example {@code mine != null}
     * @return this exercise
     */
    public Exercise attempted(boolean isThere) {
        attempted = isThere;
        return this;
    }

    /**
     * A part of the answer, with a verdict of its own. If the learner's code throws, the part is not right, and the
     * exception is shown.
     *
     * @param part what is judged; it must not give the answer away
     * @param right whether it is right
     * @return this exercise
     */
    public Exercise part(String part, Test right) {
        parts.add(new Part(part, right));
        return this;
    }

    /**
     * A mistake that is often made, and what to think about after it. It is looked for only in a wrong answer.
     *
     * @param made whether the answer shows it; if it throws, the answer does not
     * @param thought a question or a reminder, not the answer
     * @return this exercise
     */
    public Exercise mistake(Test made, String thought) {
        mistakes.add(new Mistake(made, thought));
        return this;
    }

    /**
     * Help for answers that show no known mistake: the first after the first wrong attempt, and so on.
     *
     * @param steps from a nudge to nearly there
     * @return this exercise
     */
    public Exercise hints(String... steps) {
        hints = List.of(steps);
        return this;
    }

    /**
     * Prints a verdict for each part, and help if something is not right.
     *
     * @throws IllegalStateException if no part says what is right
     */
    public void judge() {
        if (parts.isEmpty()) {
            throw new IllegalStateException(
                    Text.error("Exercise: %s has no part that says what is right: add part(...)", name));
        }
        if (!attempted) {
            System.out.println("○ " + name + ": not yet. There is no answer so far");
            return;
        }
        List<String> verdicts = new ArrayList<>();
        int right = 0;
        for (Part part : parts) {
            Look look = Look.at(part.right);
            right += look.holds ? 1 : 0;
            verdicts.add((look.holds ? "  ● " : "  ○ ") + part.name + look.thrown);
        }
        boolean allRight = right == parts.size();
        System.out.println(allRight ? "● " + name + ": right" : (right > 0 ? "◐ " : "○ ") + name + ": not yet");
        if (parts.size() > 1 || !allRight) {
            verdicts.forEach(System.out::println);
        }
        if (!allRight) {
            System.out.println(help(WRONG_ATTEMPTS.merge(name, 1, Integer::sum)));
        }
    }

    private String help(int attempt) {
        for (Mistake mistake : mistakes) {
            if (Look.at(mistake.made).holds) {
                return "  → " + mistake.thought;
            }
        }
        if (hints.isEmpty()) {
            return "  → compare a small case by hand";
        }
        int step = Math.min(attempt, hints.size());
        return Text.of("  → hint %d of %d: %s", step, hints.size(), hints.get(step - 1));
    }
}
