package cnnkit.plot;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.plot.card.Style;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class PairedSlopesTest {
    private static final double[] HIGH = {0.95, 0.952, 0.949}, LOW = {0.92, 0.923, 0.918};

    private static PairedSlopes slopes() {
        return PairedSlopes.of("accuracy", "in order", "shuffled");
    }

    @Test
    void theWordsTellTheDifferenceAndItsInterval() {
        assertEquals(
                "Pixels. CNN: 3 of 3 seeds fall from in order to shuffled, difference −0.0300 (−0.0325 to −0.0275)",
                slopes().pairs("CNN", HIGH, LOW).title("Pixels").figure().alt());
    }

    @Test
    void theIntervalOfADifferenceHasItsPlaceInThePanel() {
        BufferedImage image = slopes().pairs("", HIGH, LOW).figure().image();
        Rectangle interval = Pixels.box(image, Style.VERMILION);
        assertNotNull(interval);
        assertTrue(interval.x > image.getWidth() / 2, "beside the slopes");
    }

    @Test
    void allPanelsFitThePage() {
        PairedSlopes three =
                slopes().pairs("a", HIGH, LOW).pairs("b", HIGH, LOW).pairs("c", HIGH, LOW);
        assertTrue(three.figure().width() <= Style.WIDTH);
        assertTrue(slopes().pairs("a", HIGH, LOW).figure().width() < Style.WIDTH * 2 / 3);
    }

    @Test
    void whatIsNoPairIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> slopes().pairs("a", HIGH, new double[2]));
        assertThrows(IllegalArgumentException.class, () -> slopes().pairs("a", new double[1], new double[1]));
        assertThrows(IllegalStateException.class, () -> slopes().figure());
        fails(
                IllegalArgumentException.class,
                "PairedSlopes: 0.952 is beyond the axis from 0.0 to 0.951: widen the limits",
                () -> slopes().pairs("a", HIGH, LOW).limits(0, 0.951).figure());
    }
}
