package cnnkit.plot.card;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/**
 * Some cells that play a role: a frame, a fill or a cross, told apart by form as well as by colour.
 *
 * @param role decides the form
 * @param row the first row
 * @param column the first column
 * @param height in cells
 * @param width in cells
 */
public record CellMark(Role role, int row, int column, int height, int width) {
    /** What cells are marked for. */
    public enum Role {
        /** No pixels: shaded. */
        PADDING,
        /** Picked out: filled with orange. */
        PIXEL,
        /** Read by no window: crossed out. */
        DROPPED,
        /** The row that belongs to what is framed elsewhere: a dashed frame. */
        ROW,
        /** Where a window stands: a thick frame. */
        WINDOW;

        /**
         * Whether the mark replaces the colour of the cells, under their numbers.
         *
         * @return yes for fills
         */
        public boolean isFill() {
            return this == PADDING || this == PIXEL;
        }
    }

    /**
     * Draws the mark.
     *
     * @param g the card
     * @param left the left edge of column 0, in points
     * @param top the upper edge of row 0, in points
     * @param cell the side of a cell, in points
     */
    public void paint(Graphics2D g, double left, double top, double cell) {
        double x = left + column * cell, y = top + row * cell, w = width * cell, h = height * cell;
        switch (role) {
            case PADDING -> {
                g.setColor(Style.PADDING);
                g.fill(new Rectangle2D.Double(x, y, w, h));
            }
            case PIXEL -> {
                g.setColor(Style.ORANGE);
                g.fill(new Rectangle2D.Double(x, y, w, h));
                frame(g, x, y, w, h, new BasicStroke(1));
            }
            case DROPPED -> {
                strokesFromCorners(g, x, y, cell, Style.INK, 4.5f); // an outline for white cells
                strokesFromCorners(g, x, y, cell, Color.WHITE, 3.75f); // for dark ones
                strokesFromCorners(g, x, y, cell, Style.INK, 2);
            }
            case ROW -> {
                g.setColor(Style.BLUE);
                frame(g, x, y, w, h, new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, dashes(), 0));
            }
            case WINDOW -> {
                g.setColor(Style.VERMILION);
                frame(g, x, y, w, h, new BasicStroke(3));
            }
        }
    }

    /** A cross without its middle, so that the number there can still be read. */
    private static void strokesFromCorners(Graphics2D g, double x, double y, double cell, Color color, float width) {
        g.setColor(color);
        g.setStroke(new BasicStroke(width));
        for (int corner = 0; corner < 4; corner++) {
            double fromX = x + corner % 2 * cell, fromY = y + corner / 2 * cell;
            double toMiddleX = x + cell / 2 - fromX, toMiddleY = y + cell / 2 - fromY;
            g.draw(new Line2D.Double(
                    fromX + 0.2 * toMiddleX,
                    fromY + 0.2 * toMiddleY,
                    fromX + 0.6 * toMiddleX,
                    fromY + 0.6 * toMiddleY));
        }
    }

    private static float[] dashes() {
        return new float[] {6, 3};
    }

    /** A frame that stays inside the cells. */
    private static void frame(Graphics2D g, double x, double y, double w, double h, BasicStroke stroke) {
        if (stroke.getLineWidth() == 1) {
            g.setColor(Style.INK);
        }
        double half = stroke.getLineWidth() / 2;
        g.setStroke(stroke);
        g.draw(new Rectangle2D.Double(x + half, y + half, w - 2 * half, h - 2 * half));
    }
}
