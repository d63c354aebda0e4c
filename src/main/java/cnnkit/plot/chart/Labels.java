package cnnkit.plot.chart;

import cnnkit.plot.card.Fitted;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Style;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;

/**
 * The labels of categories below a chart: broken or set smaller where they are too wide, and upright where even their
 * words are.
 *
 * @param texts in order
 * @param upright whether they are read from below
 */
record Labels(List<Fitted> texts, boolean upright) {
    private static final int LONGEST = 120; // upright, in points
    private static final int AIR = 6;

    static Labels of(List<String> labels, int room) {
        float smallest = Style.CELL.getSize2D() - 1;
        boolean upright = labels.stream()
                .flatMap(label -> Arrays.stream(label.split("\\s+")))
                .filter(word -> word.codePoints().allMatch(letter -> letter < 0x2E80)) // Chinese breaks anywhere
                .anyMatch(word -> Letters.width(word, Style.CELL.deriveFont(smallest)) > room);
        return new Labels(
                labels.stream()
                        .map(label -> Fitted.of(label, Style.CELL, upright ? LONGEST : room))
                        .toList(),
                upright);
    }

    int height() {
        return AIR
                + texts.stream()
                        .mapToInt(text -> upright ? text.width() : text.height())
                        .max()
                        .orElse(0);
    }

    void paint(Graphics2D g, int index, double x, double top) {
        Fitted text = texts.get(index);
        if (upright) {
            text.upwards(g, Style.INK, x - text.height() / 2.0, top + text.width() / 2.0);
        } else {
            text.centre(g, Style.INK, x, top);
        }
    }
}
