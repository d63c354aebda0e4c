package cnnkit.live;

import cnnkit.plot.card.Numbers;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A curve of a desk as a page draws it: in whole numbers, from the upper left corner.
 *
 * @param name what it shows
 * @param now the present curve
 * @param old what has been left, which stays pale behind it
 * @param top where the vertical axis ends; it begins at 0
 * @param last the step at which the horizontal axis ends
 */
record DeskPlot(String name, DeskCurve now, DeskCurve old, double top, int last) {
    /** The size of the plane that the points lie in. */
    static final int WIDTH = 2_800, HEIGHT = 1_100;

    private static final int SHORTEST = 20; // steps

    /** Loss and accuracy of a run. */
    static List<DeskPlot> of(DeskRun run) {
        int last = Math.max(SHORTEST, Math.max(run.step(), run.lostAt()));
        for (DeskCurve old : List.of(run.oldLoss(), run.oldAccuracy())) {
            last = old.size() == 0 ? last : Math.max(last, (int) Math.ceil(old.x(old.size() - 1)));
        }
        int group = run.loss().group();
        String loss = group == 1 ? Text.of("loss of each batch") : Text.of("loss, mean of %,d batches", group);
        double top = top(run.classes(), List.of(run.loss(), run.oldLoss()));
        String accuracy = Text.of("accuracy on %,d images held back", run.held());
        return List.of(
                new DeskPlot(loss, run.loss(), run.oldLoss(), top, last),
                new DeskPlot(accuracy, run.accuracy(), run.oldAccuracy(), 1, last));
    }

    /** So that all points have room; but a loss far above that of guessing would leave none for the others. */
    static double top(int classes, List<DeskCurve> losses) {
        double guessing = Math.log(Math.max(2, classes));
        double highest = losses.stream().mapToDouble(DeskPlot::highest).max().orElse(0);
        boolean isEmpty = losses.stream().allMatch(loss -> loss.size() == 0);
        return Math.max(0.5, Math.ceil(2 * (isEmpty ? guessing : Math.min(highest, 1.5 * guessing))) / 2);
    }

    private static double highest(DeskCurve curve) {
        return Arrays.stream(curve.ys()).max().orElse(0);
    }

    /** For a page. */
    Map<String, ?> answer(DeskRun run) {
        List<List<Object>> marks = new ArrayList<>();
        for (DeskRun.Stretch stretch : run.stretches()) {
            if (stretch.number() > 1) {
                marks.add(List.of(across(stretch.from() - 1), stretch.number()));
            }
        }
        double highest = Math.max(highest(now), highest(old));
        return Map.of(
                "name", name,
                "said", said(),
                "now", points(now),
                "old", points(old),
                "ticks", List.of("0", Numbers.text(top / 2), Numbers.text(top)),
                "last", Text.of("step %,d", last),
                "marks", marks,
                "lost", run.lostAt() > 0 ? across(run.lostAt()) : -1,
                "above", highest > top ? Text.of("cut off above: up to %s", Numbers.text(highest)) : "");
    }

    private String said() {
        if (now.size() == 0) {
            return name;
        }
        String first = Numbers.text(now.y(0)), latest = Numbers.text(now.y(now.size() - 1));
        return Text.of("%s: %s at first, now %s", Text.shown(name), first, latest);
    }

    private int across(double step) {
        return (int) Math.round(step / last * WIDTH);
    }

    /** What is too high runs along the upper edge. */
    private String points(DeskCurve curve) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < curve.size(); i++) {
            long down = Math.round(HEIGHT - Math.min(1, curve.y(i) / top) * HEIGHT);
            points.append(across(curve.x(i))).append(',').append(down).append(' ');
        }
        return points.toString().trim();
    }
}
