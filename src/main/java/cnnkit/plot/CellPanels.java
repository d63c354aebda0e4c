package cnnkit.plot;

import cnnkit.plot.card.CellKind;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Tensor;
import java.awt.Color;
import java.util.List;

/**
 * The numbers in cells, and which colours they have.
 *
 * @param kind of the numbers
 * @param values of each panel, (H, W)
 * @param chosen the limits of the scale; null: from the values
 * @param ownScales whether each panel has a scale of its own
 * @param diagonalApart whether the diagonal takes no part in the colours
 */
record CellPanels(CellKind kind, List<Tensor> values, Limits chosen, boolean ownScales, boolean diagonalApart) {
    int count() {
        return values.size();
    }

    int rows() {
        return values.get(0).size(0);
    }

    int columns() {
        return values.get(0).size(1);
    }

    float value(int panel, int row, int column) {
        return values.get(panel).get(row, column);
    }

    /** The limits of one panel's colours. */
    Limits limits(int panel) {
        if (chosen != null) {
            return chosen;
        }
        List<Tensor> scaled = ownScales ? List.of(values.get(panel)) : values;
        return kind.limits(
                diagonalApart ? scaled.stream().map(CellPanels::withoutDiagonal).toList() : scaled);
    }

    private static Tensor withoutDiagonal(Tensor panel) {
        Tensor rest = panel.copy();
        for (int i = 0; i < Math.min(panel.size(0), panel.size(1)); i++) {
            rest.set(0, i, i);
        }
        return rest;
    }

    Color color(int panel, int row, int column) {
        return color(panel, row, column, limits(panel));
    }

    /** The same where the limits are known already. */
    Color color(int panel, int row, int column, Limits limits) {
        return diagonalApart && row == column ? Style.PADDING : kind.colors().color(value(panel, row, column), limits);
    }

    /** How many numbers are no finite ones, in words; empty if there are none. */
    String notFinite() {
        int nan = 0, infinite = 0;
        for (Tensor panel : values) {
            for (float value : panel.data()) {
                nan += Float.isNaN(value) ? 1 : 0;
                infinite += Float.isInfinite(value) ? 1 : 0;
            }
        }
        String some = nan > 0 ? nan + " NaN" : "";
        return some + (nan > 0 && infinite > 0 ? ", " : "") + (infinite > 0 ? infinite + " infinite" : "");
    }
}
