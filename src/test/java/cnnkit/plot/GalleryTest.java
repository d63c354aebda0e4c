package cnnkit.plot;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.plot.card.ColorScale;
import cnnkit.tensor.Tensor;
import java.awt.Rectangle;
import org.junit.jupiter.api.Test;

class GalleryTest {
    private static final Cells BLACK = Cells.pixels(Tensor.zeros(3, 3)).alt("black");
    private static final Cells GREEN = Cells.signed(Tensor.filled(1, 1, 1)).alt("green");

    @Test
    void figuresOfSeveralKindsStandSideBySideFromLeftToRight() {
        Figure gallery = Gallery.of(BLACK, GREEN).figure();
        assertEquals(BLACK.figure().width() + GREEN.figure().width(), gallery.width());
        Rectangle black = Pixels.box(gallery.image(), ColorScale.GREY.level(0));
        Rectangle green = Pixels.box(gallery.image(), ColorScale.BROWN_GREEN.level(64));
        assertTrue(black.x < green.x);
    }

    @Test
    void aTitleMakesRoomForItself() {
        assertEquals(
                Gallery.of(BLACK).figure().height() + 28,
                Gallery.of(BLACK).title("t").figure().height());
    }

    @Test
    void theWordsAreThoseOfAllUnlessTheyAreGiven() {
        assertEquals(
                "t. black; green", Gallery.of(BLACK, GREEN).title("t").figure().alt());
        assertEquals("two", Gallery.of(BLACK, GREEN).alt("two").figure().alt());
    }

    @Test
    void anEmptyGalleryIsRefused() {
        fails(
                IllegalArgumentException.class,
                "Gallery: there is nothing to draw: give at least one drawing",
                Gallery::of);
    }
}
