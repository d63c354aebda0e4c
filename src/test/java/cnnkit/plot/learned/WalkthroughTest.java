package cnnkit.plot.learned;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.network.LeNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.plot.Pixels;
import cnnkit.plot.card.ColorScale;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WalkthroughTest {
    private final Network network = SimpleConvNet.builder().weightStd(0.1).build(1);
    private final Tensor image =
            Tensor.gaussian(new Random(1), 0.3, 1, 28, 28).map(value -> Math.min(1, Math.abs(value)));

    @Test
    void theProductsAddUpToTheCellOfTheFeatureMap() {
        Walkthrough walk = Walkthrough.of(network, image).follow(7, 3, 20);
        Followed followed = walk.followed();
        assertEquals(image.get(0, 3 + 1, 20 + 4), followed.pixels().get(1, 4));
        double sum = followed.products().sum() + walk.bias.get(7);
        assertEquals(sum, walk.maps.get(7, 3, 20), 1e-5);
        assertEquals(3 * 24 + 20, followed.colRow());
    }

    @Test
    void paddingAndStrideMoveTheWindow() {
        Window window = Window.of(3).stride(2).padding(1);
        Network strided = SimpleConvNet.builder()
                .input(1, 11, 15)
                .convolution(window)
                .filters(2)
                .weightStd(1)
                .build(1);
        Tensor small = Tensor.range(1, 11, 15);
        Walkthrough walk = Walkthrough.of(strided, small).follow(1, 0, 5);
        Followed followed = walk.followed();
        assertEquals(-1, followed.top());
        assertEquals(9, followed.left());
        assertEquals(0, followed.pixels().get(0, 0)); // padding
        assertEquals(small.get(0, 1, 11), followed.pixels().get(2, 2));
        assertEquals(followed.products().sum(), walk.maps.get(1, 0, 5), 1e-3);
    }

    @Test
    void withoutAChoiceItFollowsTheStrongestAnswerWhichPassesReluAndPoolingUnchanged() {
        Walkthrough walk = Walkthrough.of(network, image);
        Followed followed = walk.followed();
        float strongest = walk.maps.max();
        assertEquals(strongest, followed.sum());
        assertEquals(strongest, followed.pooled());
        assertEquals(strongest, walk.pooled.data()[followed.flatIndex()]);
    }

    @Test
    void itEndsWithWhatTheNetworkPredicts() {
        Walkthrough walk = Walkthrough.of(network, image);
        assertEquals(network.predict(image.reshape(1, 1, 28, 28)).slice(0), walk.scores);
        assertEquals(1, walk.probabilities.sum(), 1e-6);
    }

    @Test
    void whatIsFollowedIsPickedInOrangeAtItsPlace() {
        Rectangle first = inFeatureMap(3, 5), right = inFeatureMap(3, 15), below = inFeatureMap(13, 5);
        double cell = 2 * 140 / 24.0; // of the feature map, in pixels
        assertEquals(cell - 2, first.width, 1.5, "a cell within its rim of ink");
        assertEquals(10 * cell, right.x - first.x, 1.5);
        assertEquals(first.y, right.y);
        assertEquals(10 * cell, below.y - first.y, 1.5);
        assertEquals(first.x, below.x);
    }

    @Test
    void oneCellIsOrangeInTheMapInTheProductAndInThePooledMap() {
        BufferedImage picture = draw(12, 12);
        assertTrue(picture.getWidth() <= 2 * Style.WIDTH);
        int third = picture.getHeight() / 3;
        Rectangle product = orange(picture.getSubimage(400, third, 1040, third));
        assertTrue(product != null && product.width < 20, "one cell of the matrix product: " + product);
        Rectangle pooled = orange(picture.getSubimage(300, 2 * third, 340, third));
        assertEquals(2 * 140 / 12.0, pooled.width, 2.5, "one cell of the pooled map");
        assertEquals(344 + (6 + 0.5) * 140 / 6.0, 300 + pooled.getCenterX(), 2, "column 12 / 2 of the pooled map");
    }

    private BufferedImage draw(int row, int column) {
        return Walkthrough.of(network, image).follow(0, row, column).figure().image();
    }

    /** What is orange in the feature map, the last panel of the first row. */
    private Rectangle inFeatureMap(int row, int column) {
        BufferedImage picture = draw(row, column);
        return orange(picture.getSubimage(2 * 570, 0, 300, picture.getHeight() / 3));
    }

    private static Rectangle orange(BufferedImage part) {
        return Pixels.box(part, Style.ORANGE);
    }

    @Test
    void aBlankPanelHasTheColourOfTheMiddleOfItsScale() {
        Network zero = SimpleConvNet.create(1);
        zero.parameters()
                .values()
                .forEach(parameter -> Arrays.fill(parameter.value().data(), 0));
        BufferedImage picture = Walkthrough.of(zero, image).figure().image();
        assertNull(Pixels.box(picture, ColorScale.BROWN_GREEN.level(0)), "all values are 0, none is the most negative");
        assertNull(Pixels.box(picture, ColorScale.BLUE_RED.level(0)));
    }

    @Test
    void whatIsNoNumberIsSeenInEveryPanel() {
        Network broken = SimpleConvNet.create(1);
        broken.parameter("W1").value().data()[0] = Float.NaN;
        BufferedImage picture =
                Walkthrough.of(broken, image).follow(0, 12, 12).figure().image();
        int half = picture.getHeight() / 2;
        assertNotNull(Pixels.box(picture.getSubimage(0, 0, 1440, half), Style.NOT_FINITE));
        assertNotNull(Pixels.box(picture.getSubimage(0, half, 1440, half), Style.NOT_FINITE));
    }

    @Test
    void theWordsTellTheNumbers() {
        String words = Walkthrough.of(network, image).follow(2, 5, 6).title("t").alt();
        assertTrue(words.startsWith("t. The window at row 5, column 6 times filter 2, summed, is "), words);
        assertTrue(words.contains("number 315 of 4,320"), words); // (2 * 12 + 2) * 12 + 3
        assertEquals("seen", Walkthrough.of(network, image).alt("seen").toString());
    }

    @Test
    void otherNetworksAndImagesAreRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Walkthrough.of(LeNet.create(1), Tensor.zeros(1, 28, 28)))
                .getMessage();
        assertTrue(
                message.startsWith(
                        "Walkthrough: expected a SimpleConvNet for images of one channel, Convolution Relu MaxPooling Affine Relu Affine, but got Convolution Sigmoid"),
                message);
        Network colour = SimpleConvNet.builder().input(3, 28, 28).build(1);
        assertThrows(IllegalArgumentException.class, () -> Walkthrough.of(colour, Tensor.zeros(3, 28, 28)));
        assertEquals(
                "Walkthrough: expected one image [1, 28, 28] but got [2, 1, 28, 28]",
                assertThrows(ShapeException.class, () -> Walkthrough.of(network, Tensor.zeros(2, 1, 28, 28)))
                        .getMessage());
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Walkthrough.of(network, image).follow(30, 0, 0));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Walkthrough.of(network, image).follow(0, 24, 0));
    }
}
