package cnnkit.notebook;

import cnnkit.tensor.Language;
import cnnkit.tensor.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Questions with one right sentence among several. The sentences stand in another order for every learner, so that a letter
 * says nothing to a neighbour. The first two answers to a question count: right at once it earns two points, at the second
 * attempt one. A wrong answer gets a thought about the mistake that it shows, never the right answer.
 * <pre>
 *     Quiz quiz = Quiz.read(Path.of("../../data/quiz.txt"), "Ada");
 *     quiz.ask(1, 2)            // shows the questions
 *     quiz.answer(1, "b");      // the learner's
 *     quiz.judge(1, 2);
 *     quiz.table()
 * </pre>
 * The file holds both languages, line by line: English first. A question begins with its number, the notebook, the section
 * of the chapter and the tag of the cell that shows why; then the question, the right sentence, and wrong ones, each with its thought:
 * <pre>
 *     # 1 | 7.2 | 7.2.3 | C07
 *     ? How high is the map?              ? (the same in Chinese)
 *     + 26 rows                           + ...
 *     - 28 rows                           - ...
 *     &gt; where can the window not stand?   &gt; ...
 *     = it costs a ring                   = ... (why: told when the answer is right)
 * </pre>
 * (shown side by side here, in the file one below the other).
 */
public final class Quiz {
    private static final int AT_ONCE = 2;
    private static final int AGAIN = 1;
    private static final String MARKS = "?+->=";

    private final Map<Integer, Question> questions;
    private final long learner;
    private final Map<Integer, String> given = new TreeMap<>(); // the latest answer, judged or not
    private final Map<Integer, List<String>> judged = new TreeMap<>(); // each answer that differs from the one before

    private Quiz(Map<Integer, Question> questions, String learner) {
        this.questions = questions;
        this.learner = learner.strip().hashCode();
    }

    /** The same in two languages. */
    record Words(String english, String chinese) {
        static final Words NONE = new Words("", "");

        static boolean inChinese() {
            return "zh".equals(Language.current().code());
        }

        /** Chinese for who learns in Chinese; else both. */
        Stream<String> shown() {
            return inChinese() ? Stream.of(chinese) : Stream.of(english, chinese);
        }
    }

    /** A sentence to choose, and what to think about if it is wrong. */
    record Option(Words sentence, boolean right, Words thought) {}

    private record Question(
            int number, String notebook, String section, String claim, Words asked, List<Option> options, Words why) {
        String place() {
            return Text.of(
                    "notebook %s, section %s of the chapter, the cell with the tag %s", notebook, section, claim);
        }
    }

    /**
     * Reads the questions.
     *
     * @param file with questions in both languages
     * @param learner a name; it decides the order of the sentences, and is not kept
     * @return a quiz without answers
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is no quiz; it names the line
     */
    public static Quiz read(Path file, String learner) throws IOException {
        return new Quiz(
                parsed(file.getFileName().toString(), Files.readAllLines(file, StandardCharsets.UTF_8)), learner);
    }

    private static Map<Integer, Question> parsed(String file, List<String> lines) {
        Map<Integer, Question> questions = new LinkedHashMap<>();
        if (!lines.isEmpty()) { // some editors put an invisible mark at the beginning of a file
            lines.set(0, lines.get(0).startsWith("\uFEFF") ? lines.get(0).substring(1) : lines.get(0));
        }
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("#")) {
                int end = i + 1;
                while (end < lines.size() && !lines.get(end).startsWith("#")) {
                    end++;
                }
                Question question = question(Text.of("Quiz: %s, line %d: ", file, i + 1), lines.subList(i, end));
                if (questions.put(question.number, question) != null) {
                    throw new IllegalArgumentException(
                            Text.error("Quiz: %s, line %d: there are two questions %d", file, i + 1, question.number));
                }
            }
        }
        if (questions.isEmpty()) {
            throw new IllegalArgumentException(
                    Text.error("Quiz: %s has no question: each begins with a line # number | ...", file));
        }
        return questions;
    }

    private static Question question(String where, List<String> lines) {
        String[] head = lines.get(0).substring(1).strip().split(" *\\| *");
        List<String> body =
                lines.stream().skip(1).filter(line -> !line.isBlank()).toList();
        if (head.length != 4
                || !head[0].matches("\\d{1,6}")
                || !head[1].matches("\\d+\\.\\d+[a-z]?")
                || !head[2].matches("\\d+(\\.\\d+)+")) {
            throw new IllegalArgumentException(
                    Text.error("%sexpected # number | notebook | section | tag but got %s", where, lines.get(0)));
        }
        Words asked = Words.NONE, why = Words.NONE;
        List<Option> options = new ArrayList<>();
        for (int i = 0; i < body.size(); i += 2) {
            char mark = body.get(i).charAt(0);
            if (MARKS.indexOf(mark) < 0
                    || i + 1 == body.size()
                    || body.get(i + 1).charAt(0) != mark) {
                throw new IllegalArgumentException(Text.error(
                        "%sexpected two lines, English and Chinese, with one mark of %s but got %s",
                        where, MARKS, String.join(" / ", body.subList(i, Math.min(i + 2, body.size())))));
            }
            Words words = new Words(
                    body.get(i).substring(1).strip(),
                    body.get(i + 1).substring(1).strip());
            switch (mark) {
                case '?' -> asked = words;
                case '=' -> why = words;
                case '>' -> options.set(options.size() - 1, thought(where, options, words));
                default -> options.add(new Option(words, mark == '+', Words.NONE));
            }
        }
        Question question =
                new Question(Integer.parseInt(head[0]), head[1], head[2], head[3], asked, List.copyOf(options), why);
        return complete(where, question);
    }

    private static Option thought(String where, List<Option> options, Words words) {
        if (options.isEmpty() || options.get(options.size() - 1).right) {
            throw new IllegalArgumentException(
                    Text.error("%sa thought belongs to a wrong sentence: %s", where, words.english));
        }
        return new Option(options.get(options.size() - 1).sentence, false, words);
    }

    private static Question complete(String where, Question question) {
        long right = question.options.stream().filter(Option::right).count();
        boolean helps = question.options.stream().allMatch(o -> o.right || o.thought != Words.NONE);
        if (right != 1 || question.options.size() < 3 || !helps) {
            throw new IllegalArgumentException(Text.error(
                    "%sa question needs one right sentence, two wrong ones or more, and a thought for each of these, but "
                            + "question %d has %d right of %d",
                    where, question.number, right, question.options.size()));
        }
        if (question.asked == Words.NONE || question.why == Words.NONE) {
            throw new IllegalArgumentException(Text.error("%sa question needs what is asked (?) and why (=)", where));
        }
        return question;
    }

    /** The options in the order of this learner. */
    private List<Option> options(Question question) {
        long mixed = (learner * 1_000_003 + question.number) * 0x9E3779B97F4A7C15L;
        List<Option> options = new ArrayList<>(question.options);
        Collections.shuffle(options, new Random(mixed ^ mixed >>> 32)); // its numbers are the same on every Java
        return options;
    }

    private static String letter(int index) {
        return String.valueOf((char) ('a' + index));
    }

    private Question asked(int number) {
        Question question = questions.get(number);
        if (question == null) {
            throw new IllegalArgumentException(
                    Text.error("Quiz: there is no question %d, only %s", number, questions.keySet()));
        }
        return question;
    }

    /**
     * Shows questions and their sentences.
     *
     * @param numbers of the questions
     * @return a sheet that shows itself
     * @throws IllegalArgumentException if there is no such question
     */
    public Sheet ask(int... numbers) {
        return new Sheet(Arrays.stream(numbers)
                .mapToObj(number -> {
                    List<Option> options = options(asked(number));
                    List<Line> lines = IntStream.range(0, options.size())
                            .mapToObj(i -> new Line(letter(i), options.get(i).sentence))
                            .toList();
                    return new Block(Text.of("Question %d. ", number), asked(number).asked, lines);
                })
                .toList());
    }

    /**
     * Shows what is right, and why.
     *
     * @param numbers of the questions
     * @return a sheet that shows itself
     * @throws IllegalArgumentException if there is no such question
     */
    public Sheet solutions(int... numbers) {
        return new Sheet(Arrays.stream(numbers)
                .mapToObj(number -> new Block(
                        Text.of("Question %d. ", number),
                        rightOf(asked(number)).sentence,
                        List.of(new Line("→", asked(number).why))))
                .toList());
    }

    private static Option rightOf(Question question) {
        return question.options.stream().filter(Option::right).findFirst().orElseThrow();
    }

    /**
     * The sentence that is right, for cells that show that it is.
     *
     * @param number of the question
     * @return in Chinese for who learns in Chinese, else in English
     * @throws IllegalArgumentException if there is no such question
     */
    public String right(int number) {
        Words sentence = rightOf(asked(number)).sentence;
        return Words.inChinese() ? sentence.chinese : sentence.english;
    }

    /**
     * Takes an answer; nothing is said about it before it is judged.
     *
     * @param number of the question
     * @param letter of a sentence; empty if there is no answer yet
     * @throws IllegalArgumentException if there is no such question
     */
    public void answer(int number, String letter) {
        given.put(asked(number).number, letter == null ? "" : letter.strip().toLowerCase(Locale.ROOT));
    }

    /**
     * Judges the latest answers. The same letter again is no other answer.
     *
     * @param numbers of the questions
     * @throws IllegalArgumentException if there is no such question
     */
    public void judge(int... numbers) {
        for (int number : numbers) {
            System.out.println(verdict(asked(number), given.getOrDefault(number, "")));
        }
    }

    private String verdict(Question question, String letter) {
        String name = Text.of("Question %d: ", question.number);
        List<Option> options = options(question);
        if (letter.isEmpty()) {
            return Text.of("○ %snot yet. No answer is given", name);
        } else if (letter.length() != 1 || letter.charAt(0) < 'a' || letter.charAt(0) >= 'a' + options.size()) {
            return Text.of("○ %snot yet. An answer is a letter, a to %s", name, letter(options.size() - 1));
        }
        List<String> attempts = judged.computeIfAbsent(question.number, key -> new ArrayList<>());
        if (attempts.isEmpty() || !attempts.get(attempts.size() - 1).equals(letter)) {
            attempts.add(letter);
        }
        Option chosen = options.get(letter.charAt(0) - 'a');
        if (chosen.right) {
            return Text.of("● %sright, %d of %d points", name, points(question), AT_ONCE) + both("  ", question.why);
        }
        boolean last = attempts.size() >= 2;
        String verdict = last
                ? Text.of("○ %snot yet. Two answers have counted", name)
                : Text.of("○ %snot yet. One more answer counts, for half", name);
        return verdict
                + both("  → ", chosen.thought)
                + (last ? "\n  " + Text.of("Look again: %s", question.place()) : "");
    }

    private static String both(String before, Words words) {
        return words.shown().map(line -> "\n" + before + line).collect(Collectors.joining());
    }

    private int points(Question question) {
        List<String> attempts = judged.getOrDefault(question.number, List.of());
        String right = letter(options(question).indexOf(rightOf(question)));
        int place = attempts.indexOf(right);
        return place == 0 ? AT_ONCE : place == 1 ? AGAIN : 0;
    }

    /**
     * The points so far.
     *
     * @return from 0 to {@link #most()}
     */
    public int points() {
        return questions.values().stream().mapToInt(this::points).sum();
    }

    /**
     * The points that all questions can give.
     *
     * @return two for each
     */
    public int most() {
        return AT_ONCE * questions.size();
    }

    /**
     * The numbers of the questions, in the order of the file.
     *
     * @return the numbers
     */
    public List<Integer> numbers() {
        return List.copyOf(questions.keySet());
    }

    /**
     * The points by notebook, and where to look again.
     *
     * @return columns notebook, points, of, look again: what has not earned all its points, each with its section and tag
     */
    public Table table() {
        Map<String, List<Question>> byNotebook =
                new TreeMap<>(questions.values().stream().collect(Collectors.groupingBy(Question::notebook)));
        StringColumn notebook = StringColumn.create("notebook", byNotebook.keySet());
        IntColumn points = IntColumn.create("points");
        IntColumn most = IntColumn.create("of");
        StringColumn again = StringColumn.create("look again (question: section, tag)");
        for (Collection<Question> group : byNotebook.values()) {
            points.append(group.stream().mapToInt(this::points).sum());
            most.append(AT_ONCE * group.size());
            again.append(group.stream()
                    .filter(question -> points(question) < AT_ONCE)
                    .map(question -> Text.of("%d: %s %s", question.number, question.section, question.claim))
                    .collect(Collectors.joining(";  ")));
        }
        return Table.create(toString(), notebook, points, most, again);
    }

    /**
     * The points.
     *
     * @return for example {@code 7 of 40 points}
     */
    @Override
    public String toString() {
        return Text.of("%d of %d points", points(), most());
    }

    private record Line(String mark, Words words) {}

    private record Block(String name, Words head, List<Line> lines) {}

    /** Questions, or solutions, on a page: English with Chinese below. */
    public static final class Sheet {
        private final List<Block> blocks;

        private Sheet(List<Block> blocks) {
            this.blocks = blocks;
        }

        String html() {
            StringBuilder html = new StringBuilder("<div style=\"max-width: 720px; line-height: 1.5\">");
            for (Block block : blocks) {
                html.append("<p style=\"margin: 1em 0 0.3em\"><b>")
                        .append(Html.escape(block.name))
                        .append("</b>");
                html.append(inBoth(block.head)).append("</p>");
                for (Line line : block.lines) {
                    html.append("<div style=\"display: flex; margin: 0.3em 0\"><b style=\"flex: 0 0 2em\">")
                            .append(Html.escape(line.mark))
                            .append("</b><span>")
                            .append(inBoth(line.words))
                            .append("</span></div>");
                }
            }
            return html.append("</div>").toString();
        }

        private static String inBoth(Words words) {
            String chinese = "<span lang=\"zh\">" + Html.escape(words.chinese) + "</span>";
            return Words.inChinese() ? chinese : Html.escape(words.english) + "<br>" + chinese;
        }

        /**
         * For a page without markup.
         *
         * @return a line for each sentence and language
         */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (Block block : blocks) {
                text.append(block.name)
                        .append(block.head.shown().collect(Collectors.joining("\n")))
                        .append('\n');
                for (Line line : block.lines) {
                    text.append("  ")
                            .append(line.mark)
                            .append("  ")
                            .append(line.words.shown().collect(Collectors.joining("\n     ")))
                            .append('\n');
                }
            }
            return text.toString();
        }
    }
}
