package cnnkit.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.plot.card.Style;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BarsTest {
    @Test
    void barsOnALogarithmicAxisAreAsLongAsTheirLogarithms() {
        BufferedImage image = Bars.of("a")
                .series("small", 1_000)
                .series("large", 100_000)
                .logarithmic()
                .limits(100, 1_000_000)
                .figure()
                .image();
        double small = withoutLegend(image, 0).height, large = withoutLegend(image, 1).height;
        assertEquals(3, large / small, 0.03, small + " and " + large); // 2 to 5 against 2 to 3
    }

    @Test
    void everyCategoryHasItsLabelUnderItsBar() {
        List<String> names = IntStream.range(0, 14).mapToObj(i -> "Layer" + i).toList();
        BufferedImage image = Bars.of(names)
                .series("n", IntStream.range(0, 14).mapToDouble(i -> 5).toArray())
                .figure()
                .image();
        Rectangle bars = Pixels.box(image, Style.BLUE);
        for (int i = 0; i < names.size(); i++) {
            int room = bars.width / names.size();
            Rectangle under = new Rectangle(bars.x + i * room, bars.y + bars.height + 20, room, 50);
            assertTrue(Pixels.dark(image, under) > 20, "no label under bar " + i);
        }
    }

    @Test
    void aBarOfZeroOnALogarithmicAxisIsOnlyItsNumber() {
        BufferedImage image = Bars.of("Conv1", "Relu1")
                .series("parameters", 780, 0)
                .logarithmic()
                .figure()
                .image();
        Rectangle bar = Pixels.box(image, Style.BLUE);
        Rectangle right = new Rectangle(image.getWidth() * 6 / 10, bar.y, image.getWidth() * 3 / 10, bar.height - 4);
        assertTrue(bar.x + bar.width < right.x, "no bar at the right");
        assertTrue(Pixels.dark(image, right) > 10, "but a number");
    }

    @Test
    void oneSeriesNeedsNoLegend() {
        int one = Bars.of("a").series("s", 1).figure().height();
        int two = Bars.of("a").series("s", 1).series("t", 1).figure().height();
        assertTrue(two > one);
    }

    @Test
    void theWordsNameEveryNumber() {
        assertEquals(
                "Costs. parameters: Conv1 780, Affine1 432,100.",
                Bars.of("Conv1", "Affine1")
                        .series("parameters", 780, 432_100)
                        .title("Costs")
                        .figure()
                        .alt());
    }

    @Test
    void barsThatDoNotFitAreRefused() {
        Bars bars = Bars.of("a", "b");
        assertEquals(
                "Bars: s has 1 values for 2 categories",
                assertThrows(IllegalArgumentException.class, () -> bars.series("s", 1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> bars.series("s", 1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Bars.of("a", "a"));
        assertThrows(IllegalStateException.class, bars::figure);
    }

    /** The bar of a series; the box in the legend has the same colour and lies below. */
    private static Rectangle withoutLegend(BufferedImage image, int series) {
        BufferedImage above = image.getSubimage(0, 0, image.getWidth(), image.getHeight() - 2 * 30);
        return Pixels.box(above, Style.FILLS.get(series));
    }
}
