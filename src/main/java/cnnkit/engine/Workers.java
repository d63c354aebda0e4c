package cnnkit.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Spreads tasks over the cores. Tasks 0, 1, 2, ... are claimed one by one by the calling thread and its helpers; which
 * thread does a task never changes a bit, as each task writes to places of its own.
 *
 * <p>Helpers are daemon threads. They look for new work for some ten microseconds, because the next call comes soon while a
 * network trains, and then sleep. A call returns when all of its tasks are done, so nothing goes on behind the caller's
 * back; it does not wait for a helper that wakes up too late to take part. The system property {@code cnnkit.threads} sets
 * how many threads there are in all; else there is one per core. {@link #use} lets fewer of them work.
 */
public final class Workers {
    /** What is to be done. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does one task.
         *
         * @param thread which thread does it, from 0: the place of its buffers
         * @param task which one, from 0
         */
        void run(int thread, int task);
    }

    private static final int LOOKS = 2000;
    private static final int PIECE = 1 << 15;
    private static final Call NONE = new Call(0, null);
    private static final Workers ALL = new Workers(
            Integer.getInteger("cnnkit.threads", Runtime.getRuntime().availableProcessors()));

    private final Thread[] helpers;
    private volatile int used; // threads that may claim tasks, the caller's first
    private boolean running; // a task that calls again does its own tasks by itself
    private volatile Call latest = NONE;

    /** One call: its tasks, and how far they are. */
    private static final class Call {
        private final int tasks;
        private final Work work;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private volatile Throwable failure;

        private Call(int tasks, Work work) {
            this.tasks = tasks;
            this.work = work;
        }

        /** Does tasks as long as there are any; after a failure the rest is only counted. */
        private void claimTasks(int thread) {
            for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                try {
                    if (failure == null) {
                        work.run(thread, task);
                    }
                } catch (Throwable e) { // also an Error: the caller must not wait for ever
                    failure = e;
                } finally {
                    done.incrementAndGet();
                }
            }
        }

        private boolean hasTasks() {
            return next.get() < tasks;
        }

        private boolean isDone() {
            return done.get() == tasks;
        }
    }

    private Workers(int threads) {
        helpers = new Thread[Math.max(0, threads - 1)];
        used = helpers.length + 1;
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Helper(i + 1);
            helpers[i].start();
        }
    }

    /**
     * How many threads may run tasks, with the caller's.
     *
     * @return from 1
     */
    public static int threads() {
        return ALL.helpers.length + 1;
    }

    /**
     * Lets fewer threads work, or all again: to measure what they bring, or to leave cores to others. No bit of any result
     * changes.
     *
     * @param threads from 1 to {@link #threads()}
     * @throws IllegalArgumentException if there are not that many
     */
    public static void use(int threads) {
        if (threads < 1 || threads > threads()) {
            throw new IllegalArgumentException("Workers: from 1 to " + threads() + " threads can be used here, but got "
                    + threads + ". The option -Dcnnkit.threads=N, when Java starts, makes N of them");
        }
        ALL.limit(threads);
    }

    /** Waits for the call that may be running. */
    private synchronized void limit(int threads) {
        used = threads;
    }

    /**
     * Does all tasks, then returns. What a task throws, the caller gets.
     *
     * @param tasks how many
     * @param work what to do for each
     */
    public static void run(int tasks, Work work) {
        if (Thread.currentThread() instanceof Helper helper) {
            for (int task = 0; task < tasks; task++) {
                work.run(helper.number, task);
            }
        } else {
            ALL.doAll(tasks, work);
        }
    }

    /** Elements from {@code from} to before {@code to}. */
    @FunctionalInterface
    public interface Range {
        /**
         * Computes a piece of an array.
         *
         * @param from its first element
         * @param to one past its last element
         */
        void run(int from, int to);
    }

    /**
     * Cuts an array into pieces and computes each; for work in which every element stands alone.
     *
     * @param length elements of the array
     * @param work what to do with a piece
     */
    public static void ranges(int length, Range work) {
        int pieces = length / PIECE + (length % PIECE == 0 ? 0 : 1); // no sum of a long array may pass the largest int
        run(pieces, (thread, piece) -> {
            int from = piece * PIECE;
            work.run(from, from + Math.min(PIECE, length - from));
        });
    }

    private synchronized void doAll(int newTasks, Work newWork) {
        if (newTasks <= 1 || used == 1 || running) {
            for (int task = 0; task < newTasks; task++) {
                newWork.run(0, task);
            }
            return;
        }
        Call call = new Call(newTasks, newWork);
        running = true;
        latest = call;
        for (int i = 1; i < used; i++) {
            LockSupport.unpark(helpers[i - 1]);
        }
        call.claimTasks(0);
        for (int look = 0; !call.isDone(); look++) {
            if (look < LOOKS) {
                Thread.onSpinWait();
            } else {
                Thread.yield(); // a helper may be waiting for this very core
            }
        }
        running = false;
        latest = NONE; // nobody shall keep the work, and all that it refers to, in memory
        if (call.failure instanceof RuntimeException e) {
            throw e;
        }
        if (call.failure instanceof Error e) {
            throw e;
        }
    }

    private final class Helper extends Thread {
        private final int number;

        private Helper(int number) {
            super("cnnkit-engine-" + number);
            this.number = number;
            setDaemon(true);
        }

        private boolean mayHelp() {
            return number < used && latest.hasTasks();
        }

        @Override
        public void run() {
            while (true) {
                for (int look = 0; !mayHelp() && look < LOOKS; look++) {
                    Thread.onSpinWait();
                }
                while (!mayHelp()) {
                    LockSupport.park(Workers.this);
                    Thread.interrupted(); // else park would not sleep any more
                }
                latest.claimTasks(number);
            }
        }
    }
}
