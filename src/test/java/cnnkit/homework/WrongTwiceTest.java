package cnnkit.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two mistakes at once, and mistakes without a name: never only a wrong one. */
class WrongTwiceTest {
    static List<Version> inTwoParts() {
        return WrongTwice.inTwoParts();
    }

    static List<Version> inOnePart() {
        return WrongTwice.inOnePart();
    }

    static List<Version> unknown() {
        return WrongTwice.unknown();
    }

    private static Set<Mistake> found(Version version) {
        Report report = version.check().get();
        report.hint();
        assertFalse(report.passed(), report::toString);
        assertTrue(report.score() < 1, report::toString);
        return new TreeSet<>(report.mistakes());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inTwoParts")
    void bothAreNamed(Version version) {
        assertEquals(version.expected(), found(version));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inOnePart")
    void bothAreNamedOrNone(Version version) {
        Set<Mistake> found = found(version);
        assertEquals(found.isEmpty() ? Set.of() : version.expected(), found);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unknown")
    void nothingIsBlamedThatIsNotThere(Version version) {
        assertEquals(version.expected(), found(version));
    }

    @Test
    void eachHasANameOfItsOwn() {
        List<String> names = Stream.of(inTwoParts(), inOnePart(), unknown())
                .flatMap(List::stream)
                .map(Version::name)
                .toList();
        assertEquals(names.size(), names.stream().distinct().count());
    }
}
