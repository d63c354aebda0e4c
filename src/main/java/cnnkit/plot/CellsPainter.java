package cnnkit.plot;

import cnnkit.plot.card.CellMark;
import cnnkit.plot.card.ColorScale;
import cnnkit.plot.card.Fitted;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Tensor;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Lays panels of cells out and paints them. All lengths are in points. */
final class CellsPainter {
    private static final int MARGIN = 12;
    private static final int GAP = 10; // between panels
    private static final int LARGEST_CELL = 24;
    private static final int LARGEST_PANEL = 280;
    private static final int SMALLEST_PANEL = 40; // of a picture
    private static final int SMALLEST_PICTURE = 3; // cells a side: what has fewer is a table
    private static final int LONGEST_LABEL = 180; // of rows and columns, in points
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

    private final Fitted title;
    private final List<Fitted> captions; // one per panel
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

        int nameHeight = Letters.height(Style.AXIS) + 4;
        labelsLeft = (labels.rows().isEmpty() ? 0 : widest(rowLabels()) + 6)
                + (labels.rowName().isEmpty() ? 0 : nameHeight);
        cell = readable(layout.cellSize() > 0 ? layout.cellSize() : fittingCell());
        labelsAbove = columnLabelsHeight() + (labels.columnName().isEmpty() ? 0 : nameHeight);
        captions = captions();
        captionHeight = highest(captions) > 0 ? highest(captions) + 3 : 0;
        pitchX = Math.max(labelsLeft + columns * cell, widest(captions)) + GAP;
        pitchY = captionHeight + labelsAbove + rows * cell + GAP;
        barHeight = layout.scaleShown() ? BAR_HEIGHT + 14 : 0;

        int grid = across * pitchX - GAP;
        int name = Math.min(Letters.width(labels.columnName(), Style.BOLD), Style.WIDTH - 2 * MARGIN);
        int content = Math.max(Math.max(grid, name), layout.scaleShown() ? barWidth() : 0);
        int wanted = Arrays.stream(labels.title().split("\n"))
                .mapToInt(line -> Letters.width(line, Style.TITLE))
                .max()
                .orElse(0);
        int inside = Math.max(content, Math.min(wanted, Style.WIDTH - 2 * MARGIN));
        title = Fitted.of(labels.title(), Style.TITLE, inside);
        titleHeight = title.lines().isEmpty() ? 0 : title.height() + 6;
        width = inside + 2 * MARGIN;
        left = MARGIN + (inside - grid) / 2;
        height = MARGIN + titleHeight + down * pitchY - GAP + barHeight + MARGIN;
    }

    /** Large enough that a picture can be read: at least 40 points a side, as far as the page is wide enough. */
    private int readable(int size) {
        if (Math.min(rows, columns) < SMALLEST_PICTURE) {
            return size;
        }
        int needed = (SMALLEST_PANEL + Math.max(rows, columns) - 1) / Math.max(rows, columns);
        return Math.max(size, Math.min(needed, widestCell()));
    }

    /** The largest cell with which the panels fit the page. */
    private int widestCell() {
        int room = Style.WIDTH - 2 * MARGIN - (across - 1) * GAP - across * labelsLeft;
        return Math.max(1, room / (across * columns));
    }

    /** The largest cell with which the panels fit the page; large enough for the numbers, if they are printed. */
    private int fittingCell() {
        int modest = Math.min(LARGEST_CELL, Math.max(1, LARGEST_PANEL / Math.max(rows, columns)));
        int size = Math.min(widestCell(), modest);
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
        title.centre(g, Style.INK, width / 2.0, MARGIN);
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
        captions.get(panel).centre(g, Style.INK, x + columns * cell / 2.0, y - labelsAbove - captionHeight);
        paintLabels(g, x, y);
        paintCells(g, panel, x, y);
        paintMarks(g, x, y, true);
        if (layout.numbers()) {
            paintNumbers(g, panel, x, y);
        }
        paintMarks(g, x, y, false);
    }

    /** All captions; one that would make the page too wide is broken or set smaller. */
    private List<Fitted> captions() {
        int share = (Style.WIDTH - 2 * MARGIN - (across - 1) * GAP) / across;
        int room = Math.max(share, labelsLeft + columns * cell);
        return IntStream.range(0, panels.count())
                .mapToObj(panel -> Fitted.of(caption(panel), Style.CELL, room))
                .toList();
    }

    private List<Fitted> rowLabels() {
        return labels.rows().stream()
                .map(label -> Fitted.of(label, Style.AXIS, LONGEST_LABEL))
                .toList();
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

    /** Whether labels over columns are wider than these, so that they have to be read from below. */
    private boolean columnsUpright() {
        return labels.columns().stream().anyMatch(label -> Letters.width(label, Style.AXIS) > cell);
    }

    private Fitted columnLabel(int column) {
        return Fitted.of(labels.columns().get(column), Style.AXIS, columnsUpright() ? LONGEST_LABEL : Style.WIDTH);
    }

    private int columnLabelsHeight() {
        return IntStream.range(0, labels.columns().size())
                .map(column -> columnsUpright() ? columnLabel(column).width() + 6 : Letters.height(Style.AXIS) + 4)
                .max()
                .orElse(0);
    }

    private void paintLabels(Graphics2D g, int x, int y) {
        List<Fitted> names = rowLabels();
        for (int row = 0; row < names.size(); row++) {
            Fitted name = names.get(row);
            name.right(g, Style.INK, x - 6.0, y + (row + 0.5) * cell - name.height() / 2.0);
        }
        for (int column = 0; column < labels.columns().size(); column++) {
            Fitted name = columnLabel(column);
            double middle = x + (column + 0.5) * cell;
            if (columnsUpright()) {
                name.upwards(g, Style.INK, middle - name.height() / 2.0, y - 4 - name.width() / 2.0);
            } else {
                name.centre(g, Style.INK, middle, y - name.height() - 2.0);
            }
        }
        Fitted columnName = Fitted.unbroken(labels.columnName(), Style.BOLD, width - 2.0 * MARGIN);
        double half = columnName.width() / 2.0 + MARGIN;
        columnName.centre(
                g, Style.INK, Math.max(half, Math.min(width - half, x + columns * cell / 2.0)), y - labelsAbove);
        Fitted rowName = Fitted.unbroken(labels.rowName(), Style.BOLD, height - 2.0 * MARGIN);
        double most = rowName.width() / 2.0 + MARGIN;
        double middle = Math.max(most, Math.min(height - most, y + rows * cell / 2.0));
        rowName.upwards(g, Style.INK, x - labelsLeft, middle);
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
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                float value = panels.value(panel, row, column);
                if (panels.diagonalApart() && value == 0) {
                    continue;
                }
                Color ink = ColorScale.inkOn(background(panel, row, column));
                double middleX = x + (column + 0.5) * cell, middleY = y + (row + 0.5) * cell;
                Letters.inCell(g, layout.number(value), ink, middleX, middleY, cell);
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
        Letters.from(g, barBefore(), x, baseline);
        x += Letters.width(g, barBefore());
        for (int level = 0; level < ColorScale.LEVELS; level++) {
            g.setColor(panels.kind().colors().level(level));
            g.fillRect(x + level * BAR_WIDTH / ColorScale.LEVELS, y, BAR_WIDTH / ColorScale.LEVELS, BAR_HEIGHT);
        }
        g.setStroke(Style.HAIR);
        g.setColor(Style.RULE);
        g.draw(new Rectangle2D.Double(x - 0.25, y - 0.25, BAR_WIDTH + 0.5, BAR_HEIGHT + 0.5));
        g.setColor(Style.INK);
        Letters.from(g, barAfter(), x + BAR_WIDTH, baseline);
    }

    private String barBefore() {
        boolean below = panels.chosen() != null
                && Limits.of(panels.values()).min() < panels.limits(0).min();
        String low = panels.ownScales()
                ? "low"
                : (below ? "less and " : "") + Numbers.text(panels.limits(0).min());
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

    private static int widest(List<Fitted> texts) {
        return texts.stream().mapToInt(Fitted::width).max().orElse(0);
    }

    private static int highest(List<Fitted> texts) {
        return texts.stream().mapToInt(Fitted::height).max().orElse(0);
    }
}
