package cnnkit.im2col;

import static cnnkit.im2col.Im2col.col2im;
import static cnnkit.im2col.Im2col.im2col;
import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.inner;
import static cnnkit.tensor.Check.random;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Im2colTest {

    @Test
    void theShapesOfTheChapter() { // section 7.4.3
        assertArrayEquals(
                shape(9, 75), im2col(Tensor.zeros(1, 3, 7, 7), Window.of(5)).shape());
        assertArrayEquals(
                shape(90, 75), im2col(Tensor.zeros(10, 3, 7, 7), Window.of(5)).shape());
    }

    @Test
    void everyWindowBecomesOneRow() {
        Tensor x = tensor(shape(1, 1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertEquals(
                tensor(
                        shape(4, 4), //
                        1,
                        2,
                        4,
                        5, // top left
                        2,
                        3,
                        5,
                        6, // top right
                        4,
                        5,
                        7,
                        8, // bottom left
                        5,
                        6,
                        8,
                        9),
                im2col(x, Window.of(2)));
    }

    @Test
    void theChannelsOfAWindowStandOneAfterAnotherInItsRow() {
        Tensor x = Tensor.range(2, 2, 2, 2); // two images, two channels
        assertEquals(
                tensor(
                        shape(4, 4), //
                        0,
                        1,
                        4,
                        5, // image 0, upper window: channel 0, then channel 1
                        2,
                        3,
                        6,
                        7, // image 0, lower window
                        8,
                        9,
                        12,
                        13,
                        10,
                        11,
                        14,
                        15),
                im2col(x, Window.of(1, 2)));
    }

    @Test
    void outsideTheImageThereIsPadding() {
        Tensor x = tensor(shape(1, 1, 1, 2), 1, 2);
        Window window = Window.of(1, 2).padding(0, 1);
        assertEquals(tensor(shape(3, 2), 0, 1, 1, 2, 2, 0), im2col(x, window));
        float none = Float.NEGATIVE_INFINITY;
        assertEquals(tensor(shape(3, 2), none, 1, 1, 2, 2, none), im2col(x, window, none));
    }

    @Test
    void overlappingWindowsAddUpOnTheWayBack() {
        Tensor ones = Tensor.filled(1, 1, 1, 3, 3);
        assertEquals(
                tensor(
                        shape(1, 1, 3, 3), //
                        1,
                        2,
                        1, //
                        2,
                        4,
                        2, // the middle pixel was read by four windows
                        1,
                        2,
                        1),
                col2im(im2col(ones, Window.of(2)), ones.shape(), Window.of(2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("geometries")
    void everyElementIsTheOneTheDefinitionNames(Geometry g) {
        Tensor x = random(new Random(g.seed()), g.inputShape());
        Window w = g.window();
        Tensor col = im2col(x, w, -7);
        int OH = w.outputHeight(g.height()), OW = w.outputWidth(g.width());
        int FH = w.kernelHeight(), FW = w.kernelWidth();
        Tensor expected = Tensor.zeros(g.batch() * OH * OW, g.channels() * FH * FW);
        for (int row = 0; row < expected.size(0); row++) {
            for (int column = 0; column < expected.size(1); column++) {
                int n = row / (OH * OW), oy = row / OW % OH, ox = row % OW;
                int c = column / (FH * FW), ky = column / FW % FH, kx = column % FW;
                int y = oy * w.strideHeight() + ky - w.paddingHeight();
                int z = ox * w.strideWidth() + kx - w.paddingWidth();
                boolean inside = y >= 0 && y < g.height() && z >= 0 && z < g.width();
                expected.set(inside ? x.get(n, c, y, z) : -7, row, column);
            }
        }
        assertSameBits(expected, col, g);
    }

    /** The adjoint law: {@code <im2col(x), y> = <x, col2im(y)>}. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("geometries")
    void col2imIsTheTransposeOfIm2col(Geometry g) {
        Random random = new Random(g.seed());
        // small whole numbers: every product and sum is exact, so the law holds without a tolerance
        Tensor x = random(random, g.inputShape()).map(v -> Math.rint(10 * v));
        Tensor col = im2col(x, g.window());
        Tensor y = random(random, col.shape()).map(v -> Math.rint(10 * v));
        assertEquals(inner(col, y), inner(x, col2im(y, g.inputShape(), g.window())), g.toString());
        if (x.length() > 20) {
            assertTrue(inner(x, x) > 0, "x is not all zeros");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("geometries")
    void foldingOnesBackCountsTheReadsOfEachPixel(Geometry g) {
        Tensor ones = Tensor.filled(1, g.inputShape());
        Tensor counts = col2im(im2col(ones, g.window()), g.inputShape(), g.window());
        int[][] reads = g.window().readCounts(g.height(), g.width());
        for (int n = 0; n < g.batch(); n++) {
            for (int c = 0; c < g.channels(); c++) {
                for (int y = 0; y < g.height(); y++) {
                    for (int x = 0; x < g.width(); x++) {
                        assertEquals(reads[y][x], counts.get(n, c, y, x), g.toString());
                    }
                }
            }
        }
    }

    static Stream<Geometry> geometries() {
        return Geometry.some(150);
    }

    @Test
    void theGeometriesReachTheCorners() {
        List<Geometry> all = Geometry.some(400).toList();
        assertTrue(all.stream()
                .anyMatch(g -> g.window().paddingHeight() > g.window().kernelHeight()));
        assertTrue(
                all.stream().anyMatch(g -> g.window().strideWidth() > g.window().kernelWidth()));
        assertTrue(all.stream()
                .anyMatch(g -> g.window().kernelHeight() != g.window().kernelWidth()));
        assertTrue(all.stream().anyMatch(g -> g.height() == 1 && g.width() == 1));
        assertTrue(all.stream().anyMatch(g -> g.height() != g.width()));
        for (int batch = 1; batch <= 9; batch++) {
            int wanted = batch;
            assertTrue(all.stream().anyMatch(g -> g.batch() == wanted));
        }
        assertTrue(all.stream()
                .anyMatch(g -> g.window().remainder() == Remainder.FLOOR
                        && g.window().readCounts(g.height(), g.width())[g.height() - 1][g.width() - 1] == 0));
        assertTrue(all.stream()
                .anyMatch(g -> g.window().remainder() == Remainder.CEIL
                        && g.window().outputHeight(g.height())
                                > g.window().remainder(Remainder.FLOOR).outputHeight(g.height())));
    }

    @Test
    void aBatchWithoutImagesOrWithoutAxesIsRefused() {
        fails(
                ShapeException.class,
                "im2col: expected input [N, C, H, W] but got [0, 1, 3, 3]",
                () -> im2col(Tensor.zeros(0, 1, 3, 3), Window.of(2)));
        fails(
                ShapeException.class,
                "im2col: expected input [N, C, H, W] but got [3, 3]",
                () -> im2col(Tensor.zeros(3, 3), Window.of(2)));
    }

    @Test
    void aMatrixThatBelongsToOtherImagesIsRefused() {
        fails(
                ShapeException.class,
                "col2im: expected matrix [4, 4] but got [9, 4]",
                () -> col2im(Tensor.zeros(9, 4), shape(1, 1, 3, 3), Window.of(2)));
        fails(
                ShapeException.class,
                "col2im: expected images [N, C, H, W] but got [3, 3]",
                () -> col2im(Tensor.zeros(4, 4), shape(3, 3), Window.of(2)));
    }

    @Test
    void aMatrixTooLargeForOneArrayIsRefusedBeforeMemoryIsTaken() {
        fails(
                ShapeException.class,
                "too many elements for one tensor: [1000000, 10201]",
                () -> im2col(Tensor.zeros(1, 1, 1000, 1000), Window.of(101).padding(50)));
    }
}
