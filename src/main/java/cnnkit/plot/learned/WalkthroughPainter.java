package cnnkit.plot.learned;

import cnnkit.plot.Figure;
import cnnkit.plot.card.Arrow;
import cnnkit.plot.card.CellKind;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Paints a {@link Walkthrough} in three rows: the convolution as section 7.2 tells it, as section 7.4 computes it, and what
 * comes after it. All lengths are in points.
 */
final class WalkthroughPainter {
    private static final int MARGIN = 10;
    private static final int HEAD = 34; // two lines over each panel
    private static final int FOOT = 18; // a line below it
    private static final int SIDE = 140; // of most panels
    private static final int WINDOW_SIDE = 85;
    private static final int BAR = 56; // the longest bar of a probability
    private static final int COLORS = 224; // five colour scales and the greys of letters
    private static final int STEPS = 32; // of a scale

    private static final Arrow ON = new Arrow(Style.INK, 1, 4, 7, 3);

    private final Walkthrough walk;
    private final Followed followed;
    private final int[] tops; // of the panels of each row
    private final int height;
    private Graphics2D g;

    WalkthroughPainter(Followed followed) {
        this.followed = followed;
        walk = followed.walk();
        int pitch = HEAD + SIDE + FOOT + 14;
        int first = MARGIN + HEAD;
        tops = new int[] {first, first + pitch, first + 2 * pitch};
        height = tops[2] + SIDE + FOOT + MARGIN;
    }

    Figure figure(String alt) {
        return Figure.draw(Style.WIDTH, height, COLORS, alt, this::paint);
    }

    /** A grid of cells on the card: where it lies, and how large a cell is. */
    private record Panel(double x, double y, double cellWidth, double cellHeight, int rows, int columns) {
        double width() {
            return columns * cellWidth;
        }

        double height() {
            return rows * cellHeight;
        }

        Rectangle2D cells(int row, int column, int down, int across) {
            return new Rectangle2D.Double(
                    x + column * cellWidth, y + row * cellHeight, across * cellWidth, down * cellHeight);
        }
    }

    private void paint(Graphics2D graphics) {
        g = graphics;
        List<Panel> told = paintAsTold();
        paintAsComputed(told);
        paintTheRest();
    }

    /** Row 1: image, window times filter, feature map. Gives the panels of window and filter. */
    private List<Panel> paintAsTold() {
        int y = tops[0];
        Panel image = square(walk.image, MARGIN, y, SIDE, CellKind.PIXELS);
        head(image, "1  image", "7.1, 7.4.1", NetworkStrip.text(new int[] {1, walk.image.size(0), walk.image.size(1)}));

        double windowTop = y + (SIDE - WINDOW_SIDE) / 2.0;
        Panel pixels = square(followed.pixels(), 196, windowTop, WINDOW_SIDE, CellKind.PIXELS);
        Panel weights = square(walk.filters.slice(followed.filter()), 306, windowTop, WINDOW_SIDE, CellKind.WEIGHTS);
        Panel products = square(followed.products(), 416, windowTop, WINDOW_SIDE, CellKind.SIGNED);
        head(pixels, "2  window", "7.2.2", NetworkStrip.text(followed.pixels().shape()));
        head(
                weights,
                "3  filter " + followed.filter(),
                "7.2.2",
                NetworkStrip.text(followed.pixels().shape()));
        head(products, "4  products", "7.2.2", "pixel · weight");
        sign("×", (pixels.x + pixels.width() + weights.x) / 2, windowTop + WINDOW_SIDE / 2.0);
        sign("=", (weights.x + weights.width() + products.x) / 2, windowTop + WINDOW_SIDE / 2.0);
        float sum = followed.sum();
        g.setFont(Style.CELL);
        g.setColor(Style.INK);
        String bias = Numbers.text(walk.bias.get(followed.filter()), 3);
        Letters.centre(
                g,
                Text.of("summed, + b (%s) = %s", bias, Numbers.text(sum, 3)),
                products.x + products.width() / 2 - 12,
                windowTop + WINDOW_SIDE + FOOT + 2);

        Panel map = square(walk.maps.slice(followed.filter()), Style.WIDTH - MARGIN - SIDE, y, SIDE, CellKind.SIGNED);
        head(map, "5  feature map " + followed.filter(), "7.2.2–7.2.4", text(walk.maps.slice(followed.filter())));
        frame(pixels.cells(0, 0, pixels.rows, pixels.columns), Style.VERMILION, 2);
        Rectangle2D seen = image.cells(followed.top(), followed.left(), pixels.rows, pixels.columns);
        link(Style.VERMILION, seen.getMaxX(), seen.getMinY(), pixels.x, pixels.y);
        link(Style.VERMILION, seen.getMaxX(), seen.getMaxY(), pixels.x, pixels.y + pixels.height());
        frame(seen, Style.VERMILION, 2);
        Rectangle2D cell = pick(map, followed.row(), followed.column());
        arrow(products.x + products.width() + 5, products.y + products.height() / 2, cell);
        return List.of(pixels, weights);
    }

    /** Row 2: im2col times the filters, one a column, is a matrix; folded back it is all the maps. */
    private void paintAsComputed(List<Panel> told) {
        int y = tops[1];
        int OW = walk.maps.size(2), FN = walk.filters.size(0), K = walk.col.size(1);
        int first = followed.row() * OW; // the windows of one row of the map
        double cell = Math.max(1, Math.floor(Math.min((double) SIDE / OW, Math.min(130.0 / K, 160.0 / FN))));
        String range = Text.of("rows %d–%d: ", first, first + OW - 1);
        Panel col = grid(walk.col.rows(first, first + OW), MARGIN, y, cell, CellKind.PIXELS, range);

        Tensor transposed = walk.filters.reshape(FN, K).transpose(1, 0); // (FH*FW, FN), one filter a column
        Panel filters = grid(transposed, col.x + col.width() + 30, y, cell, CellKind.WEIGHTS, "");
        sign("·", (col.x + col.width() + filters.x) / 2, y + SIDE / 2.0);

        Tensor rows = walk.maps.reshape(FN, -1).transpose(1, 0).rows(first, first + OW);
        Panel out = grid(rows, filters.x + filters.width() + 30, y, cell, CellKind.SIGNED, range);
        head(out, "8  product + b", "7.4.3", NetworkStrip.text(new int[] {walk.col.size(0), FN}));
        sign("=", (filters.x + filters.width() + out.x) / 2, y + SIDE / 2.0);

        paintMaps(out);
        int at = followed.column();
        linked(col.cells(at, 0, 1, K));
        linked(filters.cells(0, followed.filter(), K, 1));
        pick(out, at, followed.filter());
        Panel window = told.get(0), filter = told.get(1);
        double between = tops[0] + SIDE + FOOT - 2; // the rows of the figure
        double gap = col.x + col.width() + 8, rowMiddle = y + (at + 0.5) * cell, x = window.x + 10;
        link(Style.BLUE, x, window.y + window.height() + 3, x, between, gap, between, gap, rowMiddle);
        link(Style.BLUE, gap, rowMiddle, col.x + col.width(), rowMiddle);
        double columnMiddle = filters.x + (followed.filter() + 0.5) * cell;
        x = filter.x + 10;
        between += 4;
        link(Style.BLUE, x, filter.y + filter.height() + 3, x, between, columnMiddle, between, columnMiddle, y);
        head(col, "6  im2col", "7.4.2", NetworkStrip.text(walk.col.shape()));
        head(filters, "7  all filters", "7.2.6, 7.4.3", NetworkStrip.text(transposed.shape()));
    }

    /** All feature maps, small, the followed one framed. */
    private void paintMaps(Panel before) {
        int FN = walk.maps.size(0), OH = walk.maps.size(1), OW = walk.maps.size(2);
        int across = (int) Math.ceil(Math.sqrt(FN * (double) OH / OW)), down = (FN + across - 1) / across;
        double dot =
                Math.min(1, Math.min((SIDE - down + 1.0) / (down * OH), (SIDE + 10 - across + 1.0) / (across * OW)));
        double left = Style.WIDTH - MARGIN - across * (OW * dot + 1) + 1, y = tops[1];
        Limits limits = CellKind.SIGNED.limits(List.of(walk.maps));
        for (int map = 0; map < FN; map++) {
            double x = left + map % across * (OW * dot + 1), top = y + map / across * (OH * dot + 1);
            Panel panel = new Panel(x, top, dot, dot, OH, OW);
            fill(panel, walk.maps.slice(map), CellKind.SIGNED, limits);
            if (map == followed.filter()) {
                frame(panel.cells(0, 0, OH, OW), Style.VERMILION, 2);
            }
        }
        double width = across * (OW * dot + 1) - 1;
        Panel all = new Panel(left, y, width, down * (OH * dot + 1) - 1, 1, 1);
        head(all, "9  all maps", "7.2.6, 7.4.3", NetworkStrip.text(walk.maps.shape()));
        foot(all, span(CellKind.SIGNED, limits));
        double middle = y + SIDE / 2.0;
        double from = before.x + before.width() + 6;
        arrow(from, middle, new Rectangle2D.Double(left - 3, middle - 1, 2, 2));
        g.setFont(Style.CELL);
        g.setColor(Style.FAINT);
        Letters.centre(g, "reshape,", (from + left - 5) / 2, middle - 32);
        Letters.centre(g, "transpose", (from + left - 5) / 2, middle - 18);
    }

    /** Row 3: ReLU, pooling, flattening, the Affine layers, softmax. */
    private void paintTheRest() {
        int y = tops[2];
        Panel relu = square(walk.rectified.slice(followed.filter()), MARGIN, y, SIDE, CellKind.ACTIVATIONS);
        head(relu, "10  ReLU", "7.1", text(walk.rectified.slice(followed.filter())));
        Panel pool = square(walk.pooled.slice(followed.filter()), 172, y, SIDE, CellKind.ACTIVATIONS);
        head(pool, "11  pooling", "7.3, 7.4.4", text(walk.pooled.slice(followed.filter())));
        Rectangle2D seen = relu.cells(
                walk.poolingWindow.top(followed.pooledRow()),
                walk.poolingWindow.left(followed.pooledColumn()),
                walk.poolingWindow.kernelHeight(),
                walk.poolingWindow.kernelWidth());
        frame(seen, Style.VERMILION, 2);
        Rectangle2D kept = pick(pool, followed.pooledRow(), followed.pooledColumn());
        link(Style.VERMILION, seen.getMaxX(), seen.getMinY(), kept.getMinX(), kept.getMinY());
        link(Style.VERMILION, seen.getMaxX(), seen.getMaxY(), kept.getMinX(), kept.getMaxY());

        int FN = walk.pooled.size(0);
        Tensor lines = walk.pooled.reshape(FN, -1); // one channel a line: the order in which they are flattened
        Panel flat = new Panel(334, y, 132.0 / lines.size(1), (double) SIDE / FN, FN, lines.size(1));
        Limits limits = CellKind.ACTIVATIONS.limits(List.of(lines));
        fill(flat, lines, CellKind.ACTIVATIONS, limits);
        head(flat, "12  flattened", "7.5", NetworkStrip.text(new int[] {lines.length()}));
        foot(flat, "one channel a line");
        int place = followed.flatIndex() % lines.size(1);
        Rectangle2D here = flat.cells(followed.filter(), place, 1, 1);
        ring(here);
        link(Style.VERMILION, kept.getMaxX(), kept.getCenterY(), here.getCenterX() - 6, here.getCenterY());

        column(walk.hidden, 512, CellKind.ACTIVATIONS, "13  hidden", "7.5");
        column(walk.scores, 588, CellKind.SIGNED, "14  scores", "7.5");
        paintProbabilities(642, y);
    }

    /** A flat row of numbers, standing upright. */
    private void column(Tensor values, double middle, CellKind kind, String name, String section) {
        int K = values.length();
        Panel panel = new Panel(middle - 8, tops[2], 16, (double) SIDE / K, K, 1);
        Limits limits = kind.limits(List.of(values));
        fill(panel, values.reshape(K, 1), kind, limits);
        frame(panel.cells(0, 0, K, 1), Style.RULE, 0.5f);
        head(panel, name, section, NetworkStrip.text(values.shape()));
        foot(panel, span(kind, limits));
        arrow(middle - 29, tops[2] + SIDE / 2.0, new Rectangle2D.Double(middle - 11, tops[2] + SIDE / 2.0 - 1, 2, 2));
    }

    /** The probabilities as bars, the likeliest in orange with its number. */
    private void paintProbabilities(double x, int y) {
        int K = walk.probabilities.length();
        double step = (double) SIDE / K;
        int best = walk.probabilities.reshape(1, K).argmax()[0];
        g.setFont(Style.CELL);
        FontMetrics metrics = g.getFontMetrics();
        for (int k = 0; k < K; k++) {
            float probability = walk.probabilities.get(k);
            boolean finite = Float.isFinite(probability);
            double length = finite ? BAR * probability : BAR;
            g.setColor(!finite ? Style.NOT_FINITE : k == best ? Style.ORANGE : Style.SKY);
            g.fill(new Rectangle2D.Double(x, y + k * step + 2, Math.max(0.75, length), step - 4));
            float baseline = Letters.baseline(metrics, y + (k + 0.5) * step);
            if (K <= 12) {
                g.setColor(Style.INK);
                Letters.from(g, Integer.toString(k), (float) x - 5 - metrics.stringWidth("" + k), baseline);
            }
        }
        Panel panel = new Panel(x, y, BAR, SIDE, 1, 1);
        head(panel, "15  softmax", "7.5", NetworkStrip.text(walk.probabilities.shape()));
        foot(panel, Text.of("P(%d) = %s", best, Numbers.text(walk.probabilities.get(best), 3)));
    }

    private Panel square(Tensor values, double x, double y, double side, CellKind kind) {
        double cell = side / Math.max(values.size(0), values.size(1));
        return grid(values, x, y, cell, kind, "");
    }

    /** Cells, and below them a text and the limits of their scale. */
    private Panel grid(Tensor values, double x, double y, double cell, CellKind kind, String before) {
        Panel panel = new Panel(x, y, cell, cell, values.size(0), values.size(1));
        Limits limits = kind.limits(List.of(values));
        fill(panel, values, kind, limits);
        frame(panel.cells(0, 0, panel.rows, panel.columns), Style.RULE, 0.5f);
        foot(panel, before + span(kind, limits));
        return panel;
    }

    private void fill(Panel panel, Tensor values, CellKind kind, Limits limits) {
        for (int row = 0; row < panel.rows; row++) {
            for (int column = 0; column < panel.columns; column++) {
                g.setColor(kind.colors().color(values.get(row, column), limits, STEPS));
                fillSharp(panel.cells(row, column, 1, 1));
            }
        }
    }

    /** On whole pixels, so that no lines shine through between the cells. */
    private void fillSharp(Rectangle2D cell) {
        double left = Math.round(cell.getMinX() * 2) / 2.0, top = Math.round(cell.getMinY() * 2) / 2.0;
        double right = Math.round(cell.getMaxX() * 2) / 2.0, bottom = Math.round(cell.getMaxY() * 2) / 2.0;
        g.fill(new Rectangle2D.Double(left, top, right - left, bottom - top));
    }

    private static String span(CellKind kind, Limits limits) {
        return kind.isCentred()
                ? "±" + Numbers.text(limits.max(), 2)
                : Numbers.text(limits.min()) + " … " + Numbers.text(limits.max(), limits.max() == 1 ? 0 : 2);
    }

    private static String text(Tensor map) {
        return NetworkStrip.text(map.shape());
    }

    private void head(Panel panel, String name, String section, String shape) {
        double middle = panel.x + panel.width() / 2;
        int y = rowOf(panel) - HEAD;
        g.setFont(Style.CELL.deriveFont(Font.BOLD));
        g.setColor(Style.INK);
        centreOnWhite(name, middle, y);
        g.setFont(Style.CELL);
        g.setColor(Style.FAINT);
        centreOnWhite(section + " · " + shape, middle, y + 15);
    }

    /** The heads of a row stand at one height, however high the panels are. */
    private int rowOf(Panel panel) {
        int row = 0;
        while (row < 2 && panel.y >= tops[row + 1]) {
            row++;
        }
        return tops[row];
    }

    private void foot(Panel panel, String text) {
        g.setFont(Style.CELL);
        g.setColor(Style.FAINT);
        Letters.centre(g, text, panel.x + panel.width() / 2, panel.y + panel.height() + 2);
    }

    private void sign(String text, double x, double y) {
        g.setFont(Style.TITLE);
        g.setColor(Style.INK);
        Letters.centre(g, text, x, y - 10);
    }

    private Rectangle2D pick(Panel panel, int row, int column) {
        Rectangle2D cell = panel.cells(row, column, 1, 1);
        g.setColor(Style.ORANGE);
        g.fill(cell);
        g.setColor(Style.INK);
        g.setStroke(new BasicStroke(1));
        g.draw(cell);
        return cell;
    }

    /** A cell too small to be filled. */
    private void ring(Rectangle2D cell) {
        Rectangle2D around = new Rectangle2D.Double(cell.getCenterX() - 5, cell.getCenterY() - 5, 10, 10);
        frame(around, Style.VERMILION, 2);
    }

    private void frame(Rectangle2D cells, Color color, float width) {
        g.setColor(color);
        g.setStroke(new BasicStroke(width));
        g.draw(cells);
    }

    private void linked(Rectangle2D cells) {
        g.setColor(Style.BLUE);
        g.setStroke(new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 3}, 0));
        g.draw(cells);
    }

    /** A dashed line through points x, y, x, y, ... */
    private void link(Color color, double... points) {
        Path2D line = new Path2D.Double();
        line.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            line.lineTo(points[i], points[i + 1]);
        }
        g.setColor(color);
        g.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 3}, 0));
        g.draw(line);
    }

    private void arrow(double x, double y, Rectangle2D to) {
        ON.paint(g, x, y, to.getMinX() - 1, to.getCenterY());
    }

    /** Over lines that pass behind. */
    private void centreOnWhite(String text, double x, double top) {
        FontMetrics metrics = g.getFontMetrics();
        Color ink = g.getColor();
        double width = metrics.stringWidth(text) + 4.0;
        g.setColor(Color.WHITE);
        g.fill(new Rectangle2D.Double(x - width / 2, top, width, metrics.getHeight()));
        g.setColor(ink);
        Letters.centre(g, text, x, top);
    }
}
