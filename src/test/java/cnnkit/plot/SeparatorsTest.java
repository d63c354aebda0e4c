package cnnkit.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cnnkit.network.SimpleConvNet;
import cnnkit.notebook.Html;
import cnnkit.plot.learned.NetworkStrip;
import cnnkit.plot.lesson.WindowPlaces;
import cnnkit.tensor.Language;
import cnnkit.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Words in Chinese are separated as in Chinese, also where they are put together from pieces. */
class SeparatorsTest {
    private static final String HAN = "[\\u4e00-\\u9fff\\u3001\\u3002\\uff00-\\uffef]";
    private static final Pattern ENGLISH = Pattern.compile(HAN + "[,;:](?!\\S)|" + HAN + "\\.|[,;:] ?" + HAN);
    private static final double[] X = {1, 2, 3}, Y = {4, 5, 6};

    @BeforeEach
    void speakChinese() {
        Language.use("zh");
    }

    @AfterEach
    void asBefore() {
        Language.use("");
    }

    @TestFactory
    Stream<DynamicTest> noAltTextHasAnEnglishOneBesideAChineseWord() {
        return FitTest.samples().entrySet().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.getKey().getSimpleName(), () -> {
                    Language.use("zh");
                    assertChinese(sample.getValue().get());
                    Supplier<TitledDrawing<?>> titled =
                            () -> sample.getValue().get().title("training accuracy");
                    assertChinese(titled.get());
                }));
    }

    @Test
    void severalOfAKindAreSeparatedInChinese() {
        Cells cells = Cells.pixels(Tensor.range(2, 2));
        assertChinese(Gallery.of(
                cells.title("maximum"), Cells.signed(Tensor.range(2, 2)).title("average")));
        assertChinese(Equation.of(cells).then("", cells));
        assertChinese(PairedSlopes.of("loss", "trained", "untrained")
                .pairs("training accuracy", X, Y)
                .pairs("loss", Y, X));
        assertChinese(WindowPlaces.of(3).line("maximum", 7, 0, 3).line("average", 8));
        assertChinese(SeedDots.of("loss", "trained", "untrained").series("average", new double[][] {X, Y}));
        assertChinese(Curves.of("step", "loss").line("training accuracy", X, Y).line("validation accuracy", X, Y));
        assertChinese(NetworkStrip.of("the network", SimpleConvNet.create(1)).title("layer"));
        assertChinese(Cells.pixels(Tensor.range(1, 3).map(value -> value == 0 ? Float.NaN : value / 0f)));
    }

    private static void assertChinese(Drawing drawing) {
        String alt = Html.escape(drawing.figure().alt());
        assertEquals(
                List.of(),
                ENGLISH.matcher(alt).results().map(MatchResult::group).toList(),
                alt);
    }
}
