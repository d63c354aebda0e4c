package cnnkit.notebook;

import cnnkit.plot.Curves;
import cnnkit.plot.card.Numbers;
import cnnkit.tensor.Text;
import cnnkit.train.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The curves of the live display as a small SVG: drawn by the browser, so that a frame costs the training a fraction of a
 * millisecond, and a few kilobytes in the notebook.
 */
final class LiveCurves {
    static final int WIDTH = 680;
    private static final int HEIGHT = 150;
    private static final int PLOT_WIDTH = 280;
    private static final int PLOT_HEIGHT = 105;
    private static final int POINTS = 120;

    private LiveCurves() {}

    /** Loss at the left, accuracy at the right, up to the given step. */
    static String svg(List<History.Step> steps, int lastStep) {
        double[] losses = means(steps, History.Step::loss);
        double highest = Arrays.stream(losses).filter(Double::isFinite).max().orElse(0);
        double top = Math.max(0.5, Math.ceil(2 * highest) / 2);
        double[] x = means(steps, History.Step::step);
        return Text.of(
                "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d' "
                        + "font-family='DejaVu Sans, sans-serif' font-size='12' fill='#222222'>"
                        + "<rect width='100%%' height='100%%' fill='#ffffff'/>%s%s</svg>",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT,
                plot(40, Text.shown("loss"), "#0072B2", x, losses, lastStep, top),
                plot(390, Text.shown("accuracy"), "#009E73", x, means(steps, History.Step::accuracy), lastStep, 1));
    }

    private static double[] means(List<History.Step> steps, ToDoubleFunction<History.Step> value) {
        return Curves.means(steps.stream().mapToDouble(value).toArray(), POINTS);
    }

    private static String plot(int left, String name, String color, double[] x, double[] y, int lastStep, double top) {
        int above = 20, bottom = above + PLOT_HEIGHT;
        List<String> lines = lines(left, bottom, x, y, lastStep, top);
        StringBuilder svg = new StringBuilder();
        svg.append(format("<text x='%d' y='13' font-weight='bold'>%s</text>", left, name));
        for (int quarter = 0; quarter <= 4; quarter += 2) { // lines at 0, the middle and the top
            int y0 = bottom - quarter * PLOT_HEIGHT / 4;
            svg.append(format("<path d='M%d %dh%d' stroke='#E4E4E4'/>", left, y0, PLOT_WIDTH));
            svg.append(format(
                    "<text x='%d' y='%d' text-anchor='end'>%s</text>", left - 6, y0 + 4, label(top * quarter / 4)));
        }
        svg.append(format("<text x='%d' y='%d'>0</text>", left, bottom + 15));
        svg.append(format(
                "<text x='%d' y='%d' text-anchor='end'>%s</text>",
                left + PLOT_WIDTH, bottom + 15, Text.of("step %,d", lastStep)));
        for (String points : lines) {
            svg.append(format("<polyline points='%s' fill='none' stroke='%s' stroke-width='2'/>", points, color));
        }
        long strange = Arrays.stream(y).filter(value -> !Double.isFinite(value)).count();
        if (strange > 0) {
            svg.append(format(
                    "<text x='%d' y='13' text-anchor='end'>%s</text>",
                    left + PLOT_WIDTH, Text.of("%d not finite", strange)));
        }
        return svg.toString();
    }

    /** The points of the curve; where it is no finite number, one line ends and the next begins. */
    private static List<String> lines(int left, int bottom, double[] x, double[] y, int lastStep, double top) {
        List<String> lines = new ArrayList<>();
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < x.length; i++) {
            if (Double.isFinite(y[i])) {
                append(points, left + x[i] / lastStep * PLOT_WIDTH, ',');
                append(points, bottom - y[i] / top * PLOT_HEIGHT, ' ');
            }
            boolean ends = i == x.length - 1 || !Double.isFinite(y[i]);
            if (ends && !points.isEmpty()) {
                lines.add(points.toString().trim());
                points.setLength(0);
            }
        }
        return lines;
    }

    /** One decimal, by hand: String.format would be the dearest part of a frame. */
    private static void append(StringBuilder points, double coordinate, char end) {
        long tenths = Math.round(10 * coordinate);
        points.append(tenths / 10).append('.').append(tenths % 10).append(end);
    }

    private static String label(double value) {
        if (value >= 10_000) { // there is room for a few letters
            return Numbers.text(value);
        }
        return value == Math.rint(value)
                ? format("%.0f", value)
                : format("%.2f", value).replaceAll("0$", "");
    }

    private static String format(String format, Object... values) {
        return Text.of(format, values);
    }
}
