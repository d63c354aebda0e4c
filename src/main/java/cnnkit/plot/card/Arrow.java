package cnnkit.plot.card;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;

/**
 * Straight arrows of one look. Lengths are in points.
 *
 * @param color of shaft and head
 * @param thickness of the shaft
 * @param gap how far before the tip the shaft ends
 * @param length of the head
 * @param half the head is twice as wide
 */
public record Arrow(Color color, float thickness, double gap, double length, double half) {
    /** From one thing to the next. */
    public static final Arrow PLAIN = new Arrow(Style.INK, 1.5f, 5, 7, 3.5);
    /** With a wider shoulder, to follow a gradient. */
    public static final Arrow ROUTE = new Arrow(Style.BLUE, 1.75f, 6, 8 * Math.cos(0.4), 8 * Math.sin(0.4));

    /**
     * The same arrow in another colour.
     *
     * @param other the colour
     * @return an arrow
     */
    public Arrow in(Color other) {
        return new Arrow(other, thickness, gap, length, half);
    }

    /**
     * Draws an arrow.
     *
     * @param g the card
     * @param fromX where it begins
     * @param fromY where it begins
     * @param toX its tip
     * @param toY its tip
     */
    public void paint(Graphics2D g, double fromX, double fromY, double toX, double toY) {
        double distance = Math.hypot(toX - fromX, toY - fromY);
        double dx = (toX - fromX) / distance, dy = (toY - fromY) / distance;
        g.setColor(color);
        g.setStroke(new BasicStroke(thickness));
        g.draw(new Line2D.Double(fromX, fromY, toX - gap * dx, toY - gap * dy));
        Path2D head = new Path2D.Double();
        head.moveTo(toX, toY);
        head.lineTo(toX - length * dx - half * dy, toY - length * dy + half * dx);
        head.lineTo(toX - length * dx + half * dy, toY - length * dy - half * dx);
        head.closePath();
        g.fill(head);
    }
}
