package cnnkit.plot;

import cnnkit.plot.card.Fitted;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Text;
import cnnkit.train.Interval;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The same seeds under two conditions: a line for each seed from the one to the other, and beside it the mean difference
 * with its 95 % interval. Where the interval does not reach the dashed line, the mean of the first condition, the
 * difference is more than chance.
 * <pre>
 *     PairedSlopes.of("validation accuracy", "in order", "shuffled")
 *         .pairs("fully connected", fcInOrder, fcShuffled)
 *         .pairs("convolutional", cnnInOrder, cnnShuffled)
 * </pre>
 */
public final class PairedSlopes extends TitledDrawing<PairedSlopes> {
    private static final int MARGIN = 14;
    private static final int PLOT = 220; // the height of the axis
    private static final int WIDEST = 330; // of a panel
    private static final int GAP = 14;
    private static final double FIRST = 0.16,
            SECOND = 0.52,
            THIRD = 0.85; // where in a panel: the conditions, the difference
    private static final double DOT = 3.5;
    private static final BasicStroke THIN = new BasicStroke(1.25f);
    private static final BasicStroke THICK = new BasicStroke(3);
    private static final BasicStroke DASHED =
            new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 3}, 0);

    private final String valueName;
    private final String from;
    private final String to;
    private final List<Panel> panels = new ArrayList<>();
    private Limits limits; // null: from the values

    /** The pairs of one kind; difference: second minus first. */
    private record Panel(String name, double[] first, double[] second, Interval difference) {
        double mean() {
            return Arrays.stream(first).average().orElseThrow();
        }

        DoubleStream values() {
            DoubleStream ends = DoubleStream.of(mean() + difference.low(), mean() + difference.high());
            return DoubleStream.concat(ends, DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)));
        }
    }

    private PairedSlopes(String valueName, String from, String to) {
        this.valueName = valueName;
        this.from = from;
        this.to = to;
    }

    /**
     * Two conditions.
     *
     * @param valueName what is measured, along the vertical axis
     * @param from the first condition, at the left
     * @param to the second condition
     * @return slopes to be filled
     */
    public static PairedSlopes of(String valueName, String from, String to) {
        return new PairedSlopes(valueName, from, to);
    }

    /**
     * Pairs of one kind, in a panel of their own; all panels share one axis.
     *
     * @param name over the panel; may be empty
     * @param first one finite number per seed, under the first condition
     * @param second as many, of the same seeds in the same order, under the second condition
     * @return these slopes
     * @throws IllegalArgumentException if there is another number of them, fewer than two, or one is no finite number
     */
    public PairedSlopes pairs(String name, double[] first, double[] second) {
        panels.add(new Panel(name, first.clone(), second.clone(), Interval.ofDifference(second, first)));
        return this;
    }

    /**
     * Where the axis begins and ends. Numbers beyond it are refused.
     *
     * @param min its lower end
     * @param max its upper end
     * @return these slopes
     * @throws IllegalArgumentException unless both are finite and rise
     */
    public PairedSlopes limits(double min, double max) {
        limits = Limits.axis("PairedSlopes.limits", min, max);
        return this;
    }

    @Override
    protected String words() {
        List<String> words = panels.stream()
                .map(panel -> Text.of(
                        "%s%d of %d seeds fall from %s to %s, %s",
                        panel.name().isEmpty() ? "" : Text.shown(panel.name()) + Text.of(": "),
                        IntStream.range(0, panel.first().length)
                                .filter(i -> panel.second()[i] < panel.first()[i])
                                .count(),
                        panel.first().length,
                        from,
                        to,
                        difference(panel)))
                .toList();
        return afterTitle(". ", String.join(Text.of("; "), words));
    }

    /** The difference and its interval, with two digits of what is uncertain. */
    private static String difference(Panel panel) {
        Interval interval = panel.difference();
        double half = (interval.high() - interval.low()) / 2;
        double size = half > 0 ? half : Math.abs(interval.estimate());
        int decimals = size > 0 ? (int) Math.max(0, Math.min(6, 1 - Math.floor(Math.log10(size)))) : 0;
        return Text.of(
                "difference %s (%s to %s)",
                signed(interval.estimate(), decimals),
                signed(interval.low(), decimals),
                signed(interval.high(), decimals));
    }

    private static String signed(double value, int decimals) {
        String text = Numbers.text(value, decimals);
        return value > 0 ? "+" + text : text;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if there is nothing to draw yet
     * @throws IllegalArgumentException if a number lies beyond the limits of the axis
     */
    @Override
    public Figure figure() {
        if (panels.isEmpty()) {
            throw new IllegalStateException(Text.error("PairedSlopes: there is nothing to draw yet: add pairs"));
        }
        double[] all = panels.stream().flatMapToDouble(Panel::values).toArray();
        for (double value : all) {
            if (limits != null && !limits.contain(value)) {
                throw new IllegalArgumentException(Text.error(
                        "PairedSlopes: %s is beyond the axis from %s to %s: widen the limits",
                        value, limits.min(), limits.max()));
            }
        }
        Plan plan = new Plan(axis(all));
        return titled(Figure.draw(plan.width, plan.height, Figure.FEW_COLORS, alt(), g -> paint(g, plan)));
    }

    private Limits axis(double... all) {
        if (limits != null) {
            return limits;
        }
        double min = Arrays.stream(all).min().orElseThrow(),
                max = Arrays.stream(all).max().orElseThrow();
        double room = max > min ? 0.06 * (max - min) : 1;
        return new Limits(min - room, max + room);
    }

    /** Where everything stands. */
    private final class Plan {
        final Limits axis;
        final double step;
        final int left;
        final int panel;
        final int top;
        final int width;
        final int height;
        final List<Fitted> names;
        final List<Fitted> below; // from, to, the difference
        final List<Fitted> differences;

        Plan(Limits axis) {
            this.axis = axis;
            step = SeedDots.step(axis.max() - axis.min());
            int ticks = IntStream.rangeClosed((int) Math.ceil(axis.min() / step), (int) Math.floor(axis.max() / step))
                    .map(i -> Letters.width(tick(i), Style.CELL))
                    .max()
                    .orElse(0);
            left = MARGIN + Letters.height(Style.AXIS) + 8 + ticks + 8;
            panel = Math.min(WIDEST, (Style.WIDTH - left - MARGIN - (panels.size() - 1) * GAP) / panels.size());
            width = left + panels.size() * (panel + GAP) - GAP + MARGIN;
            names = panels.stream()
                    .map(each -> Fitted.of(each.name(), Style.BOLD, panel))
                    .toList();
            below = List.of(
                    Fitted.of(from, Style.AXIS, 2 * FIRST * panel),
                    Fitted.of(to, Style.AXIS, (SECOND - FIRST) * panel - 4),
                    Fitted.of("difference", Style.CELL, 2 * (1 - THIRD) * panel));
            differences = panels.stream()
                    .map(each -> Fitted.of(difference(each), Style.CELL, panel))
                    .toList();
            top = MARGIN + highest(names) + 6;
            height = bottom() + 8 + highest(below) + 6 + highest(differences) + MARGIN;
        }

        private int highest(List<Fitted> texts) {
            return texts.stream().mapToInt(Fitted::height).max().orElse(0);
        }

        int bottom() {
            return top + PLOT;
        }

        double y(double value) {
            return bottom() - (value - axis.min()) * PLOT / (axis.max() - axis.min());
        }

        String tick(int i) {
            return Numbers.tick(i, step);
        }
    }

    private void paint(Graphics2D g, Plan plan) {
        Fitted.unbroken(valueName, Style.AXIS, PLOT).upwards(g, Style.INK, MARGIN, plan.top + PLOT / 2.0);
        for (int i = (int) Math.ceil(plan.axis.min() / plan.step); i * plan.step <= plan.axis.max(); i++) {
            double y = plan.y(i * plan.step);
            Letters.right(g, plan.tick(i), Style.CELL, Style.INK, plan.left - 8, y - Letters.height(Style.CELL) / 2.0);
        }
        for (int i = 0; i < panels.size(); i++) {
            paintPanel(g, plan, i, plan.left + i * (plan.panel + GAP));
        }
    }

    private void paintPanel(Graphics2D g, Plan plan, int index, int left) {
        Panel panel = panels.get(index);
        double a = left + FIRST * plan.panel, b = left + SECOND * plan.panel, c = left + THIRD * plan.panel;
        g.setStroke(new BasicStroke(1));
        g.setColor(Style.GRID);
        for (int i = (int) Math.ceil(plan.axis.min() / plan.step); i * plan.step <= plan.axis.max(); i++) {
            g.draw(new Line2D.Double(left, plan.y(i * plan.step), left + plan.panel, plan.y(i * plan.step)));
        }
        g.setColor(Style.RULE);
        g.drawRect(left, plan.top, plan.panel, PLOT);
        plan.names.get(index).centre(g, Style.INK, left + plan.panel / 2.0, MARGIN);
        for (int i = 0; i < panel.first().length; i++) {
            double from = plan.y(panel.first()[i]), to = plan.y(panel.second()[i]);
            g.setStroke(THIN);
            g.setColor(new Color(Style.BLUE.getRed(), Style.BLUE.getGreen(), Style.BLUE.getBlue(), 170));
            g.draw(new Line2D.Double(a, from, b, to));
            dot(g, a, from, DOT);
            dot(g, b, to, DOT);
        }
        double mean = panel.mean();
        g.setColor(Style.FAINT);
        g.setStroke(DASHED);
        g.draw(new Line2D.Double(a, plan.y(mean), left + plan.panel, plan.y(mean)));
        Interval difference = panel.difference();
        double low = plan.y(mean + difference.low()), high = plan.y(mean + difference.high());
        g.setColor(Style.VERMILION);
        g.setStroke(THICK);
        g.draw(new Line2D.Double(c, low, c, high));
        g.setStroke(new BasicStroke(2));
        g.draw(new Line2D.Double(c - 6, low, c + 6, low));
        g.draw(new Line2D.Double(c - 6, high, c + 6, high));
        dot(g, c, plan.y(mean + difference.estimate()), 1.4 * DOT);
        double[] places = {a, b, c};
        for (int i = 0; i < places.length; i++) {
            plan.below.get(i).centre(g, i == 2 ? Style.VERMILION : Style.INK, places[i], plan.bottom() + 8);
        }
        Fitted text = plan.differences.get(index);
        text.centre(g, Style.INK, left + plan.panel / 2.0, plan.bottom() + 14 + plan.highest(plan.below));
    }

    private static void dot(Graphics2D g, double x, double y, double radius) {
        g.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }
}
