package cnnkit.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static int[] counts(AtomicIntegerArray done) {
        int[] counts = new int[done.length()];
        Arrays.setAll(counts, done::get);
        return counts;
    }

    private static int[] ones(int length) {
        int[] ones = new int[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void everyTaskIsDoneOnce() {
        for (int tasks = 0; tasks < 200; tasks++) {
            AtomicIntegerArray done = new AtomicIntegerArray(tasks);
            Workers.run(tasks, (thread, task) -> {
                assertTrue(thread >= 0 && thread < Workers.threads());
                done.incrementAndGet(task);
            });
            assertArrayEquals(ones(tasks), counts(done));
        }
    }

    @Test
    void everyElementIsInOneRangeOfTheLongestArraysToo() {
        for (int length : new int[] {0, 1, 1 << 15, (1 << 15) + 1, Integer.MAX_VALUE - (1 << 15), Integer.MAX_VALUE}) {
            AtomicLong elements = new AtomicLong();
            Workers.ranges(length, (from, to) -> {
                assertTrue(0 <= from && from < to && to <= length, from + " to " + to);
                elements.addAndGet(to - from);
            });
            assertEquals(length, elements.get());
        }
    }

    @Test
    void aTaskMayCallAgain() {
        AtomicIntegerArray done = new AtomicIntegerArray(100);
        Workers.run(
                10, (thread, outer) -> Workers.run(10, (inside, inner) -> done.incrementAndGet(10 * outer + inner)));
        assertArrayEquals(ones(100), counts(done));
    }

    @Test
    void aFailureReachesTheCallerAndTheWorkersGoOn() {
        ArithmeticException e = assertThrows(
                ArithmeticException.class,
                () -> Workers.run(10, (thread, task) -> {
                    if (task == 7) {
                        throw new ArithmeticException("task 7");
                    }
                }));
        assertEquals("task 7", e.getMessage());
        everyTaskIsDoneOnce();
    }

    @Test
    void callsFromSeveralThreadsDoNotMix() throws InterruptedException {
        Thread[] callers = new Thread[4];
        AtomicIntegerArray done = new AtomicIntegerArray(400);
        for (int i = 0; i < callers.length; i++) {
            int caller = i;
            callers[i] = new Thread(() -> {
                for (int task = 0; task < 100; task += 20) {
                    int from = 100 * caller + task;
                    Workers.run(20, (thread, number) -> done.incrementAndGet(from + number));
                }
            });
            callers[i].start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertArrayEquals(ones(400), counts(done));
    }

    @Test
    void fewerThreadsDoAllTasksToo() {
        try {
            for (int round = 0; round < 20; round++) {
                for (int used = 1; used <= Workers.threads(); used++) {
                    int most = used;
                    Workers.use(used);
                    AtomicIntegerArray done = new AtomicIntegerArray(50);
                    Workers.run(50, (thread, task) -> {
                        assertTrue(thread < most, "thread " + thread + " of " + most);
                        done.incrementAndGet(task);
                    });
                    assertArrayEquals(ones(50), counts(done));
                }
            }
        } finally {
            Workers.use(Workers.threads());
        }
    }

    @Test
    void moreThreadsThanThereAreCannotBeUsed() {
        for (int threads : new int[] {0, Workers.threads() + 1}) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Workers.use(threads));
            assertTrue(e.getMessage().contains("from 1 to " + Workers.threads()), e.getMessage());
        }
    }
}
