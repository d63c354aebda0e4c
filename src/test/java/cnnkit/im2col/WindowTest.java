package cnnkit.im2col;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.tensor.ShapeException;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WindowTest {

    @ParameterizedTest(name = "size {0}, kernel {1}, stride {2}, padding {3}: {4} positions")
    @CsvSource({
        "4, 3, 1, 0, 2", // sections 7.2.2 and 7.2.3: the output shrinks, a padding of 1 keeps it
        "4, 3, 1, 1, 4",
        "7, 3, 2, 0, 3", // section 7.2.4
        "28, 5, 1, 0, 24",
        "24, 2, 2, 0, 12",
        "28, 5, 3, 2, 10",
        "31, 5, 3, 2, 11",
        "1, 1, 1, 0, 1",
        "3, 3, 7, 0, 1", // one position, whatever the stride
        "1, 2, 1, 3, 6" // more padding than kernel
    })
    void theFormulaOfTheChapterCountsThePositions(int size, int kernel, int stride, int padding, int positions) {
        Window window = Window.of(kernel).stride(stride).padding(padding);
        assertEquals(positions, window.outputHeight(size));
        assertEquals(positions, window.outputWidth(size));
        assertEquals(positions, window.remainder(Remainder.FLOOR).outputWidth(size)); // no remainder, no difference
        assertEquals(positions, window.remainder(Remainder.CEIL).outputHeight(size));
    }

    @Test
    void heightAndWidthHaveSettingsOfTheirOwn() {
        Window window = Window.of(2, 5).stride(1, 3).padding(0, 2);
        assertEquals(7, window.outputHeight(8));
        assertEquals(11, window.outputWidth(31));
        assertEquals(new Window(2, 5, 1, 3, 0, 2, Remainder.STRICT), window);
    }

    @Test
    void afterFourLayersANineByNinePictureIsASingleNumber() {
        int size = 9;
        for (int layer = 1; layer <= 4; layer++) {
            size = Window.of(3).outputHeight(size);
        }
        assertEquals(1, size);
        fails(
                ShapeException.class,
                "a 3x3 window with stride 1 does not fit into height 1: it needs at least 3",
                () -> Window.of(3).outputHeight(1));
    }

    @Test
    void aWindowThatDoesNotFitSaysHowMuchItNeeds() {
        fails(
                ShapeException.class,
                "a 5x7 window with stride 1 and padding 1x2 does not fit into height 2: it needs at least 3",
                () -> Window.of(5, 7).padding(1, 2).outputHeight(2));
        fails(
                ShapeException.class,
                "a 5x7 window with stride 1 and padding 1x2 does not fit into width 2: it needs at least 3",
                () -> Window.of(5, 7).padding(1, 2).outputWidth(2));
        fails(
                ShapeException.class,
                "a 2x2 window with stride 1 and padding 4 does not fit into width 0: it needs at least 1",
                () -> Window.of(2).padding(4).outputWidth(0));
    }

    @Test
    void aRemainderIsRefusedWithTheSizesThatWouldFit() {
        fails(
                ShapeException.class,
                "a 2x2 window with stride 2 does not divide height 7: 1 would be left over. Use height 6 or 8, padding, Remainder.FLOOR or Remainder.CEIL",
                () -> Window.of(2).stride(2).outputHeight(7));
        fails(
                ShapeException.class,
                "a 3x2 window with stride 1x3 does not divide width 7: 2 would be left over. Use width 5 or 8, padding, Remainder.FLOOR or Remainder.CEIL",
                () -> Window.of(3, 2).stride(1, 3).outputWidth(7));
        fails(
                ShapeException.class,
                "a 2x2 window with stride 3 and padding 1 does not divide width 1: 1 would be left over. Use width 3, padding, Remainder.FLOOR or Remainder.CEIL",
                () -> Window.of(2).stride(3).padding(1).outputWidth(1)); // no size 0
    }

    @Test
    void theSizesThatAnErrorNamesDoFit() {
        Pattern sizes = Pattern.compile("Use height (\\d+)(?: or (\\d+))?");
        Random random = new Random(3);
        int errors = 0;
        for (int time = 0; time < 1000; time++) {
            Window window = Window.of(1 + random.nextInt(6))
                    .stride(1 + random.nextInt(5))
                    .padding(random.nextInt(5));
            int height = 1 + random.nextInt(20);
            try {
                window.outputHeight(height);
            } catch (ShapeException e) {
                Matcher matcher = sizes.matcher(e.getMessage());
                if (matcher.find()) {
                    errors++;
                    assertTrue(window.outputHeight(Integer.parseInt(matcher.group(1))) >= 1, e.getMessage());
                    if (matcher.group(2) != null) {
                        assertTrue(window.outputHeight(Integer.parseInt(matcher.group(2))) >= 1, e.getMessage());
                    }
                }
            }
        }
        assertTrue(errors > 100, errors + " errors seen");
    }

    @Test
    void roundingDownLeavesPixelsUnread() {
        Window window = Window.of(3).stride(3).remainder(Remainder.FLOOR);
        int[][] counts = window.readCounts(8, 8);
        long unread = Arrays.stream(counts)
                .flatMapToInt(Arrays::stream)
                .filter(count -> count == 0)
                .count();
        assertEquals(2, window.outputHeight(8));
        assertEquals(28, unread); // 64 pixels, of which 6x6 are read
        assertEquals(1, counts[5][5]);
        assertEquals(0, counts[6][0]);
        assertEquals(0, counts[0][7]);
    }

    @Test
    void roundingUpReadsEveryPixel() {
        Window window = Window.of(3).stride(3).remainder(Remainder.CEIL);
        assertEquals(3, window.outputWidth(8)); // the third begins at pixel 6 and hangs one over the edge
        for (int[] row : window.readCounts(8, 8)) {
            assertArrayEquals(new int[] {1, 1, 1, 1, 1, 1, 1, 1}, row);
        }
    }

    @Test
    void aWindowThatWouldBeginBehindTheInputDoesNotCount() {
        Window window = Window.of(1).stride(3).remainder(Remainder.CEIL);
        assertEquals(2, window.outputHeight(5)); // at 0 and 3; the next would begin at 6
        assertEquals(3, window.outputHeight(7));
        Window padded = Window.of(2).stride(3).padding(1).remainder(Remainder.CEIL);
        assertEquals(2, padded.outputHeight(4)); // at -1 and 2: the remainder is padding, and 5 is behind the input
        assertEquals(3, padded.outputHeight(6)); // at -1, 2 and 5
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("manyGeometries")
    void theLastWindowOfCeilBeginsInsideAndOnlyIfItMust(long seed) {
        Random random = new Random(seed);
        Window ceil = Window.of(1 + random.nextInt(5), 1 + random.nextInt(5))
                .stride(1 + random.nextInt(6), 1 + random.nextInt(6))
                .padding(random.nextInt(3), random.nextInt(3))
                .remainder(Remainder.CEIL);
        Window floor = ceil.remainder(Remainder.FLOOR);
        int height = 5 + random.nextInt(10), width = 5 + random.nextInt(10);
        int more = ceil.outputHeight(height) - floor.outputHeight(height);
        assertTrue(more == 0 || more == 1, "seed " + seed);
        int lastBegin = (ceil.outputHeight(height) - 1) * ceil.strideHeight() - ceil.paddingHeight();
        int lastFloorEnd =
                (floor.outputHeight(height) - 1) * ceil.strideHeight() - ceil.paddingHeight() + ceil.kernelHeight();
        if (more == 1) {
            assertTrue(lastBegin < height, "seed " + seed + ": the last window begins at " + lastBegin);
            assertTrue(lastFloorEnd < height + ceil.paddingHeight(), "seed " + seed);
        }
        assertTrue(ceil.outputWidth(width) >= floor.outputWidth(width), "seed " + seed);
    }

    static LongStream manyGeometries() {
        return LongStream.rangeClosed(1, 50);
    }

    @Test
    void whereWindowsOverlapPixelsAreReadMoreThanOnce() {
        assertArrayEquals(
                new int[][] {
                    {1, 2, 1},
                    {2, 4, 2}, // the middle pixel is seen by all four windows
                    {1, 2, 1}
                },
                Window.of(2).readCounts(3, 3));
        assertArrayEquals(
                new int[][] {{2, 2, 2}, {2, 2, 2}}, // rectangles: two rows down, one column across, padding above
                Window.of(2, 1).padding(1, 0).readCounts(2, 3));
    }

    @Test
    void paddingIsNotAPixelThatIsRead() {
        assertArrayEquals(new int[][] {{4, 4}, {4, 4}}, Window.of(3).padding(1).readCounts(2, 2));
        assertThrows(ShapeException.class, () -> Window.of(3).readCounts(2, 2));
    }

    @Test
    void aWindowIsAValue() {
        assertEquals(Window.of(3), Window.of(3, 3));
        assertEquals(
                Window.of(3).stride(2).padding(1), Window.of(3).padding(1, 1).stride(2, 2));
        assertEquals(Window.of(3).hashCode(), Window.of(3, 3).hashCode());
        assertNotEquals(Window.of(3), Window.of(3).remainder(Remainder.FLOOR));
        assertNotEquals(Window.of(2, 3), Window.of(3, 2));
        Window window = Window.of(3);
        window.stride(2); // returns a new one
        assertEquals(1, window.strideHeight());
    }

    @Test
    void everySettingKeepsTheOthers() {
        Window window = new Window(2, 3, 4, 5, 6, 7, Remainder.CEIL);
        assertEquals(new Window(2, 3, 1, 9, 6, 7, Remainder.CEIL), window.stride(1, 9));
        assertEquals(new Window(2, 3, 4, 5, 0, 1, Remainder.CEIL), window.padding(0, 1));
        assertEquals(new Window(2, 3, 4, 5, 6, 7, Remainder.FLOOR), window.remainder(Remainder.FLOOR));
    }

    @Test
    void impossibleSettingsAreRefused() {
        fails(
                IllegalArgumentException.class,
                "a window needs a kernel of at least 1x1 but got 0x3",
                () -> Window.of(0, 3));
        fails(
                IllegalArgumentException.class,
                "a window needs a stride of at least 1 but got 1, 0",
                () -> Window.of(3).stride(1, 0));
        fails(
                IllegalArgumentException.class,
                "a padding cannot be negative but got -1, 0",
                () -> Window.of(3).padding(-1, 0));
        fails(NullPointerException.class, "remainder", () -> Window.of(3).remainder(null));
    }

    @Test
    void aWindowSaysWhatItIs() {
        assertEquals("5x5 window with stride 1", Window.of(5).toString());
        assertEquals(
                "3x2 window with stride 2 and padding 1",
                Window.of(3, 2).stride(2).padding(1).toString());
        assertEquals(
                "3x2 window with stride 2x1 and padding 0x4",
                Window.of(3, 2).stride(2, 1).padding(0, 4).toString());
    }

    @Test
    void aWindowTellsWhereItBeginsAndWhatItSees() {
        Window window = Window.of(3, 2).stride(2, 1).padding(1, 2);
        assertEquals(-1, window.top(0));
        assertEquals(3, window.top(2));
        assertEquals(-2, window.left(0));
        assertEquals(new Window.Span(0, 2), window.rows(0, 5));
        assertEquals(new Window.Span(3, 5), window.rows(2, 5));
        assertEquals(0, window.columns(0, 4).length()); // padding only
        assertEquals(new Window.Span(0, 1), window.columns(1, 4));
    }

    @Test
    void sizesNearTheLimitOfIntAreRightOrNamed() {
        int most = Integer.MAX_VALUE;
        assertEquals(1, Window.of(most).padding(most / 2).outputHeight(1));
        assertEquals(1, Window.of(3).stride(most).remainder(Remainder.FLOOR).outputHeight(10));
        Window large = Window.of(3).stride(1 << 30).padding(1 << 28).remainder(Remainder.CEIL);
        assertEquals(2, large.outputHeight(1 << 30));
        assertEquals(new Window.Span(9, 10), new Window(most - 1, 1, 9, 1, 0, 0, Remainder.CEIL).rows(1, 10));
        Exception padding = assertThrows(
                ShapeException.class, () -> Window.of(3).padding(1 << 30).outputWidth(10));
        assertEquals(
                "a 3x3 window with stride 1 and padding 1073741824 over width 10: with its padding that is 2,147,483,658, more than can be counted. Use less padding",
                padding.getMessage());
        Exception stride = assertThrows(
                ShapeException.class, () -> Window.of(3).stride(most).outputHeight(10));
        assertEquals(
                "a 3x3 window with stride 2147483647 does not divide height 10: 7 would be left over. Use height 3 or 2147483650, padding, Remainder.FLOOR or Remainder.CEIL",
                stride.getMessage());
    }

    @Test
    void anInputThatIsNoneHasNoCounts() {
        assertThrows(ShapeException.class, () -> Window.of(2).readCounts(-1, 5));
    }
}
