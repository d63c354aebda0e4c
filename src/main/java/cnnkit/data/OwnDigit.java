package cnnkit.data;

import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A digit of a learner's own, prepared as those of MNIST were, so that a network that has learned from MNIST can read
 * it.
 * <pre>
 *     Tensor mine = OwnDigit.fromFile(Path.of("seven.jpg"));        (1, 1, 28, 28) in [0, 1]
 *     int digit = network.predict(mine).argmax()[0];
 * </pre>
 * What happens to the picture: it becomes grey; ink becomes bright and paper 0 (dark ink on light paper and chalk on a
 * board both do, and shadows and specks of dirt go); the ink is scaled into a box of 20x20 pixels, its proportions kept
 * and its edges grey; the box is laid on 28x28 pixels of paper, whole pixels to and fro, so that its centre of mass
 * comes as near as can be to the pixel in row 14 and column 14, counted from 0. That is how LeCun, Cortes and Burges
 * describe MNIST, and what their images, prepared in this way once more, come out as.
 *
 * <p>A good picture has one digit that fills most of it, drawn with a felt pen rather than a fine one or a broad brush,
 * on plain paper: the lines of squared paper would be ink, too. A drawing without any paper, on transparent ground, is
 * as good, in any colour.
 */
public final class OwnDigit {
    /** Rows and columns of an image of MNIST. */
    static final int SIZE = 28;

    private static final int BOX = 20;
    private static final int CENTRE = 14;
    /** In pixels of the box: 419 of the 60,000 training images of MNIST have a place so wide, 131 a wider one. */
    private static final int WIDEST = 7;

    private OwnDigit() {}

    /**
     * Prepares a photograph or drawing from a file.
     *
     * @param file PNG, JPEG or GIF
     * @return values in [0, 1], (1, 1, 28, 28)
     * @throws IOException if it is not a picture that can be read
     * @throws IllegalArgumentException if there is no ink in it, or the stroke is too wide
     */
    public static Tensor fromFile(Path file) throws IOException {
        return PictureFile.read(file, image -> fromImage(image, file.toString()));
    }

    /**
     * Prepares a picture.
     *
     * @param image of any size, grey or colour; what is drawn on nothing, in any colour, is ink, and a transparent
     *     margin of a sheet is white paper
     * @return values in [0, 1], (1, 1, 28, 28)
     * @throws IllegalArgumentException if there is no ink in it, or the stroke is too wide
     */
    public static Tensor fromImage(BufferedImage image) {
        return fromImage(Objects.requireNonNull(image, "OwnDigit: image is null"), "OwnDigit");
    }

    /**
     * What {@link #fromImage} does, step by step.
     *
     * @param image as there
     * @return the ink, the smallest rectangle around it, that fitted into 20x20, and the digit on 28x28; each (H, W), 0 is
     *     paper and the largest number the strongest ink
     * @throws IllegalArgumentException if there is no ink in it, or the stroke is too wide
     */
    public static List<Tensor> steps(BufferedImage image) {
        Ink ink = ink(Objects.requireNonNull(image, "OwnDigit: image is null"), "OwnDigit");
        return List.of(
                ink.tensor(),
                ink.cropped().tensor(),
                ink.cropped().scaled(BOX).tensor(),
                prepared(ink).reshape(SIZE, SIZE));
    }

    private static Tensor fromImage(BufferedImage image, String who) {
        return prepared(ink(image, who));
    }

    private static Ink ink(BufferedImage image, String who) {
        Ink ink = Scan.of(image).orElseThrow(() -> tooWide(who));
        if (ink.strongest() == 0) {
            throw new IllegalArgumentException(Text.error(
                    "%s: there is no ink in this picture: nothing in it is clearly darker or brighter than the rest. Draw dark on light or light on dark, and let the digit fill most of the picture",
                    who));
        }
        if (ink.cropped().scaled(BOX).widest() > WIDEST) {
            throw tooWide(who);
        }
        return ink;
    }

    private static IllegalArgumentException tooWide(String who) {
        return new IllegalArgumentException(Text.error(
                "%s: the stroke is too wide: more than a third of the digit, as in hardly any digit of MNIST. Draw with a finer pen, or a larger digit on more paper",
                who));
    }

    /**
     * Prepares a drawing made of characters, each a square pixel:
     * <pre>
     *     Tensor seven = OwnDigit.fromText("""
     *         #####
     *         ....#
     *         ...#.
     *         ..#..
     *         ..#..""");
     * </pre>
     *
     * @param drawing lines of text; '.' and ' ' are paper, all other characters ink
     * @return values in [0, 1], (1, 1, 28, 28)
     * @throws IllegalArgumentException if there is no ink in it
     */
    public static Tensor fromText(String drawing) {
        Ink ink = Ink.of(Objects.requireNonNull(drawing, "OwnDigit: drawing is null"));
        if (ink.strongest() == 0) {
            throw new IllegalArgumentException(
                    Text.error(
                            "OwnDigit: there is no ink in this drawing: draw with any character but '.' and ' ', which are paper"));
        }
        return prepared(ink);
    }

    /** The digit as MNIST has it, made of ink that is only the digit. */
    static Tensor prepared(Ink ink) {
        Ink box = ink.cropped().scaled(BOX); // (20, w) or (h, 20)
        double[] centre = box.centreOfMass();
        int top = place(centre[0], box.height()), left = place(centre[1], box.width());
        double strongest = box.strongest();
        Tensor digit = Tensor.zeros(1, 1, SIZE, SIZE);
        for (int y = 0; y < box.height(); y++) {
            for (int x = 0; x < box.width(); x++) {
                digit.set((float) (box.at(y, x) / strongest), 0, 0, top + y, left + x);
            }
        }
        return digit;
    }

    /** Where the box begins, so that its centre of mass lies on the middle pixel and nothing beyond the rim. */
    private static int place(double centreOfMass, int side) {
        int begin = (int) Math.round(CENTRE - centreOfMass);
        return Math.max(0, Math.min(SIZE - side, begin));
    }
}
