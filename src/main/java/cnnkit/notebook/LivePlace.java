package cnnkit.notebook;

/**
 * A place in the notebook: the first frame opens it, later ones replace what is there.
 *
 * <p>The stop button ends a cell before training has noticed, and what is shown after that is lost. So the last frame,
 * the one that says "interrupted", waits until the next cell runs.
 */
final class LivePlace implements LiveDisplay.Screen {
    private static final long LOOK_AGAIN = 20; // in milliseconds

    private final JavaKernel kernel;
    private String place; // null until there is one
    private LiveFrame late; // null unless a frame waits

    LivePlace(JavaKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public synchronized void show(LiveFrame frame) throws ReflectiveOperationException {
        if (kernel.isListening()) {
            late = null;
            if (place == null) {
                place = kernel.display(frame);
            } else {
                kernel.update(place, frame);
            }
        } else if (place != null) {
            if (late == null) {
                Thread waiting = new Thread(this::showLate, "cnnkit live display");
                waiting.setDaemon(true);
                waiting.start();
            }
            late = frame;
        }
    }

    private void showLate() {
        try {
            while (!showLateNow()) {
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (ReflectiveOperationException | InterruptedException e) {
            // the kernel is gone, and its notebook with it
        }
    }

    /** Shows the waiting frame if somebody listens; tells whether there is nothing left to show. */
    private synchronized boolean showLateNow() throws ReflectiveOperationException {
        if (late != null && kernel.isListening()) {
            show(late);
        }
        return late == null;
    }
}
