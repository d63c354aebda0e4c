package cnnkit.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * Square cells at a place on a card: what the figures of section 7.4 are put together from.
 *
 * @param left the left edge, in points
 * @param top the upper edge, in points
 * @param rows of cells
 * @param columns of cells
 * @param cell the side of a cell, in points
 */
record Grid(double left, double top, int rows, int columns, double cell) {
    /** Tints of the channels: light enough for black numbers, told apart by every eye, none of them an orange pixel. */
    private static final Color[] CHANNELS = {
        new Color(0xC6E3F5), new Color(0xC3E6D6), new Color(0xEACADB), new Color(0xEFE8B4)
    };

    /** What a cell looks like. */
    interface Look {
        Color color(int row, int column);

        /** The number in the cell; empty for none. */
        String text(int row, int column);
    }

    static Color ofChannel(int channel) {
        return CHANNELS[channel % CHANNELS.length];
    }

    double right() {
        return left + columns * cell;
    }

    double bottom() {
        return top + rows * cell;
    }

    double middleX(int column) {
        return left + (column + 0.5) * cell;
    }

    double middleY(int row) {
        return top + (row + 0.5) * cell;
    }

    void paint(Graphics2D g, Look look) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                Color color = look.color(row, column);
                g.setColor(color);
                g.fill(new Rectangle2D.Double(left + column * cell, top + row * cell, cell, cell));
                Letters.middle(
                        g, look.text(row, column), Style.CELL, ColorScale.inkOn(color), middleX(column), middleY(row));
            }
        }
        g.setColor(Style.RULE);
        g.setStroke(new BasicStroke(0.75f));
        for (int row = 0; row <= rows; row++) {
            g.draw(new Line2D.Double(left, top + row * cell, right(), top + row * cell));
        }
        for (int column = 0; column <= columns; column++) {
            g.draw(new Line2D.Double(left + column * cell, top, left + column * cell, bottom()));
        }
    }

    /** A dark frame around some cells. */
    void frame(Graphics2D g, int row, int column, int height, int width, float thickness) {
        g.setColor(Style.INK);
        g.setStroke(new BasicStroke(thickness));
        g.draw(new Rectangle2D.Double(left + column * cell, top + row * cell, width * cell, height * cell));
    }

    void mark(Graphics2D g, CellMark.Role role, int row, int column, int height, int width) {
        new CellMark(role, row, column, height, width).paint(g, left, top, cell);
    }

    /** A straight arrow. */
    static void arrow(Graphics2D g, Color color, double fromX, double fromY, double toX, double toY) {
        double length = Math.hypot(toX - fromX, toY - fromY);
        double dx = (toX - fromX) / length, dy = (toY - fromY) / length;
        g.setColor(color);
        g.setStroke(new BasicStroke(1.5f));
        g.draw(new Line2D.Double(fromX, fromY, toX - 5 * dx, toY - 5 * dy));
        Path2D head = new Path2D.Double();
        head.moveTo(toX, toY);
        head.lineTo(toX - 7 * dx - 3.5 * dy, toY - 7 * dy + 3.5 * dx);
        head.lineTo(toX - 7 * dx + 3.5 * dy, toY - 7 * dy - 3.5 * dx);
        head.closePath();
        g.fill(head);
    }
}
