package cnnkit.homework;

import static cnnkit.homework.Reading.*;

import cnnkit.im2col.Window;
import java.util.Arrays;
import java.util.Set;

/**
 * Where a window stands over an image, the right way or a wrong one. As {@link Window}, but with the numbers that wrong code
 * takes: what it counts positions by need not be what it moves by.
 */
final class Slide {
    /** No pixel of the image: padding. */
    static final int OUTSIDE = -1;

    final int H, W, FH, FW, OH, OW;
    private final Window window;
    private final Set<Reading> ways;
    private final int strideHeight, strideWidth, above, left;
    private boolean beyond;

    Slide(int height, int width, Window window, Set<Reading> ways) {
        H = height;
        W = width;
        this.window = window;
        this.ways = ways;
        boolean heightServes =
                has(HEIGHT_FOR_WIDTH, HEIGHT_FOR_WIDTH_COUNTED, HEIGHT_FOR_WIDTH_FLAT, HEIGHT_FOR_WIDTH_FLAT_COUNTED);
        boolean widthServes =
                has(WIDTH_FOR_HEIGHT, WIDTH_FOR_HEIGHT_COUNTED, WIDTH_FOR_HEIGHT_FLAT, WIDTH_FOR_HEIGHT_FLAT_COUNTED);
        FH = widthServes ? window.kernelWidth() : window.kernelHeight();
        FW = heightServes ? window.kernelHeight() : window.kernelWidth();
        strideHeight = strideHeight(false);
        strideWidth = strideWidth(false);
        above = before(window.paddingHeight());
        left = before(window.paddingWidth());
        OH = positions(
                H,
                has(WIDTH_FOR_HEIGHT, WIDTH_FOR_HEIGHT_FLAT) ? window.kernelHeight() : FH,
                strideHeight(true),
                window.paddingHeight());
        OW = positions(
                W,
                has(HEIGHT_FOR_WIDTH, HEIGHT_FOR_WIDTH_FLAT) ? window.kernelWidth() : FW,
                strideWidth(true),
                window.paddingWidth());
    }

    private boolean has(Reading... any) {
        return Arrays.stream(any).anyMatch(ways::contains);
    }

    /** By which the window moves down, or by which its positions are counted. */
    private int strideHeight(boolean counted) {
        if (ways.contains(STRIDE_ALL_POSITIONS) || ways.contains(STRIDE_SIDE_BY_SIDE) && !counted) {
            return 1;
        }
        if (ways.contains(STRIDE_RIGHT_ONLY_COUNTED) || ways.contains(STRIDE_RIGHT_ONLY) && !counted) {
            return 1;
        }
        if (ways.contains(STRIDE_OF_WIDTH_COUNTED) || ways.contains(STRIDE_OF_WIDTH) && !counted) {
            return window.strideWidth();
        }
        return counted && ways.contains(SIZE_WITHOUT_STRIDE) ? 1 : window.strideHeight();
    }

    private int strideWidth(boolean counted) {
        if (ways.contains(STRIDE_ALL_POSITIONS) || ways.contains(STRIDE_SIDE_BY_SIDE) && !counted) {
            return 1;
        }
        if (ways.contains(STRIDE_DOWN_ONLY_COUNTED) || ways.contains(STRIDE_DOWN_ONLY) && !counted) {
            return 1;
        }
        if (ways.contains(STRIDE_OF_HEIGHT_COUNTED) || ways.contains(STRIDE_OF_HEIGHT) && !counted) {
            return window.strideHeight();
        }
        return counted && ways.contains(SIZE_WITHOUT_STRIDE) ? 1 : window.strideWidth();
    }

    /** How many rows of padding the first window begins with. */
    private int before(int padding) {
        if (ways.contains(PADDING_LEFT_OUT) || ways.contains(PADDING_BEHIND) || ways.contains(PADDING_AFTER_ONLY)) {
            return 0;
        }
        return ways.contains(PADDING_ALL_BEFORE) ? 2 * padding : padding;
    }

    private int positions(int size, int kernel, int stride, int padding) {
        int both = 2 * padding;
        if (ways.contains(PADDING_LEFT_OUT) || ways.contains(SIZE_WITHOUT_PADDING)) {
            both = 0;
        } else if (ways.contains(PADDING_BEFORE_ONLY)
                || ways.contains(PADDING_AFTER_ONLY)
                || ways.contains(SIZE_WITH_PADDING_ONCE)) {
            both = padding;
        }
        int room = size + both - kernel;
        int rounded = ways.contains(SIZE_ROUNDED_UP) ? -Math.floorDiv(-room, stride) : Math.floorDiv(room, stride);
        return rounded + (ways.contains(SIZE_WITHOUT_ONE) ? 0 : 1);
    }

    /** Whether there is a position at all. */
    boolean stands() {
        return OH > 0 && OW > 0;
    }

    /** Whether there are no positions, but not fewer than none: a loop over them then does nothing. */
    boolean isEmpty() {
        return !stands() && OH >= 0 && OW >= 0;
    }

    /** The row of the image under a cell of the window; {@link #OUTSIDE} where there is none. */
    int row(int oy, int ky) {
        return inside(oy * strideHeight + ky - above, H, window.paddingHeight());
    }

    int column(int ox, int kx) {
        return inside(ox * strideWidth + kx - left, W, window.paddingWidth());
    }

    private int inside(int pixel, int size, int padding) {
        beyond |= pixel < -padding || pixel >= size + padding || isCutOff(pixel, size);
        if (ways.contains(EDGE_REPEATED)) {
            return Math.max(0, Math.min(size - 1, pixel));
        }
        return pixel >= 0 && pixel < size ? pixel : OUTSIDE;
    }

    /** Whether code with this mistake has no padding there. */
    private boolean isCutOff(int pixel, int size) {
        boolean noneBefore =
                ways.contains(PADDING_LEFT_OUT) || ways.contains(PADDING_BEHIND) || ways.contains(PADDING_AFTER_ONLY);
        boolean noneAfter = ways.contains(PADDING_LEFT_OUT)
                || ways.contains(PADDING_BEHIND)
                || ways.contains(PADDING_BEFORE_ONLY)
                || ways.contains(PADDING_ALL_BEFORE);
        return noneBefore && pixel < 0 || noneAfter && pixel >= size;
    }

    /** Whether a place was asked for that is not even padding: there, wrong code may throw. */
    boolean wentBeyond() {
        return beyond;
    }
}
