package cnnkit.notebook;

import cnnkit.tensor.Text;
import cnnkit.train.History;
import cnnkit.train.Progress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the live display shows: a bar, a line of numbers, and the curves so far. */
final class LiveFrames {
    private static final int RECENT = 50; // steps that the shown loss and accuracy are the means of

    private final Progress progress;
    private final double seconds; // since the run began
    private final List<History.Step> steps;

    private LiveFrames(Progress progress, double seconds) {
        this.progress = progress;
        this.seconds = seconds;
        steps = progress.history().steps();
    }

    static LiveFrame of(Progress progress, double seconds) {
        LiveFrames frames = new LiveFrames(progress, seconds);
        return new LiveFrame(frames.html(), frames.headline() + Text.of("; ") + frames.numbers());
    }

    /** How a run ended. */
    static String end(Progress progress) {
        return switch (progress.state()) {
            case RUNNING ->
                format(
                        "epoch %d of %d, step %,d of %,d",
                        progress.epoch(), progress.epochs(), progress.step(), progress.steps());
            case FINISHED ->
                format(
                        "finished: %d %s, %,d steps",
                        progress.epochs(), progress.epochs() == 1 ? "epoch" : "epochs", progress.step());
            case INTERRUPTED ->
                format("interrupted after step %,d of %,d: resume() goes on", progress.step(), progress.steps());
            case DIVERGED ->
                format("diverged after step %,d: the loss or the weights are no finite numbers", progress.step());
        };
    }

    private boolean isRunning() {
        return progress.state() == Progress.State.RUNNING;
    }

    private String headline() {
        return isRunning() ? end(progress) : end(progress) + format(", ") + duration(seconds);
    }

    private String numbers() {
        String text = steps.isEmpty()
                ? format("no step yet")
                : format(
                        "loss %.4f, accuracy %.1f %%",
                        recent(History.Step::loss), 100 * recent(History.Step::accuracy));
        List<History.Epoch> epochs = progress.history().epochs();
        double validation =
                epochs.isEmpty() ? Double.NaN : epochs.get(epochs.size() - 1).validationAccuracy();
        if (!Double.isNaN(validation)) {
            text += format(", validation accuracy %.2f %%", 100 * validation);
        }
        text += format(", %,.0f images/s", progress.imagesPerSecond());
        boolean known = isRunning() && Double.isFinite(progress.secondsLeft());
        return known ? format("%s, %s left", text, duration(progress.secondsLeft())) : text;
    }

    private double recent(ToDoubleFunction<History.Step> value) {
        return steps.subList(Math.max(0, steps.size() - RECENT), steps.size()).stream()
                .mapToDouble(value)
                .average()
                .orElseThrow();
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? format("%d s", whole) : format("%d min %d s", whole / 60, whole % 60);
    }

    private String html() {
        double share = progress.steps() == 0 ? 0 : 100.0 * progress.step() / progress.steps();
        String color = switch (progress.state()) {
            case RUNNING -> "#0072B2";
            case FINISHED -> "#009E73";
            case INTERRUPTED, DIVERGED -> "#D55E00";
        };
        byte[] curves = LiveCurves.svg(steps, isRunning() ? progress.steps() : Math.max(1, progress.step()))
                .getBytes(StandardCharsets.UTF_8);
        String alt = format("loss and accuracy, step by step. %s; %s", headline(), numbers());
        return Text.of(
                """
                <div style="background: #ffffff; color: #222222; padding: 8px 12px; max-width: 696px">\
                <div style="font-weight: bold">%s</div>\
                <div style="background: #E4E4E4; height: 8px; margin: 6px 0">\
                <div style="background: %s; height: 8px; width: %.1f%%"></div></div>\
                <div style="margin: 0 0 6px 0">%s</div>%s</div>""",
                Html.escape(headline()),
                color,
                share,
                Html.escape(numbers()),
                Html.image("image/svg+xml", curves, alt, LiveCurves.WIDTH));
    }

    private static String format(String format, Object... values) {
        return Text.of(format, values);
    }
}
