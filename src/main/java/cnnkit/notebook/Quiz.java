package cnnkit.notebook;

import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Questions whose answers are compared with what the code of the cell computes. A wrong answer gets a hint and the place in
 * the notebooks that shows why, never the right answer.
 * <pre>
 *     Quiz quiz = new Quiz();
 *     quiz.question(1).see("7.2.4", "C09").hint("OH = (H + 2P - FH) / S + 1").number(mine, Window.of(5).outputHeight(28));
 *     quiz.question(2).see("7.4.2", "C21").hint("one row per window").shape(mine, im2col(x, Window.of(5)).shape());
 *     quiz.question(3).see("7.2.5", "C11").hint("add two channels by hand").trueOrFalse(false, claimed, "b", a, b, c);
 *     quiz.table()
 * </pre>
 * A question that is answered again counts once, with its latest answer. An answer of {@code null} is not given yet.
 */
public final class Quiz {
    private static final double TOLERANCE = 1e-6; // relative

    private final Map<Integer, Answered> questions = new TreeMap<>();

    /** A quiz without questions. */
    public Quiz() {}

    /** What is right, and what was answered last. */
    private record Answered(String section, String claim, Object truth, int points, int most) {}

    /** The right side of a sentence, and which of its reasons holds. */
    private record Verdict(boolean truth, String reason) {}

    /** A question that is being asked. */
    public final class Question {
        private final int number;
        private String section = "";
        private String claim = "";
        private String hint = "";

        private Question(int number) {
            this.number = number;
        }

        /**
         * Where the answer can be seen.
         *
         * @param newSection of the chapter, for example {@code 7.2.4}; its first two numbers name the notebook
         * @param newClaim the tag of the cell, for example {@code C09}
         * @return this question
         */
        public Question see(String newSection, String newClaim) {
            section = newSection;
            claim = newClaim;
            return this;
        }

        /**
         * What to think about after a wrong answer.
         *
         * @param sentence that does not give the answer away
         * @return this question
         */
        public Question hint(String sentence) {
            hint = sentence;
            return this;
        }

        /**
         * A number to compute: one point.
         *
         * @param answer the learner's; null if there is none yet
         * @param truth what the code has computed
         */
        public void number(Number answer, double truth) {
            settle(answer != null, truth, points((Object) truth, answer), 1);
        }

        /**
         * A shape to predict: one point.
         *
         * @param answer the learner's; null or empty if there is none yet
         * @param truth what the code has computed
         */
        public void shape(int[] answer, int... truth) {
            settle(answer != null && answer.length > 0, truth.clone(), points(truth, answer), 1);
        }

        /**
         * A sentence to judge: one point for the side, one for the reason. The second is not given without the first.
         *
         * @param answer the learner's; null if there is none yet
         * @param truth whether the sentence holds, as the code has found
         * @param reason the letter of the reason, a for the first
         * @param reasons which of them hold, as the code has found: exactly one
         * @throws IllegalArgumentException if not exactly one reason holds: then the question is wrong, not the answer
         */
        public void trueOrFalse(Boolean answer, boolean truth, String reason, boolean... reasons) {
            List<String> holding = new ArrayList<>();
            for (int i = 0; i < reasons.length; i++) {
                if (reasons[i]) {
                    holding.add(letter(i));
                }
            }
            if (holding.size() != 1) {
                throw new IllegalArgumentException(Text.of(
                        "Quiz: question %d needs exactly one reason that holds, but %s do of a to %s",
                        number, holding, letter(reasons.length - 1)));
            }
            Verdict verdict = new Verdict(truth, holding.get(0));
            settle(answer != null, verdict, answer == null ? 0 : points(verdict, answer, reason), 2);
        }

        private void settle(boolean given, Object truth, int points, int most) {
            questions.put(number, new Answered(section, claim, truth, given ? points : 0, most));
            System.out.println(line(given, points, most));
        }

        private String line(boolean given, int points, int most) {
            String name = Text.of("Question %d: ", number);
            if (!given) {
                return "○ " + name + "not yet. No answer is given";
            } else if (points == most) {
                return Text.of("● %sright. %s", name, Quiz.this);
            }
            String verdict =
                    points > 0 ? "◐ " + name + "half right: think about the reason. " : "○ " + name + "not yet. ";
            return verdict + hint + "\n  Look again: " + place();
        }

        private String place() {
            String notebook =
                    String.join(".", Arrays.asList(section.split("\\.")).subList(0, 2));
            return Text.of(
                    "notebook %s, section %s of the chapter, the cell with the tag %s", notebook, section, claim);
        }
    }

    private static String letter(int index) {
        return String.valueOf((char) ('a' + index));
    }

    /**
     * Asks.
     *
     * @param number of the question; one asked before is asked again
     * @return the question, to be completed and answered
     */
    public Question question(int number) {
        return new Question(number);
    }

    private static int points(Object truth, Object answer) {
        boolean right = truth instanceof int[] shape
                ? answer instanceof int[] other && Arrays.equals(shape, other)
                : truth instanceof Double expected
                        && answer instanceof Number given
                        && Math.abs(given.doubleValue() - expected) <= TOLERANCE * Math.abs(expected);
        return right ? 1 : 0;
    }

    private static int points(Verdict verdict, boolean answer, String reason) {
        if (answer != verdict.truth) {
            return 0;
        }
        return reason != null && reason.strip().equalsIgnoreCase(verdict.reason) ? 2 : 1;
    }

    /**
     * Whether a number would be right; it earns nothing. For solutions.
     *
     * @param question asked before
     * @param answer a number
     * @return whether it is right
     * @throws IllegalArgumentException if the question has not been asked
     */
    public boolean accepts(int question, Number answer) {
        return points(asked(question).truth, answer) == 1;
    }

    /**
     * Whether a shape would be right; it earns nothing. For solutions.
     *
     * @param question asked before
     * @param answer a shape
     * @return whether it is right
     * @throws IllegalArgumentException if the question has not been asked
     */
    public boolean accepts(int question, int[] answer) {
        return points(asked(question).truth, answer) == 1;
    }

    /**
     * Whether a side with its reason would be right; it earns nothing. For solutions.
     *
     * @param question asked before
     * @param answer true or false
     * @param reason its letter
     * @return whether both are right
     * @throws IllegalArgumentException if the question has not been asked
     */
    public boolean accepts(int question, boolean answer, String reason) {
        return asked(question).truth instanceof Verdict verdict && points(verdict, answer, reason) == 2;
    }

    private Answered asked(int question) {
        if (!questions.containsKey(question)) {
            throw new IllegalArgumentException(Text.of(
                    "Quiz: question %d has not been asked: run its cell first, there are %s",
                    question, questions.keySet()));
        }
        return questions.get(question);
    }

    /**
     * The points so far.
     *
     * @return from 0 to {@link #most()}
     */
    public int points() {
        return questions.values().stream().mapToInt(Answered::points).sum();
    }

    /**
     * The points that the questions asked so far can give.
     *
     * @return their sum
     */
    public int most() {
        return questions.values().stream().mapToInt(Answered::most).sum();
    }

    /**
     * The points by notebook, and where to look again.
     *
     * @return columns notebook, points, of, look again: the questions that are open, each with its section and tag
     */
    public Table table() {
        Map<String, int[]> sums = new TreeMap<>();
        Map<String, List<String>> open = new TreeMap<>();
        questions.forEach((number, question) -> {
            String notebook = question.section.substring(0, Math.min(3, question.section.length()));
            int[] sum = sums.computeIfAbsent(notebook, key -> new int[2]);
            sum[0] += question.points;
            sum[1] += question.most;
            List<String> again = open.computeIfAbsent(notebook, key -> new ArrayList<>());
            if (question.points < question.most) {
                again.add(Text.of("%d: %s %s", number, question.section, question.claim));
            }
        });
        StringColumn notebook = StringColumn.create("notebook", sums.keySet());
        IntColumn points = IntColumn.create("points");
        IntColumn most = IntColumn.create("of");
        StringColumn again = StringColumn.create("look again (question: section, tag)");
        sums.forEach((name, sum) -> {
            points.append(sum[0]);
            most.append(sum[1]);
            again.append(String.join(";  ", open.get(name)));
        });
        return Table.create(toString(), notebook, points, most, again);
    }

    /**
     * The points.
     *
     * @return for example {@code 7 of 24 points}
     */
    @Override
    public String toString() {
        return Text.of("%d of %d points", points(), most());
    }
}
