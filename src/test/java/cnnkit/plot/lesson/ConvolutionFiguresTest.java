package cnnkit.plot.lesson;

import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.layer.Convolution;
import cnnkit.plot.Figure;
import cnnkit.plot.Pixels;
import cnnkit.plot.card.Grid;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.awt.Rectangle;
import org.junit.jupiter.api.Test;

class ConvolutionFiguresTest {
    private static final Tensor TWO_CHANNELS = tensor(shape(2, 2, 2), 1, 2, 3, 4, 10, 20, 30, 40);
    private static final Tensor FILTER = tensor(shape(2, 1, 1), 2, -1);

    @Test
    void theMapsOfTheChannelsAndTheBiasAddUp() {
        assertEquals(
                "t. 2 slices of the input, each with its own slice of the filter, make 2 maps. At place (1, 0) the numbers of "
                        + "the maps and the bias add up: 6 + −30 + 5 = −19",
                ChannelSums.of(TWO_CHANNELS, FILTER, 5).at(1, 0).title("t").toString());
    }

    @Test
    void everyChannelHasABandOfItsTintBelowTheOneBefore() {
        Figure figure = ChannelSums.of(TWO_CHANNELS, FILTER, 5).figure();
        Rectangle first = Pixels.box(figure.image(), Grid.ofChannel(0));
        Rectangle second = Pixels.box(figure.image(), Grid.ofChannel(1));
        assertTrue(second.getMaxY() > first.getMaxY(), first + " " + second);
        assertNull(Pixels.box(figure.image(), Grid.ofChannel(2)));
    }

    @Test
    void sumsOfChannelsRefuseWhatDoesNotFit() {
        fails(
                ShapeException.class,
                "ChannelSums: expected an image [C, H, W] and a filter [C, FH, FW] but got [2, 2, 2] and [3, 1, 1]",
                () -> ChannelSums.of(TWO_CHANNELS, Tensor.zeros(3, 1, 1), 0));
        fails(
                ShapeException.class,
                "ChannelSums: [2, 7, 7] is too large to show its numbers: at most 4 channels of 6 x 6",
                () -> ChannelSums.of(Tensor.zeros(2, 7, 7), FILTER, 0));
        ChannelSums sums = ChannelSums.of(TWO_CHANNELS, FILTER, 0);
        assertThrows(IndexOutOfBoundsException.class, () -> sums.at(2, 0));
    }

    @Test
    void aLayerHasABlockForEachFilterAsDeepAsTheInput() {
        LayerBlocks blocks = LayerBlocks.of(layer(4, 3), 40, 40);
        assertEquals(
                "A block (3, 40, 40); 4 filters, each a block (3, 3, 3) as deep as the input, with a bias each; every filter "
                        + "makes one map, and the maps together are a block (4, 38, 38)",
                blocks.toString());
        Figure figure = blocks.figure();
        assertNotNull(Pixels.box(figure.image(), Grid.ofChannel(2)));
        assertNull(Pixels.box(figure.image(), Grid.ofChannel(3)));
        assertTrue(figure.width() <= Style.WIDTH);
    }

    private static Convolution layer(int filters, int channels) {
        return new Convolution(Tensor.zeros(filters, channels, 3, 3), Tensor.zeros(filters), Window.of(3));
    }

    @Test
    void layersWithTooManyBlocksAreRefused() {
        fails(
                ShapeException.class,
                "LayerBlocks: expected at most 6 filters of 4 channels, in one group, but got 30 of 1 in 1",
                () -> LayerBlocks.of(layer(30, 1), 28, 28));
    }

    @Test
    void sizesSayHowOftenTheStrideDivides() {
        OutputSizes sizes = OutputSizes.of(3, 3, 6, 2); // stride 1 always, stride 2 for 3 and 5
        assertEquals(
                "Output heights for heights 3 to 6 and strides 1 to 2: of 8 pairs 6 divide, and 2 leave rows over",
                sizes.toString());
        assertNotNull(Pixels.box(sizes.figure().image(), Grid.ofChannel(0)));
        assertThrows(IllegalArgumentException.class, () -> OutputSizes.of(3, 2, 6, 2));
        assertThrows(IllegalArgumentException.class, () -> OutputSizes.of(3, 3, 30, 2));
    }
}
