package cnnkit.live;

import cnnkit.plot.card.ColorScale;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A window of numbers, as a page shows it: a text and a colour for each cell. */
final class NumberGrid {
    private final Map<String, Object> answer = new LinkedHashMap<>();

    /**
     * A grid.
     *
     * @param title what it shows
     * @param columns of the grid
     * @param values row by row; NaN where {@code there} says so is a NaN
     * @param there whether there is a value, or padding
     * @param scale its colours
     * @param limits what their ends stand for
     */
    NumberGrid(String title, int columns, double[] values, boolean[] there, ColorScale scale, Limits limits) {
        List<String> texts = new ArrayList<>();
        byte[] levels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            texts.add(there[i] ? Numbers.text(values[i]) : "");
            levels[i] = there[i] ? MapSheet.level(values[i], limits) : MapSheet.NOTHING;
        }
        answer.put("title", title);
        answer.put("columns", columns);
        answer.put("texts", texts);
        answer.put("levels", levels);
        answer.put("scale", scale.name());
    }

    /** Signed numbers, zero in the middle of the scale. */
    static NumberGrid signed(String title, int columns, double[] values, boolean[] there, ColorScale scale) {
        double most = Arrays.stream(values)
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        return new NumberGrid(title, columns, values, there, scale, new Limits(-most, most));
    }

    /** Each cell is a unit of a sheet: the first one is that of map, top and left. */
    NumberGrid from(int sheet, int map, int top, int left) {
        answer.put("source", Map.of("sheet", sheet, "map", map, "top", top, "left", left));
        return this;
    }

    /** One cell is the one that counts. */
    NumberGrid best(int cell) {
        answer.put("best", cell);
        return this;
    }

    Map<String, Object> answer() {
        return answer;
    }
}
