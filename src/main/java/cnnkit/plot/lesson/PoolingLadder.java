package cnnkit.plot.lesson;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.Arrow;
import cnnkit.plot.card.Grid;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Max pooling in three steps, coloured by channel: unfold so that a row holds one window of one channel, take the maximum
 * of each row, put the maxima back into maps (section 7.4.4). Winners are orange.
 * <pre>
 *     PoolingLadder.of(x, Window.of(2).stride(2))
 * </pre>
 */
public final class PoolingLadder extends TitledDrawing<PoolingLadder> {
    private static final int MARGIN = 12;
    private static final int CELL = 26;
    private static final int GAP = 28; // between channels
    private static final int ARROW = 80;

    private final Tensor x; // (C, H, W)
    private final Window window;
    private final Tensor rows; // (OH*OW*C, FH*FW)
    private final List<List<int[]>> maxima; // of each channel, one pixel per position
    private final int[] winners; // the column of each row
    private final int OH, OW;

    private PoolingLadder(Tensor x, Window window) {
        this.x = x.slice(0);
        this.window = window;
        OH = window.outputHeight(x.size(2));
        OW = window.outputWidth(x.size(3));
        rows = Im2col.im2col(x, window, Float.NEGATIVE_INFINITY)
                .reshape(-1, window.kernelHeight() * window.kernelWidth());
        maxima = IntStream.range(0, x.size(1))
                .mapToObj(c -> Winners.of(this.x.slice(c), window))
                .toList();
        winners = IntStream.range(0, rows.size(0)).map(this::column).toArray();
    }

    /** Where in its row the pixel stands that wins. */
    private int column(int row) {
        int position = row / channels();
        int[] winner = maxima.get(channelOfRow(row)).get(position);
        return (winner[0] - top(position)) * window.kernelWidth() + winner[1] - left(position);
    }

    /**
     * The ladder of one image.
     *
     * @param x (1, C, H, W), small
     * @param window where the windows stand; of those that hang over the edge the part inside is framed
     * @return a ladder to be drawn
     * @throws cnnkit.tensor.ShapeException if x is not one image, or the window does not fit
     * @throws IllegalArgumentException if a window sees nothing but padding
     */
    public static PoolingLadder of(Tensor x, Window window) {
        Shapes.expect("PoolingLadder", "input", x, 1, "C", "H", "W");
        Winners.expectPixels("PoolingLadder", window, x.size(2), x.size(3));
        return new PoolingLadder(x, window);
    }

    @Override
    protected String words() {
        return Text.of(
                "An image of shape %s becomes %d rows, one window of one channel each; their maxima make maps of shape "
                        + "[%d, %d, %d]",
                Shapes.text(x.shape()), rows.size(0), x.size(0), OH, OW);
    }

    private int channels() {
        return x.size(0);
    }

    private int labels() {
        return Letters.width("c=0 (0,0)", Style.CELL) + 8;
    }

    private int head() {
        return MARGIN + 2 * Letters.height(Style.AXIS) + 6;
    }

    private int content() {
        int maps = channels() * (x.size(1) * CELL + GAP) - GAP;
        return Math.max(maps, rows.size(0) * CELL);
    }

    @Override
    public Figure figure() {
        int width = 2 * MARGIN
                + x.size(2) * CELL
                + ARROW
                + labels()
                + rows.size(1) * CELL
                + ARROW
                + CELL
                + ARROW
                + Math.max(OW * CELL, Letters.width("out, channel 0", Style.BOLD));
        int height = head() + content() + MARGIN;
        return titled(Figure.draw(width, height, Figure.MANY_COLORS, alt(), this::paint));
    }

    private void paint(Graphics2D g) {
        double left = MARGIN;
        for (int c = 0; c < channels(); c++) {
            paintImage(g, c, left);
        }
        left += x.size(2) * CELL;
        step(g, left, "1 unfold");
        Grid unfolded = grid(left + ARROW + labels(), rows.size(0), rows.size(1));
        unfolded.paint(g, look(this::channelOfRow, (row, column) -> rows.get(row, column), this::isWinner));
        name(g, unfolded, "rows");
        for (int row = 0; row < rows.size(0); row++) {
            int position = row / channels();
            String label = Text.of("c=%d (%d,%d)", channelOfRow(row), position / OW, position % OW);
            double top = unfolded.middleY(row) - Letters.height(Style.CELL) / 2.0;
            Letters.right(g, label, Style.CELL, Style.INK, unfolded.left() - 5, top);
        }
        step(g, unfolded.right(), "2 maximum");
        Grid maxima = grid(unfolded.right() + ARROW, rows.size(0), 1);
        maxima.paint(g, look(this::channelOfRow, (row, column) -> rows.get(row, winners[row]), (row, column) -> false));
        name(g, maxima, "max");
        step(g, maxima.right(), "3 reshape");
        for (int c = 0; c < channels(); c++) {
            paintOutput(g, c, maxima.right() + ARROW);
        }
    }

    private void paintImage(Graphics2D g, int c, double left) {
        int H = x.size(1), W = x.size(2);
        Grid image = new Grid(left, channelTop(c, H), H, W, CELL);
        image.paint(g, look(row -> c, (row, column) -> x.get(c, row, column), (row, column) -> wins(c, row, column)));
        for (int position = 0; position < OH * OW; position++) {
            frame(g, image, position);
        }
        name(g, image, "x, channel " + c);
    }

    private void frame(Graphics2D g, Grid image, int position) {
        int top = Math.max(0, top(position)), bottom = Math.min(x.size(1), top(position) + window.kernelHeight());
        int left = Math.max(0, left(position)), right = Math.min(x.size(2), left(position) + window.kernelWidth());
        image.frame(g, top, left, bottom - top, right - left, 1.5f);
    }

    private void paintOutput(Graphics2D g, int c, double left) {
        Grid out = new Grid(left, channelTop(c, OH), OH, OW, CELL);
        out.paint(
                g,
                look(
                        row -> c,
                        (row, column) -> {
                            int at = (row * OW + column) * channels() + c;
                            return rows.get(at, winners[at]);
                        },
                        (row, column) -> false));
        name(g, out, "out, channel " + c);
    }

    /** Maps of a channel, whatever their size, have their middles at one height. */
    private double channelTop(int c, int height) {
        int H = x.size(1);
        int maps = channels() * (H * CELL + GAP) - GAP;
        return head() + (content() - maps) / 2.0 + c * (H * CELL + GAP) + (H - height) * CELL / 2.0;
    }

    private Grid grid(double left, int gridRows, int columns) {
        return new Grid(left, head() + (content() - gridRows * CELL) / 2.0, gridRows, columns, CELL);
    }

    private static void name(Graphics2D g, Grid grid, String name) {
        double top = grid.top() - Letters.height(Style.BOLD) - 3;
        double half = Letters.width(name, Style.BOLD) / 2.0;
        double middle = Math.max((grid.left() + grid.right()) / 2, MARGIN / 2.0 + half);
        Letters.centre(g, name, Style.BOLD, Style.INK, middle, top);
    }

    private void step(Graphics2D g, double left, String words) {
        double y = head() + content() / 2.0;
        Arrow.PLAIN.paint(g, left + 8, y, left + ARROW - 8, y);
        Letters.centre(g, words, Style.CELL, Style.INK, left + ARROW / 2.0, y - Letters.height(Style.CELL) - 5);
    }

    int channelOfRow(int row) {
        return row % channels();
    }

    /** The first pixel row of a window; negative in the padding. */
    private int top(int position) {
        return window.top(position / OW);
    }

    private int left(int position) {
        return window.left(position % OW);
    }

    /** Whether a cell of the matrix holds the maximum of its row. */
    boolean isWinner(int row, int column) {
        return winners[row] == column;
    }

    /** Whether a pixel is the maximum of some window. */
    boolean wins(int c, int y, int px) {
        return maxima.get(c).stream().anyMatch(winner -> winner[0] == y && winner[1] == px);
    }

    private interface Which {
        int of(int row);
    }

    private interface Value {
        float at(int row, int column);
    }

    private interface Test {
        boolean at(int row, int column);
    }

    private static Grid.Look look(Which channel, Value value, Test winner) {
        return new Grid.Look() {
            @Override
            public Color color(int row, int column) {
                return winner.at(row, column) ? Style.ORANGE : Grid.ofChannel(channel.of(row));
            }

            @Override
            public String text(int row, int column) {
                return Numbers.text(value.at(row, column));
            }
        };
    }
}
