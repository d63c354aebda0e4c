package cnnkit.tensor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences of a language: a catalogue as gettext has them, {@code cnnkit/messages/zh.po}, in which the English sentence is
 * the key, so that sources and catalogue can both be read. What a catalogue has not got stays English.
 */
final class Messages {
    private static final Pattern LINE = Pattern.compile("(msgid|msgstr)?\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Map<String, String> sentences = new HashMap<>();

    /** The catalogue of a language; an empty one for English. */
    static Messages of(Language language) {
        Messages messages = new Messages();
        String name = "/cnnkit/messages/" + language.code() + ".po";
        try (InputStream file = Messages.class.getResourceAsStream(name)) {
            if (file != null) {
                messages.read(new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
        return messages;
    }

    /** The sentence in this language, or itself. */
    String get(String english) {
        return sentences.getOrDefault(english, english);
    }

    private void read(BufferedReader lines) throws IOException {
        StringBuilder key = new StringBuilder(), value = new StringBuilder();
        StringBuilder current = key;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher text = LINE.matcher(line.strip());
            if (!text.matches()) {
                continue; // a comment or an empty line
            }
            if ("msgid".equals(text.group(1))) {
                put(key, value);
                current = key;
            } else if ("msgstr".equals(text.group(1))) {
                current = value;
            }
            current.append(unescaped(text.group(2)));
        }
        put(key, value);
    }

    private void put(StringBuilder key, StringBuilder value) {
        if (!key.isEmpty() && !value.isEmpty()) {
            sentences.put(key.toString(), value.toString());
        }
        key.setLength(0);
        value.setLength(0);
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                c = text.charAt(++i);
                c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
            }
            plain.append(c);
        }
        return plain.toString();
    }
}
