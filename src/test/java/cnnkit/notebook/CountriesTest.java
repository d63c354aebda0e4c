package cnnkit.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.plot.Animation;
import cnnkit.plot.Bars;
import cnnkit.plot.Cells;
import cnnkit.plot.Charts;
import cnnkit.plot.Curves;
import cnnkit.plot.Drawing;
import cnnkit.plot.Equation;
import cnnkit.plot.SeedDots;
import cnnkit.plot.learned.Learned;
import cnnkit.plot.learned.NetworkStrip;
import cnnkit.plot.learned.Walkthrough;
import cnnkit.plot.lesson.ArgmaxMap;
import cnnkit.plot.lesson.FlattenedImage;
import cnnkit.plot.lesson.GradientRoutes;
import cnnkit.plot.lesson.Im2colMicroscope;
import cnnkit.plot.lesson.MemoryRibbon;
import cnnkit.plot.lesson.PoolingLadder;
import cnnkit.plot.lesson.PoolingWindows;
import cnnkit.plot.lesson.ProductBoxes;
import cnnkit.plot.lesson.WindowPlaces;
import cnnkit.tensor.Tensor;
import cnnkit.train.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.XYChart;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

/** What a notebook shows is the same to the byte, whatever the country that the machine is set to. */
class CountriesTest {
    private static final double[] X = {1000.5, 2000, 3000.25};
    private static final Window HALVING = Window.of(2).stride(2);
    private static final Network NETWORK =
            SimpleConvNet.builder().input(1, 10, 10).filters(3).hidden(12).build(1);
    private static final Tensor IMAGE = Tensor.range(1, 10, 10).map(value -> value / 99);
    private static final List<Progress> NEWS = Runs.news(1200);

    private static final Map<String, String> HERE = shownIn(Locale.ROOT);

    /** Everything that is shown, by name. */
    private static Map<String, Supplier<String>> shown() {
        Map<String, Supplier<String>> all = new LinkedHashMap<>();
        Tensor four = Tensor.range(4, 4).map(value -> value * 1000 - 1.5f);
        Tensor channel = four.reshape(1, 1, 4, 4);
        add(all, () -> Cells.signed(four).numbers(2).title("cells"));
        add(all, () -> Cells.counts(new int[][] {{12345, 6}, {7, 8}}));
        add(all, () -> Curves.of("x", "y").line("a", X, X).level("b", 1234.5).limitsX(0, 4000));
        add(all, () -> Curves.of("x", "y").dots("a", X, X).logX().logY().diagonal());
        add(all, () -> Curves.training(NEWS.get(NEWS.size() - 1).history()));
        add(all, () -> Bars.of("a", "b").series("s", 12345.5, -0.25).decimals(2));
        add(all, () -> SeedDots.of("v", "a").series("s", X));
        add(all, () -> Equation.of(Cells.pixels(four)).then("=", Cells.weights(four)));
        add(all, () -> Charts.figure(ofALearner(), "a chart of XChart"));
        add(all, () -> FlattenedImage.of(IMAGE.slice(0), 3, 4));
        add(all, () -> WindowPlaces.of(3).line("up", 12, 0, 3, 6, 9));
        add(all, () -> PoolingWindows.of(four, HALVING));
        add(all, () -> GradientRoutes.of(four, HALVING, Tensor.range(2, 2)));
        add(all, () -> Im2colMicroscope.of(channel, HALVING).window(3));
        add(
                all,
                () -> ProductBoxes.of(
                        Tensor.range(1, 3, 7, 7), Tensor.range(4, 3, 5, 5), Tensor.range(4), Window.of(5)));
        add(all, () -> PoolingLadder.of(channel, HALVING));
        add(all, () -> ArgmaxMap.of(channel, HALVING, Tensor.range(1, 1, 2, 2)));
        add(all, () -> MemoryRibbon.of(2, 3, 4, 4).pick(1, 2, 3, 3));
        add(all, () -> NetworkStrip.of(NETWORK));
        add(all, () -> Walkthrough.of(NETWORK, IMAGE));
        add(all, () -> Learned.filters(NETWORK.parameter("W1").value()));
        add(all, () -> Learned.receptiveFields(NETWORK, IMAGE));
        all.put(
                "an animation",
                () -> Html.image(Animation.of(List.of(Cells.pixels(four).numbers()), "numbers")));
        all.put("a table", () -> Tables.html(table()) + Tables.text(table()));
        all.put("a ledger", () -> Tables.ledger(NETWORK.summary()));
        all.put("a frame", () -> frame(NEWS.get(NEWS.size() / 2)));
        all.put("the last frame", () -> frame(NEWS.get(NEWS.size() - 1)));
        all.put("lines", CountriesTest::lines);
        all.put("a quiz", () -> {
            Quiz quiz = quiz();
            return quiz + quiz.ask(12).html() + Tables.html(quiz.table());
        });
        return all;
    }

    private static Quiz quiz() {
        try {
            return Quiz.read(Path.of("data/quiz/chapter7.txt"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(Map<String, Supplier<String>> all, Supplier<Drawing> drawing) {
        all.put("figure " + all.size(), () -> Html.image(drawing.get().figure()));
    }

    private static XYChart ofALearner() {
        XYChart chart = new XYChart(300, 200);
        chart.addSeries("a", X, X);
        return chart;
    }

    private static Table table() {
        return Table.create(
                "t",
                IntColumn.create("i", 1234, -5),
                LongColumn.create("l", 9_007_199_254_740_993L, 2L),
                DoubleColumn.create("d", 1234.5, 0.25));
    }

    private static String frame(Progress progress) {
        LiveFrame frame = LiveFrames.of(progress, 61.5);
        return frame.html() + frame.text();
    }

    private static String lines() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EpochLines lines = new EpochLines(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        lines.progress(Runs.with(Progress.State.INTERRUPTED, NEWS.get(1100)));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, String> shownIn(Locale country) {
        Locale before = Locale.getDefault();
        Locale.setDefault(country);
        try {
            Map<String, String> texts = new LinkedHashMap<>();
            shown().forEach((name, show) -> texts.put(name, show.get()));
            return texts;
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "fa", "ar-EG", "tr"})
    void whatIsShownIsTheSame(String country) {
        Map<String, String> there = shownIn(Locale.forLanguageTag(country));
        HERE.forEach((name, text) -> assertEquals(text, there.get(name), name));
    }

    @Test
    void theBarOfAFrameHasAWidthThatABrowserReads() {
        assertTrue(HERE.get("a frame").contains("height: 8px; width: 50.2%\""), HERE.get("a frame"));
        assertTrue(HERE.get("a frame").contains("width=\"680\""), HERE.get("a frame"));
    }
}
