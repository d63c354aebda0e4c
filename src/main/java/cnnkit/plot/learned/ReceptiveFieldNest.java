package cnnkit.plot.learned;

import cnnkit.inspect.ReceptiveField;
import cnnkit.inspect.Region;
import cnnkit.plot.Figure;
import cnnkit.plot.card.CellKind;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One image, and over it what a unit of each layer sees: a nest of frames around a marked pixel, each with the names of
 * its layers. A frame that reaches into the padding reaches over the edge of the image, onto a grey ground.
 */
final class ReceptiveFieldNest {
    private static final int MARGIN = 12;
    private static final int LARGEST = 340; // of the image, in points
    private static final int GAP = 26; // between image and names
    private static final int LINE = 18; // from name to name, at least
    private static final int WIDEST_PADDING = 4; // at most a quarter of the image on each side
    private static final BasicStroke FRAME = new BasicStroke(2.5f);
    private static final BasicStroke LEADER = new BasicStroke(0.75f);

    /** A frame and what is written beside it. */
    private record Frame(Region region, String text) {}

    private final Tensor image; // (H, W)
    private final List<Frame> frames; // smallest first
    private final int row; // of the marked pixel
    private final int column;
    private final int padding; // pixels drawn on each side of the image
    private final int cell;

    private ReceptiveFieldNest(Map<String, ReceptiveField> fields, Tensor image, int y, int x) {
        this.image = Learned.grey(image);
        row = y;
        column = x;
        int H = image.size(1), W = image.size(2);
        padding = Math.min(
                Math.max(H, W) / WIDEST_PADDING,
                fields.values().stream()
                        .mapToInt(field -> beyond(field.around(y, x), H, W))
                        .max()
                        .orElse(0));
        Map<Region, List<ReceptiveField>> seen = new LinkedHashMap<>(); // as far as it is drawn
        fields.values()
                .forEach(field -> seen.computeIfAbsent(drawn(field.around(y, x), H, W), region -> new ArrayList<>())
                        .add(field));
        frames = seen.entrySet().stream()
                .map(entry -> new Frame(entry.getKey(), text(entry.getValue())))
                .toList();
        cell = Math.max(1, LARGEST / (Math.max(H, W) + 2 * padding));
    }

    /** By how many pixels a region reaches over the edge of the image. */
    private static int beyond(Region region, int H, int W) {
        int before = Math.max(-region.top(), -region.left());
        int behind = Math.max(region.top() + region.height() - H, region.left() + region.width() - W);
        return Math.max(0, Math.max(before, behind));
    }

    /** The part of a region that lies inside the image and the padding that is drawn, in pixels of both. */
    private Region drawn(Region region, int H, int W) {
        return new Region(region.top() + padding, region.left() + padding, region.height(), region.width())
                .inside(H + 2 * padding, W + 2 * padding);
    }

    /** The size by arithmetic, padding included, and the layers: those of one frame follow each other. */
    private static String text(List<ReceptiveField> fields) {
        ReceptiveField first = fields.get(0), last = fields.get(fields.size() - 1);
        String size = size(first).equals(size(last)) ? size(first) : size(first) + " to " + size(last);
        return switch (fields.size()) {
            case 1 -> size + "  " + first.layer();
            case 2 -> size + "  " + first.layer() + ", " + last.layer();
            default -> size + "  " + first.layer() + " … " + last.layer();
        };
    }

    private static String size(ReceptiveField field) {
        return Text.of("%d × %d", field.height(), field.width());
    }

    static Figure figure(Map<String, ReceptiveField> fields, Tensor image, int y, int x) {
        return new ReceptiveFieldNest(fields, image, y, x).figure();
    }

    private Figure figure() {
        int H = image.size(0), W = image.size(1);
        int names = frames.stream()
                .mapToInt(frame -> Letters.width(frame.text, Style.AXIS))
                .max()
                .orElse(0);
        int width = MARGIN + (W + 2 * padding) * cell + GAP + names + MARGIN;
        int height = MARGIN + Math.max((H + 2 * padding) * cell, frames.size() * LINE) + MARGIN;
        String alt = Text.of(
                "What a unit of each layer sees of an image of %d × %d pixels: %s.",
                H,
                W,
                String.join(Text.of("; "), frames.stream().map(Frame::text).toList()));
        return Figure.draw(width, height, Figure.MANY_COLORS, alt, g -> {
            paintImage(g);
            paintFrames(g);
        });
    }

    private void paintImage(Graphics2D g) {
        Limits limits = CellKind.PIXELS.limits(List.of(image));
        g.setColor(Style.PADDING);
        g.fillRect(MARGIN, MARGIN, (image.size(1) + 2 * padding) * cell, (image.size(0) + 2 * padding) * cell);
        for (int y = 0; y < image.size(0); y++) {
            for (int x = 0; x < image.size(1); x++) {
                g.setColor(CellKind.PIXELS.colors().color(image.get(y, x), limits));
                g.fillRect(MARGIN + (padding + x) * cell, MARGIN + (padding + y) * cell, cell, cell);
            }
        }
        g.setColor(Style.ORANGE);
        g.fillRect(MARGIN + (padding + column) * cell, MARGIN + (padding + row) * cell, cell, cell);
    }

    /** The largest frame has the lowest name; a line leads from each name to the lower right corner of its frame. */
    private void paintFrames(Graphics2D g) {
        g.setFont(Style.AXIS);
        FontMetrics metrics = g.getFontMetrics();
        int names = MARGIN + (image.size(1) + 2 * padding) * cell + GAP;
        double below = Double.POSITIVE_INFINITY;
        for (int i = frames.size() - 1; i >= 0; i--) {
            Region region = frames.get(i).region;
            double inset = FRAME.getLineWidth() / 2;
            double x = MARGIN + region.left() * cell + inset, y = MARGIN + region.top() * cell + inset;
            double w = region.width() * cell - 2 * inset, h = region.height() * cell - 2 * inset;
            double name = Math.min(y + h - LINE / 4.0, below - LINE);
            below = name;
            g.setColor(Style.VERMILION);
            g.setStroke(FRAME);
            g.draw(new Rectangle2D.Double(x, y, w, h));
            g.setStroke(LEADER);
            g.draw(new Line2D.Double(x + w, y + h, names - GAP + 4, y + h));
            g.draw(new Line2D.Double(names - GAP + 4, y + h, names - 4, name));
            g.setColor(Style.INK);
            Letters.from(g, frames.get(i).text, names, Letters.baseline(metrics, name));
        }
    }
}
