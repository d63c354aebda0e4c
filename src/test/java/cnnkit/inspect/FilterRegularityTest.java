package cnnkit.inspect;

import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FilterRegularityTest {

    private static double regularity(int height, int width, double... weights) {
        return FilterRegularity.of(tensor(shape(1, 1, height, width), weights)).filter(0);
    }

    @Test
    void aChessboardIsMinusOne() {
        assertEquals(-1, regularity(2, 2, 1, -1, -1, 1));
        assertEquals(-1, regularity(4, 4, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1), 1e-12);
    }

    @Test
    void aRowOfThreeByHand() {
        // pairs (0, 0) and (0, 3): mean 3/4; products 9/16 - 27/16; squares (9 + 9)/32 + (9 + 81)/32
        assertEquals(-18.0 / 54, regularity(1, 3, 0, 0, 3), 1e-12);
    }

    @Test
    void aVerticalEdgeByHand() {
        // 6 pairs side by side, (-1, 0) or (0, 1), whose products are 0; 6 one above the other: 1, 0 and 1, twice
        double vertical = regularity(3, 3, -1, 0, 1, -1, 0, 1, -1, 0, 1);
        assertEquals(4 / (3 + 4.0), vertical, 1e-12);
        assertEquals(vertical, regularity(3, 3, -1, -1, -1, 0, 0, 0, 1, 1, 1), 1e-12); // turned
        assertEquals(vertical, regularity(3, 3, 5, 7, 9, 5, 7, 9, 5, 7, 9), 1e-6); // neither mean nor size matters
    }

    @Test
    void aSlowChangeIsNearOneAndTheSameWeightsInDisorderAreNot() {
        Random random = new Random(3);
        double[] slow = new double[25], disorder = new double[25];
        for (int i = 0; i < 25; i++) {
            slow[i] = Math.sin(i % 5 / 2.0) + i / 5 / 3.0;
        }
        System.arraycopy(slow, 0, disorder, 0, 25);
        for (int i = 24; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double swapped = disorder[i];
            disorder[i] = disorder[j];
            disorder[j] = swapped;
        }
        assertTrue(regularity(5, 5, slow) > 0.7, "" + regularity(5, 5, slow));
        assertTrue(Math.abs(regularity(5, 5, disorder)) < 0.3, "" + regularity(5, 5, disorder));
    }

    @Test
    void randomWeightsAreALittleBelowZero() {
        double five = FilterRegularity.of(Tensor.gaussian(new Random(1), 0.01, 4000, 1, 5, 5))
                .mean();
        double three = FilterRegularity.of(Tensor.gaussian(new Random(1), 7, 4000, 1, 3, 3))
                .mean();
        assertEquals(-0.05, five, 0.01);
        assertEquals(-0.14, three, 0.01);
    }

    @Test
    void channelsAreNotNeighbours() {
        // one channel all bright, one all dark: nothing varies in space
        Tensor flat = tensor(shape(1, 2, 2, 2), 5, 5, 5, 5, -5, -5, -5, -5);
        assertTrue(Double.isNaN(FilterRegularity.of(flat).filter(0)));
        // a chessboard far above 0 and another far below
        Tensor boards = tensor(shape(1, 2, 2, 2), 6, 4, 4, 6, -6, -4, -4, -6);
        assertEquals(-1, FilterRegularity.of(boards).filter(0), 1e-12);
    }

    @Test
    void theLayerIsTheMeanOfItsFiltersWithoutFlatOnes() {
        Tensor W = tensor(shape(3, 1, 1, 3), 0, 0, 3, 7, 7, 7, 1, -1, 1);
        FilterRegularity regularity = FilterRegularity.of(W);
        assertTrue(Double.isNaN(regularity.filter(1)));
        assertEquals((-1 / 3.0 - 1) / 2, regularity.mean(), 1e-12);
        assertEquals("regularity of 3 filters: mean -0.67, from -1.00 to -0.33", regularity.toString());
        FilterRegularity flat = FilterRegularity.of(Tensor.zeros(2, 1, 2, 2));
        assertTrue(Double.isNaN(flat.mean()));
        assertEquals("regularity of 2 filters: in none of them do the weights differ", flat.toString());
    }

    @Test
    void snapshotsAreMeasuredOneByOne() {
        List<FilterRegularity> series = FilterRegularity.of(
                List.of(tensor(shape(1, 1, 2, 2), 1, -1, -1, 1), tensor(shape(1, 1, 1, 3), 0, 0, 3)));
        assertEquals(-1, series.get(0).mean(), 1e-12);
        assertEquals(-1 / 3.0, series.get(1).mean(), 1e-12);
    }

    @Test
    void filtersHaveFourAxesAndNeighbours() {
        fails(
                ShapeException.class,
                "FilterRegularity: expected filters W [FN, C, FH, FW] but got [5, 5]",
                () -> FilterRegularity.of(Tensor.zeros(5, 5)));
        fails(
                IllegalArgumentException.class,
                "FilterRegularity: a 1x1 filter has no neighbouring weights: take a layer with a larger kernel",
                () -> FilterRegularity.of(Tensor.zeros(5, 5, 1, 1)));
        assertTrue(Double.isNaN(FilterRegularity.of(tensor(shape(2, 1, 1, 2), 0, 1, Float.NaN, 1))
                .filter(1)));
    }

    @Test
    void anInterruptStopsIt() {
        Thread.currentThread().interrupt();
        fails(
                InterruptedWorkException.class,
                "filter regularity stopped after 0 of 5 filters",
                () -> FilterRegularity.of(Tensor.zeros(5, 1, 2, 2)));
        assertFalse(Thread.interrupted());
    }
}
