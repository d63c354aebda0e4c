package cnnkit.data;

import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

    /** Image i is one pixel of brightness i, so that it can be found again. */
    private static Dataset labelled(int... labels) {
        byte[] pixels = new byte[labels.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) i;
        }
        return Dataset.of(pixels, labels, 10, 1, 1, 1);
    }

    private static int[] numbers(Dataset data) {
        return IntStream.range(0, data.size())
                .map(i -> Math.round(255 * data.image(i).get(0, 0, 0)))
                .toArray();
    }

    private static int[] counts(Dataset data) {
        int[] counts = new int[data.classes()];
        Arrays.stream(data.labels()).forEach(label -> counts[label]++);
        return counts;
    }

    @Test
    void everyImageIsInOneOfThePartsAndKeepsItsPlaceInTheOrder() {
        Dataset data = labelled(IntStream.range(0, 100).map(i -> i * i % 10).toArray());
        for (long seed = 0; seed < 20; seed++) {
            Split split = data.split(23, seed);
            int[] train = numbers(split.train()), validation = numbers(split.validation());
            assertEquals(23, validation.length);
            assertArrayEquals(IntStream.of(train).sorted().toArray(), train, "seed " + seed);
            assertArrayEquals(IntStream.of(validation).sorted().toArray(), validation, "seed " + seed);
            assertArrayEquals(
                    IntStream.range(0, 100).toArray(),
                    IntStream.concat(IntStream.of(train), IntStream.of(validation))
                            .sorted()
                            .toArray(),
                    "seed " + seed);
            assertEquals(data.label(validation[5]), split.validation().label(5));
        }
    }

    @Test
    void everyClassGivesTheSameShare() {
        int[] labels = new int[60];
        Arrays.fill(labels, 0, 36, 4); // 36 of class 4, 18 of class 7, 6 of class 0
        Arrays.fill(labels, 36, 54, 7);
        assertArrayEquals(
                shape(1, 0, 0, 0, 6, 0, 0, 3, 0, 0),
                counts(labelled(labels).split(10, 1).validation()));
        // shares of 11: 6.6, 3.3 and 1.1. Rounded down 6, 3 and 1; the one that is left goes to class 4
        assertArrayEquals(
                shape(1, 0, 0, 0, 7, 0, 0, 3, 0, 0),
                counts(labelled(labels).split(11, 1).validation()));
        // 0.6, 0.3 and 0.1
        assertArrayEquals(
                shape(0, 0, 0, 0, 1, 0, 0, 0, 0, 0),
                counts(labelled(labels).split(1, 1).validation()));
    }

    @Test
    void ofEqualRestsTheFirstClassGetsMore() {
        Dataset data = labelled(3, 3, 3, 3, 1, 1, 1, 1);
        assertArrayEquals(
                shape(0, 2, 0, 1, 0, 0, 0, 0, 0, 0), counts(data.split(3, 9).validation()));
    }

    @Test
    void theSeedDecidesWhichImages() {
        Dataset data = labelled(new int[100]);
        int[] first = numbers(data.split(20, 1).validation());
        assertArrayEquals(first, numbers(data.split(20, 1).validation()));
        assertFalse(Arrays.equals(first, numbers(data.split(20, 2).validation())));
    }

    @Test
    void ofTheTrainingImagesOfMnistFiveThousandAreHeldOut() throws IOException {
        Split split = Mnist.load().train().split();
        assertEquals(
                "Dataset of 55,000 images [1, 28, 28] in 10 classes",
                split.train().toString());
        // 5923 * 5000 / 60000 = 493.6, 6742 * 5000 / 60000 = 561.8 and so on
        assertArrayEquals(shape(494, 562, 496, 511, 487, 452, 493, 522, 487, 496), counts(split.validation()));
    }

    @Test
    void noPartIsEverEmpty() {
        Dataset data = labelled(new int[50]);
        assertEquals(49, data.split(49, 1).validation().size());
        assertEquals(1, data.split(1, 1).validation().size());
        fails(
                IllegalArgumentException.class,
                "Dataset: cannot hold out 5,000 of 50 images: split(count, seed) needs a count from 1 to 49",
                data::split);
        fails(
                IllegalArgumentException.class,
                "Dataset: cannot hold out 50 of 50 images: split(count, seed) needs a count from 1 to 49",
                () -> data.split(50, 1));
        fails(
                IllegalArgumentException.class,
                "Dataset: cannot hold out 0 of 50 images: split(count, seed) needs a count from 1 to 49",
                () -> data.split(0, 1));
    }
}
