package cnnkit.notebook;

import cnnkit.train.Progress;
import java.lang.reflect.InvocationTargetException;
import java.util.function.LongSupplier;

/**
 * Decides when a frame is drawn: the first and the last news always, those in between every 300 ms, or less often where
 * frames take long, so that training keeps at least 98 % of the time.
 */
final class LiveDisplay implements Progress.Listener {
    private static final long SHORTEST_PAUSE = 300_000_000; // in nanoseconds
    private static final long LONGEST_PAUSE = 3_000_000_000L;
    private static final int PAUSE_PER_FRAME = 50; // times as long as the frame took

    /** Where frames go. */
    @FunctionalInterface
    interface Screen {
        void show(LiveFrame frame) throws Exception;
    }

    private final Screen screen;
    private final LongSupplier nanoTime;
    private final long begin;
    private boolean drawn;
    private boolean broken;
    private long next; // when the next frame may be drawn

    LiveDisplay(Screen screen, LongSupplier nanoTime) {
        this.screen = screen;
        this.nanoTime = nanoTime;
        begin = nanoTime.getAsLong();
    }

    @Override
    public void progress(Progress progress) {
        boolean last = progress.state() != Progress.State.RUNNING;
        long now = nanoTime.getAsLong();
        if (broken || drawn && !last && now - next < 0) {
            return;
        }
        try {
            screen.show(LiveFrames.of(progress, (now - begin) / 1e9));
        } catch (Exception | LinkageError e) { // a display that fails must not stop the training
            if (isInterrupt(e)) {
                Thread.currentThread().interrupt(); // the stop button was meant for the training
            } else {
                broken = true;
                System.err.println("cnnkit: the live display stopped, training goes on: " + cause(e));
            }
        }
        long finished = nanoTime.getAsLong();
        long pause = drawn ? PAUSE_PER_FRAME * (finished - now) : 0; // the first frame is slow only because it is first
        next = finished + Math.max(SHORTEST_PAUSE, Math.min(LONGEST_PAUSE, pause));
        drawn = true;
    }

    private static Throwable cause(Throwable e) {
        return e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
    }

    /** By name, for that of the kernel is a class of ZeroMQ, which only the kernel has. */
    private static boolean isInterrupt(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause.toString().contains("Interrupt")) {
                return true;
            }
        }
        return false;
    }
}
