package cnnkit.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Spreads tasks over the cores. Tasks 0, 1, 2, ... are claimed one by one by the calling thread and its helpers; which
 * thread does a task never changes a bit, as each task writes to places of its own.
 *
 * <p>Helpers are daemon threads. They look for new work for some microseconds, because the next call comes soon while a
 * network trains, and then sleep. A call returns when all of its tasks are done, so nothing goes on behind the caller's
 * back. The system property {@code cnnkit.threads} sets how many threads there are in all; else there is one per core.
 * {@link #use} lets fewer of them work.
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
    private static final Workers ALL = new Workers(
            Integer.getInteger("cnnkit.threads", Runtime.getRuntime().availableProcessors()));

    private final Thread[] helpers;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile int used; // threads that may claim tasks, the caller's first
    private boolean running; // a task that calls again does its own tasks by itself
    private Work work;
    private int tasks;
    private volatile Throwable failure;
    private volatile int call; // counts calls; a change wakes the helpers and publishes work and tasks

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
        int pieces = (length + PIECE - 1) / PIECE;
        run(pieces, (thread, piece) -> work.run(piece * PIECE, Math.min(length, (piece + 1) * PIECE)));
    }

    private synchronized void doAll(int newTasks, Work newWork) {
        if (newTasks <= 1 || used == 1 || running) {
            for (int task = 0; task < newTasks; task++) {
                newWork.run(0, task);
            }
            return;
        }
        running = true;
        work = newWork;
        tasks = newTasks;
        failure = null;
        next.set(0);
        busy.set(helpers.length);
        call++;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
        try {
            claimTasks(0);
        } finally {
            for (int look = 0; busy.get() > 0; look++) {
                if (look < LOOKS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield(); // a helper may be waiting for this very core
                }
            }
            work = null;
            running = false;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private void claimTasks(int thread) {
        try {
            for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                work.run(thread, task);
            }
        } catch (Throwable e) { // also an Error: the caller must not wait for ever
            failure = e;
        }
    }

    private final class Helper extends Thread {
        private final int number;

        private Helper(int number) {
            super("cnnkit-engine-" + number);
            this.number = number;
            setDaemon(true);
        }

        @Override
        public void run() {
            int seen = 0;
            while (true) {
                for (int look = 0; call == seen && look < LOOKS; look++) {
                    Thread.onSpinWait();
                }
                while (call == seen) {
                    LockSupport.park(Workers.this);
                    Thread.interrupted(); // else park would not sleep any more
                }
                seen = call;
                if (number < used) { // the others only say that they have seen the call
                    claimTasks(number);
                }
                busy.decrementAndGet();
            }
        }
    }
}
