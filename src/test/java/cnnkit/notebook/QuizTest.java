package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class QuizTest {
    private static final Path CHAPTER = Path.of("data/quiz/chapter7.txt");
    private static final String FIRST = String.join(
            "\n",
            "# 1 | 7.2 | 7.2.3 | C07",
            "? How many?",
            "? 多少？",
            "+ Two.",
            "+ 两个。",
            "- Three.",
            "- 三个。",
            "> Count again.",
            "> 再数一遍。",
            "- One.",
            "- 一个。",
            "> None forgotten?",
            "> 没有漏掉吗？",
            "= A pair is two.",
            "= 一对就是两个。",
            "");

    @TempDir
    Path folder;

    private Quiz quiz(String text, String learner) throws IOException {
        return Quiz.read(Files.writeString(folder.resolve("quiz.txt"), text), learner);
    }

    /** The letter of a sentence. */
    private static String letter(Quiz quiz, int number, String sentence) {
        String sheet = quiz.ask(number).toString();
        return sheet.substring(sheet.indexOf(sentence) - 3, sheet.indexOf(sentence) - 2);
    }

    private static String say(Quiz quiz, String sentence) {
        quiz.answer(1, letter(quiz, 1, sentence));
        return Printed.by(() -> quiz.judge(1));
    }

    @Test
    void theRightSentenceEarnsTwoPointsAndIsToldWhy() throws IOException {
        Quiz quiz = quiz("Words before the first question are no question.\n" + FIRST, "");
        assertEquals("● Question 1: right, 2 of 2 points\n  A pair is two.\n  一对就是两个。", say(quiz, "Two."));
        assertEquals("2 of 2 points", quiz.toString());
    }

    @Test
    void theSecondAttemptEarnsHalfAndTheThirdNothing() throws IOException {
        Quiz quiz = quiz(FIRST, "");
        assertEquals(
                "○ Question 1: not yet. One more answer counts, for half\n  → Count again.\n  → 再数一遍。",
                say(quiz, "Three."));
        assertTrue(say(quiz, "Two.").startsWith("● Question 1: right, 1 of 2 points\n"));
        Quiz another = quiz(FIRST, "");
        say(another, "Three.");
        assertEquals(
                "○ Question 1: not yet. Two answers have counted\n  → None forgotten?\n  → 没有漏掉吗？\n"
                        + "  Look again: notebook 7.2, section 7.2.3 of the chapter, the cell with the tag C07",
                say(another, "One."));
        assertTrue(say(another, "Two.").startsWith("● Question 1: right, 0 of 2 points\n"));
        assertEquals(0, another.points());
    }

    @Test
    void theSameLetterAgainIsNoOtherAttemptAndARightAnswerKeepsItsPoints() throws IOException {
        Quiz quiz = quiz(FIRST, "");
        say(quiz, "Three.");
        say(quiz, "Three.");
        say(quiz, "Two.");
        assertEquals(1, quiz.points());
        say(quiz, "One.");
        assertEquals(1, quiz.points());
    }

    @Test
    void withoutALetterThereIsNoHelpAndNoAttempt() throws IOException {
        Quiz quiz = quiz(FIRST, "");
        assertEquals("○ Question 1: not yet. No answer is given", Printed.by(() -> quiz.judge(1)));
        for (String none : new String[] {"", " ", null}) {
            quiz.answer(1, none);
            assertEquals("○ Question 1: not yet. No answer is given", Printed.by(() -> quiz.judge(1)));
        }
        for (String other : new String[] {"d", "two", "1", "é"}) {
            quiz.answer(1, other);
            assertEquals("○ Question 1: not yet. An answer is a letter, a to c", Printed.by(() -> quiz.judge(1)));
        }
        assertTrue(say(quiz, "Two.").contains("2 of 2"));
        quiz.answer(1, " " + letter(quiz, 1, "Two.").toUpperCase(java.util.Locale.ROOT) + " ");
        assertTrue(Printed.by(() -> quiz.judge(1)).contains("right"));
    }

    @Test
    void aLearnerMeetsOneOrderAndAnotherLearnerAnother() throws IOException {
        assertEquals(
                quiz(FIRST, "Ada").ask(1).toString(),
                quiz(FIRST, " Ada ").ask(1).toString());
        Map<String, Integer> right = new TreeMap<>();
        for (int learner = 0; learner < 300; learner++) {
            right.merge(letter(quiz(FIRST, "learner " + learner), 1, "Two."), 1, Integer::sum);
        }
        assertEquals("[a, b, c]", right.keySet().toString());
        assertTrue(right.values().stream().allMatch(count -> count > 70 && count < 130), right.toString());
    }

    @Test
    void aQuizOfTwentyQuestionsHasNoFavouriteLetter() throws IOException {
        for (String learner : new String[] {"", "Ada", "王小明"}) {
            Quiz quiz = Quiz.read(CHAPTER, learner);
            Map<String, Integer> right = new TreeMap<>();
            for (int number : quiz.numbers()) {
                right.merge(letter(quiz, number, quiz.right(number)), 1, Integer::sum);
            }
            assertEquals("[a, b, c, d]", right.keySet().toString());
            assertTrue(
                    right.values().stream()
                            .allMatch(count -> count <= quiz.numbers().size() / 2),
                    right.toString());
        }
    }

    @Test
    void theQuestionsOfTheChapterAreOfAllItsNotebooks() throws IOException {
        Quiz quiz = Quiz.read(CHAPTER, "");
        assertEquals(40, quiz.most());
        assertEquals(
                "[7.1, 7.2, 7.2b, 7.3, 7.4, 7.4b, 7.5, 7.6, 7.7]",
                quiz.table().stringColumn(0).asList().toString());
        String sheet =
                quiz.ask(quiz.numbers().stream().mapToInt(i -> i).toArray()).html();
        assertFalse(sheet.contains("null"), sheet);
    }

    @Test
    void aSheetShowsBothLanguagesAndNothingOfTheAnswer() throws IOException {
        Quiz quiz = quiz(FIRST.replace("How many?", "How many < 3?"), "");
        String html = quiz.ask(1).html();
        assertTrue(html.contains("<b>Question 1. </b>How many &lt; 3?<br><span lang=\"zh\">多少？</span>"), html);
        assertTrue(html.contains("Three.<br><span lang=\"zh\">三个。</span>"), html);
        assertFalse(html.contains("A pair") || html.contains("Count again"), html);
        assertEquals("Two.", quiz.right(1));
        assertEquals(
                "Question 1. Two.\n两个。\n  →  A pair is two.\n     一对就是两个。\n",
                quiz.solutions(1).toString());
    }

    @Test
    void theTableLeadsBackToWhatIsOpen() throws IOException {
        Quiz quiz = quiz(FIRST + FIRST.replace("# 1 | 7.2 | 7.2.3 | C07", "# 2 | 7.4b | 7.4.3 | C23"), "");
        say(quiz, "Two.");
        Table table = quiz.table();
        assertEquals("2 of 4 points", table.name());
        assertEquals(2, table.rowCount());
        assertEquals("7.2", table.stringColumn(0).get(0));
        assertEquals(2, table.intColumn("points").get(0));
        assertEquals(2, table.intColumn("of").get(1));
        assertEquals("", table.stringColumn(3).get(0));
        assertEquals("2: 7.4.3 C23", table.stringColumn(3).get(1));
    }

    private void refused(String text, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, () -> quiz(text, ""))
                .getMessage();
        for (String part : parts) {
            assertTrue(message.startsWith("Quiz: quiz.txt, line ") && message.contains(part), message);
        }
    }

    @Test
    void aFileThatIsNoQuizSaysWhere() {
        refused(
                FIRST.replace("- Three.", "+ Three.").replace("- 三个。", "+ 三个。"),
                "a thought belongs to a wrong sentence: Count again.");
        refused(FIRST.replace("> Count again.\n> 再数一遍。\n", ""), "line 1", "a thought for each", "1 right of 3");
        refused(FIRST.replace("+ 两个。\n", ""), "expected two lines, English and Chinese");
        refused(FIRST.replace("= A pair is two.\n= 一对就是两个。\n", ""), "what is asked (?) and why (=)");
        refused(FIRST.replace("| 7.2.3", ""), "expected # number | notebook | section | tag");
        refused(FIRST + FIRST, "line 16", "two questions 1");
    }

    @Test
    void aFileWithoutAQuestionIsRefusedAndAnInvisibleMarkBeforeTheFirstIsNoReason() throws IOException {
        String message = assertThrows(IllegalArgumentException.class, () -> quiz("no quiz at all\n", ""))
                .getMessage();
        assertEquals("Quiz: quiz.txt has no question: each begins with a line # number | ...", message);
        assertEquals("0 of 2 points", quiz("\uFEFF" + FIRST, "").toString());
    }

    @Test
    void aQuestionThatIsNotThereIsNamed() throws IOException {
        Quiz quiz = quiz(FIRST, "");
        assertEquals(
                "Quiz: there is no question 9, only [1]",
                assertThrows(IllegalArgumentException.class, () -> quiz.answer(9, "a"))
                        .getMessage());
    }
}
