package cnnkit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.tensor.Language;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.InflaterInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PhotographPanelTest {
    @AfterEach
    void english() {
        Language.use("en");
    }

    /** The panel of notebook 7.2: the head of a man with a camera. */
    static PhotographPanel panel() {
        return PhotographPanel.of(head(), "a man with a camera")
                .filter("left-right", filter(-1, 0, 1, -2, 0, 2, -1, 0, 1))
                .filter("top-bottom", filter(-1, -2, -1, 0, 0, 0, 1, 2, 1))
                .filter("blur", Tensor.filled(1 / 9f, 3, 3))
                .filter("sharpen", filter(0, -1, 0, -1, 5, -1, 0, -1, 0));
    }

    private static Tensor head() {
        try {
            Raster raster =
                    ImageIO.read(Path.of("data/pictures/camera.png").toFile()).getRaster();
            Tensor head = Tensor.zeros(56, 56);
            for (int i = 0; i < head.length(); i++) {
                head.data()[i] = raster.getSample(2 * (32 + i % 56), 2 * (6 + i / 56), 0) / 255f;
            }
            return head;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Tensor filter(float... numbers) {
        return Tensor.of(numbers, 3, 3);
    }

    @Test
    void thePictureSaysWhatTheFilterDoes() {
        assertEquals(
                "A photograph: a man with a camera. Under the filter “left-right”, whose numbers add up to 0, smooth places come "
                        + "out 0 times as bright; the farthest from 0 is 3.38, at row 36, column 9",
                panel().toString());
        Language.use("zh");
        assertTrue(panel().toString().contains("各数之和是 0"), panel().toString());
    }

    @Test
    void withoutOtherFiltersItBeginsWithTheOneThatChangesNothing() {
        String said = PhotographPanel.of(head(), "a head").toString();
        assertTrue(said.contains("Under the filter “identity”, whose numbers add up to 1"), said);
    }

    @Test
    void pixelsTravelToTheLastBit() throws IOException {
        Tensor head = head();
        byte[] packed = Base64.getDecoder().decode(PhotographPanel.packed(head));
        byte[] steps = new InflaterInputStream(new ByteArrayInputStream(packed)).readAllBytes();
        assertEquals(head.length(), steps.length);
        int level = 0;
        for (int i = 0; i < steps.length; i++) {
            level = level + steps[i] & 0xFF;
            assertEquals(head.data()[i], level / 255f, "pixel " + i);
        }
    }

    @Test
    void whatKeepsSmoothPlacesBrightGivesAPicture() {
        assertTrue(PhotographPanel.isPicture(Tensor.filled(1 / 9f, 3, 3)));
        assertFalse(PhotographPanel.isPicture(filter(-1, 0, 1, -2, 0, 2, -1, 0, 1)));
        float part = 1 / 9f; // eight of them and the middle add up to 0 but for rounding
        Tensor rounded = Tensor.filled(-part, 3, 3);
        rounded.set(8 * part, 1, 1);
        assertFalse(PhotographPanel.isPicture(rounded));
    }

    @Test
    void whatDoesNotFitIsSaid() {
        assertEquals(
                "PhotographPanel: expected a picture of one channel, from [3, 3] to [56, 56], but got [1, 4, 4]",
                assertThrows(ShapeException.class, () -> PhotographPanel.of(Tensor.zeros(1, 4, 4), ""))
                        .getMessage());
        assertThrows(ShapeException.class, () -> PhotographPanel.of(Tensor.zeros(2, 4), ""));
        assertThrows(ShapeException.class, () -> PhotographPanel.of(Tensor.zeros(4, 57), ""));
        assertEquals(
                "PhotographPanel: expected pixels from 0 to 1 but there is 1.5",
                assertThrows(IllegalArgumentException.class, () -> PhotographPanel.of(Tensor.filled(1.5f, 4, 4), ""))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> PhotographPanel.of(Tensor.filled(Float.NaN, 4, 4), ""));
        assertThrows(ShapeException.class, () -> panel().filter("large", Tensor.zeros(5, 5)));
    }
}
