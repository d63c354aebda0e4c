package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class QuizTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Quiz quiz = new Quiz();
    private PrintStream out;

    @BeforeEach
    void catchWhatIsPrinted() {
        out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void printAgain() {
        System.setOut(out);
    }

    private String printed() {
        String text = printed.toString(StandardCharsets.UTF_8).strip().replace("\r", "");
        printed.reset();
        return text;
    }

    private Quiz.Question first() {
        return quiz.question(1).see("7.2.4", "C09").hint("Think of the stride.");
    }

    @Test
    void aRightNumberEarnsAPoint() {
        first().number(24, 24);
        assertEquals("● Question 1: right. 1 of 1 points", printed());
    }

    @Test
    void aWrongNumberGetsAHintAndThePlaceButNotTheAnswer() {
        first().number(23, 24);
        String text = printed();
        assertEquals(
                "○ Question 1: not yet. Think of the stride.\n"
                        + "  Look again: notebook 7.2, section 7.2.4 of the chapter, the cell with the tag C09",
                text);
        assertFalse(text.contains("24 ") || text.contains(" 24"), text);
        assertEquals("0 of 1 points", quiz.toString());
    }

    @Test
    void aQuestionWithoutAnAnswerSaysNothingYet() {
        first().number(null, 24);
        first().shape(null, 1, 2);
        first().shape(new int[0], 1, 2);
        first().trueOrFalse(null, true, "", true);
        assertEquals(
                String.join("\n", java.util.Collections.nCopies(4, "○ Question 1: not yet. No answer is given")),
                printed());
        assertEquals(0, quiz.points());
    }

    @Test
    void aFractionMayBeRoundedInItsSeventhDigit() {
        first().number(1 / 3.0f, 1 / 3.0);
        assertEquals(1, quiz.points());
        first().number(0.3333, 1 / 3.0);
        assertEquals(0, quiz.points());
        first().number(0, 0);
        assertEquals(1, quiz.points());
    }

    @Test
    void aShapeIsRightAsAWholeOnly() {
        quiz.question(2).see("7.4.3", "C23").shape(new int[] {90, 75}, 90, 75);
        assertEquals(1, quiz.points());
        quiz.question(2).see("7.4.3", "C23").shape(new int[] {75, 90}, 90, 75);
        assertEquals(0, quiz.points());
    }

    @Test
    void aSentenceNeedsItsReason() {
        first().trueOrFalse(false, false, " B ", false, true);
        assertEquals(2, quiz.points());
        first().trueOrFalse(false, false, "a", false, true);
        assertEquals(1, quiz.points());
        assertTrue(printed().contains("◐ Question 1: half right: think about the reason. Think of the stride.\n"));
        first().trueOrFalse(true, false, "b", false, true);
        assertEquals(0, quiz.points());
        first().trueOrFalse(false, false, null, false, true);
        assertEquals(1, quiz.points());
    }

    @Test
    void aQuestionWithTwoReasonsThatHoldIsTheFaultOfTheQuiz() {
        assertEquals(
                "Quiz: question 1 needs exactly one reason that holds, but [a, c] do of a to c",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> first().trueOrFalse(true, true, "a", true, false, true))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> first().trueOrFalse(true, true, "a", false));
    }

    @Test
    void answeringAgainCountsOnce() {
        first().number(24, 24);
        first().number(24, 24);
        assertEquals("1 of 1 points", quiz.toString());
        first().number(25, 24);
        assertEquals("0 of 1 points", quiz.toString());
    }

    @Test
    void solutionsAreCheckedWithoutEarningPoints() {
        first().number(null, 24);
        quiz.question(2).shape(null, 90, 75);
        quiz.question(3).trueOrFalse(null, true, "", false, true);
        assertTrue(quiz.accepts(1, 24));
        assertFalse(quiz.accepts(1, 25));
        assertTrue(quiz.accepts(2, new int[] {90, 75}));
        assertFalse(quiz.accepts(2, new int[] {90}));
        assertTrue(quiz.accepts(3, true, "b"));
        assertFalse(quiz.accepts(3, true, "a"));
        assertFalse(quiz.accepts(3, 1));
        assertFalse(quiz.accepts(1, true, "b"));
        assertEquals(0, quiz.points());
        assertEquals(
                "Quiz: question 9 has not been asked: run its cell first, there are [1, 2, 3]",
                assertThrows(IllegalArgumentException.class, () -> quiz.accepts(9, 1))
                        .getMessage());
    }

    @Test
    void theTableLeadsBackToWhatIsOpen() {
        first().number(24, 24);
        quiz.question(2).see("7.2.5", "C11").trueOrFalse(false, false, "a", false, true);
        quiz.question(3).see("7.4.2", "C21").number(null, 576);
        Table table = quiz.table();
        assertEquals("2 of 4 points", table.name());
        assertEquals(2, table.rowCount());
        assertEquals("7.2", table.stringColumn(0).get(0));
        assertEquals(2, table.intColumn("points").get(0));
        assertEquals(3, table.intColumn("of").get(0));
        assertEquals("2: 7.2.5 C11", table.stringColumn(3).get(0));
        assertEquals("3: 7.4.2 C21", table.stringColumn(3).get(1));
    }
}
