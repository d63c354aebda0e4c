package cnnkit.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ElasticDeformationTest {
    /** Gives the same number every time, or those of a list. */
    private static Random numbers(double... wanted) {
        return new Random() {
            private int drawn;

            @Override
            public double nextDouble() {
                return wanted[drawn++ % wanted.length];
            }
        };
    }

    private static double[] pull(int height, int width, Random random, double most) {
        ElasticDeformation sheet = new ElasticDeformation(height, width);
        sheet.draw(random, most);
        return sheet.pull;
    }

    @Test
    void anImageIsNotBentBeforeTheFirstDraw() {
        assertArrayEquals(new double[2 * 6], new ElasticDeformation(2, 3).pull);
    }

    @Test
    void aGridThatIsPulledAlikeMovesEveryPixelAlike() {
        for (int side : new int[] {1, 2, 3, 5, 28, 31}) {
            for (double each : pull(side, side + 2, numbers(0.75), 4)) {
                assertEquals(2, each, 1e-14, "side " + side); // 4 (2 * 0.75 - 1)
            }
        }
    }

    /** A spline keeps what is straight straight: each row and column of points is pulled a seventh further than the last. */
    @Test
    void aGridThatIsPulledEvenlyStretchesTheImageEvenly() {
        double[] steps = new double[98];
        for (int i = 0; i < 49; i++) {
            steps[i] = (1 + (i / 7) / 7.0) / 2; // down: 0, 1/7, 2/7 ...
            steps[49 + i] = (1 + (i % 7) / 7.0) / 2; // to the right
        }
        double[] pull = pull(28, 20, numbers(steps), 7);
        for (int i = 0; i < 28 * 20; i++) {
            // the first point lies a square before the image: 7 rows, 5 columns; a pixel's middle is half a pixel
            // inside
            assertEquals(1 + (i / 20 + 0.5) / 7, pull[i], 1e-13, "down " + i);
            assertEquals(1 + (i % 20 + 0.5) / 5, pull[28 * 20 + i], 1e-13, "right " + i);
        }
    }

    /** The cubic B-spline of one point, by its definition: zero four squares apart, 2/3 at the point. */
    @Test
    void aSinglePointPullsAsTheBSplineSays() {
        double[] one = new double[98];
        Arrays.fill(one, 0.5);
        one[3 * 7 + 3] = 1; // the point in the middle of the image
        double[] pull = pull(28, 28, numbers(one), 1);
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                assertEquals(spline((y - 13.5) / 7) * spline((x - 13.5) / 7), pull[y * 28 + x], 1e-14, y + " " + x);
                assertEquals(0, pull[28 * 28 + y * 28 + x], 0);
            }
        }
    }

    private static double spline(double distance) {
        double d = Math.abs(distance);
        return d < 1 ? 2 / 3.0 - d * d + d * d * d / 2 : d < 2 ? Math.pow(2 - d, 3) / 6 : 0;
    }

    /** The share of the variance that a spline keeps is the mean of the sum of its squared weights, 151/315 a direction. */
    @Test
    void pixelsArePulledByAboutAQuarterOfTheMost() {
        Random random = new Random(1);
        double squares = 0, most = 0;
        for (int i = 0; i < 2000; i++) {
            double[] pull = pull(28, 28, random, 4);
            squares += DoubleStream.of(pull).map(each -> each * each).sum() / pull.length / 2000;
            most = Math.max(most, DoubleStream.of(pull).map(Math::abs).max().orElseThrow());
        }
        assertEquals(4 / Math.sqrt(3) * 151 / 315, Math.sqrt(squares), 0.02);
        assertTrue(most <= 4, "at most " + most);
    }

    /** A spline's slope is at most 1.5 times the largest pull for each square. */
    @Test
    void neighboursArePulledAlmostAlike() {
        Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            double[] pull = pull(28, 28, random, 4);
            for (int at = 0; at < pull.length; at++) {
                if (at % 28 > 0) {
                    assertEquals(pull[at - 1], pull[at], 1.5 * 4 / 7, "right " + at);
                }
                if (at % (28 * 28) >= 28) {
                    assertEquals(pull[at - 28], pull[at], 1.5 * 4 / 7, "down " + at);
                }
            }
        }
    }
}
