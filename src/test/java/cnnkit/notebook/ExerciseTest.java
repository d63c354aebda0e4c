package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExerciseTest {
    private static Exercise sum(String name, Integer answer) {
        return Exercise.named(name)
                .attempted(answer != null)
                .part("the sum", () -> answer == 12)
                .mistake(() -> answer == 35, "that is their product")
                .hints("count on your fingers", "begin with the larger one");
    }

    @Test
    void withoutAnAnswerThereIsNoHelp() {
        String name = "withoutAnAnswer";
        assertEquals(
                "○ withoutAnAnswer: not yet. There is no answer so far",
                Printed.by(() -> sum(name, null).judge()));
    }

    @Test
    void aRightAnswerIsRight() {
        assertEquals(
                "● aRightAnswer: right",
                Printed.by(() -> sum("aRightAnswer", 12).judge()));
    }

    @Test
    void helpGoesOneStepFurtherWithEachAttempt() {
        String name = "helpGoesOneStepFurther";
        assertEquals(
                "○ " + name + ": not yet\n  ○ the sum\n  → hint 1 of 2: count on your fingers",
                Printed.by(() -> sum(name, 11).judge()));
        assertEquals("", Printed.by(() -> {}));
        Printed.by(() -> sum(name, null).judge()); // no attempt
        for (int again = 0; again < 2; again++) {
            assertTrue(Printed.by(() -> sum(name, 13).judge()).endsWith("→ hint 2 of 2: begin with the larger one"));
        }
    }

    @Test
    void aKnownMistakeGetsItsOwnThought() {
        assertEquals(
                "○ aKnownMistake: not yet\n  ○ the sum\n  → that is their product",
                Printed.by(() -> sum("aKnownMistake", 35).judge()));
    }

    @Test
    void eachPartHasItsVerdict() {
        assertEquals(
                "◐ eachPart: not yet\n  ● height\n  ○ width\n  → compare a small case by hand",
                Printed.by(() -> Exercise.named("eachPart")
                        .attempted(true)
                        .part("height", () -> true)
                        .part("width", () -> false)
                        .judge()));
    }

    @Test
    void codeOfTheLearnerThatThrowsIsShownAndJudgedWrong() {
        String printed = Printed.by(() -> Exercise.named("throws")
                .attempted(true)
                .part("the first", () -> new int[0][0] != null && new int[0].clone()[1] == 2)
                .mistake(() -> endless() == 3, "never shown")
                .hints("look at the index")
                .judge());
        assertTrue(printed.contains("○ the first: your code threw java.lang.ArrayIndexOutOfBounds"), printed);
        assertTrue(printed.endsWith("hint 1 of 1: look at the index"), printed);
    }

    private static int endless() {
        return 1 + endless();
    }

    @Test
    void anExerciseThatSaysNothingRightIsOurMistake() {
        assertThrows(
                IllegalStateException.class,
                () -> Exercise.named("nothing").attempted(true).judge());
    }
}
