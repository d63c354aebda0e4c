package cnnkit.fast;

import cnnkit.engine.Kernels;
import cnnkit.im2col.Window;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Text;
import java.util.Arrays;

/**
 * An image laid out so that whatever a window sees at all of its positions is one run of memory, for each pixel of the
 * window: no im2col is needed, only another starting point.
 *
 * <p>With stride 1 it is the image among zeros. At position (oy, ox) the window's pixel (ky, kx) is element
 * {@code tap(c, ky, kx) + oy * pitch + ox}: a tap is where the run of this pixel begins. The runs of neighbouring rows are
 * {@code pitch} apart, so a run over all positions holds gaps of a few elements behind each row; they are computed and
 * thrown away. To keep the gaps short, the zeros at the end of a row are also those at the start of the next.
 * <pre>
 *     0 0 0 0 0
 *     0 a b c d        3x3 window, padding 1: the run of pixel (0, 0) begins at the corner, that of (1, 1) at a,
 *     0 e f g h        and so on; each is read as  * * * * . * * * * . ...
 *     0 . . .
 * </pre>
 * With stride S the image is dealt out to S x S such planes, by row and column modulo S; a tap then lies in the plane of
 * its own remainder. And for the way back the image is spread: its pixels S apart, zeros between them.
 *
 * <p>Where a row of positions is as long as a row of the image, which is what padding is mostly for, gaps can be avoided: the
 * image is kept once for each column of the kernel, moved sideways by so many pixels, and needs no zeros beside it. A run is
 * then as long as there are positions. Moving is one copy of the whole image; what comes in from the neighbouring row
 * becomes zero. This pays where the gaps cost more than the copies, which share no lines of the cache: see
 * {@link #cheapest}.
 * <pre>
 *     0 0 0    0 0 0    0 0 0
 *     0 a b    a b c    b c 0      the image abc def for the left, middle and right column of a 3x3 window, padding 1:
 *     0 d e    d e f    e f 0      the run of pixel (1, 0) begins at the 0 before a in the left one, that of (1, 1) at a
 *     0 0 0    0 0 0    0 0 0      in the middle one, and so on; each is read as  * * * * * *
 * </pre>
 * In memory the copy that is not moved, here the middle one, comes first.
 */
final class Planes {
    /** Where pixels go along one axis: pixel i to {@code i * spread + offset}; every one has a place, read or not. */
    record Axis(int size, int kernel, int stride, int spread, int offset, int positions) {
        /**
         * How far everything is moved on, so that no place is negative: only on the way back, where the padding exceeds the
         * kernel and the first pixels of dout come before all that is read.
         */
        int front() {
            return Math.max(0, -offset);
        }

        /** Place of a pixel before it is dealt out by the stride. */
        int place(int pixel) {
            return pixel * spread + offset + front();
        }

        /** Elements along this axis in one plane. */
        int length() {
            int read = (positions - 1) * stride + kernel + front();
            return (Math.max(read, place(size - 1) + 1) - 1) / stride + 1;
        }

        /** Zeros at the end of every row that may also be the first of the next; the positions need room of their own. */
        int shared() {
            int first = place(0) / stride;
            int last = length() - 1 - place(size - 1) / stride;
            return Math.min(Math.min(first, last), length() - positions);
        }

        /** Whether pixels and positions stand side by side, as many of each. */
        boolean sameSize() {
            return stride == 1 && spread == 1 && positions == size && offset >= 0 && offset < kernel;
        }
    }

    private static final int MOST = Integer.MAX_VALUE - 1024; // elements of an array, and room behind them

    final int pitch;
    /** From the first position to the last, with the gaps. */
    final int run;

    private final int channels;
    private final Axis y, x;
    private final int plane; // elements of one plane
    private final int image; // elements of all planes of one copy
    private final int copies; // of the image, the first one not moved; 0: one image with zeros beside it

    private Planes(int channels, Axis y, Axis x, boolean gapless) {
        this.channels = channels;
        this.y = y;
        this.x = x;
        copies = gapless ? x.kernel : 0;
        pitch = copies > 0 ? x.size : x.length() - x.shared();
        double dealt = (double) y.stride * x.stride * y.length() * pitch; // of a channel; more than a long, perhaps
        requireRoom((long) (Math.max(copies, 1) * channels * dealt + shared()));
        plane = y.length() * pitch;
        image = channels * y.stride * x.stride * plane;
        run = (y.positions - 1) * pitch + x.positions;
    }

    /**
     * For every array that is as long as a run, or longer.
     *
     * @param elements how many it needs
     * @throws ShapeException if there is no such array
     */
    void requireRoom(long elements) {
        if (elements > MOST - x.positions) {
            throw new ShapeException(Text.error(
                    "a convolution of %d channels of %d x %d pixels needs an array of %,d with its padding, more than there can be: use less padding, a smaller kernel or stride, or fewer pixels",
                    channels, y.size, x.size, elements));
        }
    }

    /**
     * Without gaps if this saves at least a ninth of the vectors of a run: at 8 x 8 pixels with padding 1 it is 4 for 5
     * vectors of 16, or 8 for 9 of 8; at 28 x 28 it is 49 for 51 of 16, and the gaps stay. {@code lab.py bench --geometries}
     * measures how good this is.
     */
    private static Planes cheapest(int channels, Axis y, Axis x) {
        Planes gaps = new Planes(channels, y, x, false);
        boolean pays = x.sameSize() && 9L * Kernels.wide(y.positions * x.positions) <= 8L * Kernels.wide(gaps.run);
        return pays ? new Planes(channels, y, x, true) : gaps;
    }

    /** The input as the windows read it, lanes across positions. */
    static Planes input(ConvolutionSizes sizes) {
        return cheapest(sizes.channels(), down(sizes), right(sizes));
    }

    /** The input with gaps or without, as asked; without only where positions and pixels are as many. */
    static Planes input(ConvolutionSizes sizes, boolean gapless) {
        return new Planes(sizes.channels(), down(sizes), right(sizes), gapless);
    }

    /** The input for sums over positions, one step for each: without gaps where they can be avoided. */
    static Planes steps(ConvolutionSizes sizes) {
        return input(sizes, right(sizes).sameSize());
    }

    private static Axis down(ConvolutionSizes sizes) {
        Window w = sizes.window();
        return new Axis(
                sizes.height(),
                w.kernelHeight(),
                stride(w.strideHeight(), sizes.outputHeight()),
                1,
                -w.top(0),
                sizes.outputHeight());
    }

    private static Axis right(ConvolutionSizes sizes) {
        Window w = sizes.window();
        return new Axis(
                sizes.width(),
                w.kernelWidth(),
                stride(w.strideWidth(), sizes.outputWidth()),
                1,
                -w.left(0),
                sizes.outputWidth());
    }

    /** A window with one position never moves; its stride may be larger than any array. */
    private static int stride(int stride, int positions) {
        return positions == 1 ? 1 : stride;
    }

    /** The output as turned kernels read it on the way back: with stride 1, over dout with gaps as wide as the stride. */
    static Planes output(ConvolutionSizes sizes) {
        Window w = sizes.window();
        int above = w.kernelHeight() - 1 + w.top(0), before = w.kernelWidth() - 1 + w.left(0);
        return cheapest(
                sizes.filters(),
                new Axis(sizes.outputHeight(), w.kernelHeight(), 1, w.strideHeight(), above, sizes.height()),
                new Axis(sizes.outputWidth(), w.kernelWidth(), 1, w.strideWidth(), before, sizes.width()));
    }

    /** Elements of all planes, with the zeros at the end of the last row. */
    int length() {
        return Math.max(copies, 1) * image + shared();
    }

    /** Whether a run holds gaps. */
    boolean hasGaps() {
        return pitch > x.positions;
    }

    private int shared() {
        return copies > 0 ? 0 : x.shared();
    }

    /** Where the run of each pixel of the window begins, in the order channel, ky, kx. */
    int[] taps() {
        int[] taps = new int[channels * y.kernel * x.kernel];
        int i = 0;
        for (int c = 0; c < channels; c++) {
            for (int ky = 0; ky < y.kernel; ky++) {
                for (int kx = 0; kx < x.kernel; kx++) {
                    taps[i++] = copies > 0
                            ? copy(kx) * image + at(c, ky + y.front(), x.offset)
                            : at(c, ky + y.front(), kx + x.front());
                }
            }
        }
        return taps;
    }

    /** Which copy column kx of the kernel reads: the one that is not moved comes first. */
    private int copy(int kx) {
        return kx == x.offset ? 0 : kx < x.offset ? kx + 1 : kx;
    }

    /** Where the element lies that stands at (down, right) before the stride deals it out; in the first copy. */
    private int at(int channel, int down, int right) {
        int dealt = (channel * y.stride + down % y.stride) * x.stride + right % x.stride;
        return dealt * plane + down / y.stride * pitch + right / x.stride - (copies > 0 ? x.offset : 0);
    }

    /** Zeros wherever {@link #places} may lead. */
    void clear(float[] planes) {
        Arrays.fill(planes, 0, image, 0);
    }

    /** After the places have been filled: the copies that are moved. */
    void move(float[] planes) {
        for (int kx = 0; kx < copies; kx++) {
            int by = kx - x.offset; // to the left
            int to = copy(kx) * image;
            if (by > 0) {
                System.arraycopy(planes, by, planes, to, Math.max(0, image - by));
                zeros(planes, to + Math.max(0, x.size - by), Math.min(by, x.size));
            } else if (by < 0) {
                System.arraycopy(planes, 0, planes, to - by, Math.max(0, image + by));
                zeros(planes, to, Math.min(-by, x.size));
            }
        }
    }

    /** Zeros in so many columns of all rows of a copy. */
    private void zeros(float[] planes, int first, int columns) {
        for (int column = first; column < first + columns; column++) {
            for (int i = column, end = column + image; i < end; i += pitch) {
                planes[i] = 0;
            }
        }
    }

    /** Copies one image, (channels, H, W) from {@code at}, into its places; the zeros around it are never touched. */
    void fill(float[] images, int at, float[] planes) {
        if (copies > 0 && y.sameSize()) {
            for (int c = 0; c < channels; c++) {
                System.arraycopy(images, at + c * y.size * pitch, planes, at(c, y.offset, x.offset), y.size * pitch);
            }
            move(planes);
            return;
        }
        boolean inOnePiece = x.stride == 1 && x.spread == 1;
        for (int c = 0; c < channels; c++) {
            for (int row = 0; row < y.size; row++, at += x.size) {
                int down = y.place(row);
                if (inOnePiece) {
                    System.arraycopy(images, at, planes, at(c, down, x.place(0)), x.size);
                } else {
                    for (int column = 0; column < x.size; column++) {
                        planes[at(c, down, x.place(column))] = images[at + column];
                    }
                }
            }
        }
        move(planes);
    }

    /** Copies the positions of one output map out of a run, without the gaps. */
    void squeeze(float[] runs, int from, float[] out, int to) {
        if (!hasGaps()) {
            System.arraycopy(runs, from, out, to, run);
            return;
        }
        for (int row = 0; row < y.positions; row++) {
            System.arraycopy(runs, from + row * pitch, out, to + row * x.positions, x.positions);
        }
    }

    /** Where the elements of an image with gaps, its rows {@code imagePitch} apart, lie in the planes of channel 0. */
    int[] places(int imagePitch) {
        int[] places = new int[y.size * imagePitch];
        for (int row = 0; row < y.size; row++) {
            for (int column = 0; column < x.size; column++) {
                places[row * imagePitch + column] = at(0, y.place(row), x.place(column));
            }
        }
        return places;
    }

    /** Positions in one row. */
    int across() {
        return x.positions;
    }

    /** Elements from one channel to the next. */
    int channelStep() {
        return y.stride * x.stride * plane;
    }
}
