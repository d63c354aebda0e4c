package cnnkit.tensor;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ShapesTest {

    @Test
    void aNumberMustMatchAndANameTakesAnySizeFromOne() {
        Shapes.expect("Reader", "input", Tensor.zeros(100, 3, 1, 28), "N", 3, "H", "W");
        fails(
                ShapeException.class,
                "Convolution Conv1: expected input [N, 3, H, W] but got [100, 1, 28, 28]",
                () -> Shapes.expect("Convolution Conv1", "input", Tensor.zeros(100, 1, 28, 28), "N", 3, "H", "W"));
        fails(
                ShapeException.class,
                "Reader: expected input [N, 3] but got [0, 3]",
                () -> Shapes.expect("Reader", "input", Tensor.zeros(0, 3), "N", 3));
        fails(
                ShapeException.class,
                "Reader: expected input [N, 3] but got [2, 3, 1]",
                () -> Shapes.expect("Reader", "input", Tensor.zeros(2, 3, 1), "N", 3));
    }

    @Test
    void theLengthIsTheProductOfTheSizes() {
        assertEquals(0, Shapes.length(0, 100_000, 100_000)); // in whatever order
        assertEquals(0, Shapes.length(100_000, 100_000, 0));
        assertEquals(24, Shapes.length(2, 3, 4));
        assertEquals(1, Shapes.length());
        assertEquals(0, Shapes.length(5, 0));
        assertEquals(Integer.MAX_VALUE, Shapes.length(Integer.MAX_VALUE));
        fails(
                ShapeException.class,
                "too many elements for one tensor: [2147483647, 2]",
                () -> Shapes.length(Integer.MAX_VALUE, 2));
    }
}
