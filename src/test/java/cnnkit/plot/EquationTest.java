package cnnkit.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.tensor.Tensor;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class EquationTest {
    /** A card of one colour. */
    private static Figure card(Color color, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var g = image.createGraphics();
        g.setColor(color);
        g.fillRect(0, 0, width, height);
        g.dispose();
        return Figure.of(image, "a card");
    }

    @Test
    void partsStandFromLeftToRightWithTheirMiddlesAtOneHeight() {
        Figure figure = Equation.of(card(Color.RED, 40, 40))
                .then("=", card(Color.BLUE, 20, 80))
                .figure();
        Rectangle red = Pixels.box(figure.image(), Color.RED), blue = Pixels.box(figure.image(), Color.BLUE);
        assertEquals(new Rectangle(0, 40, 80, 80), red); // two pixels per point
        assertEquals(new Rectangle(2 * figure.width() - 40, 0, 40, 160), blue);
    }

    @Test
    void theSignStandsBetweenThem() {
        Figure figure = Equation.of(card(Color.RED, 40, 40))
                .then("=", card(Color.BLUE, 40, 40))
                .figure();
        Rectangle between = new Rectangle(80, 20, 2 * figure.width() - 160, 40);
        assertTrue(Pixels.dark(figure.image(), between) > 20);
        Figure without = Equation.of(card(Color.RED, 40, 40))
                .then("", card(Color.BLUE, 40, 40))
                .figure();
        assertEquals(80, without.width());
    }

    @Test
    void theTitleHasItsOwnRoom() {
        Figure figure = Equation.of(card(Color.RED, 30, 30))
                .title("a long title over it")
                .figure();
        Rectangle red = Pixels.box(figure.image(), Color.RED);
        assertNotNull(red);
        assertEquals(60 * 60, red.width * red.height);
        assertTrue(Pixels.dark(figure.image(), new Rectangle(0, 0, 2 * figure.width(), red.y)) > 50);
    }

    @Test
    void withoutWordsOfItsOwnItReadsAsItStands() {
        Equation equation = Equation.of(card(Color.RED, 9, 9))
                .then("+", Cells.pixels(Tensor.zeros(1, 1)).alt("black"));
        assertEquals("a card + black", equation.toString());
        assertEquals("sum. a card + black", equation.title("sum").figure().alt());
        assertEquals("found", equation.alt("found").figure().alt());
    }
}
