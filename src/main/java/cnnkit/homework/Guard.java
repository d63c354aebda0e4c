package cnnkit.homework;

import cnnkit.tensor.Text;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs code of others in a thread of its own, with a time limit, so that whatever it does the caller goes on. A loop that
 * does not end is left behind: it gets the lowest priority, and what it prints is thrown away.
 */
final class Guard {
    private static final Duration LAST_WORDS = Duration.ofMillis(300); // for code that heeds an interrupt

    private final long deadline;
    private final Duration limit;

    /** From now on. */
    Guard(Duration limit) {
        this.limit = limit;
        deadline = System.nanoTime() + limit.toNanos();
    }

    /** The time is over; where the code was then. */
    static final class TooSlow extends Exception {
        private static final long serialVersionUID = 1L;

        TooSlow(Duration limit, StackTraceElement[] where) {
            super(Text.of("not done after %s seconds", seconds(limit)));
            setStackTrace(where);
        }

        private static String seconds(Duration limit) {
            return Text.of("%s", limit.toMillis() / 1000.0).replaceAll("\\.0$", "");
        }
    }

    /** The thread of learner's code; once it is left behind, nothing more is asked of that code. */
    private static final class Guarded extends Thread {
        private volatile boolean left;

        Guarded(Runnable work) {
            super(work, "homework");
            setDaemon(true);
        }
    }

    /** Nobody waits for an answer any more. */
    private static final class LeftBehind extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Between two calls of learner's code: ends here if the time is over. */
    static void goOnOnlyIfAwaited() {
        if (Thread.currentThread() instanceof Guarded guarded && guarded.left) {
            throw new LeftBehind();
        }
    }

    /** Something that runs learner's code and catches what it throws. */
    interface Work {
        void run();
    }

    /**
     * Runs it.
     *
     * @throws TooSlow if it is not done in time
     * @throws CancellationException if somebody interrupts the caller
     */
    void run(Work work) throws TooSlow {
        Prints prints = Prints.begin();
        FutureTask<Void> task = new FutureTask<>(work::run, null);
        Guarded thread = new Guarded(task);
        prints.limit(thread);
        Thread witness = new Thread(() -> explainExit(thread));
        Runtime.getRuntime().addShutdownHook(witness);
        thread.start();
        try {
            task.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            StackTraceElement[] where = thread.getStackTrace();
            leave(thread, prints);
            throw new TooSlow(limit, where);
        } catch (InterruptedException e) {
            leave(thread, prints);
            throw new CancellationException(Text.error("the check was stopped"));
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            withdraw(witness);
            if (!thread.left) {
                prints.free(thread); // its work is done, though Java may still count it among the living
            }
            prints.end();
        }
    }

    private static void withdraw(Thread witness) {
        try {
            Runtime.getRuntime().removeShutdownHook(witness);
        } catch (IllegalStateException e) {
            // the machine is stopping already
        }
    }

    private static void leave(Guarded thread, Prints prints) {
        thread.left = true;
        thread.interrupt();
        try {
            thread.join(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            prints.silence(thread);
            thread.setPriority(Thread.MIN_PRIORITY);
            stop(thread);
        }
    }

    /** Stops it, where Java still can (up to 19): else it goes on in the background, and takes time from others. */
    private static void stop(Thread thread) {
        try {
            Thread.class.getMethod("stop").invoke(thread);
        } catch (ReflectiveOperationException e) {
            // newer than that
        }
    }

    /** Runs when the JVM stops while learner's code is at work: says so if it is that code which stops it. */
    private static void explainExit(Thread thread) {
        StackTraceElement[] trace = thread.getStackTrace();
        for (StackTraceElement element : trace) {
            boolean exits = element.getClassName().equals("java.lang.Runtime")
                    && (element.getMethodName().equals("exit"));
            if (exits) {
                String words = Text.of(
                        "your code calls System.exit%s: that ends the whole Java program, and the notebook's kernel with it."
                                + " Leave the call out; a method ends with return",
                        LearnersLine.of(trace)
                                .map(line -> Text.of(" (%s)", line))
                                .orElse(""));
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8).println(words);
                if (LearnersLine.isInCell(trace)) { // there System.err is the notebook's, another place than the above
                    System.err.println(words);
                    System.err.flush();
                }
                return;
            }
        }
    }
}
