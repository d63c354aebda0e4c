package cnnkit.homework;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.Convolution;
import cnnkit.layer.Dropout;
import cnnkit.layer.Layer;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Relu;
import cnnkit.layer.Sigmoid;
import cnnkit.layer.SoftmaxWithLoss;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Right code for every check, in as many styles as come to mind. */
final class RightOthers {
    private final List<Version> versions = new ArrayList<>();

    static List<Version> versions() {
        RightOthers all = new RightOthers();
        all.sizes();
        all.im2cols();
        all.col2ims();
        all.convolutions();
        all.maxPoolings();
        all.averagePoolings();
        all.affines();
        all.elementwise();
        all.losses();
        all.dropouts();
        all.library();
        return all.versions;
    }

    private void add(String name, java.util.function.Supplier<Report> check) {
        versions.add(Version.of(name, check));
    }

    private static int walk(int end, int kernel, int stride) {
        return end < kernel ? 0 : 1 + walk(end - stride, kernel, stride);
    }

    private void sizes() {
        add("outputSize, floored", () -> Check.outputSize((h, f, s, p) -> (h + 2 * p - f) / s + 1));
        add(
                "outputSize, floored in double",
                () -> Check.outputSize((h, f, s, p) -> (int) Math.floor((h + 2.0 * p - f) / s) + 1));
        add(
                "outputSize, refused",
                () -> Check.outputSize((h, f, s, p) -> {
                    if ((h + 2 * p - f) % s != 0) {
                        throw new IllegalArgumentException("the stride does not divide");
                    }
                    return (h + 2 * p - f) / s + 1;
                }));
        add("outputSize, by recursion", () -> Check.outputSize((h, f, s, p) -> walk(h + 2 * p, f, s)));
        add(
                "outputSize, counted",
                () -> Check.outputSize((h, f, s, p) -> {
                    int count = 0;
                    for (int top = -p; top + f <= h + p; top += s) {
                        count++;
                    }
                    return count;
                }));
        add("outputSize, the other way round", () -> Check.outputSize((h, f, s, p) -> (h + 2 * p - f + s) / s));
        add(
                "outputSize, by a stream",
                () -> Check.outputSize((h, f, s, p) -> (int) IntStream.rangeClosed(-p, h + p - f)
                        .filter(y -> (y + p) % s == 0)
                        .count()));
    }

    private void im2cols() {
        add(
                "im2col, parallel rows",
                () -> Check.im2col((x, window) -> {
                    Sizes s = new Sizes(x, window);
                    int columns = s.C * s.FH * s.FW;
                    float[] col = new float[s.N * s.OH * s.OW * columns];
                    IntStream.range(0, col.length).parallel().forEach(i -> {
                        int k = i % columns, row = i / columns;
                        int y = row / s.OW % s.OH * s.SH + k / s.FW % s.FH - s.PH,
                                w = row % s.OW * s.SW + k % s.FW - s.PW;
                        col[i] = s.inside(y, w) ? x.data()[s.at(row / s.OW / s.OH, k / s.FW / s.FH, y, w)] : 0;
                    });
                    return Tensor.of(col, s.N * s.OH * s.OW, columns);
                }));
        add(
                "im2col, the book's slices",
                () -> Check.im2col((x, window) -> {
                    Sizes s = new Sizes(x, window);
                    Tensor img = WrongIm2col.pad(x, s.PH, s.PH, s.PW, s.PW);
                    return WrongIm2col.slices(img, s.FH, s.FW, s.SH, s.SW, s.OH, s.OW)
                            .transpose(0, 4, 5, 1, 2, 3)
                            .reshape(s.N * s.OH * s.OW, -1);
                }));
        add(
                "im2col, pushing pixels",
                () -> Check.im2col((x, window) -> {
                    Sizes s = new Sizes(x, window);
                    Tensor col = Tensor.zeros(s.N * s.OH * s.OW, s.C * s.FH * s.FW);
                    for (int i = 0; i < x.length(); i++) {
                        int w = i % s.W + s.PW,
                                y = i / s.W % s.H + s.PH,
                                c = i / s.W / s.H % s.C,
                                n = i / s.W / s.H / s.C;
                        for (int oy = 0; oy < s.OH; oy++) {
                            for (int ox = 0; ox < s.OW; ox++) {
                                int ky = y - oy * s.SH, kx = w - ox * s.SW;
                                if (ky >= 0 && ky < s.FH && kx >= 0 && kx < s.FW) {
                                    col.set(x.data()[i], (n * s.OH + oy) * s.OW + ox, (c * s.FH + ky) * s.FW + kx);
                                }
                            }
                        }
                    }
                    return col;
                }));
        Map<List<Object>, int[]> indices = new HashMap<>();
        add(
                "im2col, indices kept by shape and window",
                () -> Check.im2col((x, window) -> {
                    Sizes s = new Sizes(x, window);
                    int[] from = indices.computeIfAbsent(List.of(window, s.N, s.C, s.H, s.W), key -> {
                        float[] numbered = new float[x.length()];
                        for (int i = 0; i < numbered.length; i++) {
                            numbered[i] = i + 1;
                        }
                        Tensor col = Im2col.im2col(Tensor.of(numbered, x.shape()), window);
                        return IntStream.range(0, col.length())
                                .map(i -> (int) col.data()[i] - 1)
                                .toArray();
                    });
                    float[] col = new float[from.length];
                    for (int i = 0; i < col.length; i++) {
                        col[i] = from[i] < 0 ? 0 : x.data()[from[i]];
                    }
                    return Tensor.of(col, s.N * s.OH * s.OW, s.C * s.FH * s.FW);
                }));
        add(
                "im2col, prints where it is",
                () -> Check.im2col((x, window) -> {
                    System.out.println("x " + Arrays.toString(x.shape()));
                    System.out.println(window);
                    System.err.println("a line of its own");
                    return Im2col.im2col(x, window);
                }));
        add(
                "im2col, interrupts its own thread",
                () -> Check.im2col((x, window) -> {
                    Thread.currentThread().interrupt();
                    return Im2col.im2col(x, window);
                }));
        float[][] kept = {{}};
        add(
                "im2col, a buffer that is emptied",
                () -> Check.im2col((x, window) -> {
                    Tensor right = Im2col.im2col(x, window);
                    if (kept[0].length != right.length()) {
                        kept[0] = new float[right.length()];
                    }
                    Arrays.fill(kept[0], 0);
                    for (int i = 0; i < right.length(); i++) {
                        kept[0][i] += right.data()[i];
                    }
                    return Tensor.of(kept[0], right.shape());
                }));
    }

    private static double pulled(Tensor col, Sizes s, int n, int c, int y, int w) {
        double sum = 0;
        for (int oy = s.OH - 1; oy >= 0; oy--) {
            for (int ox = s.OW - 1; ox >= 0; ox--) {
                int ky = y + s.PH - oy * s.SH, kx = w + s.PW - ox * s.SW;
                if (ky >= 0 && ky < s.FH && kx >= 0 && kx < s.FW) {
                    sum += col.get((n * s.OH + oy) * s.OW + ox, (c * s.FH + ky) * s.FW + kx);
                }
            }
        }
        return sum;
    }

    private void col2ims() {
        add(
                "col2im, each pixel gathers",
                () -> Check.col2im((col, shape, window) -> {
                    Sizes s = new Sizes(shape, window);
                    Tensor x = Tensor.zeros(shape);
                    for (int i = 0; i < x.length(); i++) {
                        int map = i / s.W / s.H;
                        x.data()[i] = (float) pulled(col, s, map / s.C, map % s.C, i / s.W % s.H, i % s.W);
                    }
                    return x;
                }));
        add(
                "col2im, float sums from the end",
                () -> Check.col2im((col, shape, window) -> {
                    Sizes s = new Sizes(shape, window);
                    float[] x = new float[s.N * s.C * s.H * s.W];
                    for (int i = col.length() - 1; i >= 0; i--) {
                        int k = i % col.size(1), row = i / col.size(1);
                        int y = window.top(row / s.OW % s.OH) + k / s.FW % s.FH, w = window.left(row % s.OW) + k % s.FW;
                        if (s.inside(y, w)) {
                            x[s.at(row / s.OW / s.OH, k / s.FW / s.FH, y, w)] += col.data()[i];
                        }
                    }
                    return Tensor.of(x, shape);
                }));
        add(
                "col2im, the transpose of im2col as a matrix",
                () -> Check.col2im((col, shape, window) -> {
                    Tensor x = Tensor.zeros(shape), one = Tensor.zeros(shape);
                    for (int i = 0; i < x.length(); i++) {
                        one.data()[i] = 1;
                        Tensor seen = Im2col.im2col(one, window);
                        one.data()[i] = 0;
                        double sum = 0;
                        for (int j = 0; j < seen.length(); j++) {
                            sum += seen.data()[j] * col.data()[j];
                        }
                        x.data()[i] = (float) sum;
                    }
                    return x;
                }));
    }

    private void convolutions() {
        add(
                "convolution, a subclass that only prints",
                () -> Check.convolution((W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    public Tensor forward(Tensor x) {
                        System.out.println("forward " + Arrays.toString(x.shape()));
                        return super.forward(x);
                    }
                }));
        add(
                "convolution, the result filled again in the next pass",
                () -> Check.convolution((W, b, window) -> new LoopConvolution(W, b, window) {
                    private Tensor out;
                    private Tensor dx;

                    @Override
                    public Tensor forward(Tensor x) {
                        Tensor fresh = super.forward(x);
                        out = out != null && out.hasShape(fresh.shape()) ? out : Tensor.zeros(fresh.shape());
                        System.arraycopy(fresh.data(), 0, out.data(), 0, out.length());
                        return out;
                    }

                    @Override
                    public Tensor backward(Tensor dout) {
                        Tensor fresh = super.backward(dout);
                        dx = dx != null && dx.hasShape(fresh.shape()) ? dx : Tensor.zeros(fresh.shape());
                        System.arraycopy(fresh.data(), 0, dx.data(), 0, dx.length());
                        return dx;
                    }
                }));
        add(
                "convolution, a numerical dW",
                () -> Check.convolution((W, b, window) -> new LoopConvolution(W, b, window) {
                    @Override
                    public Tensor backward(Tensor dout) {
                        Tensor dx = super.backward(dout), dW = Tensor.zeros(W.shape()), kept = x;
                        LoopConvolution other =
                                new LoopConvolution(Tensor.zeros(W.shape()), Tensor.zeros(filters()), window);
                        for (int i = 0; i < W.length(); i++) {
                            other.W.data()[i] = 1; // linear: the difference for a step of 1 is the derivative
                            Tensor out = other.forward(kept);
                            other.W.data()[i] = 0;
                            double sum = 0;
                            for (int j = 0; j < out.length(); j++) {
                                sum += (double) out.data()[j] * dout.data()[j];
                            }
                            dW.data()[i] = (float) sum;
                        }
                        fill(weights, dW);
                        return dx;
                    }
                }));
        add(
                "convolution, the bias as one more column",
                () -> Check.convolution((W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor plusBias(Tensor product) {
                        return Tensor.filled(1, product.size(0), 1)
                                .dot(b.reshape(1, -1))
                                .plus(product);
                    }

                    @Override
                    Tensor db(Tensor rows) {
                        return Tensor.filled(1, 1, rows.size(0)).dot(rows).reshape(-1);
                    }
                }));
        add(
                "convolution, parallel over outputs",
                () -> Check.convolution((W, b, window) -> new LoopConvolution(W, b, window) {
                    @Override
                    public Tensor forward(Tensor x) {
                        remember(x);
                        Tensor out = Tensor.zeros(s.N, filters(), s.OH, s.OW);
                        IntStream.range(0, out.length()).parallel().forEach(i -> {
                            int ox = i % s.OW, oy = i / s.OW % s.OH, f = i / s.OW / s.OH % filters();
                            int n = i / s.OW / s.OH / filters();
                            float sum = 0;
                            for (int k = s.C * s.FH * s.FW - 1; k >= 0; k--) {
                                int c = k / s.FW / s.FH;
                                int pixel = pixel(n, c, y(oy, k / s.FW % s.FH), column(ox, k % s.FW));
                                sum += pixel < 0 ? 0 : x.data()[pixel] * W.data()[f * s.C * s.FH * s.FW + k];
                            }
                            out.data()[i] = sum + b.get(f);
                        });
                        return out;
                    }
                }));
    }

    private void maxPoolings() {
        add("max pooling, loops", () -> Check.maxPooling(window -> new LoopPooling(window, true)));
        add("max pooling, the book", () -> Check.maxPooling(window -> new BookPooling(window, true)));
        add("max pooling, planes", () -> Check.maxPooling(window -> new PlanePooling(window, true)));
        add(
                "max pooling, the last of equals",
                () -> Check.maxPooling(window -> new LoopPooling(window, true) {
                    @Override
                    int[] cells(int n, int c, int oy, int ox) {
                        int[] cells = super.cells(n, c, oy, ox), turned = new int[cells.length];
                        for (int i = 0; i < cells.length; i++) {
                            turned[i] = cells[cells.length - 1 - i];
                        }
                        return turned;
                    }
                }));
        add(
                "max pooling, shared among ties",
                () -> Check.maxPooling(window -> new LoopPooling(window, true) {
                    @Override
                    void spread(int[] cells, float dout, float[] dx) {
                        int[] ties = Arrays.stream(cells)
                                .filter(cell -> cell >= 0 && value(cell) == largest(cells))
                                .toArray();
                        Arrays.stream(ties).forEach(cell -> dx[cell] += dout / ties.length);
                    }
                }));
        add(
                "max pooling, down first among equals",
                () -> Check.maxPooling(window -> new LoopPooling(window, true) {
                    @Override
                    int[] cells(int n, int c, int oy, int ox) {
                        int[] cells = new int[s.FH * s.FW];
                        for (int i = 0; i < cells.length; i++) {
                            cells[i] = pixel(n, c, y(oy, i % s.FH), column(ox, i / s.FH));
                        }
                        return cells;
                    }
                }));
        add(
                "max pooling, padded with its edge",
                () -> Check.maxPooling(window -> new LoopPooling(window, true) {
                    @Override
                    int pixel(int n, int c, int y, int w) {
                        return s.at(n, c, Math.min(s.H - 1, Math.max(0, y)), Math.min(s.W - 1, Math.max(0, w)));
                    }
                }));
        add(
                "max pooling, padded with a very small number",
                () -> Check.maxPooling(window -> new BookPooling(window, true) {
                    @Override
                    float border() {
                        return -Float.MAX_VALUE;
                    }
                }));
    }

    private void averagePoolings() {
        add("average pooling, loops", () -> Check.averagePooling(window -> new LoopPooling(window, false)));
        add("average pooling, the book", () -> Check.averagePooling(window -> new BookPooling(window, false)));
        add("average pooling, planes", () -> Check.averagePooling(window -> new PlanePooling(window, false)));
        add(
                "average pooling, a running mean",
                () -> Check.averagePooling(window -> new LoopPooling(window, false) {
                    @Override
                    float mean(int[] cells) {
                        float mean = 0;
                        int count = 0;
                        for (int cell : cells) {
                            mean += cell < 0 ? 0 : (value(cell) - mean) / ++count;
                        }
                        return mean;
                    }
                }));
        add(
                "average pooling, floor of a remainder",
                () -> Check.averagePooling(window -> new BookPooling(window.remainder(Remainder.FLOOR), false)));
    }

    private void affines() {
        add("affine, sums", () -> Check.affine(OwnAffine::new));
        add(
                "affine, matrices",
                () -> Check.affine((W, b) -> new OwnAffine(W, b) {
                    @Override
                    public Tensor forward(Tensor x) {
                        this.x = x;
                        N = x.size(0);
                        Tensor out = x.reshape(N, -1).dot(W.value());
                        for (int i = 0; i < out.length(); i++) {
                            out.data()[i] += b.value().get(i % O);
                        }
                        return out;
                    }

                    @Override
                    public Tensor backward(Tensor dout) {
                        Tensor dW = x.reshape(N, -1).transpose().dot(dout);
                        System.arraycopy(dW.data(), 0, W.gradientToFill().data(), 0, dW.length());
                        Tensor db = Tensor.filled(1, 1, N).dot(dout);
                        System.arraycopy(db.data(), 0, b.gradientToFill().data(), 0, O);
                        return dout.dot(W.value().transpose()).reshape(x.shape());
                    }
                }));
        add(
                "affine, from the end, in float",
                () -> Check.affine((W, b) -> new OwnAffine(W, b) {
                    @Override
                    public Tensor forward(Tensor x) {
                        Tensor out = super.forward(x);
                        for (int row = 0; row < N; row++) {
                            for (int o = 0; o < O; o++) {
                                float sum = b.value().get(o);
                                for (int i = I - 1; i >= 0; i--) {
                                    sum += W.value().get(i, o) * x.data()[row * I + i];
                                }
                                out.set(sum, row, o);
                            }
                        }
                        return out;
                    }
                }));
        add(
                "affine, delegated",
                () -> Check.affine((W, b) -> new OwnAffine(W, b) {
                    private final Affine right = new Affine(W.value(), b.value());

                    @Override
                    public Tensor forward(Tensor x) {
                        return right.forward(x);
                    }

                    @Override
                    public Tensor backward(Tensor dout) {
                        Tensor dx = right.backward(dout);
                        float[] dW = right.W().gradient().data(),
                                db = right.b().gradient().data();
                        System.arraycopy(dW, 0, W.gradientToFill().data(), 0, dW.length);
                        System.arraycopy(db, 0, b.gradientToFill().data(), 0, db.length);
                        return dx;
                    }
                }));
        add("affine, gradients as fields", () -> Check.affine(FieldAffine::new));
    }

    /** Its gradients are fields, as in the book. */
    private static final class FieldAffine extends Layer {
        final Tensor W;
        final Tensor b;
        Tensor dW;
        Tensor db;
        private Tensor x;

        FieldAffine(Tensor W, Tensor b) {
            this.W = W;
            this.b = b;
        }

        @Override
        public Tensor forward(Tensor x) {
            this.x = x;
            return x.reshape(x.size(0), -1).dot(W, b);
        }

        @Override
        public Tensor backward(Tensor dout) {
            dW = x.reshape(x.size(0), -1).transpose().dot(dout);
            db = Tensor.zeros(b.shape());
            IntStream.range(0, dout.size(0)).forEach(n -> db = db.plus(dout.slice(n)));
            return dout.dot(W.transpose()).reshape(x.shape());
        }

        @Override
        public int[] outputShape(int... inputShape) {
            return b.shape();
        }
    }

    private void elementwise() {
        add(
                "relu, each value",
                () -> Check.relu(() -> new Elementwise() {
                    @Override
                    float value(float x) {
                        return x > 0 ? x : 0;
                    }
                }));
        add(
                "relu, let through at 0",
                () -> Check.relu(() -> new Elementwise() {
                    @Override
                    float value(float x) {
                        return x >= 0 ? x : 0;
                    }

                    @Override
                    double slope(float x) {
                        return x >= 0 ? 1 : 0;
                    }
                }));
        add(
                "relu, half at 0",
                () -> Check.relu(() -> new Elementwise() {
                    @Override
                    float value(float x) {
                        return (x + Math.abs(x)) / 2;
                    }

                    @Override
                    double slope(float x) {
                        return (1 + Math.signum(x)) / 2;
                    }
                }));
        add(
                "relu, a mask that empties dout in place",
                () -> Check.relu(() -> new Elementwise() {
                    private boolean[] mask;

                    @Override
                    float value(float x) {
                        return Math.max(0, x);
                    }

                    @Override
                    public Tensor forward(Tensor x) {
                        mask = new boolean[x.length()];
                        for (int i = 0; i < mask.length; i++) {
                            mask[i] = x.data()[i] <= 0;
                        }
                        return super.forward(x);
                    }

                    @Override
                    public Tensor backward(Tensor dout) {
                        for (int i = 0; i < mask.length; i++) {
                            if (mask[i]) {
                                dout.data()[i] = 0;
                            }
                        }
                        return dout;
                    }
                }));
        add(
                "relu, from its output",
                () -> Check.relu(() -> new Elementwise() {
                    private Tensor out;

                    @Override
                    float value(float x) {
                        return Math.max(x, 0);
                    }

                    @Override
                    public Tensor forward(Tensor x) {
                        out = x.map(v -> Math.max(0, v));
                        return out;
                    }

                    @Override
                    public Tensor backward(Tensor dout) {
                        Tensor dx = dout.copy();
                        IntStream.range(0, dx.length())
                                .filter(i -> out.data()[i] == 0)
                                .forEach(i -> dx.data()[i] = 0);
                        return dx;
                    }
                }));
        add("sigmoid, 1 / (1 + exp(-x))", () -> Check.sigmoid(() -> sigmoid(0)));
        add("sigmoid, by the sign of x", () -> Check.sigmoid(() -> sigmoid(1)));
        add("sigmoid, by tanh", () -> Check.sigmoid(() -> sigmoid(2)));
        add("sigmoid, the exponent held", () -> Check.sigmoid(() -> sigmoid(3)));
        add(
                "sigmoid, from its output in float",
                () -> Check.sigmoid(() -> new Elementwise() {
                    private Tensor out;

                    @Override
                    float value(float x) {
                        return (float) (1 / (1 + Math.exp(-x)));
                    }

                    @Override
                    public Tensor forward(Tensor x) {
                        out = super.forward(x);
                        return out;
                    }

                    @Override
                    public Tensor backward(Tensor dout) {
                        Tensor dx = Tensor.zeros(dout.shape());
                        for (int i = 0; i < dx.length(); i++) {
                            dx.data()[i] = dout.data()[i] * (1.0f - out.data()[i]) * out.data()[i];
                        }
                        return dx;
                    }
                }));
    }

    private static Elementwise sigmoid(int form) {
        return new Elementwise() {
            private double of(double x) {
                return switch (form) {
                    case 0 -> 1 / (1 + Math.exp(-x));
                    case 1 -> x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
                    case 2 -> (1 + Math.tanh(x / 2)) / 2;
                    default -> 1 / (1 + Math.exp(-Math.max(-60, Math.min(60, x))));
                };
            }

            @Override
            float value(float x) {
                return (float) of(x);
            }

            @Override
            double slope(float x) {
                return of(x) * (1 - of(x));
            }
        };
    }

    private void losses() {
        add("softmax, double", () -> Check.softmaxWithLoss(() -> new OwnLoss()));
        add(
                "softmax, log(y + 1e-7)",
                () -> Check.softmaxWithLoss(() -> new OwnLoss() {
                    @Override
                    double log(double y) {
                        return Math.log(y + 1e-7);
                    }
                }));
        add(
                "softmax, in float",
                () -> Check.softmaxWithLoss(() -> new OwnLoss() {
                    @Override
                    double exp(double score) {
                        return (float) Math.exp(score);
                    }

                    @Override
                    double log(double y) {
                        return (float) Math.log((float) y + 1e-7f);
                    }
                }));
        add(
                "softmax, logsumexp with a shift",
                () -> Check.softmaxWithLoss(() -> new OwnLoss() {
                    @Override
                    public double forward(Tensor scores, int[] labels) {
                        super.forward(scores, labels);
                        double total = 0;
                        for (int n = 0; n < labels.length; n++) {
                            double largest = scores.slice(n).max(), sum = 0;
                            for (float score : scores.slice(n).data()) {
                                sum += Math.exp(score - largest);
                            }
                            total += largest + Math.log(sum) - scores.get(n, labels[n]);
                        }
                        return total / labels.length;
                    }
                }));
        add(
                "softmax, a shared gradient tensor",
                () -> Check.softmaxWithLoss(() -> new OwnLoss() {
                    private Tensor kept;

                    @Override
                    public Tensor backward() {
                        Tensor fresh = super.backward();
                        kept = kept == null || !kept.hasShape(fresh.shape()) ? Tensor.zeros(fresh.shape()) : kept;
                        System.arraycopy(fresh.data(), 0, kept.data(), 0, kept.length());
                        return kept;
                    }
                }));
        add(
                "softmax, delegated",
                () -> Check.softmaxWithLoss(() -> new Loss() {
                    private final SoftmaxWithLoss right = new SoftmaxWithLoss();

                    @Override
                    public double forward(Tensor scores, int[] labels) {
                        return right.forward(scores, labels);
                    }

                    @Override
                    public Tensor backward() {
                        return right.backward();
                    }
                }));
    }

    private void dropouts() {
        add("dropout, scaled while predicting", () -> Check.dropout(ratio -> new OwnDropout(ratio, false)));
        add("dropout, scaled while training", () -> Check.dropout(ratio -> new OwnDropout(ratio, true)));
        add(
                "dropout, Math.random",
                () -> Check.dropout(ratio -> new OwnDropout(ratio, true) {
                    @Override
                    double next(Random random) {
                        return Math.random();
                    }
                }));
        add(
                "dropout, one generator for all passes",
                () -> Check.dropout(ratio -> new OwnDropout(ratio, false) {
                    private final Random own = new Random(7);

                    @Override
                    double next(Random random) {
                        return own.nextDouble();
                    }
                }));
    }

    private void library() {
        add("the library's im2col", () -> Check.im2col(Im2col::im2col));
        add("the library's col2im", () -> Check.col2im(Im2col::col2im));
        add("the library's convolution", () -> Check.convolution(Convolution::new));
        add("the library's max pooling", () -> Check.maxPooling(MaxPooling::new));
        add("the library's average pooling", () -> Check.averagePooling(AveragePooling::new));
        add("the library's affine", () -> Check.affine(Affine::new));
        add("the library's relu", () -> Check.relu(Relu::new));
        add("the library's sigmoid", () -> Check.sigmoid(Sigmoid::new));
        add("the library's dropout", () -> Check.dropout(Dropout::new));
        add(
                "the library's window",
                () -> Check.outputSize(
                        (h, f, s, p) -> Window.of(f).stride(s).padding(p).outputHeight(h)));
    }
}
