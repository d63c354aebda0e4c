package cnnkit.plot.lesson;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.CellKind;
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
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Objects;

/**
 * A convolution as one matrix product, with the numbers of all its matrices as colours (section 7.4.3).
 * <pre>
 *     ProductBoxes.of(x, W, b, Window.of(5)).meeting(30, 2)      the number at which window 30 and filter 2 meet
 * </pre>
 * A window is a row of the left matrix, framed in blue; a filter is a column of the next, framed in vermilion; where they
 * meet in the product lies one number, orange. Rows and columns are drawn to scale, but the columns of the filters are at
 * least {@value #WIDEST} points wide.
 */
public final class ProductBoxes extends TitledDrawing<ProductBoxes> {
    private static final int MARGIN = 12;
    private static final int LONGEST = 270; // side of a box, in points
    private static final int WIDEST = 14;
    private static final int SIGN = 34; // room for a sign between boxes
    private static final Font BIG = Style.TITLE.deriveFont(18f);

    private final Tensor col; // (N*OH*OW, C*FH*FW)
    private final Tensor filters; // (C*FH*FW, FN)
    private final Tensor b; // (1, FN)
    private final Tensor product; // (N*OH*OW, FN)
    private final String end; // the shapes behind the product
    private int window;
    private int filter;

    private ProductBoxes(Tensor col, Tensor filters, Tensor b, String end) {
        this.col = col;
        this.filters = filters;
        this.b = b.reshape(1, b.length());
        this.product = col.dot(filters, b);
        this.end = end;
    }

    /**
     * The product that computes a convolution.
     *
     * @param x the input, (N, C, H, W), with at most {@value #LONGEST} windows
     * @param W the filters, (FN, C, FH, FW)
     * @param b one bias per filter, (FN)
     * @param window where the filters stand; its kernel is FH x FW
     * @return boxes to be drawn
     * @throws ShapeException if these do not belong together, or there is no room for that many rows and columns
     */
    public static ProductBoxes of(Tensor x, Tensor W, Tensor b, Window window) {
        if (x.rank() != 4
                || W.rank() != 4
                || x.size(1) != W.size(1)
                || W.size(2) != window.kernelHeight()
                || W.size(3) != window.kernelWidth()) {
            throw new ShapeException(Text.error(
                    "ProductBoxes: expected input [N, C, H, W], filters [FN, C, %d, %d] but got %s and %s",
                    window.kernelHeight(), window.kernelWidth(), Shapes.text(x.shape()), Shapes.text(W.shape())));
        }
        int N = x.size(0), FN = W.size(0);
        int OH = window.outputHeight(x.size(2)), OW = window.outputWidth(x.size(3));
        if (N * OH * OW > LONGEST || W.length() / FN > LONGEST || FN > 12) {
            throw new ShapeException(Text.error(
                    "ProductBoxes: there is room for %d windows, %d numbers in each, and 12 filters, but got %d, %d and %d",
                    LONGEST, LONGEST, N * OH * OW, W.length() / FN, FN));
        }
        String end = Text.of("reshape (%d, %d, %d, %d), then transpose (%d, %d, %d, %d)", N, OH, OW, FN, N, FN, OH, OW);
        return new ProductBoxes(Im2col.im2col(x, window), W.reshape(FN, -1).transpose(), b, end);
    }

    /**
     * Marks one number of the product.
     *
     * @param row which window
     * @param column which filter
     * @return these boxes
     * @throws IndexOutOfBoundsException if there is no such number
     */
    public ProductBoxes meeting(int row, int column) {
        window = Objects.checkIndex(row, product.size(0));
        filter = Objects.checkIndex(column, product.size(1));
        return this;
    }

    @Override
    protected String words() {
        return Text.of(
                "A matrix %s times a matrix %s plus a bias is a matrix %s; %s",
                shape(col), shape(filters), shape(product), end);
    }

    private static String shape(Tensor matrix) {
        return Text.of("(%d, %d)", matrix.size(0), matrix.size(1));
    }

    private double scale() {
        return (double) LONGEST / Math.max(filters.size(0), product.size(0));
    }

    /** A side of a box along windows, or along the numbers of a window. */
    double side(int count) {
        return count * scale();
    }

    private double unitColumn(Tensor matrix) {
        return matrix == col ? scale() : Math.max(WIDEST, scale());
    }

    /** How high a row is; the only row of the biases is a line of its own. */
    private double unitRow(Tensor matrix) {
        return matrix == b ? WIDEST : scale();
    }

    private double boxWidth(Tensor matrix) {
        return matrix.size(1) * unitColumn(matrix);
    }

    /** The room of a box with its letters. */
    private double room(String name, Tensor matrix) {
        int letters = Math.max(Letters.width(name, Style.BOLD), Letters.width(shape(matrix), Style.AXIS));
        return Math.max(boxWidth(matrix), letters);
    }

    /** What the marked number is, in words. */
    String meeting() {
        return Text.of(
                "window %d · filter %d: %d products + b[%d] = %s",
                window, filter, col.size(1), filter, Numbers.text(product.get(window, filter)));
    }

    @Override
    public Figure figure() {
        double wide = 2 * MARGIN
                + room("col", col)
                + room("filters", filters)
                + room("b", b)
                + room("product", product)
                + 3 * SIGN;
        int letters = Math.max(Letters.width(end(), Style.AXIS), Letters.width(meeting(), Style.BOLD));
        int width = (int) Math.ceil(Math.max(wide, 2 * MARGIN + letters));
        int height = (int) (top() + tallest() + 3 * Letters.height(Style.AXIS) + 18 + MARGIN);
        return titled(Figure.draw(width, height, Figure.MANY_COLORS, alt(), g -> paint(g, width, wide)));
    }

    private String end() {
        return "then " + end;
    }

    private double tallest() {
        return Math.max(side(product.size(0)), side(filters.size(0)));
    }

    private double top() {
        return MARGIN + Letters.height(Style.BOLD) + 4;
    }

    private void paint(Graphics2D g, int width, double wide) {
        double x = (width - wide) / 2 + MARGIN;
        Rectangle2D box = box(g, x, "col", col, CellKind.SIGNED);
        frameRow(g, box, col);
        x += room("col", col);
        sign(g, "×", x);
        x += SIGN;
        box = box(g, x, "filters", filters, CellKind.WEIGHTS);
        frameColumn(g, box, filters);
        x += room("filters", filters);
        sign(g, "+", x);
        x += SIGN;
        box = box(g, x, "b", b, CellKind.WEIGHTS);
        frameColumn(g, box, b);
        x += room("b", b);
        sign(g, "=", x);
        x += SIGN;
        box = box(g, x, "product", product, CellKind.SIGNED);
        frameRow(g, box, product);
        frameColumn(g, box, product);
        double left = box.getX() + filter * unitColumn(product), rowTop = box.getY() + window * scale();
        g.setColor(Style.ORANGE);
        g.fill(new Rectangle2D.Double(left, rowTop - 1, unitColumn(product), scale() + 2));
        frame(g, Style.INK, 1, left, rowTop - 1, unitColumn(product), scale() + 2);
        double y = top() + tallest() + Letters.height(Style.AXIS) + 10;
        Letters.centre(g, meeting(), Style.BOLD, Style.INK, width / 2.0, y);
        Letters.centre(g, end(), Style.AXIS, Style.INK, width / 2.0, y + Letters.height(Style.AXIS) + 4);
    }

    private Rectangle2D box(Graphics2D g, double x, String name, Tensor matrix, CellKind kind) {
        double room = room(name, matrix), w = boxWidth(matrix), h = matrix.size(0) * unitRow(matrix);
        double y = top() + (tallest() - h) / 2;
        Rectangle2D box = new Rectangle2D.Double(x + (room - w) / 2, y, w, h);
        Limits limits = kind.limits(List.of(matrix));
        for (int row = 0; row < matrix.size(0); row++) {
            for (int column = 0; column < matrix.size(1); column++) {
                double left = edge(box.getX() + column * unitColumn(matrix));
                double right = edge(box.getX() + (column + 1) * unitColumn(matrix));
                double above = edge(y + row * unitRow(matrix)), below = edge(y + (row + 1) * unitRow(matrix));
                g.setColor(kind.colors().color(matrix.get(row, column), limits, 16));
                g.fill(new Rectangle2D.Double(left, above, right - left, below - above));
            }
        }
        frame(g, Style.INK, 1, box.getX(), y, w, h);
        Letters.centre(g, name, Style.BOLD, Style.INK, x + room / 2, y - Letters.height(Style.BOLD) - 3);
        Letters.centre(g, shape(matrix), Style.AXIS, Style.INK, x + room / 2, y + h + 3);
        return box;
    }

    /** On the grid of the picture's dots, so that neighbours leave no seam. */
    private static double edge(double at) {
        return Math.rint(at * Figure.SCALE) / Figure.SCALE;
    }

    private void frameRow(Graphics2D g, Rectangle2D box, Tensor matrix) {
        double y = box.getY() + window * unitRow(matrix) - 1.5;
        frame(g, Color.WHITE, 3.5f, box.getX() - 2, y, box.getWidth() + 4, unitRow(matrix) + 3);
        frame(g, Style.BLUE, 2, box.getX() - 2, y, box.getWidth() + 4, unitRow(matrix) + 3);
    }

    private void frameColumn(Graphics2D g, Rectangle2D box, Tensor matrix) {
        double unit = unitColumn(matrix), x = box.getX() + filter * unit;
        frame(g, Color.WHITE, 3.5f, x, box.getY() - 2, unit, box.getHeight() + 4);
        frame(g, Style.VERMILION, 2, x, box.getY() - 2, unit, box.getHeight() + 4);
    }

    private static void frame(Graphics2D g, Color color, float thickness, double x, double y, double w, double h) {
        g.setColor(color);
        g.setStroke(new BasicStroke(thickness));
        g.draw(new Rectangle2D.Double(x, y, w, h));
    }

    private void sign(Graphics2D g, String sign, double x) {
        Letters.middle(g, sign, BIG, Style.INK, x + SIGN / 2.0, top() + tallest() / 2);
    }
}
