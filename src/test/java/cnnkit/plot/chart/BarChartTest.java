package cnnkit.plot.chart;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cnnkit.plot.card.Limits;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BarChartTest {
    private static BarSettings bars(Axis axis, double... values) {
        Map<String, double[]> series = new LinkedHashMap<>();
        for (double value : values) {
            series.put("s" + series.size(), new double[] {value});
        }
        return new BarSettings(List.of("a"), axis, series, Map.of(), 280, -1);
    }

    @Test
    void theTicksOfALogarithmicAxisArePowersOfTen() {
        // the trap: linear ticks under logarithmic bars would stand at 200,000, 400,000, ...
        BarChart chart = new BarChart(bars(new Axis("", true, null), 780, 432_000));
        chart.sheet().painter().accept(new BufferedImage(800, 400, BufferedImage.TYPE_INT_RGB).createGraphics());
        assertEquals(List.of("100", "1,000", "10,000", "100,000", "1,000,000"), chart.ticks());
    }

    @Test
    void aLogarithmicAxisNeedsANumberAboveZero() {
        fails(
                IllegalArgumentException.class,
                "Bars: a logarithmic axis has a place only for numbers above 0 but the largest is 0.0: leave out "
                        + "logarithmic()",
                () -> new BarChart(bars(new Axis("", true, null), 0, -3)));
        fails(
                IllegalArgumentException.class,
                "Bars.limits: a logarithmic axis begins above 0 but was asked to go from 0.0 to 9.0",
                () -> new BarChart(bars(new Axis("", true, new Limits(0, 9)), 1)));
    }

    @Test
    void aBarBeyondTheEndOfItsAxisIsRefused() {
        fails(
                IllegalArgumentException.class,
                "Bars: s1 of a is 5, beyond the end of its axis, 3: widen the limits",
                () -> new BarChart(bars(new Axis("", false, new Limits(0, 3)), 2, 5)));
    }
}
