package cnnkit.homework;

import static cnnkit.homework.Reading.*;

import cnnkit.tensor.Tensor;
import java.util.Set;

/** A fully connected layer, forward and backward, the right way or a wrong one. */
final class Connect {
    private final Case the;
    private final Set<Reading> ways;
    private final int N, D, M; // D inputs, M outputs

    private Connect(Case the, Set<Reading> ways) {
        this.the = the;
        this.ways = ways;
        N = the.x().size(0);
        D = the.W().size(0);
        M = the.W().size(1);
    }

    static Outcome of(Quantity quantity, Case the, Set<Reading> ways) {
        Connect connect = new Connect(the, ways);
        if (ways.contains(WEIGHTS_AS_THEY_ARE) && connect.D != connect.M && quantity != Quantity.DW) {
            return Outcome.exception();
        }
        return Outcome.of(
                switch (quantity) {
                    case OUT -> connect.out();
                    case DX -> connect.dx();
                    case DW -> connect.dW();
                    case DB -> connect.db();
                });
    }

    private float weight(int d, int m) {
        boolean reshaped = ways.contains(WEIGHTS_RESHAPED) || ways.contains(WEIGHTS_AS_THEY_ARE);
        return the.W().data()[reshaped ? m * D + d : d * M + m];
    }

    private Tensor out() {
        Tensor out = Tensor.zeros(N, M);
        for (int n = 0; n < N; n++) {
            for (int m = 0; m < M; m++) {
                double sum = 0;
                for (int d = 0; d < D; d++) {
                    sum += the.x().get(ways.contains(FIRST_IMAGE) ? 0 : n, d) * weight(d, m);
                }
                int which = ways.contains(BIAS_OF_IMAGE) ? n % M : m;
                int times = ways.contains(NO_BIAS) ? 0 : ways.contains(BIAS_WITH_PRODUCTS) ? D : 1;
                out.set((float) sum + times * the.b().get(which), n, m);
            }
        }
        return out;
    }

    private float perBatch() {
        return ways.contains(DIVIDED_BY_BATCH) ? N : 1;
    }

    private Tensor dx() {
        Tensor dx = Tensor.zeros(N, D);
        for (int n = 0; n < N; n++) {
            for (int d = 0; d < D; d++) {
                double sum = 0;
                for (int m = 0; m < M; m++) {
                    sum += the.dout().get(n, m) * weight(d, m);
                }
                dx.set((float) sum / perBatch(), n, d);
            }
        }
        return dx;
    }

    private Tensor dW() {
        Tensor dW = Tensor.zeros(D, M);
        for (int d = 0; d < D; d++) {
            for (int m = 0; m < M; m++) {
                double sum = 0;
                for (int n = 0; n < N; n++) {
                    sum += the.x().get(ways.contains(FIRST_IMAGE) ? 0 : n, d)
                            * the.dout().get(n, m);
                }
                dW.set((float) sum / perBatch(), d, m);
            }
        }
        return ways.contains(GRADIENT_RESHAPED) ? dW.transpose().reshape(D, M) : dW;
    }

    private Tensor db() {
        Tensor db = Tensor.zeros(M);
        boolean firstOnly = ways.contains(DB_OF_FIRST_IMAGE), lastOnly = ways.contains(DB_OF_LAST_IMAGE);
        for (int n = lastOnly ? N - 1 : 0; n < (firstOnly ? 1 : N); n++) {
            for (int m = 0; m < M; m++) {
                db.set(db.get(m) + the.dout().get(n, m) / perBatch(), m);
            }
        }
        return db;
    }
}
