package cnnkit.homework;

import static cnnkit.homework.Reading.*;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.Set;

/** col2im, the right way or a wrong one. */
final class Fold {
    private static final int NOWHERE = -1;

    private final Tensor col;
    private final Unfold unfold;
    private final Window window;
    private final Set<Reading> ways;
    private final int top, left; // of the image in what comes back
    private final Tensor sums, counts; // what comes back, and how often each pixel was written
    private boolean beyond;

    private Fold(Tensor col, int[] shape, Window window, Set<Reading> ways) {
        this.col = col;
        this.window = window;
        this.ways = ways;
        unfold = new Unfold(shape, window, ways);
        boolean more = ways.contains(WITH_PADDING_AND_MORE);
        boolean padded = more || ways.contains(WITH_PADDING);
        top = padded ? window.paddingHeight() : 0;
        left = padded ? window.paddingWidth() : 0;
        int H = shape[2] + 2 * top + (more ? window.strideHeight() - 1 : 0);
        int W = shape[3] + 2 * left + (more ? window.strideWidth() - 1 : 0);
        sums = Tensor.zeros(shape[0], shape[1], H, W);
        counts = Tensor.zeros(sums.shape());
    }

    /** What col2im gives. */
    static Outcome of(Tensor col, int[] shape, Window window, Set<Reading> ways) {
        Fold fold = new Fold(col, shape, window, ways);
        if (ways.contains(LAST_CELL_WINS)) {
            fold.addCellByCell();
        } else {
            fold.addWindowByWindow();
        }
        if (ways.contains(MEAN_OF_OVERLAPS)) {
            for (int i = 0; i < fold.sums.length(); i++) {
                fold.sums.data()[i] /= Math.max(1, fold.counts.data()[i]);
            }
        }
        return Outcome.perhaps(fold.sums, fold.beyond || !fold.unfold.slide.stands() || fold.unfold.slide.wentBeyond());
    }

    private void addWindowByWindow() {
        Slide slide = unfold.slide;
        for (int n = 0; n < unfold.N; n++) {
            for (int oy = 0; oy < slide.OH; oy++) {
                for (int ox = 0; ox < slide.OW; ox++) {
                    for (int c = 0; c < unfold.C; c++) {
                        for (int ky = 0; ky < slide.FH; ky++) {
                            for (int kx = 0; kx < slide.FW; kx++) {
                                add(n, oy, ox, c, ky, kx);
                            }
                        }
                    }
                }
            }
        }
    }

    /** As the book does: the outer loops run over the cells of the kernel. */
    private void addCellByCell() {
        Slide slide = unfold.slide;
        for (int ky = 0; ky < slide.FH; ky++) {
            for (int kx = 0; kx < slide.FW; kx++) {
                for (int n = 0; n < unfold.N; n++) {
                    for (int oy = 0; oy < slide.OH; oy++) {
                        for (int ox = 0; ox < slide.OW; ox++) {
                            for (int c = 0; c < unfold.C; c++) {
                                add(n, oy, ox, c, ky, kx);
                            }
                        }
                    }
                }
            }
        }
    }

    private void add(int n, int oy, int ox, int c, int ky, int kx) {
        int row = unfold.row(ways.contains(FIRST_IMAGE) ? 0 : n, oy, ox), column = unfold.column(c, ky, kx);
        int index = place(row, column);
        if (index == NOWHERE) {
            beyond = true;
            return;
        }
        float value = col.data()[index];
        int y = unfold.slide.row(oy, ky), x = unfold.slide.column(ox, kx);
        if (top + left > 0 && (y == Slide.OUTSIDE || x == Slide.OUTSIDE)) {
            y = oy * window.strideHeight() + ky - window.paddingHeight();
            x = ox * window.strideWidth() + kx - window.paddingWidth();
        } else if (y == Slide.OUTSIDE || x == Slide.OUTSIDE) {
            return;
        }
        int pixel = ((((ways.contains(INTO_FIRST_IMAGE) ? 0 : n) * sums.size(1) + c) * sums.size(2)) + top + y)
                        * sums.size(3)
                + left
                + x;
        boolean sets = ways.contains(LAST_WINDOW_WINS) || ways.contains(LAST_CELL_WINS);
        sums.data()[pixel] = value + (sets ? 0 : sums.data()[pixel]);
        counts.data()[pixel]++;
    }

    /** Where code looks for a number of the matrix. */
    private int place(int row, int column) {
        int rows = col.size(0), columns = col.size(1);
        if (ways.contains(SWAPPED)) {
            return column < rows && row < columns ? column * columns + row : NOWHERE;
        }
        if (row >= rows || column >= columns) {
            return NOWHERE;
        }
        if (ways.contains(SWAPPED_RESHAPED)) {
            return column * rows + row;
        }
        int index = row * columns + column;
        return ways.contains(SWAPPED_TRANSPOSED) ? index % rows * columns + index / rows : index;
    }
}
