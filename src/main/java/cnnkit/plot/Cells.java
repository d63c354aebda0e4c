package cnnkit.plot;

import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
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
 * to light, signed values brown - white - green.
 */
public final class Cells implements Drawing {
    private static final int WIDEST = 10; // panels in a row, unless columns says otherwise

    final CellKind kind;
    final List<Tensor> panels; // each (H, W)
    final List<CellMark> marks = new ArrayList<>();
    String title = "";
    List<String> captions = List.of();
    List<String> rowLabels = List.of();
    List<String> columnLabels = List.of();
    String rowName = "";
    String columnName = "";
    int columns; // 0: not chosen
    int cellSize; // 0: not chosen
    boolean numbers;
    int decimals = -1; // as many as it takes
    boolean ownScales;
    boolean scaleShown = true;
    boolean diagonalApart;
    Limits limits; // null: from the values
    private String alt;

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
        List<Tensor> panels = panels("activations", activations);
        if (Limits.of(panels).min() < 0) {
            throw new IllegalArgumentException(
                    "Cells.activations: activations are never negative but the smallest value is %s: use Cells.signed"
                            .formatted(Limits.of(panels).min()));
        }
        return new Cells(CellKind.ACTIVATIONS, panels);
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
     */
    public static Cells counts(Tensor counts) {
        return new Cells(CellKind.COUNTS, panels("counts", counts)).numbers();
    }

    /**
     * Counts, each printed in its cell.
     *
     * @param counts rows of equal length
     * @return cells to be drawn
     * @throws ShapeException if there are no rows or they differ in length
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

    private static Tensor matrix(int[][] rows) {
        int width = rows.length == 0 ? 0 : rows[0].length;
        Tensor matrix = Tensor.zeros(rows.length, width);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != width) {
                throw new ShapeException(
                        "Cells.counts: row 0 has %d numbers but row %d has %d".formatted(width, i, rows[i].length));
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
            throw new ShapeException("Cells.%s: expected shape [H, W], [C, H, W] or [N, C, H, W] but got %s%s"
                    .formatted(
                            what,
                            Shapes.text(tensor.shape()),
                            rank == 1 ? ": reshape(1, -1) makes a vector one row of cells" : ""));
        }
        Tensor stack = tensor.reshape(-1, tensor.size(rank - 2), tensor.size(rank - 1));
        return IntStream.range(0, stack.size(0)).mapToObj(stack::slice).toList();
    }

    /**
     * A title over the whole figure.
     *
     * @param text in bold
     * @return these cells
     */
    public Cells title(String text) {
        title = text;
        return this;
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
                    "Cells: %d captions for %d panels".formatted(texts.size(), panels.size()));
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
     * The side of a cell; without it, what fits.
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
            throw new IllegalArgumentException("Cells: %s must be at least 1 but got %d".formatted(what, number));
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
     * Prints each number in its cell.
     *
     * @param places decimals
     * @return these cells
     */
    public Cells numbers(int places) {
        decimals = places;
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
            throw new IllegalArgumentException("Cells: %d labels for %d %s".formatted(labels.length, size, what));
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
     */
    public Cells scaleLimit(double max) {
        if (!(max > 0)) {
            throw new IllegalArgumentException("Cells: the limit of the scale must be above 0 but got " + max);
        }
        limits = new Limits(kind.isCentred() ? -max : 0, max);
        return this;
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
     * Shades a ring of padding, in every panel, instead of the colours of its values.
     *
     * @param width of the ring, in cells
     * @return these cells
     */
    public Cells markPadding(int width) {
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

    /**
     * What there is to see, for those who cannot see it: the finding rather than the title.
     *
     * @param sentence in words
     * @return these cells
     */
    public Cells alt(String sentence) {
        alt = sentence;
        return this;
    }

    String alt() {
        if (alt != null) {
            return alt;
        }
        Limits span = Limits.of(panels);
        String what = "%d %s of %d x %d cells, each %s %s, from %s to %s"
                .formatted(
                        panels.size(),
                        panels.size() == 1 ? "panel" : "panels",
                        panels.get(0).size(0),
                        panels.get(0).size(1),
                        kind.article,
                        kind.word,
                        Numbers.text(span.min()),
                        Numbers.text(span.max()));
        return title.isEmpty() ? what : title + ": " + what;
    }

    /** The panels in a row: as chosen, or 10, or a little fewer where that leaves fewer gaps in the last row. */
    int columnsUsed() {
        if (columns > 0 || panels.size() <= WIDEST) {
            return Math.min(columns > 0 ? columns : WIDEST, panels.size());
        }
        int best = WIDEST;
        for (int count = WIDEST - 1; count >= WIDEST / 2 + 1; count--) {
            best = gaps(count) < gaps(best) ? count : best;
        }
        return best;
    }

    private int gaps(int count) {
        return (count - panels.size() % count) % count;
    }

    /** The limits of one panel's colours. */
    Limits limits(int panel) {
        if (limits != null) {
            return limits;
        }
        List<Tensor> values = ownScales ? List.of(panels.get(panel)) : panels;
        return kind.limits(
                diagonalApart ? values.stream().map(Cells::withoutDiagonal).toList() : values);
    }

    private static Tensor withoutDiagonal(Tensor panel) {
        Tensor rest = panel.copy();
        for (int i = 0; i < Math.min(panel.size(0), panel.size(1)); i++) {
            rest.set(0, i, i);
        }
        return rest;
    }

    @Override
    public Figure figure() {
        return new CellsPainter(this).figure();
    }

    /**
     * What is drawn, in words.
     *
     * @return the alt text
     */
    @Override
    public String toString() {
        return alt();
    }
}
