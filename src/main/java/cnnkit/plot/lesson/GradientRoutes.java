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
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
    private static final int[] HEIGHTS = {6, 30, 2, 34, 10, 26}; // in a cell, above and below its number
    private static final double SAME_PLACE = 100, CROSSING = 3; // as bad as so many numbers that are passed
    private static final double NEAR = 9, TOO_NEAR = 2; // closer, heads of arrows and lines would touch
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
            throw new ShapeException(Text.error(
                    "GradientRoutes: expected x [H, W] and dout [OH, OW] but got %s and %s",
                    Shapes.text(x.shape()), Shapes.text(dout.shape())));
        }
        Winners.expectPixels("GradientRoutes", window, x.size(0), x.size(1));
        MaxPooling layer = new MaxPooling(window);
        layer.forward(x.reshape(1, 1, x.size(0), x.size(1)));
        Tensor dx = layer.backward(dout.reshape(1, 1, dout.size(0), dout.size(1)));
        GradientRoutes routes = new GradientRoutes(x, window, dout, dx.reshape(x.shape()));
        if (routes.width() > Style.WIDTH) {
            throw new ShapeException(Text.error(
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
        return titled(routes);
    }

    /**
     * From each gradient to the winner of its window. Those that leave one row of gradients begin at different heights, those
     * that arrive in one row of pixels end at different heights, so that none hides another; and of all heights each takes
     * those at which it passes the fewest numbers and crosses the fewest routes before it.
     */
    List<Line2D.Double> routes(Rectangle gradients, Rectangle pixels) {
        List<int[]> winners = Winners.of(x, window);
        List<Line2D.Double> routes = new ArrayList<>();
        for (int i = 0; i < winners.size(); i++) {
            int row = i / dout.size(1), column = i % dout.size(1), arrives = winners.get(i)[0];
            double fromX = gradients.x + (column + 1) * CELL - 6, toX = pixels.x + winners.get(i)[1] * CELL + 3;
            Line2D.Double best = null;
            double least = Double.POSITIVE_INFINITY;
            for (int from : HEIGHTS) {
                for (int to : HEIGHTS) {
                    Line2D.Double route = new Line2D.Double(
                            fromX, gradients.y + row * CELL + from, toX, pixels.y + arrives * CELL + to);
                    double cost = cost(route, routes, numbers(gradients), numbers(pixels));
                    if (cost < least) {
                        least = cost;
                        best = route;
                    }
                }
            }
            routes.add(best);
        }
        return routes;
    }

    /** How much a route is in the way of numbers and of others; its own slope decides between equals. */
    private static double cost(
            Line2D.Double route,
            List<Line2D.Double> others,
            List<Rectangle2D.Double> gradients,
            List<Rectangle2D.Double> pixels) {
        double cost = Math.abs(route.y2 - route.y1) / 1000;
        for (Line2D.Double other : others) {
            cost += route.y1 == other.y1 || route.y2 == other.y2 ? SAME_PLACE : 0;
            cost += route.intersectsLine(other) ? CROSSING : 0;
            double apart = Math.min(
                    Math.min(other.ptSegDist(route.getP1()), other.ptSegDist(route.getP2())),
                    Math.min(route.ptSegDist(other.getP1()), route.ptSegDist(other.getP2())));
            cost += Math.max(0, NEAR - apart) / NEAR * TOO_NEAR;
        }
        cost += gradients.stream().filter(route::intersects).count();
        return cost + pixels.stream().filter(route::intersects).count();
    }

    /** Where the numbers of a panel stand, about. */
    private static List<Rectangle2D.Double> numbers(Rectangle panel) {
        List<Rectangle2D.Double> boxes = new ArrayList<>();
        for (int y = panel.y; y < panel.y + panel.height; y += CELL) {
            for (int x = panel.x; x < panel.x + panel.width; x += CELL) {
                boxes.add(new Rectangle2D.Double(x + CELL / 2.0 - 9, y + CELL / 2.0 - 6, 18, 12));
            }
        }
        return boxes;
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
