package cnnkit.plot.lesson;

import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.plot.Figure;
import cnnkit.plot.Pixels;
import cnnkit.plot.card.ColorScale;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The figures of section 7.4: memory ribbon, im2col microscope, matrix product, pooling ladder, argmax map. */
class Im2colFiguresTest {
    private static final Window THREE = Window.of(3);
    private static final Tensor IMAGE = Tensor.range(1, 1, 5, 5);
    private static final Tensor TWO_CHANNELS =
            tensor(shape(1, 2, 2, 4), 1, 2, 3, 0, 4, 0, 0, 1, 9, 0, 0, 8, 0, 0, 7, 0);
    private static final Window HALVING = Window.of(2).stride(2);

    @Test
    void offsetsOfTheRibbonAreThoseOfTensors() {
        MemoryRibbon ribbon = MemoryRibbon.of(2, 3, 4, 5);
        Tensor places = Tensor.range(2, 3, 4, 5);
        for (int[] index : new int[][] {{0, 0, 0, 0}, {1, 2, 1, 3}, {1, 2, 3, 4}, {0, 1, 0, 4}}) {
            assertEquals(places.get(index), ribbon.offset(index[0], index[1], index[2], index[3]));
        }
    }

    @Test
    void aPickedElementIsOrangeInTheSheetAndInTheRibbon() {
        assertNull(Pixels.box(MemoryRibbon.of(2, 3, 4, 4).figure().image(), Style.ORANGE));
        Figure figure = MemoryRibbon.of(2, 3, 4, 4).pick(1, 2, 1, 3).figure();
        Rectangle orange = Pixels.box(figure.image(), Style.ORANGE);
        assertTrue(orange.height > 100, "from the cell of the sheet down to the ribbon");
        assertTrue(figure.width() <= Style.WIDTH);
        assertTrue(figure.alt().endsWith("element [1, 2, 1, 3] lies at offset 87"), figure.alt());
    }

    @Test
    void aRibbonOfTooManyElementsIsRefused() {
        fails(
                ShapeException.class,
                "MemoryRibbon: expected shape [N, C, H, W] of 1 to 120 elements but got [10, 1, 28, 28]",
                () -> MemoryRibbon.of(10, 1, 28, 28));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> MemoryRibbon.of(2, 3, 4, 4).pick(2, 0, 0, 0));
    }

    @Test
    void theMiddlePixelHasNineCopiesOnADiagonal() {
        Im2colMicroscope microscope = Im2colMicroscope.of(IMAGE, THREE).pixel(0, 2, 2);
        for (int row = 0; row < 9; row++) {
            for (int column = 0; column < 9; column++) {
                assertEquals(row + column == 8, microscope.isCopy(row, column), row + ", " + column);
            }
        }
    }

    @Test
    void aCornerPixelHasOneCopy() {
        assertTrue(Im2colMicroscope.of(IMAGE, THREE).pixel(0, 0, 0).alt().endsWith("one pixel has 1 copies"));
    }

    @Test
    void copiesAreCellsThatHoldThePixelAlsoWithStridePaddingAndChannels() {
        Tensor x = Tensor.range(1, 2, 5, 5).map(value -> value + 1); // no pixel is as 0 as padding
        Window window = THREE.stride(2).padding(1);
        Tensor col = Im2col.im2col(x, window);
        for (int c = 0; c < 2; c++) {
            for (int y = 0; y < 5; y++) {
                for (int column = 0; column < 5; column++) {
                    Im2colMicroscope microscope = Im2colMicroscope.of(x, window).pixel(c, y, column);
                    for (int i = 0; i < col.length(); i++) {
                        int row = i / col.size(1), at = i % col.size(1);
                        assertEquals(col.get(row, at) == x.get(0, c, y, column), microscope.isCopy(row, at));
                    }
                }
            }
        }
    }

    @Test
    void theWindowIsFramedInTheImageAndItsRowInTheMatrix() {
        BufferedImage plain = Im2colMicroscope.of(IMAGE, THREE).figure().image();
        assertNull(Pixels.box(plain, Style.VERMILION));
        assertNull(Pixels.box(plain, Style.BLUE));
        BufferedImage marked =
                Im2colMicroscope.of(IMAGE, THREE).window(4).figure().image();
        Rectangle window = Pixels.box(marked, Style.VERMILION);
        assertEquals(window.width, window.height, 2);
        assertTrue(Pixels.box(marked, Style.BLUE).x > window.x + window.width, "the row is at the right of the image");
    }

    @Test
    void rowsThatAreNotLaidOutYetHaveNoCopies() {
        Im2colMicroscope microscope =
                Im2colMicroscope.of(IMAGE, THREE).pixel(0, 2, 2).rows(5);
        assertTrue(microscope.alt().endsWith("one pixel has 5 copies"), microscope.alt());
    }

    @Test
    void framesOfTheMicroscopeAreOfOneSize() {
        Figure first = Im2colMicroscope.of(IMAGE, THREE).window(0).rows(1).figure();
        Figure last = Im2colMicroscope.of(IMAGE, THREE).window(8).rows(9).figure();
        assertEquals(List.of(first.width(), first.height()), List.of(last.width(), last.height()));
        assertTrue(Im2colMicroscope.of(Tensor.zeros(1, 2, 5, 5), THREE).figure().width() <= Style.WIDTH);
    }

    @Test
    void foldingAddsRowByRowAndShowsZerosBefore() {
        Tensor col = Tensor.filled(1, 4, 9);
        int[] shape = {1, 1, 4, 4};
        BufferedImage none =
                Im2colMicroscope.folding(col, shape, THREE, 0).figure().image();
        BufferedImage all =
                Im2colMicroscope.folding(col, shape, THREE, 4).figure().image();
        assertNull(Pixels.box(none, ColorScale.BROWN_GREEN.level(64)), "nothing has been added yet");
        Rectangle middle = Pixels.box(all, ColorScale.BROWN_GREEN.level(64));
        assertEquals(middle.width, middle.height, "the 2 x 2 pixels in the middle were in all four windows");
        assertThrows(IndexOutOfBoundsException.class, () -> Im2colMicroscope.folding(col, shape, THREE, 5));
    }

    private static ProductBoxes boxes(int images, int filters) {
        Tensor x = Tensor.range(images, 3, 7, 7), W = Tensor.range(filters, 3, 5, 5);
        return ProductBoxes.of(x, W, Tensor.zeros(filters), Window.of(5));
    }

    @Test
    void boxesOfTheProductAreToScale() {
        ProductBoxes boxes = boxes(10, 4);
        assertEquals(75.0 / 90, boxes.side(75) / boxes.side(90), 1e-9);
        assertEquals(
                "A matrix (90, 75) times a matrix (75, 4) plus a bias is a matrix (90, 4); "
                        + "reshape (10, 3, 3, 4), then transpose (10, 4, 3, 3)",
                boxes.alt());
        assertTrue(
                boxes.title("A window is a row, a filter is a column").figure().width() <= Style.WIDTH);
    }

    @Test
    void theNumberWhereWindowAndFilterMeetIsOrange() {
        BufferedImage image = boxes(1, 4).meeting(3, 2).figure().image();
        Rectangle number = Pixels.box(image, Style.ORANGE);
        Rectangle row = Pixels.box(image, Style.BLUE), column = Pixels.box(image, Style.VERMILION);
        assertTrue(row.y <= number.y && number.getMaxY() <= row.getMaxY() + 1);
        assertTrue(column.getMaxX() >= number.getMaxX());
        assertThrows(IndexOutOfBoundsException.class, () -> boxes(1, 4).meeting(9, 0));
    }

    @Test
    void theNumberWhereTheyMeetIsTheirSumOfProducts() {
        Tensor x = tensor(shape(1, 1, 2, 3), 1, 2, 3, 4, 5, 6), W = tensor(shape(2, 1, 2, 2), 1, 1, 1, 1, 1, 0, 0, 0);
        ProductBoxes boxes = ProductBoxes.of(x, W, tensor(shape(2), 100, 0), Window.of(2));
        assertEquals(
                "window 1 · filter 0: 4 products + b[0] = 116",
                boxes.meeting(1, 0).meeting());
        assertEquals(
                "window 1 · filter 1: 4 products + b[1] = 2",
                boxes.meeting(1, 1).meeting());
    }

    @Test
    void filtersThatDoNotFitTheProductAreRefused() {
        fails(
                ShapeException.class,
                "ProductBoxes: expected input [N, C, H, W], filters [FN, C, 5, 5] but got [1, 3, 7, 7] and [4, 2, 5, 5]",
                () -> ProductBoxes.of(
                        Tensor.zeros(1, 3, 7, 7), Tensor.zeros(4, 2, 5, 5), Tensor.zeros(4), Window.of(5)));
        fails(
                ShapeException.class,
                "ProductBoxes: there is room for 270 windows, 270 numbers in each, and 12 filters, "
                        + "but got 576, 25 and 30",
                () -> ProductBoxes.of(
                        Tensor.zeros(1, 1, 28, 28), Tensor.zeros(30, 1, 5, 5), Tensor.zeros(30), Window.of(5)));
    }

    @Test
    void copiesLieOnOneDiagonalOnlyWhereAsManyWindowsAsPixelsOfAWindowStandInARow() {
        Im2colMicroscope small = Im2colMicroscope.of(IMAGE, THREE).pixel(0, 2, 2);
        Im2colMicroscope large =
                Im2colMicroscope.of(Tensor.range(1, 1, 7, 7), THREE).pixel(0, 3, 3);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8), rowsWithACopy(small, 9));
        assertEquals(List.of(6, 7, 8, 11, 12, 13, 16, 17, 18), rowsWithACopy(large, 25), "three pieces");
    }

    private static List<Integer> rowsWithACopy(Im2colMicroscope microscope, int rows) {
        return IntStream.range(0, rows)
                .filter(row -> IntStream.range(0, 9).anyMatch(column -> microscope.isCopy(row, column)))
                .boxed()
                .toList();
    }

    @Test
    void rowsOfTheLadderNeverMixChannels() {
        PoolingLadder ladder = PoolingLadder.of(TWO_CHANNELS, HALVING);
        int[] channels = {0, 1, 0, 1};
        int[] winners = {2, 0, 0, 1}; // 4, 9, 3, 8
        for (int row = 0; row < 4; row++) {
            assertEquals(channels[row], ladder.channelOfRow(row));
            assertTrue(ladder.isWinner(row, winners[row]), "row " + row);
        }
    }

    @Test
    void winnersOfTheLadderAreThePixelsThatAreTheirMaximum() {
        PoolingLadder ladder = PoolingLadder.of(TWO_CHANNELS, HALVING);
        assertTrue(ladder.wins(0, 1, 0)); // the 4
        assertTrue(ladder.wins(1, 0, 3)); // the 8
        assertFalse(ladder.wins(0, 0, 1)); // the 2, next to the 4
        assertFalse(ladder.wins(1, 1, 2)); // the 7, next to the 8
        assertTrue(ladder.figure().width() <= Style.WIDTH);
    }

    @Test
    void theArgmaxMapSendsTheGradientToTheWinnersOnly() {
        Tensor x = tensor(shape(1, 1, 2, 4), 1, 2, 3, 0, 4, 0, 0, 1);
        ArgmaxMap map = ArgmaxMap.of(x, HALVING, tensor(shape(1, 1, 1, 2), 5, -1));
        assertEquals(
                "2 of 8 pixels are the maximum of a window; the gradient goes to them, and 0 to all others", map.alt());
        assertNotNull(Pixels.box(map.figure().image(), Style.ORANGE));
        assertTrue(map.figure().width() <= Style.WIDTH);
    }

    @Test
    void theArgmaxMapTakesNoWindowThatLeavesTheImage() {
        fails(
                IllegalArgumentException.class,
                "ArgmaxMap: a 2x2 window with stride 2 and padding 1 leaves the image of 4 x 4: "
                        + "take one without padding that fits",
                () -> ArgmaxMap.of(Tensor.zeros(1, 1, 4, 4), HALVING.padding(1), Tensor.zeros(1, 1, 3, 3)));
    }

    @Test
    void winnersOfTheLadderKnowThePadding() {
        Tensor x = Tensor.range(1, 1, 4, 4);
        PoolingLadder ladder = PoolingLadder.of(x, HALVING.padding(1));
        assertTrue(ladder.isWinner(0, 3), "of the first window only its last cell is a pixel");
        assertTrue(ladder.isWinner(8, 0), "and of the last its first");
        assertTrue(ladder.wins(0, 0, 0) && ladder.wins(0, 3, 3));
    }

    @Test
    void sizesBelowOneAreRefused() {
        assertThrows(ShapeException.class, () -> MemoryRibbon.of(-1, -1, 2, 2));
        assertThrows(
                ShapeException.class,
                () -> ProductBoxes.of(Tensor.zeros(3, 7), Tensor.zeros(4, 3, 5, 5), Tensor.zeros(4), Window.of(5)));
        assertThrows(IllegalArgumentException.class, () -> WindowPlaces.of(3).line("none", 0));
    }
}
