package cnnkit.plot.lesson;

import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.layer.MaxPooling;
import cnnkit.plot.Figure;
import cnnkit.plot.Pixels;
import cnnkit.plot.card.ColorScale;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolingWindowsTest {
    private static final Window USUAL = Window.of(2).stride(2);
    private static final Tensor ONE_WINDOW = tensor(shape(2, 2), 1, 2, 9, 3);

    @Test
    void theWinnersAreThoseOfTheLayerAndOfEqualNumbersTheFirst() {
        List<int[]> winners = Winners.of(tensor(shape(2, 4), 1, 2, 7, 7, 9, 3, 7, 7), USUAL);
        assertEquals(2, winners.size());
        assertArrayEquals(new int[] {1, 0}, winners.get(0));
        assertArrayEquals(new int[] {0, 2}, winners.get(1));
    }

    @Test
    void theWinnerIsFilledWithOrangeInsideItsFramedWindow() {
        BufferedImage image = PoolingWindows.of(ONE_WINDOW, USUAL).figure().image();
        Rectangle frame = Pixels.box(image, Style.VERMILION);
        Rectangle winner = Pixels.box(image, Style.ORANGE);
        assertEquals(2 * 40 * Figure.SCALE, frame.width);
        assertTrue(frame.contains(winner));
        assertTrue(winner.getCenterX() < frame.getCenterX() && winner.getCenterY() > frame.getCenterY(), "below, left");
    }

    @Test
    void whereAllNumbersAreEqualNobodyHasWon() {
        BufferedImage empty =
                PoolingWindows.of(Tensor.zeros(2, 2), USUAL).figure().image();
        assertNull(Pixels.box(empty, Style.ORANGE));
        BufferedImage half = PoolingWindows.of(tensor(shape(2, 4), 0, 0, 7, 7, 0, 0, 3, 7), USUAL)
                .figure()
                .image();
        Rectangle winner = Pixels.box(half, Style.ORANGE), frames = Pixels.box(half, Style.VERMILION);
        assertTrue(winner.getCenterX() > frames.getCenterX() && winner.width <= 40 * Figure.SCALE, "the first 7 only");
    }

    @Test
    void channelsMayHaveNames() {
        Tensor two = Tensor.range(2, 2, 2);
        int unnamed = PoolingWindows.of(two, USUAL).figure().width();
        int named = PoolingWindows.of(two, USUAL)
                .captions("moved by 0", "moved by 1, and a long name")
                .figure()
                .width();
        assertTrue(named > unnamed);
        fails(
                IllegalArgumentException.class,
                "PoolingWindows: 1 captions for 2 channels: each needs one",
                () -> PoolingWindows.of(two, USUAL).captions("one"));
    }

    @Test
    void ofWindowsInThePaddingThePartInsideIsFramed() {
        Tensor x = Tensor.range(4, 4);
        Window padded = USUAL.padding(1);
        List<int[]> winners = Winners.of(x, padded);
        assertEquals(9, winners.size());
        assertArrayEquals(new int[] {2, 2}, winners.get(4)); // of rows 1 and 2, columns 1 and 2
        BufferedImage image = PoolingWindows.of(x, padded).figure().image();
        int middle = Pixels.box(image, Style.VERMILION).y + 2 * 2 * 40; // the line between rows 1 and 2
        int left = Pixels.box(image, Style.VERMILION).x;
        assertTrue(image.getRGB(left + 2 * 80, middle) != Style.VERMILION.getRGB(), "it lies within a window");
    }

    @Test
    void windowsThatSeeNothingButPaddingAreRefused() {
        fails(
                IllegalArgumentException.class,
                "PoolingWindows: the 1x1 window with stride 1 and padding 1 at place (0, 0) sees nothing but padding of the "
                        + "image of 4 x 4, so no pixel wins: take less padding",
                () -> PoolingWindows.of(Tensor.range(4, 4), Window.of(1).padding(1)));
        Tensor channel = Tensor.range(1, 1, 4, 4);
        Window far = USUAL.padding(2);
        assertThrows(IllegalArgumentException.class, () -> PoolingLadder.of(channel, far));
        assertThrows(
                IllegalArgumentException.class, () -> GradientRoutes.of(channel.slice(0, 0), far, Tensor.range(4, 4)));
    }

    @Test
    void whatIsNoNumberWinsAsInTheLayer() {
        Tensor x = tensor(shape(2, 2), 1, Float.NaN, 9, 3);
        Tensor out = new MaxPooling(USUAL).forward(x.reshape(1, 1, 2, 2));
        assertTrue(Float.isNaN(out.data()[0]));
        assertNotNull(Pixels.box(PoolingWindows.of(x, USUAL).figure().image(), Style.NOT_FINITE), "its maximum is NaN");
    }

    @Test
    void theAverageCanBeLeftOut() {
        Tensor x = tensor(shape(2, 2), 0, 0, 0, 8); // the maximum is 8, white; the average 2 is a grey of its own
        java.awt.Color grey = ColorScale.GREY.color(2, new Limits(0, 8));
        assertNotNull(Pixels.box(PoolingWindows.of(x, USUAL).figure().image(), grey));
        assertNull(square(PoolingWindows.of(x, USUAL).maximumOnly().figure().image(), grey));
    }

    /** A cell, not the smoothed edge of a letter. */
    private static Rectangle square(BufferedImage image, java.awt.Color color) {
        Rectangle box = Pixels.box(image, color);
        return box == null || image.getRGB((int) box.getCenterX(), (int) box.getCenterY()) != color.getRGB()
                ? null
                : box;
    }

    @Test
    void threeChannelsFitOnThePage() {
        Figure figure =
                PoolingWindows.of(Tensor.range(3, 4, 4), USUAL).maximumOnly().figure();
        assertTrue(figure.width() <= Style.WIDTH, figure.width() + " points");
    }

    @Test
    void largeImagesAndBatchesAreRefused() {
        fails(
                ShapeException.class,
                "PoolingWindows: [28, 28] has too many pixels to show their numbers: use Cells",
                () -> PoolingWindows.of(Tensor.zeros(28, 28), USUAL));
        fails(
                ShapeException.class,
                "PoolingWindows: expected one image [H, W], [C, H, W] or [1, C, H, W] but got [2, 1, 4, 4]",
                () -> PoolingWindows.of(Tensor.zeros(2, 1, 4, 4), USUAL));
    }

    @Test
    void theWordsTellWhatIsThereUnlessTheyAreGiven() {
        assertEquals(
                "t: 1 channel(s) of 2 x 2 numbers, pooled by a 2x2 window with stride 2",
                PoolingWindows.of(ONE_WINDOW, USUAL).title("t").figure().alt());
        assertEquals(
                "9 stays",
                PoolingWindows.of(ONE_WINDOW, USUAL).alt("9 stays").figure().alt());
    }

    @Test
    void aWindowOfEqualNumbersHasNoWinnerUnlessTiesAreThePoint() {
        Tensor equal = Tensor.zeros(2, 2);
        assertEquals(null, Pixels.box(PoolingWindows.of(equal, USUAL).figure().image(), Style.ORANGE));
        assertTrue(Pixels.box(PoolingWindows.of(equal, USUAL).ties().figure().image(), Style.ORANGE) != null);
    }

    @Test
    void captionsAreOnePerChannel() {
        PoolingWindows two = PoolingWindows.of(Tensor.range(2, 2, 2), USUAL);
        fails(
                IllegalArgumentException.class,
                "PoolingWindows: 1 captions for 2 channels: each needs one",
                () -> two.captions("a"));
        int words = two.captions("moved by 0", "moved by 1 pixel, and further")
                .figure()
                .width();
        assertTrue(
                words > PoolingWindows.of(Tensor.range(2, 2, 2), USUAL).figure().width());
    }
}
