package cnnkit.plot.lesson;

import cnnkit.im2col.Window;
import cnnkit.layer.MaxPooling;
import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.Arrow;
import cnnkit.plot.card.CellKind;
import cnnkit.plot.card.Grid;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;

/**
 * What a max pooling layer remembers of its forward pass, which pixel of each window has won, and where the gradient goes
 * on the way back: to the winners, and to nobody else (section 7.4.4). Winners are orange.
 * <pre>
 *     ArgmaxMap.of(x, Window.of(2).stride(2), dout)
 * </pre>
 */
public final class ArgmaxMap extends TitledDrawing<ArgmaxMap> {
    private static final int MARGIN = 12;
    private static final int CELL = 30;
    private static final int ARROW = 84;

    private final Tensor x; // (H, W)
    private final Tensor out; // (OH, OW)
    private final Tensor dout; // (OH, OW)
    private final Tensor dx; // (H, W)
    private final Tensor winners; // (OH, OW), the number of a pixel in its window, row by row
    private final boolean[][] wins;
    private final Window window;

    private ArgmaxMap(Tensor x, Window window, Tensor dout) {
        MaxPooling pooling = new MaxPooling(window);
        this.window = window;
        this.x = x.slice(0, 0);
        out = pooling.forward(x).slice(0, 0);
        this.dout = dout.slice(0, 0);
        dx = pooling.backward(dout).slice(0, 0);
        winners = Tensor.zeros(out.shape());
        wins = new boolean[x.size(2)][x.size(3)];
        List<int[]> found = Winners.of(this.x, window);
        for (int i = 0; i < found.size(); i++) {
            int y = found.get(i)[0], column = found.get(i)[1], OW = out.size(1);
            int down = y - window.top(i / OW), right = column - window.left(i % OW);
            winners.data()[i] = down * window.kernelWidth() + right;
            wins[y][column] = true;
        }
    }

    /**
     * The winners of one small image of one channel, and a gradient on its way back.
     *
     * @param x (1, 1, H, W)
     * @param window where the windows stand, without padding
     * @param dout the gradient of the output, (1, 1, OH, OW)
     * @return a map to be drawn
     * @throws cnnkit.tensor.ShapeException if these do not belong together
     * @throws IllegalArgumentException if a window leaves the image
     */
    public static ArgmaxMap of(Tensor x, Window window, Tensor dout) {
        Shapes.expect("ArgmaxMap", "input", x, 1, 1, "H", "W");
        if (!window.staysInside(x.size(2), x.size(3))) {
            throw new IllegalArgumentException(Text.error(
                    "ArgmaxMap: a %s leaves the image of %d x %d: take one without padding that fits",
                    window, x.size(2), x.size(3)));
        }
        return new ArgmaxMap(x, window, dout);
    }

    @Override
    protected String words() {
        int count = 0;
        for (boolean[] row : wins) {
            for (boolean winner : row) {
                count += winner ? 1 : 0;
            }
        }
        return Text.of(
                "%d of %d pixels are the maximum of a window; the gradient goes to them, and 0 to all others",
                count, x.length());
    }

    private int head() {
        return MARGIN + Letters.height(Style.BOLD) + 3;
    }

    private int content() {
        return x.size(0) * CELL;
    }

    @Override
    public Figure figure() {
        int width = 2 * MARGIN + 2 * CELL * (x.size(1) + out.size(1)) + 5 * ARROW / 2;
        int legend = 2 * Letters.height(Style.AXIS) + 10;
        return titled(Figure.draw(
                width, head() + content() + legend + MARGIN, Figure.MANY_COLORS, alt(), g -> paint(g, width)));
    }

    private void paint(Graphics2D g, int width) {
        Grid image = at(MARGIN, x);
        image.paint(g, look(x, wins, CellKind.PIXELS));
        name(g, image, "x");
        frames(g, image);
        Grid argmax = step(g, image, "forward", winners);
        argmax.paint(g, look(winners, null, null));
        name(g, argmax, "argmax");
        Grid gradient = step(g, argmax, "", dout);
        gradient.paint(g, look(dout, null, CellKind.SIGNED));
        name(g, gradient, "dout");
        Grid back = step(g, gradient, "backward", dx);
        back.paint(g, look(dx, wins, CellKind.SIGNED));
        name(g, back, "dx");
        frames(g, back);
        String numbers = "argmax: which pixel of its window has won, counted row by row from 0";
        double y = head() + content() + 8.0;
        Letters.centre(g, numbers, Style.AXIS, Style.INK, width / 2.0, y);
        Letters.centre(
                g,
                "orange: the winners; only they get a gradient",
                Style.AXIS,
                Style.INK,
                width / 2.0,
                y + Letters.height(Style.AXIS));
    }

    private Grid at(double left, Tensor values) {
        double top = head() + (content() - values.size(0) * CELL) / 2.0;
        return new Grid(left, top, values.size(0), values.size(1), CELL);
    }

    /** The next grid, behind an arrow; without words they merely stand side by side. */
    private Grid step(Graphics2D g, Grid before, String words, Tensor values) {
        double y = head() + content() / 2.0;
        if (!words.isEmpty()) {
            Arrow.PLAIN.paint(g, before.right() + 8, y, before.right() + ARROW - 8, y);
            double middle = before.right() + ARROW / 2.0;
            Letters.centre(g, words, Style.CELL, Style.INK, middle, y - Letters.height(Style.CELL) - 5);
        }
        return at(before.right() + (words.isEmpty() ? ARROW / 2.0 : ARROW), values);
    }

    private static void name(Graphics2D g, Grid grid, String name) {
        double top = grid.top() - Letters.height(Style.BOLD) - 3;
        Letters.centre(g, name, Style.BOLD, Style.INK, (grid.left() + grid.right()) / 2, top);
    }

    private void frames(Graphics2D g, Grid image) {
        for (int oy = 0; oy < out.size(0); oy++) {
            for (int ox = 0; ox < out.size(1); ox++) {
                image.frame(g, window.top(oy), window.left(ox), window.kernelHeight(), window.kernelWidth(), 1.5f);
            }
        }
    }

    private static Grid.Look look(Tensor values, boolean[][] winners, CellKind kind) {
        Limits limits = kind == null ? null : kind.limits(List.of(values));
        return new Grid.Look() {
            @Override
            public Color color(int row, int column) {
                if (winners != null && winners[row][column]) {
                    return Style.ORANGE;
                }
                return kind == null ? Color.WHITE : kind.colors().color(values.get(row, column), limits);
            }

            @Override
            public String text(int row, int column) {
                return Numbers.text(values.get(row, column));
            }
        };
    }
}
