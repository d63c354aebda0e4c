package cnnkit.notebook;

import cnnkit.tensor.Text;
import cnnkit.train.Progress;
import java.util.Optional;

/**
 * Remembers that the stop button has ended a training that was shown live, until one has come to its end. The button ends
 * one cell only: of "Run All" the cells behind it run all the same, with a network that has hardly learned.
 */
final class StoppedTraining {
    private static Progress last; // null while none is stopped

    private StoppedTraining() {}

    static synchronized void hear(Progress progress) {
        last = progress.state() == Progress.State.INTERRUPTED ? progress : null;
    }

    /** What to say while one is stopped. */
    static synchronized Optional<String> words() {
        return Optional.ofNullable(last)
                .map(progress -> Text.of(
                        "the training was interrupted after step %,d of %,d: resume() goes on. Then run the cells below it again",
                        progress.step(), progress.steps()));
    }
}
