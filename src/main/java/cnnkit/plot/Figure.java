package cnnkit.plot;

import cnnkit.io.AtomicFile;
import cnnkit.plot.card.Sheet;
import cnnkit.plot.image.Png;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A finished picture on an opaque white card, and the text that stands for it: what the picture shows, for those who
 * cannot see it.
 *
 * <p>Figures are drawn with two pixels per point and shown at half their size, so that text is sharp on every screen.
 */
public final class Figure implements Drawing {
    /** Pixels per point of what the library draws. */
    public static final int SCALE = 2;
    /** Colours of a palette that has room for a colour scale and for the greys of letters. */
    public static final int MANY_COLORS = 128;
    /** Colours of a palette for lines, bars and letters: fewer make the file smaller. */
    public static final int FEW_COLORS = 32;

    private final BufferedImage image; // RGB, without transparency
    private final int scale;
    private final int colors;
    private final String alt;

    private Figure(BufferedImage image, int scale, int colors, String alt) {
        this.image = image;
        this.scale = scale;
        this.colors = colors;
        this.alt = Objects.requireNonNull(alt, "alt");
    }

    /**
     * A figure of any picture. What is transparent becomes white.
     *
     * @param picture shown pixel for pixel; copied
     * @param alt what there is to see, in a sentence
     * @return the figure
     */
    public static Figure of(BufferedImage picture, String alt) {
        return draw(picture.getWidth(), picture.getHeight(), 1, 256, alt, g -> g.drawImage(picture, 0, 0, null));
    }

    /**
     * A white card, and what a painter draws on it.
     *
     * @param width in points
     * @param height in points
     * @param colors of the palette of its PNG file, at most 256
     * @param alt what there is to see, in a sentence
     * @param painter draws; it counts in points, from the upper left corner
     * @return the figure
     */
    public static Figure draw(int width, int height, int colors, String alt, Consumer<Graphics2D> painter) {
        return draw(width, height, SCALE, colors, alt, painter);
    }

    /**
     * A white card, and what is to be painted on it.
     *
     * @param sheet its size and its painter
     * @param colors of the palette of its PNG file, at most 256
     * @param alt what there is to see, in a sentence
     * @return the figure
     */
    public static Figure of(Sheet sheet, int colors, String alt) {
        return draw(sheet.width(), sheet.height(), colors, alt, sheet.painter());
    }

    /**
     * The same figure with something drawn over it.
     *
     * @param painter draws; it counts in points, from the upper left corner
     * @return a figure
     */
    public Figure over(Consumer<Graphics2D> painter) {
        return draw(width(), height(), scale, colors, alt, g -> {
            SideBySide.paint(g, this, 0, 0);
            painter.accept(g);
        });
    }

    private static Figure draw(int width, int height, int scale, int colors, String alt, Consumer<Graphics2D> painter) {
        BufferedImage image = new BufferedImage(scale * width, scale * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.scale(scale, scale);
        painter.accept(g);
        g.dispose();
        return new Figure(image, scale, colors, alt);
    }

    /** How many colours its palette has. */
    int colors() {
        return colors;
    }

    /**
     * What there is to see, in words.
     *
     * @return a sentence or two
     */
    public String alt() {
        return alt;
    }

    /**
     * The same picture with other words.
     *
     * @param sentence the finding: {@code "Conv1 has 780 parameters, Affine1 has 432,100"}
     * @return a figure
     */
    public Figure alt(String sentence) {
        return new Figure(image, scale, colors, sentence);
    }

    /**
     * The picture.
     *
     * @return opaque, with two pixels per point if the library drew it
     */
    public BufferedImage image() {
        return image;
    }

    /**
     * The width at which it is shown.
     *
     * @return in points
     */
    public int width() {
        return image.getWidth() / scale;
    }

    /**
     * The height at which it is shown.
     *
     * @return in points
     */
    public int height() {
        return image.getHeight() / scale;
    }

    /**
     * The picture as a PNG file.
     *
     * @return the bytes; with a palette (PNG-8), unless a photograph needs more colours
     */
    public byte[] png() {
        return Png.encode(image, colors);
    }

    /**
     * Saves the picture as a PNG file, whole or not at all.
     *
     * @param file where to
     * @throws IOException if it cannot be written
     */
    public void save(Path file) throws IOException {
        AtomicFile.write(file, png());
    }

    @Override
    public Figure figure() {
        return this;
    }

    /**
     * The words that stand for the picture.
     *
     * @return its alt text
     */
    @Override
    public String toString() {
        return alt;
    }
}
