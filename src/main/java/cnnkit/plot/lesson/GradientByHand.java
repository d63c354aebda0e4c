package cnnkit.plot.lesson;

import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.Grid;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One number of a tiny convolution, forward or backward, and the products it is the sum of (section 7.4.3).
 * <pre>
 *     GradientByHand.output(x, W, b, 0, 1)      out[0][1] = b + sum of x[0+ky][1+kx] * W[ky][kx]
 *     GradientByHand.weight(x, dout, 0, 1)      dW[0][1]  = sum of x[oy+0][ox+1] * dout[oy][ox]
 *     GradientByHand.pixel(W, dout, 1, 1)       dx[1][1]  = sum of W[1-oy][1-ox] * dout[oy][ox]
 *     GradientByHand.bias(dout)                 db        = sum of dout[oy][ox]
 * </pre>
 * Two cells with the same letter and the same tint are multiplied; below, the products stand with their indices and then
 * with their numbers. Of the result, the picked number is orange, and the ones before it are there already. One channel,
 * one filter, stride 1, no padding.
 */
public final class GradientByHand extends TitledDrawing<GradientByHand> {
    private static final int MARGIN = 12;
    private static final int CELL = 40;
    private static final int SIGN = 44; // room between grids
    private static final int MOST = 4; // products: as many as there are tints
    private static final int ROOM = 672; // the widest sum has it, so that frames are of one size

    /** A cell of the left factor and a cell of the right one. */
    private record Product(int leftRow, int leftColumn, int rightRow, int rightColumn) {}

    /** One of the grids. */
    private record Matrix(String name, Tensor values) {}

    private final String leftName;
    private final Tensor left;
    private final String rightName; // empty: there is no second factor
    private final Tensor right;
    private final String resultName;
    private final Tensor result;
    private final int row;
    private final int column;
    private final double start; // where the sum begins: the bias
    private final List<Product> products;

    private GradientByHand(
            Matrix left, Matrix right, Matrix result, int row, int column, double start, List<Product> products) {
        leftName = left.name;
        this.left = left.values;
        rightName = right.name;
        this.right = right.values;
        resultName = result.name;
        this.result = result.values;
        this.row = Objects.checkIndex(row, this.result.size(0));
        this.column = Objects.checkIndex(column, this.result.size(1));
        this.start = start;
        this.products = products;
        if (products.size() > MOST) {
            throw new ShapeException(Text.error(
                    "GradientByHand: a sum by hand has at most %d products, but this one has %d: take a smaller case",
                    MOST, products.size()));
        }
    }

    /**
     * One number of the output.
     *
     * @param x the image, (H, W)
     * @param W the filter, (FH, FW), of at most four weights
     * @param b the bias
     * @param oy row of the output
     * @param ox column of the output
     * @return a figure to be drawn
     * @throws ShapeException if these are not two matrices, or there are too many products
     * @throws IndexOutOfBoundsException if there is no such output
     */
    public static GradientByHand output(Tensor x, Tensor W, double b, int oy, int ox) {
        expectMatrices(x, W);
        int OH = x.size(0) - W.size(0) + 1, OW = x.size(1) - W.size(1) + 1;
        Tensor out = Tensor.filled((float) b, OH, OW);
        addUp(
                W,
                out,
                (ky, kx, y, column) ->
                        out.set(out.get(y, column) + x.get(y + ky, column + kx) * W.get(ky, kx), y, column));
        List<Product> products = new ArrayList<>();
        each(W, (ky, kx) -> products.add(new Product(oy + ky, ox + kx, ky, kx)));
        return new GradientByHand(new Matrix("x", x), new Matrix("W", W), new Matrix("out", out), oy, ox, b, products);
    }

    /**
     * The gradient of one weight: it met one pixel for each output.
     *
     * @param x the image, (H, W)
     * @param dout the gradient of the output, (OH, OW), of at most four numbers
     * @param ky row of the weight
     * @param kx column of the weight
     * @return a figure to be drawn
     * @throws ShapeException if these are not two matrices, or there are too many products
     * @throws IndexOutOfBoundsException if there is no such weight
     */
    public static GradientByHand weight(Tensor x, Tensor dout, int ky, int kx) {
        expectMatrices(x, dout);
        Tensor dW = Tensor.zeros(x.size(0) - dout.size(0) + 1, x.size(1) - dout.size(1) + 1);
        addUp(
                dW,
                dout,
                (wy, wx, oy, ox) -> dW.set(dW.get(wy, wx) + x.get(oy + wy, ox + wx) * dout.get(oy, ox), wy, wx));
        List<Product> products = new ArrayList<>();
        each(dout, (oy, ox) -> products.add(new Product(oy + ky, ox + kx, oy, ox)));
        return new GradientByHand(
                new Matrix("x", x), new Matrix("dout", dout), new Matrix("dW", dW), ky, kx, 0, products);
    }

    /**
     * The gradient of one pixel: it met one weight in each window that sees it.
     *
     * @param W the filter, (FH, FW)
     * @param dout the gradient of the output, (OH, OW)
     * @param y row of the pixel
     * @param x column of the pixel
     * @return a figure to be drawn
     * @throws ShapeException if these are not two matrices, or there are too many products
     * @throws IndexOutOfBoundsException if there is no such pixel
     */
    public static GradientByHand pixel(Tensor W, Tensor dout, int y, int x) {
        expectMatrices(W, dout);
        Tensor dx = Tensor.zeros(dout.size(0) + W.size(0) - 1, dout.size(1) + W.size(1) - 1);
        addUp(
                W,
                dout,
                (ky, kx, oy, ox) ->
                        dx.set(dx.get(oy + ky, ox + kx) + W.get(ky, kx) * dout.get(oy, ox), oy + ky, ox + kx));
        List<Product> products = new ArrayList<>();
        each(dout, (oy, ox) -> {
            int ky = y - oy, kx = x - ox;
            if (ky >= 0 && ky < W.size(0) && kx >= 0 && kx < W.size(1)) {
                products.add(new Product(ky, kx, oy, ox));
            }
        });
        return new GradientByHand(
                new Matrix("W", W), new Matrix("dout", dout), new Matrix("dx", dx), y, x, 0, products);
    }

    /**
     * The gradient of the bias: it was added to every output.
     *
     * @param dout the gradient of the output, (OH, OW), of at most four numbers
     * @return a figure to be drawn
     * @throws ShapeException if this is not a matrix, or there are too many numbers
     */
    public static GradientByHand bias(Tensor dout) {
        expectMatrices(dout, dout);
        List<Product> products = new ArrayList<>();
        each(dout, (oy, ox) -> products.add(new Product(oy, ox, 0, 0)));
        Tensor db = Tensor.filled((float) dout.sum(), 1, 1);
        return new GradientByHand(
                new Matrix("dout", dout), new Matrix("", dout), new Matrix("db", db), 0, 0, 0, products);
    }

    private static void expectMatrices(Tensor first, Tensor second) {
        Shapes.expect("GradientByHand", "first", first, "rows", "columns");
        Shapes.expect("GradientByHand", "second", second, "rows", "columns");
    }

    private interface Cell {
        void at(int row, int column);
    }

    private interface Pair {
        void at(int filterRow, int filterColumn, int outputRow, int outputColumn);
    }

    private static void each(Tensor matrix, Cell cell) {
        for (int i = 0; i < matrix.length(); i++) {
            cell.at(i / matrix.size(1), i % matrix.size(1));
        }
    }

    /** Every weight with every output: what forward and backward add up, each in its own way. */
    private static void addUp(Tensor filter, Tensor output, Pair pair) {
        each(output, (oy, ox) -> each(filter, (ky, kx) -> pair.at(ky, kx, oy, ox)));
    }

    /** The sum with its indices: x[0][1]·dout[0][0] and so on, one text for each product. */
    List<String> symbols() {
        return products.stream()
                .map(p -> rightName.isEmpty()
                        ? element(leftName, p.leftRow, p.leftColumn)
                        : element(leftName, p.leftRow, p.leftColumn) + "·"
                                + element(rightName, p.rightRow, p.rightColumn))
                .toList();
    }

    /** The sum with its numbers. */
    List<String> numbers() {
        return products.stream()
                .map(p -> {
                    String first = signed(left.get(p.leftRow, p.leftColumn));
                    return rightName.isEmpty() ? first : first + "·" + signed(right.get(p.rightRow, p.rightColumn));
                })
                .toList();
    }

    private static String element(String name, int row, int column) {
        return Text.of("%s[%d][%d]", name, row, column);
    }

    private static String signed(double value) {
        return value < 0 ? "(" + Numbers.text(value) + ")" : Numbers.text(value);
    }

    private String name() {
        return result.length() == 1 ? resultName : element(resultName, row, column);
    }

    private String value() {
        return Numbers.text(result.get(row, column));
    }

    @Override
    protected String words() {
        String bias = start == 0 ? "" : "b + ";
        String number = start == 0 ? "" : signed(start) + " + ";
        return Text.of(
                "%s = %s%s = %s%s = %s",
                name(), bias, String.join(" + ", symbols()), number, String.join(" + ", numbers()), value());
    }

    private int head() {
        return MARGIN + Letters.height(Style.BOLD) + 4;
    }

    private int content() {
        return CELL * Math.max(left.size(0), Math.max(right.size(0), result.size(0)));
    }

    private int gridsWidth() {
        int factors = left.size(1) + (rightName.isEmpty() ? 0 : right.size(1));
        return CELL * (factors + result.size(1)) + SIGN * (rightName.isEmpty() ? 1 : 2);
    }

    private int lineWidth(String begin, List<String> terms, String end) {
        return Letters.width(begin + String.join(" + ", terms) + end, Style.AXIS) + 12 * terms.size();
    }

    private int width() {
        int lines = Math.max(
                lineWidth(name() + " = b + ", symbols(), ""),
                lineWidth("= " + start + " + ", numbers(), " = " + value()));
        return 2 * MARGIN + Math.max(gridsWidth(), Math.max(lines, ROOM));
    }

    @Override
    public Figure figure() {
        int height = head() + content() + 14 + 2 * (Letters.height(Style.AXIS) + 10) + MARGIN;
        return titled(Figure.draw(width(), height, Figure.MANY_COLORS, alt(), this::paint));
    }

    private void paint(Graphics2D g) {
        Grid first = grid((width() - gridsWidth()) / 2.0, left);
        paintFactor(g, first, leftName, left, true);
        Grid last = first;
        if (!rightName.isEmpty()) {
            sign(g, "and", first);
            last = grid(first.right() + SIGN, right);
            paintFactor(g, last, rightName, right, false);
        }
        sign(g, "give", last);
        Grid end = grid(last.right() + SIGN, result);
        paintName(g, end, resultName);
        end.paint(g, resultLook());
        end.frame(g, row, column, 1, 1, 2);
        double y = head() + content() + 14.0;
        paintSum(g, name() + " = " + (start == 0 ? "" : "b + "), symbols(), "", y);
        String begin = "= " + (start == 0 ? "" : signed(start) + " + ");
        paintSum(g, begin, numbers(), " = " + value(), y + Letters.height(Style.AXIS) + 10);
    }

    private Grid grid(double x, Tensor values) {
        return new Grid(x, head() + (content() - values.size(0) * CELL) / 2.0, values.size(0), values.size(1), CELL);
    }

    private void sign(Graphics2D g, String words, Grid before) {
        Letters.middle(g, words, Style.AXIS, Style.INK, before.right() + SIGN / 2.0, head() + content() / 2.0);
    }

    private static void paintName(Graphics2D g, Grid grid, String name) {
        double middle = (grid.left() + grid.right()) / 2;
        Letters.centre(g, name, Style.BOLD, Style.INK, middle, grid.top() - Letters.height(Style.BOLD) - 3);
    }

    private void paintFactor(Graphics2D g, Grid grid, String name, Tensor values, boolean isLeft) {
        paintName(g, grid, name);
        grid.paint(g, new Grid.Look() {
            @Override
            public Color color(int cellRow, int cellColumn) {
                int product = productAt(cellRow, cellColumn, isLeft);
                return product < 0 ? Color.WHITE : Grid.ofChannel(product);
            }

            @Override
            public String text(int cellRow, int cellColumn) {
                return Numbers.text(values.get(cellRow, cellColumn));
            }
        });
        for (int i = 0; i < products.size(); i++) {
            Product p = products.get(i);
            int cellRow = isLeft ? p.leftRow : p.rightRow, cellColumn = isLeft ? p.leftColumn : p.rightColumn;
            double x = grid.left() + cellColumn * CELL + 3, y = grid.top() + cellRow * CELL + 1;
            Letters.left(g, letter(i), Style.CELL, Style.INK, x, y);
        }
    }

    /** Which product a cell takes part in; -1 for none. */
    private int productAt(int cellRow, int cellColumn, boolean isLeft) {
        for (int i = 0; i < products.size(); i++) {
            Product p = products.get(i);
            int r = isLeft ? p.leftRow : p.rightRow, c = isLeft ? p.leftColumn : p.rightColumn;
            if (r == cellRow && c == cellColumn) {
                return i;
            }
        }
        return -1;
    }

    private static String letter(int product) {
        return String.valueOf((char) ('a' + product));
    }

    private Grid.Look resultLook() {
        int picked = row * result.size(1) + column;
        return new Grid.Look() {
            @Override
            public Color color(int cellRow, int cellColumn) {
                return cellRow == row && cellColumn == column ? Style.ORANGE : Color.WHITE;
            }

            @Override
            public String text(int cellRow, int cellColumn) {
                boolean isThere = cellRow * result.size(1) + cellColumn <= picked;
                return isThere ? Numbers.text(result.get(cellRow, cellColumn)) : "";
            }
        };
    }

    private void paintSum(Graphics2D g, String begin, List<String> terms, String end, double top) {
        double x = (width() - lineWidth(begin, terms, end)) / 2.0;
        Letters.left(g, begin, Style.AXIS, Style.INK, x, top);
        x += Letters.width(begin, Style.AXIS);
        for (int i = 0; i < terms.size(); i++) {
            if (i > 0) {
                Letters.left(g, " + ", Style.AXIS, Style.INK, x, top);
                x += Letters.width(" + ", Style.AXIS);
            }
            double wide = Letters.width(terms.get(i), Style.AXIS) + 12.0;
            Rectangle2D chip = new Rectangle2D.Double(x, top - 2, wide, Letters.height(Style.AXIS) + 4.0);
            g.setColor(Grid.ofChannel(i));
            g.fill(chip);
            g.setColor(Style.RULE);
            g.setStroke(new BasicStroke(0.75f));
            g.draw(chip);
            Letters.left(g, terms.get(i), Style.AXIS, Style.INK, x + 6, top);
            x += wide;
        }
        Letters.left(g, end, Style.AXIS, Style.INK, x, top);
    }
}
