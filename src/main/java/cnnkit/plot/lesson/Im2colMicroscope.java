package cnnkit.plot.lesson;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.Arrow;
import cnnkit.plot.card.CellKind;
import cnnkit.plot.card.CellMark;
import cnnkit.plot.card.Grid;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Objects;

/**
 * An image and its im2col matrix side by side: which row belongs to which window, and which cells are copies of one pixel
 * (section 7.4.2).
 * <pre>
 *     Im2colMicroscope.of(x, Window.of(3)).window(4)              window 4 and its row
 *     Im2colMicroscope.of(x, Window.of(3)).pixel(0, 2, 2)         a pixel and all its copies
 *     Im2colMicroscope.of(x, Window.of(3)).window(4).rows(5)      only rows 0 to 4 are laid out yet
 *     Im2colMicroscope.folding(dcol, shape, Window.of(3), 5)      the way back: rows 0 to 4 are added to the image
 * </pre>
 * The channels of the image stand one below the other, their columns of the matrix side by side; colours tell them
 * apart. What has been added up on the way back is green where it is positive, brown where it is negative.
 */
public final class Im2colMicroscope extends TitledDrawing<Im2colMicroscope> {
    private static final int MARGIN = 12;
    private static final int LARGEST_CELL = 26;
    private static final int BETWEEN = 56; // the image and the matrix
    private static final int GAP = 26; // between channels
    private static final Color EMPTY = Color.WHITE;

    private final Tensor image; // (C, H, W)
    private final Tensor matrix; // (OH*OW, C*FH*FW)
    private final Window window;
    private final Limits sums; // of the colours of what has been added up; null on the way there
    private final boolean back; // from the matrix to the image
    private int marked = -1; // a row; none
    private int[] pixel = {}; // c, y, x; none
    private int filled; // rows that are laid out

    private Im2colMicroscope(Tensor image, Tensor matrix, Window window, Limits sums) {
        this.image = image;
        this.matrix = matrix;
        this.window = window;
        this.sums = sums;
        back = sums != null;
        filled = matrix.size(0);
    }

    /**
     * One image, unfolded.
     *
     * @param x (1, C, H, W), small
     * @param window where the window stands
     * @return a microscope to be drawn
     * @throws cnnkit.tensor.ShapeException if x is not one image, or the window does not fit
     */
    public static Im2colMicroscope of(Tensor x, Window window) {
        Shapes.expect("Im2colMicroscope", "input", x, 1, "C", "H", "W");
        Tensor image = x.slice(0);
        return new Im2colMicroscope(image, Im2col.im2col(x, window), window, null);
    }

    /**
     * A matrix on its way back into an image, row by row: what windows have in common adds up (section 7.4.3).
     *
     * @param col the matrix, (OH * OW, C * FH * FW)
     * @param inputShape of the image, (1, C, H, W)
     * @param window where the window stands
     * @param rows how many rows are folded back already; the last of them is framed
     * @return a microscope to be drawn
     * @throws cnnkit.tensor.ShapeException if the matrix does not belong to the image and the window
     */
    public static Im2colMicroscope folding(Tensor col, int[] inputShape, Window window, int rows) {
        Tensor whole = Im2col.col2im(col, inputShape, window);
        Shapes.expect("Im2colMicroscope", "images", whole, 1, "C", "H", "W");
        Objects.checkIndex(rows, col.size(0) + 1);
        Tensor part = Tensor.zeros(col.shape());
        System.arraycopy(col.data(), 0, part.data(), 0, rows * col.size(1));
        Tensor image = Im2col.col2im(part, inputShape, window).slice(0);
        Limits limits = CellKind.SIGNED.limits(List.of(whole));
        Im2colMicroscope microscope = new Im2colMicroscope(image, col, window, limits);
        return rows == 0 ? microscope : microscope.window(rows - 1);
    }

    /**
     * Frames a window in the image, and its row in the matrix.
     *
     * @param row of the matrix
     * @return this microscope
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Im2colMicroscope window(int row) {
        marked = Objects.checkIndex(row, matrix.size(0));
        return this;
    }

    /**
     * Fills a pixel with orange, and every copy of it in the matrix.
     *
     * @param c its channel
     * @param y its row
     * @param x its column
     * @return this microscope
     * @throws IndexOutOfBoundsException if there is no such pixel
     */
    public Im2colMicroscope pixel(int c, int y, int x) {
        Objects.checkIndex(c, image.size(0));
        Objects.checkIndex(y, image.size(1));
        Objects.checkIndex(x, image.size(2));
        pixel = new int[] {c, y, x};
        return this;
    }

    /**
     * Leaves the other rows of the matrix empty: they are not laid out yet.
     *
     * @param count of rows that are
     * @return this microscope
     * @throws IndexOutOfBoundsException if there are not so many rows
     */
    public Im2colMicroscope rows(int count) {
        filled = Objects.checkIndex(count, matrix.size(0) + 1);
        return this;
    }

    @Override
    protected String words() {
        String what = Text.of(
                "An image of shape %s and its matrix of shape %s",
                Shapes.text(image.shape()), Shapes.text(matrix.shape()));
        String window = marked < 0 ? "" : Text.of("; the window of row %d is framed", marked);
        return what + window + (pixel.length == 0 ? "" : Text.of("; one pixel has %d copies", copies()));
    }

    private int copies() {
        int copies = 0;
        for (int row = 0; row < filled; row++) {
            for (int column = 0; column < matrix.size(1); column++) {
                copies += isCopy(row, column) ? 1 : 0;
            }
        }
        return copies;
    }

    /** Whether a cell of the matrix was copied from the picked pixel. */
    boolean isCopy(int row, int column) {
        if (pixel.length == 0) {
            return false;
        }
        int area = window.kernelHeight() * window.kernelWidth();
        int ky = column % area / window.kernelWidth(), kx = column % window.kernelWidth();
        return column / area == pixel[0] && top(row) + ky == pixel[1] && left(row) + kx == pixel[2];
    }

    /** The row of the image at which the window of a row of the matrix begins; negative in the padding. */
    private int top(int row) {
        return window.top(row / window.outputWidth(image.size(2)));
    }

    private int left(int row) {
        return window.left(row % window.outputWidth(image.size(2)));
    }

    @Override
    public Figure figure() {
        return new Painter().figure();
    }

    /** Where everything stands; lengths are in points. */
    private final class Painter {
        final int C = image.size(0), H = image.size(1), W = image.size(2);
        final int padY = window.paddingHeight(), padX = window.paddingWidth();
        final int area = window.kernelHeight() * window.kernelWidth();
        final int line = Letters.height(Style.AXIS);
        final int labels = Letters.width("row 88", Style.CELL) + 6; // at the left of the matrix
        final int cell = Math.max(18, Math.min(LARGEST_CELL, room() / (W + 2 * padX + C * area)));
        final int above = 2 * line + 6; // names and columns over the matrix
        final int panel = (H + 2 * padY) * cell;
        final int imageHeight = C * (panel + GAP) - GAP;
        final int matrixHeight = matrix.size(0) * cell;
        final int content = Math.max(imageHeight, matrixHeight);
        final int width = 2 * MARGIN + (W + 2 * padX) * cell + BETWEEN + labels + C * area * cell;

        int room() {
            return Style.WIDTH - 2 * MARGIN - BETWEEN - Letters.width("row 88", Style.CELL) - 6;
        }

        Figure figure() {
            int height = MARGIN + above + content + MARGIN;
            return titled(Figure.draw(width, height, Figure.MANY_COLORS, alt(), this::paint));
        }

        Grid panel(int c) {
            double top = MARGIN + above + (content - imageHeight) / 2.0 + c * (panel + GAP);
            return new Grid(MARGIN, top, H + 2 * padY, W + 2 * padX, cell);
        }

        Grid matrix() {
            double left = panel(0).right() + BETWEEN + labels;
            return new Grid(left, MARGIN + above + (content - matrixHeight) / 2.0, matrix.size(0), C * area, cell);
        }

        void paint(Graphics2D g) {
            for (int c = 0; c < C; c++) {
                Grid panel = panel(c);
                panel.paint(g, channel(c));
                String name = (back ? "dx" : "x") + (C == 1 ? "" : ", channel " + c);
                Letters.centre(
                        g, name, Style.BOLD, Style.INK, (panel.left() + panel.right()) / 2, panel.top() - line - 3.0);
            }
            Grid col = matrix();
            col.paint(g, windows());
            paintLabels(g, col);
            if (marked >= 0) {
                paintLink(g, col);
            }
        }

        void paintLabels(Graphics2D g, Grid col) {
            for (int row = 0; row < matrix.size(0); row++) {
                double top = col.middleY(row) - Letters.height(Style.CELL) / 2.0;
                Letters.right(g, "row " + row, Style.CELL, Style.INK, col.left() - 5, top);
            }
            for (int column = 0; column < C * area; column++) {
                int k = column % area;
                String place = k / window.kernelWidth() + "," + k % window.kernelWidth();
                Letters.centre(g, place, Style.CELL, Style.INK, col.middleX(column), col.top() - line - 1.0);
            }
            for (int c = 0; c < C; c++) {
                double middle = col.left() + (c + 0.5) * area * cell;
                String name = (back ? "dcol" : "col") + (C == 1 ? "" : ", channel " + c);
                String columns = C == 1 ? name + "   (a column for each ky,kx)" : name;
                Letters.centre(g, columns, Style.BOLD, Style.INK, middle, col.top() - 2.0 * line - 4);
                col.frame(g, 0, c * area, matrix.size(0), area, 1.5f);
            }
        }

        void paintLink(Graphics2D g, Grid col) {
            for (int c = 0; c < C; c++) {
                panel(c).mark(
                                g,
                                new CellMark(
                                        CellMark.Role.WINDOW,
                                        top(marked) + padY,
                                        left(marked) + padX,
                                        window.kernelHeight(),
                                        window.kernelWidth()));
            }
            col.mark(g, new CellMark(CellMark.Role.ROW, marked, 0, 1, C * area));
            double imageX = panel(0).right() + 5;
            double imageY = panel(0).top() + (top(marked) + padY + window.kernelHeight() / 2.0) * cell;
            imageY += (C - 1) * (panel + GAP) / 2.0; // in the middle of all channels
            double rowX = col.left() - labels - 2.0, rowY = col.middleY(marked);
            if (back) {
                Arrow.PLAIN.in(Style.BLUE).paint(g, rowX, rowY, imageX, imageY);
            } else {
                Arrow.PLAIN.in(Style.BLUE).paint(g, imageX, imageY, rowX, rowY);
            }
        }

        Grid.Look channel(int c) {
            return new Grid.Look() {
                boolean isPadding(int row, int column) {
                    return row < padY || row >= H + padY || column < padX || column >= W + padX;
                }

                @Override
                public Color color(int row, int column) {
                    if (isPadding(row, column)) {
                        return Style.PADDING;
                    }
                    int y = row - padY, x = column - padX;
                    boolean picked = pixel.length > 0 && pixel[0] == c && pixel[1] == y && pixel[2] == x;
                    if (picked) {
                        return Style.ORANGE;
                    }
                    return back ? CellKind.SIGNED.colors().color(image.get(c, y, x), sums) : Grid.ofChannel(c);
                }

                @Override
                public String text(int row, int column) {
                    return isPadding(row, column) ? "0" : Numbers.text(image.get(c, row - padY, column - padX));
                }
            };
        }

        Grid.Look windows() {
            return new Grid.Look() {
                @Override
                public Color color(int row, int column) {
                    if (row >= filled) {
                        return EMPTY;
                    } else if (isCopy(row, column)) {
                        return Style.ORANGE;
                    }
                    return isPadding(row, column) ? Style.PADDING : Grid.ofChannel(column / area);
                }

                boolean isPadding(int row, int column) {
                    int y = top(row) + column % area / window.kernelWidth();
                    int x = left(row) + column % window.kernelWidth();
                    return y < 0 || y >= H || x < 0 || x >= W;
                }

                @Override
                public String text(int row, int column) {
                    return row >= filled ? "" : Numbers.text(matrix.get(row, column));
                }
            };
        }
    }
}
