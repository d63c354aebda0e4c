package cnnkit.data;

import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Tensor;
import cnnkit.train.Trainer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnDigitTest {
    private static final int DIGITS = 100;
    private static Mnist mnist;

    @TempDir
    Path folder;

    @BeforeAll
    static void load() throws IOException {
        mnist = Mnist.load();
    }

    /** Brightness in 0..1, row by row, as a grey picture. */
    private static BufferedImage picture(double[][] brightness) {
        int height = brightness.length, width = brightness[0].length;
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double value = Math.max(0, Math.min(1, brightness[y][x]));
                picture.getRaster().setSample(x, y, 0, (int) Math.round(255 * value));
            }
        }
        return picture;
    }

    private static double pixel(Tensor digit, int y, int x) {
        return y < 0 || y >= 28 || x < 0 || x >= 28 ? 0 : digit.data()[y * 28 + x];
    }

    /** A digit of MNIST in its own size, light on dark. */
    private static double[][] asItIs(Tensor digit) {
        double[][] ink = new double[28][28];
        for (int i = 0; i < 784; i++) {
            ink[i / 28][i % 28] = digit.data()[i];
        }
        return ink;
    }

    /** A digit of MNIST, enlarged into squares of pixels, somewhere on a sheet that is larger still. */
    private static double[][] enlarged(Tensor digit, int times, Random random) {
        double[][] ink = new double[34 * times + random.nextInt(50)][34 * times + random.nextInt(50)];
        int top = random.nextInt(ink.length - 27 * times), left = random.nextInt(ink[0].length - 27 * times);
        for (int y = 0; y < 28 * times && top + y < ink.length; y++) {
            for (int x = 0; x < 28 * times && left + x < ink[0].length; x++) {
                ink[top + y][left + x] = pixel(digit, y / times, x / times);
            }
        }
        return ink;
    }

    /** The same with soft edges: between the middles of the digit's pixels, brightness changes linearly. */
    private static double[][] softlyEnlarged(Tensor digit, int times, Random random) {
        double[][] ink = new double[34 * times + random.nextInt(50)][34 * times + random.nextInt(50)];
        int top = random.nextInt(ink.length - 27 * times), left = random.nextInt(ink[0].length - 27 * times);
        for (int y = 0; y < ink.length; y++) {
            for (int x = 0; x < ink[0].length; x++) {
                double row = (y - top + 0.5) / times - 0.5, column = (x - left + 0.5) / times - 0.5;
                int r = (int) Math.floor(row), c = (int) Math.floor(column);
                double down = row - r, right = column - c;
                ink[y][x] = (1 - down) * ((1 - right) * pixel(digit, r, c) + right * pixel(digit, r, c + 1))
                        + down * ((1 - right) * pixel(digit, r + 1, c) + right * pixel(digit, r + 1, c + 1));
            }
        }
        return ink;
    }

    /** Ink on light paper. */
    private static double[][] onPaper(double[][] ink) {
        double[][] seen = new double[ink.length][ink[0].length];
        for (int y = 0; y < ink.length; y++) {
            for (int x = 0; x < ink[0].length; x++) {
                seen[y][x] = 1 - ink[y][x];
            }
        }
        return seen;
    }

    /** As a camera sees it: no black is quite black, light falls from one side, a shadow has an edge, and there is noise. */
    private static double[][] photographed(double[][] ink, Random random) {
        double[][] seen = onPaper(ink);
        double down = random.nextDouble() - 0.5, right = random.nextDouble() - 0.5;
        int shadow = random.nextInt(ink[0].length);
        for (int y = 0; y < ink.length; y++) {
            for (int x = 0; x < ink[0].length; x++) {
                double light = 0.75
                        + 0.4 * down * ((double) y / ink.length - 0.5)
                        + 0.4 * right * ((double) x / ink[0].length - 0.5)
                        - (x < shadow ? 0.1 : 0);
                seen[y][x] = (0.15 + 0.85 * seen[y][x]) * light + 0.02 * random.nextGaussian();
            }
        }
        return seen;
    }

    /** The mean difference of their pixels. */
    private static double difference(Tensor one, Tensor other) {
        double sum = 0;
        for (int i = 0; i < 784; i++) {
            sum += Math.abs(one.data()[i] - other.data()[i]);
        }
        return sum / 784;
    }

    @FunctionalInterface
    private interface Way {
        double[][] show(Tensor digit, Random random);
    }

    /** How far digits of MNIST are from what they were after they were shown in some way, in ascending order. */
    private static double[] differences(Way way) {
        Random random = new Random(1);
        double[] differences = new double[DIGITS];
        for (int i = 0; i < DIGITS; i++) {
            Tensor digit = mnist.test().image(i);
            differences[i] = difference(digit, OwnDigit.fromImage(picture(way.show(digit, random))));
        }
        Arrays.sort(differences);
        return differences;
    }

    private static void assertWithin(double median, double most, double[] differences) {
        assertTrue(
                differences[DIGITS / 2] <= median && differences[DIGITS - 1] <= most,
                "median " + differences[DIGITS / 2] + ", most " + differences[DIGITS - 1]);
    }

    /** Measured: 0.00016 and 0.068; that one has a faint first column, which counts as the rim of a stroke here. */
    @Test
    void aDigitOfMnistComesOutAsItWas() {
        double[] differences = differences((digit, random) -> asItIs(digit));
        assertWithin(0.0005, 0.08, differences);
        assertTrue(differences[DIGITS * 98 / 100] < 0.01, "98 of 100: " + differences[DIGITS * 98 / 100]);
    }

    @Test
    void whiteOnBlackAndBlackOnWhiteAreTheSame() {
        for (int i = 0; i < 20; i++) {
            double[][] ink = asItIs(mnist.test().image(i));
            Tensor light = OwnDigit.fromImage(picture(ink)), dark = OwnDigit.fromImage(picture(onPaper(ink)));
            assertTrue(difference(light, dark) < 1e-6, "image " + i);
        }
    }

    /** Measured: 0.00016 and 0.068. */
    @Test
    void itDoesNotMatterHowLargeItIsAndWhere() {
        assertWithin(0.0005, 0.08, differences((digit, random) -> onPaper(enlarged(digit, 6, random))));
    }

    /** Measured: 0.032 and 0.080. Soft edges make the box up to a pixel wider, and strokes so much finer. */
    @Test
    void softEdgesChangeLittle() {
        assertWithin(0.035, 0.09, differences((digit, random) -> onPaper(softlyEnlarged(digit, 6, random))));
    }

    /** Measured: 0.030 and 0.101. */
    @Test
    void aPhotographIsAsGood() {
        assertWithin(
                0.04, 0.11, differences((digit, random) -> photographed(softlyEnlarged(digit, 6, random), random)));
    }

    /** Measured: 177 right as photographs, 179 as they were. */
    @Test
    void aNetworkThatHasLearnedFromMnistReadsThem() {
        Network network =
                SimpleConvNet.builder().filters(8).hidden(50).weightStd(0.05).build(1);
        new Trainer(network, mnist.train().take(4_000)).batchSize(20).train();
        Random random = new Random(1);
        int right = 0, rightAsPhotographs = 0;
        for (int i = 0; i < 200; i++) {
            Tensor digit = mnist.test().image(i);
            BufferedImage photograph = picture(photographed(softlyEnlarged(digit, 6, random), random));
            Tensor prepared = OwnDigit.fromImage(photograph);
            assertArrayEquals(shape(1, 1, 28, 28), prepared.shape());
            int label = mnist.test().label(i);
            right += network.predict(digit.reshape(1, 1, 28, 28)).argmax()[0] == label ? 1 : 0;
            rightAsPhotographs += network.predict(prepared).argmax()[0] == label ? 1 : 0;
        }
        String measured = right + " of 200 right, as photographs " + rightAsPhotographs;
        assertTrue(rightAsPhotographs >= right - 10 && rightAsPhotographs >= 170, measured);
    }

    /** The digit as it could be drawn: '#' is 1, '.' is 0, '+' in between. */
    private static List<String> drawn(Tensor digit) {
        StringBuilder text = new StringBuilder();
        for (float value : digit.data()) {
            text.append(value == 0 ? '.' : value == 1 ? '#' : '+');
        }
        return text.toString().replaceAll(".{28}", "$0\n").lines().toList();
    }

    @Test
    void aDrawingOfCharactersBecomesADigit() {
        List<String> seven = drawn(OwnDigit.fromText("""

                        #####
                            #
                        ...#
                        ..X..
                        ..#
                        """));
        // Each of 5x5 characters is 4x4 pixels. The 9 with ink balance in row 53.5 / 9 = 5.9 and column 97.5 / 9 = 10.8
        // of the box, which begins therefore in row 14 - 5.9, rounded 8, and column 3.
        assertEquals(28, seven.size());
        for (int y = 0; y < 28; y++) {
            String expected = switch (y < 8 ? -1 : (y - 8) / 4) {
                case -1 -> "............................";
                case 0 -> "...####################.....";
                case 1 -> "...................####.....";
                case 2 -> "...............####.........";
                default -> "...........####.............";
            };
            assertEquals(expected, seven.get(y), "row " + y);
        }
    }

    @Test
    void proportionsAreKept() {
        List<String> bar = drawn(OwnDigit.fromText(("#".repeat(10) + "\n").repeat(40)));
        // 5 wide and 20 high; the middle of its columns is 2, which goes to 14; that of its rows 9.5, rounded up
        for (int y = 0; y < 28; y++) {
            assertEquals(
                    y >= 5 && y < 25 ? "............#####..........." : "............................", bar.get(y));
        }
        List<String> lying = drawn(OwnDigit.fromText("#\n".repeat(3).replace("#", "#".repeat(7)))); // 7 wide, 3 high
        // 8.57 pixels high: 8 whole rows, and one that is covered for the rest
        assertEquals(
                8, lying.stream().filter(row -> row.contains("#".repeat(20))).count());
        assertEquals(
                1, lying.stream().filter(row -> row.contains("+".repeat(20))).count());
    }

    @Test
    void edgesTurnGreyByTheAreaThatInkCovers() {
        // 40x40 characters, of which four become a pixel: of the first pixels 4, 3, 2 and 1 have ink
        Tensor digit = OwnDigit.fromText("###.#.#." + "#".repeat(32) + "\n" + "#####..." + "#".repeat(32) + "\n"
                + ("#".repeat(40) + "\n").repeat(38));
        assertArrayEquals(
                new float[] {0, 1, 0.75f, 0.5f, 0.25f, 1},
                Arrays.copyOfRange(digit.slice(0, 0, 4).data(), 3, 9)); // it balances a bit behind 9.5
        assertEquals(0, digit.slice(0, 0, 3).max());
    }

    @Test
    void inkNeverGoesBeyondTheRim() {
        List<String> corner = drawn(OwnDigit.fromText("#".repeat(20) + "\n#".repeat(19)));
        // It balances in row and column 190 / 39 = 4.9 of the box: beginning in 14 - 4.9, it would end in 28
        assertEquals("........####################", corner.get(8));
        assertEquals("........#...................", corner.get(27));
    }

    @Test
    void specksOfDirtAreNotInk() {
        Tensor digit = mnist.test().image(0);
        double[][] ink = enlarged(digit, 6, new Random(1));
        Tensor clean = OwnDigit.fromImage(picture(onPaper(ink)));
        for (int i = 0; i < 3; i++) { // three specks of 5x5 in the corners
            for (int p = 0; p < 25; p++) {
                ink[(i / 2) * (ink.length - 6) + p / 5][(i % 2) * (ink[0].length - 6) + p % 5] = 1;
            }
        }
        assertEquals(clean, OwnDigit.fromImage(picture(onPaper(ink))));
    }

    @Test
    void aDigitThatWasCutOutCloselyIsStillInk() {
        double[][] one = new double[60][15]; // a stroke of 7 from the upper rim to the lower
        for (double[] row : one) {
            Arrays.fill(row, 3, 10, 1);
        }
        assertEquals(OwnDigit.fromText(("#".repeat(7) + "\n").repeat(60)), OwnDigit.fromImage(picture(onPaper(one))));
    }

    @Test
    void anEmptyPictureIsAnErrorThatSaysWhatToDraw() throws IOException {
        String message =
                ": there is no ink in this picture: nothing in it is clearly darker or brighter than the rest. Draw dark on light or light on dark, and let the digit fill most of the picture";
        double[][] noise = new double[100][80];
        Random random = new Random(1);
        for (double[] row : noise) {
            Arrays.setAll(row, x -> 0.7 + 0.002 * x + 0.03 * random.nextGaussian());
        }
        for (double[][] empty : List.of(new double[28][28], onPaper(new double[300][10]), noise, new double[1][1])) {
            fails(IllegalArgumentException.class, "OwnDigit" + message, () -> OwnDigit.fromImage(picture(empty)));
        }
        Path file = folder.resolve("empty.png");
        ImageIO.write(picture(noise), "png", file.toFile());
        fails(IllegalArgumentException.class, file + message, () -> OwnDigit.fromFile(file));
        for (String empty : new String[] {"", " ", "....\n.. .\n"}) {
            fails(
                    IllegalArgumentException.class,
                    "OwnDigit: there is no ink in this drawing: draw with any character but '.' and ' ', which are paper",
                    () -> OwnDigit.fromText(empty));
        }
    }

    @Test
    void aFileIsReadInColourAndTurnsGrey() throws IOException {
        double[][] ink = enlarged(mnist.test().image(3), 5, new Random(1));
        BufferedImage blueOnYellow = new BufferedImage(ink[0].length, ink.length, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < ink.length; y++) {
            for (int x = 0; x < ink[0].length; x++) {
                int yellow = (int) Math.round(240 * (1 - ink[y][x])),
                        blue = (int) Math.round(150 * (1 - ink[y][x]) + 100 * ink[y][x]);
                blueOnYellow.setRGB(x, y, yellow << 16 | yellow << 8 | blue);
            }
        }
        Path file = folder.resolve("three.png");
        ImageIO.write(blueOnYellow, "png", file.toFile());
        Tensor digit = OwnDigit.fromFile(file);
        assertEquals(OwnDigit.fromImage(blueOnYellow), digit);
        assertTrue(difference(digit, mnist.test().image(3)) < 0.01, "" + digit);
    }

    @Test
    void aFolderOfOwnDigitsIsADataset() throws IOException {
        for (int i = 0; i < 4; i++) { // the first images of the test set are 7, 2, 1, 0
            Path digit =
                    Files.createDirectories(folder.resolve("" + mnist.test().label(i)));
            double[][] ink = enlarged(mnist.test().image(i), 3 + i, new Random(1));
            ImageIO.write(
                    picture(onPaper(ink)), "png", digit.resolve("mine.png").toFile());
        }
        PictureFolder mine = PictureFolder.digits(folder);
        assertEquals(
                "Dataset of 4 images [1, 28, 28] in 10 classes", mine.images().toString());
        assertArrayEquals(shape(0, 1, 2, 7), mine.images().labels());
        assertEquals("7", mine.classNames().get(7));
        Path seven = folder.resolve("7").resolve("mine.png");
        assertEquals(seven, mine.files().get(3));
        assertEquals(OwnDigit.fromFile(seven).reshape(1, 28, 28), mine.images().image(3));
        Path other = Files.createDirectories(folder.resolve("ten"));
        fails(
                IOException.class,
                other + ": expected folders named 0 to 9, each with pictures of that digit",
                () -> PictureFolder.digits(folder));
    }
}
