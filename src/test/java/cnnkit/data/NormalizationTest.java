package cnnkit.data;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NormalizationTest {
    /** Two images of two channels with two pixels each. Channel 0 holds 1, 3, 5, 7; channel 1 holds 10, 10, 30, 30. */
    private static final Tensor VALUES = tensor(shape(2, 2, 1, 2), 1, 3, 10, 30, 5, 7, 10, 30);

    private static final Dataset TWO = Dataset.of(VALUES, new int[] {0, 1}, 2);

    @Test
    void meanAndSpreadAreMeasuredInEveryChannel() {
        Normalization measured = Normalization.of(TWO);
        assertArrayEquals(new double[] {4, 20}, measured.means()); // (1 + 3 + 5 + 7) / 4
        assertArrayEquals(new double[] {Math.sqrt(5), 10}, measured.standardDeviations()); // (9 + 1 + 1 + 9) / 4 = 5
        assertEquals("mean 4.0000 20.0000, standard deviation 2.2361 10.0000", measured.toString());
    }

    @Test
    void aNormalizedBatchHasTheFormulasValues() {
        Dataset normalized = TWO.normalized(Normalization.of(new double[] {3, 20}, new double[] {2, 10}));
        assertEquals(tensor(shape(1, 2, 1, 2), 1, 2, -1, 1), normalized.images(1));
        assertEquals(tensor(shape(2, 1, 2), -1, 0, -1, 1), normalized.image(0));
        Tensor batch = Tensor.zeros(1, 2, 1, 2);
        normalized.images(shape(1), batch);
        assertEquals(normalized.images(1), batch);
        assertEquals(VALUES, TWO.images(0, 1)); // a view: the origin is as it was
    }

    @Test
    void theTrainingImagesOfMnistGetMeanZeroAndSpreadOne() throws IOException {
        Dataset train = Mnist.load().train();
        Normalization measured = Normalization.of(train);
        assertEquals("mean 0.1307, standard deviation 0.3081", measured.toString());
        Normalization again = Normalization.of(train.normalized(measured));
        assertEquals(0, again.means()[0], 1e-7);
        assertEquals(1, again.standardDeviations()[0], 1e-7);
    }

    @Test
    void otherImagesAreNormalizedWithTheNumbersOfTheTrainingImages() {
        Dataset train = Dataset.of(tensor(shape(2, 1, 1, 1), 2, 4), new int[2], 1); // mean 3, standard deviation 1
        Dataset other = Dataset.of(tensor(shape(2, 1, 1, 1), 10, 30), new int[2], 1);
        assertEquals(
                tensor(shape(2, 1, 1, 1), 7, 27),
                other.normalized(Normalization.of(train)).images(0, 1));
    }

    @Test
    void viewsOfNormalizedImagesAreNormalizedToo() {
        Dataset normalized = TWO.normalized(Normalization.of(TWO));
        assertEquals(normalized.images(1), normalized.range(1, 2).images(0));
        assertEquals(normalized.images(1), normalized.select(1).images(0));
        Split split = normalized.split(1, 1);
        assertEquals(normalized.images(split.train().label(0)), split.train().images(0)); // label i is image i
    }

    @Test
    void imagesFromElsewhereGetTheSameBits() {
        Normalization normalization = Normalization.of(TWO);
        Tensor images = VALUES.copy();
        assertSameBits(TWO.normalized(normalization).images(0, 1), normalization.apply(images), "apply");
        assertEquals(VALUES, images); // apply returns new images
        fails(
                ShapeException.class,
                "Normalization: expected images [N, 2, H, W] but got [1, 1, 28, 28]",
                () -> normalization.apply(Tensor.zeros(1, 1, 28, 28)));
    }

    @Test
    void bytesAndFloatsGetTheSameBits() {
        byte[] bytes = new byte[256];
        float[] floats = new float[256];
        for (int i = 0; i < 256; i++) {
            bytes[i] = (byte) i;
            floats[i] = i / 255f;
        }
        Normalization some = Normalization.of(0.1307, 0.3081);
        Dataset asBytes = Dataset.of(bytes, new int[1], 1, 1, 16, 16).normalized(some);
        Dataset asFloats =
                Dataset.of(Tensor.of(floats, 1, 1, 16, 16), new int[1], 1).normalized(some);
        assertSameBits(asBytes.images(0), asFloats.images(0), "bytes and floats");
        assertEquals((float) ((100 / 255f - 0.1307) / 0.3081), asBytes.image(0).get(0, 6, 4));
    }

    @Test
    void aDatasetSaysHowItIsNormalized() {
        assertEquals(
                "Dataset of 2 images [2, 1, 2] in 2 classes, normalized with mean 4.0000 20.0000, standard deviation 2.2361 10.0000",
                TWO.normalized(Normalization.of(TWO)).toString());
    }

    @Test
    void twiceIsRefused() {
        Dataset normalized = TWO.normalized(Normalization.of(TWO));
        fails(
                IllegalStateException.class,
                "Dataset: these images are normalized already, with mean 4.0000 20.0000, standard deviation 2.2361 10.0000",
                () -> normalized.normalized(Normalization.of(TWO)));
    }

    @Test
    void numbersThatDoNotFitAreRefused() {
        fails(
                ShapeException.class,
                "Dataset: images [2, 1, 2] cannot be normalized with numbers for 1 channels",
                () -> TWO.normalized(Normalization.of(0, 1)));
        fails(
                ShapeException.class,
                "Normalization: expected a mean and a standard deviation for each channel but got 2 and 1",
                () -> Normalization.of(new double[2], new double[] {1}));
        String rule =
                ": expected finite numbers, and a standard deviation above 0 (it is 0 where all values are the same)";
        for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            fails(
                    IllegalArgumentException.class,
                    "Normalization: channel 0 has mean 0.5 and standard deviation " + wrong + rule,
                    () -> Normalization.of(0.5, wrong));
        }
        fails(
                IllegalArgumentException.class,
                "Normalization: channel 0 has mean NaN and standard deviation 1.0" + rule,
                () -> Normalization.of(Double.NaN, 1));
        Dataset grey = Dataset.of(Tensor.filled(0.5f, 3, 1, 2, 2), new int[3], 1);
        fails(
                IllegalArgumentException.class,
                "Normalization: channel 0 has mean 0.5 and standard deviation 0.0" + rule,
                () -> Normalization.of(grey));
        fails(
                IllegalArgumentException.class,
                "Normalization: there is no image to measure: the dataset is empty",
                () -> Normalization.of(grey.take(0)));
    }

    @Test
    void theSameNumbersAreTheSameNormalization() {
        assertEquals(Normalization.of(1, 2), Normalization.of(1, 2));
        assertEquals(Normalization.of(1, 2).hashCode(), Normalization.of(1, 2).hashCode());
        assertNotEquals(Normalization.of(1, 2), Normalization.of(1, 3));
        assertNotEquals(Normalization.of(1, 2), Normalization.of(2, 2));
        Normalization kept = Normalization.of(1, 2);
        kept.means()[0] = 9;
        kept.standardDeviations()[0] = 9;
        assertEquals(Normalization.of(1, 2), kept);
    }
}
