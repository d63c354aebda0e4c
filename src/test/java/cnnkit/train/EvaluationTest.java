package cnnkit.train;

import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Augmentation;
import cnnkit.data.Dataset;
import cnnkit.layer.Affine;
import cnnkit.layer.SoftmaxWithLoss;
import cnnkit.network.Network;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Tensor;
import cnnkit.train.Evaluation.Mistake;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    /** Its scores are the three pixels of the picture: the brightest names the class. */
    private static Network brightest() {
        Affine identity = new Affine(tensor(shape(3, 3), 1, 0, 0, 0, 1, 0, 0, 0, 1), Tensor.zeros(3));
        return Network.builder(1, 1, 3).add("Affine1", identity).build();
    }

    private static Dataset pictures(int[] labels, int... pixels) {
        byte[] bytes = new byte[pixels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) pixels[i];
        }
        return Dataset.of(bytes, labels, 3, 1, 1, 3);
    }

    private static final Dataset FOUR = pictures(
            new int[] {0, 1, 2, 1},
            255,
            0,
            0, // taken for 0: right
            0,
            0,
            255, // a 1 taken for 2
            200,
            0,
            100, // a 2 taken for 0
            0,
            9,
            0); // right, though only just

    @Test
    void predictionsAreCountedByTruthAndPrediction() {
        Evaluation evaluation = Evaluation.of(brightest(), FOUR);
        assertArrayEquals(shape(0, 2, 0, 1), evaluation.predictions());
        assertArrayEquals(new int[][] {{1, 0, 0}, {0, 1, 1}, {1, 0, 0}}, evaluation.confusion());
        assertEquals(0.5, evaluation.accuracy());
        assertEquals("50.00 % (15.00 to 85.00 %) of 4 right, 2 wrong", evaluation.toString());
    }

    @Test
    void mistakesNameTheImageAndHowSureTheNetworkWas() {
        List<Mistake> mistakes = Evaluation.of(brightest(), FOUR).mistakes();
        assertEquals(2, mistakes.size());
        double sure = Math.E / (Math.E + 2); // softmax of (0, 0, 1)
        assertEquals(1, mistakes.get(0).index());
        assertEquals(1, mistakes.get(0).label());
        assertEquals(2, mistakes.get(0).prediction());
        assertEquals(sure, mistakes.get(0).probability(), 1e-6);
        double a = Math.exp(200 / 255.0), b = Math.exp(100 / 255.0);
        assertEquals(2, mistakes.get(1).index());
        assertEquals(a / (a + b + 1), mistakes.get(1).probability(), 1e-6);
    }

    @Test
    void theSurestMistakesComeFirstAndEqualOnesInTheOrderOfTheDataset() {
        Dataset data = pictures(
                new int[] {0, 0, 0, 0}, //
                0,
                50,
                0,
                0,
                255,
                0,
                0,
                50,
                0,
                0,
                100,
                0);
        Evaluation evaluation = Evaluation.of(brightest(), data);
        assertEquals(
                List.of(1, 3, 0, 2),
                evaluation.surestMistakes(10).stream().map(Mistake::index).toList());
        assertEquals(2, evaluation.surestMistakes(2).size());
        assertEquals(0, evaluation.accuracy());
    }

    @Test
    void aThousandImagesInBatchesAreAllCounted() {
        int[] labels = new int[1050];
        int[] pixels = new int[3 * labels.length];
        for (int n = 0; n < labels.length; n++) {
            labels[n] = n % 3;
            int shown = n % 7 == 0 ? (labels[n] + 1) % 3 : labels[n]; // every seventh misleads
            pixels[3 * n + shown] = 200;
        }
        Evaluation evaluation = Evaluation.of(brightest(), pictures(labels, pixels));
        assertEquals(150, evaluation.mistakes().size());
        assertEquals(6 / 7.0, evaluation.accuracy(), 1e-12);
        assertEquals(7, evaluation.mistakes().get(1).index());
        assertEquals(1043, evaluation.mistakes().get(149).index());
        assertArrayEquals(new int[][] {{300, 50, 0}, {0, 300, 50}, {50, 0, 300}}, evaluation.confusion());
    }

    @Test
    void theConfusionMatrixIsATable() {
        var table = Evaluation.of(brightest(), FOUR).confusionTable();
        assertEquals(List.of("is \\ taken for", "0", "1", "2"), table.columnNames());
        assertEquals(3, table.rowCount());
        assertEquals("1", table.stringColumn(0).get(1));
        assertEquals(1, table.intColumn("2").get(1)); // the 1 that was taken for 2
        assertEquals(0, table.intColumn("0").get(1));
    }

    @Test
    void anInterruptStopsTheMeasurementAndLeavesTheNetworkUsable() {
        Network network = Small.watchedBy(new Small.Watcher() {
            @Override
            public Tensor forward(Tensor x) {
                if (batches.size() == 1) {
                    Thread.currentThread().interrupt(); // while the second batch is computed
                }
                return super.forward(x);
            }
        });
        Dataset data = Small.numbered(250);
        fails(
                InterruptedWorkException.class,
                "evaluation stopped after 200 of 250 images",
                () -> Evaluation.of(network, data));
        assertFalse(Thread.interrupted()); // taken note of
        assertEquals(250, Evaluation.of(network, data).predictions().length);
    }

    @Test
    void thereMustBeImagesOfAsManyClassesAsTheNetworkKnows() {
        fails(
                IllegalArgumentException.class,
                "Evaluation: there is no image to measure on: the dataset is empty",
                () -> Evaluation.of(brightest(), FOUR.take(0)));
        Dataset two = Dataset.of(new byte[3], new int[] {1}, 2, 1, 1, 3);
        fails(
                IllegalArgumentException.class,
                "Evaluation: the network scores 3 classes but the dataset has 2",
                () -> Evaluation.of(brightest(), two));
    }

    @Test
    void measuringChangesNoParameter() {
        Network network = Small.network(1);
        String before = Small.checksum(network);
        Evaluation evaluation = Evaluation.of(network, Small.pictures(120, 1));
        assertEquals(before, Small.checksum(network));
        assertTrue(evaluation.accuracy() < 0.5); // untrained
    }

    @Test
    void scoresThatAreNoNumbersAreRefusedNamingTheImageAndTheCause() {
        Network network = brightest();
        network.parameter("W1").value().set(Float.NaN, 2, 1); // where the last pixel is not black
        fails(
                DivergedException.class,
                "Evaluation: the scores of image 0 are no finite numbers: [1.0, NaN, 0.0]. In the network W1 holds a value that is none. Train it again with a smaller learning rate, or load other weights",
                () -> Evaluation.of(network, FOUR)); // NaN times 0 is NaN too
        Network large = brightest();
        large.parameter("W1").value().set(Float.MAX_VALUE, 2, 0);
        large.parameter("b1").value().set(Float.MAX_VALUE, 0);
        fails(
                DivergedException.class,
                "Evaluation: the scores of image 1 are no finite numbers: [Infinity, 0.0, 1.0]. In the network its parameters are, so the values have grown too large on their way. Train it again with a smaller learning rate, or load other weights",
                () -> Evaluation.of(large, FOUR));
    }

    @Test
    void aClassThatIsRuledOutIsNoError() {
        Network network = brightest();
        network.parameter("b1").value().set(Float.NEGATIVE_INFINITY, 0);
        assertArrayEquals(shape(1, 2, 2, 1), Evaluation.of(network, FOUR).predictions());
    }

    /** Written out: the mean of the probabilities of each look decides. */
    @Test
    void aNetworkThatLooksSeveralTimesTakesTheClassWithTheLargestMean() {
        Network network = Small.network(1);
        Dataset images = Small.pictures(230, 1); // three batches
        Augmentation moved = Augmentation.none().shift(2).rotation(20);
        Evaluation looked = Evaluation.ofMoved(network, images, moved, 3, 7);
        int[] votes = new int[images.size()];
        for (int n = 0; n < images.size(); n++) {
            double[] mean = new double[images.classes()];
            int[] first = new int[3];
            for (int look = 1; look <= 3; look++) {
                Tensor scores = network.predict(moved.images(images, new int[] {n}, 7, look));
                first[look - 1] = scores.argmax()[0];
                for (int k = 0; k < mean.length; k++) {
                    mean[k] += SoftmaxWithLoss.softmax(scores).get(0, k) / 3.0;
                }
            }
            int winner = looked.predictions()[n];
            assertEquals(Arrays.stream(mean).max().getAsDouble(), mean[winner], 1e-6);
            votes[n] = first[1] == first[2] ? first[1] : first[0];
            for (Mistake mistake : looked.mistakes()) {
                if (mistake.index() == n) {
                    assertEquals(mean[winner], mistake.probability(), 1e-6);
                }
            }
        }
        assertFalse(Arrays.equals(votes, looked.predictions())); // not what most looks say
        assertNotEquals(Evaluation.of(network, images), looked); // nor one look at what was not moved
        assertNotEquals(Evaluation.ofMoved(network, images, moved, 2, 7), looked);
        assertNotEquals(Evaluation.ofMoved(network, images, moved, 3, 8), looked);
        assertEquals(looked, Evaluation.ofMoved(network, images, moved, 3, 7));
    }

    @Test
    void looksAtImagesThatAreNotMovedChangeNothing() {
        Evaluation often = Evaluation.ofMoved(brightest(), FOUR, Augmentation.none(), 4, 1);
        assertEquals(Evaluation.of(brightest(), FOUR), often);
    }

    @Test
    void looksFailAsOneLookDoes() {
        Augmentation moved = Augmentation.none().shift(1);
        fails(
                IllegalArgumentException.class,
                "Evaluation: expected a number of looks at each image from 1 but got 0",
                () -> Evaluation.ofMoved(brightest(), FOUR, moved, 0, 1));
        fails(NullPointerException.class, "moved", () -> Evaluation.ofMoved(brightest(), FOUR, null, 2, 1));
        fails(NullPointerException.class, "images", () -> Evaluation.ofMoved(brightest(), null, moved, 2, 1));
        fails(
                IllegalArgumentException.class,
                "Evaluation: there is no image to measure on: the dataset is empty",
                () -> Evaluation.ofMoved(brightest(), FOUR.take(0), moved, 2, 1));
        Dataset two = Dataset.of(new byte[3], new int[] {1}, 2, 1, 1, 3);
        fails(
                IllegalArgumentException.class,
                "Evaluation: the network scores 3 classes but the dataset has 2",
                () -> Evaluation.ofMoved(brightest(), two, moved, 2, 1));
        Network broken = brightest();
        broken.parameter("W1").value().set(Float.NaN, 2, 1);
        assertTrue(assertThrows(DivergedException.class, () -> Evaluation.ofMoved(broken, FOUR, moved, 2, 1))
                .getMessage()
                .startsWith("Evaluation: the scores of image 0 are no finite numbers"));
    }

    @Test
    void nobodyCanChangeAResultAfterwards() {
        int[] predictions = {0, 1};
        int[][] confusion = {{1, 0}, {0, 1}};
        List<Mistake> mistakes = new ArrayList<>();
        Evaluation evaluation = new Evaluation(predictions, confusion, mistakes);
        predictions[0] = 5;
        confusion[0][0] = 5;
        mistakes.add(new Mistake(0, 0, 1, 1));
        evaluation.predictions()[1] = 5;
        evaluation.confusion()[1][1] = 5;
        assertArrayEquals(shape(0, 1), evaluation.predictions());
        assertArrayEquals(new int[][] {{1, 0}, {0, 1}}, evaluation.confusion());
        assertEquals(1, evaluation.accuracy());
        assertEquals(1, evaluation.confusionTable().intColumn("0").get(0));
    }

    @Test
    void whatMakesNoSenseIsNamed() {
        fails(NullPointerException.class, "network", () -> Evaluation.of(null, FOUR));
        fails(NullPointerException.class, "images", () -> Evaluation.of(brightest(), null));
        Evaluation evaluation = Evaluation.of(brightest(), FOUR);
        fails(
                IllegalArgumentException.class,
                "Evaluation: expected a number of mistakes from 0 but got -1",
                () -> evaluation.surestMistakes(-1));
    }

    @Test
    void twoMeasurementsThatAgreeAreEqual() {
        Network network = Small.network(1);
        Dataset images = Small.pictures(20, 1);
        Evaluation one = Evaluation.of(network, images);
        assertEquals(one, Evaluation.of(network, images));
        assertEquals(one.hashCode(), Evaluation.of(network, images).hashCode());
        assertNotEquals(one, Evaluation.of(Small.network(2), images));
    }
}
