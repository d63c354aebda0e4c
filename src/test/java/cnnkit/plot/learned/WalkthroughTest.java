package cnnkit.plot.learned;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.network.LeNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.plot.Figure;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.awt.image.BufferedImage;
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
    void whatIsFollowedIsPickedInOrange() {
        Figure black = Walkthrough.of(network, Tensor.zeros(1, 28, 28))
                .follow(0, 12, 12)
                .figure();
        assertTrue(black.width() <= Style.WIDTH, "" + black.width());
        BufferedImage picture = black.image();
        int orange = 0;
        for (int x = 0; x < picture.getWidth(); x++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                orange += picture.getRGB(x, y) == Style.ORANGE.getRGB() ? 1 : 0;
            }
        }
        assertTrue(orange > 300, orange + " pixels"); // in map, product, pooled map, and the bar
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
