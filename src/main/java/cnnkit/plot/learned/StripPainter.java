package cnnkit.plot.learned;

import cnnkit.plot.Figure;
import cnnkit.plot.card.Arrow;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Shapes;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Lays strips of networks out in lines and paints them. All lengths are in points. */
final class StripPainter {
    private static final int MARGIN = 12;
    private static final int BOX_HEIGHT = 28;
    private static final int BOX_PADDING = 7;
    private static final int ARROW = 10;
    private static final int LARGEST_SIDE = 26; // of the front of a block
    private static final int LARGEST_DEPTH = 11; // by which a block reaches back, up and to the right
    private static final int LONGEST_COLUMN = 36;
    private static final int COLUMN_WIDTH = 5;
    private static final int DATA_HEIGHT = 42; // of the band in which data and boxes stand
    private static final int SPACE = 9; // between two shapes
    private static final int TURN = 14; // between two lines of the same strip
    private static final int LEGEND_HEIGHT = 30;
    static final Color FRONT = new Color(0xC9D3DC), TOP = new Color(0xE1E7EC), SIDE = new Color(0xA3B2BF);
    private static final Arrow THROUGH = new Arrow(Style.FAINT, 1.25f, 3, 4.5, 3);

    private static final FontMetrics SMALL = metrics(Style.CELL);

    private final List<NetworkStrip.Strip> strips;
    private final double largest; // height or width of any block
    private final List<List<Line>> lines = new ArrayList<>(); // of each strip
    private final int width;
    private final int height;

    /**
     * What stands in a line.
     *
     * @param left where its first data stands, or where the line above comes in
     * @param first whether it begins with the input
     * @param places one per layer
     */
    private record Line(double left, boolean first, List<Place> places) {
        boolean flattens() {
            return places.stream().anyMatch(place -> place.step().flattened() > 0);
        }
    }

    /**
     * Where a layer stands.
     *
     * @param step the layer
     * @param box the left edge of its box
     * @param data the middle of what leaves it
     */
    private record Place(NetworkStrip.Step step, double box, double data) {}

    StripPainter(List<NetworkStrip.Strip> strips) {
        this.strips = strips;
        double found = 1;
        for (NetworkStrip.Strip one : strips) {
            found = Math.max(found, side(one.inputShape()));
            for (NetworkStrip.Step step : one.steps()) {
                found = Math.max(found, side(step.shape()));
            }
        }
        largest = found;
        double widest = 0;
        int down = MARGIN;
        for (NetworkStrip.Strip one : strips) {
            lines.add(lines(one));
            widest = Math.max(widest, Letters.width(one.name(), Style.BOLD) + 2 * MARGIN);
            for (Line line : lines.get(lines.size() - 1)) {
                Place last = line.places().get(line.places().size() - 1);
                widest = Math.max(widest, last.data() + half(last.step().shape()) + MARGIN);
                down += lineHeight(line);
            }
            down += nameHeight(one) + TURN * (lines.get(lines.size() - 1).size() - 1);
        }
        width = (int) Math.ceil(Math.min(Style.WIDTH, Math.max(widest, legendWidth() + 2 * MARGIN)));
        height = down + LEGEND_HEIGHT;
    }

    private static double side(int... shape) {
        return shape.length == 1 ? 0 : Math.max(shape[shape.length - 1], shape[shape.length - 2]);
    }

    private List<Line> lines(NetworkStrip.Strip one) {
        List<Line> found = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        int[] shape = one.inputShape();
        double left = MARGIN + half(shape), data = left;
        for (NetworkStrip.Step step : one.steps()) {
            double next = next(data, shape, step);
            if (next + half(step.shape()) > Style.WIDTH - MARGIN && !places.isEmpty()) {
                found.add(new Line(left, found.isEmpty(), List.copyOf(places)));
                places.clear();
                left = MARGIN;
                next = left + 2 * ARROW + boxWidth(step) + ARROW + dataWidth(step.shape()) / 2;
                next = Math.max(next, left + half(step.shape()));
                places.add(new Place(step, left + 2 * ARROW, next));
            } else {
                double from = data + dataWidth(shape) / 2, to = next - dataWidth(step.shape()) / 2;
                places.add(new Place(step, (from + to - boxWidth(step)) / 2, next));
            }
            data = next;
            shape = step.shape();
        }
        found.add(new Line(left, found.isEmpty(), List.copyOf(places)));
        return found;
    }

    /** The middle of what leaves a layer: neither box and arrows nor two shapes may collide. */
    private double next(double data, int[] shape, NetworkStrip.Step step) {
        double drawn = (dataWidth(shape) + dataWidth(step.shape())) / 2 + 2 * ARROW + boxWidth(step);
        return data + Math.max(drawn, half(shape) + SPACE + half(step.shape()));
    }

    /** Half the width of data and of its shape in letters, whichever is wider. */
    private double half(int... shape) {
        return Math.max(dataWidth(shape), Letters.width(NetworkStrip.text(shape), Style.CELL)) / 2;
    }

    private static int boxWidth(NetworkStrip.Step step) {
        return Letters.width(step.name(), Style.CELL) + 2 * BOX_PADDING;
    }

    private double dataWidth(int... shape) {
        return shape.length == 1 ? COLUMN_WIDTH : extent(shape[shape.length - 1]) + depth(shape);
    }

    /** The side of the front of a block: by the square root, else small maps would vanish beside large ones. */
    private double extent(int size) {
        return Math.max(3, LARGEST_SIDE * Math.sqrt(size / largest));
    }

    private static double depth(int... shape) {
        int channels = Shapes.length(shape) / (shape[shape.length - 1] * shape[shape.length - 2]);
        return Math.min(LARGEST_DEPTH, 1.5 + 1.2 * Math.log(channels) / Math.log(2));
    }

    private static int nameHeight(NetworkStrip.Strip one) {
        return one.name().isEmpty() ? 4 : metrics(Style.BOLD).getHeight() + 4;
    }

    private static int lineHeight(Line line) {
        return DATA_HEIGHT + SMALL.getHeight() * (line.flattens() ? 2 : 1) + 6;
    }

    Figure figure(String alt) {
        return Figure.draw(width, height, Figure.FEW_COLORS, alt, this::paint);
    }

    private void paint(Graphics2D g) {
        int y = MARGIN;
        for (int i = 0; i < lines.size(); i++) {
            NetworkStrip.Strip one = strips.get(i);
            g.setColor(Style.INK);
            g.setFont(Style.BOLD);
            Letters.from(g, one.name(), MARGIN, y + g.getFontMetrics().getAscent());
            y += nameHeight(one);
            for (Line line : lines.get(i)) {
                if (!line.first()) {
                    paintTurn(g, lines.get(i).get(lines.get(i).indexOf(line) - 1), y);
                    y += TURN;
                }
                paintLine(g, one, line, y);
                y += lineHeight(line);
            }
        }
        paintLegend(g, height - LEGEND_HEIGHT / 2.0 - 2);
    }

    private void paintLine(Graphics2D g, NetworkStrip.Strip one, Line line, int top) {
        double middle = top + DATA_HEIGHT / 2.0, x = MARGIN;
        if (line.first()) {
            paintData(g, line.left(), middle, one.inputShape());
            paintShape(g, line.left(), top, one.inputShape());
            x = line.left() + dataWidth(one.inputShape()) / 2;
        }
        for (Place place : line.places()) {
            NetworkStrip.Step step = place.step();
            int box = boxWidth(step);
            double data = place.data() - dataWidth(step.shape()) / 2;
            THROUGH.paint(g, x + 2, middle, place.box() - 1, middle);
            THROUGH.paint(g, place.box() + box + 1, middle, data - 2, middle);
            paintBox(g, step, place.box(), middle - BOX_HEIGHT / 2.0);
            paintData(g, place.data(), middle, step.shape());
            paintShape(g, place.data(), top, step.shape());
            if (step.flattened() > 0) {
                g.setFont(Style.CELL.deriveFont(Font.BOLD));
                g.setColor(Style.INK);
                String note = "flattened: " + Numbers.text(step.flattened());
                double least = MARGIN + Letters.width(g, note) / 2.0;
                Letters.centre(
                        g, note, Math.max(least, place.box() + box / 2.0), top + DATA_HEIGHT + SMALL.getHeight());
            }
            x = place.data() + dataWidth(step.shape()) / 2;
        }
    }

    private void paintBox(Graphics2D g, NetworkStrip.Step step, double left, double top) {
        Rectangle2D box = new Rectangle2D.Double(left, top, boxWidth(step), BOX_HEIGHT);
        g.setColor(step.kind().color);
        g.fill(box);
        g.setColor(
                step.kind() == NetworkStrip.Kind.SOFTMAX
                        ? Style.INK
                        : step.kind().color.darker());
        g.setStroke(new BasicStroke(1));
        g.draw(box);
        g.setColor(Style.INK);
        g.setFont(Style.CELL);
        Letters.centre(g, step.name(), box.getCenterX(), box.getCenterY() - SMALL.getHeight() / 2.0);
    }

    private void paintShape(Graphics2D g, double centre, int top, int[] shape) {
        g.setColor(Style.INK);
        g.setFont(Style.CELL);
        Letters.centre(g, NetworkStrip.text(shape), centre, top + DATA_HEIGHT);
    }

    private void paintData(Graphics2D g, double centre, double middle, int[] shape) {
        if (shape.length == 1) {
            paintColumn(g, centre, middle, shape[0]);
        } else {
            double w = extent(shape[shape.length - 1]), h = extent(shape[shape.length - 2]), deep = depth(shape);
            paintBlock(g, centre - (w + deep) / 2, middle - (h - deep) / 2, w, h, deep);
        }
    }

    /** A block whose front begins at (x, y). */
    private static void paintBlock(Graphics2D g, double x, double y, double w, double h, double deep) {
        face(g, FRONT, x, y, x + w, y, x + w, y + h, x, y + h);
        face(g, TOP, x, y, x + deep, y - deep, x + w + deep, y - deep, x + w, y);
        face(g, SIDE, x + w, y, x + w + deep, y - deep, x + w + deep, y + h - deep, x + w, y + h);
    }

    private static void face(Graphics2D g, Color color, double... corners) {
        Path2D face = new Path2D.Double();
        face.moveTo(corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            face.lineTo(corners[i], corners[i + 1]);
        }
        face.closePath();
        g.setColor(color);
        g.fill(face);
        g.setColor(Style.INK);
        g.setStroke(new BasicStroke(0.75f));
        g.draw(face);
    }

    private static void paintColumn(Graphics2D g, double centre, double middle, int length) {
        double h = Math.min(LONGEST_COLUMN, 8 + 7 * Math.log10(length));
        Rectangle2D column = new Rectangle2D.Double(centre - COLUMN_WIDTH / 2.0, middle - h / 2, COLUMN_WIDTH, h);
        g.setColor(FRONT);
        g.fill(column);
        g.setColor(Style.INK);
        g.setStroke(new BasicStroke(0.75f));
        g.draw(column);
    }

    /** From the end of a line to the beginning of the next one, which has its top a turn below y. */
    private void paintTurn(Graphics2D g, Line above, int y) {
        Place last = above.places().get(above.places().size() - 1);
        double from = last.data() + dataWidth(last.step().shape()) / 2 + 3;
        double out = Math.min(Style.WIDTH - 4, last.data() + half(last.step().shape()) + 4);
        double before = y - lineHeight(above) + DATA_HEIGHT / 2.0, after = y + TURN + DATA_HEIGHT / 2.0;
        Path2D turn = new Path2D.Double();
        turn.moveTo(from, before);
        turn.lineTo(out, before);
        turn.lineTo(out, y + 3);
        turn.lineTo(MARGIN, y + 3);
        turn.lineTo(MARGIN, after);
        turn.lineTo(MARGIN + 3, after);
        g.setColor(Style.FAINT);
        g.setStroke(new BasicStroke(1.25f));
        g.draw(turn);
    }

    private static final String BLOCK = "block: (channels, height, width)";
    private static final String COLUMN = "column: a row of numbers     (sizes not to scale)";

    private static int legendWidth() {
        return 30 + Letters.width(BLOCK, Style.CELL) + 40 + Letters.width(COLUMN, Style.CELL);
    }

    private void paintLegend(Graphics2D g, double middle) {
        double x = (width - legendWidth()) / 2.0;
        float baseline = (float) middle + (SMALL.getAscent() - SMALL.getDescent()) / 2f;
        paintBlock(g, x, middle - 5, 13, 13, 6);
        paintColumn(g, x + 30 + Letters.width(BLOCK, Style.CELL) + 30, middle, 10);
        g.setFont(Style.CELL);
        g.setColor(Style.INK);
        Letters.from(g, BLOCK, (float) x + 28, baseline);
        Letters.from(g, COLUMN, (float) x + 30 + Letters.width(BLOCK, Style.CELL) + 38, baseline);
    }

    private static FontMetrics metrics(Font font) {
        Graphics2D ruler = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        return ruler.getFontMetrics(font);
    }
}
