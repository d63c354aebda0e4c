package cnnkit.plot.lesson;

import cnnkit.im2col.Window;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.MaxPooling;
import cnnkit.plot.Cells;
import cnnkit.plot.Figure;
import cnnkit.plot.SideBySide;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.Arrow;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.Graphics2D;
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
public final class PoolingWindows extends TitledDrawing<PoolingWindows> {
    private static final int LARGEST_CELL = 40;
    private static final int SMALLEST_CELL = 20; // else its number does not fit
    private static final int ARROW = 66;
    private static final int MARGIN = 12; // of Cells, on each side
    private static final Arrow TO_RESULT = new Arrow(Style.INK, 1.5f, 6, Arrow.ROUTE.length(), Arrow.ROUTE.half());

    private final Tensor x; // (C, H, W)
    private final Window window;
    private boolean average = true;
    private boolean ties;
    private List<String> captions = List.of();

    private PoolingWindows(Tensor x, Window window) {
        this.x = x;
        this.window = window;
    }

    /**
     * The maximum and the average of each window.
     *
     * @param x one image, (H, W), (C, H, W) or (1, C, H, W)
     * @param window where the windows stand; of those that hang over the edge the part inside is framed
     * @return a drawing
     * @throws ShapeException if x is no single image, the window does not fit, or the cells would be too small
     * @throws IllegalArgumentException if a window sees nothing but padding
     */
    public static PoolingWindows of(Tensor x, Window window) {
        int rank = x.rank();
        if (rank < 2 || rank > 4 || rank == 4 && x.size(0) != 1) {
            throw new ShapeException(Text.error(
                    "PoolingWindows: expected one image [H, W], [C, H, W] or [1, C, H, W] but got %s",
                    Shapes.text(x.shape())));
        }
        PoolingWindows drawing = new PoolingWindows(x.reshape(-1, x.size(rank - 2), x.size(rank - 1)), window);
        if (drawing.cell() < SMALLEST_CELL) {
            throw new ShapeException(Text.error(
                    "PoolingWindows: %s has too many pixels to show their numbers: use Cells", Shapes.text(x.shape())));
        }
        Winners.expectPixels("PoolingWindows", window, drawing.x.size(1), drawing.x.size(2));
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
     * A caption over each channel, instead of x[0], x[1], ...
     *
     * @param texts one per channel
     * @return this drawing
     * @throws IllegalArgumentException if there is another number of them
     */
    public PoolingWindows captions(String... texts) {
        if (texts.length != x.size(0)) {
            throw new IllegalArgumentException(
                    Text.error("PoolingWindows: %d captions for %d channels: each needs one", texts.length, x.size(0)));
        }
        captions = List.of(texts);
        return this;
    }

    /**
     * Marks a winner in windows of equal numbers, too, the first: where ties are what is to be seen.
     *
     * @return this drawing
     */
    public PoolingWindows ties() {
        ties = true;
        return this;
    }

    @Override
    protected String words() {
        return afterTitle(
                ": ",
                Text.of("%d channel(s) of %d x %d numbers, pooled by a %s", x.size(0), x.size(1), x.size(2), window));
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
            blocks.add(SideBySide.of(
                    "", Figure.MANY_COLORS, List.of(input(c), SideBySide.below("", Figure.MANY_COLORS, results))));
        }
        return titled(SideBySide.of(alt(), Figure.MANY_COLORS, blocks));
    }

    private String caption(int c) {
        return !captions.isEmpty() ? captions.get(c) : x.size(0) == 1 ? "x" : Text.of("x[%d]", c);
    }

    private Figure input(int c) {
        Cells cells = cells(x.slice(c)).captions(caption(c));
        List<int[]> winners = Winners.of(x.slice(c), window);
        for (int i = 0; i < winners.size(); i++) {
            if (ties || Winners.decides(x.slice(c), window, i)) {
                cells.markPixel(winners.get(i)[0], winners.get(i)[1]);
            }
        }
        for (int oy = 0; oy < window.outputHeight(x.size(1)); oy++) {
            for (int ox = 0; ox < window.outputWidth(x.size(2)); ox++) {
                int top = Math.max(0, window.top(oy)), left = Math.max(0, window.left(ox));
                int bottom = Math.min(x.size(1), window.top(oy) + window.kernelHeight());
                int right = Math.min(x.size(2), window.left(ox) + window.kernelWidth());
                cells.markWindow(top, left, bottom - top, right - left);
            }
        }
        return cells.figure();
    }

    /** All on one scale: grey from 0 on, or brown, white and green where numbers are negative. */
    private Cells cells(Tensor panel) {
        Limits found = Limits.of(List.of(x));
        double most = Math.max(found.size(), Float.MIN_NORMAL);
        Cells cells = found.min() < 0 ? Cells.signed(panel) : Cells.pixels(panel);
        return cells.scaleLimit(most).numbers().withoutScale().cellSize(cell());
    }

    private Figure withArrow(String name, Tensor result) {
        Figure arrow = Figure.draw(ARROW, LARGEST_CELL, Figure.FEW_COLORS, name, g -> paintArrow(g, name));
        return SideBySide.of(
                name, Figure.MANY_COLORS, List.of(arrow, cells(result).figure()));
    }

    private static void paintArrow(Graphics2D g, String name) {
        double middle = LARGEST_CELL / 2.0 + 4;
        g.setColor(Style.INK);
        g.setFont(Style.CELL);
        Letters.onBaseline(g, name, ARROW / 2.0, middle - 7);
        TO_RESULT.paint(g, 6, middle, ARROW - 6, middle);
    }
}
