package cnnkit.plot.chart;

import cnnkit.plot.card.Limits;
import cnnkit.tensor.Text;

/**
 * An axis of a chart.
 *
 * @param name what lies along it; may be empty
 * @param logarithmic whether each step of it is a factor
 * @param limits where it begins and ends; null: where the values do
 */
public record Axis(String name, boolean logarithmic, Limits limits) {
    /** Whether a finite value has a place on this kind of axis. */
    boolean canShow(double value) {
        return Double.isFinite(value) && (value > 0 || !logarithmic);
    }

    /** Whether a value lies beyond the limits that were asked for. */
    boolean cutsOff(double value) {
        return limits != null && Double.isFinite(value) && !limits.contain(value);
    }

    /** Limits that a logarithmic axis cannot have are refused. */
    void check(String what) {
        if (logarithmic && limits != null && limits.min() <= 0) {
            throw new IllegalArgumentException(Text.error(
                    "%s: a logarithmic axis begins above 0 but was asked to go from %s to %s",
                    what, limits.min(), limits.max()));
        }
    }
}
