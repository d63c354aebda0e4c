package cnnkit.plot.lesson;

import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.CellMark;
import cnnkit.plot.card.Fitted;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a window stands along one side of its input, a line for each way to decide (section 7.2.4).
 * <pre>
 *     WindowPlaces.of(3).line("round down", 8, 0, 3).line("round up", 8, 0, 3, 6)
 * </pre>
 * Each window is a bracket over the pixels that it reads. A pixel that no window reads is crossed out; where a window
 * reads beyond the input there is no pixel, and the place is dashed.
 */
public final class WindowPlaces extends TitledDrawing<WindowPlaces> {
    private static final int MARGIN = 14;
    private static final int LARGEST_CELL = 30;
    private static final int LONGEST_NAME = 180; // of a line, in points
    private static final int BRACKETS = 22; // the room over the cells, for brackets on two levels
    private static final int LINE_GAP = 16;

    private final int kernel;
    private final List<Line> lines = new ArrayList<>();

    /** One decision: the pixels along one side, and where windows begin. */
    private record Line(String name, int size, int[] starts) {
        boolean isRead(int pixel, int kernel) {
            return Arrays.stream(starts).anyMatch(start -> start <= pixel && pixel < start + kernel);
        }

        int end(int kernel) {
            return Math.max(size, starts.length == 0 ? 0 : starts[starts.length - 1] + kernel);
        }
    }

    private WindowPlaces(int kernel) {
        this.kernel = kernel;
    }

    /**
     * Places of a window.
     *
     * @param kernel its size, in pixels, from 1
     * @return places to be filled
     * @throws IllegalArgumentException if it is smaller
     */
    public static WindowPlaces of(int kernel) {
        if (kernel < 1) {
            throw new IllegalArgumentException(
                    Text.error("WindowPlaces: a window has at least one pixel but got %s", kernel));
        }
        return new WindowPlaces(kernel);
    }

    /**
     * A line of the figure.
     *
     * @param name at its left
     * @param size the pixels along the side of the input, from 1
     * @param starts where windows begin, from 0, rising; none if it is refused
     * @return these places
     * @throws IllegalArgumentException if there is no pixel, or a window begins outside the input or before the one in
     *     front of it
     */
    public WindowPlaces line(String name, int size, int... starts) {
        if (size < 1) {
            throw new IllegalArgumentException(
                    Text.error("WindowPlaces: an input has at least one pixel but got %s", size));
        }
        for (int i = 0; i < starts.length; i++) {
            if (starts[i] < 0 || starts[i] >= size || i > 0 && starts[i] <= starts[i - 1]) {
                throw new IllegalArgumentException(Text.error(
                        "WindowPlaces: windows must begin at rising places from 0 to %d but got %s",
                        size - 1, Arrays.toString(starts)));
            }
        }
        lines.add(new Line(name, size, starts.clone()));
        return this;
    }

    @Override
    protected String words() {
        List<String> words = lines.stream()
                .map(line -> Text.shown(line.name()) + Text.of(": ") + verdict(line))
                .toList();
        return afterTitle(". ", String.join(Text.of("; "), words));
    }

    /** What a line comes to. */
    private String verdict(Line line) {
        if (line.starts().length == 0) {
            return Text.shown("refused");
        }
        long dropped = IntStream.range(0, line.size())
                .filter(i -> !line.isRead(i, kernel))
                .count();
        int over = line.end(kernel) - line.size();
        return Text.of(line.starts().length == 1 ? "%s window" : "%s windows", line.starts().length)
                + (dropped > 0 ? Text.of(", %s dropped", dropped) : "")
                + (over > 0 ? Text.of(", %s beyond the input", over) : "")
                + (dropped + over == 0 ? Text.shown(", it fits") : "");
    }

    @Override
    public Figure figure() {
        if (lines.isEmpty()) {
            throw new IllegalStateException(Text.error("WindowPlaces: there is nothing to draw yet: add a line"));
        }
        int names = lines.stream().mapToInt(line -> name(line).width()).max().orElseThrow() + 12;
        int verdicts =
                lines.stream().mapToInt(line -> width(verdict(line))).max().orElseThrow() + 12;
        int longest = lines.stream().mapToInt(line -> line.end(kernel)).max().orElseThrow();
        int cell = Math.max(4, Math.min(LARGEST_CELL, (Style.WIDTH - 2 * MARGIN - names - verdicts) / longest));
        int width = names + longest * cell + verdicts + 2 * MARGIN;
        int highest = lines.stream().mapToInt(line -> name(line).height()).max().orElseThrow();
        int pitch = LINE_GAP + Math.max(BRACKETS + cell, highest);
        int above = (pitch - LINE_GAP - cell + BRACKETS) / 2; // over the cells of a line
        int left = MARGIN + names;
        int height = MARGIN + lines.size() * pitch - LINE_GAP + MARGIN;
        return titled(Figure.draw(width, height, Figure.FEW_COLORS, alt(), g -> {
            g.setFont(Style.AXIS);
            for (int i = 0; i < lines.size(); i++) {
                paint(g, lines.get(i), left, MARGIN + i * pitch + above, cell);
            }
        }));
    }

    private static int width(String text) {
        return Letters.width(text, Style.AXIS);
    }

    private static Fitted name(Line line) {
        return Fitted.of(line.name(), Style.AXIS, LONGEST_NAME);
    }

    private void paint(Graphics2D g, Line line, int left, int y, int cell) {
        float baseline = y + cell / 2f + 5;
        Fitted name = name(line);
        name.right(g, Style.INK, left - 12.0, y + (cell - name.height()) / 2.0);
        g.setFont(Style.AXIS);
        g.setColor(Style.INK);
        Letters.from(g, verdict(line), left + line.end(kernel) * cell + 12, baseline);
        for (int pixel = 0; pixel < line.end(kernel); pixel++) {
            paintPixel(g, line, pixel, left + pixel * cell, y, cell);
        }
        for (int i = 0; i < line.starts().length; i++) {
            int from = left + line.starts()[i] * cell + 2, to = left + (line.starts()[i] + kernel) * cell - 2;
            int level = y - 6 - i % 2 * 7; // neighbours that overlap stay apart
            g.setColor(i % 2 == 0 ? Style.VERMILION : Style.BLUE);
            g.setStroke(new BasicStroke(3));
            g.draw(new Line2D.Double(from, level, to, level));
            g.draw(new Line2D.Double(from, level, from, y - 2));
            g.draw(new Line2D.Double(to, level, to, y - 2));
        }
    }

    private void paintPixel(Graphics2D g, Line line, int pixel, int x, int y, int cell) {
        boolean beyond = pixel >= line.size();
        g.setColor(beyond ? Color.WHITE : Style.GRID);
        g.fill(new Rectangle2D.Double(x, y, cell, cell));
        g.setColor(beyond ? Style.VERMILION : Style.FAINT);
        g.setStroke(
                beyond
                        ? new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 3}, 0)
                        : new BasicStroke(1));
        g.draw(new Rectangle2D.Double(x + 0.5, y + 0.5, cell - 1, cell - 1));
        if (!beyond && line.starts().length > 0 && !line.isRead(pixel, kernel)) {
            new CellMark(CellMark.Role.DROPPED, 0, 0, 1, 1).paint(g, x, y, cell);
        } else {
            String number = beyond ? "?" : Integer.toString(pixel);
            g.setColor(beyond ? Style.VERMILION : Style.INK);
            Letters.from(g, number, x + (cell - width(number)) / 2f, y + cell / 2f + 5);
        }
    }
}
