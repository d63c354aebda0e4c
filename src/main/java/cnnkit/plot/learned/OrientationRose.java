package cnnkit.plot.learned;

import cnnkit.inspect.OrientationResponse;
import cnnkit.plot.Cells;
import cnnkit.plot.Figure;
import cnnkit.plot.SideBySide;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Filters, and below each a rose: from the middle, in the direction of the stripes, as far as the filter responds to
 * them. A half turn later the stripes are the same, so every rose has two equal halves.
 */
final class OrientationRose {
    private static final int MOST = 5; // filters on a page
    private static final int PANEL = 138; // points from rose to rose
    private static final int MARGIN = 10;
    private static final int FILTER = 60; // the side of a filter
    private static final int RADIUS = 46;
    private static final int LABELS = 18; // the room around the outer circle
    private static final BasicStroke OUTLINE = new BasicStroke(2);
    private static final Color PETAL = new Color(0xCCE3F0); // a light shade of the outline

    private final OrientationResponse response;
    private final int[] filters;
    private final List<Figure> pictures = new ArrayList<>();

    private OrientationRose(OrientationResponse response, Tensor W, int[] filters) {
        this.response = response;
        this.filters = filters;
        for (int filter : filters) {
            pictures.add(Cells.weights(W.slice(filter, 0))
                    .captions("filter " + filter)
                    .ownScales()
                    .withoutScale()
                    .cellSize(Math.max(1, FILTER / Math.max(W.size(2), W.size(3))))
                    .figure());
        }
    }

    static Figure figure(OrientationResponse response, Tensor W, int... filters) {
        Shapes.expect("Learned.roses", "filters W", W, response.filters(), "C", "FH", "FW");
        if (filters.length == 0 || filters.length > MOST) {
            throw new IllegalArgumentException(
                    Text.error("Learned.roses: expected 1 to %d filters but got %d", MOST, filters.length));
        }
        return new OrientationRose(response, W, filters).figure();
    }

    private Figure figure() {
        int top = pictures.stream().mapToInt(Figure::height).max().orElseThrow();
        int height = top + 2 * (RADIUS + LABELS) + 34 + MARGIN;
        List<String> words = new ArrayList<>();
        for (int filter : filters) {
            words.add(Text.of(
                    "filter %d prefers stripes of %s degrees, with a selectivity of %s",
                    filter,
                    Numbers.text(response.preferredAngle(filter)),
                    Numbers.text(response.selectivity(filter), 2)));
        }
        String alt = Text.of("Roses of responses to stripes: %s.", String.join(Text.of("; "), words));
        return Figure.draw(filters.length * PANEL + 2 * MARGIN, height, Figure.MANY_COLORS, alt, g -> {
            for (int i = 0; i < filters.length; i++) {
                Figure picture = pictures.get(i);
                int middle = MARGIN + i * PANEL + PANEL / 2;
                SideBySide.paint(g, picture, middle - picture.width() / 2, 0);
                paintRose(g, filters[i], middle, top + LABELS + RADIUS);
            }
        });
    }

    private void paintRose(Graphics2D g, int filter, int x, int y) {
        double[] angles = response.angles(), responses = response.response(filter);
        double most = 0;
        for (double value : responses) {
            most = Math.max(most, value);
        }
        Path2D rose = new Path2D.Double();
        for (int i = 0; i < 2 * angles.length; i++) {
            double turn = Math.toRadians(angles[i % angles.length] + (i < angles.length ? 0 : 180));
            double length = most == 0 ? 0 : RADIUS * responses[i % angles.length] / most;
            double px = x + length * Math.cos(turn), py = y - length * Math.sin(turn); // y points down
            if (i == 0) {
                rose.moveTo(px, py);
            } else {
                rose.lineTo(px, py);
            }
        }
        rose.closePath();
        g.setColor(PETAL);
        g.fill(rose);
        paintGrid(g, x, y);
        g.setColor(Style.BLUE);
        g.setStroke(OUTLINE);
        g.draw(rose);
        g.setColor(Style.INK);
        g.setFont(Style.CELL);
        Letters.onBaseline(g, "outer circle: " + Numbers.text(most, 2), x, y + RADIUS + LABELS + 12);
        Letters.onBaseline(
                g, "selectivity " + Numbers.text(response.selectivity(filter), 2), x, y + RADIUS + LABELS + 28);
    }

    /** Two circles, four lines, and the angles of the stripes. */
    private static void paintGrid(Graphics2D g, int x, int y) {
        g.setStroke(Style.HAIR);
        g.setColor(Style.RULE);
        for (double radius : new double[] {RADIUS / 2.0, RADIUS}) {
            g.draw(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        }
        for (int angle = 0; angle < 180; angle += 45) {
            double dx = RADIUS * Math.cos(Math.toRadians(angle)), dy = RADIUS * Math.sin(Math.toRadians(angle));
            g.draw(new Line2D.Double(x - dx, y + dy, x + dx, y - dy));
        }
        g.setColor(Style.INK);
        g.setFont(Style.CELL);
        Letters.from(g, "0°", x + RADIUS + 3, y + 4);
        Letters.onBaseline(g, "90°", x, y - RADIUS - 4);
    }
}
