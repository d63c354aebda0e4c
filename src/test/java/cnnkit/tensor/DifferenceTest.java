package cnnkit.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How two tensors differ, in words that lead to the place. */
class DifferenceTest {
    private static Tensor tensor(double... values) {
        Tensor tensor = Tensor.zeros(2, values.length / 2);
        for (int i = 0; i < values.length; i++) {
            tensor.data()[i] = (float) values[i];
        }
        return tensor;
    }

    @Test
    void theFirstAndTheLargestDifferenceHaveTheirPlaceAndBothNumbers() {
        Difference difference = Tensor.difference(tensor(1, 2, 7, 4, 5, 6), tensor(1, 2, -1.04, 4, 50, 6));
        assertEquals(
                "2 of 6 numbers differ, first at [0, 2]: yours 7, expected -1.04; most at [1, 1]: yours 5, expected 50",
                difference.toString());
        assertEquals(2, difference.count());
        assertEquals(2, difference.first());
        assertTrue(difference.isAt(4) && !difference.isAt(5));
    }

    @Test
    void oneDifferenceIsToldOnce() {
        assertEquals(
                "1 of 2 numbers differ, first at [1, 0]: yours 3, expected 4",
                Tensor.difference(tensor(1, 3), tensor(1, 4)).toString());
    }

    @Test
    void anotherShapeIsToldBeforeAnyNumber() {
        Difference difference = Tensor.difference(tensor(1, 2), tensor(1, 2, 3, 4));
        assertEquals("the shape is [2, 1], expected [2, 2]", difference.toString());
        assertFalse(difference.isNone() || difference.hasSameShape());
    }

    @Test
    void equalTensorsHaveNone() {
        Difference difference = Tensor.difference(tensor(1, Double.NaN), tensor(1, Double.NaN));
        assertTrue(difference.isNone());
        assertEquals("no difference", difference.toString());
    }

    @Test
    void aNaNBesideANumberDiffersMostOfAll() {
        assertEquals(
                "2 of 4 numbers differ, first at [0, 0]: yours 9, expected 1; most at [1, 1]: yours NaN, expected 4",
                Tensor.difference(tensor(9, 2, 3, Double.NaN), tensor(1, 2, 3, 4))
                        .toString());
        assertFalse(Difference.beyond(1e-4, tensor(1, Double.NaN), tensor(1, 2)).isNone());
        assertFalse(Difference.beyond(1e-4, tensor(1, Double.POSITIVE_INFINITY), tensor(1, 2))
                .isNone());
    }

    @Test
    void anotherOrderOfAddingUpIsNoDifferenceBeyondATolerance() {
        assertTrue(Difference.beyond(1e-4, tensor(1000.05, 1), tensor(1000, 1)).isNone());
        assertFalse(Difference.beyond(1e-4, tensor(1000.2, 1), tensor(1000, 1)).isNone());
        assertFalse(Tensor.difference(tensor(1000.05, 1), tensor(1000, 1)).isNone());
    }
}
