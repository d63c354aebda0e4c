package cnnkit.plot;

import cnnkit.tensor.Text;
import cnnkit.train.Interval;
import java.util.Arrays;

/** Intervals around what is drawn, checked: the ends lie on either side. */
final class Intervals {
    private Intervals() {}

    static double[] lows(Interval... intervals) {
        return Arrays.stream(intervals).mapToDouble(Interval::low).toArray();
    }

    static double[] highs(Interval... intervals) {
        return Arrays.stream(intervals).mapToDouble(Interval::high).toArray();
    }

    static void require(String who, double[] values, double[] low, double[] high) {
        if (low.length != values.length || high.length != values.length) {
            throw new IllegalArgumentException(Text.error(
                    "%s has %d values but %d lower and %d upper ends of intervals",
                    who, values.length, low.length, high.length));
        }
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i]) && !(low[i] <= values[i] && values[i] <= high[i])) {
                throw new IllegalArgumentException(Text.error(
                        "%s: value %d is %s, outside its interval from %s to %s: are they in the same unit?",
                        who, i, values[i], low[i], high[i]));
            }
        }
    }
}
