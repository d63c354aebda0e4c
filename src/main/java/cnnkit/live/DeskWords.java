package cnnkit.live;

import cnnkit.plot.card.Numbers;
import cnnkit.tensor.Text;
import java.util.Map;

/** What a desk says and what the page writes around it, in the learner's language. */
final class DeskWords {
    private DeskWords() {}

    static Map<String, String> all() {
        return Map.of(
                "train", Text.of("train"),
                "stop", Text.of("stop"),
                "back", Text.of("back to the last change"),
                "again", Text.of("once more from the start"),
                "rate", Text.of("learning rate"),
                "batch", Text.of("batch size"),
                "optimizer", Text.of("optimizer"),
                "from", Text.of("from step"),
                "right", Text.of("accuracy at its end"),
                "old", Text.of("Pale: what you left before."));
    }

    /** How the run stands. A loss that is no number is the first thing to say. */
    static String said(DeskRun run) {
        if (run.lostAt() > 0) {
            return Text.of(
                    "Step %,d: the loss is %s. The learning rate %s was too large: the weights have grown without bound. Go back, or start once more.",
                    run.lostAt(), lost(run), run.settings().rateText());
        } else if (run.step() == 0) {
            return Text.of("Nothing learned yet: %s of %,d images held back are right.", share(run), run.held());
        }
        return Text.of(
                "Step %,d: loss %s, %s of %,d images held back are right.",
                run.step(), Numbers.text(run.loss().y(run.loss().size() - 1)), share(run), run.held());
    }

    private static String lost(DeskRun run) {
        return Double.isNaN(run.lost()) ? "NaN" : Numbers.text(run.lost());
    }

    private static String share(DeskRun run) {
        DeskCurve accuracy = run.accuracy();
        return Scores.percent(accuracy.y(accuracy.size() - 1));
    }
}
