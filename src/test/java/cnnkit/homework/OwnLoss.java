package cnnkit.homework;

import cnnkit.tensor.Tensor;

/** Softmax with cross-entropy as a learner writes it; each step can be made wrong. */
class OwnLoss implements Loss {
    Tensor y;
    int[] labels;

    double exp(double score) {
        return Math.exp(score);
    }

    double log(double y) {
        return Math.log(y);
    }

    /** What is taken off the scores of a row. */
    double shift(Tensor scores, int n) {
        return scores.slice(n).max();
    }

    double mean(double sum, int N) {
        return sum / N;
    }

    double share(double difference, int N) {
        return difference / N;
    }

    @Override
    public double forward(Tensor scores, int[] labels) {
        int N = scores.size(0), K = scores.size(1);
        y = Tensor.zeros(N, K);
        this.labels = labels;
        double loss = 0;
        for (int n = 0; n < N; n++) {
            double shift = shift(scores, n), sum = 0;
            double[] powers = new double[K];
            for (int k = 0; k < K; k++) {
                powers[k] = exp(scores.get(n, k) - shift);
                sum += powers[k];
            }
            for (int k = 0; k < K; k++) {
                y.set((float) (powers[k] / sum), n, k);
            }
            loss -= log(powers[labels[n]] / sum);
        }
        return mean(loss, N);
    }

    @Override
    public Tensor backward() {
        Tensor dscores = y.copy();
        for (int n = 0; n < labels.length; n++) {
            for (int k = 0; k < y.size(1); k++) {
                dscores.set((float) share(y.get(n, k) - (k == labels[n] ? 1 : 0), labels.length), n, k);
            }
        }
        return dscores;
    }
}
