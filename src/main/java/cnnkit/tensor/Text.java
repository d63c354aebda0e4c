package cnnkit.tensor;

import java.util.Locale;

/**
 * Messages in the learner's {@link Language}, with numbers that read the same in every country: 9,912,422 and 98.07
 * everywhere.
 */
public final class Text {
    private Text() {}

    /**
     * As {@link String#format}, in the learner's language where the sentence has been translated, and without the customs of
     * the country that the machine is set to.
     *
     * @param format the pattern, in English
     * @param values what to put into it
     * @return the text
     */
    public static String of(String format, Object... values) {
        return String.format(Locale.ROOT, in(Language.current(), format), values);
    }

    /**
     * A sentence or a pattern in a language.
     *
     * @param language the language
     * @param english the sentence, in English
     * @return its translation; itself if there is none
     */
    public static String in(Language language, String english) {
        return language.messages().get(english);
    }
}
