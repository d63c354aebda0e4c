package cnnkit.fast;

import cnnkit.im2col.Window;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Text;

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
 */
final class Planes {
    /** Where pixels go along one axis: pixel i to {@code i * spread + offset}; every one has a place, read or not. */
    record Axis(int size, int kernel, int stride, int spread, int offset, int positions) {
        /** Pixels before the first one that a window reads: on the way back, where the padding exceeds the kernel. */
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
            return (Math.max(read, place(size - 1) + 1) + stride - 1) / stride;
        }

        /** Zeros at the end of every row that may also be the first of the next; the positions need room of their own. */
        int shared() {
            int first = place(0) / stride;
            int last = length() - 1 - place(size - 1) / stride;
            return Math.min(Math.min(first, last), length() - positions);
        }
    }

    private static final int MOST = Integer.MAX_VALUE - 1024; // elements of an array, and room behind them

    final int pitch;
    /** From the first position to the last, with the gaps. */
    final int run;

    private final int channels;
    private final Axis y, x;
    private final int plane; // elements of one plane

    Planes(int channels, Axis y, Axis x) {
        this.channels = channels;
        this.y = y;
        this.x = x;
        pitch = x.length() - x.shared();
        long elements = (long) channels * y.stride * x.stride * y.length() * pitch + x.shared();
        if (elements + x.positions > MOST) {
            throw new ShapeException(Text.error(
                    "a convolution of %d channels of %d x %d pixels needs an array of %,d with its padding, more than there can be: use less padding, a smaller kernel or stride, or fewer pixels",
                    channels, y.size, x.size, elements));
        }
        plane = y.length() * pitch;
        run = (y.positions - 1) * pitch + x.positions;
    }

    /** The input as the windows read it. */
    static Planes input(ConvolutionSizes sizes) {
        Window w = sizes.window();
        return new Planes(
                sizes.channels(),
                new Axis(sizes.height(), w.kernelHeight(), w.strideHeight(), 1, -w.top(0), sizes.outputHeight()),
                new Axis(sizes.width(), w.kernelWidth(), w.strideWidth(), 1, -w.left(0), sizes.outputWidth()));
    }

    /** The output as turned kernels read it on the way back: with stride 1, over dout with gaps as wide as the stride. */
    static Planes output(ConvolutionSizes sizes) {
        Window w = sizes.window();
        int above = w.kernelHeight() - 1 + w.top(0), before = w.kernelWidth() - 1 + w.left(0);
        return new Planes(
                sizes.filters(),
                new Axis(sizes.outputHeight(), w.kernelHeight(), 1, w.strideHeight(), above, sizes.height()),
                new Axis(sizes.outputWidth(), w.kernelWidth(), 1, w.strideWidth(), before, sizes.width()));
    }

    /** Elements of all planes, with the zeros at the end of the last row. */
    int length() {
        return channels * y.stride * x.stride * plane + x.shared();
    }

    /** Where the run of each pixel of the window begins, in the order channel, ky, kx. */
    int[] taps() {
        int[] taps = new int[channels * y.kernel * x.kernel];
        int i = 0;
        for (int c = 0; c < channels; c++) {
            for (int ky = 0; ky < y.kernel; ky++) {
                for (int kx = 0; kx < x.kernel; kx++) {
                    taps[i++] = at(c, ky + y.front(), kx + x.front());
                }
            }
        }
        return taps;
    }

    /** Where the element lies that stands at (down, right) before the stride deals it out. */
    private int at(int channel, int down, int right) {
        int dealt = (channel * y.stride + down % y.stride) * x.stride + right % x.stride;
        return dealt * plane + down / y.stride * pitch + right / x.stride;
    }

    /** Copies one image, (channels, H, W) from {@code at}, into its places; the zeros around it are never touched. */
    void fill(float[] images, int at, float[] planes) {
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
    }

    /** Copies the positions of one output map out of a run, without the gaps. */
    void squeeze(float[] runs, int from, float[] out, int to) {
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
