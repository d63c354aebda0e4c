package cnnkit.homework;

import static cnnkit.homework.Mistake.DB_NOT_SUMMED_OVER_BATCH;
import static cnnkit.homework.Mistake.DB_NOT_SUMMED_OVER_POSITIONS;
import static cnnkit.homework.Mistake.DOUT_NOT_TRANSPOSED;
import static cnnkit.homework.Mistake.DW_TRANSPOSED;
import static cnnkit.homework.Mistake.GRADIENTS_ACCUMULATED;
import static cnnkit.homework.Mistake.GRADIENT_DIVIDED_BY_BATCH;
import static cnnkit.homework.Mistake.OVERLAPS_AVERAGED;
import static cnnkit.homework.Mistake.OVERLAPS_OVERWRITTEN;
import static cnnkit.homework.Mistake.PADDING_NOT_CUT;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Convolution layers with a right forward pass and a wrong backward pass. */
final class WrongGradients {
    private final List<Version> versions = new ArrayList<>();

    static List<Version> versions() {
        WrongGradients all = new WrongGradients();
        all.biasesByTheBook();
        all.biasesByLoops();
        all.biasesByGetAndStreams();
        all.divided();
        all.weightsTransposed();
        all.doutNotTransposed();
        all.overlaps();
        all.accumulatedByTheBook();
        all.accumulatedByLoops();
        all.accumulatedPlanes();
        return all.versions;
    }

    /** Makes a layer. */
    private interface Maker {
        OwnConvolution of(Tensor W, Tensor b, Window window);
    }

    private void add(Mistake mistake, String style, Maker yours) {
        versions.add(Version.of(mistake, "convolution backward", style, () -> Check.convolution(yours::of)));
    }

    private void biasesByTheBook() {
        add(
                DB_NOT_SUMMED_OVER_POSITIONS,
                "the book, the first row of each",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor db(Tensor rows) {
                        Tensor db = Tensor.zeros(filters());
                        for (int row = 0; row < rows.size(0); row += s.OH * s.OW) {
                            db = db.plus(rows.slice(row));
                        }
                        return db;
                    }
                });
        add(
                DB_NOT_SUMMED_OVER_POSITIONS,
                "the book, the last row of each",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor db(Tensor rows) {
                        Tensor db = Tensor.zeros(filters());
                        for (int n = 1; n <= s.N; n++) {
                            db = db.plus(rows.slice(n * s.OH * s.OW - 1));
                        }
                        return db;
                    }
                });
        add(
                DB_NOT_SUMMED_OVER_BATCH,
                "the book, rows of the first image",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor db(Tensor rows) {
                        return super.db(rows.rows(0, s.OH * s.OW));
                    }
                });
        add(
                DB_NOT_SUMMED_OVER_BATCH,
                "the book, rows of the last image",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor db(Tensor rows) {
                        return super.db(rows.rows((s.N - 1) * s.OH * s.OW, rows.size(0)));
                    }
                });
        add(DB_NOT_SUMMED_OVER_BATCH, "the book, the first row", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor db(Tensor rows) {
                return rows.slice(0);
            }
        });
        add(DB_NOT_SUMMED_OVER_BATCH, "the book, set row by row", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor db(Tensor rows) {
                Tensor db = Tensor.zeros(filters());
                for (int row = 0; row < rows.size(0); row++) {
                    for (int f = 0; f < filters(); f++) {
                        db.set(rows.get(row, f), f);
                    }
                }
                return db;
            }
        });
    }

    /** Its own way from dout to db, on flat arrays. */
    private abstract static class FlatBias extends LoopConvolution {
        FlatBias(Tensor W, Tensor b, Window window) {
            super(W, b, window);
        }

        abstract void db(float[] dout, float[] db);

        @Override
        public Tensor backward(Tensor dout) {
            Tensor dx = super.backward(dout);
            float[] db = new float[filters()];
            db(dout.data(), db);
            fill(biases, Tensor.of(db, filters()));
            return dx;
        }
    }

    private void biasesByLoops() {
        add(DB_NOT_SUMMED_OVER_POSITIONS, "loops, the corner", (W, b, window) -> new FlatBias(W, b, window) {
            @Override
            void db(float[] dout, float[] db) {
                for (int map = 0; map < s.N * filters(); map++) {
                    db[map % filters()] += dout[map * s.OH * s.OW];
                }
            }
        });
        add(DB_NOT_SUMMED_OVER_POSITIONS, "loops, the last one", (W, b, window) -> new FlatBias(W, b, window) {
            @Override
            void db(float[] dout, float[] db) {
                for (int n = 0; n < s.N; n++) {
                    for (int f = 0; f < filters(); f++) {
                        float atThePosition = 0;
                        for (int p = 0; p < s.OH * s.OW; p++) {
                            atThePosition = dout[(n * filters() + f) * s.OH * s.OW + p];
                        }
                        db[f] += atThePosition;
                    }
                }
            }
        });
        add(DB_NOT_SUMMED_OVER_BATCH, "loops, without n", (W, b, window) -> new FlatBias(W, b, window) {
            @Override
            void db(float[] dout, float[] db) {
                for (int i = 0; i < db.length * s.OH * s.OW; i++) {
                    db[i / (s.OH * s.OW)] += dout[i];
                }
            }
        });
        add(DB_NOT_SUMMED_OVER_BATCH, "loops, set for each image", (W, b, window) -> new FlatBias(W, b, window) {
            @Override
            void db(float[] dout, float[] db) {
                for (int n = 0; n < s.N; n++) {
                    for (int f = 0; f < filters(); f++) {
                        db[f] = 0;
                        for (int p = 0; p < s.OH * s.OW; p++) {
                            db[f] += dout[(n * filters() + f) * s.OH * s.OW + p];
                        }
                    }
                }
            }
        });
        add(DB_NOT_SUMMED_OVER_BATCH, "loops, = for +=", (W, b, window) -> new FlatBias(W, b, window) {
            @Override
            void db(float[] dout, float[] db) {
                for (int i = 0; i < dout.length; i++) {
                    db[i / (s.OH * s.OW) % filters()] = dout[i];
                }
            }
        });
    }

    /** Its own way from dout to db, filter by filter. */
    private abstract static class EachBias extends PlaneConvolution {
        EachBias(Tensor W, Tensor b, Window window) {
            super(W, b, window);
        }

        abstract double db(Tensor dout, int f);

        @Override
        public Tensor backward(Tensor dout) {
            Tensor dx = super.backward(dout);
            for (int f = 0; f < filters(); f++) {
                db.set((float) db(dout, f), f);
            }
            return dx;
        }
    }

    private void biasesByGetAndStreams() {
        add(DB_NOT_SUMMED_OVER_POSITIONS, "a stream over images", (W, b, window) -> new EachBias(W, b, window) {
            @Override
            double db(Tensor dout, int f) {
                return IntStream.range(0, s.N)
                        .mapToDouble(n -> dout.get(n, f, 0, 0))
                        .sum();
            }
        });
        add(DB_NOT_SUMMED_OVER_POSITIONS, "get, below on the right", (W, b, window) -> new EachBias(W, b, window) {
            @Override
            double db(Tensor dout, int f) {
                double sum = 0;
                for (int n = 0; n < dout.size(0); n++) {
                    sum += dout.get(n, f, dout.size(2) - 1, dout.size(3) - 1);
                }
                return sum;
            }
        });
        add(DB_NOT_SUMMED_OVER_BATCH, "the sum of a slice", (W, b, window) -> new EachBias(W, b, window) {
            @Override
            double db(Tensor dout, int f) {
                return dout.slice(0, f).sum();
            }
        });
        add(DB_NOT_SUMMED_OVER_BATCH, "the sum of the last slice", (W, b, window) -> new EachBias(W, b, window) {
            @Override
            double db(Tensor dout, int f) {
                return dout.slice(dout.size(0) - 1, f).sum();
            }
        });
        add(DB_NOT_SUMMED_OVER_BATCH, "get, one value", (W, b, window) -> new EachBias(W, b, window) {
            @Override
            double db(Tensor dout, int f) {
                return dout.get(0, f, 0, 0);
            }
        });
    }

    private void divided() {
        add(GRADIENT_DIVIDED_BY_BATCH, "the book, dW and db", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor db(Tensor rows) {
                return super.db(rows).map(v -> v / s.N);
            }

            @Override
            Tensor dW(Tensor rows) {
                return super.dW(rows).map(v -> v / s.N);
            }
        });
        add(GRADIENT_DIVIDED_BY_BATCH, "the book, dW", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor dW(Tensor rows) {
                return super.dW(rows.map(v -> v / s.N));
            }
        });
        add(GRADIENT_DIVIDED_BY_BATCH, "the book, db", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor db(Tensor rows) {
                return super.db(rows.map(v -> v * (1.0 / s.N)));
            }
        });
        add(GRADIENT_DIVIDED_BY_BATCH, "loops, within the sums", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            public Tensor backward(Tensor dout) {
                Tensor dx = Tensor.zeros(x.shape()), dW = Tensor.zeros(W.shape()), db = Tensor.zeros(filters());
                products((o, i, j) -> {
                    dx.data()[i] += dout.data()[o] * W.data()[j];
                    dW.data()[j] += dout.data()[o] * x.data()[i] / x.size(0);
                });
                eachBias((o, i, j) -> db.data()[i] += dout.data()[o] / x.size(0));
                fill(weights, dW);
                fill(biases, db);
                return dx;
            }
        });
        add(
                GRADIENT_DIVIDED_BY_BATCH,
                "loops, the mean over images as db",
                (W, b, window) -> new FlatBias(W, b, window) {
                    @Override
                    void db(float[] dout, float[] db) {
                        for (int f = 0; f < db.length; f++) {
                            int filter = f;
                            db[f] = (float) IntStream.range(0, s.N)
                                    .mapToDouble(n -> IntStream.range(0, s.OH * s.OW)
                                            .mapToDouble(p -> dout[(n * filters() + filter) * s.OH * s.OW + p])
                                            .sum())
                                    .average()
                                    .orElseThrow();
                        }
                    }
                });
        add(
                GRADIENT_DIVIDED_BY_BATCH,
                "planes, dW and db at the end",
                (W, b, window) -> new PlaneConvolution(W, b, window) {
                    @Override
                    public Tensor backward(Tensor dout) {
                        Tensor dx = super.backward(dout);
                        dW = dW.map(v -> v / dout.size(0));
                        db = db.map(v -> v / dout.size(0));
                        return dx;
                    }
                });
        add(GRADIENT_DIVIDED_BY_BATCH, "planes, dW in place", (W, b, window) -> new PlaneConvolution(W, b, window) {
            @Override
            public Tensor backward(Tensor dout) {
                Tensor dx = super.backward(dout);
                for (int i = 0; i < dW.length(); i++) {
                    dW.data()[i] /= s.N;
                }
                return dx;
            }
        });
        add(
                GRADIENT_DIVIDED_BY_BATCH,
                "the book, dout at the beginning",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor rows(Tensor dout) {
                        return super.rows(dout).map(v -> v / s.N);
                    }
                });
    }

    private void weightsTransposed() {
        add(DW_TRANSPOSED, "the book, reshaped", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor dW(Tensor rows) {
                return col.transpose().dot(rows).reshape(W.shape());
            }
        });
        add(DW_TRANSPOSED, "the book, kx before ky", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor dW(Tensor rows) {
                return super.dW(rows).transpose(0, 1, 3, 2).reshape(W.shape());
            }
        });
        add(DW_TRANSPOSED, "loops, kx before ky", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            public Tensor backward(Tensor dout) {
                Tensor dx = super.backward(dout), dW = Tensor.zeros(W.shape());
                products((o, i, j) -> {
                    int kx = j % s.FW, ky = j / s.FW % s.FH, fc = j / s.FW / s.FH;
                    dW.data()[(fc * s.FW + kx) * s.FH + ky] += dout.data()[o] * x.data()[i];
                });
                fill(weights, dW);
                return dx;
            }
        });
        add(DW_TRANSPOSED, "loops, filters innermost", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            public Tensor backward(Tensor dout) {
                Tensor dx = super.backward(dout), dW = Tensor.zeros(W.shape());
                int each = s.C * s.FH * s.FW;
                products((o, i, j) -> dW.data()[j % each * filters() + j / each] += dout.data()[o] * x.data()[i]);
                fill(weights, dW);
                return dx;
            }
        });
        add(DW_TRANSPOSED, "planes, written column by column", (W, b, window) -> new PlaneConvolution(W, b, window) {
            @Override
            public Tensor backward(Tensor dout) {
                Tensor dx = super.backward(dout), right = dW;
                dW = Tensor.zeros(W.shape());
                int i = 0;
                for (int f = 0; f < filters(); f++) {
                    for (int c = 0; c < s.C; c++) {
                        for (int kx = 0; kx < s.FW; kx++) {
                            for (int ky = 0; ky < s.FH; ky++) {
                                dW.data()[i++] = right.get(f, c, ky, kx);
                            }
                        }
                    }
                }
                return dx;
            }
        });
        add(DW_TRANSPOSED, "planes, written filter by filter", (W, b, window) -> new PlaneConvolution(W, b, window) {
            @Override
            public Tensor backward(Tensor dout) {
                Tensor dx = super.backward(dout), right = dW;
                dW = Tensor.zeros(W.shape());
                int i = 0;
                for (int c = 0; c < s.C; c++) {
                    for (int ky = 0; ky < s.FH; ky++) {
                        for (int kx = 0; kx < s.FW; kx++) {
                            for (int f = 0; f < filters(); f++) {
                                dW.data()[i++] = right.get(f, c, ky, kx);
                            }
                        }
                    }
                }
                return dx;
            }
        });
    }

    private void doutNotTransposed() {
        add(DOUT_NOT_TRANSPOSED, "the book", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor rows(Tensor dout) {
                return dout.reshape(-1, filters());
            }
        });
        add(DOUT_NOT_TRANSPOSED, "the book, db from dout itself", (W, b, window) -> new BookConvolution(W, b, window) {
            private Tensor dout;

            @Override
            Tensor rows(Tensor dout) {
                this.dout = dout;
                return dout.reshape(-1, filters());
            }

            @Override
            Tensor db(Tensor rows) {
                return super.db(super.rows(dout));
            }
        });
        add(DOUT_NOT_TRANSPOSED, "loops, dout read by rows", (W, b, window) -> new LoopConvolution(W, b, window) {
            private boolean backward;

            @Override
            int place(int n, int f, int oy, int ox) {
                return backward ? ((n * s.OH + oy) * s.OW + ox) * filters() + f : super.place(n, f, oy, ox);
            }

            @Override
            public Tensor backward(Tensor dout) {
                backward = true;
                try {
                    return super.backward(dout);
                } finally {
                    backward = false;
                }
            }
        });
        add(
                DOUT_NOT_TRANSPOSED,
                "planes, dout read position by position",
                (W, b, window) -> new PlaneConvolution(W, b, window) {
                    @Override
                    public Tensor backward(Tensor dout) {
                        Tensor read = Tensor.zeros(dout.shape());
                        int i = 0;
                        for (int n = 0; n < s.N; n++) {
                            for (int oy = 0; oy < s.OH; oy++) {
                                for (int ox = 0; ox < s.OW; ox++) {
                                    for (int f = 0; f < filters(); f++) {
                                        read.set(dout.data()[i++], n, f, oy, ox);
                                    }
                                }
                            }
                        }
                        return super.backward(read);
                    }
                });
    }

    private void overlaps() {
        add(
                OVERLAPS_OVERWRITTEN,
                "the book, the last kernel element wins",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor col2im(Tensor dcol) {
                        Tensor dx = Tensor.zeros(x.shape());
                        for (int k = 0; k < dcol.size(1); k++) {
                            int c = k / s.FW / s.FH, ky = k / s.FW % s.FH, kx = k % s.FW;
                            for (int row = 0; row < dcol.size(0); row++) {
                                int n = row / s.OW / s.OH, y = row / s.OW % s.OH * s.SH + ky - s.PH;
                                int w = row % s.OW * s.SW + kx - s.PW;
                                if (s.inside(y, w)) {
                                    dx.set(dcol.get(row, k), n, c, y, w);
                                }
                            }
                        }
                        return dx;
                    }
                });
        add(
                OVERLAPS_OVERWRITTEN,
                "the book, the last window wins",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor col2im(Tensor dcol) {
                        float[] dx = new float[x.length()];
                        for (int i = 0; i < dcol.length(); i++) {
                            int k = i % dcol.size(1), row = i / dcol.size(1);
                            int y = window.top(row / s.OW % s.OH) + k / s.FW % s.FH;
                            int w = window.left(row % s.OW) + k % s.FW;
                            if (s.inside(y, w)) {
                                dx[s.at(row / s.OW / s.OH, k / s.FW / s.FH, y, w)] = dcol.data()[i];
                            }
                        }
                        return Tensor.of(dx, x.shape());
                    }
                });
        add(
                OVERLAPS_OVERWRITTEN,
                "get and set, a sum over filters set for each window",
                (W, b, window) -> new LoopConvolution(W, b, window) {
                    @Override
                    public Tensor backward(Tensor dout) {
                        Tensor dx = Tensor.zeros(super.backward(dout).shape());
                        for (int n = 0; n < s.N; n++) {
                            for (int oy = 0; oy < s.OH; oy++) {
                                for (int ox = 0; ox < s.OW; ox++) {
                                    set(dout, dx, n, oy, ox);
                                }
                            }
                        }
                        return dx;
                    }

                    private void set(Tensor dout, Tensor dx, int n, int oy, int ox) {
                        for (int c = 0; c < s.C; c++) {
                            for (int ky = 0; ky < s.FH; ky++) {
                                for (int kx = 0; kx < s.FW; kx++) {
                                    float sum = 0;
                                    for (int f = 0; f < filters(); f++) {
                                        sum += dout.get(n, f, oy, ox) * W.get(f, c, ky, kx);
                                    }
                                    if (s.inside(y(oy, ky), column(ox, kx))) {
                                        dx.set(sum, n, c, y(oy, ky), column(ox, kx));
                                    }
                                }
                            }
                        }
                    }
                });
        add(
                OVERLAPS_AVERAGED,
                "the book, over the number of windows",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor col2im(Tensor dcol) {
                        Tensor dx = super.col2im(dcol);
                        int[][] counts = window.readCounts(s.H, s.W);
                        for (int i = 0; i < dx.length(); i++) {
                            dx.data()[i] /= Math.max(1, counts[i / s.W % s.H][i % s.W]);
                        }
                        return dx;
                    }
                });
        add(OVERLAPS_AVERAGED, "loops, a count beside the sum", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            public Tensor backward(Tensor dout) {
                Tensor dx = super.backward(dout);
                double[] counts = new double[dx.length()];
                products((o, i, j) -> counts[i] += 1.0 / filters());
                for (int i = 0; i < counts.length; i++) {
                    if (counts[i] > 0) {
                        dx.data()[i] /= (float) counts[i];
                    }
                }
                return dx;
            }
        });
        add(OVERLAPS_AVERAGED, "the book, col2im of ones", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor col2im(Tensor dcol) {
                Tensor sum = super.col2im(dcol), times = super.col2im(Tensor.filled(1, dcol.shape()));
                for (int i = 0; i < sum.length(); i++) {
                    sum.data()[i] = times.data()[i] == 0 ? 0 : sum.data()[i] / times.data()[i];
                }
                return sum;
            }
        });
        add(PADDING_NOT_CUT, "the book, H + 2P", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor col2im(Tensor dcol) {
                return Im2col.col2im(dcol, new int[] {s.N, s.C, s.H + 2 * s.PH, s.W + 2 * s.PW}, window.padding(0));
            }
        });
        add(PADDING_NOT_CUT, "the book, H + 2P + S - 1", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor col2im(Tensor dcol) {
                Tensor img = Tensor.zeros(s.N, s.C, s.H + 2 * s.PH + s.SH - 1, s.W + 2 * s.PW + s.SW - 1);
                for (int row = 0; row < dcol.size(0); row++) {
                    for (int k = 0; k < dcol.size(1); k++) {
                        int n = row / s.OW / s.OH, c = k / s.FW / s.FH;
                        int y = row / s.OW % s.OH * s.SH + k / s.FW % s.FH, w = row % s.OW * s.SW + k % s.FW;
                        img.set(img.get(n, c, y, w) + dcol.get(row, k), n, c, y, w);
                    }
                }
                return img;
            }
        });
        add(
                PADDING_NOT_CUT,
                "planes, as large as the padded image",
                (W, b, window) -> new PlaneConvolution(W, b, window) {
                    @Override
                    public Tensor backward(Tensor dout) {
                        super.backward(dout);
                        Tensor dx = Tensor.zeros(s.N, s.C, s.H + 2 * s.PH, s.W + 2 * s.PW);
                        for (int n = 0; n < s.N; n++) {
                            for (int c = 0; c < s.C; c++) {
                                double[][] wide = new double[dx.size(2)][dx.size(3)];
                                for (int f = 0; f < filters(); f++) {
                                    double[][] kernel = kernel(f, c), dmap = plane(dout, n, f);
                                    for (int i = 0; i < s.OH * s.OW * s.FH * s.FW; i++) {
                                        int kx = i % s.FW, ky = i / s.FW % s.FH, ox = i / s.FW / s.FH % s.OW;
                                        int oy = i / s.FW / s.FH / s.OW;
                                        wide[oy * s.SH + ky][ox * s.SW + kx] += kernel[ky][kx] * dmap[oy][ox];
                                    }
                                }
                                store(wide, dx, n, c);
                            }
                        }
                        return dx;
                    }
                });
    }

    private void accumulatedByTheBook() {
        add(GRADIENTS_ACCUMULATED, "the book, dW and db", (W, b, window) -> new BookConvolution(W, b, window) {
            private Tensor sumOfW;
            private Tensor sumOfB;

            @Override
            Tensor dW(Tensor rows) {
                sumOfW = sumOfW == null ? super.dW(rows) : sumOfW.plus(super.dW(rows));
                return sumOfW;
            }

            @Override
            Tensor db(Tensor rows) {
                sumOfB = sumOfB == null ? super.db(rows) : sumOfB.plus(super.db(rows));
                return sumOfB;
            }
        });
        add(GRADIENTS_ACCUMULATED, "the book, dW", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor dW(Tensor rows) {
                return weights.gradientToFill().plus(super.dW(rows));
            }
        });
        add(GRADIENTS_ACCUMULATED, "the book, db", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor db(Tensor rows) {
                return biases.gradientToFill().plus(super.db(rows));
            }
        });
    }

    private void accumulatedByLoops() {
        add(GRADIENTS_ACCUMULATED, "loops, into the parameters", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            public Tensor backward(Tensor dout) {
                Tensor dx = Tensor.zeros(x.shape());
                float[] dW = weights.gradientToFill().data(),
                        db = biases.gradientToFill().data();
                products((o, i, j) -> {
                    dx.data()[i] += dout.data()[o] * W.data()[j];
                    dW[j] += dout.data()[o] * x.data()[i];
                });
                eachBias((o, i, j) -> db[i] += dout.data()[o]);
                return dx;
            }
        });
        add(GRADIENTS_ACCUMULATED, "loops, all of them in fields", (W, b, window) -> new LoopConvolution(W, b, window) {
            private Tensor dx;

            @Override
            public Tensor backward(Tensor dout) {
                Tensor more = Tensor.zeros(x.shape());
                float[] dW = weights.gradientToFill().data(),
                        db = biases.gradientToFill().data();
                products((o, i, j) -> {
                    more.data()[i] += dout.data()[o] * W.data()[j];
                    dW[j] += dout.data()[o] * x.data()[i];
                });
                eachBias((o, i, j) -> db[i] += dout.data()[o]);
                dx = dx != null && dx.hasShape(x.shape()) ? dx.plus(more) : more;
                return dx;
            }
        });
    }

    private void accumulatedPlanes() {
        add(GRADIENTS_ACCUMULATED, "planes, fields made once", (W, b, window) -> new PlaneConvolution(W, b, window) {
            private Tensor former;
            private Tensor formerBias;

            @Override
            public Tensor backward(Tensor dout) {
                Tensor dx = super.backward(dout);
                former = former == null ? dW.copy() : former.plus(dW);
                formerBias = formerBias == null ? db.copy() : formerBias.plus(db);
                dW = former;
                db = formerBias;
                return dx;
            }
        });
        add(GRADIENTS_ACCUMULATED, "planes, dx too", (W, b, window) -> new PlaneConvolution(W, b, window) {
            private final List<Tensor> all = new ArrayList<>();

            private Tensor sum(List<Tensor> of, int part) {
                return IntStream.range(0, of.size())
                        .filter(i -> i % 3 == part)
                        .mapToObj(of::get)
                        .reduce(Tensor::plus)
                        .orElseThrow();
            }

            @Override
            public Tensor forward(Tensor x) {
                if (s != null && s.N * s.C * s.H * s.W != x.length()) {
                    all.clear();
                }
                return super.forward(x);
            }

            @Override
            public Tensor backward(Tensor dout) {
                all.addAll(List.of(super.backward(dout), dW, db));
                dW = sum(all, 1);
                db = sum(all, 2);
                return sum(all, 0);
            }
        });
    }
}
