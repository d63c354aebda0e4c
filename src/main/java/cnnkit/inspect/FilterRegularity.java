package cnnkit.inspect;

import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * How regular filters are in space: the correlation between a weight and its neighbour (section 7.6.1).
 *
 * <p>Shape {@code (FN, C, FH, FW) -> FN numbers}. For one filter, over all pairs (u, v) of weights that lie side by side
 * or one above the other in the same channel,
 * <pre>
 *     regularity = sum of (u - m)(v - m)  /  sum of ((u - m)^2 + (v - m)^2) / 2
 * </pre>
 * where m is the mean over the pairs of that channel; the sums run over all channels. This is Pearson's correlation, each
 * pair taken both ways: 1 where neighbours are alike (a blob, a slow change from dark to light), 0 where they have
 * nothing to do with each other, -1 where they are opposite (a chessboard). Random weights come out a little below 0, on
 * average -0.05 for 5x5 and -0.14 for 3x3, because the mean is taken from the few weights themselves. A filter whose
 * weights are all equal has no correlation: NaN.
 *
 * @param filters the regularity of each filter, from -1 to 1, or NaN
 */
public record FilterRegularity(List<Double> filters) {

    /**
     * Keeps a copy.
     *
     * @param filters the regularity of each filter
     */
    public FilterRegularity {
        filters = List.copyOf(filters);
    }

    /**
     * Measures the filters of a layer.
     *
     * @param W the filters, (FN, C, FH, FW), for example {@code network.parameter("W1").value()}
     * @return the regularity of each
     * @throws cnnkit.tensor.ShapeException if W has another rank
     * @throws IllegalArgumentException if the filters are 1x1: they have no neighbouring weights
     * @throws InterruptedWorkException if the thread is interrupted
     */
    public static FilterRegularity of(Tensor W) {
        Shapes.expect("FilterRegularity", "filters W", W, "FN", "C", "FH", "FW");
        if (W.size(2) * W.size(3) == 1) {
            throw new IllegalArgumentException(Text.error(
                    "FilterRegularity: a 1x1 filter has no neighbouring weights: take a layer with a larger kernel"));
        }
        List<Double> filters = new ArrayList<>();
        for (int f = 0; f < W.size(0); f++) {
            InterruptedWorkException.check("filter regularity", f, W.size(0), "filters");
            filters.add(regularity(W.slice(f)));
        }
        return new FilterRegularity(filters);
    }

    /**
     * Measures copies of the same filters, taken while a network learned.
     *
     * @param snapshots the filters at each time, each (FN, C, FH, FW): {@code network.parameter("W1").value().copy()}
     * @return one measurement per snapshot
     * @throws InterruptedWorkException if the thread is interrupted
     */
    public static List<FilterRegularity> of(List<Tensor> snapshots) {
        return snapshots.stream().map(FilterRegularity::of).toList();
    }

    /** Of one filter, (C, FH, FW). */
    private static double regularity(Tensor filter) {
        double together = 0, alone = 0;
        for (int c = 0; c < filter.size(0); c++) {
            List<double[]> pairs = pairs(filter.slice(c));
            double sum = 0;
            for (double[] pair : pairs) {
                sum += pair[0] + pair[1];
            }
            double m = sum / (2 * pairs.size());
            for (double[] pair : pairs) {
                double u = pair[0] - m, v = pair[1] - m;
                together += u * v;
                alone += (u * u + v * v) / 2;
            }
        }
        return alone == 0 ? Double.NaN : together / alone;
    }

    /** All neighbours in one channel, (FH, FW): each weight with the one to its right, and with the one below it. */
    private static List<double[]> pairs(Tensor weights) {
        List<double[]> pairs = new ArrayList<>();
        int FH = weights.size(0), FW = weights.size(1);
        for (int y = 0; y < FH; y++) {
            for (int x = 0; x < FW; x++) {
                if (x + 1 < FW) {
                    pairs.add(new double[] {weights.get(y, x), weights.get(y, x + 1)});
                }
                if (y + 1 < FH) {
                    pairs.add(new double[] {weights.get(y, x), weights.get(y + 1, x)});
                }
            }
        }
        return pairs;
    }

    /**
     * The regularity of one filter.
     *
     * @param filter its index, from 0
     * @return from -1 to 1; NaN if its weights are all equal, or one of them is no finite number
     */
    public double filter(int filter) {
        return filters.get(filter);
    }

    /**
     * The regularity of the layer: the mean of its filters, without those that have none.
     *
     * @return from -1 to 1; NaN if no filter has one
     */
    public double mean() {
        double sum = 0;
        int count = 0;
        for (double regularity : filters) {
            if (!Double.isNaN(regularity)) {
                sum += regularity;
                count++;
            }
        }
        return sum / count;
    }

    /**
     * In words.
     *
     * @return for example {@code regularity of 30 filters: mean 0.47, from -0.12 to 0.86}
     */
    @Override
    public String toString() {
        var known = filters.stream()
                .mapToDouble(Double::doubleValue)
                .filter(regularity -> !Double.isNaN(regularity))
                .summaryStatistics();
        if (known.getCount() == 0) {
            return Text.of("regularity of %d filters: in none of them do the weights differ", filters.size());
        }
        return Text.of(
                "regularity of %d filters: mean %.2f, from %.2f to %.2f",
                filters.size(), mean(), known.getMin(), known.getMax());
    }
}
