package cnnkit.plot.lesson;

import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.Grid;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/**
 * How large the output is for every height and stride, and where something is left over (section 7.2.4).
 * <pre>
 *     OutputSizes.of(3, 3, 16, 5)       a window of 3, heights 3 to 16, strides 1 to 5
 * </pre>
 * A cell holds OH, rounded down. Where the stride divides, it is tinted; else it is hatched, and its second line says how
 * many rows are left at the end, which no window reads.
 */
public final class OutputSizes extends TitledDrawing<OutputSizes> {
    private static final int MARGIN = 14;
    private static final int LABELS_LEFT = 64;
    private static final int LABELS_ABOVE = 38;
    private static final int LARGEST_CELL = 44;
    private static final int LEGEND = 34;
    private static final Color FITS = Grid.ofChannel(0);

    private final int kernel;
    private final int lowest;
    private final int highest;
    private final int strides;

    private OutputSizes(int kernel, int lowest, int highest, int strides) {
        this.kernel = kernel;
        this.lowest = lowest;
        this.highest = highest;
        this.strides = strides;
    }

    /**
     * A window, without padding, at many heights and strides.
     *
     * @param kernel its height
     * @param lowest height of the input, at least the kernel
     * @param highest height of the input, at most 16 more
     * @param strides from 1 to this one
     * @return a drawing
     * @throws IllegalArgumentException if the heights do not rise, or there are too many, or no stride
     */
    public static OutputSizes of(int kernel, int lowest, int highest, int strides) {
        if (kernel < 1 || lowest < kernel || highest < lowest || highest > lowest + 16 || strides < 1) {
            throw new IllegalArgumentException(Text.error(
                    "OutputSizes: expected 1 <= kernel <= lowest <= highest <= lowest + 16 and a stride, but got %d, %d, %d "
                            + "and %d strides",
                    kernel, lowest, highest, strides));
        }
        return new OutputSizes(kernel, lowest, highest, strides);
    }

    /** The rows at the end that no window reads. */
    private int leftOver(int height, int stride) {
        return (height - kernel) % stride;
    }

    private int dividing() {
        int count = 0;
        for (int stride = 1; stride <= strides; stride++) {
            for (int height = lowest; height <= highest; height++) {
                count += leftOver(height, stride) == 0 ? 1 : 0;
            }
        }
        return count;
    }

    @Override
    protected String words() {
        int all = strides * (highest - lowest + 1);
        return afterTitle(
                ". ",
                Text.of(
                        "Output heights for heights %d to %d and strides 1 to %d: of %d pairs %d divide, and %d leave rows "
                                + "over",
                        lowest, highest, strides, all, dividing(), all - dividing()));
    }

    private int cell() {
        return Math.min(LARGEST_CELL, (Style.WIDTH - LABELS_LEFT - MARGIN) / (highest - lowest + 1));
    }

    @Override
    public Figure figure() {
        int grid = LABELS_LEFT + cell() * (highest - lowest + 1) + MARGIN;
        int width = Math.max(grid, 460);
        int height = MARGIN + LABELS_ABOVE + strides * cell() + LEGEND + MARGIN;
        return titled(Figure.draw(width, height, Figure.FEW_COLORS, alt(), this::paint));
    }

    private void paint(Graphics2D g) {
        int columns = highest - lowest + 1;
        double gridTop = MARGIN + LABELS_ABOVE;
        double right = LABELS_LEFT + (double) columns * cell();
        Letters.centre(g, "height H of the input", Style.AXIS, Style.INK, (LABELS_LEFT + right) / 2, MARGIN);
        for (int column = 0; column < columns; column++) {
            String label = Integer.toString(lowest + column);
            Letters.centre(g, label, Style.CELL, Style.INK, LABELS_LEFT + (column + 0.5) * cell(), gridTop - 17);
        }
        for (int row = 0; row < strides; row++) {
            double y = gridTop + row * cell();
            Letters.right(g, "S = " + (row + 1), Style.AXIS, Style.INK, LABELS_LEFT - 8, y + cell() / 2.0 - 8);
            for (int column = 0; column < columns; column++) {
                paintCell(g, row + 1, lowest + column, LABELS_LEFT + column * cell(), y, cell());
            }
        }
        double legend = gridTop + strides * cell() + 16, x = LABELS_LEFT;
        paintGround(g, true, new Rectangle2D.Double(x, legend, 16, 16));
        Letters.left(g, "OH: the stride divides", Style.CELL, Style.INK, x + 22, legend + 1);
        paintGround(g, false, new Rectangle2D.Double(x + 180, legend, 16, 16));
        Letters.left(g, "rounded down; rows left at the end", Style.CELL, Style.INK, x + 202, legend + 1);
    }

    private void paintCell(Graphics2D g, int stride, int height, double x, double y, double size) {
        int left = leftOver(height, stride);
        paintGround(g, left == 0, new Rectangle2D.Double(x, y, size, size));
        int out = Window.of(kernel).stride(stride).remainder(Remainder.FLOOR).outputHeight(height);
        if (left == 0) {
            Letters.middle(g, Integer.toString(out), Style.BOLD, Style.INK, x + size / 2, y + size / 2);
        } else {
            Letters.middle(g, Integer.toString(out), Style.AXIS, Style.INK, x + size / 2, y + size / 2 - 6);
            Letters.middle(g, left + " left", Style.CELL, Style.INK, x + size / 2, y + size / 2 + 9);
        }
    }

    private static void paintGround(Graphics2D g, boolean fits, Rectangle2D cell) {
        g.setColor(fits ? FITS : Color.WHITE);
        g.fill(cell);
        if (!fits) {
            Shape clip = g.getClip();
            g.clip(cell);
            g.setColor(Style.GRID);
            g.setStroke(new BasicStroke(1.5f));
            for (double shift = 0; shift < 2 * cell.getWidth(); shift += 6) {
                g.draw(new Line2D.Double(
                        cell.getX() + shift, cell.getY(), cell.getX() + shift - cell.getHeight(), cell.getMaxY()));
            }
            g.setClip(clip);
        }
        g.setColor(Style.RULE);
        g.setStroke(new BasicStroke(0.75f));
        g.draw(cell);
    }
}
