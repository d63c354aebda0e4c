package cnnkit.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Right code in many styles, written without looking at the catalogue's models: each passes, and nothing is blamed. */
class RightVersionsTest {
    static List<Version> versions() {
        return Stream.of(RightConvolution.versions(), RightOthers.versions())
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void passes(Version version) {
        Report report = version.check().get();
        report.hint();
        assertTrue(report.passed(), () -> version + "\n" + report);
        assertEquals(List.of(), report.mistakes(), () -> version + "\n" + report);
        assertEquals(1, report.score(), () -> version + "\n" + report);
    }
}
