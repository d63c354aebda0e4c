package cnnkit.data;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import cnnkit.engine.Workers;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AugmentationTest {
    private static final Augmentation SOME = Augmentation.none().shift(2).rotation(10);
    private static final Augmentation ALL = SOME.zoom(0.1).elastic(4);

    /** Noise, so that every place of every image is unlike the others. */
    private static Dataset noise(int count, int... imageShape) {
        byte[] pixels = new byte[count * imageShape[0] * imageShape[1] * imageShape[2]];
        new Random(1).nextBytes(pixels);
        return Dataset.of(pixels, new int[count], 1, imageShape);
    }

    private static int[] all(Dataset data) {
        return IntStream.range(0, data.size()).toArray();
    }

    private static Tensor moved(Motion motion, Tensor image) {
        Tensor moved = image.copy();
        int height = image.size(0), width = image.size(1);
        motion.move(
                moved.data(),
                0,
                height,
                width,
                new float[Motion.framedLength(height, width)],
                new double[2 * height * width]);
        return moved;
    }

    private static final Tensor THREE_BY_THREE = tensor(shape(3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9);

    @Test
    void aShiftByWholePixelsMovesThemAndZerosComeIn() {
        assertEquals(THREE_BY_THREE, moved(new Motion(0, 0, 0, 1), THREE_BY_THREE));
        assertEquals(tensor(shape(3, 3), 0, 0, 0, 0, 1, 2, 0, 4, 5), moved(new Motion(1, 1, 0, 1), THREE_BY_THREE));
        assertEquals(tensor(shape(3, 3), 6, 0, 0, 9, 0, 0, 0, 0, 0), moved(new Motion(-1, -2, 0, 1), THREE_BY_THREE));
    }

    @Test
    void aShiftByHalfAPixelTakesMeansOfTwo() {
        assertEquals(
                tensor(shape(3, 3), 0.5, 1.5, 2.5, 2, 4.5, 5.5, 3.5, 7.5, 8.5),
                moved(new Motion(0, 0.5, 0, 1), THREE_BY_THREE));
        assertEquals(
                tensor(shape(3, 3), 0.5, 1, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5),
                moved(new Motion(0.5, 0, 0, 1), THREE_BY_THREE));
    }

    @Test
    void aQuarterTurnGoesClockwiseAboutTheCentre() {
        assertEquals(tensor(shape(3, 3), 7, 4, 1, 8, 5, 2, 9, 6, 3), moved(new Motion(0, 0, 1, 0), THREE_BY_THREE));
        assertEquals(tensor(shape(3, 3), 9, 8, 7, 6, 5, 4, 3, 2, 1), moved(new Motion(0, 0, 0, -1), THREE_BY_THREE));
        assertEquals( // turned, then shifted down
                tensor(shape(3, 3), 0, 0, 0, 7, 4, 1, 8, 5, 2), moved(new Motion(1, 0, 1, 0), THREE_BY_THREE));
    }

    @Test
    void aLargerImageGrowsFromItsCentreAndASmallerOneHasBlackAroundIt() {
        Tensor cross = tensor(shape(3, 3), 0, 4, 0, 4, 8, 4, 0, 4, 0);
        assertEquals( // twice as large: the neighbours of the centre are half a pixel of the old image away
                tensor(shape(3, 3), 4, 6, 4, 6, 8, 6, 4, 6, 4), moved(new Motion(0, 0, 0, 1 / 2.0), cross));
        assertEquals( // half as large: they are two pixels away, outside
                tensor(shape(3, 3), 0, 0, 0, 0, 8, 0, 0, 0, 0), moved(new Motion(0, 0, 0, 2), cross));
        assertEquals( // then shifted down, by a whole pixel of the new image
                tensor(shape(3, 3), 2, 4, 2, 4, 6, 4, 6, 8, 6), moved(new Motion(1, 0, 0, 1 / 2.0), cross));
    }

    @Test
    void aPullIsAddedToThePlaceAPixelComesFrom() {
        Tensor image = THREE_BY_THREE.copy();
        double[] pull = new double[18];
        pull[0] = 1; // the first pixel comes from one further down
        pull[9 + 4] = -0.5; // the middle one from half a pixel further left
        pull[9 + 8] = 1; // the last one from outside
        new Motion(0, 0, 0, 1).move(image.data(), 0, 3, 3, new float[Motion.framedLength(3, 3)], pull);
        assertEquals(tensor(shape(3, 3), 4, 2, 3, 4, 4.5, 6, 7, 8, 0), image);
    }

    @Test
    void whatIsMovedFarAwayIsGone() {
        for (double far : new double[] {4, 3, -3, 1000, -1e300}) {
            assertEquals(Tensor.zeros(3, 3), moved(new Motion(far, 0, 0, 1), THREE_BY_THREE), "" + far);
            assertEquals(Tensor.zeros(3, 3), moved(new Motion(0, far, 0, 1), THREE_BY_THREE), "" + far);
        }
    }

    /** The formula of the class comment, with a question at each of the four neighbours whether it is there. */
    private static double formula(Motion m, Tensor image, int y, int x) {
        int height = image.size(0), width = image.size(1);
        double cy = (height - 1) / 2.0, cx = (width - 1) / 2.0;
        double fromY = cy + m.cos() * (y - m.down() - cy) - m.sin() * (x - m.right() - cx);
        double fromX = cx + m.sin() * (y - m.down() - cy) + m.cos() * (x - m.right() - cx);
        double sum = 0;
        for (int r = 0; r < height; r++) {
            for (int c = 0; c < width; c++) {
                double weight = Math.max(0, 1 - Math.abs(fromY - r)) * Math.max(0, 1 - Math.abs(fromX - c));
                sum += weight * image.get(r, c);
            }
        }
        return sum;
    }

    @Test
    void everyPixelIsTheBilinearMeanOfTheFormula() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            int height = 1 + random.nextInt(9), width = 1 + random.nextInt(9);
            Tensor image = Tensor.gaussian(random, 1, height, width);
            double angle = 7 * random.nextDouble();
            double down = 6 * random.nextDouble() - 3, right = 6 * random.nextDouble() - 3;
            double size = seed % 2 == 0 ? 1 : 0.5 + random.nextDouble();
            Motion motion = new Motion(down, right, Math.sin(angle) / size, Math.cos(angle) / size);
            Tensor moved = moved(motion, image);
            for (int i = 0; i < height * width; i++) {
                assertEquals(formula(motion, image, i / width, i % width), moved.data()[i], 1e-6, "seed " + seed);
            }
        }
    }

    @Test
    void allChannelsOfAnImageMoveAlike() {
        Dataset three = noise(4, 3, 6, 5);
        Tensor batch = SOME.images(three, shape(2, 0), 5, 1);
        Motion second = SOME.motion(5, 1, 0);
        for (int c = 0; c < 3; c++) {
            assertSameBits(moved(second, three.images(0).slice(0, c)), batch.slice(1, c), "channel " + c);
        }
    }

    @Test
    void allChannelsOfAnImageAreBentAlike() {
        byte[] pixels = new byte[2 * 30];
        new Random(1).nextBytes(pixels);
        System.arraycopy(pixels, 0, pixels, 30, 30);
        Dataset twice = Dataset.of(pixels, new int[1], 1, 2, 6, 5);
        Tensor bent =
                Augmentation.none().elastic(3).images(twice, shape(0), 5, 1).slice(0);
        assertNotEquals(twice.images(0).slice(0), bent);
        assertSameBits(bent.slice(0), bent.slice(1), "channels");
    }

    @Test
    void aDeformationChangesNeitherShiftNorAngleNorSize() {
        assertEquals(SOME.zoom(0.1).motion(7, 3, 5), ALL.motion(7, 3, 5));
    }

    @Test
    void withoutShiftRotationZoomAndDeformationNothingChanges() {
        Dataset data = noise(7, 2, 5, 4);
        assertSameBits(data.images(all(data)), Augmentation.none().images(data, all(data), 1, 1), "none");
        Dataset normalized = data.normalized(Normalization.of(data));
        assertSameBits(
                normalized.images(all(data)), Augmentation.none().images(normalized, all(data), 1, 1), "normalized");
    }

    @Test
    void whatComesInIsBlackAlsoWhenImagesAreNormalized() {
        Dataset bright = Dataset.of(Tensor.filled(1, 1, 1, 8, 8), new int[1], 1);
        Normalization half = Normalization.of(0.5, 0.25);
        Augmentation far = Augmentation.none().shift(7);
        Tensor moved = far.images(bright.normalized(half), shape(0), 1, 1);
        assertSameBits(half.apply(far.images(bright, shape(0), 1, 1)), moved, "moved, then normalized");
        assertEquals(-2, moved.min()); // (0 - 0.5) / 0.25
        assertEquals(2, moved.max());
    }

    /** The numbers were worked out apart from this code, from the specifications of SplitMix64 and java.util.Random. */
    @Test
    void theMotionOfASeedAnEpochAndAnImageIsTheSameForEver() {
        assertMotion(SOME.motion(1, 1, 0), -0.5540998745744501, -1.116593806624854, -9.04723342588497);
        assertMotion(SOME.motion(1, 2, 0), 0.930603970846049, 1.317112029889683, 2.647230602730588);
        assertMotion(SOME.motion(7, 3, 59_999), -0.3450783089458236, 0.06627406725934604, 5.573879021177457);
    }

    /** As above, with one more number of each generator for the size; the three before stay what they are. */
    @Test
    void aZoomChangesNeitherShiftNorAngleAndIsTheSameForEver() {
        Augmentation zoomed = SOME.zoom(0.1);
        assertMotion(
                zoomed.motion(1, 1, 0), -0.5540998745744501, -1.116593806624854, -9.04723342588497, 0.9890194247588678);
        assertMotion(
                zoomed.motion(1, 2, 0), 0.930603970846049, 1.317112029889683, 2.647230602730588, 1.076588335399571);
        assertMotion(
                zoomed.motion(7, 3, 59_999),
                -0.3450783089458236,
                0.06627406725934604,
                5.573879021177457,
                1.0268597593996631);
    }

    private static void assertMotion(Motion motion, double down, double right, double degrees) {
        assertMotion(motion, down, right, degrees, 1);
    }

    private static void assertMotion(Motion motion, double down, double right, double degrees, double size) {
        assertEquals(down, motion.down(), 1e-15);
        assertEquals(right, motion.right(), 1e-15);
        assertEquals(Math.sin(Math.toRadians(degrees)) / size, motion.sin(), 1e-15);
        assertEquals(Math.cos(Math.toRadians(degrees)) / size, motion.cos(), 1e-15);
    }

    @Test
    void theBitsAreTheSameOnEveryMachine() {
        Dataset data = noise(20, 1, 28, 28);
        assertEquals(-1060965845, SOME.images(data, all(data), 3, 2).hashCode());
        assertEquals(-1148224304, ALL.images(data, all(data), 3, 2).hashCode());
    }

    @Test
    void anImageLooksTheSameInWhateverBatchItIs() {
        Dataset data = noise(9, 1, 7, 7);
        Tensor together = ALL.images(data, all(data), 1, 4);
        for (int i = 0; i < 9; i++) {
            assertSameBits(
                    together.slice(i), ALL.images(data, shape(8, i), 1, 4).slice(1), "image " + i);
        }
    }

    @Test
    void everySeedEpochAndImageHasAMotionOfItsOwn() {
        Motion one = SOME.motion(1, 1, 1);
        for (int other = 2; other < 50; other++) {
            assertNotEquals(one, SOME.motion(other, 1, 1), "seed " + other);
            assertNotEquals(one, SOME.motion(1, other, 1), "epoch " + other);
            assertNotEquals(one, SOME.motion(1, 1, other), "image " + other);
            assertNotEquals(SOME.motion(1, 1, other), SOME.motion(1, other, 1), "epoch or image " + other);
        }
    }

    @Test
    void motionsAreDrawnEvenlyBetweenTheLimits() {
        int[][] counts = new int[4][10];
        for (int image = 0; image < 10_000; image++) {
            Motion motion = SOME.zoom(0.25).motion(1, 1, image);
            double degrees = Math.toDegrees(Math.atan2(motion.sin(), motion.cos()));
            counts[0][(int) Math.floor((motion.down() + 2) / 0.4)]++;
            counts[1][(int) Math.floor((motion.right() + 2) / 0.4)]++;
            counts[2][(int) Math.floor((degrees + 10) / 2)]++;
            double size = 1 / Math.hypot(motion.sin(), motion.cos());
            counts[3][(int) Math.floor((size - 0.75) / 0.05)]++;
        }
        for (int[] numbers : counts) {
            for (int count : numbers) {
                assertEquals(1000, count, 140); // four and a half standard deviations
            }
        }
    }

    @Test
    void neighboursDoNotMoveAlike() {
        double products = 0;
        for (int image = 0; image < 10_000; image++) {
            products += SOME.motion(1, 1, image).down()
                    * SOME.motion(1, 1, image + 1).down();
            products += SOME.motion(image, 1, 1).down()
                    * SOME.motion(image + 1, 1, 1).down();
            products += SOME.motion(1, image, 1).down()
                    * SOME.motion(1, image + 1, 1).down();
        }
        assertEquals(0, products / 30_000 / (4 / 3.0), 0.03); // correlation; chance gives about 0.006
    }

    @Test
    void itDoesNotMatterHowManyThreadsWork() {
        Dataset data = noise(50, 1, 28, 28);
        Tensor onAll = ALL.images(data, all(data), 1, 1);
        Tensor[] alone = new Tensor[2];
        Workers.run(2, (thread, task) -> alone[task] = ALL.images(data, all(data), 1, 1)); // a task inside a task
        assertSameBits(onAll, alone[0], "one thread");
        assertSameBits(onAll, alone[1], "one thread");
    }

    @Test
    void aBatchFillsATensorThatIsThereAlready() {
        Dataset data = noise(5, 1, 4, 4);
        Tensor batch = Tensor.filled(9, 2, 1, 4, 4);
        SOME.images(data, shape(3, 1), 1, 1, batch);
        assertEquals(SOME.images(data, shape(3, 1), 1, 1), batch);
        fails(
                ShapeException.class,
                "Dataset: expected a tensor to fill of shape [1, 1, 4, 4] but got [2, 1, 4, 4]",
                () -> SOME.images(data, shape(3), 1, 1, batch));
        fails(
                IndexOutOfBoundsException.class,
                "Dataset: image 5 is outside 0..4",
                () -> SOME.images(data, shape(5), 1, 1));
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            fails(
                    IllegalArgumentException.class,
                    "Augmentation: expected a shift from 0 pixels but got " + wrong,
                    () -> SOME.shift(wrong));
        }
        for (double wrong : new double[] {-1, Double.NaN, 181}) {
            fails(
                    IllegalArgumentException.class,
                    "Augmentation: expected a rotation from 0 to 180 degrees but got " + wrong,
                    () -> SOME.rotation(wrong));
        }
        for (double wrong : new double[] {-0.1, Double.NaN, 1, 10}) {
            fails(
                    IllegalArgumentException.class,
                    "Augmentation: expected a zoom from 0 to less than 1, such as 0.1, but got " + wrong,
                    () -> SOME.zoom(wrong));
        }
        for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            fails(
                    IllegalArgumentException.class,
                    "Augmentation: expected an elastic deformation from 0 pixels but got " + wrong,
                    () -> SOME.elastic(wrong));
        }
        assertEquals(new Augmentation(2, 10), SOME);
        assertEquals(new Augmentation(0, 0), Augmentation.none());
        assertEquals(
                new Augmentation(2, 10, 0.1, 3),
                Augmentation.none().elastic(3).zoom(0.1).rotation(10).shift(2));
    }

    @Test
    void aCheckpointOfAVersionWithoutZoomOrElasticNamesTheSameAugmentation() {
        assertEquals("Augmentation[shift=2.0, rotation=10.0]", SOME.toString());
        assertEquals(
                "Augmentation[shift=2.0, rotation=10.0, zoom=0.1]",
                SOME.zoom(0.1).toString());
        assertEquals(
                "Augmentation[shift=2.0, rotation=10.0, elastic=4.0]",
                SOME.elastic(4).toString());
    }
}
