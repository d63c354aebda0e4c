package cnnkit.plot.lesson;

import cnnkit.im2col.Window;
import cnnkit.layer.MaxPooling;
import cnnkit.plot.Cells;
import cnnkit.plot.Figure;
import cnnkit.plot.SideBySide;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.Arrow;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a gradient finds its way back through max pooling (section 7.3): what went in, with the winner of each window in
 * orange; the gradients that come back; and where each of them goes. Several that meet in one pixel add up.
 * <pre>
 *     GradientRoutes.of(x, Window.of(3).stride(2), dout)
 * </pre>
 */
public final class GradientRoutes extends TitledDrawing<GradientRoutes> {
    private static final int CELL = 36;
    private static final int GAP = 34; // between the panels, for the arrows to spread
    private static final int MARGIN = 12;
    private static final int COLORS = 2 * Figure.MANY_COLORS;
    private static final double EDGE = 6; // from the edge of a cell to a route that is alone there
    private static final double NEAREST = 3, FARTHEST = 11; // the same where there are several
    private static final BasicStroke HALO = new BasicStroke(3.5f);

    private final Tensor x; // (H, W)
    private final Window window;
    private final Tensor dout; // (OH, OW)
    private final Tensor dx; // (H, W)

    private GradientRoutes(Tensor x, Window window, Tensor dout, Tensor dx) {
        this.x = x;
        this.window = window;
        this.dout = dout;
        this.dx = dx;
    }

    /**
     * The routes through one channel.
     *
     * @param x what went in, (H, W)
     * @param window where the windows stand
     * @param dout the gradients of the output, (OH, OW)
     * @return a drawing
     * @throws ShapeException if the shapes do not belong together, or the figure would be wider than the page
     * @throws IllegalArgumentException if a window sees nothing but padding, so that its gradient has no way to go
     */
    public static GradientRoutes of(Tensor x, Window window, Tensor dout) {
        if (x.rank() != 2 || dout.rank() != 2) {
            throw new ShapeException(Text.of(
                    "GradientRoutes: expected x [H, W] and dout [OH, OW] but got %s and %s",
                    Shapes.text(x.shape()), Shapes.text(dout.shape())));
        }
        Winners.expectPixels("GradientRoutes", window, x.size(0), x.size(1));
        MaxPooling layer = new MaxPooling(window);
        layer.forward(x.reshape(1, 1, x.size(0), x.size(1)));
        Tensor dx = layer.backward(dout.reshape(1, 1, dout.size(0), dout.size(1)));
        GradientRoutes routes = new GradientRoutes(x, window, dout, dx.reshape(x.shape()));
        if (routes.width() > Style.WIDTH) {
            throw new ShapeException(Text.of(
                    "GradientRoutes: %s and %s are too wide for the page: show fewer columns",
                    Shapes.text(x.shape()), Shapes.text(dout.shape())));
        }
        return routes;
    }

    @Override
    protected String words() {
        String what = Text.of(
                "%d gradients go back to the largest numbers of their windows, %d of %d pixels",
                dout.length(),
                Winners.of(x, window).stream().map(Arrays::toString).distinct().count(),
                x.length());
        return afterTitle(": ", what);
    }

    private int width() {
        return 3 * 2 * MARGIN + 2 * GAP + (2 * x.size(1) + dout.size(1)) * CELL;
    }

    @Override
    public Figure figure() {
        Cells[] panels = {input(), gradient(dout, "dout"), gradient(dx, "dx")};
        Figure[] drawn = new Figure[panels.length];
        Rectangle[] places = new Rectangle[panels.length];
        int height = 0, width = 0;
        for (int i = 0; i < panels.length; i++) {
            drawn[i] = panels[i].figure();
            places[i] = panels[i].place(0);
            places[i].x += width;
            width += drawn[i].width() + (i < panels.length - 1 ? GAP : 0);
            height = Math.max(height, drawn[i].height());
        }
        for (int i = 0; i < panels.length; i++) {
            places[i].y += (height - drawn[i].height()) / 2;
        }
        int middle = height;
        Figure routes = Figure.draw(width, height, COLORS, alt(), g -> {
            int x0 = 0;
            for (Figure panel : drawn) {
                SideBySide.paint(g, panel, x0, (middle - panel.height()) / 2);
                x0 += panel.width() + GAP;
            }
            paintRoutes(g, places[1], places[2]);
        });
        return SideBySide.titled(title(), COLORS, routes);
    }

    /**
     * From each gradient to the winner of its window. Those that leave one row of gradients begin at different heights, and
     * those that arrive in one row of pixels end at different heights, so that none hides another.
     */
    List<Line2D.Double> routes(Rectangle gradients, Rectangle pixels) {
        List<int[]> winners = Winners.of(x, window);
        int OW = dout.size(1);
        List<Line2D.Double> routes = new ArrayList<>();
        for (int i = 0; i < winners.size(); i++) {
            int row = i / OW;
            int arrives = winners.get(i)[0];
            List<Integer> leaving = IntStream.range(row * OW, (row + 1) * OW)
                    .boxed()
                    .sorted(Comparator.comparing((Integer j) -> winners.get(j)[0]))
                    .toList();
            List<Integer> arriving = IntStream.range(0, winners.size())
                    .filter(j -> winners.get(j)[0] == arrives)
                    .boxed()
                    .toList();
            double start = gradients.y + row * CELL, upper = pixels.y + arrives * CELL;
            double fromY = start + height(leaving.indexOf(i), leaving.size(), upper < start);
            double toY = upper + height(arriving.indexOf(i), arriving.size(), fromY < upper);
            double fromX = gradients.x + (i % OW + 1) * CELL - 6;
            routes.add(new Line2D.Double(fromX, fromY, pixels.x + winners.get(i)[1] * CELL + 3, toY));
        }
        return routes;
    }

    /** Where in a row of cells a route passes: above or below the numbers, one of several in their order. */
    private static double height(int which, int of, boolean above) {
        if (of == 1) {
            return above ? EDGE : CELL - EDGE;
        }
        int upper = (of + 1) / 2, place = which < upper ? which : which - upper;
        int there = which < upper ? upper : of - upper;
        double band = there == 1 ? EDGE : NEAREST + place * (FARTHEST - NEAREST) / (there - 1);
        return which < upper ? band : CELL - (there == 1 ? EDGE : FARTHEST + NEAREST - band);
    }

    private void paintRoutes(Graphics2D g, Rectangle gradients, Rectangle pixels) {
        for (Line2D.Double route : routes(gradients, pixels)) {
            paintRoute(g, route.x1, route.y1, route.x2, route.y2);
        }
    }

    private static void paintRoute(Graphics2D g, double fromX, double fromY, double toX, double toY) {
        double angle = Math.atan2(toY - fromY, toX - fromX), gap = Arrow.ROUTE.gap();
        g.setColor(Color.WHITE); // so that it stands out from dark cells
        g.setStroke(HALO);
        g.draw(new Line2D.Double(fromX, fromY, toX - gap * Math.cos(angle), toY - gap * Math.sin(angle)));
        Arrow.ROUTE.paint(g, fromX, fromY, toX, toY);
        g.fill(new Ellipse2D.Double(fromX - 2.5, fromY - 2.5, 5, 5));
    }

    private Cells input() {
        Limits found = Limits.of(List.of(x));
        Cells cells = (found.min() < 0 ? Cells.signed(x) : Cells.pixels(x))
                .scaleLimit(Math.max(found.size(), Float.MIN_NORMAL))
                .captions("x, and its winners")
                .numbers()
                .withoutScale()
                .cellSize(CELL);
        Winners.of(x, window).forEach(winner -> cells.markPixel(winner[0], winner[1]));
        return cells;
    }

    /** Both gradients on one scale. */
    private Cells gradient(Tensor values, String name) {
        return Cells.signed(values)
                .scaleLimit(Math.max(Limits.of(List.of(dx, dout)).size(), Float.MIN_NORMAL))
                .captions(name)
                .numbers()
                .withoutScale()
                .cellSize(CELL);
    }
}
