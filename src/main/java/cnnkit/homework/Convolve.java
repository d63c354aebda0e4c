package cnnkit.homework;

import static cnnkit.homework.Reading.*;

import cnnkit.tensor.Tensor;
import java.util.Set;

/** A convolution layer, forward and backward, the right way or a wrong one: by im2col, as the book has it. */
final class Convolve {
    private static final int NOWHERE = -1;

    private final Case the;
    private final Set<Reading> ways;
    private final int N, C, FN, K; // K = C*FH*FW, the numbers of one filter
    private final boolean countedOff; // the wrong size of the window is used to find a weight, too
    private boolean beyond;

    private Convolve(Case the, Set<Reading> ways) {
        this.the = the;
        this.ways = ways;
        N = the.x().size(0);
        C = the.x().size(1);
        FN = the.W().size(0);
        K = the.W().length() / FN;
        countedOff = ways.contains(HEIGHT_FOR_WIDTH_FLAT)
                || ways.contains(HEIGHT_FOR_WIDTH_FLAT_COUNTED)
                || ways.contains(WIDTH_FOR_HEIGHT_FLAT)
                || ways.contains(WIDTH_FOR_HEIGHT_FLAT_COUNTED);
    }

    static Outcome of(Quantity quantity, Case the, Set<Reading> ways) {
        Convolve convolve = new Convolve(the, ways);
        return switch (quantity) {
            case OUT -> convolve.out();
            case DX -> convolve.dx();
            case DW -> convolve.dW();
            case DB -> convolve.db();
        };
    }

    /** Where a number of a window lies among those of a filter; they differ where the window is taken as a square. */
    private int[] columns(Slide slide) {
        int FH = the.W().size(2), FW = the.W().size(3);
        boolean square = slide.FH != FH || slide.FW != FW;
        int[] columns = new int[C * slide.FH * slide.FW];
        for (int column = 0; column < columns.length; column++) {
            int c = column / (slide.FH * slide.FW), ky = column / slide.FW % slide.FH, kx = column % slide.FW;
            boolean there = ky < FH && kx < FW;
            columns[column] = !square || countedOff ? column : there ? (c * FH + ky) * FW + kx : NOWHERE;
        }
        return columns;
    }

    /**
     * A number of filter f.
     *
     * @param columns as many as the code thinks that a filter has: the place of each in the filter, {@link #NOWHERE} beside it
     * @param k which of them
     */
    private float weight(int f, int[] columns, int k) {
        int column = columns[k], length = countedOff ? columns.length : K;
        if (ways.contains(WEIGHTS_AS_THEY_ARE) && FN != K) {
            beyond = true;
            return 0;
        }
        boolean reshaped = ways.contains(WEIGHTS_RESHAPED) || ways.contains(WEIGHTS_AS_THEY_ARE);
        int index = reshaped ? column * FN + f : f * length + (ways.contains(FLIPPED) ? turned(column) : column);
        if (column == NOWHERE || column >= length || index >= the.W().length()) {
            beyond = true;
            return 0;
        }
        return the.W().data()[index];
    }

    /** The column of the cell that lies opposite, in the same channel. */
    private int turned(int column) {
        int cells = K / C;
        return column / cells * cells + cells - 1 - column % cells;
    }

    private Outcome out() {
        Unfold unfold = new Unfold(the.x().shape(), the.window(), ways);
        Tensor col = unfold.matrix(the.x()); // (N*OH*OW, C*FH*FW)
        if (col == null && unfold.slide.isEmpty() && !ways.contains(WEIGHTS_AS_THEY_ARE)) {
            return Outcome.perhaps(Tensor.zeros(N, FN, unfold.slide.OH, unfold.slide.OW), true);
        }
        if (col == null || ways.contains(WEIGHTS_AS_THEY_ARE) && FN != K) {
            return Outcome.exception();
        }
        int OH = unfold.slide.OH, OW = unfold.slide.OW, cells = K / C;
        int[] columns = columns(unfold.slide);
        boolean biasFirst = ways.contains(OUTPUT_RESHAPED_WITH_BIAS);
        Tensor rows = Tensor.zeros(col.size(0), FN);
        for (int row = 0; row < rows.size(0); row++) {
            for (int f = 0; f < FN; f++) {
                double sum = 0;
                for (int k = 0; k < col.size(1); k++) {
                    boolean counts = k < cells || !ways.contains(CHANNEL_0);
                    sum += counts ? col.get(row, k) * weight(f, columns, k) : 0;
                }
                sum = ways.contains(MEAN_OF_CHANNELS) ? sum / C : sum;
                rows.set((float) (biasFirst ? sum + the.b().get(f) : sum), row, f);
            }
        }
        Tensor out = biasFirst || ways.contains(OUTPUT_RESHAPED)
                ? rows.reshape(N, FN, OH, OW)
                : rows.reshape(N, OH, OW, FN).transpose(0, 3, 1, 2);
        if (!biasFirst) {
            addBias(out, unfold);
        }
        boolean strange = ways.contains(COLUMNS_FIRST) && OH != OW
                || ways.contains(KERNEL_COLUMNS_FIRST) && unfold.slide.FH != unfold.slide.FW;
        return Outcome.perhaps(out, beyond || strange || unfold.slide.wentBeyond());
    }

    private void addBias(Tensor out, Unfold unfold) {
        int FN = out.size(1), OH = out.size(2), OW = out.size(3);
        for (int i = 0; i < out.length(); i++) {
            int ox = i % OW, oy = i / OW % OH, f = i / (OW * OH) % FN, n = i / (OW * OH * FN);
            out.data()[i] += times(unfold, oy, ox) * bias(i, n, f, oy, ox);
        }
    }

    private float bias(int index, int n, int f, int oy, int ox) {
        int which = f;
        if (ways.contains(BIAS_OF_PLACE)) {
            which = oy * the.window().outputWidth(the.x().size(3)) + ox;
        } else if (ways.contains(BIAS_OF_INDEX)) {
            which = index;
        } else if (ways.contains(BIAS_OF_COLUMN)) {
            which = ox;
        } else if (ways.contains(BIAS_OF_ROW)) {
            which = oy;
        } else if (ways.contains(BIAS_OF_IMAGE)) {
            which = n;
        }
        return the.b().data()[which % FN];
    }

    /** How often the bias is added. */
    private int times(Unfold unfold, int oy, int ox) {
        if (ways.contains(NO_BIAS)) {
            return 0;
        }
        if (ways.contains(BIAS_WITH_PRODUCTS)) {
            return K;
        }
        if (!ways.contains(BIAS_WITH_PRODUCTS_INSIDE)) {
            return 1;
        }
        int inside = 0;
        for (int ky = 0; ky < unfold.slide.FH; ky++) {
            for (int kx = 0; kx < unfold.slide.FW; kx++) {
                boolean in = unfold.slide.row(oy, ky) != Slide.OUTSIDE && unfold.slide.column(ox, kx) != Slide.OUTSIDE;
                inside += in ? C : 0;
            }
        }
        return inside;
    }

    /** dout as the rows that the product had, (N*OH*OW, FN). */
    private Tensor rowsOfDout() {
        Tensor dout = the.dout(); // (N, FN, OH, OW)
        return ways.contains(DOUT_RESHAPED)
                ? dout.reshape(-1, FN)
                : dout.transpose(0, 2, 3, 1).reshape(-1, FN);
    }

    private float perBatch() {
        return ways.contains(DIVIDED_BY_BATCH) ? N : 1;
    }

    private Outcome dW() {
        Unfold unfold = new Unfold(the.x().shape(), the.window(), ways);
        Tensor col = unfold.matrix(the.x());
        Tensor rows = rowsOfDout();
        if (col == null) {
            return Outcome.perhaps(Tensor.zeros(the.W().shape()), true); // no position, nothing to add up
        }
        boolean fits = col.size(0) == rows.size(0) && col.size(1) == K;
        int[] columns = columns(unfold.slide);
        Tensor dW = Tensor.zeros(FN, K);
        for (int f = 0; f < FN; f++) {
            for (int k = 0; k < columns.length; k++) {
                if (columns[k] == NOWHERE || columns[k] >= K) {
                    continue;
                }
                double sum = 0;
                for (int row = 0; row < Math.min(rows.size(0), col.size(0)); row++) {
                    sum += rows.get(row, f) * col.get(row, k);
                }
                dW.set((float) sum / perBatch(), f, columns[k]);
            }
        }
        if (ways.contains(GRADIENT_RESHAPED)) {
            dW = dW.transpose(); // (K, FN), and then read as if it were (FN, K)
        } else if (ways.contains(GRADIENT_COLUMNS_FIRST)) {
            int FH = the.W().size(2), FW = the.W().size(3);
            dW = dW.reshape(FN, C, FH, FW).transpose(0, 1, 3, 2);
        }
        return Outcome.perhaps(dW.reshape(the.W().shape()), !fits || unfold.slide.wentBeyond());
    }

    private Outcome db() {
        Tensor dout = rowsOfDout().reshape(N, -1, FN);
        int last = dout.size(1) - 1;
        Tensor db = Tensor.zeros(FN);
        for (int f = 0; f < FN; f++) {
            double sum = 0;
            for (int n = 0; n < N; n++) {
                for (int position = 0; position <= last; position++) {
                    boolean first = n == 0, end = n == N - 1;
                    boolean counts = !(ways.contains(DB_AT_FIRST_POSITION) && position > 0
                            || ways.contains(DB_AT_LAST_POSITION) && position < last
                            || ways.contains(DB_OF_FIRST_IMAGE) && !first
                            || ways.contains(DB_OF_LAST_IMAGE) && !end
                            || ways.contains(DB_FIRST_VALUE) && !(first && position == 0)
                            || ways.contains(DB_LAST_VALUE) && !(end && position == last));
                    sum += counts ? dout.get(n, position, f) : 0;
                }
            }
            db.set((float) sum / perBatch(), f);
        }
        return Outcome.of(db);
    }

    private Outcome dx() {
        Tensor rows = rowsOfDout(); // (N*OH*OW, FN)
        int[] columns = columns(new Slide(the.x().size(2), the.x().size(3), the.window(), ways));
        Tensor dcol = Tensor.zeros(rows.size(0), columns.length);
        for (int row = 0; row < rows.size(0); row++) {
            for (int k = 0; k < columns.length; k++) {
                double sum = 0;
                for (int f = 0; f < FN; f++) {
                    sum += rows.get(row, f) * weight(f, columns, k);
                }
                dcol.set((float) sum / perBatch(), row, k);
            }
        }
        if (ways.contains(WEIGHTS_AS_THEY_ARE) && FN != K) {
            return Outcome.exception();
        }
        Outcome dx = Fold.of(dcol, the.x().shape(), the.window(), ways);
        return Outcome.perhaps(dx.value(), dx.mayThrow() || beyond);
    }
}
