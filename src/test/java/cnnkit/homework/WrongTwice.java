package cnnkit.homework;

import static cnnkit.homework.Mistake.BIAS_MISSING;
import static cnnkit.homework.Mistake.BIAS_PER_POSITION;
import static cnnkit.homework.Mistake.CHANNELS_AVERAGED;
import static cnnkit.homework.Mistake.DB_NOT_SUMMED_OVER_BATCH;
import static cnnkit.homework.Mistake.DB_NOT_SUMMED_OVER_POSITIONS;
import static cnnkit.homework.Mistake.DOUT_NOT_TRANSPOSED;
import static cnnkit.homework.Mistake.DW_TRANSPOSED;
import static cnnkit.homework.Mistake.GRADIENT_DIVIDED_BY_BATCH;
import static cnnkit.homework.Mistake.GRADIENT_TO_ALL_CELLS;
import static cnnkit.homework.Mistake.GRADIENT_TO_EVERY_TIE;
import static cnnkit.homework.Mistake.KERNEL_FLIPPED;
import static cnnkit.homework.Mistake.KERNEL_TRANSPOSED;
import static cnnkit.homework.Mistake.MAXIMUM_PADDED_WITH_ZERO;
import static cnnkit.homework.Mistake.OUTPUT_NOT_TRANSPOSED;
import static cnnkit.homework.Mistake.OVERLAPS_OVERWRITTEN;
import static cnnkit.homework.Mistake.PADDING_IGNORED;
import static cnnkit.homework.Mistake.POOL_OVERLAPS_OVERWRITTEN;
import static cnnkit.homework.Mistake.POSITIONS_TRANSPOSED;
import static cnnkit.homework.Mistake.STRIDE_IGNORED;
import static cnnkit.homework.Mistake.THROWS;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Two mistakes at once, and mistakes that are in no catalogue. */
final class WrongTwice {
    private final List<Version> versions = new ArrayList<>();

    private void add(String name, Supplier<Report> check, Mistake... expected) {
        versions.add(Version.of(name, check, expected));
    }

    /** Makes a layer. */
    private interface Maker {
        OwnConvolution of(Tensor W, Tensor b, Window window);
    }

    private void convolution(String name, Maker yours, Mistake... expected) {
        add(name, () -> Check.convolution(yours::of), expected);
    }

    /** In different parts: both must be named. */
    static List<Version> inTwoParts() {
        WrongTwice all = new WrongTwice();
        all.forwardAndBackward();
        all.bothGradients();
        all.poolings();
        return all.versions;
    }

    private void forwardAndBackward() {
        convolution(
                "flipped, and db of the first image",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    private Tensor flipped(Tensor kernels) {
                        Tensor flipped = kernels.copy();
                        int area = s.FH * s.FW;
                        for (int i = 0; i < kernels.length(); i++) {
                            flipped.data()[i / area * area + area - 1 - i % area] = kernels.data()[i];
                        }
                        return flipped;
                    }

                    @Override
                    Tensor colW() {
                        return flipped(W).reshape(filters(), -1).transpose();
                    }

                    @Override
                    Tensor dW(Tensor rows) {
                        return flipped(super.dW(rows));
                    }

                    @Override
                    Tensor db(Tensor rows) {
                        return super.db(rows.rows(0, s.OH * s.OW));
                    }
                },
                KERNEL_FLIPPED,
                DB_NOT_SUMMED_OVER_BATCH);
        convolution(
                "no bias, and dW reshaped",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor plusBias(Tensor product) {
                        return product;
                    }

                    @Override
                    Tensor dW(Tensor rows) {
                        return col.transpose().dot(rows).reshape(W.shape());
                    }
                },
                BIAS_MISSING,
                DW_TRANSPOSED);
        convolution(
                "no bias, and dx set",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor plusBias(Tensor product) {
                        return product;
                    }

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
                },
                BIAS_MISSING,
                OVERLAPS_OVERWRITTEN);
        convolution(
                "no bias, and dout reshaped",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor plusBias(Tensor product) {
                        return product;
                    }

                    @Override
                    Tensor rows(Tensor dout) {
                        return dout.reshape(-1, filters());
                    }
                },
                BIAS_MISSING,
                DOUT_NOT_TRANSPOSED);
        convolution(
                "stride 1, and divided",
                (W, b, window) -> new LoopConvolution(W, b, window) {
                    @Override
                    int y(int oy, int ky) {
                        return oy + ky - s.PH;
                    }

                    @Override
                    int column(int ox, int kx) {
                        return ox + kx - s.PW;
                    }

                    @Override
                    public Tensor backward(Tensor dout) {
                        Tensor dx = super.backward(dout);
                        fill(weights, weights.gradient().map(v -> v / s.N));
                        fill(biases, biases.gradient().map(v -> v / s.N));
                        return dx;
                    }
                },
                STRIDE_IGNORED,
                GRADIENT_DIVIDED_BY_BATCH);
    }

    private void bothGradients() {
        convolution(
                "dW reshaped, db at one position",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor dW(Tensor rows) {
                        return col.transpose().dot(rows).reshape(W.shape());
                    }

                    @Override
                    Tensor db(Tensor rows) {
                        Tensor db = Tensor.zeros(filters());
                        for (int row = 0; row < rows.size(0); row += s.OH * s.OW) {
                            db = db.plus(rows.slice(row));
                        }
                        return db;
                    }
                },
                DW_TRANSPOSED,
                DB_NOT_SUMMED_OVER_POSITIONS);
        convolution(
                "dW divided, db of one image",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor dW(Tensor rows) {
                        return super.dW(rows).map(v -> v / s.N);
                    }

                    @Override
                    Tensor db(Tensor rows) {
                        return super.db(rows.rows(0, s.OH * s.OW));
                    }
                },
                GRADIENT_DIVIDED_BY_BATCH,
                DB_NOT_SUMMED_OVER_BATCH);
        add(
                "affine: dW turned, db divided",
                () -> Check.affine((W, b) -> new OwnAffine(W, b) {
                    @Override
                    double[] dW(float[] dout) {
                        double[] right = super.dW(dout), turned = new double[right.length];
                        for (int j = 0; j < right.length; j++) {
                            turned[j % O * I + j / O] = right[j];
                        }
                        return turned;
                    }

                    @Override
                    double[] db(float[] dout) {
                        return Arrays.stream(super.db(dout)).map(v -> v / N).toArray();
                    }
                }),
                DW_TRANSPOSED,
                GRADIENT_DIVIDED_BY_BATCH);
    }

    private void poolings() {
        add(
                "zeros win, and ties get all",
                () -> Check.maxPooling(window -> new LoopPooling(window, true) {
                    @Override
                    public Tensor forward(Tensor x) {
                        Tensor out = super.forward(x);
                        for (int i = 0; i < out.length(); i++) {
                            if (count(cellsOf(i)) < s.FH * s.FW) {
                                out.data()[i] = Math.max(0, out.data()[i]);
                            }
                        }
                        return out;
                    }

                    @Override
                    void spread(int[] cells, float dout, float[] dx) {
                        for (int cell : cells) {
                            if (cell >= 0 && value(cell) == largest(cells)) {
                                dx[cell] += dout;
                            }
                        }
                    }
                }),
                MAXIMUM_PADDED_WITH_ZERO,
                GRADIENT_TO_EVERY_TIE);
        add(
                "stride 1, and all cells",
                () -> Check.maxPooling(window -> new LoopPooling(window, true) {
                    @Override
                    int y(int oy, int ky) {
                        return oy + ky - s.PH;
                    }

                    @Override
                    int column(int ox, int kx) {
                        return ox + kx - s.PW;
                    }

                    @Override
                    void spread(int[] cells, float dout, float[] dx) {
                        Arrays.stream(cells).filter(cell -> cell >= 0).forEach(cell -> dx[cell] += dout);
                    }
                }),
                STRIDE_IGNORED,
                GRADIENT_TO_ALL_CELLS);
        add(
                "zeros win, and set",
                () -> Check.maxPooling(window -> new LoopPooling(window, true) {
                    @Override
                    public Tensor forward(Tensor x) {
                        Tensor out = super.forward(x);
                        for (int i = 0; i < out.length(); i++) {
                            if (count(cellsOf(i)) < s.FH * s.FW) {
                                out.data()[i] = Math.max(0, out.data()[i]);
                            }
                        }
                        return out;
                    }

                    @Override
                    void spread(int[] cells, float dout, float[] dx) {
                        for (int cell : cells) {
                            if (cell >= 0 && value(cell) == largest(cells)) {
                                dx[cell] = dout;
                                return;
                            }
                        }
                    }
                }),
                MAXIMUM_PADDED_WITH_ZERO,
                POOL_OVERLAPS_OVERWRITTEN);
    }

    /** Two in the forward pass: both must be named, or none. */
    static List<Version> inOnePart() {
        WrongTwice all = new WrongTwice();
        all.convolutionsWithTwo();
        all.matricesWithTwo();
        return all.versions;
    }

    private void convolutionsWithTwo() {
        convolution(
                "flipped and without a bias",
                (W, b, window) -> new LoopConvolution(W, b, window) {
                    @Override
                    int weight(int f, int c, int ky, int kx) {
                        return ((f * s.C + c) * s.FH + s.FH - 1 - ky) * s.FW + s.FW - 1 - kx;
                    }

                    @Override
                    void eachBias(Term term) {}
                },
                KERNEL_FLIPPED,
                BIAS_MISSING);
        convolution(
                "stride 1 and no padding",
                (W, b, window) -> new LoopConvolution(W, b, window) {
                    @Override
                    int y(int oy, int ky) {
                        return oy + ky;
                    }

                    @Override
                    int column(int ox, int kx) {
                        return ox + kx;
                    }
                },
                STRIDE_IGNORED,
                PADDING_IGNORED);
        convolution(
                "maps scrambled and no bias",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor maps(Tensor rows) {
                        return rows.reshape(s.N, filters(), s.OH, s.OW);
                    }

                    @Override
                    Tensor plusBias(Tensor product) {
                        return product;
                    }
                },
                OUTPUT_NOT_TRANSPOSED,
                BIAS_MISSING);
        convolution(
                "channels averaged and turned kernels",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor plusBias(Tensor product) {
                        return super.plusBias(product.map(v -> v / s.C));
                    }

                    @Override
                    Tensor im2col(Tensor x) {
                        Tensor right = super.im2col(x);
                        return right.reshape(-1, s.C, s.FH, s.FW)
                                .transpose(0, 1, 3, 2)
                                .reshape(right.shape());
                    }

                    @Override
                    Tensor dW(Tensor rows) {
                        return super.dW(rows).map(v -> v / s.C);
                    }

                    @Override
                    Tensor col2im(Tensor dcol) {
                        return super.col2im(dcol.reshape(-1, s.C, s.FW, s.FH)
                                        .transpose(0, 1, 3, 2)
                                        .reshape(dcol.shape()))
                                .map(v -> v / s.C);
                    }
                },
                CHANNELS_AVERAGED,
                KERNEL_TRANSPOSED);
    }

    private void matricesWithTwo() {
        add(
                "windows by columns, positions down first",
                () -> Check.im2col((x, window) -> {
                    Sizes s = new Sizes(x, window);
                    Tensor right = Im2col.im2col(x, window);
                    return right.reshape(s.N, s.OH, s.OW, s.C, s.FH, s.FW)
                            .transpose(0, 2, 1, 3, 5, 4)
                            .reshape(right.shape());
                }),
                KERNEL_TRANSPOSED,
                POSITIONS_TRANSPOSED);
        add(
                "stride 1, windows by columns",
                () -> Check.im2col((x, window) -> {
                    Sizes s = new Sizes(x, window);
                    Tensor right = Im2col.im2col(x, window.stride(1));
                    return right.reshape(-1, s.C, s.FH, s.FW)
                            .transpose(0, 1, 3, 2)
                            .reshape(right.shape());
                }),
                STRIDE_IGNORED,
                KERNEL_TRANSPOSED);
        add(
                "no padding, windows by columns",
                () -> Check.im2col((x, window) -> {
                    Sizes s = new Sizes(x, window);
                    Tensor wide = WrongIm2col.pad(x, 0, 2 * s.PH, 0, 2 * s.PW);
                    Tensor right = Im2col.im2col(wide, window.padding(0));
                    return right.reshape(-1, s.C, s.FH, s.FW)
                            .transpose(0, 1, 3, 2)
                            .reshape(right.shape());
                }),
                PADDING_IGNORED,
                KERNEL_TRANSPOSED);
    }

    /** In no catalogue: no name may be given. */
    static List<Version> unknown() {
        WrongTwice all = new WrongTwice();
        all.unknownMatrices();
        all.unknownConvolutions();
        all.unknownPoolings();
        all.unknownOthers();
        all.unknownFactors();
        all.unknownIndices();
        all.unknownButConsistent();
        return all.versions;
    }

    private static Tensor changed(Tensor of, int every, double factor) {
        Tensor wrong = of.copy();
        for (int i = every - 1; i < wrong.length(); i += every) {
            wrong.data()[i] *= (float) factor;
        }
        return wrong;
    }

    private void unknownMatrices() {
        add(
                "im2col, every 7th number twice",
                () -> Check.im2col((x, window) -> changed(Im2col.im2col(x, window), 7, 2)));
        add(
                "im2col, one column further",
                () -> Check.im2col((x, window) -> {
                    Tensor right = Im2col.im2col(x, window), wrong = right.copy();
                    System.arraycopy(right.data(), 0, wrong.data(), 1, right.length() - 1);
                    return wrong;
                }));
        add(
                "im2col, rows upside down",
                () -> Check.im2col((x, window) -> {
                    Tensor right = Im2col.im2col(x, window), wrong = right.copy();
                    int rows = right.size(0), columns = right.size(1);
                    for (int i = 0; i < right.length(); i++) {
                        wrong.set(right.data()[i], rows - 1 - i / columns, i % columns);
                    }
                    return wrong;
                }));
        add("im2col, returns its input", () -> Check.im2col((x, window) -> x));
        add("im2col, returns null", () -> Check.im2col((x, window) -> null), THROWS);
        add(
                "im2col, of the wrong rank",
                () -> Check.im2col((x, window) -> Im2col.im2col(x, window).reshape(-1)));
        add(
                "im2col, only zeros",
                () -> Check.im2col((x, window) -> {
                    return Tensor.zeros(Im2col.im2col(x, window).shape());
                }));
        add(
                "im2col, not a number",
                () -> Check.im2col((x, window) -> {
                    return Im2col.im2col(x, window).map(v -> v == 0 ? 0 : Math.log(-1));
                }));
        add(
                "im2col, the window in the middle off by one",
                () -> Check.im2col((x, window) -> {
                    Tensor col = Im2col.im2col(x, window);
                    int row = col.size(0) / 2;
                    for (int k = 0; k < col.size(1); k++) {
                        col.set(col.get(Math.max(0, row - 1), k), row, k);
                    }
                    return col;
                }));
        add(
                "col2im, half of it",
                () -> Check.col2im((col, shape, window) ->
                        Im2col.col2im(col, shape, window).map(v -> v / 2)));
        add(
                "col2im, the root of the sum",
                () -> Check.col2im((col, shape, window) ->
                        Im2col.col2im(col, shape, window).map(v -> Math.sqrt(Math.abs(v)))));
        add("col2im, col as it is", () -> Check.col2im((col, shape, window) -> col));
        add("col2im, null", () -> Check.col2im((col, shape, window) -> null), THROWS);
        add("outputSize, a constant", () -> Check.outputSize((h, f, s, p) -> 3));
        add("outputSize, twice the stride", () -> Check.outputSize((h, f, s, p) -> (h + 2 * p - f) / (2 * s) + 1));
        add("outputSize, one too many", () -> Check.outputSize((h, f, s, p) -> (h + 2 * p - f) / s + 2));
        add("outputSize, three paddings", () -> Check.outputSize((h, f, s, p) -> (h + 3 * p - f) / s + 1));
    }

    private void unknownConvolutions() {
        convolution("convolution, the sum halved", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            public Tensor forward(Tensor x) {
                return super.forward(x).map(v -> v / 2);
            }
        });
        convolution("convolution, the bias taken off", (W, b, window) -> new PlaneConvolution(W, b, window) {
            @Override
            double biasAt(int f, int oy, int ox) {
                return -b.get(f);
            }
        });
        convolution(
                "convolution, filters from the last to the first", (W, b, window) -> new LoopConvolution(W, b, window) {
                    @Override
                    int place(int n, int f, int oy, int ox) {
                        return super.place(n, filters() - 1 - f, oy, ox);
                    }
                });
        convolution("convolution, dW negative", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor dW(Tensor rows) {
                return super.dW(rows).map(v -> -v);
            }
        });
        convolution(
                "convolution, db over the number of positions", (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor db(Tensor rows) {
                        return super.db(rows).map(v -> v / (s.OH * s.OW));
                    }
                });
        convolution(
                "convolution, dx is null",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    public Tensor backward(Tensor dout) {
                        super.backward(dout);
                        return null;
                    }
                },
                THROWS);
        convolution("convolution, dx is dout", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            public Tensor backward(Tensor dout) {
                super.backward(dout);
                return dout;
            }
        });
        convolution("convolution, the last channel missing", (W, b, window) -> new PlaneConvolution(W, b, window) {
            @Override
            double sum(double[] overChannels) {
                return super.sum(overChannels) - (overChannels.length > 1 ? overChannels[overChannels.length - 1] : 0);
            }
        });
    }

    private void unknownPoolings() {
        add(
                "max pooling, the smallest",
                () -> Check.maxPooling(window -> new LoopPooling(window, true) {
                    @Override
                    float largest(int[] cells) {
                        float smallest = Float.POSITIVE_INFINITY;
                        for (int cell : cells) {
                            smallest = cell < 0 ? smallest : Math.min(smallest, value(cell));
                        }
                        return smallest;
                    }
                }));
        add(
                "max pooling, the largest absolute value",
                () -> Check.maxPooling(window -> new PlanePooling(window, true) {
                    @Override
                    double pool(List<Place> places, float[][] plane) {
                        return places.stream()
                                .mapToDouble(p -> Math.abs(plane[p.y()][p.x()]))
                                .max()
                                .orElse(0);
                    }
                }));
        add(
                "max pooling, the gradient to the neighbour",
                () -> Check.maxPooling(window -> new BookPooling(window, true) {
                    @Override
                    Tensor spread(Tensor pooled) {
                        for (int row = 0; row < winners.length; row++) {
                            winners[row] = (winners[row] + 1) % windows.size(1);
                        }
                        return super.spread(pooled);
                    }
                }));
        add(
                "max pooling, half of the gradient",
                () -> Check.maxPooling(window -> new LoopPooling(window, true) {
                    @Override
                    void spread(int[] cells, float dout, float[] dx) {
                        super.spread(cells, dout / 2, dx);
                    }
                }));
        add("average pooling, the maximum", () -> Check.averagePooling(window -> new LoopPooling(window, true)));
        add(
                "average pooling, the sum",
                () -> Check.averagePooling(window -> new LoopPooling(window, false) {
                    @Override
                    int count(int[] cells) {
                        return 1;
                    }
                }));
        add(
                "average pooling, the root of the sum of squares",
                () -> Check.averagePooling(window -> new PlanePooling(window, false) {
                    @Override
                    double pool(List<Place> places, float[][] plane) {
                        return Math.sqrt(places.stream()
                                .mapToDouble(p -> plane[p.y()][p.x()])
                                .map(v -> v * v)
                                .average()
                                .orElse(0));
                    }
                }));
        add("max pooling, the mean", () -> Check.maxPooling(window -> new LoopPooling(window, false)));
    }

    private void unknownOthers() {
        add("affine, the weights squared", () -> Check.affine((W, b) -> new OwnAffine(W.map(v -> v * v), b)));
        add(
                "affine, the bias twice",
                () -> Check.affine((W, b) -> new OwnAffine(W, b) {
                    @Override
                    double bias(int n, int o) {
                        return 2 * super.bias(n, o);
                    }
                }));
        add(
                "affine, without the last input",
                () -> Check.affine((W, b) -> new OwnAffine(W, b) {
                    @Override
                    double[] dW(float[] dout) {
                        double[] dW = super.dW(dout);
                        Arrays.fill(dW, dW.length - O, dW.length, 0);
                        return dW;
                    }
                }));
        add(
                "relu, leaky",
                () -> Check.relu(() -> new Elementwise() {
                    @Override
                    float value(float x) {
                        return x > 0 ? x : 0.01f * x;
                    }
                }));
        add(
                "relu, the gradient let through everywhere",
                () -> Check.relu(() -> new Elementwise() {
                    @Override
                    float value(float x) {
                        return Math.max(0, x);
                    }

                    @Override
                    double slope(float x) {
                        return 1;
                    }
                }));
        add(
                "relu, the mask turned round",
                () -> Check.relu(() -> new Elementwise() {
                    @Override
                    float value(float x) {
                        return Math.max(0, x);
                    }

                    @Override
                    double slope(float x) {
                        return x > 0 ? 0 : 1;
                    }
                }));
        add(
                "sigmoid, exp(x) instead of exp(-x)",
                () -> Check.sigmoid(() -> new Elementwise() {
                    @Override
                    float value(float x) {
                        return (float) (1 / (1 + Math.exp(x)));
                    }

                    @Override
                    double slope(float x) {
                        return value(x) * (value(x) - 1);
                    }
                }));
        add(
                "sigmoid, y instead of y (1 - y)",
                () -> Check.sigmoid(() -> new Elementwise() {
                    @Override
                    float value(float x) {
                        return (float) (1 / (1 + Math.exp(-x)));
                    }

                    @Override
                    double slope(float x) {
                        return value(x);
                    }
                }));
        add(
                "softmax, log10",
                () -> Check.softmaxWithLoss(() -> new OwnLoss() {
                    @Override
                    double log(double y) {
                        return Math.log10(y);
                    }
                }));
        add(
                "softmax, y as gradient",
                () -> Check.softmaxWithLoss(() -> new OwnLoss() {
                    @Override
                    public Tensor backward() {
                        return y;
                    }
                }));
        add(
                "softmax, the label's neighbour",
                () -> Check.softmaxWithLoss(() -> new OwnLoss() {
                    @Override
                    public double forward(Tensor scores, int[] labels) {
                        int[] next = Arrays.stream(labels)
                                .map(label -> (label + 1) % scores.size(1))
                                .toArray();
                        return super.forward(scores, next);
                    }
                }));
        add("dropout, keeps what it should drop", () -> Check.dropout(ratio -> new OwnDropout(1 - ratio, true)));
        add("dropout, drops nothing", () -> Check.dropout(ratio -> new OwnDropout(0, true)));
        add(
                "dropout, null",
                () -> Check.dropout(ratio -> new OwnDropout(ratio, true) {
                    @Override
                    public Tensor forwardInTraining(Tensor x, long seed) {
                        return null;
                    }
                }),
                THROWS);
        add(
                "dropout, backward lets everything through",
                () -> Check.dropout(ratio -> new OwnDropout(ratio, true) {
                    @Override
                    public Tensor backward(Tensor dout) {
                        return dout;
                    }
                }));
        add(
                "im2col, throws where it is hard",
                () -> Check.im2col((x, window) -> {
                    if (x.size(1) > 1) {
                        throw new IllegalArgumentException("one channel only");
                    }
                    return changed(Im2col.im2col(x, window), 3, 2);
                }),
                THROWS);
    }

    private void unknownFactors() {
        for (double factor : new double[] {0.5, 2, 1 / 3.0}) {
            String times = " times %.2f".formatted(factor);
            convolution("convolution, dW" + times, (W, b, window) -> new BookConvolution(W, b, window) {
                @Override
                Tensor dW(Tensor rows) {
                    return super.dW(rows).map(v -> v * factor);
                }
            });
            convolution("convolution, db" + times, (W, b, window) -> new BookConvolution(W, b, window) {
                @Override
                Tensor db(Tensor rows) {
                    return super.db(rows).map(v -> v * factor);
                }
            });
            convolution("convolution, dx" + times, (W, b, window) -> new BookConvolution(W, b, window) {
                @Override
                Tensor col2im(Tensor dcol) {
                    return super.col2im(dcol).map(v -> v * factor);
                }
            });
            convolution("convolution, bias" + times, (W, b, window) -> new PlaneConvolution(W, b, window) {
                @Override
                double biasAt(int f, int oy, int ox) {
                    return factor * b.get(f);
                }
            });
            convolution("convolution, products" + times, (W, b, window) -> new PlaneConvolution(W, b, window) {
                @Override
                double sum(double[] overChannels) {
                    return factor * super.sum(overChannels);
                }
            });
            add(
                    "affine, dW" + times,
                    () -> Check.affine((W, b) -> new OwnAffine(W, b) {
                        @Override
                        double[] dW(float[] dout) {
                            return Arrays.stream(super.dW(dout))
                                    .map(v -> v * factor)
                                    .toArray();
                        }
                    }));
            add(
                    "softmax, loss" + times,
                    () -> Check.softmaxWithLoss(() -> new OwnLoss() {
                        @Override
                        double mean(double sum, int N) {
                            return factor * sum / N;
                        }
                    }));
            add(
                    "softmax, gradient" + times,
                    () -> Check.softmaxWithLoss(() -> new OwnLoss() {
                        @Override
                        double share(double difference, int N) {
                            return factor * difference / N;
                        }
                    }));
            add(
                    "average pooling" + times,
                    () -> Check.averagePooling(window -> new LoopPooling(window, false) {
                        @Override
                        float mean(int[] cells) {
                            return (float) (factor * super.mean(cells));
                        }
                    }));
            add(
                    "average pooling, gradient" + times,
                    () -> Check.averagePooling(window -> new LoopPooling(window, false) {
                        @Override
                        void spread(int[] cells, float dout, float[] dx) {
                            super.spread(cells, (float) (factor * dout), dx);
                        }
                    }));
        }
    }

    private void unknownIndices() {
        convolution("convolution, turned about one axis", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int weight(int f, int c, int ky, int kx) {
                return ((f * s.C + c) * s.FH + s.FH - 1 - ky) * s.FW + kx;
            }
        });
        convolution("convolution, channels from the last", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int weight(int f, int c, int ky, int kx) {
                return super.weight(f, s.C - 1 - c, ky, kx);
            }
        });
        convolution("convolution, images from the last", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int pixel(int n, int c, int y, int w) {
                return super.pixel(s.N - 1 - n, c, y, w);
            }
        });
        convolution("convolution, the last image only", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int pixel(int n, int c, int y, int w) {
                return super.pixel(s.N - 1, c, y, w);
            }
        });
        convolution("convolution, one pixel further down", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int y(int oy, int ky) {
                return super.y(oy, ky) + 1;
            }
        });
        convolution("convolution, a stride of 2 always", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int y(int oy, int ky) {
                return oy * 2 + ky - s.PH;
            }

            @Override
            int column(int ox, int kx) {
                return ox * 2 + kx - s.PW;
            }
        });
        convolution("convolution, a padding of 1 always", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int y(int oy, int ky) {
                return oy * s.SH + ky - 1;
            }

            @Override
            int column(int ox, int kx) {
                return ox * s.SW + kx - 1;
            }
        });
        convolution("convolution, the stride squared", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int y(int oy, int ky) {
                return oy * s.SH * s.SH + ky - s.PH;
            }
        });
        convolution(
                "convolution, the image's width for its height", (W, b, window) -> new LoopConvolution(W, b, window) {
                    @Override
                    int pixel(int n, int c, int y, int w) {
                        return s.inside(y, w) ? Math.min(((n * s.C + c) * s.W + y) * s.H + w, x.length() - 1) : -1;
                    }
                });
        convolution("convolution, the bias of the next filter", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int bias(int f, int oy, int ox) {
                return (f + 1) % filters();
            }
        });
        convolution(
                "convolution, the bias by the line",
                (W, b, window) -> new LoopConvolution(W, b, window) {
                    @Override
                    int bias(int f, int oy, int ox) {
                        return oy % filters();
                    }
                },
                BIAS_PER_POSITION);
        convolution("convolution, the first bias for all", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int bias(int f, int oy, int ox) {
                return 0;
            }
        });
    }

    /** Their backward passes are the gradients of their own forward passes. */
    private void unknownButConsistent() {
        add(
                "max pooling, the sum",
                () -> Check.maxPooling(window -> new LoopPooling(window, false) {
                    @Override
                    int count(int[] cells) {
                        return 1;
                    }
                }));
        add(
                "average pooling, the sum over 3",
                () -> Check.averagePooling(window -> new LoopPooling(window, false) {
                    @Override
                    int count(int[] cells) {
                        return 3;
                    }
                }));
        add(
                "max pooling, the middle cell",
                () -> Check.maxPooling(window -> new LoopPooling(window, true) {
                    @Override
                    int[] cells(int n, int c, int oy, int ox) {
                        int[] cells = Arrays.stream(super.cells(n, c, oy, ox))
                                .filter(cell -> cell >= 0)
                                .toArray();
                        return new int[] {cells[cells.length / 2]};
                    }
                }));
        add(
                "max pooling, without the last cell",
                () -> Check.maxPooling(window -> new LoopPooling(window, true) {
                    @Override
                    int[] cells(int n, int c, int oy, int ox) {
                        int[] cells = super.cells(n, c, oy, ox);
                        cells[cells.length - 1] = cells.length > 1 ? -1 : cells[0];
                        return cells;
                    }

                    @Override
                    float largest(int[] cells) {
                        return count(cells) == 0 ? 0 : super.largest(cells);
                    }
                }));
        convolution("convolution, half of everything", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            public Tensor forward(Tensor x) {
                return super.forward(x).map(v -> v / 2);
            }

            @Override
            public Tensor backward(Tensor dout) {
                return super.backward(dout.map(v -> v / 2));
            }
        });
        convolution("convolution, a mean over the window", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor plusBias(Tensor product) {
                return super.plusBias(product.map(v -> v / (s.C * s.FH * s.FW)));
            }
        });
        add(
                "affine, a mean over the batch",
                () -> Check.affine((W, b) -> new OwnAffine(W, b) {
                    @Override
                    public Tensor forward(Tensor x) {
                        return super.forward(x).map(v -> v / N);
                    }

                    @Override
                    public Tensor backward(Tensor dout) {
                        return super.backward(dout.map(v -> v / N));
                    }
                }));
        convolution("convolution, all of it over N", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            public Tensor forward(Tensor x) {
                return super.forward(x).map(v -> v / s.N);
            }

            @Override
            public Tensor backward(Tensor dout) {
                return super.backward(dout.map(v -> v / s.N));
            }
        });
    }
}
