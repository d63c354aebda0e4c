package cnnkit.plot.lesson;

import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.CellKind;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Objects;

/**
 * A picture, and below it the strip that flattening makes of it, row after row; three neighbours are followed from the one
 * to the other (section 7.2.1).
 * <pre>
 *     FlattenedImage.of(digit, 13, 14)
 * </pre>
 * The pixel in orange has one neighbour on the right, blue, and one below, vermilion. In the strip the first is the next
 * one, the second a whole row away.
 */
public final class FlattenedImage extends TitledDrawing<FlattenedImage> {
    /** The pixel itself, the one right of it, the one below it. */
    private static final Color[] NEIGHBOURS = {Style.ORANGE, Style.BLUE, Style.VERMILION};

    private static final int MARGIN = 14;
    private static final int PICTURE = 196; // its longer side, at most
    private static final int GAP = 74; // between picture and strip
    private static final int STRIP_HEIGHT = 26;
    private static final int BELOW = 26;

    private final Tensor pixels; // (H, W)
    private final int row;
    private final int column;

    private FlattenedImage(Tensor pixels, int row, int column) {
        this.pixels = pixels;
        this.row = row;
        this.column = column;
    }

    /**
     * A picture with a pixel to follow.
     *
     * @param pixels from 0, black, to 1, white, (H, W); values beyond stretch the scale
     * @param row of the pixel, not the last one
     * @param column of the pixel, not the last one
     * @return the figure
     * @throws ShapeException if the tensor has another rank
     * @throws IndexOutOfBoundsException if the pixel has no neighbour on the right or below
     */
    public static FlattenedImage of(Tensor pixels, int row, int column) {
        if (pixels.rank() != 2) {
            throw new ShapeException(
                    Text.error("FlattenedImage: expected pixels [H, W] but got %s", Shapes.text(pixels.shape())));
        }
        Objects.checkIndex(row, pixels.size(0) - 1);
        Objects.checkIndex(column, pixels.size(1) - 1);
        return new FlattenedImage(pixels.copy(), row, column);
    }

    @Override
    protected String words() {
        return afterTitle(
                ". ",
                Text.of(
                        "A picture of %d x %d pixels as a strip of %d: the neighbour on the right is the next one, the "
                                + "neighbour below is %d away",
                        height(), width(), height() * width(), width()));
    }

    private int height() {
        return pixels.size(0);
    }

    private int width() {
        return pixels.size(1);
    }

    @Override
    public Figure figure() {
        int cell = Math.max(1, PICTURE / Math.max(height(), width()));
        int top = MARGIN;
        int cardHeight = top + height() * cell + GAP + STRIP_HEIGHT + BELOW + MARGIN;
        return titled(Figure.draw(Style.WIDTH, cardHeight, Figure.MANY_COLORS, alt(), g -> paint(g, cell, top)));
    }

    private void paint(Graphics2D g, int cell, int top) {
        int words = Letters.width(legend()[2], Style.AXIS) + 40; // the longest, with its colour before it
        double left = (Style.WIDTH - width() * cell - words) / 2.0;
        double stripTop = top + height() * cell + GAP;
        double pitch = (Style.WIDTH - 2.0 * MARGIN) / pixels.length(); // of the strip
        Limits limits = CellKind.PIXELS.limits(List.of(pixels));
        for (int i = 0; i < pixels.length(); i++) {
            g.setColor(CellKind.PIXELS.colors().color(pixels.data()[i], limits));
            g.fill(new Rectangle2D.Double(left + i % width() * cell, top + i / width() * cell, cell, cell));
            g.fill(new Rectangle2D.Double(MARGIN + i * pitch, stripTop, pitch + 0.5, STRIP_HEIGHT));
        }
        g.setColor(Style.RULE);
        g.setStroke(Style.HAIR);
        g.draw(new Rectangle2D.Double(left, top, width() * cell, height() * cell));
        g.draw(new Rectangle2D.Double(MARGIN, stripTop, pixels.length() * pitch, STRIP_HEIGHT));

        int here = row * width() + column;
        for (int i = 0; i < 3; i++) {
            int pixel = here + new int[] {0, 1, width()}[i];
            Color color = NEIGHBOURS[i];
            Rectangle2D.Double inPicture =
                    new Rectangle2D.Double(left + pixel % width() * cell, top + pixel / width() * cell, cell, cell);
            paintNeighbour(g, color, inPicture, MARGIN + (pixel + 0.5) * pitch, stripTop);
        }
        paintWords(g, left + width() * cell + 16, top + (row + 0.5) * cell, stripTop);
    }

    /** A pixel in the picture, in the strip, and a line from the one to the other. */
    private static void paintNeighbour(
            Graphics2D g, Color color, Rectangle2D.Double inPicture, double place, double stripTop) {
        g.setColor(color);
        g.fill(inPicture);
        g.setColor(color == Style.ORANGE ? Style.INK : color); // orange is too faint for lines
        g.setStroke(new BasicStroke(1.25f));
        g.draw(new Line2D.Double(inPicture.getCenterX(), inPicture.getMaxY(), place, stripTop - 5));
        g.setColor(color);
        double sharp = Math.round(2 * place - 1) / 2.0; // whole pixels: a mark keeps its colour
        g.fill(new Rectangle2D.Double(sharp, stripTop - 5, 1, STRIP_HEIGHT + 10));
    }

    private void paintWords(Graphics2D g, double x, double y, double stripTop) {
        g.setFont(Style.AXIS);
        int lead = g.getFontMetrics().getHeight();
        String[] words = legend();
        for (int i = 0; i < words.length; i++) {
            double baseline = y + (i - 1) * (lead + 2) + 4;
            g.setColor(NEIGHBOURS[i]);
            g.fill(new Rectangle2D.Double(x, baseline - 9, 10, 10));
            g.setColor(Style.INK);
            Letters.from(g, words[i], (float) x + 16, (float) baseline);
        }
        double below = stripTop + STRIP_HEIGHT + 20;
        Letters.from(g, "0", MARGIN, (float) below);
        String last = Integer.toString(pixels.length() - 1);
        Letters.from(g, last, Style.WIDTH - MARGIN - Letters.width(g, last), (float) below);
        Letters.onBaseline(
                g, Text.of("the same pixels in a row, number h · %d + w", width()), Style.WIDTH / 2.0, below);
    }

    private String[] legend() {
        int here = row * width() + column;
        return new String[] {
            Text.of("x[%d][%d] is number %d", row, column, here),
            Text.of("right neighbour: number %d, 1 further", here + 1),
            Text.of("neighbour below: number %d, %d further", here + width(), width())
        };
    }
}
