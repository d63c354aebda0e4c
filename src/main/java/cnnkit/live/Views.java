package cnnkit.live;

import cnnkit.plot.card.Numbers;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ways to look at one or two openings of a network: the first, the second, and the second minus the first. */
final class Views {
    private static final int DIFFERENCE = 2;

    private final Opened first;
    private final Opened second; // null: there is one only
    private final List<MapSheet> differences = new ArrayList<>();

    private Views(Opened first, Opened second) {
        this.first = first;
        this.second = second;
    }

    static Views of(Opened only) {
        return new Views(only, null);
    }

    /** Two openings with layers of the same shapes; each pair of sheets shares one scale. */
    static Views of(Opened first, Opened second) {
        Views views = new Views(first.onScalesWith(second), second.onScalesWith(first));
        for (int i = 0; i < first.sheets().size(); i++) {
            views.differences.add(first.sheet(i).upTo(second.sheet(i)));
        }
        return views;
    }

    /** What they are called; empty if there is but one. */
    List<String> names() {
        return second == null
                ? List.of()
                : List.of(Text.of("the first"), Text.of("the second"), Text.of("second − first"));
    }

    int count() {
        return Math.max(1, names().size());
    }

    /** Whose units tell their stories in a view. */
    Opened opened(int view) {
        return view == 1 ? second : first;
    }

    List<MapSheet> sheets(int view) {
        return view == DIFFERENCE ? differences : opened(view).sheets();
    }

    /** Changes when any value does. */
    String state() {
        return second == null ? first.state() : first.state() + second.state();
    }

    /** Adds to what a page gets of a unit what the unit is in the other views; of a difference there is no other story. */
    void compare(Map<String, Object> unit, int view, int number, int index) {
        if (second == null) {
            return;
        }
        MapSheet difference = differences.get(number);
        String values = Text.of(
                "first %s, second %s, second − first %s",
                Numbers.text(first.sheet(number).values()[index]),
                Numbers.text(second.sheet(number).values()[index]),
                Numbers.text(difference.values()[index]));
        List<Object> lines = new ArrayList<>(List.of(values));
        if (view == DIFFERENCE) {
            int map = (Integer) unit.get("map");
            unit.put("value", Numbers.text(difference.values()[index]));
            unit.put("cells", difference.levels(map, map + 1));
            unit.put("grids", List.of());
            lines.add(Text.of("Of a difference there is no window: look at the first or the second."));
        } else {
            lines.addAll((List<?>) unit.get("lines"));
        }
        unit.put("lines", lines);
    }
}
