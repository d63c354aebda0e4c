package cnnkit.plot.learned;

import cnnkit.plot.Figure;
import cnnkit.plot.card.CellKind;
import cnnkit.plot.card.ColorScale;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Tensor;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Paints the values that flow through a network, and the river below them. All lengths are in points. */
final class RiverPainter {
    private static final int MARGIN = 8;
    private static final int GAP = 10; // between columns
    private static final int MOST_HEIGHT = 250; // of the maps
    private static final int ROW_HEIGHT = 200; // of a flat row, standing upright
    private static final int RIVER_HEIGHT = 84; // where it is widest
    private static final int FEW = 20; // so many numbers of a flat row get their indices
    private static final int COLUMN_WIDTH = 14;
    private static final int COLORS = 192; // the scales and the greys of letters
    private static final int STEPS = 16; // of the scale of a map: all 65 levels would double the file

    private final List<ShapeRiver.Stage> stages;
    private final int pitch;
    private final double cell; // the side of a dot of a map
    private final int mapsTop;
    private final int mapsHeight;
    private final int riverTop;
    private final int height;

    RiverPainter(List<ShapeRiver.Stage> stages) {
        this.stages = stages;
        pitch = (Style.WIDTH - 2 * MARGIN) / stages.size();
        double fits = 1;
        for (ShapeRiver.Stage stage : stages) {
            if (!stage.isFlat()) {
                fits = Math.min(fits, (double) (pitch - GAP) / width(stage));
                fits = Math.min(fits, (double) MOST_HEIGHT / height(stage));
            }
        }
        cell = fits;
        int line = Letters.height(Style.CELL);
        mapsTop = MARGIN + 3 * line + 8;
        mapsHeight = (int)
                Math.ceil(stages.stream().mapToDouble(this::columnHeight).max().orElseThrow());
        riverTop = mapsTop + mapsHeight + line + 14;
        height = riverTop + RIVER_HEIGHT + 2 * line + 12 + MARGIN;
    }

    private static int width(ShapeRiver.Stage stage) {
        return stage.values().size(stage.values().rank() - 1);
    }

    private static int height(ShapeRiver.Stage stage) {
        return stage.values().size(stage.values().rank() - 2);
    }

    Figure figure(String alt) {
        return Figure.draw(Style.WIDTH, height, COLORS, alt, this::paint);
    }

    private double centre(int stage) {
        return MARGIN + (stage + 0.5) * pitch;
    }

    private void paint(Graphics2D g) {
        for (int i = 0; i < stages.size(); i++) {
            ShapeRiver.Stage stage = stages.get(i);
            paintHead(g, stage, centre(i));
            if (stage.isFlat()) {
                paintRow(g, stage, centre(i));
            } else {
                paintMaps(g, stage, centre(i));
            }
        }
        paintRiver(g);
    }

    private void paintHead(Graphics2D g, ShapeRiver.Stage stage, double x) {
        int y = mapsTop - 3 * Letters.height(Style.CELL) - 4;
        g.setColor(Style.INK);
        g.setFont(Style.CELL.deriveFont(Font.BOLD));
        Letters.centre(g, stage.name(), x, y);
        g.setFont(Style.CELL);
        Letters.centre(g, NetworkStrip.text(stage.values().shape()), x, y + Letters.height(Style.CELL));
        Limits limits = limits(stage);
        String span = stage.kind().isCentred()
                ? "±" + Numbers.text(limits.max(), decimals(limits.max()))
                : Numbers.text(limits.min()) + " … " + Numbers.text(limits.max(), decimals(limits.max()));
        g.setColor(Style.FAINT);
        Letters.centre(g, span, x, y + 2 * Letters.height(Style.CELL));
    }

    private static int decimals(double value) {
        return value == Math.rint(value) ? 0 : value >= 10 ? 1 : 2;
    }

    private static Limits limits(ShapeRiver.Stage stage) {
        return stage.kind().limits(List.of(stage.values()));
    }

    /** How many maps are drawn, and how many of them side by side. */
    private record Mosaic(int across, int shown) {}

    private Mosaic mosaic(ShapeRiver.Stage stage) {
        int maps = stage.values().length() / (height(stage) * width(stage));
        int across = Math.max(1, (int) ((pitch - GAP + 1) / (width(stage) * cell + 1)));
        int down = Math.max(1, (int) ((MOST_HEIGHT + 1) / (height(stage) * cell + 1)));
        return new Mosaic(Math.min(across, maps), Math.min(maps, across * down));
    }

    private double columnHeight(ShapeRiver.Stage stage) {
        if (stage.isFlat()) {
            return Math.min(ROW_HEIGHT, dot(stage) * stage.values().length());
        }
        Mosaic mosaic = mosaic(stage);
        int down = (mosaic.shown() + mosaic.across() - 1) / mosaic.across();
        return down * (height(stage) * cell + 1) - 1;
    }

    /** The height of a dot of a flat row, in whole pixels. */
    private static double dot(ShapeRiver.Stage stage) {
        return Math.min(
                16, Math.max(1, Math.floor(2.0 * ROW_HEIGHT / stage.values().length())) / 2);
    }

    private void paintMaps(Graphics2D g, ShapeRiver.Stage stage, double x) {
        int H = height(stage), W = width(stage);
        Tensor maps = stage.values().reshape(-1, H, W);
        Mosaic mosaic = mosaic(stage);
        int across = mosaic.across(), shown = mosaic.shown();
        double left = Math.round(x - (across * (W * cell + 1) - 1) / 2);
        double top = Math.round(mapsTop + (mapsHeight - columnHeight(stage)) / 2);
        Limits limits = limits(stage);
        for (int map = 0; map < shown; map++) {
            paintMap(
                    g,
                    picture(maps.slice(map), stage.kind().colors(), limits),
                    left + map % across * (W * cell + 1),
                    top + map / across * (H * cell + 1));
        }
        g.setColor(Style.FAINT);
        g.setFont(Style.CELL);
        String count = shown < maps.size(0) ? shown + " of " + maps.size(0) : "" + shown;
        String text = stage.kind() == CellKind.PIXELS ? "" : count + (maps.size(0) == 1 ? " map" : " maps");
        Letters.centre(g, text, x, mapsTop + mapsHeight + 2);
    }

    private static BufferedImage picture(Tensor map, ColorScale colors, Limits limits) {
        BufferedImage picture = new BufferedImage(map.size(1), map.size(0), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < map.size(0); row++) {
            for (int column = 0; column < map.size(1); column++) {
                picture.setRGB(
                        column,
                        row,
                        colors.color(map.get(row, column), limits, STEPS).getRGB());
            }
        }
        return picture;
    }

    private void paintMap(Graphics2D g, BufferedImage map, double left, double top) {
        Graphics2D part = (Graphics2D) g.create();
        part.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        part.translate(left, top);
        part.scale(cell, cell);
        part.drawImage(map, 0, 0, null);
        part.dispose();
    }

    /** A flat row, standing upright; the indices beside it if they are few. */
    private void paintRow(Graphics2D g, ShapeRiver.Stage stage, double x) {
        int K = stage.values().length();
        double dot = dot(stage), side = Math.min(COLUMN_WIDTH, Math.max(dot, 8));
        int shown = (int) Math.min(K, ROW_HEIGHT / dot);
        double top = Math.round(mapsTop + (mapsHeight - shown * dot) / 2), left = Math.round(x - side / 2);
        Limits limits = limits(stage);
        g.setFont(Style.CELL);
        FontMetrics metrics = g.getFontMetrics();
        for (int k = 0; k < shown; k++) {
            g.setColor(stage.kind().colors().color(stage.values().get(k), limits));
            g.fill(new Rectangle2D.Double(left, top + k * dot, side, dot));
            if (K <= FEW) {
                g.setColor(Style.INK);
                String index = Integer.toString(k);
                float baseline = Letters.baseline(metrics, top + (k + 0.5) * dot);
                Letters.from(g, index, (float) left - 5 - metrics.stringWidth(index), baseline);
            }
        }
        g.setColor(Style.RULE);
        g.setStroke(Style.HAIR);
        g.draw(new Rectangle2D.Double(left - 0.25, top - 0.25, side + 0.5, shown * dot + 0.5));
        g.setColor(Style.FAINT);
        String text = shown < K ? shown + " of " + Numbers.text(K) : "(larger dots)";
        Letters.centre(g, text, x, mapsTop + mapsHeight + 2);
    }

    private void paintRiver(Graphics2D g) {
        double middle = riverTop + RIVER_HEIGHT / 2.0;
        Path2D bank = new Path2D.Double();
        bank.moveTo(MARGIN, middle - half(0));
        double x = MARGIN;
        for (int i = 0; i < stages.size(); i++) {
            if (i > 0) {
                double to = centre(i) - pitch / 4.0, between = (x + to) / 2;
                bank.curveTo(between, middle - half(i - 1), between, middle - half(i), to, middle - half(i));
            }
            x = i == stages.size() - 1 ? Style.WIDTH - MARGIN : centre(i) + pitch / 4.0;
            bank.lineTo(x, middle - half(i));
        }
        for (int i = stages.size() - 1; i >= 0; i--) {
            if (i < stages.size() - 1) {
                double to = centre(i) + pitch / 4.0, between = (x + to) / 2;
                bank.curveTo(between, middle + half(i + 1), between, middle + half(i), to, middle + half(i));
            } else {
                bank.lineTo(x, middle + half(i));
            }
            x = i == 0 ? MARGIN : centre(i) - pitch / 4.0;
            bank.lineTo(x, middle + half(i));
        }
        bank.closePath();
        g.setColor(Style.SKY);
        g.fill(bank);
        g.setColor(Style.INK);
        g.setFont(Style.CELL.deriveFont(Font.BOLD));
        int below = riverTop + RIVER_HEIGHT + 6;
        for (int i = 0; i < stages.size(); i++) {
            Letters.centre(g, Numbers.text(stages.get(i).values().length()), centre(i), below);
        }
        g.setFont(Style.CELL);
        Letters.centre(
                g,
                "width of the river: how many numbers flow     colours: each layer on its own scale, with the limits printed",
                Style.WIDTH / 2.0,
                below + Letters.height(Style.CELL) + 4);
    }

    /** Half the width of the river, at least a line one can see. */
    private double half(int stage) {
        int most = stages.stream().mapToInt(one -> one.values().length()).max().orElseThrow();
        return Math.max(0.5, RIVER_HEIGHT / 2.0 * stages.get(stage).values().length() / most);
    }
}
