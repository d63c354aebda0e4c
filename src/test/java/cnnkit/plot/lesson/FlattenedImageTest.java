package cnnkit.plot.lesson;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cnnkit.plot.Figure;
import cnnkit.plot.Pixels;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class FlattenedImageTest {
    private static final Tensor DIGIT = Tensor.zeros(28, 28);

    /** The strip only: the lower part of the figure, below the lines. */
    private static BufferedImage strip(Figure figure) {
        int height = 60;
        return figure.image().getSubimage(0, 2 * (figure.height() - height), 2 * figure.width(), 2 * height);
    }

    @Test
    void theNeighbourBelowIsAWholeRowAway() {
        BufferedImage strip = strip(FlattenedImage.of(DIGIT, 13, 14).figure());
        double pitch = 2 * (Style.WIDTH - 28) / 784.0; // of a pixel in the strip
        Rectangle here = Pixels.box(strip, Style.ORANGE), right = Pixels.box(strip, Style.BLUE);
        Rectangle below = Pixels.box(strip, Style.VERMILION);
        assertEquals(1, (right.getCenterX() - here.getCenterX()) / pitch, 0.7);
        assertEquals(28, (below.getCenterX() - here.getCenterX()) / pitch, 0.7);
        assertEquals(13 * 28 + 14 + 0.5, (here.getCenterX() - 28) / pitch, 0.7);
    }

    @Test
    void itsWordsSayHowFarTheNeighboursAre() {
        assertEquals(
                "A picture of 28 x 28 pixels as a strip of 784: the neighbour on the right is the next one, "
                        + "the neighbour below is 28 away",
                FlattenedImage.of(DIGIT, 0, 0).toString());
        assertEquals(
                "words", FlattenedImage.of(DIGIT, 0, 0).alt("words").figure().alt());
    }

    @Test
    void aPixelWithoutNeighboursIsRefused() {
        assertThrows(IndexOutOfBoundsException.class, () -> FlattenedImage.of(DIGIT, 27, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> FlattenedImage.of(DIGIT, 0, 27));
        fails(
                ShapeException.class,
                "FlattenedImage: expected pixels [H, W] but got [1, 28, 28]",
                () -> FlattenedImage.of(Tensor.zeros(1, 28, 28), 0, 0));
    }
}
