package cnnkit.plot.lesson;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.plot.Pixels;
import cnnkit.plot.card.Grid;
import cnnkit.plot.card.Style;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class LayerBlocksTest {
    private static LayerBlocks layer(int filters) {
        return LayerBlocks.of(new int[] {3, 40, 40}, filters, Window.of(3));
    }

    @Test
    void theWordsNameEveryBlock() {
        assertEquals(
                "A block (3, 40, 40) and 4 filters (3, 3, 3), with one bias each, make a block (4, 38, 38): one slice for "
                        + "each filter",
                layer(4).figure().alt());
    }

    @Test
    void eachFilterHasItsColourAsHasItsSliceOfTheOutput() {
        BufferedImage image = layer(4).figure().image();
        for (int filter = 0; filter < 4; filter++) {
            assertNotNull(Pixels.box(image, Grid.ofChannel(filter)), "filter " + filter);
        }
    }

    @Test
    void manyFiltersAreNotDrawnOneByOne() {
        assertTrue(layer(500).figure().height() < layer(5).figure().height() + 40);
        assertTrue(layer(500).figure().width() <= Style.WIDTH);
    }

    @Test
    void whatIsNoLayerIsRefused() {
        fails(
                IllegalArgumentException.class,
                "LayerBlocks: expected an input (C, H, W) and at least one filter but got 2 sizes and 1 filters",
                () -> LayerBlocks.of(new int[] {40, 40}, 1, Window.of(3)));
    }
}
