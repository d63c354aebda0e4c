package cnnkit.plot.lesson;

import cnnkit.plot.Figure;
import cnnkit.plot.card.Arrow;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Style;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.HashMap;
import java.util.Map;

/** Paints a {@link ComputationGraph} from left to right: the first input of an operation beside it, the second below. */
final class GraphPainter {
    private static final int MARGIN = 14;
    private static final int RADIUS = 21; // of a node
    private static final int DOT = 4; // of a value that is given
    private static final int APART = 4; // half the distance of the two arrows
    private static final int ROW = 84;
    private static final int WIDEST = 165; // from node to node
    private static final Font SYMBOL = Style.TITLE.deriveFont(16f);
    private static final BasicStroke DASHED =
            new BasicStroke(1.75f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5, 3}, 0);

    private final ComputationGraph graph;
    private final ComputationGraph.Item result;
    private final Map<String, int[]> places = new HashMap<>(); // column, row of each value's origin
    private final int columns;
    private final int pitch;

    GraphPainter(ComputationGraph graph) {
        this.graph = graph;
        result = graph.result();
        columns = depth(result);
        place(result, columns, 0, new int[columns + 1]);
        pitch = Math.min(WIDEST, (Style.WIDTH - 2 * MARGIN - 2 * RADIUS) / (columns + 1));
    }

    /** How many operations lie between a value and what is given, at most. */
    private int depth(ComputationGraph.Item item) {
        return item.inputs().stream()
                .mapToInt(input -> 1 + depth(graph.item(input)))
                .max()
                .orElse(0);
    }

    /** Places a value and all that it comes from; {@code free} is the first free row of each column. */
    private void place(ComputationGraph.Item item, int column, int row, int[] free) {
        places.put(item.name(), new int[] {column, row});
        free[column] = Math.max(free[column], row + 1);
        for (int i = 0; i < item.inputs().size(); i++) {
            ComputationGraph.Item input = graph.item(item.inputs().get(i));
            int below = row;
            for (int c = column - 1; i > 0 && c >= column - 1 - depth(input); c--) {
                below = Math.max(below, free[c]);
            }
            place(input, column - 1, i == 0 ? row : Math.max(row + 1, below), free);
        }
    }

    private double x(ComputationGraph.Item item) {
        int[] place = places.get(item.name());
        int begin = item.isGiven() && place[1] > 0 ? RADIUS + 2 * DOT + 2 * APART : 0; // apart from what turns up there
        return MARGIN + RADIUS + place[0] * pitch + begin;
    }

    private double y(ComputationGraph.Item item) {
        return top() + places.get(item.name())[1] * ROW;
    }

    private int top() {
        return MARGIN + Math.max(RADIUS, APART + Letters.height(Style.AXIS) + 4);
    }

    Figure figure(String alt) {
        int rows =
                1 + places.values().stream().mapToInt(place -> place[1]).max().orElseThrow();
        int graphWidth = 2 * MARGIN + 2 * RADIUS + (columns + 1) * pitch;
        int width = Math.max(graphWidth, 2 * MARGIN + Letters.width(LEGEND, Style.AXIS));
        int bottom = top() + (rows - 1) * ROW + RADIUS + 14;
        int height = bottom + Letters.height(Style.AXIS) + MARGIN;
        return Figure.draw(width, height, Figure.FEW_COLORS, alt, g -> {
            Letters.centre(g, LEGEND, Style.AXIS, Style.FAINT, width / 2.0, bottom);
            g.translate((width - graphWidth) / 2, 0);
            paint(g, result);
            double end = x(result) + pitch;
            straight(g, result, x(result) + RADIUS, end - DOT, y(result));
            dot(g, end, y(result));
        });
    }

    private static final String LEGEND =
            "solid, above: values on their way forward      dashed, below: gradients on their way back";

    private void paint(Graphics2D g, ComputationGraph.Item item) {
        double x = x(item), y = y(item);
        if (item.isGiven()) {
            dot(g, x, y);
            return;
        }
        for (String name : item.inputs()) {
            ComputationGraph.Item input = graph.item(name);
            double from = x(input) + (input.isGiven() ? DOT : RADIUS);
            if (y(input) == y) {
                straight(g, input, from, x - RADIUS, y);
            } else {
                corner(g, input, from, x, y + RADIUS);
            }
            paint(g, input);
        }
        g.setColor(Style.FAINT_GRID);
        g.fill(circle(x, y, RADIUS));
        g.setColor(Style.INK);
        g.setStroke(new BasicStroke(1.5f));
        g.draw(circle(x, y, RADIUS));
        Letters.middle(g, item.symbol(), SYMBOL, Style.INK, x, y);
    }

    private static void dot(Graphics2D g, double x, double y) {
        g.setColor(Style.INK);
        g.fill(circle(x, y, DOT));
    }

    private static Ellipse2D circle(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    /** Two arrows from one place to the next. */
    private void straight(Graphics2D g, ComputationGraph.Item item, double from, double to, double y) {
        Arrow.PLAIN.paint(g, from + 2, y - APART, to - 1, y - APART);
        if (!graph.back(item).isEmpty()) {
            dashed(g, to - 2, y + APART, from + 8, y + APART);
            Arrow.ROUTE.paint(g, from + 9, y + APART, from + 1, y + APART);
        }
        letters(g, item, (from + to) / 2, y);
    }

    /** Two arrows that come from below: to the right, then up into the node. */
    private void corner(Graphics2D g, ComputationGraph.Item item, double from, double x, double bottom) {
        double y = y(item);
        g.setColor(Style.INK);
        g.setStroke(new BasicStroke(Arrow.PLAIN.thickness()));
        g.draw(new Line2D.Double(from + 2, y - APART, x - APART, y - APART));
        Arrow.PLAIN.paint(g, x - APART, y - APART, x - APART, bottom);
        if (!graph.back(item).isEmpty()) {
            dashed(g, x + APART, bottom + 1, x + APART, y + APART);
            dashed(g, x + APART, y + APART, from + 8, y + APART);
            Arrow.ROUTE.paint(g, from + 9, y + APART, from + 1, y + APART);
        }
        letters(g, item, (from + x) / 2, y);
    }

    private static void dashed(Graphics2D g, double fromX, double fromY, double toX, double toY) {
        g.setColor(Arrow.ROUTE.color());
        g.setStroke(DASHED);
        g.draw(new Line2D.Double(fromX, fromY, toX, toY));
    }

    private void letters(Graphics2D g, ComputationGraph.Item item, double x, double y) {
        double above = y - APART - 4 - Letters.height(Style.AXIS);
        Letters.centre(g, ComputationGraph.forward(item), Style.AXIS, Style.INK, x, above);
        Letters.centre(g, graph.back(item), Style.BOLD, Arrow.ROUTE.color(), x, y + APART + 4);
    }
}
