package cnnkit.plot;

import cnnkit.plot.card.CellMark;
import cnnkit.plot.card.ColorScale;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Tensor;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Lays panels of cells out and paints them. All lengths are in points. */
final class CellsPainter {
    private static final int MARGIN = 12;
    private static final int GAP = 10; // between panels
    private static final int LARGEST_CELL = 24;
    private static final int LARGEST_PANEL = 280;
    private static final int BAR_WIDTH = 2 * ColorScale.LEVELS;
    private static final int BAR_HEIGHT = 10;

    private final CellPanels panels;
    private final CellLabels labels;
    private final CellLayout layout;
    private final List<CellMark> marks;
    private final int rows; // H, of cells in a panel
    private final int columns; // W
    private final int across; // panels in a row
    private final int down; // rows of panels
    private final int cell; // the side of a cell

    private final int titleHeight;
    private final int captionHeight;
    private final int labelsLeft; // the room for row labels and their name, at the left of a panel
    private final int labelsAbove;
    private final int pitchX; // from panel to panel
    private final int pitchY;
    private final int barHeight;
    private final int left; // of the first panel's box
    private final int width;
    private final int height;

    CellsPainter(CellPanels panels, CellLabels labels, CellLayout layout, List<CellMark> marks) {
        this.panels = panels;
        this.labels = labels;
        this.layout = layout;
        this.marks = marks;
        rows = panels.rows();
        columns = panels.columns();
        across = layout.across(panels.count());
        down = (panels.count() + across - 1) / across;

        titleHeight = labels.title().isEmpty() ? 0 : lines(labels.title()).length * Letters.height(Style.TITLE) + 6;
        captionHeight = captionLines() * Letters.height(Style.CELL) + (captionLines() > 0 ? 3 : 0);
        int nameHeight = Letters.height(Style.AXIS) + 4;
        labelsLeft = (labels.rows().isEmpty() ? 0 : widest(labels.rows(), Style.AXIS) + 6)
                + (labels.rowName().isEmpty() ? 0 : nameHeight);
        labelsAbove = (labels.columns().isEmpty() ? 0 : nameHeight)
                + (labels.columnName().isEmpty() ? 0 : nameHeight);
        cell = layout.cellSize() > 0 ? layout.cellSize() : fittingCell();
        pitchX = Math.max(labelsLeft + columns * cell, captionWidth()) + GAP;
        pitchY = captionHeight + labelsAbove + rows * cell + GAP;
        barHeight = layout.scaleShown() ? BAR_HEIGHT + 14 : 0;

        int grid = across * pitchX - GAP;
        int inside = Math.max(grid, Math.max(layout.scaleShown() ? barWidth() : 0, titleWidth()));
        width = inside + 2 * MARGIN;
        left = MARGIN + (inside - grid) / 2;
        height = MARGIN + titleHeight + down * pitchY - GAP + barHeight + MARGIN;
    }

    /** The largest cell with which the panels fit the page; large enough for the numbers, if they are printed. */
    private int fittingCell() {
        int room = Style.WIDTH - 2 * MARGIN - (across - 1) * GAP - across * labelsLeft;
        int fits = Math.max(1, room / (across * columns));
        int modest = Math.min(LARGEST_CELL, Math.max(1, LARGEST_PANEL / Math.max(rows, columns)));
        int size = Math.min(fits, modest);
        return layout.numbers() ? Math.max(size, numberWidth() + 8) : size;
    }

    private int numberWidth() {
        int widest = Letters.height(Style.CELL);
        for (Tensor panel : panels.values()) {
            for (float value : panel.data()) {
                widest = Math.max(widest, Letters.width(layout.number(value), Style.CELL));
            }
        }
        return widest;
    }

    Figure figure(String alt) {
        return Figure.draw(width, height, Figure.MANY_COLORS, alt, this::paint);
    }

    /** The outline of a panel's cells. */
    Rectangle place(int panel) {
        return new Rectangle(panelLeft(panel), panelTop(panel), columns * cell, rows * cell);
    }

    private void paint(Graphics2D g) {
        g.setColor(Style.INK);
        g.setFont(Style.TITLE);
        int y = MARGIN;
        for (String line : lines(labels.title())) {
            Letters.centre(g, line, width / 2.0, y);
            y += Letters.height(Style.TITLE);
        }
        for (int panel = 0; panel < panels.count(); panel++) {
            paintPanel(g, panel);
        }
        if (layout.scaleShown()) {
            paintScale(g, height - MARGIN - BAR_HEIGHT);
        }
    }

    private int panelLeft(int panel) {
        int spare = pitchX - GAP - labelsLeft - columns * cell; // where the caption is wider than the panel
        return left + panel % across * pitchX + labelsLeft + spare / 2;
    }

    private int panelTop(int panel) {
        return MARGIN + titleHeight + panel / across * pitchY + captionHeight + labelsAbove;
    }

    private void paintPanel(Graphics2D g, int panel) {
        int x = panelLeft(panel), y = panelTop(panel);
        paintCaption(g, panel, x + columns * cell / 2.0, y - labelsAbove - captionHeight);
        paintLabels(g, x, y);
        paintCells(g, panel, x, y);
        paintMarks(g, x, y, true);
        if (layout.numbers()) {
            paintNumbers(g, panel, x, y);
        }
        paintMarks(g, x, y, false);
    }

    private void paintCaption(Graphics2D g, int panel, double centre, int y) {
        g.setFont(Style.CELL);
        g.setColor(Style.INK);
        for (String line : lines(caption(panel))) {
            Letters.centre(g, line, centre, y);
            y += Letters.height(Style.CELL);
        }
    }

    /** The caption; where each panel has its own scale, with its limits. */
    private String caption(int panel) {
        String text = labels.caption(panel);
        if (!panels.ownScales()) {
            return text;
        }
        Limits limits = panels.limits(panel);
        String span = panels.kind().isCentred()
                ? "±" + Numbers.text(limits.max())
                : Numbers.text(limits.min()) + "…" + Numbers.text(limits.max());
        return text.isEmpty() ? span : text + "\n" + span;
    }

    private void paintLabels(Graphics2D g, int x, int y) {
        g.setColor(Style.INK);
        g.setFont(Style.AXIS);
        FontMetrics metrics = g.getFontMetrics();
        for (int row = 0; row < labels.rows().size(); row++) {
            String label = labels.rows().get(row);
            float baseline = y + row * cell + (cell + metrics.getAscent() - metrics.getDescent()) / 2f;
            g.drawString(label, x - 6 - metrics.stringWidth(label), baseline);
        }
        int labelTop = y - Letters.height(Style.AXIS) - 2;
        for (int column = 0; column < labels.columns().size(); column++) {
            Letters.centre(g, labels.columns().get(column), x + (column + 0.5) * cell, labelTop);
        }
        g.setFont(Style.AXIS.deriveFont(Font.BOLD));
        if (!labels.columnName().isEmpty()) {
            Letters.centre(g, labels.columnName(), x + columns * cell / 2.0, y - labelsAbove);
        }
        if (!labels.rowName().isEmpty()) {
            Graphics2D turned = (Graphics2D) g.create();
            turned.translate(x - labelsLeft, y + rows * cell / 2.0);
            turned.rotate(-Math.PI / 2);
            Letters.centre(turned, labels.rowName(), 0, 0);
            turned.dispose();
        }
    }

    private void paintCells(Graphics2D g, int panel, int x, int y) {
        Limits limits = panels.limits(panel);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                g.setColor(panels.color(panel, row, column, limits));
                g.fillRect(x + column * cell, y + row * cell, cell, cell);
            }
        }
        g.setStroke(Style.HAIR);
        if (layout.numbers()) {
            g.setColor(Style.RULE);
            for (int row = 1; row < rows; row++) {
                g.draw(new Line2D.Double(x, y + row * cell - 0.25, x + columns * cell, y + row * cell - 0.25));
            }
            for (int column = 1; column < columns; column++) {
                g.draw(new Line2D.Double(x + column * cell - 0.25, y, x + column * cell - 0.25, y + rows * cell));
            }
        }
        g.setColor(Style.RULE); // the frame lies outside the cells
        g.draw(new Rectangle2D.Double(x - 0.25, y - 0.25, columns * cell + 0.5, rows * cell + 0.5));
    }

    private void paintNumbers(Graphics2D g, int panel, int x, int y) {
        g.setFont(Style.CELL);
        FontMetrics metrics = g.getFontMetrics();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                float value = panels.value(panel, row, column);
                if (panels.diagonalApart() && value == 0) {
                    continue;
                }
                String text = layout.number(value);
                g.setColor(ColorScale.inkOn(background(panel, row, column)));
                g.drawString(
                        text,
                        x + column * cell + (cell - metrics.stringWidth(text)) / 2f,
                        y + row * cell + (cell + metrics.getAscent() - metrics.getDescent()) / 2f);
            }
        }
    }

    private Color background(int panel, int row, int column) {
        Color background = panels.color(panel, row, column);
        for (CellMark mark : marks) {
            if (mark.role().isFill() && mark.row() == row && mark.column() == column) {
                background = Style.PADDING;
            }
        }
        return background;
    }

    private void paintMarks(Graphics2D g, int x, int y, boolean fills) {
        for (CellMark mark : marks) {
            if (mark.role().isFill() == fills) {
                mark.paint(g, x, y, cell);
            }
        }
    }

    private void paintScale(Graphics2D g, int y) {
        g.setFont(Style.CELL);
        FontMetrics metrics = g.getFontMetrics();
        float baseline = y + (BAR_HEIGHT + metrics.getAscent() - metrics.getDescent()) / 2f;
        int x = (width - barWidth()) / 2;
        g.setColor(Style.INK);
        g.drawString(barBefore(), x, baseline);
        x += metrics.stringWidth(barBefore());
        for (int level = 0; level < ColorScale.LEVELS; level++) {
            g.setColor(panels.kind().colors().level(level));
            g.fillRect(x + level * BAR_WIDTH / ColorScale.LEVELS, y, BAR_WIDTH / ColorScale.LEVELS, BAR_HEIGHT);
        }
        g.setStroke(Style.HAIR);
        g.setColor(Style.RULE);
        g.draw(new Rectangle2D.Double(x - 0.25, y - 0.25, BAR_WIDTH + 0.5, BAR_HEIGHT + 0.5));
        g.setColor(Style.INK);
        g.drawString(barAfter(), x + BAR_WIDTH, baseline);
    }

    private String barBefore() {
        String low = panels.ownScales() ? "low" : Numbers.text(panels.limits(0).min());
        if (panels.ownScales() && panels.kind().isCentred()) {
            low = "−max";
        }
        return panels.kind().word() + "  " + low + "  ";
    }

    private String barAfter() {
        if (!panels.ownScales()) {
            Limits limits = panels.limits(0);
            boolean beyond =
                    panels.chosen() != null && Limits.of(panels.values()).max() > limits.max();
            return "  " + Numbers.text(limits.max()) + (beyond ? " and more" : "")
                    + (panels.diagonalApart() ? "  (diagonal not coloured)" : "")
                    + strange();
        }
        return (panels.kind().isCentred() ? "  max" : "  high") + "  (each panel on its own scale)" + strange();
    }

    /** What has the colour that no scale has. */
    private String strange() {
        return panels.notFinite().isEmpty() ? "" : "  (magenta: " + panels.notFinite() + ")";
    }

    private int barWidth() {
        return Letters.width(barBefore(), Style.CELL) + BAR_WIDTH + Letters.width(barAfter(), Style.CELL);
    }

    private int captionLines() {
        int most = 0;
        for (int panel = 0; panel < panels.count(); panel++) {
            most = Math.max(most, lines(caption(panel)).length);
        }
        return most;
    }

    private int captionWidth() {
        int widest = 0;
        for (int panel = 0; panel < panels.count(); panel++) {
            widest = Math.max(widest, widest(List.of(lines(caption(panel))), Style.CELL));
        }
        return widest;
    }

    private int titleWidth() {
        return widest(List.of(lines(labels.title())), Style.TITLE);
    }

    private static String[] lines(String text) {
        return text.isEmpty() ? new String[0] : text.split("\n");
    }

    private static int widest(List<String> texts, Font font) {
        return texts.stream().mapToInt(text -> Letters.width(text, font)).max().orElse(0);
    }
}
