package cnnkit.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Im2col;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the code does, a report comes back in time, and the next check works. */
class WrongBehaviourTest {
    private static final Duration SHORT = Duration.ofMillis(600), USUAL = Duration.ofSeconds(10);

    static List<Version> versions() {
        return WrongBehaviour.versions();
    }

    static List<Version> endless() {
        return WrongAndEndless.versions();
    }

    private static void examine(Version version) {
        Report report = version.check().get();
        report.hint();
        assertEquals(version.expected(), new TreeSet<>(report.mistakes()), () -> version + "\n" + report);
        assertFalse(report.passed(), report::toString);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void itIsNamedAndTheNextCheckWorks(Version version) {
        examine(version);
        assertTrue(Check.im2col(Im2col::im2col).passed());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endless")
    void theCheckEndsInTimeAndTheNextOneWorks(Version version) {
        InputStream before = System.in;
        System.setIn(new Silence());
        Check.timeLimit(SHORT);
        try {
            assertTimeout(USUAL, () -> examine(version));
        } finally {
            Check.timeLimit(USUAL);
            WrongAndEndless.over();
            System.setIn(before);
        }
        assertTrue(Check.im2col(Im2col::im2col).passed());
    }

    @Test
    void eachHasANameOfItsOwn() {
        List<Version> all = versions();
        assertEquals(all.size(), all.stream().map(Version::name).distinct().count());
    }

    /** A keyboard on which nobody types. */
    private static final class Silence extends InputStream {
        @Override
        public int read() {
            while (true) {
                LockSupport.parkNanos(this, 1_000_000_000L);
            }
        }
    }
}
