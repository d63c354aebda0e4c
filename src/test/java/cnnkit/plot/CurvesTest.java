package cnnkit.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Dataset;
import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.plot.card.Style;
import cnnkit.plot.chart.Series;
import cnnkit.plot.chart.XySettings;
import cnnkit.tensor.Tensor;
import cnnkit.train.History;
import cnnkit.train.Sgd;
import cnnkit.train.Trainer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;

class CurvesTest {
    private static final double[] X = {1, 2, 3};

    /** A few steps on noise: something to draw. */
    private static History history(boolean validated) {
        byte[] pixels = new byte[40 * 16];
        new Random(1).nextBytes(pixels);
        int[] labels = new int[40];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 3;
        }
        Dataset noise = Dataset.of(pixels, labels, 3, 1, 4, 4);
        Network network = SimpleConvNet.builder()
                .input(1, 4, 4)
                .filters(2)
                .convolution(Window.of(3))
                .hidden(4)
                .classes(3)
                .build(1);
        Trainer trainer = new Trainer(network, noise).batchSize(2).epochs(2);
        return (validated ? trainer.validation(noise) : trainer).train();
    }

    @Test
    void meansAreTakenOverEqualGroups() {
        assertArrayEquals(new double[] {1.5, 3.5, 5}, Curves.means(new double[] {1, 2, 3, 4, 5}, 3));
        assertArrayEquals(X, Curves.means(X, 100));
        assertEquals(0, Curves.means(new double[0], 10).length);
    }

    @Test
    void trainingCurvesTellLossAccuracyAndValidation() {
        Figure figure = Curves.training(history(true));
        assertEquals(Style.WIDTH, figure.width());
        assertTrue(figure.alt().startsWith("In 40 steps the loss falls from 1.10 to "), figure.alt());
        assertTrue(figure.alt().contains("On the validation images it is"), figure.alt());
        assertNotNull(Pixels.box(figure.image(), Style.BLUE), "batches");
        assertNotNull(Pixels.box(figure.image(), Style.VERMILION), "epoch means");
        assertNotNull(Pixels.box(figure.image(), Style.GREEN), "validation");
    }

    @Test
    void aLossThatRisesIsNotSaidToFall() {
        Network network = SimpleConvNet.builder()
                .input(1, 4, 4)
                .convolution(Window.of(3))
                .classes(3)
                .build(1);
        Tensor bias = network.parameter("b3").value();
        Dataset noise = Dataset.of(
                new byte[40 * 16], IntStream.range(0, 40).map(i -> i % 3).toArray(), 3, 1, 4, 4);
        History history = new Trainer(network, noise)
                .batchSize(4)
                .optimizer(parameters -> bias.set(bias.get(0) + 1, 0)) // surer and surer that all of them are 0
                .train();
        String alt = Curves.training(history).alt();
        assertTrue(alt.startsWith("In 10 steps the loss goes from 1.10 to "), alt);
    }

    @Test
    void withoutValidationThereIsNoneInTheFigure() {
        Figure figure = Curves.training(history(false));
        assertEquals(null, Pixels.box(figure.image(), Style.GREEN));
        assertTrue(!figure.alt().contains("validation"), figure.alt());
    }

    /** Pictures that can be told apart, and validation images with wrong labels. */
    private static History overfitted() {
        byte[] pixels = new byte[40 * 16];
        int[] labels = new int[40], wrong = new int[40];
        for (int i = 0; i < 40; i++) {
            labels[i] = i % 2;
            wrong[i] = 1 - i % 2;
            pixels[16 * i + labels[i]] = (byte) 255;
        }
        Network network = Network.builder(1, 4, 4)
                .add("A", new Affine(Tensor.zeros(16, 2), Tensor.zeros(2)))
                .build();
        return new Trainer(network, Dataset.of(pixels, labels, 2, 1, 4, 4))
                .validation(Dataset.of(pixels, wrong, 2, 1, 4, 4))
                .optimizer(new Sgd(1))
                .batchSize(20)
                .epochs(2)
                .train();
    }

    @Test
    void everyDotOfATrainingLiesOnTheAxesEvenWhereValidationIsFarWorse() {
        History history = overfitted();
        List<XySettings> halves = TrainingCurves.settings(history, 150);
        for (XySettings half : halves) {
            for (Series series : half.series()) {
                for (int i = 0; i < series.x().length; i++) {
                    assertTrue(half.x().limits().contain(series.x()[i]), series.name() + " " + series.x()[i]);
                    assertTrue(half.y().limits().contain(series.y()[i]), series.name() + " " + series.y()[i]);
                }
            }
        }
        Series validation = halves.get(1).series().get(2);
        assertEquals("validation", validation.name());
        assertEquals(0, validation.y()[1], "nothing is right");
        assertArrayEquals(new double[] {2, 4}, validation.x()); // the last step of each epoch
        assertArrayEquals(new double[] {1.5, 3.5}, halves.get(1).series().get(1).x());
    }

    @Test
    void axesThatDoNotRiseAreRefused() {
        Curves curves = Curves.of("x", "y");
        assertThrows(IllegalArgumentException.class, () -> curves.limitsX(1, 1));
        assertThrows(IllegalArgumentException.class, () -> curves.limitsY(0, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> curves.size(700, 0));
        assertThrows(IllegalArgumentException.class, () -> Bars.of("a").limits(3, 1));
        assertThrows(IllegalArgumentException.class, () -> Bars.of("a").decimals(-1));
        assertThrows(IllegalArgumentException.class, () -> SeedDots.of("v", "a").limits(0, Double.POSITIVE_INFINITY));
    }

    @Test
    void aBandReachesFromTheSmallestToTheLargestRun() {
        Curves curves = Curves.of("epoch", "accuracy")
                .band("CNN", X, List.of(new double[] {0.1, 0.2, 0.3}, new double[] {0.3, 0.6, 0.3}));
        Series band = Inside.series(curves).get(0);
        assertArrayEquals(new double[] {0.1, 0.2, 0.3}, band.low());
        assertArrayEquals(new double[] {0.3, 0.6, 0.3}, band.high());
        assertArrayEquals(new double[] {0.2, 0.4, 0.3}, band.y(), 1e-12);
        assertNotNull(Pixels.box(curves.figure().image(), Style.BLUE));
    }

    @Test
    void seriesOfDifferentLengthAreRefused() {
        Curves curves = Curves.of("x", "y");
        assertEquals(
                "Curves: loss needs as many x as y, at least one, but got 3 and 2",
                assertThrows(IllegalArgumentException.class, () -> curves.line("loss", X, new double[2]))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> curves.band("runs", X, List.of()));
        assertThrows(IllegalStateException.class, curves::figure);
    }

    @Test
    void aTransparentChartOfOnesOwnBecomesAFigureOnWhite() {
        XYChart chart = new XYChart(300, 200);
        chart.addSeries("a", X, X);
        chart.getStyler().setChartBackgroundColor(new Color(0, 0, 0, 0));
        BufferedImage image = Charts.figure(chart, "a line").image();
        assertEquals(600, image.getWidth());
        assertEquals(0xFFFFFFFF, image.getRGB(2, 2));
    }

    @Test
    void theWordsNameAxesAndSeriesUnlessTheyAreGiven() {
        Curves curves = Curves.of("epoch", "accuracy").line("CNN", X, X).title("Seeds");
        assertEquals("Seeds. accuracy against epoch: CNN", curves.figure().alt());
        assertEquals("it rises", curves.alt("it rises").figure().alt());
    }
}
