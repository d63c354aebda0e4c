package cnnkit.plot.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cnnkit.plot.Figure;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColourPicturesTest {
    /** Two pictures of one pixel: a red one and a blue one. */
    private static Tensor redAndBlue() {
        return Tensor.of(new float[] {1, 0, 0, 0, 0, 1}, 2, 3, 1, 1);
    }

    private static Color at(Figure figure, int x, int y) {
        return new Color(figure.image().getRGB(2 * x, 2 * y));
    }

    @Test
    void picturesStandInARowInTheirColours() {
        Figure figure = ColourPictures.of(redAndBlue()).cellSize(20).figure();
        assertEquals(new Color(255, 0, 0), at(figure, 12 + 10, 12 + 10));
        assertEquals(new Color(0, 0, 255), at(figure, 12 + 26 + 10, 12 + 10));
        assertEquals("2 pictures in colour, 1 × 1 pixels", figure.alt());
    }

    @Test
    void aWeightOfZeroIsGreyAndTheLargestIsFullColour() {
        Figure figure = ColourPictures.filters(Tensor.of(new float[] {4, 0, -4}, 1, 3, 1, 1))
                .cellSize(20)
                .figure();
        assertEquals(new Color(255, 128, 0), at(figure, 22, 22));
    }

    @Test
    void aWordStandsOverEachPictureOrOverNone() {
        ColourPictures pictures = ColourPictures.of(redAndBlue());
        assertThrows(IllegalArgumentException.class, () -> pictures.captions(List.of("one")));
        assertThrows(IllegalArgumentException.class, () -> pictures.columns(0));
        assertThrows(IllegalArgumentException.class, () -> pictures.cellSize(0));
        assertThrows(ShapeException.class, () -> ColourPictures.of(Tensor.zeros(2, 1, 4, 4)));
        Figure figure = pictures.captions(List.of("red", "blue"))
                .columns(1)
                .cellSize(20)
                .title("two")
                .figure();
        assertEquals(new Color(255, 0, 0), at(figure, 22, figure.height() - 12 - 6 - 26 - Math.round(aLine()) - 5));
    }

    private static float aLine() {
        return cnnkit.plot.card.Letters.height(cnnkit.plot.card.Style.AXIS) + 2;
    }
}
