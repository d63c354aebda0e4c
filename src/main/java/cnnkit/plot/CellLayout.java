package cnnkit.plot;

import cnnkit.plot.card.Numbers;

/**
 * How cells stand.
 *
 * @param columns panels in a row; 0: not chosen
 * @param cellSize the side of a cell, in points; 0: not chosen
 * @param numbers whether each number is printed in its cell
 * @param decimals of the numbers; below 0: as many as it takes
 * @param scaleShown whether a bar explains the colours
 */
record CellLayout(int columns, int cellSize, boolean numbers, int decimals, boolean scaleShown) {
    private static final int WIDEST = 10; // panels in a row, unless columns says otherwise

    /** The panels in a row: as chosen, or 10, or a little fewer where that leaves fewer gaps in the last row. */
    int across(int panels) {
        if (columns > 0 || panels <= WIDEST) {
            return Math.min(columns > 0 ? columns : WIDEST, panels);
        }
        int best = WIDEST;
        for (int count = WIDEST - 1; count >= WIDEST / 2 + 1; count--) {
            best = gaps(count, panels) < gaps(best, panels) ? count : best;
        }
        return best;
    }

    private static int gaps(int across, int panels) {
        return (across - panels % across) % across;
    }

    String number(float value) {
        return decimals >= 0 ? Numbers.text(value, decimals) : Numbers.text(value);
    }
}
