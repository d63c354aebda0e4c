package cnnkit.plot;

import cnnkit.tensor.Tensor;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Consumer;

/** Lays panels of cells out and paints them. All lengths are in points. */
final class CellsPainter {
    private static final int MARGIN = 12;
    private static final int GAP = 10; // between panels
    private static final int LARGEST_CELL = 24;
    private static final int LARGEST_PANEL = 280;
    private static final int BAR_WIDTH = 2 * ColorScale.LEVELS;
    private static final int BAR_HEIGHT = 10;

    private static final Graphics2D RULER = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();

    private final Cells cells;
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

    CellsPainter(Cells cells) {
        this.cells = cells;
        rows = cells.panels.get(0).size(0);
        columns = cells.panels.get(0).size(1);
        across = cells.columnsUsed();
        down = (cells.panels.size() + across - 1) / across;

        titleHeight = cells.title.isEmpty() ? 0 : lines(cells.title).length * lineHeight(Style.TITLE) + 6;
        captionHeight = captionLines() * lineHeight(Style.CELL) + (captionLines() > 0 ? 3 : 0);
        int nameHeight = lineHeight(Style.AXIS) + 4;
        labelsLeft = (cells.rowLabels.isEmpty() ? 0 : widest(cells.rowLabels, Style.AXIS) + 6)
                + (cells.rowName.isEmpty() ? 0 : nameHeight);
        labelsAbove = (cells.columnLabels.isEmpty() ? 0 : nameHeight) + (cells.columnName.isEmpty() ? 0 : nameHeight);
        cell = cells.cellSize > 0 ? cells.cellSize : fittingCell();
        pitchX = Math.max(labelsLeft + columns * cell, captionWidth()) + GAP;
        pitchY = captionHeight + labelsAbove + rows * cell + GAP;
        barHeight = cells.scaleShown ? BAR_HEIGHT + 14 : 0;

        int grid = across * pitchX - GAP;
        int inside = Math.max(grid, Math.max(cells.scaleShown ? barWidth() : 0, titleWidth()));
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
        return cells.numbers ? Math.max(size, numberWidth() + 8) : size;
    }

    private int numberWidth() {
        int widest = lineHeight(Style.CELL);
        for (Tensor panel : cells.panels) {
            for (float value : panel.data()) {
                widest = Math.max(widest, textWidth(number(value), Style.CELL));
            }
        }
        return widest;
    }

    private String number(float value) {
        return cells.decimals >= 0 ? Numbers.text(value, cells.decimals) : Numbers.text(value);
    }

    Figure figure() {
        return figure(g -> {});
    }

    /** The cells, and something drawn over them. */
    Figure figure(Consumer<Graphics2D> over) {
        return Figure.draw(width, height, Figure.MANY_COLORS, cells.alt(), g -> {
            paint(g);
            over.accept(g);
        });
    }

    private void paint(Graphics2D g) {
        g.setColor(Style.INK);
        g.setFont(Style.TITLE);
        int y = MARGIN;
        for (String line : lines(cells.title)) {
            centre(g, line, width / 2.0, y);
            y += lineHeight(Style.TITLE);
        }
        for (int panel = 0; panel < cells.panels.size(); panel++) {
            paintPanel(g, panel);
        }
        if (cells.scaleShown) {
            paintScale(g, height - MARGIN - BAR_HEIGHT);
        }
    }

    /** The left edge of a panel's cells. */
    int panelLeft(int panel) {
        int spare = pitchX - GAP - labelsLeft - columns * cell; // where the caption is wider than the panel
        return left + panel % across * pitchX + labelsLeft + spare / 2;
    }

    /** The upper edge of a panel's cells. */
    int panelTop(int panel) {
        return MARGIN + titleHeight + panel / across * pitchY + captionHeight + labelsAbove;
    }

    private void paintPanel(Graphics2D g, int panel) {
        int x = panelLeft(panel), y = panelTop(panel);
        paintCaption(g, panel, x + columns * cell / 2.0, y - labelsAbove - captionHeight);
        paintLabels(g, x, y);
        paintCells(g, panel, x, y);
        paintMarks(g, x, y, true);
        if (cells.numbers) {
            paintNumbers(g, panel, x, y);
        }
        paintMarks(g, x, y, false);
    }

    private void paintCaption(Graphics2D g, int panel, double centre, int y) {
        g.setFont(Style.CELL);
        g.setColor(Style.INK);
        for (String line : lines(caption(panel))) {
            centre(g, line, centre, y);
            y += lineHeight(Style.CELL);
        }
    }

    /** The caption; where each panel has its own scale, with its limits. */
    private String caption(int panel) {
        String text = panel < cells.captions.size() ? cells.captions.get(panel) : "";
        if (!cells.ownScales) {
            return text;
        }
        Limits limits = cells.limits(panel);
        String span = cells.kind.isCentred()
                ? "±" + Numbers.text(limits.max())
                : Numbers.text(limits.min()) + "…" + Numbers.text(limits.max());
        return text.isEmpty() ? span : text + "\n" + span;
    }

    private void paintLabels(Graphics2D g, int x, int y) {
        g.setColor(Style.INK);
        g.setFont(Style.AXIS);
        FontMetrics metrics = g.getFontMetrics();
        for (int row = 0; row < cells.rowLabels.size(); row++) {
            String label = cells.rowLabels.get(row);
            float baseline = y + row * cell + (cell + metrics.getAscent() - metrics.getDescent()) / 2f;
            g.drawString(label, x - 6 - metrics.stringWidth(label), baseline);
        }
        int labelTop = y - lineHeight(Style.AXIS) - 2;
        for (int column = 0; column < cells.columnLabels.size(); column++) {
            centre(g, cells.columnLabels.get(column), x + (column + 0.5) * cell, labelTop);
        }
        g.setFont(Style.AXIS.deriveFont(Font.BOLD));
        if (!cells.columnName.isEmpty()) {
            centre(g, cells.columnName, x + columns * cell / 2.0, y - labelsAbove);
        }
        if (!cells.rowName.isEmpty()) {
            Graphics2D turned = (Graphics2D) g.create();
            turned.translate(x - labelsLeft, y + rows * cell / 2.0);
            turned.rotate(-Math.PI / 2);
            centre(turned, cells.rowName, 0, 0);
            turned.dispose();
        }
    }

    private void paintCells(Graphics2D g, int panel, int x, int y) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                g.setColor(color(panel, row, column));
                g.fillRect(x + column * cell, y + row * cell, cell, cell);
            }
        }
        g.setStroke(Style.HAIR);
        if (cells.numbers) {
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

    private boolean isApart(int row, int column) {
        return cells.diagonalApart && row == column;
    }

    private Color color(int panel, int row, int column) {
        float value = cells.panels.get(panel).get(row, column);
        if (isApart(row, column)) {
            return Style.PADDING;
        }
        return Float.isNaN(value) ? Color.WHITE : cells.kind.colors.color(value, cells.limits(panel));
    }

    private void paintNumbers(Graphics2D g, int panel, int x, int y) {
        g.setFont(Style.CELL);
        FontMetrics metrics = g.getFontMetrics();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                float value = cells.panels.get(panel).get(row, column);
                if (cells.diagonalApart && value == 0) {
                    continue;
                }
                String text = number(value);
                g.setColor(ColorScale.inkOn(background(panel, row, column)));
                g.drawString(
                        text,
                        x + column * cell + (cell - metrics.stringWidth(text)) / 2f,
                        y + row * cell + (cell + metrics.getAscent() - metrics.getDescent()) / 2f);
            }
        }
    }

    private Color background(int panel, int row, int column) {
        Color background = color(panel, row, column);
        for (CellMark mark : cells.marks) {
            if (mark.role().isFill() && mark.row() == row && mark.column() == column) {
                background = Style.PADDING;
            }
        }
        return background;
    }

    private void paintMarks(Graphics2D g, int x, int y, boolean fills) {
        for (CellMark mark : cells.marks) {
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
            g.setColor(cells.kind.colors.level(level));
            g.fillRect(x + level * BAR_WIDTH / ColorScale.LEVELS, y, BAR_WIDTH / ColorScale.LEVELS, BAR_HEIGHT);
        }
        g.setStroke(Style.HAIR);
        g.setColor(Style.RULE);
        g.draw(new Rectangle2D.Double(x - 0.25, y - 0.25, BAR_WIDTH + 0.5, BAR_HEIGHT + 0.5));
        g.setColor(Style.INK);
        g.drawString(barAfter(), x + BAR_WIDTH, baseline);
    }

    private String barBefore() {
        String low = cells.ownScales ? "low" : Numbers.text(cells.limits(0).min());
        if (cells.ownScales && cells.kind.isCentred()) {
            low = "−max";
        }
        return cells.kind.word + "  " + low + "  ";
    }

    private String barAfter() {
        if (!cells.ownScales) {
            Limits limits = cells.limits(0);
            boolean beyond = cells.limits != null && Limits.of(cells.panels).max() > limits.max();
            return "  " + Numbers.text(limits.max()) + (beyond ? " and more" : "")
                    + (cells.diagonalApart ? "  (diagonal not coloured)" : "");
        }
        return (cells.kind.isCentred() ? "  max" : "  high") + "  (each panel on its own scale)";
    }

    private int barWidth() {
        return textWidth(barBefore(), Style.CELL) + BAR_WIDTH + textWidth(barAfter(), Style.CELL);
    }

    private int captionLines() {
        int most = 0;
        for (int panel = 0; panel < cells.panels.size(); panel++) {
            most = Math.max(most, lines(caption(panel)).length);
        }
        return most;
    }

    private int captionWidth() {
        int widest = 0;
        for (int panel = 0; panel < cells.panels.size(); panel++) {
            widest = Math.max(widest, widest(List.of(lines(caption(panel))), Style.CELL));
        }
        return widest;
    }

    private int titleWidth() {
        return widest(List.of(lines(cells.title)), Style.TITLE);
    }

    private static String[] lines(String text) {
        return text.isEmpty() ? new String[0] : text.split("\n");
    }

    private static int widest(List<String> texts, Font font) {
        return texts.stream().mapToInt(text -> textWidth(text, font)).max().orElse(0);
    }

    static int textWidth(String text, Font font) {
        return RULER.getFontMetrics(font).stringWidth(text);
    }

    private static int lineHeight(Font font) {
        return RULER.getFontMetrics(font).getHeight();
    }

    /** Draws text centred on x, its line beginning at the given top. */
    private static void centre(Graphics2D g, String text, double x, double top) {
        FontMetrics metrics = g.getFontMetrics();
        g.drawString(text, (float) (x - metrics.stringWidth(text) / 2.0), (float) (top + metrics.getAscent()));
    }
}
