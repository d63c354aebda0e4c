package cnnkit.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.plot.card.Style;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class SeedDotsTest {
    @Test
    void aDotLiesWhereItsValueIsOnTheAxis() {
        int[] middles = new int[3];
        for (int i = 0; i < middles.length; i++) {
            BufferedImage image = SeedDots.of("accuracy", "setting")
                    .series("seeds", new double[] {0.25 + 0.25 * i})
                    .limits(0, 1)
                    .figure()
                    .image();
            middles[i] = middle(image);
        }
        assertEquals(middles[1] - middles[0], middles[2] - middles[1], 2, "the axis is linear");
        assertTrue(middles[1] > middles[0] + 200, "a quarter of the axis lies between them");
    }

    /** Of the stroke at the mean, between the first and the last rule of the only row. */
    private static int middle(BufferedImage image) {
        int row = Pixels.box(image, Style.RULE).y + 20;
        for (int x = image.getWidth() - 1; x > 0; x--) {
            if (image.getRGB(x, row) == Style.INK.getRGB()) {
                return x;
            }
        }
        throw new AssertionError("no stroke at the mean");
    }

    @Test
    void everySettingHasARowOfItsOwn() {
        int two = SeedDots.of("v", "a", "b")
                .series("s", runs(1), runs(2))
                .figure()
                .height();
        int three = SeedDots.of("v", "a", "b", "c")
                .series("s", runs(1), runs(2), runs(3))
                .figure()
                .height();
        assertTrue(three > two + 20, two + " and " + three);
    }

    @Test
    void twoSeriesAreNamedInALegendAndOneIsNot() {
        SeedDots one = SeedDots.of("v", "a").series("training", runs(1, 2));
        int height = one.figure().height();
        one.series("test", runs(1, 2));
        Rectangle legend = new Rectangle(
                0, 2 * height - 10, 2 * Style.WIDTH, 2 * (one.figure().height() - height));
        assertTrue(Pixels.dark(one.figure().image(), legend) > 50, "no words in the legend");
    }

    @Test
    void theTicksAreRoundNumbers() {
        assertEquals(0.2, SeedDots.step(1), 1e-12);
        assertEquals(0.02, SeedDots.step(0.12), 1e-12);
        assertEquals(5, SeedDots.step(37), 1e-12);
    }

    @Test
    void theCardIsOpaqueAndNoWiderThanAPage() {
        BufferedImage image =
                SeedDots.of("v", "a").series("s", runs(1, 2)).figure().image();
        assertEquals(Color.WHITE.getRGB(), image.getRGB(0, 0));
        assertEquals(2 * Style.WIDTH, image.getWidth());
    }

    @Test
    void rowsWithoutRunsAreRefused() {
        SeedDots dots = SeedDots.of("v", "a", "b");
        assertEquals(
                "SeedDots: s has runs for 1 rows, but there are 2",
                assertThrows(IllegalArgumentException.class, () -> dots.series("s", runs(1)))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> dots.series("s", runs(1), runs()));
        assertThrows(IllegalArgumentException.class, () -> dots.series("s", runs(1), runs(Double.NaN)));
        assertThrows(IllegalStateException.class, dots::figure);
    }

    @Test
    void aRunBeyondTheAxisIsRefused() {
        SeedDots dots = SeedDots.of("v", "a").series("s", runs(0.5, 1.5)).limits(0, 1);
        assertEquals(
                "SeedDots: s of a is 1.5, beyond the axis from 0.0 to 1.0: widen the limits",
                assertThrows(IllegalArgumentException.class, dots::figure).getMessage());
    }

    private static double[] runs(double... values) {
        return values;
    }
}
