package cnnkit.notebook;

import cnnkit.train.Progress;
import java.util.function.Supplier;

/**
 * Shows a training run while it happens: progress, loss, accuracy, images per second, time left, and the two curves, in
 * one place under the cell that changes a few times a second and keeps its last state.
 * <pre>
 *     new Trainer(network, images).epochs(3).listener(new LiveTraining()).train();
 * </pre>
 * Outside a notebook it prints one line per epoch. Drawing happens between two steps and takes about a hundredth of
 * the time of training.
 */
public final class LiveTraining implements Progress.Display {
    private final Supplier<Progress.Listener> view;
    private Progress.Listener current; // null between two runs

    /** A live display in the running notebook, or lines on the console if there is none. */
    public LiveTraining() {
        Notebook.install();
        view = JavaKernel.running()
                .<Supplier<Progress.Listener>>map(
                        kernel -> () -> new LiveDisplay(new LivePlace(kernel), System::nanoTime))
                .orElse(() -> new EpochLines(System.out));
    }

    /** Every call of train or resume is a run with a view of its own, under its own cell. */
    @Override
    public void progress(Progress progress) {
        StoppedTraining.hear(progress);
        if (current == null) {
            current = view.get();
        }
        current.progress(progress);
        if (progress.state() != Progress.State.RUNNING) {
            current = null;
        }
    }
}
