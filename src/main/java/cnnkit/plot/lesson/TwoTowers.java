package cnnkit.plot.lesson;

import cnnkit.layer.Convolution;
import cnnkit.layer.Layer;
import cnnkit.network.Network;
import cnnkit.network.Summary;
import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A network shared by two graphics cards, half of every layer on each: which layers see only what their own card has
 * computed, and before which the cards must talk (section 7.7.2, AlexNet).
 * <pre>
 *     TwoTowers.of(AlexNet.create(1))
 * </pre>
 * A column for every layer with weights. A convolution in two groups takes blue lines, from its own card; every other layer
 * behind the first needs all that both cards have computed: vermilion, dashed lines cross. The first layer reads the image,
 * which both cards have.
 */
public final class TwoTowers extends TitledDrawing<TwoTowers> {
    private static final int MARGIN = 12;
    private static final int NAMES = 54; // room for the names of the cards
    private static final int BOX = 48;
    private static final int HEIGHT = 46;
    private static final int BETWEEN = 66; // from the lower edge of one card's boxes to the upper edge of the other's
    private static final int LEGEND = 26;
    private static final Color FILL = new Color(0xF0F0F0);
    private static final BasicStroke OWN = new BasicStroke(2);
    private static final BasicStroke CROSSING =
            new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5, 3}, 0);

    /** A layer with weights: its name, what one card holds of it, and whether it reads from both cards. */
    private record Half(String name, String count, String size, boolean readsBoth) {}

    private final List<Half> halves;

    private TwoTowers(List<Half> halves) {
        this.halves = halves;
    }

    /**
     * Cuts the layers with weights into halves.
     *
     * @param network its convolutions have one group or two, and the last layer's scores are cut, too
     * @return a drawing
     * @throws IllegalArgumentException if there are fewer than two layers with weights, a convolution has more than two groups,
     *     or a layer gives an odd number of maps or units
     */
    public static TwoTowers of(Network network) {
        Summary summary = network.summary();
        List<Half> halves = new ArrayList<>();
        for (Layer layer : network.layers().values()) {
            if (!layer.parameters().isEmpty()) {
                halves.add(half(layer, summary.line(layer.name()).outputShape(), halves.isEmpty()));
            }
        }
        if (halves.size() < 2) {
            throw new IllegalArgumentException(
                    Text.error("TwoTowers: expected two layers with weights or more but got %s", halves.size()));
        }
        return new TwoTowers(halves);
    }

    private static Half half(Layer layer, List<Integer> shape, boolean first) {
        int groups = layer instanceof Convolution convolution ? convolution.groups() : 1;
        if (groups > 2 || shape.get(0) % 2 != 0) {
            throw new IllegalArgumentException(Text.error(
                    "TwoTowers: %s cannot be shared by two cards: expected at most 2 groups and an even number of maps but got"
                            + " %d groups and %d maps",
                    layer, groups, shape.get(0)));
        }
        String size = shape.size() == 3 ? Text.of("%d×%d", shape.get(1), shape.get(2)) : "units";
        return new Half(layer.name(), Integer.toString(shape.get(0) / 2), size, !first && groups == 1);
    }

    @Override
    protected String words() {
        String talking = halves.stream().filter(Half::readsBoth).map(Half::name).collect(Collectors.joining(", "));
        return Text.of(
                "Two rows of %d layers, half of each on either card; the cards must exchange what they have computed before %s",
                halves.size(), talking.isEmpty() ? "none" : talking);
    }

    private double pitch() {
        return (Style.WIDTH - 2.0 * MARGIN - NAMES - BOX) / (halves.size() - 1);
    }

    private double x(int column) {
        return MARGIN + NAMES + column * pitch();
    }

    private double y(int card) {
        return MARGIN + Letters.height(Style.BOLD) + 6 + card * (HEIGHT + BETWEEN);
    }

    @Override
    public Figure figure() {
        int height = (int) Math.ceil(y(1) + HEIGHT + 8 + LEGEND + MARGIN);
        return titled(Figure.draw(Style.WIDTH, height, Figure.FEW_COLORS, alt(), this::paint));
    }

    private void paint(Graphics2D g) {
        for (int column = 1; column < halves.size(); column++) {
            lines(g, column);
        }
        for (int card = 0; card < 2; card++) {
            Letters.left(g, "card " + (card + 1), Style.BOLD, Style.INK, MARGIN, y(card) + HEIGHT / 2.0 - 8);
            for (int column = 0; column < halves.size(); column++) {
                box(g, halves.get(column), x(column), y(card));
            }
        }
        for (int column = 0; column < halves.size(); column++) {
            double top = y(0) - Letters.height(Style.BOLD) - 4;
            Letters.centre(g, halves.get(column).name, Style.BOLD, Style.INK, x(column) + BOX / 2.0, top);
        }
        legend(g, y(1) + HEIGHT + 8 + LEGEND / 2.0);
    }

    private static void box(Graphics2D g, Half half, double x, double y) {
        Rectangle2D box = new Rectangle2D.Double(x, y, BOX, HEIGHT);
        g.setColor(FILL);
        g.fill(box);
        g.setColor(Style.INK);
        g.setStroke(new BasicStroke(1));
        g.draw(box);
        Letters.middle(g, half.count, Style.BOLD, Style.INK, x + BOX / 2.0, y + HEIGHT / 2.0 - 9);
        Letters.middle(g, half.size, Style.CELL, Style.INK, x + BOX / 2.0, y + HEIGHT / 2.0 + 10);
    }

    /** From the column before: to the own card always, to the other one where a layer reads both. */
    private void lines(Graphics2D g, int column) {
        double from = x(column - 1) + BOX, to = x(column);
        for (int card = 0; card < 2; card++) {
            double here = y(card) + HEIGHT / 2.0, there = y(1 - card) + HEIGHT / 2.0;
            own(g, from, to, here);
            if (halves.get(column).readsBoth) {
                crossing(g, from, here, to, there);
            }
        }
    }

    private static void own(Graphics2D g, double from, double to, double y) {
        g.setColor(Style.BLUE);
        g.setStroke(OWN);
        g.draw(new Line2D.Double(from, y, to, y));
    }

    private static void crossing(Graphics2D g, double x1, double y1, double x2, double y2) {
        g.setColor(Style.VERMILION);
        g.setStroke(CROSSING);
        g.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    private static void legend(Graphics2D g, double y) {
        double x = MARGIN + NAMES;
        own(g, x, x + 34, y);
        Letters.left(g, "stays on the card", Style.AXIS, Style.INK, x + 40, y - 8);
        x += 210;
        crossing(g, x, y, x + 34, y);
        Letters.left(g, "goes to the other card, too", Style.AXIS, Style.INK, x + 40, y - 8);
    }
}
