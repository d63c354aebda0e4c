package cnnkit.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What may be printed, from one cell of a notebook to the next. */
class PrintsTest {
    private static final int LINES = 20_000;

    /** Java 20 and newer stop no thread: an endless loop of another test may still be there, and keeps the streams. */
    @BeforeEach
    void nobodyIsLeftBehind() {
        Prints.begin().end();
        assumeFalse(System.out.getClass().getName().endsWith("Asking"), "a thread of another test is left behind");
    }

    private static Report printing() {
        return Check.im2col((x, window) -> {
            for (int i = 0; i < LINES; i++) {
                System.out.println("still here");
            }
            return x;
        });
    }

    /** A thread that was left behind keeps the streams; the kernel puts others there for its next cell. */
    @Test
    void aNewStreamIsLimitedThoughAnotherThreadIsStillThere() throws InterruptedException {
        PrintStream before = System.out;
        CountDownLatch over = new CountDownLatch(1);
        Thread leftBehind = new Thread(() -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        leftBehind.start();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream ofTheNextCell = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try {
            Prints first = Prints.begin();
            first.limit(leftBehind);
            first.end();
            System.setOut(ofTheNextCell);
            Report report = printing();
            assertEquals(List.of(Mistake.TOO_SLOW), report.mistakes(), report::toString);
            assertTrue(printed.size() <= 20_000, "the rest is thrown away");
            over.countDown();
            leftBehind.join();
            // the check's own thread may take its time to end
            for (int look = 0; look < 100 && System.out != ofTheNextCell; look++) {
                Thread.sleep(100);
                Prints.begin().end();
            }
            assertSame(ofTheNextCell, System.out);
        } finally {
            over.countDown();
            System.setOut(before);
        }
    }

    @Test
    void theStreamsAreAsBefore() {
        PrintStream out = System.out, err = System.err;
        assertEquals(List.of(Mistake.TOO_SLOW), printing().mistakes());
        assertSame(out, System.out);
        assertSame(err, System.err);
    }
}
