package cnnkit.plot.learned;

import cnnkit.inspect.Occlusion;
import cnnkit.inspect.Region;
import cnnkit.plot.Cells;
import cnnkit.plot.Figure;
import cnnkit.plot.SideBySide;
import cnnkit.plot.card.CellKind;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.util.List;

/** An image, and beside it what a patch does to the score, with the outline of the image drawn over it. */
final class OcclusionMap {
    private static final int CELL = 10;
    private static final int LARGEST = 300;
    private static final int COLORS = 256; // two colour scales
    private static final BasicStroke OUTLINE = new BasicStroke(1.5f);

    private OcclusionMap() {}

    static Figure figure(Occlusion occlusion) {
        Tensor image = Learned.grey(occlusion.image());
        int H = image.size(0), W = image.size(1);
        int cell = Math.max(1, Math.min(CELL, LARGEST / Math.max(H, W)));
        Region hidden = occlusion.mostImportant().inside(H, W);
        Figure left = Cells.pixels(image)
                .title(Text.of(
                        "the patch that takes\naway most: %s",
                        Numbers.text(occlusion.drops().max())))
                .cellSize(cell)
                .markWindow(hidden.top(), hidden.left(), hidden.height(), hidden.width())
                .figure();
        Cells map = Cells.signed(occlusion.map())
                .title(Text.of(
                        "taken from the score of %d, %s,\nby patches over this pixel",
                        occlusion.label(), Numbers.text(occlusion.score())))
                .cellSize(cell);
        Rectangle place = map.place(0);
        Figure right = map.figure().over(g -> outline(g, image, place.x, place.y, cell));
        String alt = Text.of("Occlusion: %s.", occlusion);
        return SideBySide.of(alt, COLORS, List.of(left, right));
    }

    /** A line wherever a bright pixel lies beside a dark one. */
    private static void outline(Graphics2D g, Tensor image, int left, int top, int cell) {
        Limits limits = CellKind.PIXELS.limits(List.of(image));
        double middle = (limits.min() + limits.max()) / 2;
        int H = image.size(0), W = image.size(1);
        g.setStroke(OUTLINE);
        g.setColor(Style.INK);
        for (int y = 0; y < H; y++) {
            for (int x = 0; x < W; x++) {
                boolean bright = image.get(y, x) > middle;
                int x0 = left + x * cell, y0 = top + y * cell;
                if (x + 1 < W && bright != image.get(y, x + 1) > middle) {
                    g.draw(new Line2D.Double(x0 + cell, y0, x0 + cell, y0 + cell));
                }
                if (y + 1 < H && bright != image.get(y + 1, x) > middle) {
                    g.draw(new Line2D.Double(x0, y0 + cell, x0 + cell, y0 + cell));
                }
            }
        }
    }
}
