package cnnkit.plot;

import java.awt.Graphics2D;
import java.util.List;

/** Figures next to each other, on one card, their middles at one height; the palette needs room for the colours of all. */
final class SideBySide {
    private SideBySide() {}

    static Figure of(String alt, int colors, List<Figure> figures) {
        int width = figures.stream().mapToInt(Figure::width).sum();
        int height = figures.stream().mapToInt(Figure::height).max().orElseThrow();
        return Figure.draw(width, height, colors, alt, g -> paint(g, figures, height));
    }

    private static void paint(Graphics2D g, List<Figure> figures, int height) {
        int x = 0;
        for (Figure figure : figures) {
            g.drawImage(figure.image(), x, (height - figure.height()) / 2, figure.width(), figure.height(), null);
            x += figure.width();
        }
    }
}
