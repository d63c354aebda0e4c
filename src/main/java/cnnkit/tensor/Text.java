package cnnkit.tensor;

import java.util.Locale;

/** Messages with numbers that read the same in every country: 9,912,422 and 98.07 everywhere. */
public final class Text {
    private Text() {}

    /**
     * As {@link String#format}, without the customs of the country that the machine is set to.
     *
     * @param format the pattern
     * @param values what to put into it
     * @return the text
     */
    public static String of(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
