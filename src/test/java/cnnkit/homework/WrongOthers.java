package cnnkit.homework;

import static cnnkit.homework.Mistake.BIAS_MISSING;
import static cnnkit.homework.Mistake.BIAS_PER_POSITION;
import static cnnkit.homework.Mistake.BIAS_PER_PRODUCT;
import static cnnkit.homework.Mistake.DB_NOT_SUMMED_OVER_BATCH;
import static cnnkit.homework.Mistake.DROPOUT_NOT_SCALED;
import static cnnkit.homework.Mistake.DW_TRANSPOSED;
import static cnnkit.homework.Mistake.GRADIENTS_ACCUMULATED;
import static cnnkit.homework.Mistake.GRADIENT_DIVIDED_BY_BATCH;
import static cnnkit.homework.Mistake.LOSS_NOT_AVERAGED;
import static cnnkit.homework.Mistake.RELU_MASK_FROM_GRADIENT;
import static cnnkit.homework.Mistake.SIGMOID_OVERFLOWS;
import static cnnkit.homework.Mistake.SIZE_FORGETS_PADDING;
import static cnnkit.homework.Mistake.SIZE_FORGETS_PLUS_ONE;
import static cnnkit.homework.Mistake.SIZE_IGNORES_STRIDE;
import static cnnkit.homework.Mistake.SIZE_PADS_ONE_SIDE;
import static cnnkit.homework.Mistake.SIZE_ROUNDS_UP;
import static cnnkit.homework.Mistake.SOFTMAX_OVERFLOWS;
import static cnnkit.homework.Mistake.WEIGHTS_NOT_TRANSPOSED;

import cnnkit.layer.Layer;
import cnnkit.layer.Parameter;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Wrong sizes, fully connected layers, ReLUs, sigmoids, losses and dropouts. */
final class WrongOthers {
    private final List<Version> versions = new ArrayList<>();

    static List<Version> versions() {
        WrongOthers all = new WrongOthers();
        all.sizes();
        all.affineBiases();
        all.affineWeights();
        all.affineGradients();
        all.relus();
        all.sigmoids();
        all.overflows();
        all.notAveraged();
        all.dropouts();
        return all.versions;
    }

    private void size(Mistake mistake, String style, SizeRule yours) {
        versions.add(Version.of(mistake, "outputSize", style, () -> Check.outputSize(yours)));
    }

    private void affine(Mistake mistake, String style, BiFunction<Tensor, Tensor, Layer> yours) {
        versions.add(Version.of(mistake, "affine", style, () -> Check.affine(yours)));
    }

    private void relu(Mistake mistake, String style, Supplier<Layer> yours) {
        versions.add(Version.of(mistake, "relu", style, () -> Check.relu(yours)));
    }

    private void sigmoid(Mistake mistake, String style, Supplier<Layer> yours) {
        versions.add(Version.of(mistake, "sigmoid", style, () -> Check.sigmoid(yours)));
    }

    private void loss(Mistake mistake, String style, Supplier<Loss> yours) {
        versions.add(Version.of(mistake, "softmaxWithLoss", style, () -> Check.softmaxWithLoss(yours)));
    }

    private void dropout(Mistake mistake, String style, DoubleFunction<Layer> yours) {
        versions.add(Version.of(mistake, "dropout", style, () -> Check.dropout(yours)));
    }

    private static int steps(int end, int size, int stride) {
        return end + stride > size ? 1 : 1 + steps(end + stride, size, stride);
    }

    private void sizes() {
        size(SIZE_FORGETS_PADDING, "the formula", (h, f, s, p) -> (h - f) / s + 1);
        size(SIZE_FORGETS_PADDING, "by recursion", (h, f, s, p) -> f > h ? 0 : steps(f, h, s));
        size(SIZE_FORGETS_PADDING, "in double", (h, f, s, p) -> (int) ((h - f + s) / (double) s));
        size(SIZE_PADS_ONE_SIDE, "the formula", (h, f, s, p) -> (h + p - f) / s + 1);
        size(SIZE_PADS_ONE_SIDE, "by recursion", (h, f, s, p) -> steps(f, h + p, s));
        size(SIZE_PADS_ONE_SIDE, "counted", (h, f, s, p) -> {
            int count = 0;
            for (int top = -p; top + f <= h; top += s) {
                count++;
            }
            return count;
        });
        size(SIZE_FORGETS_PLUS_ONE, "the formula", (h, f, s, p) -> (h + 2 * p - f) / s);
        size(SIZE_FORGETS_PLUS_ONE, "counted", (h, f, s, p) -> {
            int count = 0;
            for (int top = s; top + f <= h + 2 * p; top += s) {
                count++;
            }
            return count;
        });
        size(SIZE_FORGETS_PLUS_ONE, "a stream", (h, f, s, p) -> (int)
                IntStream.rangeClosed(1, h + 2 * p - f).filter(y -> y % s == 0).count());
        size(SIZE_ROUNDS_UP, "ceil", (h, f, s, p) -> (int) Math.ceil((h + 2.0 * p - f) / s) + 1);
        size(SIZE_ROUNDS_UP, "s - 1 more", (h, f, s, p) -> (h + 2 * p - f + s - 1) / s + 1);
        size(
                SIZE_ROUNDS_UP,
                "one more where there is a rest",
                (h, f, s, p) -> (h + 2 * p - f) / s + 1 + Integer.signum((h + 2 * p - f) % s));
        size(SIZE_IGNORES_STRIDE, "the formula", (h, f, s, p) -> h + 2 * p - f + 1);
        size(SIZE_IGNORES_STRIDE, "by recursion", (h, f, s, p) -> steps(f, h + 2 * p, 1));
        size(SIZE_IGNORES_STRIDE, "counted", (h, f, s, p) ->
                (int) IntStream.range(-p, h + p).filter(top -> top + f <= h + p).count());
    }

    private void affineBiases() {
        affine(BIAS_MISSING, "sums", (W, b) -> new OwnAffine(W, b) {
            @Override
            double bias(int n, int o) {
                return 0;
            }
        });
        affine(BIAS_MISSING, "sums, no db", (W, b) -> new OwnAffine(W, b) {
            @Override
            double bias(int n, int o) {
                return 0;
            }

            @Override
            double[] db(float[] dout) {
                return new double[O];
            }
        });
        affine(BIAS_MISSING, "matrices", (W, b) -> new OwnAffine(W, b) {
            @Override
            public Tensor forward(Tensor x) {
                super.forward(x);
                return x.reshape(N, I).dot(W.value());
            }
        });
        affine(BIAS_PER_PRODUCT, "within the innermost sum", (W, b) -> new OwnAffine(W, b) {
            @Override
            public Tensor forward(Tensor x) {
                super.forward(x);
                Tensor out = Tensor.zeros(N, O);
                for (int n = 0; n < N; n++) {
                    for (int o = 0; o < O; o++) {
                        float sum = 0;
                        for (int i = 0; i < I; i++) {
                            sum += x.data()[n * I + i] * W.value().get(i, o)
                                    + b.value().get(o);
                        }
                        out.set(sum, n, o);
                    }
                }
                return out;
            }
        });
        affine(BIAS_PER_PRODUCT, "I times, db too", (W, b) -> new OwnAffine(W, b) {
            @Override
            double bias(int n, int o) {
                return I * super.bias(n, o);
            }

            @Override
            double[] db(float[] dout) {
                return Arrays.stream(super.db(dout)).map(v -> v * I).toArray();
            }
        });
        affine(BIAS_PER_POSITION, "by the row", (W, b) -> new OwnAffine(W, b) {
            @Override
            double bias(int n, int o) {
                return super.bias(n, n % O);
            }
        });
    }

    private void affineWeights() {
        affine(WEIGHTS_NOT_TRANSPOSED, "read as (O, I)", (W, b) -> new OwnAffine(W, b) {
            @Override
            int weight(int i, int o) {
                return o * I + i;
            }
        });
        affine(WEIGHTS_NOT_TRANSPOSED, "reshaped and transposed", (W, b) -> new OwnAffine(W, b) {
            @Override
            public Tensor forward(Tensor x) {
                super.forward(x);
                return x.reshape(N, I).dot(W.value().reshape(O, I).transpose(), b.value());
            }
        });
        affine(DW_TRANSPOSED, "dout^T x", (W, b) -> new OwnAffine(W, b) {
            @Override
            public Tensor backward(Tensor dout) {
                Tensor dx = super.backward(dout);
                Tensor dW = dout.transpose().dot(x.reshape(N, I));
                System.arraycopy(dW.data(), 0, W.gradientToFill().data(), 0, dW.length());
                return dx;
            }
        });
        affine(DW_TRANSPOSED, "sums", (W, b) -> new OwnAffine(W, b) {
            @Override
            double[] dW(float[] dout) {
                double[] right = super.dW(dout), turned = new double[right.length];
                for (int j = 0; j < right.length; j++) {
                    turned[j % O * I + j / O] = right[j];
                }
                return turned;
            }
        });
        affine(DW_TRANSPOSED, "each weight with o outside", (W, b) -> new OwnAffine(W, b) {
            @Override
            double[] dW(float[] dout) {
                List<Double> dW = new ArrayList<>();
                for (int o = 0; o < O; o++) {
                    for (int i = 0; i < I; i++) {
                        int from = i, to = o;
                        dW.add(IntStream.range(0, N)
                                .mapToDouble(n -> (double) x.data()[n * I + from] * dout[n * O + to])
                                .sum());
                    }
                }
                return dW.stream().mapToDouble(v -> v).toArray();
            }
        });
    }

    private void affineGradients() {
        affine(DB_NOT_SUMMED_OVER_BATCH, "the first row", (W, b) -> new OwnAffine(W, b) {
            @Override
            double[] db(float[] dout) {
                return super.db(Arrays.copyOf(dout, O));
            }
        });
        affine(DB_NOT_SUMMED_OVER_BATCH, "= for +=", (W, b) -> new OwnAffine(W, b) {
            @Override
            double[] db(float[] dout) {
                double[] db = new double[O];
                for (int i = 0; i < dout.length; i++) {
                    db[i % O] = dout[i];
                }
                return db;
            }
        });
        affine(DB_NOT_SUMMED_OVER_BATCH, "a slice", (W, b) -> new OwnAffine(W, b) {
            @Override
            public Tensor backward(Tensor dout) {
                Tensor dx = super.backward(dout);
                System.arraycopy(dout.slice(0).data(), 0, b.gradientToFill().data(), 0, O);
                return dx;
            }
        });
        affine(GRADIENT_DIVIDED_BY_BATCH, "dW and db", (W, b) -> new OwnAffine(W, b) {
            @Override
            void store(Parameter parameter, double[] gradient) {
                super.store(parameter, Arrays.stream(gradient).map(v -> v / N).toArray());
            }
        });
        affine(GRADIENT_DIVIDED_BY_BATCH, "dW", (W, b) -> new OwnAffine(W, b) {
            @Override
            double[] dW(float[] dout) {
                return Arrays.stream(super.dW(dout)).map(v -> v / N).toArray();
            }
        });
        affine(GRADIENT_DIVIDED_BY_BATCH, "db, a mean", (W, b) -> new OwnAffine(W, b) {
            @Override
            double[] db(float[] dout) {
                return IntStream.range(0, O)
                        .mapToDouble(o -> IntStream.range(0, N)
                                .mapToDouble(n -> dout[n * O + o])
                                .average()
                                .orElse(0))
                        .toArray();
            }
        });
        affine(GRADIENTS_ACCUMULATED, "db", (W, b) -> new OwnAffine(W, b) {
            private final double[] sum = new double[O];

            @Override
            double[] db(float[] dout) {
                double[] more = super.db(dout);
                Arrays.setAll(sum, o -> sum[o] + more[o]);
                return sum;
            }
        });
        affine(GRADIENTS_ACCUMULATED, "dW", (W, b) -> new OwnAffine(W, b) {
            @Override
            double[] dW(float[] dout) {
                double[] dW = super.dW(dout);
                Arrays.setAll(dW, i -> dW[i] + W.gradientToFill().data()[i]);
                return dW;
            }
        });
    }

    private void relus() {
        relu(RELU_MASK_FROM_GRADIENT, "each value", () -> new Elementwise() {
            @Override
            float value(float x) {
                return Math.max(0, x);
            }

            @Override
            public Tensor backward(Tensor dout) {
                return dout.map(v -> Math.max(0, v));
            }
        });
        relu(RELU_MASK_FROM_GRADIENT, "a mask", () -> new Elementwise() {
            @Override
            float value(float x) {
                return x < 0 ? 0 : x;
            }

            @Override
            public Tensor backward(Tensor dout) {
                Tensor dx = dout.copy();
                boolean[] mask = new boolean[dx.length()];
                for (int i = 0; i < mask.length; i++) {
                    mask[i] = dout.data()[i] <= 0;
                }
                IntStream.range(0, mask.length).filter(i -> mask[i]).forEach(i -> dx.data()[i] = 0);
                return dx;
            }
        });
        relu(RELU_MASK_FROM_GRADIENT, "its own forward pass", () -> new Elementwise() {
            @Override
            float value(float x) {
                return (x + Math.abs(x)) / 2;
            }

            @Override
            public Tensor backward(Tensor dout) {
                return forward(dout);
            }
        });
    }

    private void sigmoids() {
        sigmoid(SIGMOID_OVERFLOWS, "exp(x) / (1 + exp(x)) in double", () -> new Elementwise() {
            private double of(double x) {
                return Math.exp(x) / (1 + Math.exp(x));
            }

            @Override
            float value(float x) {
                return (float) of(x);
            }

            @Override
            double slope(float x) {
                return of(x) * (1 - of(x));
            }
        });
        sigmoid(SIGMOID_OVERFLOWS, "exp(x) / (1 + exp(x)) in float", () -> new Elementwise() {
            private float of(float x) {
                float e = (float) Math.exp(x);
                return e / (1 + e);
            }

            @Override
            float value(float x) {
                return of(x);
            }

            @Override
            double slope(float x) {
                return of(x) * (1 - of(x));
            }
        });
        sigmoid(SIGMOID_OVERFLOWS, "its slope from exp(-x) / (1 + exp(-x))^2", () -> new Elementwise() {
            @Override
            float value(float x) {
                return (float) (1 / (1 + Math.exp(-x)));
            }

            @Override
            double slope(float x) {
                double e = Math.exp(-x);
                return e / ((1 + e) * (1 + e));
            }
        });
    }

    private void overflows() {
        for (boolean small : new boolean[] {false, true}) {
            String with = small ? ", with 1e-7" : "";
            loss(SOFTMAX_OVERFLOWS, "no shift, in double" + with, () -> new OwnLoss() {
                @Override
                double shift(Tensor scores, int n) {
                    return 0;
                }

                @Override
                double log(double y) {
                    return Math.log(small ? y + 1e-7 : y);
                }
            });
            loss(SOFTMAX_OVERFLOWS, "no shift, in float" + with, () -> new OwnLoss() {
                @Override
                double shift(Tensor scores, int n) {
                    return 0;
                }

                @Override
                double exp(double score) {
                    return (float) Math.exp((float) score);
                }

                @Override
                double log(double y) {
                    return (float) Math.log(small ? (float) y + 1e-7f : (float) y);
                }
            });
            loss(SOFTMAX_OVERFLOWS, "one shift for the batch" + with, () -> new OwnLoss() {
                @Override
                double shift(Tensor scores, int n) {
                    return scores.max();
                }

                @Override
                double log(double y) {
                    return Math.log(small ? y + 1e-7 : y);
                }
            });
        }
        loss(SOFTMAX_OVERFLOWS, "logsumexp without shift", () -> new OwnLoss() {
            @Override
            double shift(Tensor scores, int n) {
                return 0;
            }

            @Override
            public double forward(Tensor scores, int[] labels) {
                super.forward(scores, labels);
                double loss = 0;
                for (int n = 0; n < labels.length; n++) {
                    double sum = 0;
                    for (float score : scores.slice(n).data()) {
                        sum += Math.exp(score);
                    }
                    loss += Math.log(sum) - scores.get(n, labels[n]);
                }
                return loss / labels.length;
            }
        });
        loss(SOFTMAX_OVERFLOWS, "streams", () -> new OwnLoss() {
            @Override
            public double forward(Tensor scores, int[] labels) {
                this.labels = labels;
                y = scores.copy();
                return IntStream.range(0, labels.length)
                        .mapToDouble(n -> {
                            double[] e = IntStream.range(0, scores.size(1))
                                    .mapToDouble(k -> Math.exp(scores.get(n, k)))
                                    .toArray();
                            double sum = Arrays.stream(e).sum();
                            IntStream.range(0, e.length).forEach(k -> y.set((float) (e[k] / sum), n, k));
                            return -Math.log(e[labels[n]] / sum);
                        })
                        .average()
                        .orElseThrow();
            }
        });
    }

    private void notAveraged() {
        for (boolean small : new boolean[] {false, true}) {
            for (int where = 1; where <= 3; where++) {
                boolean forward = (where & 1) != 0, backward = (where & 2) != 0;
                String style = List.of("", "forward", "backward", "both").get(where) + (small ? ", with 1e-7" : "");
                loss(LOSS_NOT_AVERAGED, style, () -> new OwnLoss() {
                    @Override
                    double log(double y) {
                        return Math.log(small ? y + 1e-7 : y);
                    }

                    @Override
                    double mean(double sum, int N) {
                        return forward ? sum : sum / N;
                    }

                    @Override
                    double share(double difference, int N) {
                        return backward ? difference : difference / N;
                    }
                });
            }
        }
        loss(LOSS_NOT_AVERAGED, "backward as the book's, without the division", () -> new OwnLoss() {
            @Override
            public Tensor backward() {
                Tensor dscores = y.copy();
                for (int n = 0; n < labels.length; n++) {
                    dscores.set(dscores.get(n, labels[n]) - 1, n, labels[n]);
                }
                return dscores;
            }
        });
    }

    private void dropouts() {
        dropout(DROPOUT_NOT_SCALED, "nowhere", ratio -> new OwnDropout(ratio, false) {
            @Override
            double predicting() {
                return 1;
            }
        });
        dropout(DROPOUT_NOT_SCALED, "twice", ratio -> new OwnDropout(ratio, false) {
            @Override
            double training() {
                return 1 / (1 - ratio);
            }
        });
        dropout(DROPOUT_NOT_SCALED, "drops while predicting", ratio -> new OwnDropout(ratio, true) {
            @Override
            public Tensor forward(Tensor x) {
                return forwardInTraining(x, 1);
            }
        });
        dropout(DROPOUT_NOT_SCALED, "drops while predicting, scales nowhere", ratio -> new OwnDropout(ratio, false) {
            private long calls;

            @Override
            public Tensor forward(Tensor x) {
                return forwardInTraining(x, ++calls);
            }
        });
        dropout(DROPOUT_NOT_SCALED, "nowhere, Math.random", ratio -> new OwnDropout(ratio, true) {
            @Override
            double next(Random random) {
                return Math.random();
            }

            @Override
            double training() {
                return 1;
            }
        });
        dropout(DROPOUT_NOT_SCALED, "twice, the other way", ratio -> new OwnDropout(ratio, true) {
            @Override
            double predicting() {
                return 1 - ratio;
            }
        });
    }
}
