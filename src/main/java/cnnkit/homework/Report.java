package cnnkit.homework;

import cnnkit.plot.Figure;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a check found out about a learner's code: which parts are right, where it fails first, and, step by step on request
 * ({@link #hint}), which mistake that is and what to think about. It shows itself in a notebook and prints as text elsewhere.
 */
public final class Report {
    private static final int NAMES = 1, QUESTIONS = 2; // levels of help; at 0 it says where it fails

    private final String task;
    private final Map<String, Boolean> parts;
    private final List<Finding> findings;
    private final Optional<Failure> failure;
    private final Optional<String> library;
    private int level;

    Report(String task, Map<String, Boolean> parts, List<Finding> findings, Optional<Failure> failure) {
        this(task, parts, findings, failure, Optional.empty());
    }

    Report(
            String task,
            Map<String, Boolean> parts,
            List<Finding> findings,
            Optional<Failure> failure,
            Optional<String> library) {
        this.task = task;
        this.parts = new LinkedHashMap<>(parts);
        this.findings = List.copyOf(findings);
        this.failure = failure;
        this.library = library;
    }

    /**
     * What was checked.
     *
     * @return for example {@code im2col}
     */
    public String task() {
        return Text.of(task);
    }

    /**
     * Whether everything is right.
     *
     * @return whether no part fails and nothing else must be mended
     */
    public boolean passed() {
        return !parts.containsValue(false) && findings.stream().noneMatch(Finding::wrong);
    }

    /**
     * The share of the parts that are right.
     *
     * @return from 0 to 1; 1 only if the check is passed
     */
    public double score() {
        return parts.values().stream().filter(right -> right).count() / (double) parts.size();
    }

    /**
     * The parts that count, each with whether it is right.
     *
     * @return in the order in which they build on one another
     */
    public Map<String, Boolean> parts() {
        return Collections.unmodifiableMap(parts);
    }

    /**
     * The mistake that was made, if it has a name; the first one if there are several.
     *
     * @return empty if all is right, or if the catalogue does not know it
     */
    public Optional<Mistake> mistake() {
        return mistakes().stream().findFirst();
    }

    /**
     * All mistakes that were found, in the order of the findings.
     *
     * @return each once; two that explain the same thing equally well are both there
     */
    public List<Mistake> mistakes() {
        Set<Mistake> mistakes = new LinkedHashSet<>();
        findings.forEach(finding -> mistakes.addAll(finding.mistakes()));
        return List.copyOf(mistakes);
    }

    /**
     * What was found out, one thing at a time.
     *
     * @return what must be mended, and remarks; empty if there is nothing to say
     */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * The library's own class, if its code was handed in. That is right, but a teacher may want to know.
     *
     * @return its name, such as {@code Im2col}; empty if the code is the learner's
     */
    public Optional<String> library() {
        return library;
    }

    /**
     * Throws if the check is not passed: for JUnit and other tests.
     *
     * @return this report
     * @throws AssertionError with where it fails, and the mistake if it has a name
     */
    public Report orThrow() {
        if (!passed()) {
            throw new AssertionError(text(NAMES, false));
        }
        return this;
    }

    /**
     * Goes one step further each time: the named mistake, then a question that leads on. The answer is not given.
     *
     * @return what there is to say now
     */
    public String hint() {
        if (passed()) {
            return Text.of("%s: everything is right", task());
        }
        level = Math.min(level + 1, QUESTIONS);
        List<String> said = help(level - 1), all = help(level);
        return String.join("\n", all.subList(said.size(), all.size()));
    }

    /** Where it fails, and as much help as was asked for. */
    @Override
    public String toString() {
        return text(level, true);
    }

    private String text(int help, boolean mayAsk) {
        List<String> lines = new ArrayList<>(List.of(headline()));
        if (!passed()) {
            parts.forEach((part, right) -> lines.add((right ? "  ● " : "  ○ ") + part));
        }
        lines.addAll(places());
        failure.ifPresent(first -> lines.add(first.numbers()));
        lines.addAll(help(help));
        if (mayAsk && !passed() && help < QUESTIONS) {
            lines.add(Text.of("hint() tells more"));
        }
        return String.join("\n", lines);
    }

    /**
     * The verdict on the whole, in one line.
     *
     * @return a mark, what was checked, and how many parts are right
     */
    public String headline() {
        long right = parts.values().stream().filter(each -> each).count();
        return passed()
                ? Text.of("● %s: right, all %d parts", task(), parts.size())
                : Text.of(
                        "%s %s: not yet, %d of %d parts are right", right > 0 ? "◐" : "○", task(), right, parts.size());
    }

    /**
     * Where it fails, without the names of mistakes.
     *
     * @return a line for each finding, and one for the smallest case that fails
     */
    public List<String> places() {
        Set<String> lines = new LinkedHashSet<>(); // two mistakes of one part fail in the same cases
        findings.forEach(finding -> lines.add(Text.of("%s: %s", finding.part(), finding.words())));
        failure.ifPresent(first -> lines.add(
                Text.of("the smallest case that fails, %s: %s. %s", first.part(), first.input(), first.difference())));
        return List.copyOf(lines);
    }

    /**
     * As much help as was asked for by {@link #hint}.
     *
     * @return lines of text; none if none was asked for
     */
    public List<String> help() {
        return help(level);
    }

    private List<String> help(int upTo) {
        List<String> lines = new ArrayList<>();
        if (upTo >= NAMES) {
            lines.addAll(Help.names(findings.stream().filter(Finding::wrong).toList()));
        }
        if (upTo >= QUESTIONS) {
            lines.addAll(questions());
        }
        return lines;
    }

    /**
     * Whether {@link #hint} has more to say.
     *
     * @return no if all is right, or if everything has been said
     */
    public boolean mayHint() {
        return !passed() && level < QUESTIONS;
    }

    /**
     * The mistakes whose names have been asked for.
     *
     * @return none before the first hint
     */
    public List<Mistake> mistakesShown() {
        return level >= NAMES ? mistakes() : List.of();
    }

    private List<String> questions() {
        if (mistakes().isEmpty()) {
            String question = failure.isPresent()
                    ? Text.of(
                            "work the smallest case out by hand, one number at a time: which is the first that differs?")
                    : Text.of("which of the numbers above is not what you would expect, and what is it made of?");
            return List.of("→ " + question);
        }
        return mistakes().stream().map(mistake -> "→ " + mistake.question()).toList();
    }

    /**
     * The smallest case that fails: the input, what is expected and what came, side by side; what differs is marked.
     *
     * @return empty if nothing fails, or if there are no numbers to show
     */
    public Optional<Figure> figure() {
        return failure.flatMap(FailureFigure::of);
    }
}
