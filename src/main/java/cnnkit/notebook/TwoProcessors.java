package cnnkit.notebook;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Whether two processors are there and free: two threads that count must be almost as fast as one alone. */
final class TwoProcessors {
    private static final int TRIES = 5;
    private static final long STEPS = 40_000_000L; // some tens of milliseconds: longer than a turn of the scheduler
    private static final double FREE = 1.3; // times as long

    private static volatile long result; // so that no compiler leaves the counting out

    private TwoProcessors() {}

    static boolean areFree() {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            return false;
        }
        long[] alone = new long[TRIES], together = new long[TRIES];
        for (int i = 0; i < TRIES; i++) {
            alone[i] = nanos(1);
            together[i] = nanos(2);
        }
        Arrays.sort(together);
        long best = LongStream.of(alone).min().getAsLong();
        return together[TRIES / 2] < FREE * best;
    }

    private static long nanos(int threads) {
        Thread[] counting = new Thread[threads];
        long start = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            counting[i] = new Thread(TwoProcessors::count);
            counting[i].setDaemon(true);
            counting[i].start();
        }
        try {
            for (Thread thread : counting) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return System.nanoTime() - start;
    }

    private static void count() {
        long state = 1;
        for (long i = 0; i < STEPS; i++) {
            state = state * 6_364_136_223_846_793_005L
                    + 1_442_695_040_888_963_407L; // each step waits for the one before
        }
        result = state;
    }
}
