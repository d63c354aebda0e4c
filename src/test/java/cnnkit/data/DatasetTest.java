package cnnkit.data;

import static cnnkit.tensor.Check.assertClose;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetTest {

    /** Image i of two pixels: 10 i and 255 - i; label i % 10. */
    private static Dataset numbered(int count) {
        byte[] pixels = new byte[2 * count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            pixels[2 * i] = (byte) (10 * i);
            pixels[2 * i + 1] = (byte) (255 - i);
            labels[i] = i % 10;
        }
        return Dataset.of(pixels, labels, 10, 1, 1, 2);
    }

    private static Tensor pair(double first, double second) {
        return tensor(shape(1, 1, 2), (float) first / 255f, (float) second / 255f);
    }

    @Test
    void bytesBecomeFloatsFromZeroToOne() {
        Dataset data = Dataset.of(new byte[] {0, 1, (byte) 128, (byte) 255}, new int[] {3}, 10, 1, 2, 2);
        assertEquals(tensor(shape(1, 2, 2), 0, 1 / 255f, 128 / 255f, 1), data.image(0));
    }

    @Test
    void aBatchHoldsTheImagesInTheOrderAskedFor() {
        Dataset data = numbered(20);
        Tensor batch = data.images(3, 0, 3);
        assertArrayEquals(shape(3, 1, 1, 2), batch.shape());
        assertEquals(pair(30, 252), batch.slice(0));
        assertEquals(pair(0, 255), batch.slice(1));
        assertEquals(pair(30, 252), batch.slice(2));
        assertArrayEquals(shape(3, 0, 3), data.labels(3, 0, 3));
        assertEquals(20, data.size());
        assertEquals(7, data.label(17));
    }

    @Test
    void channelsLieOneAfterAnother() {
        Dataset data =
                Dataset.of(new byte[] {0, 51, 102, (byte) 153, (byte) 204, (byte) 255}, new int[] {0}, 1, 3, 1, 2);
        assertArrayEquals(shape(1, 3, 1, 2), data.images(0).shape());
        assertEquals(0.8f, data.image(0).get(2, 0, 0), 1e-7);
    }

    @Test
    void aBatchIsACopy() {
        Dataset data = numbered(3);
        data.images(0).set(9, 0, 0, 0, 0);
        assertEquals(0, data.image(0).get(0, 0, 0));
        data.labels()[0] = 9;
        assertEquals(0, data.label(0));
        data.imageShape()[0] = 9;
        assertArrayEquals(shape(1, 1, 2), data.imageShape());
    }

    @Test
    void whatADatasetWasMadeOfCanChangeWithoutIt() {
        byte[] bytes = {1, 2};
        int[] labels = {0};
        int[] imageShape = {1, 1, 2};
        Dataset data = Dataset.of(bytes, labels, 1, imageShape);
        Tensor values = tensor(shape(1, 1, 1, 2), 0.5, 1);
        Dataset floats = Dataset.of(values, labels, 1);
        long before = data.checksum(), beforeOfFloats = floats.checksum();
        bytes[0] = 9;
        values.set(9, 0, 0, 0, 0);
        imageShape[1] = 2;
        assertEquals(before, data.checksum());
        assertEquals(beforeOfFloats, floats.checksum());
        assertArrayEquals(shape(1, 1, 2), data.imageShape());
    }

    @Test
    void aDatasetNeedsAClassAndAnEmptyOneHasNoImage() {
        for (int classes : new int[] {0, -1, Integer.MIN_VALUE}) {
            fails(
                    IllegalArgumentException.class,
                    "Dataset: expected at least 1 class but got " + classes,
                    () -> Dataset.of(new byte[0], new int[0], classes, 1, 1, 2));
        }
        Dataset empty = numbered(3).take(0);
        fails(IndexOutOfBoundsException.class, "Dataset: image 0 of an empty dataset", () -> empty.image(0));
        fails(
                IndexOutOfBoundsException.class,
                "Dataset: images 0 to 2,147,483,647 are outside 0..0",
                () -> empty.take(Integer.MAX_VALUE));
    }

    @Test
    void whatIsNullIsNamed() {
        Dataset data = numbered(3);
        fails(NullPointerException.class, "Dataset: pixels is null", () -> Dataset.of(null, new int[1], 1, 1, 1, 2));
        fails(NullPointerException.class, "Dataset: labels is null", () -> Dataset.of(new byte[2], null, 1, 1, 1, 2));
        fails(NullPointerException.class, "Dataset: images is null", () -> Dataset.of(null, new int[1], 1));
        fails(NullPointerException.class, "Dataset: which is null", () -> data.images((int[]) null));
        fails(NullPointerException.class, "Dataset: into is null", () -> data.images(new int[] {0}, null));
        fails(NullPointerException.class, "Dataset: which is null", () -> data.select((int[]) null));
        fails(NullPointerException.class, "Dataset: order is null", () -> data.permutePixels((int[]) null));
        fails(NullPointerException.class, "Dataset: with is null", () -> data.normalized(null));
        fails(NullPointerException.class, "Normalization: train is null", () -> Normalization.of(null));
        fails(
                NullPointerException.class,
                "Augmentation: dataset is null",
                () -> Augmentation.none().images(null, new int[1], 1, 1));
        fails(NullPointerException.class, "OwnDigit: image is null", () -> OwnDigit.fromImage(null));
        fails(NullPointerException.class, "OwnDigit: drawing is null", () -> OwnDigit.fromText(null));
        fails(NullPointerException.class, "Mnist: folder is null", () -> Mnist.load(null));
        fails(NullPointerException.class, "PictureFolder: folder is null", () -> PictureFolder.load(null, 1));
    }

    @Test
    void viewsCountFromTheirOwnFirstImage() {
        Dataset data = numbered(20);
        assertArrayEquals(shape(0, 1, 2), data.take(3).labels());
        Dataset middle = data.range(5, 9);
        assertEquals(4, middle.size());
        assertEquals(pair(60, 249), middle.image(1));
        Dataset ofView = middle.range(1, 3).select(1, 0);
        assertArrayEquals(shape(7, 6), ofView.labels());
        assertEquals(pair(70, 248), ofView.image(0));
        assertEquals(pair(60, 249), ofView.images(1).slice(0));
        assertEquals(10, ofView.classes());
        assertEquals(0, data.take(0).size());
    }

    @Test
    void anIndexOutsideIsRefusedAndNamed() {
        Dataset view = numbered(20).take(5); // images 5 to 19 are there, but not in the view
        fails(IndexOutOfBoundsException.class, "Dataset: image 5 is outside 0..4", () -> view.images(0, 5));
        fails(IndexOutOfBoundsException.class, "Dataset: image -1 is outside 0..4", () -> view.image(-1));
        fails(IndexOutOfBoundsException.class, "Dataset: images 3 to 6 are outside 0..5", () -> view.range(3, 6));
        fails(IndexOutOfBoundsException.class, "Dataset: images 0 to 6 are outside 0..5", () -> view.take(6));
        fails(IndexOutOfBoundsException.class, "Dataset: images 4 to 3 are outside 0..5", () -> view.range(4, 3));
        fails(IndexOutOfBoundsException.class, "Dataset: image 5 is outside 0..4", () -> view.label(5));
        fails(IndexOutOfBoundsException.class, "Dataset: image -1 is outside 0..4", () -> view.labels(0, -1));
        fails(IndexOutOfBoundsException.class, "Dataset: image 5 is outside 0..4", () -> view.select(0, 5));
    }

    @Test
    void anEmptyBatchIsRefused() {
        fails(
                IllegalArgumentException.class,
                "Dataset: a batch needs at least one image",
                () -> numbered(3).images());
    }

    @Test
    void aBatchFillsATensorThatIsThereAlready() {
        Dataset data = numbered(20);
        Tensor batch = Tensor.filled(9, 3, 1, 1, 2);
        data.images(shape(3, 0, 7), batch);
        assertEquals(data.images(3, 0, 7), batch);
        data.images(shape(5, 5, 1), batch);
        assertEquals(data.images(5, 5, 1), batch);
    }

    @Test
    void aTensorOfAnotherShapeIsNotFilled() {
        Dataset data = numbered(20);
        fails(
                ShapeException.class,
                "Dataset: expected a tensor to fill of shape [2, 1, 1, 2] but got [3, 1, 1, 2]",
                () -> data.images(shape(0, 1), Tensor.zeros(3, 1, 1, 2)));
        fails(
                ShapeException.class,
                "Dataset: expected a tensor to fill of shape [2, 1, 1, 2] but got [2, 1, 2, 1]",
                () -> data.images(shape(0, 1), Tensor.zeros(2, 1, 2, 1)));
        fails(
                IllegalArgumentException.class,
                "Dataset: a batch needs at least one image",
                () -> data.images(shape(), Tensor.zeros(0, 1, 1, 2)));
    }

    @Test
    void aLabelOutsideTheClassesIsRefusedWithItsImage() {
        fails(
                IllegalArgumentException.class,
                "Dataset: label 10 of image 2 is outside 0..9",
                () -> Dataset.of(new byte[3], new int[] {0, 9, 10}, 10, 1, 1, 1));
        fails(
                IllegalArgumentException.class,
                "Dataset: label -1 of image 0 is outside 0..9",
                () -> Dataset.of(new byte[3], new int[] {-1, 9, 0}, 10, 1, 1, 1));
    }

    @Test
    void pixelsAndLabelsMustBelongTogether() {
        fails(
                ShapeException.class,
                "Dataset: 3 labels with images [1, 2, 2] need 12 bytes of pixels but got 11",
                () -> Dataset.of(new byte[11], new int[3], 10, 1, 2, 2));
        fails(
                ShapeException.class,
                "Dataset: expected image shape [C, H, W] but got [2, 2]",
                () -> Dataset.of(new byte[12], new int[3], 10, 2, 2));
        fails(
                ShapeException.class,
                "Dataset: expected image shape [C, H, W] but got [1, 0, 2]",
                () -> Dataset.of(new byte[0], new int[3], 10, 1, 0, 2));
    }

    @Test
    void floatsAreHandedOutAsTheyAre() {
        Tensor values = tensor(shape(2, 2, 1, 2), -3, 0.25, 1e6, 1, 5, 6, 7, 8);
        Dataset data = Dataset.of(values, new int[] {1, 0}, 2);
        assertEquals("Dataset of 2 images [2, 1, 2] in 2 classes", data.toString());
        assertEquals(values, data.images(0, 1));
        assertEquals(tensor(shape(2, 1, 2), 5, 6, 7, 8), data.image(1));
        assertEquals(data.image(1), data.select(1).image(0));
    }

    @Test
    void floatsAndLabelsMustBelongTogether() {
        fails(
                ShapeException.class,
                "Dataset: 3 labels need images of shape [3, C, H, W] but got [2, 1, 1, 2]",
                () -> Dataset.of(Tensor.zeros(2, 1, 1, 2), new int[3], 10));
        fails(
                ShapeException.class,
                "Dataset: 2 labels need images of shape [2, C, H, W] but got [2, 4]",
                () -> Dataset.of(Tensor.zeros(2, 4), new int[2], 10));
        fails(
                IllegalArgumentException.class,
                "Dataset: label 10 of image 1 is outside 0..9",
                () -> Dataset.of(Tensor.zeros(2, 1, 1, 2), new int[] {0, 10}, 10));
        fails(
                IllegalArgumentException.class,
                "Dataset: image 1 holds the value NaN",
                () -> Dataset.of(tensor(shape(2, 1, 1, 2), 0, 0, 0, Double.NaN), new int[2], 10));
    }

    @Test
    void anOrderNamesEveryImageOnce() {
        for (long seed = 0; seed < 20; seed++) {
            int[] order = numbered(25).order(seed, 3);
            Arrays.sort(order);
            assertArrayEquals(IntStream.range(0, 25).toArray(), order, "seed " + seed);
        }
    }

    /** The numbers were worked out apart from this code, from the specification of java.util.Random. */
    @Test
    void theOrderOfASeedAndAnEpochIsTheSameForEver() {
        Dataset data = numbered(20).range(4, 14); // the order of a view counts from its own first image
        assertArrayEquals(shape(8, 1, 0, 2, 3, 6, 7, 5, 9, 4), data.order(1, 1));
        assertArrayEquals(shape(3, 8, 2, 1, 6, 4, 5, 7, 9, 0), data.order(1, 2));
        assertArrayEquals(shape(0, 8, 3, 6, 2, 7, 4, 9, 1, 5), data.order(2, 1));
    }

    @Test
    void everyEpochAndEverySeedHasAnOrderOfItsOwn() {
        Dataset data = numbered(25);
        for (int epoch = 2; epoch < 20; epoch++) {
            assertFalse(Arrays.equals(data.order(1, 1), data.order(1, epoch)), "epoch " + epoch);
            assertFalse(Arrays.equals(data.order(1, 1), data.order(epoch, 1)), "seed " + epoch);
        }
    }

    @Test
    void allOrdersAreEquallyLikely() {
        Dataset three = numbered(3);
        Map<String, Integer> counts = new TreeMap<>();
        for (int seed = 0; seed < 6000; seed++) {
            counts.merge(Arrays.toString(three.order(seed, 1)), 1, Integer::sum);
        }
        assertEquals(6, counts.size(), counts.toString());
        counts.forEach((order, count) -> assertEquals(1000, count, 130, order)); // four and a half standard deviations
    }

    @Test
    void aDatasetSaysWhatItHolds() {
        assertEquals(
                "Dataset of 12 images [1, 1, 2] in 10 classes", numbered(12).toString());
    }

    @Test
    void theChecksumTellsPixelsLabelsAndOrderApartAndNothingElse() {
        byte[] pixels = {1, 2, 3, 4};
        Dataset data = Dataset.of(pixels, new int[] {0, 300}, 301, 1, 1, 2);
        assertEquals(
                data.checksum(),
                Dataset.of(pixels.clone(), new int[] {0, 300}, 301, 1, 1, 2).checksum());
        assertEquals(data.checksum(), data.select(1, 0).select(1, 0).checksum());
        assertNotEquals(data.checksum(), data.select(1, 0).checksum());
        assertNotEquals(data.checksum(), data.take(1).checksum());
        assertNotEquals(
                data.checksum(),
                Dataset.of(pixels, new int[] {0, 44}, 301, 1, 1, 2).checksum()); // 300 - 256
        assertNotEquals(
                data.checksum(),
                Dataset.of(new byte[] {1, 2, 3, 5}, new int[] {0, 300}, 301, 1, 1, 2)
                        .checksum());
    }

    @Test
    void theChecksumOfFloatsTellsValuesApart() {
        Tensor images = Tensor.range(2, 1, 1, 2);
        long sum = Dataset.of(images.copy(), new int[] {0, 1}, 2).checksum();
        assertEquals(sum, Dataset.of(images, new int[] {0, 1}, 2).checksum());
        images.data()[3] = 3.0000002f;
        assertNotEquals(sum, Dataset.of(images, new int[] {0, 1}, 2).checksum());
    }

    /** Two channels of 2 x 2: the second holds 100 more than the first. */
    private static Dataset square() {
        return Dataset.of(new byte[] {0, 1, 2, 3, 100, 101, 102, 103}, new int[] {0}, 1, 2, 2, 2);
    }

    @Test
    void pixelsMoveInEveryChannelAlike() {
        Dataset moved = square().permutePixels(2, 0, 3, 1);
        Tensor expected = tensor(shape(2, 2, 2), 2, 0, 3, 1, 102, 100, 103, 101).map(value -> value / 255);
        assertClose(expected, moved.image(0), 1e-7, "moved pixels");
        assertEquals(square().image(0), moved.permutePixels(1, 3, 0, 2).image(0), "moved there and back");
    }

    @Test
    void movedPixelsKeepLabelsAndEveryOtherView() {
        Dataset moved = numbered(20).permutePixels(1, 0);
        assertEquals(pair(252, 30), moved.image(3));
        assertEquals(pair(252, 30), moved.range(2, 5).image(1));
        assertEquals(3, moved.label(3));
        assertNotEquals(numbered(20).checksum(), moved.checksum());
        assertEquals(moved.checksum(), numbered(20).permutePixels(1, 0).checksum());
    }

    @Test
    void movingPixelsNeedsEveryPositionOnce() {
        String start =
                "Dataset: to move the pixels of images [2, 2, 2], every position 0..3 must be given once, but got ";
        fails(
                IllegalArgumentException.class,
                start + "4 numbers: 1 comes twice",
                () -> square().permutePixels(0, 1, 1, 3));
        fails(IllegalArgumentException.class, start + "3 numbers: 3 is missing", () -> square().permutePixels(0, 1, 2));
        fails(
                IllegalArgumentException.class,
                start + "5 numbers: 4 is no position",
                () -> square().permutePixels(0, 1, 2, 3, 4));
    }

    @Test
    void anIndexThatIsNotThereChangesNothing() {
        Dataset data = Dataset.of(new byte[] {1, 2, 3, 4}, new int[4], 1, 1, 1, 1);
        Tensor into = Tensor.filled(9, 2, 1, 1, 1);
        assertThrows(IndexOutOfBoundsException.class, () -> data.images(new int[] {0, 99}, into));
        assertEquals(Tensor.filled(9, 2, 1, 1, 1), into);
    }
}
