package cnnkit.homework;

import java.util.List;
import java.util.Optional;

/**
 * Something that a check has found out.
 *
 * @param part of the task, such as {@code forward}
 * @param mistakes the mistakes that it may be: one, or several that fit equally well; empty if it is none of the catalogue, or
 *     none at all
 * @param wrong whether something must be mended; a remark is not wrong
 * @param words a sentence: where it fails, without the name of the mistake
 * @param which which way of making the mistake it is; empty if there is nothing to add
 */
public record Finding(String part, List<Mistake> mistakes, boolean wrong, String words, String which) {
    /**
     * Copies the list.
     *
     * @param part of the task
     * @param mistakes what it may be
     * @param wrong whether something must be mended
     * @param words a sentence
     * @param which which way of making it
     */
    public Finding {
        mistakes = List.copyOf(mistakes);
    }

    static Finding wrong(String part, List<Mistake> mistakes, String words, String which) {
        return new Finding(part, mistakes, true, words, which);
    }

    /** Of learner's code that gave no result, because it threw or was stopped; or none that can be judged, which has no name. */
    static Finding thrown(String part, Throwable thrown) {
        return thrown instanceof Unfit
                ? wrong(part, List.of(), thrown.getMessage(), "")
                : wrong(part, List.of(LearnersLine.mistake(thrown)), LearnersLine.about(thrown), "");
    }

    static Finding remark(String part, String words) {
        return new Finding(part, List.of(), false, words, "");
    }

    /**
     * The mistake.
     *
     * @return the first of those that it may be; empty if it has no name
     */
    public Optional<Mistake> mistake() {
        return mistakes.stream().findFirst();
    }
}
