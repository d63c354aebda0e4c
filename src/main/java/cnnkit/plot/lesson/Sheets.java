package cnnkit.plot.lesson;

import cnnkit.plot.card.Style;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.function.IntFunction;

/**
 * The third dimension: slices of a block as sheets, one behind the other, slice 0 in front.
 *
 * @param count how many sheets
 * @param width of a sheet, in points
 * @param height of a sheet, in points
 * @param step how far each stands behind the one before it, to the right and up
 */
record Sheets(int count, double width, double height, double step) {
    /** What leaves a layer: the channels of the output are others than those of the input, so they have no tint. */
    static final Color OUTPUT = new Color(0xDDE4EA);

    double fullWidth() {
        return width + (count - 1) * step;
    }

    double fullHeight() {
        return height + (count - 1) * step;
    }

    /** Paints from the back to the front; left and top are those of all sheets together. */
    void paint(Graphics2D g, double left, double top, IntFunction<Color> colors) {
        for (int i = count - 1; i >= 0; i--) {
            Rectangle2D sheet = new Rectangle2D.Double(left + i * step, top + (count - 1 - i) * step, width, height);
            g.setColor(colors.apply(i));
            g.fill(sheet);
            g.setColor(Style.INK);
            g.setStroke(new BasicStroke(1));
            g.draw(sheet);
        }
    }
}
