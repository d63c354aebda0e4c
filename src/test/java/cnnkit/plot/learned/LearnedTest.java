package cnnkit.plot.learned;

import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Dataset;
import cnnkit.im2col.Window;
import cnnkit.inspect.ActivationMaximization;
import cnnkit.inspect.ClassSelectivity;
import cnnkit.inspect.FilterRegularity;
import cnnkit.inspect.Occlusion;
import cnnkit.inspect.OrientationResponse;
import cnnkit.inspect.Region;
import cnnkit.inspect.Silencing;
import cnnkit.inspect.TopPatches;
import cnnkit.layer.Affine;
import cnnkit.layer.Convolution;
import cnnkit.layer.Relu;
import cnnkit.network.Network;
import cnnkit.plot.Bars;
import cnnkit.plot.Cells;
import cnnkit.plot.Curves;
import cnnkit.plot.Figure;
import cnnkit.plot.Inside;
import cnnkit.plot.Pixels;
import cnnkit.plot.card.ColorScale;
import cnnkit.plot.card.Style;
import cnnkit.plot.chart.Series;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearnedTest {
    private static final Tensor EDGES = tensor(
            shape(2, 1, 3, 3),
            -1,
            -1,
            -1,
            0,
            0,
            0,
            1,
            1,
            1, //
            -1,
            0,
            1,
            -1,
            0,
            1,
            -1,
            0,
            1);

    /** A horizontal and a vertical edge, on images of 8x8; each map is summed up to a score. */
    private static Network edges() {
        Tensor sums = Tensor.zeros(72, 2);
        for (int i = 0; i < 72; i++) {
            sums.set(1, i, i / 36);
        }
        return Network.builder(1, 8, 8)
                .add("Conv1", new Convolution(EDGES.copy(), Tensor.zeros(2), Window.of(3)))
                .add("Relu1", new Relu())
                .add("Affine1", new Affine(sums, Tensor.zeros(2)))
                .build();
    }

    /** Bright below the middle (class 0) or on the right of it (class 1). */
    private static Dataset halves() {
        byte[] pixels = new byte[128];
        for (int i = 0; i < 64; i++) {
            pixels[i] = (byte) (i / 8 >= 4 ? 255 : 0);
            pixels[64 + i] = (byte) (i % 8 >= 4 ? 255 : 0);
        }
        return Dataset.of(pixels, new int[] {0, 1}, 2, 1, 8, 8);
    }

    @Test
    void filtersCarryTheirRegularity() {
        Cells cells = Learned.filters(EDGES);
        assertEquals(List.of("r = 0.57", "r = 0.57"), Inside.captions(cells));
        assertEquals(
                "2 filters of 3 × 3 weights; neighbouring weights correlate by 0.57 on average, from 0.57 to 0.57.",
                cells.alt());
        Cells deep = Learned.filters(Tensor.range(3, 2, 2, 2));
        assertEquals(List.of("0.00", "", "0.00", "", "0.00", ""), Inside.captions(deep)); // one for a row of channels
        assertEquals(2, Inside.across(deep));
    }

    @Test
    void regularityThroughTrainingHasALineAndTheMiddleHalf() {
        Tensor W = Tensor.zeros(5, 1, 1, 3);
        for (int f = 0; f < 5; f++) {
            W.set(1, f, 0, 0, 0);
            W.set(f / 4f, f, 0, 0, 1);
            W.set(f / 2f, f, 0, 0, 2);
        }
        FilterRegularity regularity = FilterRegularity.of(W);
        Curves curves = Learned.regularity(new double[] {0, 50}, List.of(regularity, regularity));
        Series band = Inside.series(curves).get(0);
        double[] sorted =
                regularity.filters().stream().mapToDouble(r -> r).sorted().toArray();
        assertEquals(regularity.mean(), band.y()[1]);
        assertEquals(sorted[1], band.low()[1]);
        assertEquals(sorted[3], band.high()[0]);
        assertTrue(sorted[1] < sorted[3]);
        fails(
                IllegalArgumentException.class,
                "Learned: mean of the filters, and the middle half needs as many x as y, at least one, but got 1 and 2",
                () -> Learned.regularity(new double[1], List.of(regularity, regularity)));
    }

    @Test
    void orientationDrawsTheFilterThatIsMostVerticalFirst() {
        Figure figure = Learned.orientation(OrientationResponse.of(EDGES), EDGES);
        assertEquals(
                "Of the filters, filter 1 prefers 90 degrees, with a selectivity of 1.00; "
                        + "filter 0 prefers 0 degrees, with a selectivity of 1.00.",
                figure.alt());
        assertTrue(figure.width() <= Style.WIDTH);
        BufferedImage image = figure.image();
        Rectangle blue = Pixels.box(image, Style.BLUE), red = Pixels.box(image, Style.VERMILION);
        Rectangle peak = Pixels.box(image.getSubimage(0, blue.y, image.getWidth(), 6), Style.BLUE);
        Rectangle ends = Pixels.box(image.getSubimage(0, red.y, image.getWidth(), 6), Style.VERMILION);
        assertEquals(ends.getCenterX(), peak.getCenterX(), 4); // 90 degrees, in the middle of the axis
        assertTrue(ends.width > 0.9 * red.width && peak.width < 0.3 * red.width); // 0 and 180 degrees
        fails(
                ShapeException.class,
                "Learned.orientation: expected filters W [2, C, FH, FW] but got [1, 1, 3, 3]",
                () -> Learned.orientation(OrientationResponse.of(EDGES), EDGES.rows(0, 1)));
    }

    @Test
    void petalsLieAlongTheStripesThatAFilterPrefers() {
        OrientationResponse response = OrientationResponse.of(EDGES);
        Figure figure = Learned.roses(response, EDGES);
        assertEquals(
                "Roses of responses to stripes: filter 1 prefers stripes of 90 degrees, with a selectivity of 1.00; "
                        + "filter 0 prefers stripes of 0 degrees, with a selectivity of 1.00.",
                figure.alt());
        assertTrue(figure.width() <= Style.WIDTH);
        BufferedImage image = figure.image();
        int half = image.getWidth() / 2,
                below = 2 * 100; // the roses lie below the filters, the vertical one on the left
        Rectangle upright = Pixels.box(image.getSubimage(0, below, half, image.getHeight() - below), Style.BLUE);
        Rectangle lying = Pixels.box(image.getSubimage(half, below, half, image.getHeight() - below), Style.BLUE);
        assertTrue(upright.height > 1.5 * upright.width, upright.toString());
        assertTrue(lying.width > 1.5 * lying.height, lying.toString());
        assertEquals(upright.height, lying.width, 4);
        fails(
                IllegalArgumentException.class,
                "Learned.roses: expected 1 to 5 filters but got 6",
                () -> Learned.roses(response, EDGES, 0, 1, 0, 1, 0, 1));
        fails(
                ShapeException.class,
                "Learned.roses: expected filters W [2, C, FH, FW] but got [1, 1, 3, 3]",
                () -> Learned.roses(response, EDGES.rows(0, 1)));
    }

    @Test
    void receptiveFieldsAreFramesAroundTheMiddle() {
        Figure figure = Learned.receptiveFields(edges(), halves().image(0));
        assertEquals(
                "What a unit of each layer sees of an image of 8 × 8 pixels: 3 × 3  Conv1, Relu1; 8 × 8  Affine1.",
                figure.alt());
        BufferedImage image = figure.image();
        Rectangle frames = Pixels.box(image.getSubimage(0, 0, 2 * (12 + 8 * 42), image.getHeight()), Style.VERMILION);
        assertEquals(new Rectangle(24, 24, 2 * 8 * 42, 2 * 8 * 42), frames); // the largest frame is the whole image
        Rectangle inside = new Rectangle(24 + 2 * 42, 24 + 2 * 42, 2 * 6 * 42, 2 * 6 * 42);
        Rectangle small =
                Pixels.box(image.getSubimage(inside.x, inside.y, inside.width, inside.height), Style.VERMILION);
        assertEquals(2 * 2 * 42, small.x, 1); // rows and columns 3 to 5, as the middle pixel is 4
        assertEquals(2 * 2 * 42, small.y, 1);
    }

    @Test
    void topPatchesStandThreeInARow() {
        TopPatches top = TopPatches.of(edges(), "Relu1", 1, halves());
        Cells cells = Learned.topPatches(top);
        assertEquals(List.of("3.00", "0.00"), Inside.captions(cells));
        assertEquals(
                "the 2 patches that excite channel 1 of Relu1 most: activations 3.00 to 0.00, of the images of classes 0, 1.",
                cells.alt());
        assertEquals(1, Inside.panels(cells).get(0).get(0, 2)); // dark on the left, bright on the right
        assertEquals(0, Inside.panels(cells).get(0).get(2, 0));
        Cells rows = Learned.topPatches(TopPatches.ofAll(edges(), "Relu1", halves(), 2));
        assertEquals(List.of("channel 0", "", "channel 1", ""), Inside.captions(rows));
        assertEquals(2, Inside.across(rows));
    }

    @Test
    void maximizingImagesAreWhatTheUnitsSee() {
        ActivationMaximization search = new ActivationMaximization(edges()).smoothness(0);
        Cells cells = Learned.maximizing(search.maximize("Conv1", 0), search.maximize("Conv1", 1));
        assertEquals(List.of("channel 0\n3.00", "channel 1\n3.00"), Inside.captions(cells));
        assertEquals(3, Inside.panels(cells).get(0).size(0));
        assertEquals(1, Inside.panels(cells).get(0).get(2, 0)); // bright below
        assertEquals(0, Inside.panels(cells).get(1).get(2, 0)); // dark on the left
        fails(
                ShapeException.class,
                "Learned: expected image 1 [3, 3] but got [8, 8]",
                () -> Learned.maximizing(search.maximize("Conv1", 0), search.maximize("Affine1", 0)));
    }

    @Test
    void selectivityHasACurveForEachNetwork() {
        List<ClassSelectivity> trained = ClassSelectivity.byDepth(edges(), halves());
        double[][] means = {{1, 1}, {1, 3}};
        List<ClassSelectivity> untrained = List.of(new ClassSelectivity("Relu1", means, new double[] {0, 0.5}));
        Curves curves = Learned.selectivity(trained, untrained);
        assertEquals(
                List.of("trained", "untrained"),
                Inside.series(curves).stream().map(Series::name).toList());
        assertEquals(1, Inside.series(curves).get(0).y()[0]); // each filter answers to one class
        assertEquals(0.25, Inside.series(curves).get(1).y()[0]);
        assertEquals(0.125, Inside.series(curves).get(1).low()[0]);
        assertEquals(0.375, Inside.series(curves).get(1).high()[0]);
        assertEquals(
                "Mean class selectivity of the units: trained from 1.00 in Relu1 to 1.00 in Relu1; "
                        + "untrained from 0.25 in Relu1 to 0.25 in Relu1.",
                curves.alt());
        assertNotNull(curves.figure());
        fails(
                IllegalArgumentException.class,
                "Learned.selectivity: the layers differ: trained [Relu1], untrained []",
                () -> Learned.selectivity(trained, List.of()));
    }

    @Test
    void occlusionFramesThePatchThatTakesAwayMost() {
        Occlusion occlusion = Occlusion.of(edges(), halves().image(0), 0, 4);
        Region patch = occlusion.mostImportant();
        BufferedImage image = Learned.occlusion(occlusion).image();
        Rectangle frame = Pixels.box(image, Style.VERMILION);
        assertEquals(4 * 10 * 2, frame.width);
        assertTrue(patch.top() <= 4 && patch.top() + patch.height() > 3, patch.toString()); // over the edge
        assertNotNull(Pixels.box(image, ColorScale.BROWN_GREEN.level(64)), "the largest drop, dark green");
        assertEquals(
                "Occlusion: " + occlusion + ".", Learned.occlusion(occlusion).alt());
    }

    @Test
    void colourImagesAreDrawnInGrey() {
        Tensor grey = Learned.grey(tensor(shape(3, 1, 2), 0, 1, 0.3, 1, 0.6, 1));
        assertEquals(0.3f, grey.get(0, 0), 1e-6);
        assertEquals(1, grey.get(0, 1));
    }

    @Test
    void silencedFiltersHaveBarsThatMayHangDown() {
        Bars bars = Learned.silencing(List.of(
                new Silencing("Conv1", List.of(0), 0.98, 0.9), new Silencing("Conv1", List.of(1, 4), 0.98, 0.985)));
        assertEquals(List.of("0", "1, 4"), Inside.categories(bars));
        assertEquals("accuracy lost without filters of Conv1. accuracy lost: 0 8.00, 1, 4 −0.50.", bars.alt());
        BufferedImage image = bars.figure().image();
        Rectangle blue = Pixels.box(image, Style.BLUE);
        Rectangle down = Pixels.box(
                image.getSubimage(image.getWidth() / 2, 0, image.getWidth() / 2, image.getHeight()), Style.BLUE);
        assertEquals(8 / 0.5, (blue.height - down.height) / (double) down.height, 1.5); // whole pixels
        assertEquals(blue.y + blue.height, down.y + down.height, 1); // it begins at 0 and hangs below the other one
        Rectangle under = new Rectangle(image.getWidth() / 2 + down.x, down.y + down.height, down.width, 26);
        assertTrue(Pixels.dark(image, under) > 10, "its number is below it");
    }

    @Test
    void numbersOverNarrowBarsStandUpright() {
        String[] names = new String[30];
        double[] values = new double[30];
        for (int i = 0; i < 30; i++) {
            names[i] = "" + i;
            values[i] = i == 7 ? 1 : 0;
        }
        BufferedImage image =
                Bars.of(names).series("s", values).decimals(3).figure().image();
        Rectangle bar = Pixels.box(image, Style.BLUE);
        Rectangle beside = new Rectangle(bar.x + bar.width + 2, bar.y - 60, 2 * bar.width, 60);
        Rectangle above = new Rectangle(bar.x, bar.y - 60, bar.width, 60);
        assertEquals(0, Pixels.dark(image, beside));
        assertTrue(Pixels.dark(image, above) > 50);
    }

    @Test
    void figuresOfNothingAreRefused() {
        fails(
                IllegalArgumentException.class,
                "Learned.topPatches: there is nothing to draw: give at least one",
                () -> Learned.topPatches(List.<TopPatches>of()));
        fails(
                IllegalArgumentException.class,
                "Learned.silencing: there is nothing to draw: give at least one",
                () -> Learned.silencing(List.of()));
        fails(
                IllegalArgumentException.class,
                "Learned.maximizing: there is nothing to draw: give at least one",
                () -> Learned.maximizing(List.of()));
        fails(
                ShapeException.class,
                "Learned.receptiveFields: expected image [C, H, W] but got [8, 8]",
                () -> Learned.receptiveFields(edges(), Tensor.zeros(8, 8)));
    }
}
