package cnnkit.plot.lesson;

import cnnkit.im2col.Window;
import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;

/**
 * A convolution as one matrix product, each matrix a box as high and as wide as it has rows and columns (section 7.4.3).
 * <pre>
 *     ProductBoxes.of(new int[] {10, 3, 7, 7}, new int[] {4, 3, 5, 5}, Window.of(5))
 * </pre>
 * A window is a row of the left matrix, a filter a column of the next, and where they meet in the product lies one number.
 */
public final class ProductBoxes extends TitledDrawing<ProductBoxes> {
    private static final int MARGIN = 12;
    private static final int LONGEST = 240; // side of a box, in points
    private static final int THINNEST = 10;
    private static final int SIGN = 34; // room for a sign between boxes
    private static final Font BIG = Style.TITLE.deriveFont(18f);
    private static final Color BOX = new Color(0xF0F0F0);

    private final int rows; // N*OH*OW
    private final int inner; // C*FH*FW
    private final int FN;
    private final String end; // the shapes behind the product

    private ProductBoxes(int rows, int inner, int FN, String end) {
        this.rows = rows;
        this.inner = inner;
        this.FN = FN;
        this.end = end;
    }

    /**
     * The product that computes a convolution.
     *
     * @param xShape of the input, (N, C, H, W)
     * @param wShape of the filters, (FN, C, FH, FW)
     * @param window where the filters stand; its kernel is FH x FW
     * @return boxes to be drawn
     * @throws ShapeException if the three do not belong together, or a size is below 1
     */
    public static ProductBoxes of(int[] xShape, int[] wShape, Window window) {
        if (xShape.length != 4
                || wShape.length != 4
                || Arrays.stream(xShape).anyMatch(size -> size < 1)
                || Arrays.stream(wShape).anyMatch(size -> size < 1)
                || xShape[1] != wShape[1]
                || wShape[2] != window.kernelHeight()
                || wShape[3] != window.kernelWidth()) {
            throw new ShapeException(Text.of(
                    "ProductBoxes: expected input [N, C, H, W], filters [FN, C, %d, %d] but got %s and %s",
                    window.kernelHeight(), window.kernelWidth(), Shapes.text(xShape), Shapes.text(wShape)));
        }
        int N = xShape[0], FN = wShape[0];
        int OH = window.outputHeight(xShape[2]), OW = window.outputWidth(xShape[3]);
        String end = Text.of("reshape (%d, %d, %d, %d), then transpose (%d, %d, %d, %d)", N, OH, OW, FN, N, FN, OH, OW);
        return new ProductBoxes(N * OH * OW, wShape[1] * wShape[2] * wShape[3], FN, end);
    }

    @Override
    protected String words() {
        return Text.of(
                "A matrix (%d, %d) times a matrix (%d, %d) plus a bias is a matrix (%d, %d); %s",
                rows, inner, inner, FN, rows, FN, end);
    }

    private double scale() {
        return (double) LONGEST / Math.max(inner, rows);
    }

    /** A side of a box; very thin boxes are drawn a little thicker than they are. */
    double side(int count) {
        return Math.max(THINNEST, count * scale());
    }

    /** The room of a box with its letters. */
    private double room(String name, String shape, int columns) {
        return Math.max(side(columns), Math.max(Letters.width(name, Style.BOLD), Letters.width(shape, Style.AXIS)));
    }

    private static String shape(int rows, int columns) {
        return Text.of("(%d, %d)", rows, columns);
    }

    @Override
    public Figure figure() {
        double wide = 2 * MARGIN
                + room("col", shape(rows, inner), inner)
                + room("filters", shape(inner, FN), FN)
                + room("b", "(" + FN + ")", FN)
                + room("product", shape(rows, FN), FN)
                + 3 * SIGN;
        int width = (int) Math.ceil(Math.max(
                wide, 2 * MARGIN + Math.max(Letters.width(title(), Style.TITLE), Letters.width(end(), Style.AXIS))));
        int height = (int) (top() + tallest() + 2 * Letters.height(Style.AXIS) + 14 + MARGIN);
        return Figure.draw(width, height, Figure.FEW_COLORS, alt(), g -> paint(g, width, wide));
    }

    private String end() {
        return "then " + end;
    }

    private double tallest() {
        return Math.max(side(rows), side(inner));
    }

    private double top() {
        double head = title().isEmpty() ? 0 : Letters.height(Style.TITLE) + 8;
        return MARGIN + head + Letters.height(Style.BOLD) + 4;
    }

    private void paint(Graphics2D g, int width, double wide) {
        Letters.centre(g, title(), Style.TITLE, Style.INK, width / 2.0, MARGIN);
        double x = (width - wide) / 2 + MARGIN;
        Rectangle2D col = box(g, x, "col", shape(rows, inner), rows, inner);
        double unitRow = col.getHeight() / rows;
        int window = rows / 3;
        stripe(g, Style.BLUE, col.getX(), col.getY() + window * unitRow, col.getWidth(), unitRow);
        x += room("col", shape(rows, inner), inner);
        sign(g, "×", x);
        x += SIGN;
        Rectangle2D filters = box(g, x, "filters", shape(inner, FN), inner, FN);
        double unitColumn = filters.getWidth() / FN;
        int filter = FN / 2;
        stripe(
                g,
                Style.VERMILION,
                filters.getX() + filter * unitColumn,
                filters.getY(),
                unitColumn,
                filters.getHeight());
        x += room("filters", shape(inner, FN), FN);
        sign(g, "+", x);
        x += SIGN;
        box(g, x, "b", "(" + FN + ")", 1, FN);
        x += room("b", "(" + FN + ")", FN);
        sign(g, "=", x);
        x += SIGN;
        Rectangle2D product = box(g, x, "product", shape(rows, FN), rows, FN);
        double size = product.getWidth() / FN;
        stripe(g, Style.BLUE, product.getX(), product.getY() + window * unitRow, product.getWidth(), unitRow);
        stripe(g, Style.VERMILION, product.getX() + filter * size, product.getY(), size, product.getHeight());
        g.setColor(Style.ORANGE);
        g.fill(new Rectangle2D.Double(
                product.getX() + filter * size, product.getY() + window * unitRow, size, unitRow));
        g.setColor(Style.INK);
        g.setStroke(new BasicStroke(0.75f));
        g.draw(new Rectangle2D.Double(
                product.getX() + filter * size, product.getY() + window * unitRow, size, unitRow));
        Letters.centre(
                g, end(), Style.AXIS, Style.INK, width / 2.0, top() + tallest() + Letters.height(Style.AXIS) + 12);
    }

    private Rectangle2D box(Graphics2D g, double x, String name, String shape, int boxRows, int boxColumns) {
        double room = room(name, shape, boxColumns), w = side(boxColumns), h = side(boxRows);
        double y = top() + (tallest() - h) / 2;
        Rectangle2D box = new Rectangle2D.Double(x + (room - w) / 2, y, w, h);
        g.setColor(BOX);
        g.fill(box);
        g.setColor(Style.INK);
        g.setStroke(new BasicStroke(1));
        g.draw(box);
        Letters.centre(g, name, Style.BOLD, Style.INK, x + room / 2, y - Letters.height(Style.BOLD) - 3);
        Letters.centre(g, shape, Style.AXIS, Style.INK, x + room / 2, y + h + 3);
        return box;
    }

    private static void stripe(Graphics2D g, Color color, double x, double y, double w, double h) {
        g.setColor(color);
        g.fill(new Rectangle2D.Double(x, y, w, h));
    }

    private void sign(Graphics2D g, String sign, double x) {
        Letters.middle(g, sign, BIG, Style.INK, x + SIGN / 2.0, top() + tallest() / 2);
    }
}
