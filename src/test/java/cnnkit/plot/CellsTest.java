package cnnkit.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.plot.card.ColorScale;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CellsTest {
    private static final ColorScale RED_BLUE = ColorScale.BLUE_RED;

    private static Tensor tensor(int height, int width, float... values) {
        return Tensor.of(values, height, width);
    }

    private static BufferedImage draw(Cells cells) {
        return cells.withoutScale().figure().image();
    }

    @Test
    void rowZeroIsOnTopAndColumnZeroAtTheLeft() {
        BufferedImage image = draw(Cells.weights(tensor(2, 2, -1, -0.5f, 0.5f, 1)));
        Rectangle first = Pixels.box(image, RED_BLUE.level(0));
        Rectangle second = Pixels.box(image, RED_BLUE.level(16));
        Rectangle below = Pixels.box(image, RED_BLUE.level(48));
        assertEquals(first.y, second.y);
        assertEquals(first.x + first.width, second.x);
        assertEquals(first.x, below.x);
        assertEquals(first.y + first.height, below.y);
    }

    @Test
    void cellsAreSquareAndAsLargeAsAsked() {
        BufferedImage image = draw(Cells.weights(tensor(1, 3, -1, 0, 1)).cellSize(7));
        Rectangle cell = Pixels.box(image, RED_BLUE.level(0));
        assertEquals(7 * Figure.SCALE, cell.width);
        assertEquals(7 * Figure.SCALE, cell.height);
    }

    @Test
    void zeroIsExactlyWhiteInWeightsAndSignedValues() {
        Limits limits = new Limits(-0.37, 0.37);
        assertEquals(Color.WHITE, ColorScale.BLUE_RED.color(0, limits));
        assertEquals(Color.WHITE, ColorScale.BROWN_GREEN.color(0, limits));
        assertNotEquals(Color.WHITE, ColorScale.BLUE_RED.color(0.02, limits));
    }

    @Test
    void valuesBeyondTheLimitsTakeTheColourOfTheEnd() {
        assertEquals(RED_BLUE.level(64), RED_BLUE.color(9, new Limits(-1, 1)));
        assertEquals(RED_BLUE.level(0), RED_BLUE.color(-1e30, new Limits(-1, 1)));
    }

    @Test
    void allPanelsShareOneScaleUnlessEachAsksForItsOwn() {
        Tensor panels = Tensor.of(new float[] {-1, 1, -0.25f, 0.25f}, 2, 1, 2);
        assertNotNull(Pixels.box(draw(Cells.weights(panels)), RED_BLUE.level(24)), "a quarter of the way to blue");
        assertNull(Pixels.box(draw(Cells.weights(panels).ownScales()), RED_BLUE.level(24)));
        assertEquals(
                new Limits(-0.25, 0.25),
                Cells.weights(panels).ownScales().panels().limits(1));
    }

    @Test
    void pixelsBetweenZeroAndOneAreNotStretched() {
        assertEquals(
                new Limits(0, 1),
                Cells.pixels(tensor(1, 2, 0.2f, 0.4f)).panels().limits(0));
        assertEquals(
                new Limits(0, 255), Cells.pixels(tensor(1, 2, 0, 255)).panels().limits(0));
    }

    @Test
    void aScaleLimitMakesSmallValuesVisible() {
        Tensor counts = tensor(1, 3, 0, 4, 1000);
        assertEquals(
                ColorScale.CIVIDIS.level(0),
                ColorScale.CIVIDIS.color(4, Cells.counts(counts).panels().limits(0)));
        assertEquals(
                ColorScale.CIVIDIS.level(64),
                ColorScale.CIVIDIS.color(
                        4, Cells.counts(counts).scaleLimit(4).panels().limits(0)));
    }

    @Test
    void theDiagonalOfAConfusionMatrixTakesNoPartInTheScale() {
        Cells cells = Cells.confusion(new int[][] {{980, 3}, {7, 1100}});
        assertEquals(new Limits(0, 7), cells.panels().limits(0));
        BufferedImage image = draw(cells);
        assertNotNull(Pixels.box(image, ColorScale.CIVIDIS.level(64)), "the most frequent confusion is brightest");
        assertNotNull(Pixels.box(image, Style.PADDING), "the diagonal is grey");
    }

    @Test
    void everyImageAndChannelIsAPanel() {
        assertEquals(6, Cells.pixels(Tensor.zeros(2, 3, 4, 4)).panels().count());
        assertEquals(3, Cells.pixels(Tensor.zeros(3, 4, 4)).panels().count());
        assertEquals(
                Tensor.range(4, 2, 2).slice(1),
                Cells.pixels(Tensor.range(4, 1, 2, 2)).panels().values().get(1));
    }

    private static int across(Cells cells) {
        return cells.layout().across(cells.panels().count());
    }

    @Test
    void panelsStandInRowsWithFewGaps() {
        assertEquals(10, across(Cells.weights(Tensor.zeros(30, 1, 5, 5))));
        assertEquals(8, across(Cells.weights(Tensor.zeros(16, 1, 5, 5))));
        assertEquals(3, across(Cells.weights(Tensor.zeros(3, 5, 5))));
        assertEquals(4, across(Cells.weights(Tensor.zeros(8, 5, 5)).columns(4)));
    }

    @Test
    void figuresAreNotWiderThanThePage() {
        for (int panels : new int[] {1, 2, 10, 30}) {
            assertTrue(Cells.pixels(Tensor.zeros(panels, 28, 28)).figure().width() <= Style.WIDTH);
        }
    }

    @Test
    void wrongShapesAreNamed() {
        assertEquals(
                "Cells.weights: expected shape [H, W], [C, H, W] or [N, C, H, W] but got [30]: reshape(1, -1) makes a vector one row of cells",
                assertThrows(ShapeException.class, () -> Cells.weights(Tensor.zeros(30)))
                        .getMessage());
        assertThrows(ShapeException.class, () -> Cells.pixels(Tensor.zeros(1, 1, 1, 2, 2)));
        assertThrows(ShapeException.class, () -> Cells.pixels(Tensor.zeros(0, 3)));
        assertEquals(
                "Cells.counts: row 0 has 2 numbers but row 1 has 1",
                assertThrows(ShapeException.class, () -> Cells.counts(new int[][] {{1, 2}, {3}}))
                        .getMessage());
    }

    @Test
    void negativeActivationsAreRefusedWithTheWayOut() {
        String message = assertThrows(IllegalArgumentException.class, () -> Cells.activations(tensor(1, 2, -0.5f, 1)))
                .getMessage();
        assertTrue(message.endsWith("the smallest value is -0.5: use Cells.signed"), message);
    }

    @Test
    void tooManyLabelsAreRefused() {
        Cells cells = Cells.pixels(Tensor.zeros(2, 3));
        assertEquals(
                "Cells: 2 labels for 3 columns",
                assertThrows(IllegalArgumentException.class, () -> cells.columnLabels("a", "b"))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> cells.captions("a", "b"));
        assertThrows(IndexOutOfBoundsException.class, () -> cells.markWindow(0, 1, 2, 3));
    }

    @Test
    void numbersAreBlackOnLightAndWhiteOnDark() {
        assertEquals(Color.WHITE, ColorScale.inkOn(ColorScale.CIVIDIS.level(0)));
        assertEquals(Color.BLACK, ColorScale.inkOn(ColorScale.CIVIDIS.level(64)));
        assertEquals(Color.WHITE, ColorScale.inkOn(RED_BLUE.level(0)));
        assertEquals(Color.BLACK, ColorScale.inkOn(Color.WHITE));
    }

    @Test
    void cellsGrowUntilTheirNumbersFit() {
        int narrow = draw(Cells.counts(tensor(1, 2, 1, 2))).getWidth();
        int wide = draw(Cells.counts(tensor(1, 2, 1_234_567, 2))).getWidth();
        assertTrue(wide > narrow + 50, narrow + " and " + wide);
    }

    @Test
    void marksAreDrawnInsideTheCellsTheyMark() {
        BufferedImage image = draw(Cells.pixels(Tensor.zeros(4, 4)).cellSize(10).markWindow(1, 1, 2, 2));
        Rectangle frame = Pixels.box(image, Style.VERMILION);
        assertEquals(2 * 10 * Figure.SCALE, frame.width);
        assertEquals(2 * 10 * Figure.SCALE, frame.height);
        assertNotNull(Pixels.box(draw(Cells.pixels(Tensor.zeros(4, 4)).markPixel(0, 0)), Style.ORANGE));
        assertNotNull(Pixels.box(draw(Cells.pixels(Tensor.zeros(4, 4)).markPending(1, 2)), Style.PADDING));
        assertNotNull(Pixels.box(draw(Cells.pixels(Tensor.zeros(4, 4)).markPadding(1)), Style.PADDING));
        assertNotNull(Pixels.box(draw(Cells.pixels(Tensor.zeros(4, 4)).markRow(2)), Style.BLUE));
    }

    @Test
    void whatIsNoFiniteNumberHasAColourThatNoScaleHasAndIsCounted() {
        Tensor strange = tensor(1, 4, Float.NaN, 1, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
        for (ColorScale scale : ColorScale.values()) {
            for (int level = 0; level < ColorScale.LEVELS; level++) {
                assertNotEquals(Style.NOT_FINITE, scale.level(level), scale + " " + level);
            }
            assertEquals(Style.NOT_FINITE, scale.color(Double.NaN, new Limits(0, 1)));
            assertEquals(Style.NOT_FINITE, scale.color(Double.POSITIVE_INFINITY, new Limits(0, 1)));
        }
        for (Cells cells : List.of(Cells.pixels(strange), Cells.weights(strange), Cells.signed(strange))) {
            Figure figure = cells.cellSize(10).figure();
            Rectangle place = cells.place(0);
            for (int column : new int[] {0, 2, 3}) {
                int x = 2 * (place.x + 10 * column + 5), y = 2 * (place.y + 5);
                assertEquals(Style.NOT_FINITE.getRGB(), figure.image().getRGB(x, y), "column " + column);
            }
            assertTrue(figure.alt().endsWith("from 1 to 1; 1 NaN, 2 infinite"), figure.alt());
        }
    }

    @Test
    void aPanelOfEqualValuesHasTheColourOfTheMiddle() {
        for (ColorScale scale : ColorScale.values()) {
            assertEquals(scale.level(32), scale.color(7, new Limits(7, 7)));
            assertEquals(scale.level(32), scale.color(7, new Limits(7, 7), 16));
            assertEquals(scale.level(0), scale.color(0, new Limits(0, 1), 32));
            assertEquals(scale.level(64), scale.color(1, new Limits(0, 1), 32));
        }
    }

    @Test
    void whatCellsCannotBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Cells.counts(new int[][] {{1, -1}}));
        assertThrows(IllegalArgumentException.class, () -> Cells.activations(tensor(1, 1, Float.NEGATIVE_INFINITY)));
        Cells cells = Cells.pixels(tensor(1, 2, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> cells.numbers(-1));
        assertThrows(IllegalArgumentException.class, () -> cells.markPadding(-1));
        assertThrows(IllegalArgumentException.class, () -> cells.scaleLimit(Double.POSITIVE_INFINITY));
        assertThrows(IllegalArgumentException.class, () -> cells.scaleLimit(Double.NaN));
        assertThrows(IndexOutOfBoundsException.class, () -> cells.place(1));
    }

    @Test
    void theWordsTellWhatIsThereUnlessTheyAreGiven() {
        Tensor filters = Tensor.gaussian(new Random(1), 0.1, 2, 1, 5, 5);
        String words = Cells.weights(filters).title("W1").figure().alt();
        assertTrue(words.startsWith("W1: 2 panels of 5 x 5 cells, each a weight, from −0."), words);
        assertEquals(
                "no pattern yet",
                Cells.weights(filters).alt("no pattern yet").figure().alt());
    }

    @Test
    void roundingDoesNotTellAnotherNumber() {
        assertEquals("0.11", first(1, 1 / 9f));
        assertEquals("5.0", first(1, 5, -1));
        assertEquals("5.00", first(1, 5, 1.12f, 0.75f), "all of them have as many");
        assertEquals("1.0", first(1, 1, 1e-5f, 0.04f), "beside 1, what is small is as good as 0");
        assertEquals("0.963", first(3, 0.963f, 0.034f, 0.00066f, 0.00009f));
        assertEquals("0.111", new CellLayout(0, 0, true, -1, true).number(1 / 9f));
    }

    private static String first(int decimals, float... values) {
        return Cells.signed(Tensor.of(values, 1, values.length))
                .numbers(decimals)
                .layout()
                .number(values[0]);
    }

    @Test
    void aNumberThatDoesNotFitItsCellIsLeftOut() {
        Tensor white = Tensor.filled(1, 4, 4);
        BufferedImage none =
                draw(Cells.pixels(white.map(v -> 0.123456f)).numbers(6).cellSize(14));
        BufferedImage some = draw(Cells.pixels(white).numbers().cellSize(14));
        Rectangle inside = new Rectangle(2 * 14, 2 * 14, 2 * 52, 2 * 52);
        assertEquals(0, white(none, inside));
        assertTrue(Pixels.dark(some, inside) > 20);
    }

    /** White pixels, on dark cells those of numbers. */
    private static long white(BufferedImage image, Rectangle where) {
        long count = 0;
        for (int y = where.y; y < where.y + where.height; y++) {
            for (int x = where.x; x < where.x + where.width; x++) {
                count += image.getRGB(x, y) == 0xFFFFFFFF ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void picturesAreAtLeast40PointsASideAndTablesAsSmallAsAsked() {
        assertEquals(42, Cells.pixels(Tensor.zeros(7, 7)).cellSize(2).place(0).width);
        assertEquals(84, Cells.pixels(Tensor.zeros(28, 28)).cellSize(3).place(0).width);
        assertEquals(56, Cells.pixels(Tensor.zeros(28, 28)).cellSize(1).place(0).width);
        assertEquals(14, Cells.pixels(Tensor.zeros(1, 2)).cellSize(7).place(0).width);
        Cells many = Cells.pixels(Tensor.zeros(40, 7, 7)).columns(40).cellSize(1);
        assertTrue(many.figure().width() <= Style.WIDTH, "as far as the page has room");
    }

    @Test
    void aScaleMayBeginBelowZeroAndSaysWhatLiesBeyondIt() {
        Cells sharpened = Cells.pixels(tensor(1, 3, -0.5f, 0.5f, 2)).limits(-0.5, 1.5);
        assertEquals(new Limits(-0.5, 1.5), sharpened.panels().limits(0));
        assertThrows(IllegalArgumentException.class, () -> sharpened.limits(1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> Cells.weights(tensor(1, 1, 1)).limits(-1, 2));
    }

    @Test
    void aCrossIsSeenOnWhiteAndOnBlack() {
        for (float shade : new float[] {0, 1}) {
            BufferedImage image =
                    draw(Cells.pixels(tensor(1, 1, shade)).cellSize(30).markDropped(0, 0));
            Rectangle cell = new Rectangle(2 * 13, 2 * 13, 2 * 28, 2 * 28);
            long dark = Pixels.dark(image, cell), light = white(image, cell);
            assertTrue(shade == 0 ? light > 100 : dark > 100, shade + ": " + light + " light, " + dark + " dark");
        }
    }

    @Test
    void cellsThatAreDrawnAlikeHaveEqualColoursForEqualNumbersAndOneSize() {
        Cells right = Cells.signed(tensor(1, 3, -13, 9, 0)).numbers();
        Cells mine = Cells.signed(tensor(1, 3, -9, 9, 0)).numbers();
        Color alone = mine.panels().color(0, 0, 1);
        assertNotEquals(right.place(0).width, mine.place(0).width, "-13 needs more room than -9");
        mine.alike(right);
        assertEquals(right.place(0).width, mine.place(0).width);
        assertEquals(right.panels().color(0, 0, 1), mine.panels().color(0, 0, 1));
        assertNotEquals(alone, mine.panels().color(0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> mine.alike(Cells.weights(Tensor.zeros(1, 3))));
    }
}
