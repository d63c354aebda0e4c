package cnnkit.plot.chart;

import cnnkit.plot.card.Style;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * What something in a chart is called, and how it looks.
 *
 * @param name for the legend
 * @param sample what is drawn before the name
 */
record Key(String name, Sample sample) {
    static final int WIDTH = 22; // the room for a sample

    /** Draws how something looks. */
    interface Sample {
        void paint(Graphics2D g, double x, double middle);
    }

    static Key box(String name, Color color) {
        return new Key(name, (g, x, middle) -> {
            g.setColor(color);
            g.fill(new Rectangle2D.Double(x + 6, middle - 6, 12, 12));
        });
    }

    /** A line, or points, or both. */
    static Key line(String name, Color color, BasicStroke stroke, Marker marker) {
        return new Key(name, (g, x, middle) -> {
            g.setColor(color);
            if (stroke != null) {
                g.setStroke(stroke);
                g.draw(new Line2D.Double(x, middle, x + WIDTH, middle));
            }
            if (marker != null && marker != SeriesMarkers.NONE) {
                marker.paint(g, x + WIDTH / 2.0, middle, XyChart.MARKER_SIZE);
            }
        });
    }

    /** What all bands of the chart are. */
    static Key band(String what) {
        return new Key("band: " + what, (g, x, middle) -> {
            g.setColor(Style.GRID);
            g.fill(new Rectangle2D.Double(x, middle - 7, WIDTH, 14));
            g.setColor(Style.FAINT);
            g.setStroke(new BasicStroke(2));
            g.draw(new Line2D.Double(x, middle, x + WIDTH, middle));
        });
    }

    /** What all bars at points are. */
    static Key whisker(String what) {
        return new Key(what, (g, x, middle) -> Whisker.paint(g, Style.FAINT, x + WIDTH / 2.0, middle - 7, middle + 7));
    }
}
