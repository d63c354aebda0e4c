package cnnkit.plot.card;

import cnnkit.tensor.Text;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Text that fits into a width: as it is; else broken in two lines; else set smaller; never cut. The one rule for titles,
 * captions, names of axes, legends and labels. Line feeds that are in the text stay.
 *
 * @param lines as they are drawn, each within the width
 * @param font of all of them
 */
public record Fitted(List<String> lines, Font font) {
    private static final float SMALLEST = 10; // points: smaller letters are no help
    private static final int FEW = 2; // lines that a text may be broken into before it is set smaller

    /**
     * Fits a text.
     *
     * @param text of one line or several; empty for none
     * @param font wanted
     * @param width that no line may leave, in points
     * @return its lines; more than two of a paragraph only where the smallest letters need them
     */
    public static Fitted of(String text, Font font, double width) {
        return of(text, font, width, FEW);
    }

    /**
     * Fits a text that has to stay on its lines: it is only set smaller, where there is no room to break it.
     *
     * @param text of one line or several; empty for none
     * @param font wanted
     * @param width that no line may leave, in points
     * @return its lines; broken only where the smallest letters need it
     */
    public static Fitted unbroken(String text, Font font, double width) {
        return of(text, font, width, 1);
    }

    private static Fitted of(String english, Font wanted, double width, int most) {
        String text = Text.shown(english);
        if (text.isEmpty()) {
            return new Fitted(List.of(), wanted);
        }
        Font font = Letters.suited(text, wanted);
        for (float size = font.getSize2D(); size >= Math.min(SMALLEST, font.getSize2D()); size--) {
            List<String> lines = lines(text, font.deriveFont(size), width, most);
            if (!lines.isEmpty()) {
                return new Fitted(lines, font.deriveFont(size));
            }
        }
        Font smallest = font.deriveFont(Math.min(SMALLEST, font.getSize2D()));
        return new Fitted(lines(text, smallest, width, Integer.MAX_VALUE), smallest);
    }

    /** The lines of all paragraphs; none if one of them needs more than it may have. */
    private static List<String> lines(String text, Font font, double width, int most) {
        List<String> all = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            List<String> lines = paragraph(paragraph, font, width, most == Integer.MAX_VALUE);
            if (lines.size() > most) {
                return List.of();
            }
            all.addAll(lines.size() == 2 ? balanced(lines, paragraph, font) : lines);
        }
        return all;
    }

    /** As much on each line as fits; what has no place to break it is broken anywhere, where that is the last resort. */
    private static List<String> paragraph(String text, Font font, double width, boolean anywhere) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String piece : pieces(text)) {
            String longer = line + piece;
            if (Letters.width(longer.stripTrailing(), font) <= width) {
                line = longer;
                continue;
            }
            if (!line.isBlank()) {
                lines.add(line.strip());
            }
            line = piece;
            while (Letters.width(line.stripTrailing(), font) > width) {
                if (!anywhere) {
                    return List.of(text, "", ""); // more than it may have
                }
                int end = line.length() - 1;
                while (end > 1 && Letters.width(line.substring(0, end), font) > width) {
                    end--;
                }
                if (end < 1) {
                    break; // a single letter wider than everything
                }
                lines.add(line.substring(0, end));
                line = line.substring(end);
            }
        }
        lines.add(line.strip());
        return lines;
    }

    /** Two lines of nearly equal length look better than a full one and a word. */
    private static List<String> balanced(List<String> lines, String text, Font font) {
        List<String> best = lines;
        String first = "";
        List<String> pieces = pieces(text);
        for (int i = 0; i < pieces.size() - 1; i++) {
            first += pieces.get(i);
            List<String> tried =
                    List.of(first.strip(), text.substring(first.length()).strip());
            best = widest(tried, font) < widest(best, font) ? tried : best;
        }
        return best;
    }

    /** What stays together: words with the spaces behind them, or single Chinese characters. */
    private static List<String> pieces(String text) {
        BreakIterator places = BreakIterator.getLineInstance(Locale.ROOT);
        places.setText(text);
        List<String> pieces = new ArrayList<>();
        int from = places.first();
        for (int to = places.next(); to != BreakIterator.DONE; to = places.next()) {
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }

    private static int widest(List<String> lines, Font font) {
        return lines.stream().mapToInt(line -> Letters.width(line, font)).max().orElse(0);
    }

    /**
     * How wide it is.
     *
     * @return the longest line, in points
     */
    public int width() {
        return widest(lines, font);
    }

    /**
     * How high it is.
     *
     * @return all lines, in points; 0 if there are none
     */
    public int height() {
        return lines.size() * Letters.height(font);
    }

    /**
     * Draws the lines one below the other, their middles at one place.
     *
     * @param g the card
     * @param ink their colour
     * @param x the middle
     * @param top the upper edge of the first line
     */
    public void centre(Graphics2D g, Color ink, double x, double top) {
        for (int i = 0; i < lines.size(); i++) {
            Letters.centre(g, lines.get(i), font, ink, x, top + i * Letters.height(font));
        }
    }

    /**
     * Draws the lines one below the other, from one left end.
     *
     * @param g the card
     * @param ink their colour
     * @param x the left end
     * @param top the upper edge of the first line
     */
    public void left(Graphics2D g, Color ink, double x, double top) {
        for (int i = 0; i < lines.size(); i++) {
            Letters.left(g, lines.get(i), font, ink, x, top + i * Letters.height(font));
        }
    }

    /**
     * Draws the lines one below the other, up to one right end.
     *
     * @param g the card
     * @param ink their colour
     * @param x the right end
     * @param top the upper edge of the first line
     */
    public void right(Graphics2D g, Color ink, double x, double top) {
        for (int i = 0; i < lines.size(); i++) {
            Letters.right(g, lines.get(i), font, ink, x, top + i * Letters.height(font));
        }
    }

    /**
     * Draws the lines so that a left end, a middle and a height are theirs: what is read from below, along an axis.
     *
     * @param g the card
     * @param ink their colour
     * @param x the left edge of the first line, as it is turned
     * @param middle of the lines, on the card from top to bottom
     */
    public void upwards(Graphics2D g, Color ink, double x, double middle) {
        Graphics2D turned = (Graphics2D) g.create();
        turned.translate(x, middle);
        turned.rotate(-Math.PI / 2);
        centre(turned, ink, 0, 0);
        turned.dispose();
    }
}
