package cnnkit.plot.lesson;

import cnnkit.im2col.Window;
import cnnkit.layer.Convolution;
import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.CellKind;
import cnnkit.plot.card.CellMark;
import cnnkit.plot.card.Grid;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A convolution of data with three dimensions, pulled apart (section 7.2.5): a band for each channel, with its slice of the
 * input, its slice of the filter and the map that the two make; the maps and the bias are added up to one.
 * <pre>
 *     ChannelSums.of(x, filter, 1)                x (3, 4, 4), filter (3, 3, 3), bias 1
 *     ChannelSums.of(x, filter, 1).at(1, 0)       the window at another place
 * </pre>
 * Over the columns stand the blocks that were pulled apart. The window is framed in every slice, and so are the numbers
 * that come of it. For inputs that fit on the page with their numbers: up to six pixels in a row and four channels.
 */
public final class ChannelSums extends TitledDrawing<ChannelSums> {
    private static final int MOST_CHANNELS = 4; // so many tints there are
    private static final int MOST_PIXELS = 6;
    private static final int MARGIN = 14;
    private static final int BLOCKS_HEIGHT = 66; // of the blocks over the columns, with their shapes
    private static final int CELL = 24;
    private static final int RESULT_CELL = 34;
    private static final int BAND_PADDING = 8;
    private static final int CAPTION = 16;
    private static final int SIGN = 34; // the room for a sign between two columns
    private static final int PLUS = 26; // the room for a sign between two bands
    private static final Font SIGN_FONT = Style.TITLE.deriveFont(20f);

    private final Tensor x; // (C, H, W)
    private final Tensor filter; // (C, FH, FW)
    private final List<Tensor> parts = new ArrayList<>(); // each (OH, OW)
    private final Tensor out; // (OH, OW)
    private final float bias;
    private int row;
    private int column;

    private ChannelSums(Tensor x, Tensor filter, float bias) {
        this.x = x;
        this.filter = filter;
        this.bias = bias;
        for (int c = 0; c < x.size(0); c++) {
            parts.add(convolved(x.rows(c, c + 1), filter.rows(c, c + 1), 0));
        }
        out = convolved(x, filter, bias);
    }

    /**
     * One image, one filter, one bias.
     *
     * @param x the image, (C, H, W)
     * @param filter with a slice for each channel, (C, FH, FW)
     * @param bias added once
     * @return a drawing, with the window in the upper left corner
     * @throws ShapeException if the channels differ, the filter does not fit, or the numbers would not fit on the page
     */
    public static ChannelSums of(Tensor x, Tensor filter, float bias) {
        if (x.rank() != 3 || filter.rank() != 3 || x.size(0) != filter.size(0)) {
            throw new ShapeException(Text.error(
                    "ChannelSums: expected an image [C, H, W] and a filter [C, FH, FW] but got %s and %s",
                    Shapes.text(x.shape()), Shapes.text(filter.shape())));
        }
        if (x.size(0) > MOST_CHANNELS || Math.max(x.size(1), x.size(2)) > MOST_PIXELS) {
            throw new ShapeException(Text.error(
                    "ChannelSums: %s is too large to show its numbers: at most %d channels of %d x %d",
                    Shapes.text(x.shape()), MOST_CHANNELS, MOST_PIXELS, MOST_PIXELS));
        }
        return new ChannelSums(x, filter, bias);
    }

    /**
     * Another place of the window.
     *
     * @param oy row of the output
     * @param ox column of the output
     * @return this drawing
     * @throws IndexOutOfBoundsException if the output has no such place
     */
    public ChannelSums at(int oy, int ox) {
        row = Objects.checkIndex(oy, out.size(0));
        column = Objects.checkIndex(ox, out.size(1));
        return this;
    }

    private static Tensor convolved(Tensor x, Tensor filter, float b) {
        Window window = Window.of(filter.size(1), filter.size(2));
        Tensor filters = filter.reshape(1, filter.size(0), filter.size(1), filter.size(2));
        Tensor image = x.reshape(1, x.size(0), x.size(1), x.size(2));
        return new Convolution(filters, Tensor.filled(b, 1), window)
                .forward(image)
                .slice(0, 0);
    }

    @Override
    protected String words() {
        List<String> terms = new ArrayList<>();
        parts.forEach(part -> terms.add(Numbers.text(part.get(row, column))));
        terms.add(Numbers.text(bias));
        return afterTitle(
                ". ",
                Text.of(
                        "%d slices of the input, each with its own slice of the filter, make %d maps. At place (%d, %d) "
                                + "the numbers of the maps and the bias add up: %s = %s",
                        parts.size(),
                        parts.size(),
                        row,
                        column,
                        String.join(" + ", terms),
                        Numbers.text(out.get(row, column))));
    }

    @Override
    public Figure figure() {
        Layout layout = new Layout();
        return titled(Figure.draw(layout.width(), layout.height(), Figure.MANY_COLORS, alt(), layout::paint));
    }

    /** Where things stand. All lengths are in points. */
    private final class Layout {
        private final int top = MARGIN;
        private final double bandHeight = CAPTION
                + 2 * BAND_PADDING
                + Math.max(CELL * Math.max(x.size(1), filter.size(1)), RESULT_CELL * out.size(0));
        private final double bandsTop = top + BLOCKS_HEIGHT;
        private final double xLeft = MARGIN + BAND_PADDING;
        private final double filterLeft = xLeft + CELL * x.size(2) + SIGN;
        private final double partLeft = filterLeft + CELL * filter.size(2) + SIGN;
        private final double bandRight = partLeft + RESULT_CELL * out.size(1) + BAND_PADDING;
        private final double biasLeft = bandRight + 14 + SIGN;
        private final double outLeft = biasLeft + RESULT_CELL + SIGN;
        private final Limits results = results();

        private Limits results() {
            List<Tensor> all = new ArrayList<>(parts);
            all.add(out);
            all.add(Tensor.filled(bias, 1, 1));
            return CellKind.SIGNED.limits(all);
        }

        int width() {
            double right = outLeft + RESULT_CELL * out.size(1) + MARGIN;
            return (int) Math.ceil(right);
        }

        int height() {
            return (int) Math.ceil(bandsTop + x.size(0) * (bandHeight + PLUS) - PLUS + MARGIN);
        }

        void paint(Graphics2D g) {
            paintBlocks(g);
            for (int c = 0; c < x.size(0); c++) {
                paintBand(g, c, bandsTop + c * (bandHeight + PLUS));
            }
            paintSum(g);
        }

        /** What was pulled apart, over the columns. */
        private void paintBlocks(Graphics2D g) {
            int channels = x.size(0);
            block(g, channels, 24, xLeft + CELL * x.size(2) / 2.0, "x " + round(x));
            block(g, channels, 18, filterLeft + CELL * filter.size(2) / 2.0, "w " + round(filter));
            double middle = partLeft + RESULT_CELL * out.size(1) / 2.0;
            block(g, channels, 14, middle, Text.of("%d maps", channels));
            middle = outLeft + RESULT_CELL * out.size(1) / 2.0;
            block(g, 1, 14, middle, "1 map");
        }

        private void block(Graphics2D g, int count, double side, double middle, String shape) {
            Sheets sheets = new Sheets(count, side, side, 6);
            double bottom = top + BLOCKS_HEIGHT - 26;
            sheets.paint(
                    g,
                    middle - sheets.fullWidth() / 2,
                    bottom - sheets.fullHeight(),
                    c -> count > 1 ? Grid.ofChannel(c) : Sheets.OUTPUT);
            Letters.centre(g, shape, Style.CELL, Style.INK, middle, bottom + 4);
        }

        private void paintBand(Graphics2D g, int c, double bandTop) {
            g.setColor(Grid.ofChannel(c));
            g.fill(new Rectangle2D.Double(MARGIN, bandTop, bandRight - MARGIN, bandHeight));
            double middle = bandTop + CAPTION + BAND_PADDING / 2.0 + (bandHeight - CAPTION - BAND_PADDING) / 2;
            Limits pixels = CellKind.PIXELS.limits(slices(x));
            Limits grey = new Limits(Math.min(0, pixels.min()), pixels.max()); // 0 is black
            new Panel(x.slice(c), CellKind.PIXELS, grey, CELL, Text.of("x[%d]", c))
                    .paint(g, xLeft, middle)
                    .mark(g, new CellMark(CellMark.Role.WINDOW, row, column, filter.size(1), filter.size(2)));
            sign(g, "∗", filterLeft - SIGN / 2.0, middle);
            Limits weights = CellKind.WEIGHTS.limits(slices(filter));
            new Panel(filter.slice(c), CellKind.WEIGHTS, weights, CELL, Text.of("w[%d]", c))
                    .paint(g, filterLeft, middle);
            sign(g, "=", partLeft - SIGN / 2.0, middle);
            result(parts.get(c), Text.of("map %d", c))
                    .paint(g, partLeft, middle)
                    .mark(g, place());
            if (c > 0) {
                sign(g, "+", partLeft + RESULT_CELL * out.size(1) / 2.0, bandTop - PLUS / 2.0);
            }
        }

        /** A bracket around all bands, then the bias, then what comes of it. */
        private void paintSum(Graphics2D g) {
            double bottom = height() - MARGIN, middle = (bandsTop + bottom) / 2, bracket = bandRight + 12;
            g.setColor(Style.INK);
            g.setStroke(new BasicStroke(1.5f));
            g.draw(new Line2D.Double(bracket, bandsTop, bracket, bottom));
            g.draw(new Line2D.Double(bracket - 6, bandsTop, bracket, bandsTop));
            g.draw(new Line2D.Double(bracket - 6, bottom, bracket, bottom));
            sign(g, "+", biasLeft - SIGN / 2.0, middle);
            result(Tensor.filled(bias, 1, 1), "b").paint(g, biasLeft, middle);
            sign(g, "=", outLeft - SIGN / 2.0, middle);
            result(out, "output").paint(g, outLeft, middle).mark(g, place());
        }

        /** One number of a map. */
        private CellMark place() {
            return new CellMark(CellMark.Role.WINDOW, row, column, 1, 1);
        }

        private Panel result(Tensor values, String caption) {
            return new Panel(values, CellKind.SIGNED, results, RESULT_CELL, caption);
        }
    }

    /** Cells with their numbers, and a caption over them. */
    private record Panel(Tensor values, CellKind kind, Limits limits, double cell, String caption)
            implements Grid.Look {
        @Override
        public Color color(int row, int column) {
            return kind.colors().color(values.get(row, column), limits);
        }

        @Override
        public String text(int row, int column) {
            return Numbers.text(values.get(row, column));
        }

        /** Left edge and middle are given; returns where the cells are. */
        Grid paint(Graphics2D g, double left, double middle) {
            int rows = values.size(0);
            Grid grid = new Grid(left, middle - rows * cell / 2, rows, values.size(1), cell);
            grid.paint(g, this);
            Letters.centre(g, caption, Style.CELL, Style.INK, (left + grid.right()) / 2, grid.top() - CAPTION);
            return grid;
        }
    }

    private static String round(Tensor block) {
        return Text.of("(%d, %d, %d)", block.size(0), block.size(1), block.size(2));
    }

    private static List<Tensor> slices(Tensor block) {
        return IntStream.range(0, block.size(0)).mapToObj(block::slice).toList();
    }

    private static void sign(Graphics2D g, String sign, double x, double y) {
        Letters.middle(g, sign, SIGN_FONT, Style.INK, x, y);
    }
}
