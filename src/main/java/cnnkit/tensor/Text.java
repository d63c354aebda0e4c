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
     * the country that the machine is set to. Words that are put into the sentence are translated as well.
     *
     * @param format the pattern, in English
     * @param values what to put into it
     * @return the text
     */
    public static String of(String format, Object... values) {
        Language language = Language.current();
        if (language == Language.EN || format.startsWith("<")) { // what stands in markup is looked up before
            return String.format(Locale.ROOT, format, values);
        }
        String said = String.format(Locale.ROOT, in(language, format), shown(values));
        language.messages().remember(said, inEnglish(language, format, values));
        return said;
    }

    /** Words that were made by {@link #of} a moment ago, and stand in the values now, are English again. */
    private static String inEnglish(Language language, String format, Object... values) {
        Object[] words = values.clone();
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i] instanceof String text ? language.messages().inEnglish(text) : words[i];
        }
        return Language.EN.speak(() -> String.format(Locale.ROOT, format, words));
    }

    /**
     * What an exception says: as {@link #of}, and the English words below it where the language is another one, for they are
     * what people search for.
     *
     * @param format the pattern, in English
     * @param values what to put into it
     * @return the text, of one line in English, else of two
     */
    public static String error(String format, Object... values) {
        Language language = Language.current();
        if (language == Language.EN) {
            return String.format(Locale.ROOT, format, values);
        }
        Object[] inEnglish = values.clone(), translated = values.clone(); // a cause that is told again has two lines
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof String text && text.contains("\n")) {
                translated[i] = text.substring(0, text.indexOf('\n'));
                inEnglish[i] = text.substring(text.indexOf('\n') + 1);
            }
        }
        String english = inEnglish(language, format, inEnglish), said = of(format, translated);
        language.messages().keep(english);
        return said.equals(english) ? english : said + "\n" + english;
    }

    /**
     * A finished sentence, as a cell of a notebook or a chart has it: in the learner's language where the catalogue has the
     * sentence, or a pattern that fits it.
     *
     * @param english the sentence
     * @return its translation; itself if there is none
     */
    public static String shown(String english) {
        Language language = Language.current();
        return english == null || language == Language.EN
                ? english
                : language.messages().sentence(english);
    }

    private static Object[] shown(Object... values) {
        Object[] all = values.clone();
        for (int i = 0; i < all.length; i++) {
            boolean plain = all[i] == null || all[i] instanceof Number || all[i] instanceof Character;
            all[i] = plain ? all[i] : shown(all[i].toString());
        }
        return all;
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
