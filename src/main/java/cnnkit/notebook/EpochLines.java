package cnnkit.notebook;

import cnnkit.tensor.Text;
import cnnkit.train.History;
import cnnkit.train.Progress;
import java.io.PrintStream;
import java.util.List;

/** Progress where there is no notebook: a line for each finished epoch, and one at the end. */
final class EpochLines implements Progress.Listener {
    private final PrintStream out;
    private int printed = -1; // epochs; -1 before the first news

    EpochLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void progress(Progress progress) {
        List<History.Epoch> epochs = progress.history().epochs();
        if (printed < 0) { // what an earlier run has done was printed then
            printed = (int) epochs.stream()
                    .filter(epoch -> epoch.epoch() < progress.epoch())
                    .count();
        }
        for (; printed < epochs.size(); printed++) {
            out.println(line(epochs.get(printed), progress.epochs()));
        }
        if (progress.state() != Progress.State.RUNNING) {
            out.println(LiveFrames.end(progress));
        }
    }

    private static String line(History.Epoch epoch, int epochs) {
        String line = Text.of(
                "epoch %d of %d: loss %.4f, accuracy %.2f %%",
                epoch.epoch(), epochs, epoch.loss(), 100 * epoch.accuracy());
        if (!Double.isNaN(epoch.validationAccuracy())) {
            line += Text.of(", validation accuracy %.2f %%", 100 * epoch.validationAccuracy());
        }
        return line + Text.of(", %.1f s", epoch.seconds());
    }
}
