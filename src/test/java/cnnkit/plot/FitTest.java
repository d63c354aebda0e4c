package cnnkit.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.layer.Convolution;
import cnnkit.network.AlexNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.plot.card.Fitted;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Style;
import cnnkit.plot.learned.NetworkStrip;
import cnnkit.plot.learned.Walkthrough;
import cnnkit.plot.lesson.ArgmaxMap;
import cnnkit.plot.lesson.ChannelSums;
import cnnkit.plot.lesson.ColourPictures;
import cnnkit.plot.lesson.ComputationGraph;
import cnnkit.plot.lesson.FlattenedImage;
import cnnkit.plot.lesson.GradientByHand;
import cnnkit.plot.lesson.GradientRoutes;
import cnnkit.plot.lesson.Im2colMicroscope;
import cnnkit.plot.lesson.LayerBlocks;
import cnnkit.plot.lesson.MemoryRibbon;
import cnnkit.plot.lesson.OutputSizes;
import cnnkit.plot.lesson.PoolingLadder;
import cnnkit.plot.lesson.PoolingWindows;
import cnnkit.plot.lesson.ProductBoxes;
import cnnkit.plot.lesson.TwoTowers;
import cnnkit.plot.lesson.WindowPlaces;
import cnnkit.tensor.Language;
import cnnkit.tensor.Tensor;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is written in figures is never cut, however long it is: one rule for all of them. */
class FitTest {
    private static final String ENGLISH =
            "What a very long title says that somebody wrote without thinking of the card it has to fit on, and on it goes";
    private static final String CHINESE = "一个特别长的标题写的人没有想到它要放在多宽的图上所以这个标题比图还要宽很多必须换行或者缩小但是绝对不能被截掉一部分";
    private static final String WORD = "a".repeat(150);
    private static final double[] X = {1, 2, 3}, Y = {4, 5, 6};

    private static final Network NETWORK = SimpleConvNet.builder().build(1);
    private static final Window WINDOW = Window.of(2).stride(2);

    private static Tensor image(int... shape) {
        int length = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return Tensor.range(shape).map(value -> value / length);
    }

    /** One of each kind. A new kind of figure is missed by the first test until it stands here. */
    static Map<Class<?>, Supplier<TitledDrawing<?>>> samples() {
        Map<Class<?>, Supplier<TitledDrawing<?>>> all = new LinkedHashMap<>();
        all.put(Cells.class, () -> Cells.pixels(image(4, 4)));
        all.put(Curves.class, () -> Curves.of("x", "y").line("l", X, Y).dots("d", X, X));
        all.put(Bars.class, () -> Bars.of("a", "b").series("s", 1, 2).series("t", 2, 1));
        all.put(SeedDots.class, () -> SeedDots.of("v", "a").series("s", new double[][] {X}));
        all.put(PairedSlopes.class, () -> PairedSlopes.of("v", "a", "b").pairs("", X, Y));
        all.put(Gallery.class, () -> Gallery.of(Cells.pixels(image(4, 4))));
        all.put(Equation.class, () -> Equation.of(Cells.pixels(image(4, 4))).then("=", Cells.pixels(image(4, 4))));
        all.put(ArgmaxMap.class, () -> ArgmaxMap.of(image(1, 1, 4, 4), WINDOW, image(1, 1, 2, 2)));
        all.put(FlattenedImage.class, () -> FlattenedImage.of(image(28, 28), 13, 14));
        all.put(GradientRoutes.class, () -> GradientRoutes.of(image(4, 4), WINDOW, image(2, 2)));
        all.put(Im2colMicroscope.class, () -> Im2colMicroscope.of(image(1, 1, 4, 4), Window.of(3)));
        all.put(LayerBlocks.class, () -> LayerBlocks.of(new Convolution(image(2, 3, 2, 2), image(2), WINDOW), 8, 8));
        all.put(MemoryRibbon.class, () -> MemoryRibbon.of(2, 2, 3, 3));
        all.put(PoolingLadder.class, () -> PoolingLadder.of(image(1, 2, 4, 4), WINDOW));
        all.put(PoolingWindows.class, () -> PoolingWindows.of(image(4, 4), WINDOW));
        all.put(
                ProductBoxes.class,
                () -> ProductBoxes.of(image(1, 1, 4, 4), image(2, 1, 3, 3), image(2), Window.of(3)));
        all.put(ChannelSums.class, () -> ChannelSums.of(image(2, 4, 4), image(2, 3, 3), 1));
        all.put(
                ComputationGraph.class,
                () -> ComputationGraph.empty().value("x", 2).operation("y", "( )²", 4, "x"));
        all.put(GradientByHand.class, () -> GradientByHand.weight(image(3, 3), image(2, 2), 0, 1));
        all.put(TwoTowers.class, () -> TwoTowers.of(AlexNet.small().build(1)));
        all.put(ColourPictures.class, () -> ColourPictures.of(image(2, 3, 4, 4)));
        all.put(OutputSizes.class, () -> OutputSizes.of(3, 3, 6, 2));
        all.put(WindowPlaces.class, () -> WindowPlaces.of(3).line("down", 8, 0, 3));
        all.put(NetworkStrip.class, () -> NetworkStrip.of(NETWORK));
        all.put(Walkthrough.class, () -> Walkthrough.of(NETWORK, image(1, 28, 28)));
        return all;
    }

    @Test
    void everyKindOfFigureIsMeasured() throws Exception {
        TreeSet<String> found = new TreeSet<>();
        Path sources = Path.of("src/main/java");
        try (Stream<Path> files = Files.walk(sources.resolve("cnnkit/plot"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String name = sources.relativize(file)
                        .toString()
                        .replaceAll("[/\\\\]", ".")
                        .replaceAll("\\.java$", "");
                Class<?> type = name.endsWith("package-info") ? Object.class : Class.forName(name);
                boolean concrete = Modifier.isPublic(type.getModifiers()) && !Modifier.isAbstract(type.getModifiers());
                if (concrete && TitledDrawing.class.isAssignableFrom(type)) {
                    found.add(type.getSimpleName());
                }
            }
        }
        TreeSet<String> measured = new TreeSet<>();
        samples().keySet().forEach(type -> measured.add(type.getSimpleName()));
        assertEquals(found, measured);
    }

    @TestFactory
    Stream<DynamicTest> noTitleIsCut() {
        return samples().entrySet().stream()
                .flatMap(sample -> Stream.of(ENGLISH, CHINESE, WORD)
                        .map(title -> DynamicTest.dynamicTest(
                                sample.getKey().getSimpleName() + " " + title.substring(0, 6),
                                () -> requireFits(sample.getKey(), sample.getValue(), title))));
    }

    private static void requireFits(Class<?> type, Supplier<TitledDrawing<?>> sample, String title) {
        int untitled = sample.get().figure().width();
        Figure figure = sample.get().title(title).figure();
        requireWhiteRim(figure);
        assertTrue(figure.width() <= Math.max(Style.WIDTH, untitled), type + " is " + figure.width() + " wide");
    }

    /** Nothing is drawn at the very edge of the card, where what is cut would show. */
    static void requireWhiteRim(Figure figure) {
        BufferedImage image = figure.image();
        int right = image.getWidth() - 1, bottom = image.getHeight() - 1;
        for (int x = 0; x <= right; x++) {
            assertEquals(0xFFFFFFFF, image.getRGB(x, 0), "top");
            assertEquals(0xFFFFFFFF, image.getRGB(x, bottom), "bottom");
        }
        for (int y = 0; y <= bottom; y++) {
            assertEquals(0xFFFFFFFF, image.getRGB(0, y), "left, at " + y);
            assertEquals(0xFFFFFFFF, image.getRGB(right, y), "right, at " + y);
        }
    }

    @TestFactory
    Stream<DynamicTest> nothingElseThatIsWrittenIsCut() {
        return Stream.of(ENGLISH, CHINESE, WORD)
                .flatMap(text -> written(text).entrySet().stream()
                        .map(one -> DynamicTest.dynamicTest(
                                one.getKey() + " " + text.substring(0, 6),
                                () -> requireWhiteRim(one.getValue().get()))));
    }

    static Map<String, Supplier<Figure>> written(String text) {
        Map<String, Supplier<Figure>> all = new LinkedHashMap<>();
        all.put(
                "caption",
                () -> Cells.pixels(image(3, 4, 4)).captions("a", text).figure());
        all.put(
                "labels of cells",
                () -> Cells.pixels(image(2, 2))
                        .rowLabels(text, "b")
                        .columnLabels("a", text)
                        .axisNames(text, text)
                        .figure());
        all.put("names of axes", () -> Curves.of(text, text).line("l", X, Y).figure());
        all.put(
                "legend",
                () -> Curves.of("x", "y")
                        .line(text, X, Y)
                        .dots(text + 2, X, Y)
                        .level(text + 3, 5)
                        .figure());
        all.put(
                "bars",
                () -> Bars.of(text, "b")
                        .series(text, 1, 2)
                        .series("t", 2, 1)
                        .valueName(text)
                        .figure());
        all.put(
                "seeds",
                () -> SeedDots.of(text, text)
                        .series(text, new double[][] {X})
                        .series("t", new double[][] {X})
                        .figure());
        all.put(
                "slopes",
                () -> PairedSlopes.of(text, text, text)
                        .pairs(text, X, Y)
                        .pairs(text, X, Y)
                        .figure());
        all.put("places", () -> WindowPlaces.of(3).line(text, 8, 0, 3).figure());
        return all;
    }

    @TestFactory
    Stream<DynamicTest> noChineseFigureIsCut() {
        return samples().entrySet().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.getKey().getSimpleName(), () -> {
                    Language.use("zh");
                    try {
                        requireWhiteRim(sample.getValue().get().figure());
                    } finally {
                        Language.use("");
                    }
                }));
    }

    @Test
    void whatFitsStaysAsItIsAndWhatDoesNotIsBrokenBeforeItIsSetSmaller() {
        assertEquals(List.of("short"), Fitted.of("short", Style.TITLE, 300).lines());
        Fitted two = Fitted.of("a title of some words that needs two lines", Style.TITLE, 260);
        assertEquals(2, two.lines().size());
        assertEquals(Style.TITLE.getSize2D(), two.font().getSize2D());
        Fitted small = Fitted.of(ENGLISH, Style.TITLE, 400);
        assertEquals(2, small.lines().size());
        assertTrue(small.font().getSize2D() < Style.TITLE.getSize2D());
        assertEquals(0, Fitted.of("", Style.TITLE, 9).height());
    }

    @Test
    void noLineOfAFittedTextIsWiderThanItsRoomAndNoLetterIsLost() {
        for (String text : List.of(ENGLISH, CHINESE, WORD)) {
            for (int room : new int[] {60, 150, 333, 700}) {
                Fitted fitted = Fitted.of(text, Style.TITLE, room);
                assertTrue(fitted.width() <= room, room + ": " + fitted);
                assertEquals(
                        text.replace(" ", ""), String.join("", fitted.lines()).replace(" ", ""));
            }
        }
    }

    @Test
    void lettersThatTheFontLacksAreWrittenInOneThatHasThem() {
        assertEquals(Style.TITLE, Letters.suited("title", Style.TITLE));
        Font other = Letters.suited("\uE000", Style.TITLE); // a letter of nobody's
        assertEquals(Style.TITLE.getSize2D(), other.getSize2D());
    }
}
