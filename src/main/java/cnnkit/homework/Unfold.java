package cnnkit.homework;

import static cnnkit.homework.Reading.*;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.Set;

/** im2col, the right way or a wrong one. */
final class Unfold {
    private final Set<Reading> ways;
    final int N, C;
    final Slide slide;

    Unfold(int[] shape, Window window, Set<Reading> ways) {
        this.ways = ways;
        N = shape[0];
        C = shape[1];
        slide = new Slide(shape[2], shape[3], window, ways);
    }

    int rows() {
        return N * slide.OH * slide.OW;
    }

    int columns() {
        return C * slide.FH * slide.FW;
    }

    /** The row of a window. */
    int row(int n, int oy, int ox) {
        int OH = slide.OH, OW = slide.OW;
        int position = ways.contains(COLUMNS_FIRST) ? ox * OH + oy : oy * OW + ox;
        return ways.contains(IMAGES_LAST) ? position * N + n : n * OH * OW + position;
    }

    /** The column of a cell of the window. */
    int column(int c, int ky, int kx) {
        int FH = slide.FH, FW = slide.FW;
        int cell = ways.contains(KERNEL_COLUMNS_FIRST) ? kx * FH + ky : ky * FW + kx;
        return ways.contains(CHANNELS_LAST) ? cell * C + c : c * FH * FW + cell;
    }

    /** Something to do with a cell of a window. */
    interface Visit {
        void cell(int row, int column, int n, int c, int y, int x);
    }

    /** Visits all cells of all windows, one window after the other; y or x is {@link Slide#OUTSIDE} in the padding. */
    void forEach(Visit visit) {
        for (int n = 0; n < N; n++) {
            for (int oy = 0; oy < slide.OH; oy++) {
                for (int ox = 0; ox < slide.OW; ox++) {
                    for (int c = 0; c < C; c++) {
                        for (int ky = 0; ky < slide.FH; ky++) {
                            for (int kx = 0; kx < slide.FW; kx++) {
                                int y = slide.row(oy, ky), x = slide.column(ox, kx);
                                visit.cell(row(n, oy, ox), column(c, ky, kx), n, c, y, x);
                            }
                        }
                    }
                }
            }
        }
    }

    /** The matrix before it is swapped; null where no window stands. */
    Tensor matrix(Tensor x) {
        if (!slide.stands()) {
            return null;
        }
        Tensor col = Tensor.zeros(rows(), columns());
        boolean first = ways.contains(FIRST_IMAGE), zero = ways.contains(CHANNEL_0_FOR_ALL);
        forEach((row, column, n, c, y, px) -> {
            if (y != Slide.OUTSIDE && px != Slide.OUTSIDE) {
                col.set(x.get(first ? 0 : n, zero ? 0 : c, y, px), row, column);
            }
        });
        return col;
    }

    /** What im2col gives. */
    static Outcome of(Tensor x, Window window, Set<Reading> ways) {
        Unfold unfold = new Unfold(x.shape(), window, ways);
        Tensor col = unfold.matrix(x);
        if (col == null && unfold.slide.isEmpty()) {
            Tensor none = Tensor.zeros(unfold.rows(), unfold.columns());
            return Outcome.perhaps(ways.contains(SWAPPED) ? none.transpose() : none, true);
        }
        if (col == null) {
            return Outcome.exception();
        }
        return Outcome.perhaps(ways.contains(SWAPPED) ? col.transpose() : col, unfold.slide.wentBeyond());
    }
}
