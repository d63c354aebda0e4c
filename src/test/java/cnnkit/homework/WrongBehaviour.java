package cnnkit.homework;

import static cnnkit.homework.Mistake.GRADIENTS_ACCUMULATED;
import static cnnkit.homework.Mistake.INPUT_CHANGED;
import static cnnkit.homework.Mistake.NOT_WRITTEN;
import static cnnkit.homework.Mistake.REMEMBERS_FORMER_CALL;
import static cnnkit.homework.Mistake.THROWS;

import cnnkit.im2col.Im2col;
import cnnkit.layer.Layer;
import cnnkit.layer.Parameter;
import cnnkit.layer.SoftmaxWithLoss;
import cnnkit.tensor.Tensor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Code that throws, changes what it is given, or remembers what it should not. */
final class WrongBehaviour {
    private final List<Version> versions = new ArrayList<>();

    static List<Version> versions() {
        WrongBehaviour all = new WrongBehaviour();
        all.throwing();
        all.throwingErrors();
        all.throwingLayers();
        all.changing();
        all.changingInLayers();
        all.remembering();
        all.rememberingInLayers();
        all.accumulating();
        return all.versions;
    }

    private void add(Mistake mistake, String style, Supplier<Report> check) {
        versions.add(Version.of(mistake, "behaviour", style, check));
    }

    private void im2col(Mistake mistake, String style, Unfolding yours) {
        add(mistake, style, () -> Check.im2col(yours));
    }

    private static int depth(int n) {
        return depth(n + 1) + 1;
    }

    /** Not one of Java's. */
    private static final class OwnError extends Error {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message either");
        }
    }

    private void throwing() {
        im2col(NOT_WRITTEN, "UnsupportedOperationException", (x, window) -> {
            throw new UnsupportedOperationException("not written yet");
        });
        im2col(THROWS, "UnsupportedOperationException of a list of Java's", (x, window) -> {
            List.of(1).add(2);
            return x;
        });
        im2col(THROWS, "null", (x, window) -> {
            Tensor none = window.kernelHeight() > 0 ? null : x;
            return none.copy();
        });
        im2col(THROWS, "an index", (x, window) -> {
            float[] data = x.data();
            data[0] += data[data.length] * 0;
            return x;
        });
        im2col(THROWS, "a checked exception", (x, window) -> {
            throw new FileNotFoundException("col.csv");
        });
        im2col(THROWS, "an exception that is its own cause's cause", (x, window) -> {
            IOException first = new IOException("first");
            first.initCause(new IllegalStateException("second", first));
            throw first;
        });
        im2col(THROWS, "an interruption", (x, window) -> {
            throw new InterruptedException();
        });
        im2col(THROWS, "only for batches", (x, window) -> {
            if (x.size(0) > 1) {
                throw new IllegalArgumentException("one image, please");
            }
            return Im2col.im2col(x, window);
        });
        add(
                THROWS,
                "by zero in outputSize",
                () -> Check.outputSize(
                        (size, kernel, stride, padding) -> (size + 2 * padding - kernel) / (stride - 1) + 1));
        add(THROWS, "in col2im", () -> Check.col2im((col, shape, window) -> col.reshape(shape)));
    }

    private void throwingErrors() {
        im2col(THROWS, "StackOverflowError", (x, window) -> Tensor.zeros(depth(0)));
        im2col(THROWS, "OutOfMemoryError", (x, window) -> {
            long[][] much = new long[Integer.MAX_VALUE][];
            return Tensor.zeros(much.length);
        });
        im2col(THROWS, "an error without a message", (x, window) -> {
            throw new OwnError();
        });
        im2col(THROWS, "AssertionError", (x, window) -> {
            throw new AssertionError("expected 3 but was 4");
        });
        im2col(THROWS, "LinkageError", (x, window) -> {
            throw new ExceptionInInitializerError("MyHelpers");
        });
    }

    private void throwingLayers() {
        add(
                THROWS,
                "when the layer is made",
                () -> Check.maxPooling(window -> {
                    throw new IllegalStateException("which window?");
                }));
        add(THROWS, "no layer at all", () -> Check.averagePooling(window -> null));
        add(
                NOT_WRITTEN,
                "backward is not written yet",
                () -> Check.relu(() -> new Elementwise() {
                    @Override
                    float value(float x) {
                        return Math.max(0, x);
                    }

                    @Override
                    public Tensor backward(Tensor dout) {
                        throw new UnsupportedOperationException("not written yet");
                    }
                }));
        add(
                NOT_WRITTEN,
                "forward is not written yet",
                () -> Check.sigmoid(() -> new Elementwise() {
                    @Override
                    float value(float x) {
                        throw new UnsupportedOperationException("not written yet");
                    }
                }));
        add(
                THROWS,
                "a loss without backward",
                () -> Check.softmaxWithLoss(() -> new Loss() {
                    private final SoftmaxWithLoss right = new SoftmaxWithLoss();

                    @Override
                    public double forward(Tensor scores, int[] labels) {
                        return right.forward(scores, labels);
                    }

                    @Override
                    public Tensor backward() throws Exception {
                        throw new IOException("later");
                    }
                }));
        add(
                THROWS,
                "a dropout that is made of nothing",
                () -> Check.dropout(ratio -> {
                    throw new IllegalArgumentException("ratio " + ratio);
                }));
        add(
                THROWS,
                "the parameters",
                () -> Check.convolution((W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    public List<Parameter> parameters() {
                        throw new IllegalStateException("what is a parameter?");
                    }
                }));
    }

    private void changing() {
        im2col(INPUT_CHANGED, "x, when all is done", (x, window) -> {
            Tensor col = Im2col.im2col(x, window);
            x.set(0, 0, 0, 0, 0);
            return col;
        });
        im2col(INPUT_CHANGED, "x is emptied", (x, window) -> {
            Tensor col = Im2col.im2col(x, window);
            Arrays.fill(x.data(), 0);
            return col;
        });
        im2col(INPUT_CHANGED, "the last number only", (x, window) -> {
            Tensor col = Im2col.im2col(x, window);
            x.data()[x.length() - 1] += 1;
            return col;
        });
        add(
                INPUT_CHANGED,
                "col",
                () -> Check.col2im((col, shape, window) -> {
                    Tensor x = Im2col.col2im(col, shape, window);
                    Arrays.fill(col.data(), 0);
                    return x;
                }));
        add(
                INPUT_CHANGED,
                "the shape",
                () -> Check.col2im((col, shape, window) -> {
                    Tensor x = Im2col.col2im(col, shape, window);
                    shape[2] += 2 * window.paddingHeight() + 1;
                    return x;
                }));
        add(
                INPUT_CHANGED,
                "the scores are shifted in place",
                () -> Check.softmaxWithLoss(() -> new Loss() {
                    private final SoftmaxWithLoss right = new SoftmaxWithLoss();

                    @Override
                    public double forward(Tensor scores, int[] labels) {
                        for (int n = 0; n < scores.size(0); n++) {
                            float largest = scores.slice(n).max();
                            for (int k = 0; k < scores.size(1); k++) {
                                scores.set(scores.get(n, k) - largest, n, k);
                            }
                        }
                        return right.forward(scores, labels);
                    }

                    @Override
                    public Tensor backward() {
                        return right.backward();
                    }
                }));
        add(
                INPUT_CHANGED,
                "the labels are sorted",
                () -> Check.softmaxWithLoss(() -> new Loss() {
                    private final SoftmaxWithLoss right = new SoftmaxWithLoss();

                    @Override
                    public double forward(Tensor scores, int[] labels) {
                        double loss = right.forward(scores, labels);
                        Arrays.fill(labels, 0);
                        return loss;
                    }

                    @Override
                    public Tensor backward() {
                        return right.backward();
                    }
                }));
    }

    private void changingInLayers() {
        add(
                INPUT_CHANGED,
                "x in a convolution",
                () -> Check.convolution((W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    public Tensor forward(Tensor x) {
                        Tensor out = super.forward(x.copy());
                        Arrays.fill(x.data(), 1);
                        return out;
                    }
                }));
        add(
                INPUT_CHANGED,
                "W in a convolution",
                () -> Check.convolution((W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    public Tensor backward(Tensor dout) {
                        Tensor dx = super.backward(dout);
                        W.data()[W.length() - 1] -= 0.5f;
                        return dx;
                    }
                }));
        add(
                INPUT_CHANGED,
                "b in a convolution",
                () -> Check.convolution((W, b, window) -> new LoopConvolution(W, b, window) {
                    @Override
                    public Tensor forward(Tensor x) {
                        Tensor out = super.forward(x);
                        b.data()[0] += 1;
                        return out;
                    }
                }));
        add(
                INPUT_CHANGED,
                "max pooling sorts x",
                () -> Check.maxPooling(window -> new LoopPooling(window, true) {
                    @Override
                    public Tensor forward(Tensor x) {
                        Tensor out = super.forward(x.copy());
                        Arrays.sort(x.data());
                        return out;
                    }
                }));
        add(
                INPUT_CHANGED,
                "relu in place",
                () -> Check.relu(() -> new Layer() {
                    private Tensor x;

                    @Override
                    public Tensor forward(Tensor x) {
                        for (int i = 0; i < x.length(); i++) {
                            x.data()[i] = Math.max(0, x.data()[i]);
                        }
                        this.x = x.copy();
                        return x;
                    }

                    @Override
                    public Tensor backward(Tensor dout) {
                        Tensor dx = dout.copy();
                        for (int i = 0; i < dx.length(); i++) {
                            dx.data()[i] = x.data()[i] > 0 ? dx.data()[i] : 0;
                        }
                        return dx;
                    }

                    @Override
                    public int[] outputShape(int... inputShape) {
                        return inputShape;
                    }
                }));
    }

    private void remembering() {
        Map<Integer, Tensor> byLength = new HashMap<>();
        im2col(
                REMEMBERS_FORMER_CALL,
                "results by length",
                (x, window) -> byLength.computeIfAbsent(x.length(), length -> Im2col.im2col(x, window)));
        Map<List<Integer>, Tensor> byShape = new HashMap<>();
        im2col(
                REMEMBERS_FORMER_CALL,
                "results by shape and window",
                (x, window) -> byShape.computeIfAbsent(
                        List.of(Arrays.hashCode(x.shape()), window.hashCode()), key -> Im2col.im2col(x, window)));
        Map<Integer, float[]> buffers = new HashMap<>();
        im2col(REMEMBERS_FORMER_CALL, "a buffer of the same length, with padding of before", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int rows = s.N * s.OH * s.OW, columns = s.C * s.FH * s.FW;
            float[] buffer = buffers.computeIfAbsent(rows * columns, float[]::new);
            Tensor right = Im2col.im2col(x, window), inside = Im2col.im2col(Tensor.filled(1, x.shape()), window);
            for (int i = 0; i < buffer.length; i++) {
                buffer[i] = inside.data()[i] == 1 ? right.data()[i] : buffer[i];
            }
            return Tensor.of(buffer.clone(), rows, columns);
        });
        int[] calls = {0};
        im2col(REMEMBERS_FORMER_CALL, "divided by a counter", (x, window) -> {
            calls[0]++;
            return Im2col.im2col(x, window).map(v -> v / calls[0]);
        });
        Map<List<Integer>, Tensor> sums = new HashMap<>();
        add(
                REMEMBERS_FORMER_CALL,
                "col2im into an image that is never emptied",
                () -> Check.col2im((col, shape, window) -> sums.merge(
                        List.of(shape[0], shape[1], shape[2], shape[3]),
                        Im2col.col2im(col, shape, window),
                        Tensor::plus)));
        Map<Integer, Integer> sizes = new HashMap<>();
        add(
                REMEMBERS_FORMER_CALL,
                "outputSize, results by size and kernel",
                () -> Check.outputSize((size, kernel, stride, padding) -> sizes.computeIfAbsent(
                        size * 1000 + kernel, key -> (size + 2 * padding - kernel) / stride + 1)));
        int[] last = {0};
        add(
                REMEMBERS_FORMER_CALL,
                "outputSize counts its calls",
                () -> Check.outputSize((size, kernel, stride, padding) ->
                        (size + 2 * padding - kernel) / stride + (++last[0] > 9 ? 2 : 1)));
    }

    private void rememberingInLayers() {
        add(
                REMEMBERS_FORMER_CALL,
                "a convolution with the matrix of its first pass",
                () -> Check.convolution((W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor im2col(Tensor x) {
                        return col != null && col.length() == super.im2col(x).length() ? col : super.im2col(x);
                    }
                }));
        add(
                REMEMBERS_FORMER_CALL,
                "relu with the mask of its first pass",
                () -> Check.relu(() -> new Elementwise() {
                    private boolean[] mask;

                    @Override
                    float value(float x) {
                        return Math.max(0, x);
                    }

                    @Override
                    public Tensor backward(Tensor dout) {
                        if (mask == null || mask.length != dout.length()) {
                            mask = new boolean[x.length()];
                            for (int i = 0; i < mask.length; i++) {
                                mask[i] = x.data()[i] > 0;
                            }
                        }
                        Tensor dx = dout.copy();
                        for (int i = 0; i < mask.length; i++) {
                            dx.data()[i] = mask[i] ? dx.data()[i] : 0;
                        }
                        return dx;
                    }
                }));
        add(
                REMEMBERS_FORMER_CALL,
                "max pooling with the winners of its first pass",
                () -> Check.maxPooling(window -> new BookPooling(window, true) {
                    private int[] first;

                    @Override
                    Tensor spread(Tensor pooled) {
                        first = first == null || first.length != winners.length ? winners : first;
                        winners = first;
                        return super.spread(pooled);
                    }
                }));
        add(
                REMEMBERS_FORMER_CALL,
                "average pooling with the sizes of its first pass",
                () -> Check.averagePooling(window -> new LoopPooling(window, false) {
                    private double[] last;

                    @Override
                    public Tensor forward(Tensor x) {
                        Tensor out = super.forward(x);
                        if (last != null && last.length == out.length()) {
                            for (int i = 0; i < last.length; i++) {
                                out.data()[i] = (float) (0.9 * out.data()[i] + 0.1 * last[i]);
                            }
                        }
                        last = IntStream.range(0, out.length())
                                .mapToDouble(i -> out.data()[i])
                                .toArray();
                        return out;
                    }
                }));
        add(
                REMEMBERS_FORMER_CALL,
                "a mean loss over all calls",
                () -> Check.softmaxWithLoss(() -> new Loss() {
                    private final SoftmaxWithLoss right = new SoftmaxWithLoss();
                    private double sum;
                    private int count;

                    @Override
                    public double forward(Tensor scores, int[] labels) {
                        sum += right.forward(scores, labels);
                        return sum / ++count;
                    }

                    @Override
                    public Tensor backward() {
                        return right.backward();
                    }
                }));
        add(
                REMEMBERS_FORMER_CALL,
                "an affine layer with the x of its first pass",
                () -> Check.affine((W, b) -> new OwnAffine(W, b) {
                    private Tensor first;

                    @Override
                    public Tensor backward(Tensor dout) {
                        first = first == null || !first.hasShape(x.shape()) ? x.copy() : first;
                        x = first;
                        return super.backward(dout);
                    }
                }));
    }

    private void accumulating() {
        add(
                GRADIENTS_ACCUMULATED,
                "an affine layer",
                () -> Check.affine((W, b) -> new OwnAffine(W, b) {
                    @Override
                    void store(Parameter parameter, double[] gradient) {
                        for (int i = 0; i < gradient.length; i++) {
                            parameter.gradientToFill().data()[i] += (float) gradient[i];
                        }
                    }
                }));
        add(
                GRADIENTS_ACCUMULATED,
                "max pooling",
                () -> Check.maxPooling(window -> new LoopPooling(window, true) {
                    private float[] sum;

                    @Override
                    public Tensor backward(Tensor dout) {
                        float[] more = super.backward(dout).data();
                        sum = sum == null || sum.length != more.length ? new float[more.length] : sum;
                        for (int i = 0; i < more.length; i++) {
                            sum[i] += more[i];
                        }
                        return Tensor.of(sum.clone(), x.shape());
                    }
                }));
        add(
                GRADIENTS_ACCUMULATED,
                "average pooling",
                () -> Check.averagePooling(window -> new PlanePooling(window, false) {
                    private Tensor sum;

                    @Override
                    public Tensor backward(Tensor dout) {
                        Tensor more = super.backward(dout);
                        sum = sum == null || !sum.hasShape(more.shape()) ? more : sum.plus(more);
                        return sum;
                    }
                }));
    }
}
