package cnnkit.plot;

import cnnkit.im2col.Window;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.MaxPooling;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.awt.BasicStroke;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Pooling on a few numbers (section 7.3): each channel with its windows framed, and what is left of it; the numbers that a
 * maximum keeps are filled with orange.
 * <pre>
 *     PoolingWindows.of(x, Window.of(2).stride(2))                       both, the maximum and the average
 *     PoolingWindows.of(x, Window.of(2).stride(2)).maximumOnly()
 * </pre>
 * For inputs that fit on the page with their numbers: up to about ten pixels in a row, all channels together.
 */
public final class PoolingWindows implements Drawing {
    private static final int LARGEST_CELL = 40;
    private static final int SMALLEST_CELL = 20; // else its number does not fit
    private static final int ARROW = 66;
    private static final int MARGIN = 12; // of Cells, on each side
    private static final int TITLE_ROOM = 28;

    private final Tensor x; // (C, H, W)
    private final Window window;
    private boolean average = true;
    private String title = "";
    private String alt;

    private PoolingWindows(Tensor x, Window window) {
        this.x = x;
        this.window = window;
    }

    /**
     * The maximum and the average of each window.
     *
     * @param x one image, (H, W), (C, H, W) or (1, C, H, W)
     * @param window where the windows stand, without padding
     * @return a drawing
     * @throws ShapeException if x is no single image, the window does not fit, or the cells would be too small
     */
    public static PoolingWindows of(Tensor x, Window window) {
        int rank = x.rank();
        if (rank < 2 || rank > 4 || rank == 4 && x.size(0) != 1) {
            throw new ShapeException("PoolingWindows: expected one image [H, W], [C, H, W] or [1, C, H, W] but got "
                    + Shapes.text(x.shape()));
        }
        PoolingWindows drawing = new PoolingWindows(x.reshape(-1, x.size(rank - 2), x.size(rank - 1)), window);
        if (drawing.cell() < SMALLEST_CELL) {
            throw new ShapeException("PoolingWindows: %s has too many pixels to show their numbers: use Cells"
                    .formatted(Shapes.text(x.shape())));
        }
        return drawing;
    }

    /**
     * Leaves the average out.
     *
     * @return this drawing
     */
    public PoolingWindows maximumOnly() {
        average = false;
        return this;
    }

    /**
     * A title over the figure.
     *
     * @param text in bold
     * @return this drawing
     */
    public PoolingWindows title(String text) {
        title = text;
        return this;
    }

    /**
     * What there is to see, for those who cannot see it: the finding rather than the title.
     *
     * @param sentence in words
     * @return this drawing
     */
    public PoolingWindows alt(String sentence) {
        alt = sentence;
        return this;
    }

    private String alt() {
        if (alt != null) {
            return alt;
        }
        String what =
                "%d channel(s) of %d x %d numbers, pooled by a %s".formatted(x.size(0), x.size(1), x.size(2), window);
        return title.isEmpty() ? what : title + ": " + what;
    }

    private int cell() {
        int columns = x.size(2) + window.outputWidth(x.size(2));
        int room = Style.WIDTH / x.size(0) - 4 * MARGIN - ARROW;
        return Math.min(LARGEST_CELL, room / columns);
    }

    @Override
    public Figure figure() {
        Tensor batch = x.reshape(1, x.size(0), x.size(1), x.size(2));
        Tensor largest = new MaxPooling(window).forward(batch);
        Tensor mean = new AveragePooling(window).forward(batch);
        List<Figure> blocks = new ArrayList<>();
        for (int c = 0; c < x.size(0); c++) {
            List<Figure> results = new ArrayList<>();
            results.add(withArrow("maximum", largest.slice(0, c)));
            if (average) {
                results.add(withArrow("average", mean.slice(0, c)));
            }
            blocks.add(SideBySide.of("", Figure.MANY_COLORS, List.of(input(c), below(results))));
        }
        Figure row = SideBySide.of(alt(), Figure.MANY_COLORS, blocks);
        int top = title.isEmpty() ? 0 : TITLE_ROOM;
        int width = Math.max(row.width(), CellsPainter.textWidth(title, Style.TITLE) + 2 * MARGIN);
        return Figure.draw(width, top + row.height(), Figure.MANY_COLORS, alt(), g -> {
            g.drawImage(row.image(), (width - row.width()) / 2, top, row.width(), row.height(), null);
            g.setFont(Style.TITLE);
            g.setColor(Style.INK);
            FontMetrics metrics = g.getFontMetrics();
            g.drawString(title, (width - metrics.stringWidth(title)) / 2f, MARGIN + metrics.getAscent());
        });
    }

    private Figure input(int c) {
        Cells cells = cells(x.slice(c)).captions(x.size(0) == 1 ? "x" : "x[%d]".formatted(c));
        for (int[] winner : Winners.of(x.slice(c), window)) {
            cells.markPixel(winner[0], winner[1]);
        }
        for (int oy = 0; oy < window.outputHeight(x.size(1)); oy++) {
            for (int ox = 0; ox < window.outputWidth(x.size(2)); ox++) {
                int top = oy * window.strideHeight(), left = ox * window.strideWidth();
                int height = Math.min(window.kernelHeight(), x.size(1) - top);
                int width = Math.min(window.kernelWidth(), x.size(2) - left);
                cells.markWindow(top, left, height, width);
            }
        }
        return cells.figure();
    }

    /** All on one scale: grey from 0 on, or brown, white and green where numbers are negative. */
    private Cells cells(Tensor panel) {
        double most = Math.max(Math.max(x.max(), -x.min()), Float.MIN_NORMAL);
        Cells cells = x.min() < 0 ? Cells.signed(panel) : Cells.pixels(panel);
        return cells.scaleLimit(most).numbers().withoutScale().cellSize(cell());
    }

    private Figure withArrow(String name, Tensor result) {
        Figure arrow = Figure.draw(ARROW, LARGEST_CELL, Figure.FEW_COLORS, name, g -> paintArrow(g, name));
        return SideBySide.of(
                name, Figure.MANY_COLORS, List.of(arrow, cells(result).figure()));
    }

    private static void paintArrow(Graphics2D g, String name) {
        double middle = LARGEST_CELL / 2.0 + 4, end = ARROW - 6;
        g.setColor(Style.INK);
        g.setFont(Style.CELL);
        FontMetrics metrics = g.getFontMetrics();
        g.drawString(name, (ARROW - metrics.stringWidth(name)) / 2f, (float) middle - 7);
        g.setStroke(new BasicStroke(1.5f));
        g.draw(new Line2D.Double(6, middle, end - 6, middle));
        paintHead(g, end, middle, 0);
    }

    /** The head of an arrow that ends at (x, y) and comes from the given angle's opposite. */
    static void paintHead(Graphics2D g, double x, double y, double angle) {
        Path2D head = new Path2D.Double();
        head.moveTo(x, y);
        for (double side : new double[] {-0.4, 0.4}) {
            head.lineTo(x - 8 * Math.cos(angle + side), y - 8 * Math.sin(angle + side));
        }
        head.closePath();
        g.fill(head);
    }

    private static Figure below(List<Figure> figures) {
        int width = figures.stream().mapToInt(Figure::width).max().orElseThrow();
        int height = figures.stream().mapToInt(Figure::height).sum();
        return Figure.draw(width, height, Figure.MANY_COLORS, "", g -> {
            int y = 0;
            for (Figure figure : figures) {
                g.drawImage(figure.image(), 0, y, figure.width(), figure.height(), null);
                y += figure.height();
            }
        });
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
