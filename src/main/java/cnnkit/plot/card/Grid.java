package cnnkit.plot.card;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
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
public record Grid(double left, double top, int rows, int columns, double cell) {
    /** Tints of the channels: light enough for black numbers, told apart by every eye, none of them an orange pixel. */
    private static final Color[] CHANNELS = {
        new Color(0xC6E3F5), new Color(0xC3E6D6), new Color(0xEACADB), new Color(0xEFE8B4)
    };

    /** What a cell looks like. */
    public interface Look {
        /**
         * The colour of a cell.
         *
         * @param row of the cell
         * @param column of the cell
         * @return the colour
         */
        Color color(int row, int column);

        /**
         * The number in a cell.
         *
         * @param row of the cell
         * @param column of the cell
         * @return empty for none
         */
        String text(int row, int column);
    }

    /**
     * The tint of a channel.
     *
     * @param channel from 0; every fourth has the same
     * @return the colour
     */
    public static Color ofChannel(int channel) {
        return CHANNELS[channel % CHANNELS.length];
    }

    /**
     * The right edge.
     *
     * @return in points
     */
    public double right() {
        return left + columns * cell;
    }

    /**
     * The lower edge.
     *
     * @return in points
     */
    public double bottom() {
        return top + rows * cell;
    }

    /**
     * The middle of a column.
     *
     * @param column its index
     * @return in points
     */
    public double middleX(int column) {
        return left + (column + 0.5) * cell;
    }

    /**
     * The middle of a row.
     *
     * @param row its index
     * @return in points
     */
    public double middleY(int row) {
        return top + (row + 0.5) * cell;
    }

    /**
     * Draws the cells.
     *
     * @param g the card
     * @param look what each looks like
     */
    public void paint(Graphics2D g, Look look) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                Color color = look.color(row, column);
                g.setColor(color);
                g.fill(new Rectangle2D.Double(left + column * cell, top + row * cell, cell, cell));
                Letters.inCell(g, look.text(row, column), ColorScale.inkOn(color), middleX(column), middleY(row), cell);
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

    /**
     * A dark frame around some cells.
     *
     * @param g the card
     * @param row the first row
     * @param column the first column
     * @param height in cells
     * @param width in cells
     * @param thickness of the frame, in points
     */
    public void frame(Graphics2D g, int row, int column, int height, int width, float thickness) {
        g.setColor(Style.INK);
        g.setStroke(new BasicStroke(thickness));
        g.draw(new Rectangle2D.Double(left + column * cell, top + row * cell, width * cell, height * cell));
    }

    /**
     * Marks some cells.
     *
     * @param g the card
     * @param mark which cells, and as what
     */
    public void mark(Graphics2D g, CellMark mark) {
        mark.paint(g, left, top, cell);
    }
}
