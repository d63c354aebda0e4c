package cnnkit.plot;

import cnnkit.im2col.Window;
import cnnkit.layer.MaxPooling;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.Arrays;
import java.util.List;

/**
 * How a gradient finds its way back through max pooling (section 7.3): what went in, with the winner of each window in
 * orange; the gradients that come back; and where each of them goes. Several that meet in one pixel add up.
 * <pre>
 *     GradientRoutes.of(x, Window.of(3).stride(2), dout)
 * </pre>
 */
public final class GradientRoutes implements Drawing {
    private static final int CELL = 36;
    private static final int GAP = 34; // between the panels, for the arrows to spread
    private static final int MARGIN = 12;
    private static final int TITLE_ROOM = 28;
    private static final BasicStroke ROUTE = new BasicStroke(1.75f);
    private static final BasicStroke HALO = new BasicStroke(3.5f);

    private final Tensor x; // (H, W)
    private final Window window;
    private final Tensor dout; // (OH, OW)
    private final Tensor dx; // (H, W)
    private String title = "";
    private String alt;

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
     * @param window where the windows stand, without padding
     * @param dout the gradients of the output, (OH, OW)
     * @return a drawing
     * @throws ShapeException if the shapes do not belong together, or the figure would be wider than the page
     */
    public static GradientRoutes of(Tensor x, Window window, Tensor dout) {
        if (x.rank() != 2 || dout.rank() != 2) {
            throw new ShapeException("GradientRoutes: expected x [H, W] and dout [OH, OW] but got %s and %s"
                    .formatted(Shapes.text(x.shape()), Shapes.text(dout.shape())));
        }
        MaxPooling layer = new MaxPooling(window);
        layer.forward(x.reshape(1, 1, x.size(0), x.size(1)));
        Tensor dx = layer.backward(dout.reshape(1, 1, dout.size(0), dout.size(1)));
        GradientRoutes routes = new GradientRoutes(x, window, dout, dx.reshape(x.shape()));
        if (routes.width() > Style.WIDTH) {
            throw new ShapeException("GradientRoutes: %s and %s are too wide for the page: show fewer columns"
                    .formatted(Shapes.text(x.shape()), Shapes.text(dout.shape())));
        }
        return routes;
    }

    /**
     * A title over the figure.
     *
     * @param text in bold
     * @return this drawing
     */
    public GradientRoutes title(String text) {
        title = text;
        return this;
    }

    /**
     * What there is to see, for those who cannot see it: the finding rather than the title.
     *
     * @param sentence in words
     * @return this drawing
     */
    public GradientRoutes alt(String sentence) {
        alt = sentence;
        return this;
    }

    private String alt() {
        if (alt != null) {
            return alt;
        }
        String what = "%d gradients go back to the largest numbers of their windows, %d of %d pixels"
                .formatted(
                        dout.length(),
                        Winners.of(x, window).stream()
                                .map(Arrays::toString)
                                .distinct()
                                .count(),
                        x.length());
        return title.isEmpty() ? what : title + ": " + what;
    }

    private int width() {
        return 3 * 2 * MARGIN + 2 * GAP + (2 * x.size(1) + dout.size(1)) * CELL;
    }

    @Override
    public Figure figure() {
        List<int[]> winners = Winners.of(x, window);
        CellsPainter[] panels = {input(winners), gradient(dout, "dout"), gradient(dx, "dx")};
        Figure[] drawn = new Figure[panels.length];
        int[] left = new int[panels.length], top = new int[panels.length];
        int height = 0, x0 = 0;
        for (int i = 0; i < panels.length; i++) {
            drawn[i] = panels[i].figure();
            left[i] = x0;
            x0 += drawn[i].width() + (i < panels.length - 1 ? GAP : 0);
            height = Math.max(height, drawn[i].height());
        }
        int above = title.isEmpty() ? 0 : TITLE_ROOM;
        for (int i = 0; i < panels.length; i++) {
            top[i] = above + (height - drawn[i].height()) / 2;
        }
        int inside = x0;
        int width = Math.max(inside, CellsPainter.textWidth(title, Style.TITLE) + 2 * MARGIN);
        int shift = (width - inside) / 2;
        return Figure.draw(width, above + height, 2 * Figure.MANY_COLORS, alt(), g -> {
            g.translate(shift, 0);
            for (int i = 0; i < panels.length; i++) {
                g.drawImage(drawn[i].image(), left[i], top[i], drawn[i].width(), drawn[i].height(), null);
            }
            for (int i = 0; i < winners.size(); i++) {
                int oy = i / dout.size(1), ox = i % dout.size(1);
                double fromX = left[1] + panels[1].panelLeft(0) + (ox + 1) * CELL - 6;
                double toX = left[2] + panels[2].panelLeft(0) + winners.get(i)[1] * CELL + 3;
                double upper = top[2] + panels[2].panelTop(0) + winners.get(i)[0] * CELL;
                double start = top[1] + panels[1].panelTop(0) + oy * CELL;
                double fromY = upper < start ? start + 6 : start + CELL - 6; // past the numbers to the right of it
                double toY = fromY < upper ? upper + 6 : upper + CELL - 6; // on the near side of its number
                paintRoute(g, fromX, fromY, toX, toY);
            }
            g.translate(-shift, 0);
            paintTitle(g, width);
        });
    }

    private void paintTitle(Graphics2D g, int width) {
        g.setFont(Style.TITLE);
        g.setColor(Style.INK);
        FontMetrics metrics = g.getFontMetrics();
        g.drawString(title, (width - metrics.stringWidth(title)) / 2f, MARGIN + metrics.getAscent());
    }

    private static void paintRoute(Graphics2D g, double fromX, double fromY, double toX, double toY) {
        double angle = Math.atan2(toY - fromY, toX - fromX);
        Line2D route = new Line2D.Double(fromX, fromY, toX - 6 * Math.cos(angle), toY - 6 * Math.sin(angle));
        g.setColor(Color.WHITE); // so that it stands out from dark cells
        g.setStroke(HALO);
        g.draw(route);
        g.setColor(Style.BLUE);
        g.setStroke(ROUTE);
        g.draw(route);
        g.fill(new Ellipse2D.Double(fromX - 2.5, fromY - 2.5, 5, 5));
        PoolingWindows.paintHead(g, toX, toY, angle);
    }

    private CellsPainter input(List<int[]> winners) {
        Cells cells = (x.min() < 0 ? Cells.signed(x) : Cells.pixels(x))
                .scaleLimit(Math.max(Math.max(x.max(), -x.min()), Float.MIN_NORMAL))
                .captions("x, and its winners")
                .numbers()
                .withoutScale()
                .cellSize(CELL);
        winners.forEach(winner -> cells.markPixel(winner[0], winner[1]));
        return new CellsPainter(cells);
    }

    /** Both gradients on one scale. */
    private CellsPainter gradient(Tensor values, String name) {
        double most = Math.max(Math.max(dx.max(), -dx.min()), Math.max(dout.max(), -dout.min()));
        return new CellsPainter(Cells.signed(values)
                .scaleLimit(Math.max(most, Float.MIN_NORMAL))
                .captions(name)
                .numbers()
                .withoutScale()
                .cellSize(CELL));
    }

    /**
     * What is drawn, in words.
     *
     * @return the alt text
     */
    @Override
    public String toString() {
        return alt();
    }
}
