package cnnkit.plot.learned;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.network.AlexNet;
import cnnkit.network.LeNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.plot.Figure;
import cnnkit.plot.Pixels;
import cnnkit.plot.card.ColorScale;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShapeRiverTest {
    private final Network network = SimpleConvNet.create(1);
    private final Tensor image =
            Tensor.gaussian(new Random(1), 0.2, 1, 28, 28).map(value -> Math.min(1, Math.abs(value)));

    @Test
    void theNumbersAreThoseThatTheNetworkComputes() {
        ShapeRiver river = ShapeRiver.of(network, image);
        ShapeRiver.Stage scores = river.stages().get(river.stages().size() - 2);
        assertEquals("Affine2", scores.name());
        assertEquals(network.predict(image.reshape(1, 1, 28, 28)).slice(0), scores.values());
        assertEquals(1, river.stages().get(river.stages().size() - 1).values().sum(), 1e-6); // softmax
    }

    @Test
    void theWordsSayHowManyNumbersFlow() {
        assertEquals(
                "Numbers that flow: input 784, Conv1 17,280, Relu1 17,280, Pool1 4,320, Affine1 100, Relu2 100, "
                        + "Affine2 10, Softmax 10.",
                ShapeRiver.of(network, image).figure().alt());
    }

    @Test
    void theRiverIsAsWideAsThereAreNumbers() {
        BufferedImage picture =
                ShapeRiver.of(network, image).only("Conv1", "Pool1").figure().image();
        int conv = widthOfRiver(picture, picture.getWidth() / 10);
        int pool = widthOfRiver(picture, picture.getWidth() * 9 / 10);
        assertEquals(4, (double) conv / pool, 0.15, conv + " and " + pool); // 17,280 and 4,320
    }

    private static int widthOfRiver(BufferedImage picture, int x) {
        int rows = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            rows += picture.getRGB(x, y) == Style.SKY.getRGB() ? 1 : 0;
        }
        return rows;
    }

    @Test
    void aDotOfAMapHasTwoPixels() {
        BufferedImage black = ShapeRiver.of(network, Tensor.zeros(1, 28, 28))
                .only("input")
                .figure()
                .image();
        int run = 0, longest = 0, column = black.getWidth() / 2;
        for (int y = 0; y < black.getHeight(); y++) {
            run = black.getRGB(column, y) == Color.BLACK.getRGB() ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        assertEquals(2 * 28, longest);
    }

    @Test
    void aPanelOfEqualValuesHasTheColourOfTheMiddle() {
        Tensor grey = Tensor.filled(-0.4242f, 1, 28, 28);
        BufferedImage picture =
                ShapeRiver.of(network, grey).only("input").figure().image();
        assertNotNull(Pixels.box(picture, ColorScale.GREY.level(32)));
        assertNull(box56(picture, ColorScale.GREY.level(0)));
    }

    /** A whole map of a colour: letters are smaller. */
    private static Rectangle box56(BufferedImage picture, Color color) {
        int middle = picture.getWidth() / 2;
        for (int y = 28; y < picture.getHeight() - 28; y++) {
            if (picture.getRGB(middle, y - 28) == color.getRGB() && picture.getRGB(middle, y + 27) == color.getRGB()) {
                return new Rectangle(middle, y, 1, 56);
            }
        }
        return null;
    }

    @Test
    void whatIsNoNumberIsSeen() {
        Tensor broken = image.copy();
        broken.set(Float.NaN, 0, 3, 3);
        broken.set(Float.POSITIVE_INFINITY, 0, 20, 20);
        BufferedImage picture =
                ShapeRiver.of(network, broken).only("input").figure().image();
        Rectangle seen = Pixels.box(picture, Style.NOT_FINITE);
        assertEquals(2 * 18, seen.width, "two dots, 17 apart");
    }

    @Test
    void anImageTooLargeForItsColumnIsDrawnSmaller() {
        Network large = LeNet.builder().input(1, 512, 512).build(1);
        Figure figure = ShapeRiver.of(large, Tensor.filled(1, 1, 512, 512))
                .only("input", "Pool2", "Softmax")
                .figure();
        assertTrue(figure.width() <= Style.WIDTH && figure.height() <= 600, figure.width() + " x " + figure.height());
    }

    @Test
    void aBatchOfOneIsWelcomeButNothingElse() {
        assertEquals(
                8, ShapeRiver.of(network, image.reshape(1, 1, 28, 28)).stages().size());
        String message = assertThrows(ShapeException.class, () -> ShapeRiver.of(network, Tensor.zeros(2, 1, 28, 28)))
                .getMessage();
        assertEquals("ShapeRiver: expected one input [1, 28, 28] but got [2, 1, 28, 28]", message);
    }

    @Test
    void aDeepNetworkAsksToChoose() {
        ShapeRiver deep = ShapeRiver.of(AlexNet.small().build(1), image);
        assertTrue(assertThrows(IllegalStateException.class, deep::figure)
                .getMessage()
                .contains("choose some with only(...)"));
        ShapeRiver chosen = deep.title("t").only("Pool2", "Conv1");
        assertEquals(
                List.of("Conv1", "Pool2"),
                chosen.stages().stream().map(ShapeRiver.Stage::name).toList());
        assertEquals("t. Numbers that flow: Conv1 12,544, Pool2 1,568.", chosen.alt());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> deep.only("Conv9"))
                .getMessage()
                .startsWith("ShapeRiver: asked for [Conv9] but there are input, Conv1, "));
    }
}
