package cnnkit.layer;

import static cnnkit.tensor.Check.BACKWARD;
import static cnnkit.tensor.Check.FORWARD;
import static cnnkit.tensor.Check.assertClose;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.golden;
import static cnnkit.tensor.Check.random;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxWithLossTest {

    @Test
    void scoresBecomeProbabilities() {
        double log3 = Math.log(3);
        Tensor y = SoftmaxWithLoss.softmax(tensor(shape(2, 2), 0, log3, 5, 5)); // e^0 : e^log3 = 1 : 3
        assertClose(tensor(shape(2, 2), 0.25, 0.75, 0.5, 0.5), y, 1e-7, "y");
    }

    @Test
    void equalScoresForTenClassesLoseLogTen() {
        assertEquals(Math.log(10), new SoftmaxWithLoss().forward(Tensor.zeros(3, 10), new int[] {0, 4, 9}), 1e-12);
    }

    @Test
    void theLossIsTheMeanOverTheBatch() {
        double log3 = Math.log(3);
        Tensor scores = tensor(shape(2, 2), 0, log3, 0, log3);
        double expected = (-Math.log(0.25) - Math.log(0.75)) / 2;
        assertEquals(expected, new SoftmaxWithLoss().forward(scores, new int[] {0, 1}), 1e-7);
    }

    @Test
    void theGradientIsTheProbabilityMinusTheTruth() {
        SoftmaxWithLoss layer = new SoftmaxWithLoss();
        double log3 = Math.log(3);
        layer.forward(tensor(shape(2, 2), 0, log3, 0, log3), new int[] {0, 1});
        assertClose(tensor(shape(2, 2), -0.375, 0.375, 0.125, -0.125), layer.backward(), 1e-7, "ds");
    }

    @Test
    void largeScoresDoNotOverflow() {
        SoftmaxWithLoss layer = new SoftmaxWithLoss();
        assertEquals(0, layer.forward(tensor(shape(1, 2), 1e5, -1e5), new int[] {0}));
        assertEquals(2e5, layer.forward(tensor(shape(1, 2), 1e5, -1e5), new int[] {1})); // not infinity
        assertEquals(2e5, layer.forward(tensor(shape(1, 2), -1e5, 1e5), new int[] {0}));
        assertEquals(tensor(shape(1, 2), 1, 0), SoftmaxWithLoss.softmax(tensor(shape(1, 2), 1000, -1000)));
        assertEquals(tensor(shape(1, 3), 0, 1, 0), SoftmaxWithLoss.softmax(tensor(shape(1, 3), -1000, 1000, 0)));
    }

    @Test
    void aNanOrInfiniteScoreMakesTheLossNan() {
        SoftmaxWithLoss layer = new SoftmaxWithLoss();
        assertTrue(Double.isNaN(layer.forward(tensor(shape(1, 3), 1, Double.NaN, 2), new int[] {0})));
        assertTrue(Double.isNaN(layer.forward(tensor(shape(1, 3), 1, Double.POSITIVE_INFINITY, 2), new int[] {0})));
    }

    @Test
    void numpyGetsTheSameNumbers() throws IOException {
        Map<String, Tensor> file = golden("softmax");
        SoftmaxWithLoss layer = new SoftmaxWithLoss();
        double loss = file.get("loss").get(0);
        assertEquals(loss, layer.forward(file.get("scores"), labels(file.get("labels"))), 1e-6 * loss);
        assertClose(file.get("y"), SoftmaxWithLoss.softmax(file.get("scores")), FORWARD, "y");
        assertClose(file.get("dscores"), layer.backward(), BACKWARD, "ds");
    }

    private static int[] labels(Tensor labels) {
        return IntStream.range(0, labels.length()).map(i -> (int) labels.get(i)).toArray();
    }

    @Test
    void theGradientsAreThoseOfSmallSteps() {
        for (long seed = 1; seed <= 1000; seed++) {
            Random random = new Random(seed);
            int images = 1 + random.nextInt(6), classes = 2 + random.nextInt(10);
            Tensor scores = random(random, images, classes);
            int[] labels = random.ints(images, 0, classes).toArray();
            SoftmaxWithLoss layer = new SoftmaxWithLoss();
            layer.forward(scores, labels);
            Tensor gradient = layer.backward();
            assertClose(
                    Gradients.numerical(scores, () -> layer.forward(scores, labels)), gradient, 1e-3, "seed " + seed);
        }
    }

    @Test
    void everyRowOfProbabilitiesAddsUpToOneAndOfTheGradientToZero() {
        Random random = new Random(6);
        Tensor scores = random(random, 20, 10).map(v -> 10 * v);
        SoftmaxWithLoss layer = new SoftmaxWithLoss();
        layer.forward(scores, new int[20]);
        Tensor gradient = layer.backward();
        for (int n = 0; n < 20; n++) {
            assertEquals(1, SoftmaxWithLoss.softmax(scores).slice(n).sum(), 1e-6);
            assertEquals(0, gradient.slice(n).sum(), 1e-7);
        }
    }

    @Test
    void aLabelOutsideTheClassesIsRefusedWithItsImage() {
        Tensor scores = Tensor.zeros(3, 10);
        fails(
                IllegalArgumentException.class,
                "SoftmaxWithLoss: label 10 of image 2 is outside 0..9, the 10 columns of scores",
                () -> new SoftmaxWithLoss().forward(scores, new int[] {0, 9, 10}));
        fails(
                IllegalArgumentException.class,
                "SoftmaxWithLoss: label -1 of image 0 is outside 0..9, the 10 columns of scores",
                () -> new SoftmaxWithLoss().forward(scores, new int[] {-1, 9, 10}));
    }

    @Test
    void thereIsOneLabelPerRow() {
        fails(
                IllegalArgumentException.class,
                "SoftmaxWithLoss: expected 3 labels, one per row of scores, but got 2",
                () -> new SoftmaxWithLoss().forward(Tensor.zeros(3, 10), new int[] {0, 1}));
    }

    @Test
    void anEmptyBatchAndScoresThatAreNoMatrixAreRefused() {
        fails(
                ShapeException.class,
                "SoftmaxWithLoss: expected scores [N, K] but got [0, 10]",
                () -> new SoftmaxWithLoss().forward(Tensor.zeros(0, 10), new int[0]));
        fails(
                ShapeException.class,
                "softmax: expected scores [N, K] but got [10]",
                () -> SoftmaxWithLoss.softmax(Tensor.zeros(10)));
    }

    @Test
    void backwardNeedsAForwardPassBeforeIt() {
        fails(
                IllegalStateException.class,
                "SoftmaxWithLoss: backward needs a forward pass before it",
                () -> new SoftmaxWithLoss().backward());
    }

    @Test
    void theLabelsOfTheForwardPassAreRemembered() {
        int[] labels = {0};
        SoftmaxWithLoss layer = new SoftmaxWithLoss();
        layer.forward(Tensor.zeros(1, 2), labels);
        labels[0] = 1; // the caller's array, used for the next batch
        assertEquals(tensor(shape(1, 2), -0.5, 0.5), layer.backward());
    }

    /** Near 1e16 a double counts in steps of 2; the score must leave before the logarithm comes. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 65_536, 65_537, 1e7, 1e16, 1e17, 1e38, -1e17})
    void equalScoresLoseTheLogarithmOfTheirNumberWhateverTheirSize(double score) {
        Tensor scores = Tensor.filled((float) score, 2, 3);
        assertEquals(Math.log(3), new SoftmaxWithLoss().forward(scores, new int[] {0, 2}), 1e-10);
        SoftmaxWithLoss layer = new SoftmaxWithLoss();
        layer.forward(scores, new int[] {0, 2});
        assertEquals(-1 / 3.0, layer.backward().get(0, 0), 1e-7);
    }

    @Test
    void aScoreFarBelowTheLargestLosesTheDistance() {
        SoftmaxWithLoss layer = new SoftmaxWithLoss();
        assertEquals(2e38, layer.forward(tensor(shape(1, 2), 1e38, -1e38), new int[] {1}), 1e32);
        assertEquals(0, layer.forward(tensor(shape(1, 2), 1e38, -1e38), new int[] {0}));
        double minus = Double.NEGATIVE_INFINITY;
        assertEquals(Double.POSITIVE_INFINITY, layer.forward(tensor(shape(1, 2), 1e38, minus), new int[] {1}));
        assertEquals(0, layer.forward(tensor(shape(1, 2), 1e38, minus), new int[] {0}));
        assertTrue(Double.isNaN(layer.forward(tensor(shape(1, 2), minus, minus), new int[] {0})));
        assertTrue(Float.isNaN(layer.backward().get(0, 1)));
    }

    @Test
    void missingScoresOrLabelsAreNamed() {
        fails(
                NullPointerException.class,
                "SoftmaxWithLoss: scores is missing",
                () -> new SoftmaxWithLoss().forward(null, new int[1]));
        fails(NullPointerException.class, "labels", () -> new SoftmaxWithLoss().forward(Tensor.zeros(1, 2), null));
        fails(NullPointerException.class, "softmax: scores is missing", () -> SoftmaxWithLoss.softmax(null));
    }
}
