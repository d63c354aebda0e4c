package cnnkit.tensor;

import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class TensorTextTest {

    @Test
    void theShapeStandsAboveTheRows() {
        assertEquals("""
                Tensor [2, 3]
                [[0 1 2]
                 [3 4 5]]""", Tensor.range(2, 3).toString());
    }

    @Test
    void columnsAreAsWideAsTheWidestNumber() {
        assertEquals("""
                Tensor [2, 2]
                [[  1 -20]
                 [300   4]]""", tensor(shape(2, 2), 1, -20, 300, 4).toString());
    }

    @Test
    void matricesOfABatchHaveAnEmptyLineBetweenThem() {
        assertEquals("""
                Tensor [2, 2, 2]
                [[[0 1]
                  [2 3]]

                 [[4 5]
                  [6 7]]]""", Tensor.range(2, 2, 2).toString());
    }

    @Test
    void fractionsHaveFourDecimalsAndAPointInEveryCountry() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertEquals("""
                    Tensor [3]
                    [ 0.5000 -1.2500  3.1416]""", tensor(shape(3), 0.5, -1.25, 3.14159).toString());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void verySmallAndVeryLargeNumbersArePowersOfTen() {
        assertEquals(
                "Tensor [2]\n[ 1.000e-03 -2.500e-04]",
                tensor(shape(2), 0.001, -0.00025).toString());
        assertEquals(
                "Tensor [2]\n[1.000e+08 5.000e-01]", tensor(shape(2), 1e8, 0.5).toString());
    }

    @Test
    void oneMoreThanAThousandValuesLeaveOutTheMiddle() {
        assertEquals(
                "Tensor [1001]\n[   0    1    2 ...  998  999 1000]",
                Tensor.range(1001).toString());
    }

    @Test
    void aLargeMatrixKeepsItsCorners() {
        assertEquals("""
                Tensor [40, 30]
                [[   0    1    2 ...   27   28   29]
                 [  30   31   32 ...   57   58   59]
                 [  60   61   62 ...   87   88   89]
                 ...
                 [1110 1111 1112 ... 1137 1138 1139]
                 [1140 1141 1142 ... 1167 1168 1169]
                 [1170 1171 1172 ... 1197 1198 1199]]""", Tensor.range(40, 30).toString());
    }

    @Test
    void anAxisOfSixIsNotElided() {
        String text = Tensor.range(200, 6).toString();
        assertEquals(
                "[[   0    1    2    3    4    5]",
                text.lines().skip(1).findFirst().orElseThrow());
    }

    @Test
    void tensorsWithoutElementsAndWithoutAxesPrint() {
        assertEquals("Tensor [0, 3]\n[]", Tensor.zeros(0, 3).toString());
        assertEquals("Tensor []\n7", tensor(shape(), 7).toString());
    }

    @Test
    void nanAndInfinityAreShown() {
        assertEquals(
                "Tensor [3]\n[      NaN -Infinity         1]",
                tensor(shape(3), Double.NaN, Double.NEGATIVE_INFINITY, 1).toString());
    }

    @Test
    void aTensorOfTwentyMillionValuesPrintsItsCorners() {
        Tensor large = Tensor.zeros(20_000_000);
        assertEquals("Tensor [20000000]\n[0 0 0 ... 0 0 0]", large.toString());
    }
}
