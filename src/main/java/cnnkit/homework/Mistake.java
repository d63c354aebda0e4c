package cnnkit.homework;

import cnnkit.tensor.Language;
import cnnkit.tensor.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;

/**
 * The mistakes that the checks can name. Each is known by experiment: what the wrong code computes is computed too, and a
 * mistake is named only where that is what the learner's code computes, case by case.
 */
public enum Mistake {
    /** (H - F) / S + 1. */
    SIZE_FORGETS_PADDING,
    /** (H + P - F) / S + 1. */
    SIZE_PADS_ONE_SIDE,
    /** (H + 2P - F) / S. */
    SIZE_FORGETS_PLUS_ONE,
    /** Rounded up where the stride does not divide. */
    SIZE_ROUNDS_UP,
    /** H + 2P - F + 1. */
    SIZE_IGNORES_STRIDE,

    /** The transpose of the matrix. */
    ROWS_AND_COLUMNS_SWAPPED,
    /** A row runs ky, kx, c instead of c, ky, kx. */
    CHANNELS_INNERMOST,
    /** A row runs c, kx, ky instead of c, ky, kx. */
    KERNEL_TRANSPOSED,
    /** Rows run ox before oy. */
    POSITIONS_TRANSPOSED,
    /** Rows run oy, ox, n instead of n, oy, ox. */
    IMAGES_INNERMOST,
    /** Every image of the batch reads the first one. */
    FIRST_IMAGE_ONLY,
    /** The window moves by one pixel. */
    STRIDE_IGNORED,
    /** One of the two strides serves both directions, or only one direction is strided. */
    STRIDE_IN_ONE_DIRECTION,
    /** There are no zeros around the image. */
    PADDING_IGNORED,
    /** All of the padding is on one side. */
    PADDING_ONE_SIDE,
    /** The pixels at the edge are repeated instead of zeros. */
    PADDING_REPEATS_EDGE,
    /** One side of the kernel serves for both. */
    KERNEL_READ_AS_SQUARE,
    /** Where windows overlap, the last one wins instead of all adding up. */
    OVERLAPS_OVERWRITTEN,
    /** Where windows overlap, their mean is taken instead of their sum. */
    OVERLAPS_AVERAGED,
    /** The image comes back with its padding. */
    PADDING_NOT_CUT,

    /** The kernel is turned round, as in the convolution of mathematics. */
    KERNEL_FLIPPED,
    /** The matrix of the filters is reshaped, not transposed. */
    WEIGHTS_NOT_TRANSPOSED,
    /** The rows of the product are reshaped to maps, not transposed. */
    OUTPUT_NOT_TRANSPOSED,
    /** There is no bias. */
    BIAS_MISSING,
    /** The bias is added to every product. */
    BIAS_PER_PRODUCT,
    /** The bias is chosen by the position, not by the filter. */
    BIAS_PER_POSITION,
    /** The mean over the channels instead of their sum. */
    CHANNELS_AVERAGED,
    /** Only the first channel counts. */
    FIRST_CHANNEL_ONLY,
    /** The gradient of the bias reads one position only. */
    DB_NOT_SUMMED_OVER_POSITIONS,
    /** The gradient of the bias reads one image only. */
    DB_NOT_SUMMED_OVER_BATCH,
    /** A gradient is divided by the size of the batch once more. */
    GRADIENT_DIVIDED_BY_BATCH,
    /** The gradient of the weights is in another order than the weights. */
    DW_TRANSPOSED,
    /** dout is reshaped to rows without the transpose that the way forward has. */
    DOUT_NOT_TRANSPOSED,
    /** A second backward pass adds to the gradients of the first. */
    GRADIENTS_ACCUMULATED,

    /** Zeros take part in the maximum. */
    MAXIMUM_PADDED_WITH_ZERO,
    /** The maximum is taken over all channels. */
    POOLING_MIXES_CHANNELS,
    /** Each of several equal maxima gets the whole gradient. */
    GRADIENT_TO_EVERY_TIE,
    /** The gradient goes to every cell of the window. */
    GRADIENT_TO_ALL_CELLS,
    /** Where windows overlap, backward sets instead of adding. */
    POOL_OVERLAPS_OVERWRITTEN,
    /** The mean divides by another number than that of the pixels inside the image. */
    AVERAGE_COUNTS_WRONG,

    /** The sign of dout decides where ReLU lets through, not the sign of x. */
    RELU_MASK_FROM_GRADIENT,
    /** Large scores overflow, or very negative ones vanish: NaN or infinity. */
    SOFTMAX_OVERFLOWS,
    /** The sum over the batch instead of the mean. */
    LOSS_NOT_AVERAGED,
    /** Dropout is not scaled, scaled twice, or drops while predicting. */
    DROPOUT_NOT_SCALED,
    /** Large values overflow in the sigmoid: NaN. */
    SIGMOID_OVERFLOWS,

    /** The input is changed in place. */
    INPUT_CHANGED,
    /** A result depends on a call before. */
    REMEMBERS_FORMER_CALL,
    /** The time limit was over. */
    TOO_SLOW,
    /** The code throws. */
    THROWS,
    /** The line that stands for code still to be written is still there. */
    NOT_WRITTEN;

    /** Sentences in English whatever the machine speaks; the catalogue of a language has their translations. */
    private static final ResourceBundle ENGLISH = read("/cnnkit/homework/mistakes.properties");

    /** By hand: a bundle that is looked up falls back to the machine's language, and what forbids that fails in a module. */
    private static ResourceBundle read(String name) {
        try (InputStream file = Mistake.class.getResourceAsStream(name)) {
            return new PropertyResourceBundle(file);
        } catch (IOException e) {
            throw new UncheckedIOException(Text.error("cannot read %s", name), e);
        }
    }

    private String text(String key) {
        return Text.in(Language.current(), ENGLISH.getString(name() + "." + key));
    }

    /**
     * What it is called.
     *
     * @return a few words in the learner's language
     */
    public String inWords() {
        return text("name");
    }

    /**
     * What the code does.
     *
     * @return a sentence or two in the learner's language
     */
    public String does() {
        return text("does");
    }

    /**
     * Why it is easily overlooked.
     *
     * @return a sentence or two in the learner's language
     */
    public String why() {
        return text("why");
    }

    /**
     * The smallest example.
     *
     * @return numbers that one can work out by hand, in the learner's language
     */
    public String example() {
        return text("example");
    }

    /**
     * Where to read again.
     *
     * @return the file of a notebook, without its folder
     */
    public String notebook() {
        return ENGLISH.getString(name() + ".section").split("\\|")[0];
    }

    /**
     * Where to read again.
     *
     * @return the number of a section, such as 7.4.2
     */
    public String section() {
        return ENGLISH.getString(name() + ".section").split("\\|")[1];
    }

    /**
     * Where to read again, in words.
     *
     * @return the section and the notebook, in the learner's language
     */
    public String readAgain() {
        return Text.of("Read again: section %s (%s)", section(), notebook());
    }

    /**
     * A question that leads to the answer. The answer itself is not given.
     *
     * @return a sentence in the learner's language
     */
    public String question() {
        return text("question");
    }
}
