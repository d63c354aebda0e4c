package cnnkit.live;

import cnnkit.tensor.Text;
import java.util.Base64;
import java.util.Map;

/**
 * What a page asks: named values that anybody may have written, so each is checked when it is read.
 */
public final class Question {
    private final Map<String, ?> values;

    Question(Map<String, ?> values) {
        this.values = values;
    }

    /**
     * A text.
     *
     * @param name of the value
     * @return the text
     * @throws IllegalArgumentException if there is none, or it is something else
     */
    public String text(String name) {
        if (values.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(Text.error("the page gave no text as \"%s\"", name));
    }

    /**
     * A whole number.
     *
     * @param name of the value
     * @param count how many numbers are allowed, from 0 to count - 1
     * @return the number
     * @throws IllegalArgumentException if there is none, or it is no such number
     */
    public int index(String name, int count) {
        if (values.get(name) instanceof Number number) {
            double value = number.doubleValue();
            if (value == Math.rint(value) && value >= 0 && value < count) {
                return (int) value;
            }
        }
        throw new IllegalArgumentException(Text.error(
                "expected \"%s\" from 0 to %d but the page gave %s", name, count - 1, shortened(values.get(name))));
    }

    /**
     * Whether there is such a value.
     *
     * @param name of the value
     * @return whether the page has given it
     */
    public boolean has(String name) {
        return values.get(name) != null;
    }

    /**
     * Bytes, which travel in base64.
     *
     * @param name of the value
     * @param length how many there must be
     * @return the bytes
     * @throws IllegalArgumentException if there are none, or not so many
     */
    public byte[] bytes(String name, int length) {
        String text = text(name);
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Text.error("the page gave no base64 as \"%s\"", name));
        }
        if (bytes.length != length) {
            throw new IllegalArgumentException(
                    Text.error("expected %,d bytes as \"%s\" but the page gave %,d", length, name, bytes.length));
        }
        return bytes;
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
