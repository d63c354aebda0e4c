package cnnkit.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence with holes and its translation, read backwards: from the finished English sentence to what stands in the holes.
 * A notebook's cells, which both languages share, put sentences together ({@code "after layer " + i}); the catalogue has
 * them as {@code "after layer %s"}.
 */
final class Template implements Comparable<Template> {
    private static final Pattern HOLE = Pattern.compile("%(?:(\\d+)\\$)?([-+,.0-9]*)([a-zA-Z%])");
    private static final int FEWEST =
            3; // letters of its own where a hole takes any words: "%s of %s" would fit too much

    private final Pattern english;
    private final String longest; // piece between two holes: what does not have it need not be tried
    private final String translation;
    private final int letters, length; // of its own
    private final boolean ofLines;

    private Template(Pattern english, String longest, String translation, int letters, int length) {
        this.english = english;
        this.longest = longest;
        this.translation = translation;
        this.letters = letters;
        this.length = length;
        ofLines = english.pattern().indexOf('\n') >= 0;
    }

    /** None if the sentence has no holes, or hardly anything else. */
    static Optional<Template> of(String sentence, String translation) {
        Matcher holes = HOLE.matcher(sentence);
        StringBuilder pattern = new StringBuilder(), piece = new StringBuilder();
        String longest = "";
        int end = 0, letters = 0, length = 0, count = 0;
        boolean anyWords = false;
        while (holes.find()) {
            piece.append(sentence, end, holes.start());
            end = holes.end();
            if ("%".equals(holes.group(3))) {
                piece.append('%');
                continue;
            }
            if ("n".equals(holes.group(3))) {
                piece.append('\n');
                continue;
            }
            pattern.append(Pattern.quote(piece.toString())).append(what(holes.group(3)));
            longest = piece.length() > longest.length() ? piece.toString() : longest;
            letters += letters(piece);
            length += piece.length();
            anyWords |= "s".equals(holes.group(3));
            piece.setLength(0);
            count++;
        }
        piece.append(sentence.substring(end));
        letters += letters(piece);
        longest = piece.length() > longest.length() ? piece.toString() : longest;
        return count == 0 || letters < (anyWords ? FEWEST : 1)
                ? Optional.empty()
                : Optional.of(new Template(
                        Pattern.compile(pattern + Pattern.quote(piece.toString()), Pattern.DOTALL),
                        longest,
                        translation,
                        letters,
                        length + piece.length()));
    }

    private static int letters(CharSequence piece) {
        return (int) piece.chars().filter(Character::isLetter).count();
    }

    private static String what(String conversion) {
        return "s".equals(conversion) ? "(.*?)" : "( *[-+−]?[0-9][-+0-9,.eE]*|[-+]?NaN|[-+]?Infinity|∞)";
    }

    /** The translated sentence; null if this is another one. */
    String translate(String sentence, UnaryOperator<String> inside) {
        if (!sentence.contains(longest) || (!ofLines && sentence.indexOf('\n') >= 0)) {
            return null; // lines that do not belong together are sentences of their own
        }
        Matcher parts = english.matcher(sentence);
        if (!parts.matches()) {
            return null;
        }
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= parts.groupCount(); i++) {
            values.add(inside.apply(parts.group(i)));
        }
        int[] next = {0};
        return HOLE.matcher(translation).replaceAll(hole -> {
            if ("%".equals(hole.group(3))) {
                return "%";
            }
            if ("n".equals(hole.group(3))) {
                return "\n";
            }
            int place = hole.group(1) == null ? next[0]++ : Integer.parseInt(hole.group(1)) - 1;
            return Matcher.quoteReplacement(values.get(place));
        });
    }

    /** What has most of its own comes first: "question %s: %s" before "question %s". */
    @Override
    public int compareTo(Template other) {
        int byLetters = Integer.compare(other.letters, letters);
        return byLetters != 0 ? byLetters : Integer.compare(other.length, length);
    }
}
