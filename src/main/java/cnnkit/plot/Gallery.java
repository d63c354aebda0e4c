package cnnkit.plot;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Figures next to each other on one card, where they are to be compared but are of different kinds or sizes.
 * <pre>
 *     Gallery.of(Cells.pixels(image), Cells.activations(maps)).title("before and after")
 * </pre>
 * What should share a colour scale belongs into one {@link Cells} instead, or needs the same {@link Cells#scaleLimit}.
 */
public final class Gallery implements Drawing {
    private static final int COLORS = 256; // room for several colour scales
    private static final int TITLE_TOP = 12;
    private static final int TITLE_ROOM = 28;

    private final List<Drawing> drawings;
    private String title = "";
    private String alt;

    private Gallery(List<Drawing> drawings) {
        this.drawings = drawings;
    }

    /**
     * Some figures, from left to right, their middles at one height.
     *
     * @param drawings at least one
     * @return a gallery of them
     * @throws IllegalArgumentException if there is none
     */
    public static Gallery of(Drawing... drawings) {
        if (drawings.length == 0) {
            throw new IllegalArgumentException("Gallery: there is nothing to draw: give at least one drawing");
        }
        return new Gallery(List.copyOf(Arrays.asList(drawings)));
    }

    /**
     * A title over the whole row.
     *
     * @param text in bold
     * @return this gallery
     */
    public Gallery title(String text) {
        title = text;
        return this;
    }

    /**
     * What there is to see, for those who cannot see it: the finding rather than the title.
     *
     * @param sentence in words
     * @return this gallery
     */
    public Gallery alt(String sentence) {
        alt = sentence;
        return this;
    }

    private String alt() {
        if (alt != null) {
            return alt;
        }
        String words = drawings.stream().map(Drawing::toString).collect(Collectors.joining("; "));
        return title.isEmpty() ? words : title + ". " + words;
    }

    @Override
    public Figure figure() {
        List<Figure> figures = drawings.stream().map(Drawing::figure).toList();
        Figure row = SideBySide.of(alt(), COLORS, figures);
        if (title.isEmpty()) {
            return row;
        }
        int width = Math.max(row.width(), CellsPainter.textWidth(title, Style.TITLE) + 2 * TITLE_TOP);
        return Figure.draw(width, TITLE_ROOM + row.height(), COLORS, row.alt(), g -> {
            g.drawImage(row.image(), (width - row.width()) / 2, TITLE_ROOM, row.width(), row.height(), null);
            paintTitle(g, width);
        });
    }

    private void paintTitle(Graphics2D g, int width) {
        g.setFont(Style.TITLE);
        g.setColor(Style.INK);
        FontMetrics metrics = g.getFontMetrics();
        g.drawString(title, (width - metrics.stringWidth(title)) / 2f, TITLE_TOP + metrics.getAscent());
    }

    /**
     * What is drawn, in words.
     *
     * @return the alt text
     */
    @Override
    public String toString() {
        return alt();
    }
}
