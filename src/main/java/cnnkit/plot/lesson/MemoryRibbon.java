package cnnkit.plot.lesson;

import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.Arrow;
import cnnkit.plot.card.Grid;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Objects;

/**
 * A batch as one thinks of it, a sheet of N x C slices, and as it lies in memory, one row of numbers (section 7.4.1).
 * <pre>
 *     MemoryRibbon.of(2, 3, 4, 4).pick(1, 2, 1, 3)         offset = ((n*C + c)*H + h)*W + w = 87
 * </pre>
 * Every cell of the sheet holds its offset, its place in the ribbon. Colours tell the channels apart. A picked element is
 * orange in both, and under the ribbon the offset is walked: over whole images, then channels, then rows, then columns.
 */
public final class MemoryRibbon extends TitledDrawing<MemoryRibbon> {
    private static final int MOST = 120; // elements: more would be too thin to see
    private static final int MARGIN = 12;
    private static final int GAP = 14;
    private static final int CELL = 24;
    private static final int BAND = 24;
    private static final int STEP = 21; // from one line of the walk to the next

    private final int N, C, H, W;
    private final int[] picked; // n, c, h, w; or empty

    private MemoryRibbon(int[] shape, int... picked) {
        N = shape[0];
        C = shape[1];
        H = shape[2];
        W = shape[3];
        this.picked = picked;
    }

    /**
     * The ribbon of a small batch.
     *
     * @param shape N, C, H, W; at most 120 elements
     * @return a ribbon to be drawn
     * @throws ShapeException if these are not four sizes from 1, or too many elements
     */
    public static MemoryRibbon of(int... shape) {
        if (shape.length != 4 || Arrays.stream(shape).anyMatch(size -> size < 1) || Shapes.length(shape) > MOST) {
            throw new ShapeException(Text.error(
                    "MemoryRibbon: expected shape [N, C, H, W] of 1 to %d elements but got %s",
                    MOST, Shapes.text(shape)));
        }
        return new MemoryRibbon(shape);
    }

    /**
     * Picks one element out, on a ribbon of its own.
     *
     * @param n its image
     * @param c its channel
     * @param h its row
     * @param w its column
     * @return a ribbon
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public MemoryRibbon pick(int n, int c, int h, int w) {
        Objects.checkIndex(n, N);
        Objects.checkIndex(c, C);
        Objects.checkIndex(h, H);
        Objects.checkIndex(w, W);
        return new MemoryRibbon(shape(), n, c, h, w).titledAs(this);
    }

    private int[] shape() {
        return new int[] {N, C, H, W};
    }

    /** Where an element lies in the row of numbers. */
    int offset(int n, int c, int h, int w) {
        return ((n * C + c) * H + h) * W + w;
    }

    private boolean isPicked(int n, int c, int h, int w) {
        return picked.length == 4 && picked[0] == n && picked[1] == c && picked[2] == h && picked[3] == w;
    }

    @Override
    protected String words() {
        String what = Text.of(
                "A batch of shape %s: %d slices, and the same %d numbers in one row",
                Shapes.text(shape()), N * C, N * C * H * W);
        return picked.length == 0
                ? what
                : Text.of(
                        "%s; element %s lies at offset %d",
                        what, Shapes.text(picked), offset(picked[0], picked[1], picked[2], picked[3]));
    }

    private double unit() {
        return Math.min(12, Math.floor(10.0 * (Style.WIDTH - 2 * MARGIN) / (N * C * H * W)) / 10);
    }

    private int captionHeight() {
        return Letters.height(Style.AXIS) + 2;
    }

    private int ribbonTop() {
        return MARGIN + N * (captionHeight() + H * CELL + GAP) + 2 * Letters.height(Style.AXIS) + 2;
    }

    @Override
    public Figure figure() {
        int walk = picked.length == 0 ? 0 : 4 * STEP + 8;
        int height = ribbonTop() + BAND + Letters.height(Style.CELL) + walk + MARGIN;
        return titled(Figure.draw(Style.WIDTH, height, Figure.MANY_COLORS, alt(), this::paint));
    }

    private void paint(Graphics2D g) {
        paintSheet(g);
        paintRibbon(g);
        if (picked.length == 4) {
            paintWalk(g);
        }
    }

    private void paintSheet(Graphics2D g) {
        double pitchX = Math.max(W * CELL, Letters.width("x[0][0]", Style.AXIS)) + 3.0 * GAP;
        double left = (Style.WIDTH - C * pitchX + 3.0 * GAP) / 2;
        for (int n = 0; n < N; n++) {
            for (int c = 0; c < C; c++) {
                double x = left + c * pitchX;
                double y = MARGIN + n * (captionHeight() + H * CELL + GAP);
                Letters.centre(g, Text.of("x[%d][%d]", n, c), Style.AXIS, Style.INK, x + W * CELL / 2.0, y);
                new Grid(x, y + captionHeight(), H, W, CELL).paint(g, slice(n, c));
            }
        }
    }

    private Grid.Look slice(int n, int c) {
        return new Grid.Look() {
            @Override
            public Color color(int row, int column) {
                return isPicked(n, c, row, column) ? Style.ORANGE : Grid.ofChannel(c);
            }

            @Override
            public String text(int row, int column) {
                return Integer.toString(offset(n, c, row, column));
            }
        };
    }

    private double left() {
        return (Style.WIDTH - unit() * N * C * H * W) / 2;
    }

    private double at(int offset) {
        return left() + offset * unit();
    }

    private void paintRibbon(Graphics2D g) {
        int top = ribbonTop(), bottom = top + BAND, line = Letters.height(Style.AXIS);
        for (int n = 0; n < N; n++) {
            double middle = (at(offset(n, 0, 0, 0)) + at(offset(n + 1, 0, 0, 0))) / 2;
            Letters.centre(g, "n = " + n, Style.BOLD, Style.INK, middle, top - 2.0 * line - 2);
            for (int c = 0; c < C; c++) {
                double from = at(offset(n, c, 0, 0)), to = at(offset(n, c + 1, 0, 0));
                Letters.centre(g, "c = " + c, Style.AXIS, Style.INK, (from + to) / 2, top - line - 2.0);
                g.setColor(Grid.ofChannel(c));
                g.fill(new Rectangle2D.Double(from, top, to - from, BAND));
                Letters.centre(g, "" + offset(n, c, 0, 0), Style.CELL, Style.INK, from, bottom + 2);
            }
        }
        Letters.centre(g, "" + N * C * H * W, Style.CELL, Style.INK, at(N * C * H * W), bottom + 2);
        if (picked.length == 4) {
            g.setColor(Style.ORANGE);
            g.fill(new Rectangle2D.Double(at(offset(picked[0], picked[1], picked[2], picked[3])), top, unit(), BAND));
        }
        for (int i = 0; i <= N * C * H * W; i++) {
            boolean row = i % W == 0, channel = i % (H * W) == 0, image = i % (C * H * W) == 0;
            g.setColor(row ? Style.INK : Style.RULE);
            g.setStroke(new BasicStroke(image ? 2 : channel ? 1.5f : 0.5f));
            double above = image ? 2.0 * line : channel ? line : 0;
            g.draw(new Line2D.Double(at(i), top - above, at(i), bottom));
        }
        g.setStroke(new BasicStroke(1));
        g.setColor(Style.INK);
        g.draw(new Rectangle2D.Double(at(0), top, unit() * N * C * H * W, BAND));
    }

    private void paintWalk(Graphics2D g) {
        int n = picked[0], c = picked[1], h = picked[2], w = picked[3];
        double y = ribbonTop() + BAND + Letters.height(Style.CELL) + STEP / 2.0 + 4;
        int[] stops = {0, offset(n, 0, 0, 0), offset(n, c, 0, 0), offset(n, c, h, 0), offset(n, c, h, w)};
        String[] words = {
            Text.of("n·C·H·W = %d·%d = %d", n, C * H * W, n * C * H * W),
            Text.of("c·H·W = %d·%d = %d", c, H * W, c * H * W),
            Text.of("h·W = %d·%d = %d", h, W, h * W),
            Text.of("w = %d, together %d", w, stops[4])
        };
        for (int i = 0; i < 4; i++, y += STEP) {
            double from = at(stops[i]), to = at(stops[i + 1]);
            if (to - from > 8) {
                Arrow.PLAIN.in(Style.VERMILION).paint(g, from, y, to, y);
            } else if (to > from) {
                g.setColor(Style.VERMILION);
                g.setStroke(new BasicStroke(3));
                g.draw(new Line2D.Double(from, y, to, y));
            }
            boolean roomAtTheLeft = from - left() > Letters.width(words[i], Style.AXIS) + 8;
            double top = y - Letters.height(Style.AXIS) / 2.0;
            if (roomAtTheLeft) {
                Letters.right(g, words[i], Style.AXIS, Style.INK, from - 8, top);
            } else {
                Letters.left(g, words[i], Style.AXIS, Style.INK, to + 8, top);
            }
        }
        g.setColor(Style.FAINT);
        g.setStroke(new BasicStroke(0.75f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {3, 3}, 0));
        double middle = at(stops[4]) + unit() / 2;
        g.draw(new Line2D.Double(middle, ribbonTop() + BAND, middle, y - STEP + 6));
    }
}
