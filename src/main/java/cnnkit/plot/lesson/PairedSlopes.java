package cnnkit.plot.lesson;

import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
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

/**
 * The same seeds under two conditions (section 7.2.1): a line for each seed, from its value under the one to its value
 * under the other, and below it the mean difference with its interval. What matters is the slope, not the height.
 * <pre>
 *     PairedSlopes.of("accuracy", "in order", "shuffled").pairs("fully connected", inOrder, shuffled)
 * </pre>
 */
public final class PairedSlopes extends TitledDrawing<PairedSlopes> {
    private static final int MARGIN = 14;
    private static final int TITLE_HEIGHT = 28;
    private static final int HEIGHT = 190; // of the lines
    private static final int AXIS_WIDTH = 62;
    private static final int BELOW = 48;
    private static final int PANEL = 300; // at most
    private static final double RADIUS = 4;

    private final String valueName;
    private final String first;
    private final String second;
    private final List<Pairs> panels = new ArrayList<>();

    /** Values in 0..1 of the same seeds. */
    private record Pairs(String name, double[] before, double[] after) {}

    private PairedSlopes(String valueName, String first, String second) {
        this.valueName = valueName;
        this.first = first;
        this.second = second;
    }

    /**
     * Two conditions.
     *
     * @param valueName what was measured, a share in 0..1, along the upright axis
     * @param first the condition at the left
     * @param second the condition at the right
     * @return a drawing to be filled
     */
    public static PairedSlopes of(String valueName, String first, String second) {
        return new PairedSlopes(valueName, first, second);
    }

    /**
     * A panel of pairs. All panels share one scale.
     *
     * @param name over the panel
     * @param before the value of each seed under the first condition
     * @param after the value of each seed under the second, in the same order
     * @return this drawing
     * @throws IllegalArgumentException if there are fewer than two pairs, or a value has none to pair with
     */
    public PairedSlopes pairs(String name, double[] before, double[] after) {
        Interval.ofDifference(after, before); // refuses what is no pairs
        panels.add(new Pairs(name, before.clone(), after.clone()));
        return this;
    }

    @Override
    protected String words() {
        List<String> words = new ArrayList<>();
        for (Pairs pairs : panels) {
            words.add(Text.of("%s from %s to %s: %s", pairs.name, first, second, change(pairs)));
        }
        return afterTitle(". ", String.join("; ", words));
    }

    private static String change(Pairs pairs) {
        return Interval.ofDifference(pairs.after, pairs.before).points().replace('-', '−');
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if there is nothing to draw yet
     */
    @Override
    public Figure figure() {
        if (panels.isEmpty()) {
            throw new IllegalStateException("PairedSlopes: there is nothing to draw yet: add pairs");
        }
        int height = top() + HEIGHT + BELOW + MARGIN;
        return Figure.draw(width(), height, Figure.FEW_COLORS, alt(), this::paint);
    }

    private int width() {
        int panelsWidth = AXIS_WIDTH + panels.size() * panelWidth() + MARGIN;
        return Math.max(panelsWidth, Letters.width(title(), Style.TITLE) + 2 * MARGIN);
    }

    private int panelWidth() {
        return Math.min(PANEL, (Style.WIDTH - AXIS_WIDTH - MARGIN) / panels.size());
    }

    private int top() {
        return MARGIN + (title().isEmpty() ? 0 : TITLE_HEIGHT) + 20;
    }

    private void paint(Graphics2D g) {
        Letters.title(g, title(), width() / 2.0, MARGIN);
        double[] all = panels.stream()
                .flatMap(pairs -> List.of(pairs.before, pairs.after).stream())
                .flatMapToDouble(Arrays::stream)
                .toArray();
        double step = 0.01;
        while ((Arrays.stream(all).max().orElseThrow()
                                - Arrays.stream(all).min().orElseThrow())
                        / step
                > 8) {
            step *= 2;
        }
        double low = step * Math.floor(Arrays.stream(all).min().orElseThrow() / step - 0.25);
        double high = step * Math.ceil(Arrays.stream(all).max().orElseThrow() / step + 0.25);
        Limits limits = new Limits(low, high);
        for (double tick = low; tick < high + step / 2; tick += step) {
            g.setColor(Style.GRID);
            g.setStroke(new BasicStroke(1));
            double right = AXIS_WIDTH + panels.size() * panelWidth();
            g.draw(new Line2D.Double(AXIS_WIDTH, y(tick, limits), right, y(tick, limits)));
            String label = Numbers.text(Math.rint(100 * tick * 100) / 100) + " %";
            Letters.right(g, label, Style.CELL, Style.INK, AXIS_WIDTH - 4, y(tick, limits) - 7);
        }
        g.setFont(Style.AXIS);
        Letters.upwards(g, valueName, 10, top() + (HEIGHT + Letters.width(valueName, Style.AXIS)) / 2.0);
        for (int i = 0; i < panels.size(); i++) {
            paintPanel(
                    g, panels.get(i), Style.LINES.get(i % Style.LINES.size()), limits, AXIS_WIDTH + i * panelWidth());
        }
    }

    private double y(double value, Limits limits) {
        return top() + HEIGHT * (limits.max() - value) / (limits.max() - limits.min());
    }

    private void paintPanel(Graphics2D g, Pairs pairs, Color color, Limits limits, double left) {
        double from = left + 0.22 * panelWidth(), to = left + 0.78 * panelWidth(), middle = (from + to) / 2;
        Letters.centre(g, pairs.name, Style.BOLD, Style.INK, middle, top() - 20);
        for (int seed = 0; seed < pairs.before.length; seed++) {
            double before = y(pairs.before[seed], limits), after = y(pairs.after[seed], limits);
            g.setColor(color);
            g.setStroke(new BasicStroke(1.5f));
            g.draw(new Line2D.Double(from, before, to, after));
            g.fill(new Ellipse2D.Double(from - RADIUS, before - RADIUS, 2 * RADIUS, 2 * RADIUS));
            g.fill(new Ellipse2D.Double(to - RADIUS, after - RADIUS, 2 * RADIUS, 2 * RADIUS));
        }
        double below = top() + HEIGHT + 8;
        Letters.centre(g, first, Style.AXIS, Style.INK, from, below);
        Letters.centre(g, second, Style.AXIS, Style.INK, to, below);
        Letters.centre(g, change(pairs), Style.BOLD, Style.INK, middle, below + 20);
    }
}
