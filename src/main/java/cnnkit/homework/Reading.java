package cnnkit.homework;

import cnnkit.tensor.Text;
import java.util.List;

/**
 * One way of making a mistake. The models ({@link Unfold}, {@link Fold}, {@link Convolve}, {@link Pool}, {@link Connect})
 * compute what comes of a set of these; of none, what is right. Several at once are a combination.
 */
enum Reading {
    // how many positions there are
    SIZE_WITHOUT_PADDING(Mistake.SIZE_FORGETS_PADDING, "(H - F) / S + 1"),
    SIZE_WITH_PADDING_ONCE(Mistake.SIZE_PADS_ONE_SIDE, "(H + P - F) / S + 1"),
    SIZE_WITHOUT_ONE(Mistake.SIZE_FORGETS_PLUS_ONE, "(H + 2P - F) / S"),
    SIZE_ROUNDED_UP(Mistake.SIZE_ROUNDS_UP, "rounded up, not down"),
    SIZE_WITHOUT_STRIDE(Mistake.SIZE_IGNORES_STRIDE, "H + 2P - F + 1"),

    // where the window stands
    STRIDE_SIDE_BY_SIDE(Mistake.STRIDE_IGNORED, "the right number of positions, but side by side"),
    STRIDE_ALL_POSITIONS(Mistake.STRIDE_IGNORED, "every position, as with stride 1"),
    STRIDE_OF_HEIGHT(Mistake.STRIDE_IN_ONE_DIRECTION, "the stride downwards serves to the right, too"),
    STRIDE_OF_HEIGHT_COUNTED(
            Mistake.STRIDE_IN_ONE_DIRECTION,
            "the stride downwards serves to the right, too, and gives the number of columns"),
    STRIDE_OF_WIDTH(Mistake.STRIDE_IN_ONE_DIRECTION, "the stride to the right serves downwards, too"),
    STRIDE_OF_WIDTH_COUNTED(
            Mistake.STRIDE_IN_ONE_DIRECTION,
            "the stride to the right serves downwards, too, and gives the number of rows"),
    STRIDE_DOWN_ONLY(Mistake.STRIDE_IN_ONE_DIRECTION, "only downwards; to the right the window moves by one"),
    STRIDE_DOWN_ONLY_COUNTED(Mistake.STRIDE_IN_ONE_DIRECTION, "only downwards; to the right every position is visited"),
    STRIDE_RIGHT_ONLY(Mistake.STRIDE_IN_ONE_DIRECTION, "only to the right; downwards the window moves by one"),
    STRIDE_RIGHT_ONLY_COUNTED(
            Mistake.STRIDE_IN_ONE_DIRECTION, "only to the right; downwards every position is visited"),
    PADDING_LEFT_OUT(Mistake.PADDING_IGNORED, "the size is that without padding"),
    PADDING_BEHIND(Mistake.PADDING_IGNORED, "the size is right, but the window begins at the first pixel"),
    PADDING_BEFORE_ONLY(Mistake.PADDING_ONE_SIDE, "P rows and columns, above and on the left only"),
    PADDING_AFTER_ONLY(Mistake.PADDING_ONE_SIDE, "P rows and columns, below and on the right only"),
    PADDING_ALL_BEFORE(Mistake.PADDING_ONE_SIDE, "all 2P rows and columns above and on the left"),
    EDGE_REPEATED(Mistake.PADDING_REPEATS_EDGE, "the pixel at the edge stands in for the zeros"),
    HEIGHT_FOR_WIDTH(Mistake.KERNEL_READ_AS_SQUARE, "its height serves as its width"),
    HEIGHT_FOR_WIDTH_COUNTED(Mistake.KERNEL_READ_AS_SQUARE, "its height serves as its width, in the size, too"),
    WIDTH_FOR_HEIGHT(Mistake.KERNEL_READ_AS_SQUARE, "its width serves as its height"),
    WIDTH_FOR_HEIGHT_COUNTED(Mistake.KERNEL_READ_AS_SQUARE, "its width serves as its height, in the size, too"),
    HEIGHT_FOR_WIDTH_FLAT(
            Mistake.KERNEL_READ_AS_SQUARE, "its height serves as its width, also where the weights are counted off"),
    HEIGHT_FOR_WIDTH_FLAT_COUNTED(
            Mistake.KERNEL_READ_AS_SQUARE,
            "its height serves as its width, also where the weights are counted off, and in the size"),
    WIDTH_FOR_HEIGHT_FLAT(
            Mistake.KERNEL_READ_AS_SQUARE, "its width serves as its height, also where the weights are counted off"),
    WIDTH_FOR_HEIGHT_FLAT_COUNTED(
            Mistake.KERNEL_READ_AS_SQUARE,
            "its width serves as its height, also where the weights are counted off, and in the size"),

    // the matrix of im2col
    SWAPPED_TRANSPOSED(Mistake.ROWS_AND_COLUMNS_SWAPPED, "the matrix is transposed before it is read"),
    SWAPPED_RESHAPED(Mistake.ROWS_AND_COLUMNS_SWAPPED, "the numbers are read as a matrix with one window a column"),
    SWAPPED(Mistake.ROWS_AND_COLUMNS_SWAPPED, "one window a column"),
    CHANNELS_LAST(Mistake.CHANNELS_INNERMOST, "ky, kx, c"),
    KERNEL_COLUMNS_FIRST(Mistake.KERNEL_TRANSPOSED, "c, kx, ky"),
    COLUMNS_FIRST(Mistake.POSITIONS_TRANSPOSED, "n, ox, oy"),
    IMAGES_LAST(Mistake.IMAGES_INNERMOST, "oy, ox, n"),
    FIRST_IMAGE(Mistake.FIRST_IMAGE_ONLY, "image 0 is read for each of them"),
    INTO_FIRST_IMAGE(Mistake.FIRST_IMAGE_ONLY, "all of them are added to image 0"),
    LAST_WINDOW_WINS(Mistake.OVERLAPS_OVERWRITTEN, "the last window wins"),
    LAST_CELL_WINS(Mistake.OVERLAPS_OVERWRITTEN, "the last cell of the kernel wins"),
    MEAN_OF_OVERLAPS(Mistake.OVERLAPS_AVERAGED, "the mean of what was read from a pixel"),
    WITH_PADDING(Mistake.PADDING_NOT_CUT, "H + 2P rows come back"),
    WITH_PADDING_AND_MORE(Mistake.PADDING_NOT_CUT, "H + 2P + S - 1 rows come back"),

    // convolution
    FLIPPED(Mistake.KERNEL_FLIPPED, "by half a turn"),
    WEIGHTS_RESHAPED(Mistake.WEIGHTS_NOT_TRANSPOSED, "reshaped to (C * FH * FW, FN)"),
    WEIGHTS_AS_THEY_ARE(
            Mistake.WEIGHTS_NOT_TRANSPOSED, "the matrix (FN, C * FH * FW) itself, which only a square one survives"),
    OUTPUT_RESHAPED_WITH_BIAS(Mistake.OUTPUT_NOT_TRANSPOSED, "reshaped to (N, FN, OH, OW), with the bias added before"),
    OUTPUT_RESHAPED(Mistake.OUTPUT_NOT_TRANSPOSED, "reshaped to (N, FN, OH, OW)"),
    NO_BIAS(Mistake.BIAS_MISSING, "nothing is added"),
    BIAS_WITH_PRODUCTS(Mistake.BIAS_PER_PRODUCT, "once for each product"),
    BIAS_WITH_PRODUCTS_INSIDE(Mistake.BIAS_PER_PRODUCT, "once for each product with a pixel inside the image"),
    BIAS_OF_PLACE(Mistake.BIAS_PER_POSITION, "the one of oy * OW + ox"),
    BIAS_OF_INDEX(Mistake.BIAS_PER_POSITION, "the one of the place in the whole output"),
    BIAS_OF_COLUMN(Mistake.BIAS_PER_POSITION, "the one of ox"),
    BIAS_OF_ROW(Mistake.BIAS_PER_POSITION, "the one of oy"),
    BIAS_OF_IMAGE(Mistake.BIAS_PER_POSITION, "the one of n"),
    MEAN_OF_CHANNELS(Mistake.CHANNELS_AVERAGED, "the sum is divided by C"),
    CHANNEL_0(Mistake.FIRST_CHANNEL_ONLY, "the others are left out"),
    CHANNEL_0_FOR_ALL(Mistake.FIRST_CHANNEL_ONLY, "every channel's weights meet the pixels of channel 0"),
    DB_AT_FIRST_POSITION(Mistake.DB_NOT_SUMMED_OVER_POSITIONS, "of the first position only"),
    DB_AT_LAST_POSITION(Mistake.DB_NOT_SUMMED_OVER_POSITIONS, "of the last position only"),
    DB_OF_FIRST_IMAGE(Mistake.DB_NOT_SUMMED_OVER_BATCH, "of the first image only"),
    DB_OF_LAST_IMAGE(Mistake.DB_NOT_SUMMED_OVER_BATCH, "of the last image only"),
    DB_FIRST_VALUE(Mistake.DB_NOT_SUMMED_OVER_BATCH, "of the first image only, and of its first position"),
    DB_LAST_VALUE(Mistake.DB_NOT_SUMMED_OVER_BATCH, "of the last image only, and of its last position"),
    DIVIDED_BY_BATCH(Mistake.GRADIENT_DIVIDED_BY_BATCH, "by N"),
    GRADIENT_RESHAPED(Mistake.DW_TRANSPOSED, "reshaped where it must be transposed"),
    GRADIENT_COLUMNS_FIRST(Mistake.DW_TRANSPOSED, "kx before ky"),
    DOUT_RESHAPED(Mistake.DOUT_NOT_TRANSPOSED, "reshaped to (N * OH * OW, FN)"),

    // pooling
    PADDED_WITH_ZERO(Mistake.MAXIMUM_PADDED_WITH_ZERO, "the zeros of the padding"),
    BEGINS_AT_ZERO(Mistake.MAXIMUM_PADDED_WITH_ZERO, "the search begins with 0, also where there is no padding"),
    OVER_ALL_CHANNELS(Mistake.POOLING_MIXES_CHANNELS, "all of them in one window"),
    EVERY_TIE(Mistake.GRADIENT_TO_EVERY_TIE, "the whole gradient to each of the equal maxima"),
    WHOLE_TO_EACH_CELL(Mistake.GRADIENT_TO_ALL_CELLS, "the whole gradient to each cell"),
    SHARED_BY_WINDOW(Mistake.GRADIENT_TO_ALL_CELLS, "shared by FH * FW"),
    SHARED_BY_CELLS_INSIDE(Mistake.GRADIENT_TO_ALL_CELLS, "shared by the cells inside the image"),
    WINNER_SET(Mistake.POOL_OVERLAPS_OVERWRITTEN, "the latest winner"),
    WINDOW_SET_BY_CELLS(Mistake.POOL_OVERLAPS_OVERWRITTEN, "the last cell of the kernel, with its zeros"),
    WINDOW_SET(Mistake.POOL_OVERLAPS_OVERWRITTEN, "the latest window, with its zeros"),
    COUNTS_WINDOW(
            Mistake.AVERAGE_COUNTS_WRONG,
            "by FH * FW, also where the window hangs over (as PyTorch does unless told otherwise)"),
    COUNTS_WINDOW_ROWS(
            Mistake.AVERAGE_COUNTS_WRONG,
            "by FH times the columns inside, also where the window hangs over above or below"),
    COUNTS_WINDOW_COLUMNS(
            Mistake.AVERAGE_COUNTS_WRONG, "by the rows inside times FW, also where the window hangs over on a side"),
    COUNTS_STRIDE_SQUARED(Mistake.AVERAGE_COUNTS_WRONG, "by the square of the stride downwards"),
    COUNTS_STRIDE(Mistake.AVERAGE_COUNTS_WRONG, "by the product of the strides"),

    // others
    EXP_OF_X(Mistake.SIGMOID_OVERFLOWS, "exp(x) of a large x is infinite"),
    EXP_OF_X_FLOATS(Mistake.SIGMOID_OVERFLOWS, "exp(x) of a large x is infinite, in floats"),
    EXP_OF_MINUS_X(Mistake.SIGMOID_OVERFLOWS, "exp(-x) of a very negative x is infinite"),
    EXP_OF_MINUS_X_FLOATS(Mistake.SIGMOID_OVERFLOWS, "exp(-x) of a very negative x is infinite, in floats"),
    MASK_OF_DOUT(Mistake.RELU_MASK_FROM_GRADIENT, "dout > 0"),
    SUM_OF_BATCH(Mistake.LOSS_NOT_AVERAGED, "the sum"),
    UNSHIFTED(Mistake.SOFTMAX_OVERFLOWS, "nothing is taken away from the scores before exp"),
    UNSHIFTED_FLOATS(Mistake.SOFTMAX_OVERFLOWS, "nothing is taken away from the scores before exp, in floats"),
    SHIFTED_BY_BATCH(Mistake.SOFTMAX_OVERFLOWS, "one shift serves all rows of the batch"),
    SHIFTED_BY_BATCH_FLOATS(Mistake.SOFTMAX_OVERFLOWS, "one shift serves all rows of the batch, in floats");

    /** Where a window stands, for all that slides one. */
    static final List<Reading> OF_PLACES = List.of(
            STRIDE_SIDE_BY_SIDE,
            STRIDE_ALL_POSITIONS,
            STRIDE_OF_HEIGHT,
            STRIDE_OF_HEIGHT_COUNTED,
            STRIDE_OF_WIDTH,
            STRIDE_OF_WIDTH_COUNTED,
            STRIDE_DOWN_ONLY,
            STRIDE_DOWN_ONLY_COUNTED,
            STRIDE_RIGHT_ONLY,
            STRIDE_RIGHT_ONLY_COUNTED,
            PADDING_LEFT_OUT,
            PADDING_BEHIND,
            PADDING_BEFORE_ONLY,
            PADDING_AFTER_ONLY,
            PADDING_ALL_BEFORE,
            HEIGHT_FOR_WIDTH,
            HEIGHT_FOR_WIDTH_COUNTED,
            WIDTH_FOR_HEIGHT,
            WIDTH_FOR_HEIGHT_COUNTED,
            SIZE_WITHOUT_PADDING,
            SIZE_WITHOUT_ONE,
            SIZE_WITHOUT_STRIDE);

    private final Mistake mistake;
    private final String which;

    Reading(Mistake mistake, String which) {
        this.mistake = mistake;
        this.which = which;
    }

    Mistake mistake() {
        return mistake;
    }

    /** Which way of making it this is, in the learner's language. */
    String inWords() {
        return Text.of(which);
    }
}
