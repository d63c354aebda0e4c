package cnnkit.plot;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.awt.Color;
import java.awt.Graphics2D;

/**
 * Max pooling in three steps, coloured by channel: unfold so that a row holds one window of one channel, take the maximum
 * of each row, put the maxima back into maps (section 7.4.4). Winners are orange.
 * <pre>
 *     PoolingLadder.of(x, Window.of(2).stride(2))
 * </pre>
 */
public final class PoolingLadder implements Drawing {
    private static final int MARGIN = 12;
    private static final int CELL = 26;
    private static final int GAP = 28; // between channels
    private static final int ARROW = 80;

    private final Tensor x; // (C, H, W)
    private final Window window;
    private final Tensor rows; // (OH*OW*C, FH*FW)
    private final int[] winners; // one column per row
    private final int OH, OW;
    private String title = "";
    private String alt;

    private PoolingLadder(Tensor x, Window window) {
        this.x = x.slice(0);
        this.window = window;
        OH = window.outputHeight(x.size(2));
        OW = window.outputWidth(x.size(3));
        rows = Im2col.im2col(x, window, Float.NEGATIVE_INFINITY)
                .reshape(-1, window.kernelHeight() * window.kernelWidth());
        winners = rows.argmax();
    }

    /**
     * The ladder of one image.
     *
     * @param x (1, C, H, W), small
     * @param window where the windows stand; they do not overlap the border
     * @return a ladder to be drawn
     * @throws cnnkit.tensor.ShapeException if x is not one image, or the window does not fit
     */
    public static PoolingLadder of(Tensor x, Window window) {
        Shapes.expect("PoolingLadder", "input", x, 1, "C", "H", "W");
        return new PoolingLadder(x, window);
    }

    /**
     * A title over the figure.
     *
     * @param text in bold
     * @return this ladder
     */
    public PoolingLadder title(String text) {
        title = text;
        return this;
    }

    /**
     * What there is to see, for those who cannot see it: the finding rather than the title.
     *
     * @param sentence in words
     * @return this ladder
     */
    public PoolingLadder alt(String sentence) {
        alt = sentence;
        return this;
    }

    String alt() {
        return alt != null
                ? alt
                : "An image of shape %s becomes %d rows, one window of one channel each; their maxima make maps of shape [%d, %d, %d]"
                        .formatted(Shapes.text(x.shape()), rows.size(0), x.size(0), OH, OW);
    }

    private int channels() {
        return x.size(0);
    }

    private int labels() {
        return Letters.width("c=0 (0,0)", Style.CELL) + 8;
    }

    private int head() {
        return MARGIN + (title.isEmpty() ? 0 : Letters.height(Style.TITLE) + 8) + 2 * Letters.height(Style.AXIS) + 6;
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
                + Math.max(OW * CELL, Letters.width("out, channel 0", Letters.BOLD));
        int height = head() + content() + MARGIN;
        return Figure.draw(width, height, Figure.MANY_COLORS, alt(), g -> paint(g, width));
    }

    private void paint(Graphics2D g, int width) {
        Letters.centre(g, title, Style.TITLE, Style.INK, width / 2.0, MARGIN);
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
            String label = "c=%d (%d,%d)".formatted(channelOfRow(row), position / OW, position % OW);
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
        double top = grid.top() - Letters.height(Letters.BOLD) - 3;
        double half = Letters.width(name, Letters.BOLD) / 2.0;
        double middle = Math.max((grid.left() + grid.right()) / 2, MARGIN / 2.0 + half);
        Letters.centre(g, name, Letters.BOLD, Style.INK, middle, top);
    }

    private void step(Graphics2D g, double left, String words) {
        double y = head() + content() / 2.0;
        Grid.arrow(g, Style.INK, left + 8, y, left + ARROW - 8, y);
        Letters.centre(g, words, Style.CELL, Style.INK, left + ARROW / 2.0, y - Letters.height(Style.CELL) - 5);
    }

    int channelOfRow(int row) {
        return row % channels();
    }

    private int top(int position) {
        return position / OW * window.strideHeight() - window.paddingHeight();
    }

    private int left(int position) {
        return position % OW * window.strideWidth() - window.paddingWidth();
    }

    boolean isWinner(int row, int column) {
        return winners[row] == column;
    }

    /** Whether a pixel is the maximum of some window. */
    boolean wins(int c, int y, int px) {
        for (int position = 0; position < OH * OW; position++) {
            int winner = winners[position * channels() + c];
            int ky = winner / window.kernelWidth(), kx = winner % window.kernelWidth();
            if (top(position) + ky == y && left(position) + kx == px) {
                return true;
            }
        }
        return false;
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
