package cnnkit.plot;

import cnnkit.plot.card.Fitted;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Style;
import java.awt.Graphics2D;
import java.util.List;

/** Figures next to each other, on one card, their middles at one height; the palette needs room for the colours of all. */
public final class SideBySide {
    private static final int TITLE_TOP = 11;

    private SideBySide() {}

    /**
     * Figures in a row.
     *
     * @param alt what there is to see
     * @param colors of the palette, at most 256
     * @param figures from left to right, at least one
     * @return one figure
     */
    public static Figure of(String alt, int colors, List<Figure> figures) {
        int width = figures.stream().mapToInt(Figure::width).sum();
        int height = figures.stream().mapToInt(Figure::height).max().orElseThrow();
        return Figure.draw(width, height, colors, alt, g -> {
            int x = 0;
            for (Figure figure : figures) {
                paint(g, figure, x, (height - figure.height()) / 2);
                x += figure.width();
            }
        });
    }

    /**
     * Figures in a column, their left edges at one line.
     *
     * @param alt what there is to see
     * @param colors of the palette, at most 256
     * @param figures from top to bottom, at least one
     * @return one figure
     */
    public static Figure below(String alt, int colors, List<Figure> figures) {
        int width = figures.stream().mapToInt(Figure::width).max().orElseThrow();
        int height = figures.stream().mapToInt(Figure::height).sum();
        return Figure.draw(width, height, colors, alt, g -> {
            int y = 0;
            for (Figure figure : figures) {
                paint(g, figure, 0, y);
                y += figure.height();
            }
        });
    }

    /**
     * A figure with a title over it: broken in two lines or set smaller where it does not fit, never cut.
     *
     * @param title in bold; empty for none
     * @param figure below the title
     * @return one figure
     */
    static Figure titled(String title, Figure figure) {
        if (title.isEmpty()) {
            return figure;
        }
        int wanted = Letters.width(title, Style.TITLE) + 2 * TITLE_TOP;
        int width = Math.max(figure.width(), Math.min(Style.WIDTH, wanted));
        Fitted fitted = Fitted.of(title, Style.TITLE, width - 2.0 * TITLE_TOP);
        int above = TITLE_TOP + fitted.height();
        return Figure.draw(width, above + figure.height(), figure.colors(), figure.alt(), g -> {
            paint(g, figure, (width - figure.width()) / 2, above);
            fitted.centre(g, Style.INK, width / 2.0, TITLE_TOP);
        });
    }

    /** The room that a title of one line takes. */
    static int lineOfTitle() {
        return TITLE_TOP + Letters.height(Style.TITLE);
    }

    /**
     * A figure at a place on a card.
     *
     * @param g the card
     * @param figure shown at its own size
     * @param x its left edge, in points
     * @param y its upper edge, in points
     */
    public static void paint(Graphics2D g, Figure figure, int x, int y) {
        g.drawImage(figure.image(), x, y, figure.width(), figure.height(), null);
    }
}
