package cnnkit.plot;

import cnnkit.plot.card.CellKind;
import cnnkit.plot.card.CellMark;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Grids of square cells: pictures, filters, feature maps, windows, a confusion matrix.
 * <pre>
 *     Cells.pixels(mnist.test().images(0, 1, 2)).captions("7", "2", "1")
 *     Cells.weights(network.parameter("W1").value()).title("W1 before training").columns(10)
 *     Cells.confusion(evaluation.confusion()).title("which digit is taken for which")
 * </pre>
 * A tensor (H, W) is one panel, (C, H, W) is C panels, (N, C, H, W) is N*C panels, channel after channel; row 0 is on top.
 * All panels share one colour scale, whose limits are printed, unless {@link #ownScales} is asked for. The kind of number
 * decides the colours: pixels are grey, weights blue - white - red with zero exactly white, activations and counts dark
 * to light, signed values brown - white - green. What is no finite number has a colour of its own, and is counted.
 */
public final class Cells extends TitledDrawing<Cells> {
    private final CellKind kind;
    private final List<Tensor> panels; // each (H, W)
    private final List<CellMark> marks = new ArrayList<>();
    private List<String> captions = List.of();
    private List<String> rowLabels = List.of();
    private List<String> columnLabels = List.of();
    private String rowName = "";
    private String columnName = "";
    private int columns; // 0: not chosen
    private int cellSize; // 0: not chosen
    private boolean numbers;
    private int decimals = -1; // as many as it takes
    private boolean ownScales;
    private boolean scaleShown = true;
    private boolean diagonalApart;
    private Limits limits; // null: from the values

    private Cells(CellKind kind, List<Tensor> panels) {
        this.kind = kind;
        this.panels = panels;
    }

    /**
     * Pictures, in grey: 0 is black, 1 is white. Values outside 0..1 stretch the scale.
     *
     * @param pixels (H, W), (C, H, W) or (N, C, H, W)
     * @return cells to be drawn
     * @throws ShapeException if the tensor has another rank
     */
    public static Cells pixels(Tensor pixels) {
        return new Cells(CellKind.PIXELS, panels("pixels", pixels));
    }

    /**
     * Weights, from blue (negative) over white (zero) to red (positive).
     *
     * @param weights (H, W), (C, H, W) or (FN, C, FH, FW)
     * @return cells to be drawn
     * @throws ShapeException if the tensor has another rank
     */
    public static Cells weights(Tensor weights) {
        return new Cells(CellKind.WEIGHTS, panels("weights", weights));
    }

    /**
     * Feature maps after ReLU, which are never negative: dark is 0, light is the largest.
     *
     * @param activations (H, W), (C, H, W) or (N, C, H, W)
     * @return cells to be drawn
     * @throws ShapeException if the tensor has another rank
     * @throws IllegalArgumentException if a value is negative
     */
    public static Cells activations(Tensor activations) {
        return new Cells(CellKind.ACTIVATIONS, neverNegative("activations", activations));
    }

    /**
     * Values of either sign, such as feature maps before ReLU: from brown (negative) over white (zero) to green
     * (positive).
     *
     * @param values (H, W), (C, H, W) or (N, C, H, W)
     * @return cells to be drawn
     * @throws ShapeException if the tensor has another rank
     */
    public static Cells signed(Tensor values) {
        return new Cells(CellKind.SIGNED, panels("signed", values));
    }

    /**
     * Counts, each printed in its cell.
     *
     * @param counts (H, W), (C, H, W) or (N, C, H, W)
     * @return cells to be drawn
     * @throws ShapeException if the tensor has another rank
     * @throws IllegalArgumentException if a count is negative
     */
    public static Cells counts(Tensor counts) {
        return new Cells(CellKind.COUNTS, neverNegative("counts", counts)).numbers();
    }

    /**
     * Counts, each printed in its cell.
     *
     * @param counts rows of equal length
     * @return cells to be drawn
     * @throws ShapeException if there are no rows or they differ in length
     * @throws IllegalArgumentException if a count is negative
     */
    public static Cells counts(int[][] counts) {
        return counts(matrix(counts));
    }

    /**
     * A confusion matrix: a row for what an image is, a column for what it was taken for. The diagonal, where most images
     * are, keeps its numbers but takes no part in the colours, so that the confused classes stand out.
     *
     * @param confusion {@code confusion[i][j]} counts images of class i that were taken for class j
     * @return cells to be drawn
     * @throws ShapeException if there are no rows or they differ in length
     * @throws IllegalArgumentException if a count is negative
     */
    public static Cells confusion(int[][] confusion) {
        String[] classes =
                IntStream.range(0, confusion.length).mapToObj(Integer::toString).toArray(String[]::new);
        return counts(confusion)
                .diagonalApart()
                .rowLabels(classes)
                .columnLabels(classes)
                .axisNames("is", "taken for");
    }

    private static List<Tensor> neverNegative(String what, Tensor values) {
        List<Tensor> panels = panels(what, values);
        for (Tensor panel : panels) {
            for (float value : panel.data()) {
                if (value < 0) {
                    throw new IllegalArgumentException(Text.error(
                            "Cells.%s: %s are never negative but the smallest value is %s: use Cells.signed",
                            what,
                            what,
                            value < Limits.of(panels).min()
                                    ? value
                                    : Limits.of(panels).min()));
                }
            }
        }
        return panels;
    }

    private static Tensor matrix(int[][] rows) {
        int width = rows.length == 0 ? 0 : rows[0].length;
        Tensor matrix = Tensor.zeros(rows.length, width);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != width) {
                throw new ShapeException(
                        Text.error("Cells.counts: row 0 has %d numbers but row %d has %d", width, i, rows[i].length));
            }
            for (int j = 0; j < width; j++) {
                matrix.set(rows[i][j], i, j);
            }
        }
        return matrix;
    }

    private static List<Tensor> panels(String what, Tensor tensor) {
        int rank = tensor.rank();
        if (rank < 2 || rank > 4 || tensor.length() == 0) {
            throw new ShapeException(Text.error(
                    "Cells.%s: expected shape [H, W], [C, H, W] or [N, C, H, W] but got %s%s",
                    what,
                    Shapes.text(tensor.shape()),
                    rank == 1 ? ": reshape(1, -1) makes a vector one row of cells" : ""));
        }
        Tensor stack = tensor.reshape(-1, tensor.size(rank - 2), tensor.size(rank - 1));
        return IntStream.range(0, stack.size(0)).mapToObj(stack::slice).toList();
    }

    /**
     * A caption over each panel, in order; those left over have none.
     *
     * @param texts as many as there are panels, or fewer
     * @return these cells
     * @throws IllegalArgumentException if there are more captions than panels
     */
    public Cells captions(List<String> texts) {
        if (texts.size() > panels.size()) {
            throw new IllegalArgumentException(
                    Text.error("Cells: %d captions for %d panels", texts.size(), panels.size()));
        }
        captions = List.copyOf(texts);
        return this;
    }

    /**
     * A caption over each panel, in order; those left over have none.
     *
     * @param texts as many as there are panels, or fewer
     * @return these cells
     * @throws IllegalArgumentException if there are more captions than panels
     */
    public Cells captions(String... texts) {
        return captions(Arrays.asList(texts));
    }

    /**
     * How many panels stand side by side; without it, at most 10.
     *
     * @param count from 1
     * @return these cells
     */
    public Cells columns(int count) {
        columns = positive("columns", count);
        return this;
    }

    /**
     * The side of a cell; without it, what fits. Pictures are drawn at least 40 points wide or high, where the page has room
     * for it: cells that are too small for that become larger.
     *
     * @param points from 1
     * @return these cells
     */
    public Cells cellSize(int points) {
        cellSize = positive("cellSize", points);
        return this;
    }

    private static int positive(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(Text.error("Cells: %s must be at least 1 but got %d", what, number));
        }
        return number;
    }

    private static int notNegative(String what, int number) {
        if (number < 0) {
            throw new IllegalArgumentException(Text.error("Cells: %s cannot be negative but got %d", what, number));
        }
        return number;
    }

    /**
     * Prints each number in its cell.
     *
     * @return these cells
     */
    public Cells numbers() {
        numbers = true;
        return this;
    }

    /**
     * Prints each number in its cell, all with up to two further decimals where rounding would tell another number: 1/9 with one
     * decimal is 0.11. Numbers that do not fit their cell are left out.
     *
     * @param places decimals, from 0
     * @return these cells
     */
    public Cells numbers(int places) {
        decimals = notNegative("decimals", places);
        return numbers();
    }

    /**
     * Labels at the left of the rows.
     *
     * @param labels one per row
     * @return these cells
     * @throws IllegalArgumentException if their number is not H
     */
    public Cells rowLabels(String... labels) {
        rowLabels = labels("rows", panels.get(0).size(0), labels);
        return this;
    }

    /**
     * Labels over the columns.
     *
     * @param labels one per column
     * @return these cells
     * @throws IllegalArgumentException if their number is not W
     */
    public Cells columnLabels(String... labels) {
        columnLabels = labels("columns", panels.get(0).size(1), labels);
        return this;
    }

    private static List<String> labels(String what, int size, String... labels) {
        if (labels.length != size) {
            throw new IllegalArgumentException(Text.error("Cells: %d labels for %d %s", labels.length, size, what));
        }
        return List.of(labels);
    }

    /**
     * What the rows and the columns are.
     *
     * @param rows written along the left side
     * @param columns written along the top
     * @return these cells
     */
    public Cells axisNames(String rows, String columns) {
        rowName = rows;
        columnName = columns;
        return this;
    }

    /**
     * Gives each panel a scale of its own, and says so: shapes show better, sizes can no longer be compared.
     *
     * @return these cells
     */
    public Cells ownScales() {
        ownScales = true;
        return this;
    }

    /**
     * Where the scale ends, instead of at the largest value: to compare figures, or to see small values beside large
     * ones. Values beyond take the colour of the end.
     *
     * @param max the end of the scale; it begins at 0, or at -max where zero is in the middle
     * @return these cells
     * @throws IllegalArgumentException if it is not above 0, or has no end itself
     */
    public Cells scaleLimit(double max) {
        if (!(max > 0 && Double.isFinite(max))) {
            throw new IllegalArgumentException(
                    Text.error("Cells: the limit of the scale must be a finite number above 0 but got %s", max));
        }
        limits = new Limits(kind.isCentred() ? -max : 0, max);
        return this;
    }

    /**
     * Where the scale begins and ends: for pictures whose values leave 0..1, such as a sharpened one, so that neither end is
     * cut off. Values beyond take the colour of the end, and the bar says that there are some.
     *
     * @param min its beginning
     * @param max its end
     * @return these cells
     * @throws IllegalArgumentException unless both are finite and rise, or if zero would not be white where it has to be
     */
    public Cells limits(double min, double max) {
        if (kind.isCentred() && min != -max) {
            throw new IllegalArgumentException(Text.error(
                    "Cells: zero is white in the middle of this scale, so it goes from -max to max, but was asked to go "
                            + "from %s to %s: use scaleLimit, or Cells.pixels",
                    min, max));
        }
        limits = Limits.axis("Cells.limits", min, max);
        return this;
    }

    /**
     * Draws these cells as those of another drawing, so that the two can be compared side by side: equal numbers have equal
     * colours, and both have cells of one size.
     *
     * @param other whose scale counts; its cells become as large as these need theirs
     * @return these cells
     * @throws IllegalArgumentException if it shows numbers of another kind
     */
    public Cells alike(Cells other) {
        if (kind != other.kind) {
            throw new IllegalArgumentException(Text.error(
                    "Cells: %s and %s have no scale in common", kind.wordWithArticle(), other.kind.wordWithArticle()));
        }
        limits = other.panels().limits(0);
        int side = Math.max(side(), other.side());
        cellSize = side;
        other.cellSize = side;
        return this;
    }

    private int side() {
        return place(0).width / panels.get(0).size(1);
    }

    /**
     * Leaves the bar out that explains the colours: where the numbers are printed, it may say nothing new.
     *
     * @return these cells
     */
    public Cells withoutScale() {
        scaleShown = false;
        return this;
    }

    /**
     * Leaves the diagonal out of colours and scale; its numbers stay. Zeros beside it are left blank.
     *
     * @return these cells
     */
    public Cells diagonalApart() {
        diagonalApart = true;
        return this;
    }

    /**
     * Frames a window, in every panel: where a filter stands now.
     *
     * @param row its first row
     * @param column its first column
     * @param height in cells
     * @param width in cells
     * @return these cells
     * @throws IndexOutOfBoundsException if it leaves the panel
     */
    public Cells markWindow(int row, int column, int height, int width) {
        return mark(CellMark.Role.WINDOW, row, column, height, width);
    }

    /**
     * Frames a row, in every panel: the one that belongs to what is framed elsewhere.
     *
     * @param row its index
     * @return these cells
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Cells markRow(int row) {
        return mark(CellMark.Role.ROW, row, 0, 1, panels.get(0).size(1));
    }

    /**
     * Picks out one cell, in every panel: it is filled with orange.
     *
     * @param row its row
     * @param column its column
     * @return these cells
     * @throws IndexOutOfBoundsException if there is no such cell
     */
    public Cells markPixel(int row, int column) {
        return mark(CellMark.Role.PIXEL, row, column, 1, 1);
    }

    /**
     * Crosses out one cell, in every panel: no window reads it.
     *
     * @param row its row
     * @param column its column
     * @return these cells
     * @throws IndexOutOfBoundsException if there is no such cell
     */
    public Cells markDropped(int row, int column) {
        return mark(CellMark.Role.DROPPED, row, column, 1, 1);
    }

    /**
     * Shades one cell, in every panel, instead of the colour of its value: nothing has been computed there yet. A NaN in it still
     * shows as ?.
     *
     * @param row its row
     * @param column its column
     * @return these cells
     * @throws IndexOutOfBoundsException if there is no such cell
     */
    public Cells markPending(int row, int column) {
        return mark(CellMark.Role.PADDING, row, column, 1, 1);
    }

    /**
     * Shades a ring of padding, in every panel, instead of the colours of its values.
     *
     * @param width of the ring, in cells, from 0
     * @return these cells
     */
    public Cells markPadding(int width) {
        notNegative("padding", width);
        int H = panels.get(0).size(0), W = panels.get(0).size(1);
        for (int row = 0; row < H; row++) {
            for (int column = 0; column < W; column++) {
                if (Math.min(Math.min(row, H - 1 - row), Math.min(column, W - 1 - column)) < width) {
                    mark(CellMark.Role.PADDING, row, column, 1, 1);
                }
            }
        }
        return this;
    }

    private Cells mark(CellMark.Role role, int row, int column, int height, int width) {
        Objects.checkFromIndexSize(row, height, panels.get(0).size(0));
        Objects.checkFromIndexSize(column, width, panels.get(0).size(1));
        marks.add(new CellMark(role, row, column, height, width));
        return this;
    }

    @Override
    protected String words() {
        Limits span = Limits.of(panels);
        String strange = panels().notFinite();
        return afterTitle(
                ": ",
                Text.of(
                        "%d %s of %d x %d cells, each %s, from %s to %s%s",
                        panels.size(),
                        panels.size() == 1 ? "panel" : "panels",
                        panels.get(0).size(0),
                        panels.get(0).size(1),
                        kind.wordWithArticle(),
                        Numbers.text(span.min()),
                        Numbers.text(span.max()),
                        strange.isEmpty() ? "" : Text.of("; ") + Text.shown(strange)));
    }

    CellPanels panels() {
        return new CellPanels(kind, panels, limits, ownScales, diagonalApart);
    }

    private double[] values() {
        return panels.stream()
                .flatMapToDouble(panel -> IntStream.range(0, panel.length()).mapToDouble(i -> panel.data()[i]))
                .toArray();
    }

    CellLabels labels() {
        return new CellLabels(title(), captions, rowLabels, columnLabels, rowName, columnName);
    }

    CellLayout layout() {
        int honest = decimals < 0 ? decimals : Numbers.honestDecimals(values(), decimals);
        return new CellLayout(columns, cellSize, numbers, honest, scaleShown);
    }

    private CellsPainter painter() {
        return new CellsPainter(panels(), labels(), layout(), List.copyOf(marks));
    }

    /**
     * Where the cells of a panel lie in the figure, for those who draw something over them.
     *
     * @param panel its index
     * @return their outline, in points
     * @throws IndexOutOfBoundsException if there is no such panel
     */
    public Rectangle place(int panel) {
        return painter().place(Objects.checkIndex(panel, panels.size()));
    }

    @Override
    public Figure figure() {
        return painter().figure(alt());
    }
}
