package cnnkit.layer;

import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.Objects;

/**
 * The end of a network while it learns: softmax, then the cross entropy against the labels (chapters 3 to 5 of the
 * book).
 *
 * <p>Shapes {@code (N, K) -> one number}:
 * <pre>
 *     y[n][k] = exp(s[n][k]) / sum over j of exp(s[n][j])
 *     loss    = -1/N * sum over n of log y[n][label n]
 *     ds      = (y - t) / N          t: 1 at the label, else 0
 * </pre>
 * The largest score of a row is subtracted before exp, which changes no y and avoids overflow. Losses add up in double;
 * exp and log are those of {@link StrictMath}, the same on every machine.
 */
public final class SoftmaxWithLoss {
    private Tensor probabilities; // y, (N, K)
    private int[] labels;

    /** A loss layer. */
    public SoftmaxWithLoss() {}

    /**
     * The mean loss of a batch.
     *
     * @param scores one row per image, one column per class, (N, K)
     * @param labels the right class of each image, N numbers in 0..K-1
     * @return the loss; NaN if the scores hold NaN or plus infinity. Minus infinity rules a class out: at the label the loss is
     *     infinite
     * @throws cnnkit.tensor.ShapeException if scores is no matrix or has no rows
     * @throws IllegalArgumentException if there is not one label per row or a label is outside 0..K-1
     */
    public double forward(Tensor scores, int[] labels) {
        Objects.requireNonNull(labels, "labels");
        Shapes.expect("SoftmaxWithLoss", "scores", scores, "N", "K");
        int N = scores.size(0), K = scores.size(1);
        requireLabels(labels, N, K);
        Tensor y = Tensor.zeros(N, K);
        double total = 0;
        for (int n = 0; n < N; n++) {
            total += softmax(scores.data(), n * K, K, y.data()).loss(scores.get(n, labels[n]));
        }
        probabilities = y;
        this.labels = labels.clone();
        return total / N;
    }

    /**
     * The gradient of the mean loss with respect to the scores.
     *
     * @return (N, K)
     * @throws IllegalStateException if there was no forward pass
     */
    public Tensor backward() {
        if (probabilities == null) {
            throw new IllegalStateException(Text.error("SoftmaxWithLoss: backward needs a forward pass before it"));
        }
        int N = probabilities.size(0), K = probabilities.size(1);
        Tensor dscores = probabilities.copy();
        for (int n = 0; n < N; n++) {
            dscores.data()[n * K + labels[n]] -= 1;
        }
        for (int i = 0; i < dscores.length(); i++) {
            dscores.data()[i] /= N;
        }
        return dscores;
    }

    /**
     * The probabilities that belong to scores.
     *
     * @param scores (N, K)
     * @return each row positive with sum 1, (N, K)
     * @throws cnnkit.tensor.ShapeException if scores is no matrix
     */
    public static Tensor softmax(Tensor scores) {
        Shapes.expect("softmax", "scores", scores, "N", "K");
        Tensor y = Tensor.zeros(scores.shape());
        int K = scores.size(1);
        for (int n = 0; n < scores.size(0); n++) {
            softmax(scores.data(), n * K, K, y.data());
        }
        return y;
    }

    /**
     * What a row's loss takes: the largest score, and the logarithm of the sum over exp(score - largest).
     *
     * <p>Taken away from their sum, the score at the label leaves the loss, short of what a double rounds off the
     * larger of them. Of a score like 1e16 that is more than the loss itself; then the difference of scores comes
     * first.
     */
    private record LogSum(float largest, double log) {
        /** Up to this size a sum with a score is right to eleven decimals. */
        private static final float SMALL = 0x1p16f;

        double loss(float score) {
            return Math.abs(largest) <= SMALL ? largest + log - score : log + ((double) largest - score);
        }
    }

    /** Fills one row of y. */
    private static LogSum softmax(float[] scores, int from, int K, float[] y) {
        float largest = scores[from];
        for (int k = 1; k < K; k++) {
            largest = Math.max(largest, scores[from + k]);
        }
        double[] powers = new double[K];
        double sum = 0;
        for (int k = 0; k < K; k++) {
            powers[k] = StrictMath.exp((double) scores[from + k] - largest);
            sum += powers[k];
        }
        for (int k = 0; k < K; k++) {
            y[from + k] = (float) (powers[k] / sum);
        }
        return new LogSum(largest, StrictMath.log(sum));
    }

    private static void requireLabels(int[] labels, int N, int K) {
        if (labels.length != N) {
            throw new IllegalArgumentException(Text.error(
                    "SoftmaxWithLoss: expected %d labels, one per row of scores, but got %d", N, labels.length));
        }
        for (int n = 0; n < N; n++) {
            if (labels[n] < 0 || labels[n] >= K) {
                throw new IllegalArgumentException(Text.error(
                        "SoftmaxWithLoss: label %d of image %d is outside 0..%d, the %d columns of scores",
                        labels[n], n, K - 1, K));
            }
        }
    }
}
