package cnnkit.plot.learned;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.layer.Affine;
import cnnkit.layer.PassingLayer;
import cnnkit.network.AlexNet;
import cnnkit.network.FullyConnectedNet;
import cnnkit.network.LeNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.plot.Figure;
import cnnkit.plot.Pixels;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Tensor;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class NetworkStripTest {
    private static final Color OTHER = NetworkStrip.Kind.OTHER.color;
    private static final Color POOLING = NetworkStrip.Kind.POOLING.color;

    @Test
    void theWordsNameEveryShapeInOrder() {
        assertEquals(
                "Seven. A CNN: (1, 28, 28), Conv1 (30, 24, 24), Relu1 (30, 24, 24), Pool1 (30, 12, 12), "
                        + "Affine1 (100), Relu2 (100), Affine2 (10), Softmax (10).",
                NetworkStrip.of("A CNN", SimpleConvNet.create(1))
                        .title("Seven")
                        .figure()
                        .alt());
    }

    @Test
    void theLayerThatFlattensAnImageSaysHowManyValuesItLaysInARow() {
        NetworkStrip strip = NetworkStrip.of("cnn", SimpleConvNet.create(1)).and("fc", FullyConnectedNet.create(1));
        assertEquals(4320, flattened(strip, 0, "Affine1")); // 30 * 12 * 12
        assertEquals(0, flattened(strip, 0, "Affine2")); // its input lies in a row already
        assertEquals(784, flattened(strip, 1, "Affine1"));
    }

    private static int flattened(NetworkStrip strip, int which, String layer) {
        return strip.strips().get(which).steps().stream()
                .filter(step -> step.name().equals(layer))
                .findFirst()
                .orElseThrow()
                .flattened();
    }

    @Test
    void aShortNetworkStandsInOneLine() {
        BufferedImage image = NetworkStrip.of(SimpleConvNet.create(1)).figure().image();
        int[] conv = rows(image, Style.SKY), affine = rows(image, Style.ORANGE), pool = rows(image, POOLING);
        assertEquals(conv[0], affine[0]);
        assertEquals(conv[0], pool[0]);
        assertEquals(1, bands(image, Style.ORANGE));
    }

    @Test
    void aLongNetworkGoesOnInTheNextLineAndNeverLeavesThePage() {
        Figure figure = NetworkStrip.of(AlexNet.small().build(1)).figure();
        assertTrue(figure.width() <= Style.WIDTH, "width " + figure.width());
        assertTrue(bands(figure.image(), Style.SKY) > 1, "convolutions stand in more than one line");
        BufferedImage image = figure.image();
        for (int y = 0; y < image.getHeight(); y++) {
            assertEquals(Color.WHITE.getRGB(), image.getRGB(image.getWidth() - 1, y), "something is cut off at " + y);
        }
    }

    @Test
    void strangeLayersHaveAColourOfTheirOwn() {
        assertNull(Pixels.box(NetworkStrip.of(LeNet.create(1)).figure().image(), OTHER));
        Network network = Network.builder(4)
                .add("Mine", new Mine())
                .add("Affine1", new Affine(Tensor.zeros(4, 2), Tensor.zeros(2)))
                .build();
        assertTrue(Pixels.box(NetworkStrip.of(network).figure().image(), OTHER) != null);
    }

    @Test
    void moreChannelsMakeADeeperBlockAndSmallerMapsASmallerOne() {
        BufferedImage thin = firstBlock(4, 28), deep = firstBlock(64, 28), small = firstBlock(64, 7);
        assertTrue(width(deep, StripPainter.SIDE) > 2 * width(thin, StripPainter.SIDE));
        assertEquals(width(deep, StripPainter.FRONT), width(thin, StripPainter.FRONT), 1);
        assertEquals(0.5, (double) width(small, StripPainter.FRONT) / width(deep, StripPainter.FRONT), 0.05);
    }

    /** What stands before the first box, beside a network for images of 28 x 28. */
    private static BufferedImage firstBlock(int channels, int size) {
        Network network = Network.builder(channels, size, size)
                .add("Affine1", new Affine(Tensor.zeros(channels * size * size, 2), Tensor.zeros(2)))
                .build();
        Figure figure =
                NetworkStrip.of(network).and("", SimpleConvNet.create(1)).figure();
        Rectangle boxes = Pixels.box(figure.image(), Style.ORANGE);
        return figure.image().getSubimage(0, 0, boxes.x, boxes.y + 60);
    }

    private static int width(BufferedImage image, Color color) {
        return Pixels.box(image, color).width;
    }

    /** The first and the last row of pixels of a colour. */
    private static int[] rows(BufferedImage image, Color color) {
        Rectangle box = Pixels.box(image, color);
        return new int[] {box.y, box.y + box.height - 1};
    }

    /** In how many separate bands of rows a colour appears. */
    private static int bands(BufferedImage image, Color color) {
        int bands = 0;
        boolean inside = false;
        for (int y = 0; y < image.getHeight(); y++) {
            boolean here = false;
            for (int x = 0; x < image.getWidth() && !here; x++) {
                here = image.getRGB(x, y) == color.getRGB();
            }
            bands += here && !inside ? 1 : 0;
            inside = here;
        }
        return bands;
    }

    private static final class Mine extends PassingLayer {}
}
