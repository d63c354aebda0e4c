package cnnkit.plot.chart;

import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Sheet;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Text;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/**
 * Draws bars with XChart, and their numbers over them: XChart would put numbers into the bars, where those of short bars
 * are cut off.
 */
final class BarChart {
    private static final double FILLED = 0.8; // of the room of a category
    private static final int LABEL_GAP = 3;
    private static final int MANY = 15;
    private static final int LEFT = 60; // about where the plot begins
    private static final int MARGIN = 10;

    private final BarSettings bars;
    private final Limits limits;
    private final CategoryChart chart;
    private final Frame frame;
    private final Labels labels;
    private final List<Key> keys = new ArrayList<>();
    private final Set<String> ticks = new LinkedHashSet<>();

    BarChart(BarSettings bars) {
        this.bars = bars;
        bars.values().check("Bars.limits");
        limits = bars.values().limits() != null ? bars.values().limits() : limits(bars);
        requireInside();
        int room = (Style.WIDTH - LEFT - MARGIN) / bars.categories().size();
        labels = Labels.of(bars.categories(), room - LABEL_GAP);
        frame = Frame.of(Style.WIDTH, bars.height(), "", bars.values().name());
        chart = chart();
    }

    /** A bar that is cut off would tell a wrong number. */
    private void requireInside() {
        bars.series().forEach((name, values) -> {
            for (int i = 0; i < values.length; i++) {
                double end = top(name, i, values[i]);
                if (end > limits.max()) {
                    throw new IllegalArgumentException(Text.error(
                            "Bars: %s of %s is %s, beyond the end of its axis, %s: widen the limits",
                            name, bars.categories().get(i), bars.number(end), Numbers.text(limits.max())));
                }
            }
        });
    }

    /** Where a bar ends, or its interval. */
    private double top(String series, int category, double value) {
        BarSettings.Spread spread = bars.spreads().get(series);
        return spread == null ? value : spread.high()[category];
    }

    Sheet sheet() {
        Plot plot = new Plot(frame, chart, keys, List.of())
                .over(this::paintLabels)
                .over(this::paintWhiskers)
                .over(this::paintNumbers);
        return new Sheet(plot.width(), plot.height(), plot::paint);
    }

    private CategoryChart chart() {
        CategoryChart made = new CategoryChartBuilder()
                .width(frame.chartWidth())
                .height(frame.chartHeight() - labels.height())
                .build();
        ChartLook.apply(made);
        made.getStyler().setXAxisTicksVisible(false); // XChart skips labels, and writes long ones over each other
        made.getStyler().setAvailableSpaceFill(FILLED);
        made.getStyler()
                .setYAxisLogarithmic(bars.values().logarithmic())
                .setYAxisMin(limits.min())
                .setYAxisMax(limits.max())
                .setYAxisTickLabelsFormattingFunction(this::tick)
                .setPlotGridVerticalLinesVisible(false)
                .setPlotGridLinesColor(bars.values().logarithmic() ? Style.FAINT_GRID : Style.GRID);
        for (Map.Entry<String, double[]> series : bars.series().entrySet()) {
            Color color = Style.FILLS.get(keys.size() % Style.FILLS.size());
            List<Double> values = Arrays.stream(series.getValue()).boxed().toList();
            made.addSeries(series.getKey(), bars.categories(), values).setFillColor(color);
            keys.add(Key.box(series.getKey(), color));
        }
        bars.spreads().values().stream()
                .map(BarSettings.Spread::name)
                .distinct()
                .forEach(name -> keys.add(Key.whisker(name)));
        return made;
    }

    private String tick(double value) {
        String text = Numbers.tick(value);
        ticks.add(text);
        return text;
    }

    /** What is written at the value axis, in order; known when the chart has been painted. */
    List<String> ticks() {
        return List.copyOf(ticks);
    }

    /**
     * From 0, or a little below the lowest bar that hangs down, or on a logarithmic axis from a power of ten below the
     * smallest bar, to a little above the largest.
     */
    private static Limits limits(BarSettings bars) {
        double[] all = DoubleStream.concat(
                        bars.series().values().stream().flatMapToDouble(Arrays::stream),
                        bars.spreads().values().stream()
                                .flatMapToDouble(spread ->
                                        DoubleStream.concat(Arrays.stream(spread.low()), Arrays.stream(spread.high()))))
                .toArray();
        double max = Arrays.stream(all).max().orElseThrow();
        if (!bars.values().logarithmic()) {
            double lowest = Math.min(0, Arrays.stream(all).min().orElseThrow());
            double share = all.length > MANY ? 0.2 : 0.12; // numbers over narrow bars stand upright
            double room = share * (Math.max(0, max) - lowest);
            return new Limits(lowest < 0 ? lowest - room : 0, Math.max(0, max) + (room > 0 ? room : 1));
        }
        if (max <= 0) {
            throw new IllegalArgumentException(Text.error(
                    "Bars: a logarithmic axis has a place only for numbers above 0 but the largest is %s: leave out "
                            + "logarithmic()",
                    max));
        }
        double min = Arrays.stream(all).filter(value -> value > 0).min().orElseThrow();
        return new Limits(
                Math.pow(10, Math.floor(Math.log10(min) - 0.3)), Math.pow(10, Math.ceil(Math.log10(max) + 0.1)));
    }

    private void paintLabels(Graphics2D g) {
        double bottom = chart.getHeight() - MARGIN + LABEL_GAP; // below the frame of the plot
        for (int i = 0; i < bars.categories().size(); i++) {
            labels.paint(g, i, (chart.getScreenXFromChart(i) + chart.getScreenXFromChart(i + 1)) / 2, bottom);
        }
    }

    private void paintWhiskers(Graphics2D g) {
        int number = 0;
        for (String name : bars.series().keySet()) {
            BarSettings.Spread spread = bars.spreads().get(name);
            for (int i = 0; spread != null && i < spread.low().length; i++) {
                if (spread.high()[i] >= limits.min()) {
                    double low = chart.getScreenYFromChart(Math.max(spread.low()[i], limits.min()));
                    Whisker.paint(g, Style.INK, middle(number, i), low, chart.getScreenYFromChart(spread.high()[i]));
                }
            }
            number++;
        }
    }

    private void paintNumbers(Graphics2D g) {
        g.setFont(Style.CELL);
        g.setColor(Style.INK);
        FontMetrics metrics = g.getFontMetrics();
        boolean turned = numbersAreTooWide(metrics);
        int number = 0;
        for (Map.Entry<String, double[]> series : bars.series().entrySet()) {
            double[] values = series.getValue();
            BarSettings.Spread spread = bars.spreads().get(series.getKey());
            for (int category = 0; category < values.length; category++) {
                String text = bars.number(values[category]);
                boolean hangs = values[category] < 0 && limits.min() < 0;
                double last = spread == null ? values[category] : (hangs ? spread.low() : spread.high())[category];
                double end = chart.getScreenYFromChart(Math.max(last, limits.min()));
                if (turned) {
                    double y = hangs ? end + LABEL_GAP + metrics.stringWidth(text) : end - LABEL_GAP;
                    Letters.upwards(g, text, middle(number, category), y);
                } else {
                    double baseline = hangs ? end + metrics.getAscent() : end - LABEL_GAP;
                    Letters.onBaseline(g, text, middle(number, category), baseline);
                }
            }
            number++;
        }
    }

    /** Whether the bars are so narrow that their numbers would run into each other. */
    private boolean numbersAreTooWide(FontMetrics metrics) {
        double room = (chart.getScreenXFromChart(1) - chart.getScreenXFromChart(0))
                / bars.series().size();
        return bars.series().values().stream()
                .flatMapToDouble(Arrays::stream)
                .anyMatch(value -> metrics.stringWidth(bars.number(value)) > room);
    }

    /** The middle of a bar: XChart gives category i the room from i to i + 1 on its horizontal axis. */
    private double middle(int number, int category) {
        double from = chart.getScreenXFromChart(category), to = chart.getScreenXFromChart(category + 1);
        double share =
                (1 - FILLED) / 2 + FILLED * (number + 0.5) / bars.series().size();
        return from + share * (to - from);
    }
}
