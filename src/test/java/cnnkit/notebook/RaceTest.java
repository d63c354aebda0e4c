package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** No test depends on how fast anything is, but on what waits a thousand times as long as something else. */
class RaceTest {
    private static final Runnable QUICK = () -> {};
    private static final Runnable SLOW = () -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));

    private static Race race(boolean quiet) {
        return new Race(() -> quiet).and("slow", SLOW).and("quick", QUICK).run();
    }

    @Test
    void theFasterOneIsFaster() {
        Race race = race(true);
        String printed = Printed.by(() -> race.claimFaster("quick", "slow"));
        assertTrue(printed.startsWith("⏱ ✓ quick: at least 1.2 times as fast as slow: "), printed);
        assertTrue(race.ratio("quick", "slow") > 100 && race.milliseconds("slow") >= 15);
        assertEquals("quick", race.table("times").stringColumn("way").get(0));
    }

    @Test
    void onAQuietMachineAClaimThatIsWrongStopsTheNotebook() {
        Race race = new Race(() -> true).and("slow", SLOW).and("other", SLOW).run();
        ClaimException e = assertThrows(ClaimException.class, () -> race.claimFaster("slow", "other", 50));
        assertTrue(
                e.getMessage().startsWith("claim fails: slow: at least 50.0 times as fast as other"), e.getMessage());
    }

    @Test
    void onABusyMachineItSaysThatItCouldNotBeMeasured() {
        Race race = race(false);
        String printed = Printed.by(() -> race.claimFaster("slow", "quick"));
        assertTrue(printed.startsWith("⏱ ? slow: at least 1.2 times as fast as quick: could not be measured"), printed);
    }

    @Test
    void contestantsTakeTurns() {
        StringBuilder order = new StringBuilder();
        new Race(() -> true)
                .and("a", () -> {
                    order.append('a');
                    SLOW.run();
                })
                .and("b", () -> {
                    order.append('b');
                    SLOW.run();
                })
                .run();
        assertTrue(order.toString().endsWith("ab".repeat(7)), order.toString());
    }

    @Test
    void namesAreLookedUp() {
        AtomicInteger ran = new AtomicInteger();
        Race race = Race.between("a", ran::incrementAndGet);
        assertThrows(IllegalArgumentException.class, () -> race.and("a", QUICK));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> race.ratio("a", "b"))
                .getMessage()
                .contains("run() was not called"));
        race.run();
        assertEquals(
                "Race: b did not run: there are [a]",
                assertThrows(IllegalArgumentException.class, () -> race.ratio("a", "b"))
                        .getMessage());
    }
}
