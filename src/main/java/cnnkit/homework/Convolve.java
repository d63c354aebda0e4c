package cnnkit.homework;

import static cnnkit.homework.Reading.*;

import cnnkit.tensor.Tensor;
import java.util.Set;

/** A convolution layer, forward and backward, the right way or a wrong one: by im2col, as the book has it. */
final class Convolve {
    private final Case the;
    private final Set<Reading> ways;
    private final int N, C, FN, K; // K = C*FH*FW, the numbers of one filter
    private boolean beyond;

    private Convolve(Case the, Set<Reading> ways) {
        this.the = the;
        this.ways = ways;
        N = the.x().size(0);
        C = the.x().size(1);
        FN = the.W().size(0);
        K = the.W().length() / FN;
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

    /** The number by which filter f multiplies what lies in a column of the matrix. */
    private float weight(int f, int column) {
        if (ways.contains(WEIGHTS_AS_THEY_ARE) && FN != K) {
            beyond = true;
            return 0;
        }
        boolean reshaped = ways.contains(WEIGHTS_RESHAPED) || ways.contains(WEIGHTS_AS_THEY_ARE);
        int index = reshaped ? column * FN + f : f * K + (ways.contains(FLIPPED) ? turned(column) : column);
        if (column >= K || index >= the.W().length()) {
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
        Tensor rows = Tensor.zeros(col.size(0), FN);
        for (int row = 0; row < rows.size(0); row++) {
            for (int f = 0; f < FN; f++) {
                double sum = 0;
                for (int k = 0; k < col.size(1); k++) {
                    boolean counts = k < cells || !ways.contains(CHANNEL_0);
                    sum += counts ? col.get(row, k) * weight(f, k) : 0;
                }
                rows.set((float) (ways.contains(MEAN_OF_CHANNELS) ? sum / C : sum), row, f);
            }
        }
        Tensor out = ways.contains(OUTPUT_RESHAPED)
                ? rows.reshape(N, FN, OH, OW)
                : rows.reshape(N, OH, OW, FN).transpose(0, 3, 1, 2);
        addBias(out, unfold);
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
        Tensor dW = Tensor.zeros(FN, K);
        for (int f = 0; f < FN; f++) {
            for (int k = 0; k < Math.min(K, col.size(1)); k++) {
                double sum = 0;
                for (int row = 0; row < Math.min(rows.size(0), col.size(0)); row++) {
                    sum += rows.get(row, f) * col.get(row, k);
                }
                dW.set((float) sum / perBatch(), f, k);
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
        Tensor dout = ways.contains(DOUT_RESHAPED)
                ? rowsOfDout().reshape(N, -1, FN)
                : rowsOfDout().reshape(N, -1, FN);
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
        Tensor dcol = Tensor.zeros(rows.size(0), K);
        for (int row = 0; row < rows.size(0); row++) {
            for (int k = 0; k < K; k++) {
                double sum = 0;
                for (int f = 0; f < FN; f++) {
                    sum += rows.get(row, f) * weight(f, k);
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
