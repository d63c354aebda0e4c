package cnnkit.homework;

import static cnnkit.homework.Reading.*;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** A pooling layer, forward and backward, the right way or a wrong one. */
final class Pool {
    /** Who gets the gradient of a window with several equal maxima; each is right. */
    enum Ties {
        FIRST,
        LAST,
        SHARED,
        /** The first one, column by column. */
        FIRST_OF_COLUMNS,
        /** The last one, column by column. */
        LAST_OF_COLUMNS
    }

    private static final int NOTHING = -1; // a cell of the padding

    private final Case the;
    private final Set<Reading> ways;
    private final boolean maximum;
    private final Ties ties;
    private final Unfold unfold;
    private final Slide slide;
    private final int N, C;
    private boolean emptyIsNaN;

    private Pool(Case the, Set<Reading> ways, boolean maximum, Ties ties) {
        this.the = the;
        this.ways = ways;
        this.maximum = maximum;
        this.ties = ties;
        unfold = new Unfold(the.x().shape(), the.window(), ways);
        slide = unfold.slide;
        N = unfold.N;
        C = unfold.C;
    }

    static Outcome maximum(Quantity quantity, Case the, Set<Reading> ways) {
        return maximum(quantity, the, ways, Ties.FIRST);
    }

    static Outcome maximum(Quantity quantity, Case the, Set<Reading> ways, Ties ties) {
        return new Pool(the, ways, true, ties).of(quantity);
    }

    /** A window that sees nothing, of wrong code only, gives 0, or 0 divided by 0. */
    static Outcome average(Quantity quantity, Case the, Set<Reading> ways, boolean emptyIsNaN) {
        Pool pool = new Pool(the, ways, false, Ties.SHARED);
        pool.emptyIsNaN = emptyIsNaN;
        return pool.of(quantity);
    }

    private Outcome of(Quantity quantity) {
        if (!slide.stands()) {
            int[] shape = {N, C, slide.OH, slide.OW};
            return quantity == Quantity.DX
                    ? Outcome.perhaps(Tensor.zeros(the.x().shape()), true)
                    : slide.isEmpty() ? Outcome.perhaps(Tensor.zeros(shape), true) : Outcome.exception();
        }
        boolean strange = ways.contains(COLUMNS_FIRST) && slide.OH != slide.OW;
        Outcome found = quantity == Quantity.OUT ? out() : dx();
        return Outcome.perhaps(found.value(), found.mayThrow() || strange || slide.wentBeyond());
    }

    /** The pixels that each output is made of, as places in x; rows run n, oy, ox and c, as those of im2col do. */
    private List<int[]> windows() {
        int cells = slide.FH * slide.FW;
        int[][] rows = new int[unfold.rows()][unfold.columns()];
        boolean first = ways.contains(FIRST_IMAGE);
        unfold.forEach((row, column, n, c, y, x) -> rows[row][column] = y == Slide.OUTSIDE || x == Slide.OUTSIDE
                ? NOTHING
                : (((first ? 0 : n) * C + c) * slide.H + y) * slide.W + x);
        List<int[]> windows = new ArrayList<>();
        for (int[] row : rows) {
            for (int c = 0; c < C; c++) {
                boolean all = ways.contains(OVER_ALL_CHANNELS);
                windows.add(Arrays.copyOfRange(row, all ? 0 : c * cells, all ? row.length : (c + 1) * cells));
            }
        }
        return windows;
    }

    /** From (N*OH*OW, C) to maps. */
    private Tensor maps(Tensor rows) {
        return ways.contains(OUTPUT_RESHAPED)
                ? rows.reshape(N, C, slide.OH, slide.OW)
                : rows.reshape(N, slide.OH, slide.OW, C).transpose(0, 3, 1, 2);
    }

    private Outcome out() {
        List<int[]> windows = windows();
        Tensor rows = Tensor.zeros(windows.size());
        for (int i = 0; i < windows.size(); i++) {
            rows.set((float) (maximum ? largest(windows.get(i)) : mean(windows.get(i))), i);
        }
        return Outcome.of(maps(rows));
    }

    private double largest(int[] window) {
        double largest = ways.contains(BEGINS_AT_ZERO) ? 0 : Double.NEGATIVE_INFINITY;
        for (int pixel : window) {
            if (pixel != NOTHING) {
                largest = Math.max(largest, the.x().data()[pixel]);
            } else if (ways.contains(PADDED_WITH_ZERO)) {
                largest = Math.max(largest, 0);
            }
        }
        return largest;
    }

    private double mean(int[] window) {
        double sum = 0;
        for (int pixel : window) {
            sum += pixel == NOTHING ? 0 : the.x().data()[pixel];
        }
        return emptyIsNaN && inside(window) == 0 ? Double.NaN : sum / divisor(window);
    }

    private int divisor(int[] window) {
        Window w = the.window();
        if (ways.contains(COUNTS_STRIDE_SQUARED)) {
            return w.strideHeight() * w.strideHeight();
        }
        if (ways.contains(COUNTS_STRIDE)) {
            return w.strideHeight() * w.strideWidth();
        }
        int rows = Math.max(1, rowsInside(window));
        if (ways.contains(COUNTS_WINDOW_ROWS)) {
            return slide.FH * Math.max(1, inside(window) / rows);
        }
        if (ways.contains(COUNTS_WINDOW_COLUMNS)) {
            return rows * slide.FW;
        }
        return ways.contains(COUNTS_WINDOW) ? window.length : Math.max(1, inside(window));
    }

    /** How many rows of a window have a pixel inside the image; the columns are then the pixels of one of them. */
    private int rowsInside(int[] window) {
        int rows = 0;
        for (int ky = 0; ky < slide.FH; ky++) {
            rows += inside(Arrays.copyOfRange(window, ky * slide.FW, (ky + 1) * slide.FW)) > 0 ? 1 : 0;
        }
        return rows;
    }

    private static int inside(int[] window) {
        int inside = 0;
        for (int pixel : window) {
            inside += pixel == NOTHING ? 0 : 1;
        }
        return inside;
    }

    private Outcome dx() {
        Tensor dx = Tensor.zeros(the.x().shape());
        List<int[]> windows = windows();
        Tensor dout = the.dout(); // (N, C, OH, OW)
        boolean fits = dout.length() == windows.size();
        Tensor rows = ways.contains(DOUT_RESHAPED) ? dout : dout.transpose(0, 2, 3, 1);
        int count = Math.min(windows.size(), dout.length());
        if (ways.contains(WINDOW_SET_BY_CELLS)) {
            setCellByCell(windows.subList(0, count), rows.data(), dx.data());
        }
        for (int i = 0; !ways.contains(WINDOW_SET_BY_CELLS) && i < count; i++) {
            spread(windows.get(i), rows.data()[i], dx.data());
        }
        boolean more = ways.contains(WITH_PADDING_AND_MORE);
        return Outcome.perhaps(more || ways.contains(WITH_PADDING) ? padded(dx, more) : dx, !fits);
    }

    /** As the book's col2im runs, but setting: the outer loop is over the cells of the kernel. */
    private void setCellByCell(List<int[]> windows, float[] gradients, float[] dx) {
        List<double[]> shares = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            shares.add(shares(windows.get(i), gradients[i]));
        }
        for (int cell = 0; cell < slide.FH * slide.FW; cell++) {
            for (int i = 0; i < windows.size(); i++) {
                int pixel = windows.get(i)[cell];
                if (pixel != NOTHING) {
                    dx[pixel] = (float) shares.get(i)[cell];
                }
            }
        }
    }

    /** Gives the pixels of a window their shares of its gradient. */
    private void spread(int[] window, float gradient, float[] dx) {
        boolean sets = ways.contains(WINNER_SET) || ways.contains(WINDOW_SET);
        double[] shares = shares(window, gradient);
        for (int i = 0; i < window.length; i++) {
            if (window[i] == NOTHING || shares[i] == 0 && !ways.contains(WINDOW_SET)) {
                continue;
            }
            dx[window[i]] = (float) (shares[i] + (sets ? 0 : dx[window[i]]));
        }
    }

    private double[] shares(int[] window, float gradient) {
        double[] shares = new double[window.length];
        if (ways.contains(WHOLE_TO_EACH_CELL)) {
            Arrays.fill(shares, gradient);
        } else if (ways.contains(SHARED_BY_WINDOW)) {
            Arrays.fill(shares, gradient / (double) window.length);
        } else if (ways.contains(SHARED_BY_CELLS_INSIDE)) {
            Arrays.fill(shares, gradient / (double) Math.max(1, inside(window)));
        } else if (!maximum) {
            Arrays.fill(shares, gradient / (double) divisor(window));
        } else {
            shareAmongWinners(window, gradient, shares);
        }
        return shares;
    }

    private void shareAmongWinners(int[] window, float gradient, double[] shares) {
        double largest = largest(window);
        List<Integer> winners = new ArrayList<>();
        for (int i = 0; i < window.length; i++) {
            if (window[i] != NOTHING && the.x().data()[window[i]] == largest) {
                winners.add(i);
            }
        }
        if (ties == Ties.FIRST_OF_COLUMNS || ties == Ties.LAST_OF_COLUMNS) {
            winners.sort(Comparator.comparingInt(cell -> cell % slide.FW * slide.FH + cell / slide.FW % slide.FH));
        }
        for (int w = 0; w < winners.size(); w++) {
            boolean wins = ways.contains(EVERY_TIE)
                    || switch (ties) {
                        case FIRST, FIRST_OF_COLUMNS -> w == 0;
                        case LAST, LAST_OF_COLUMNS -> w == winners.size() - 1;
                        case SHARED -> true;
                    };
            boolean shared = ties == Ties.SHARED && !ways.contains(EVERY_TIE);
            shares[winners.get(w)] = wins ? gradient / (shared ? winners.size() : 1) : 0;
        }
    }

    /** The gradient among the zeros of the padding that should have been cut off. */
    private Tensor padded(Tensor dx, boolean more) {
        Window w = the.window();
        int H = slide.H + 2 * w.paddingHeight() + (more ? w.strideHeight() - 1 : 0);
        int W = slide.W + 2 * w.paddingWidth() + (more ? w.strideWidth() - 1 : 0);
        Tensor padded = Tensor.zeros(N, C, H, W);
        for (int plane = 0; plane < N * C; plane++) {
            for (int y = 0; y < slide.H; y++) {
                int to = (plane * H + y + w.paddingHeight()) * W + w.paddingWidth();
                System.arraycopy(dx.data(), (plane * slide.H + y) * slide.W, padded.data(), to, slide.W);
            }
        }
        return padded;
    }
}
