package cnnkit.layer;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.random;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Windows of 3x3 with stride 2, as AlexNet has them: neighbours share a row or a column of pixels. */
class OverlappingPoolingTest {
    private static final Window OVERLAPPING = Window.of(3).stride(2);

    /** The middle pixel (2, 2) is the largest and belongs to all four windows. */
    private static final Tensor HILL = tensor(
            shape(1, 1, 5, 5), //
            1,
            1,
            2,
            1,
            1, //
            1,
            3,
            4,
            3,
            1, //
            2,
            4,
            9,
            4,
            2, //
            1,
            3,
            4,
            3,
            1, //
            1,
            1,
            2,
            1,
            1);

    private static final Tensor DOUT = tensor(shape(1, 1, 2, 2), 1, 10, 100, 1000);

    @Test
    void theMaximumSharedByFourWindowsGetsAllFourGradients() {
        MaxPooling layer = new MaxPooling(OVERLAPPING);
        assertEquals(Tensor.filled(9, 1, 1, 2, 2), layer.forward(HILL));
        Tensor expected = Tensor.zeros(1, 1, 5, 5);
        expected.set(1111, 0, 0, 2, 2);
        assertEquals(expected, layer.backward(DOUT));
    }

    @Test
    void ofEqualValuesTheFirstOfEachWindowWins() {
        MaxPooling layer = new MaxPooling(OVERLAPPING);
        layer.forward(Tensor.filled(7, 1, 1, 5, 5));
        Tensor expected = Tensor.zeros(1, 1, 5, 5);
        expected.set(1, 0, 0, 0, 0);
        expected.set(10, 0, 0, 0, 2);
        expected.set(100, 0, 0, 2, 0);
        expected.set(1000, 0, 0, 2, 2); // not the middle of a window: its first pixel
        assertEquals(expected, layer.backward(DOUT));
    }

    @Test
    void aMeanGivesAPixelOneShareForEachWindowItIsIn() {
        AveragePooling layer = new AveragePooling(OVERLAPPING);
        assertEquals(Tensor.filled(3, 1, 1, 2, 2), layer.forward(HILL)); // 27 / 9
        Tensor dx = layer.backward(tensor(shape(1, 1, 2, 2), 9, 90, 900, 9000));
        assertEquals(
                tensor(
                        shape(1, 1, 5, 5), //
                        1,
                        1,
                        11,
                        10,
                        10, //
                        1,
                        1,
                        11,
                        10,
                        10, //
                        101,
                        101,
                        1111,
                        1010,
                        1010, //
                        100,
                        100,
                        1100,
                        1000,
                        1000, //
                        100,
                        100,
                        1100,
                        1000,
                        1000),
                dx);
    }

    @Test
    void theMapsOfAlexNetShrinkAsInThePaper() {
        for (Layer layer : new Layer[] {new MaxPooling(OVERLAPPING), new AveragePooling(OVERLAPPING)}) {
            assertArrayEquals(shape(96, 27, 27), layer.outputShape(96, 55, 55));
            assertArrayEquals(shape(256, 13, 13), layer.outputShape(256, 27, 27));
            assertArrayEquals(shape(256, 6, 6), layer.outputShape(256, 13, 13));
        }
    }

    /** As in a network: the tensors of the first step are filled again, so a gradient left over would show. */
    @Test
    void aSecondPassIntoTheSameTensorsGivesTheSameBits() {
        Tensor x = random(new Random(1), 2, 3, 7, 9), dout = random(new Random(2), 2, 3, 3, 4);
        for (FillingLayer layer : new FillingLayer[] {
            new MaxPooling(OVERLAPPING),
            new AveragePooling(OVERLAPPING),
            new Subsampling(OVERLAPPING),
            new TrainedSubsampling(random(new Random(3), 3), random(new Random(4), 3), OVERLAPPING)
        }) {
            Tensor out = layer.forward(x);
            Tensor dx = layer.backward(dout);
            Tensor outAgain = out.map(v -> 7), dxAgain = dx.map(v -> 7); // hold something else
            for (int step = 0; step < 3; step++) {
                layer.forward(x, outAgain);
                assertSameBits(out, outAgain, layer + ": out, step " + step);
                layer.backward(dout, dxAgain);
                assertSameBits(dx, dxAgain, layer + ": dx, step " + step);
            }
        }
    }
}
