package cnnkit.engine;

/**
 * An image laid out so that whatever a window sees at all of its positions is one run of memory, for each pixel of the
 * window: no im2col is needed, only another starting point.
 *
 * <p>With stride 1 it is the image among zeros. At position (oy, ox) the window's pixel (ky, kx) is element
 * {@code tap(c, ky, kx) + oy * pitch + ox}: a tap is where the run of this pixel begins. The runs of neighbouring rows are
 * {@code pitch} apart, so a run over all positions holds gaps of a few elements behind each row; they are computed and
 * thrown away.
 * <pre>
 *     0 0 0 0 0 0
 *     0 a b c d 0        3x3 window, padding 1: the run of pixel (0, 0) begins at the corner, that of (1, 1) at a,
 *     0 e f g h 0        and so on; each is read as  * * * * . . * * * * . . ...
 *     0 . . .
 * </pre>
 * With stride S the image is dealt out to S x S such planes, by row and column modulo S; a tap then lies in the plane of
 * its own remainder. And for the way back the image is spread: its pixels S apart, zeros between them.
 */
final class Planes {
    /** Where pixels go along one axis. */
    record Axis(int size, int kernel, int stride, int spread, int offset, int positions) {
        /** Elements along this axis in one plane. */
        int length() {
            return positions + (kernel - 1) / stride;
        }
    }

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
        pitch = x.length();
        plane = y.length() * pitch;
        run = (y.positions - 1) * pitch + x.positions;
    }

    /** Elements of all planes. */
    int length() {
        return channels * y.stride * x.stride * plane;
    }

    /** Where the run of each pixel of the window begins, in the order channel, ky, kx. */
    int[] taps() {
        int[] taps = new int[channels * y.kernel * x.kernel];
        int i = 0;
        for (int c = 0; c < channels; c++) {
            for (int ky = 0; ky < y.kernel; ky++) {
                for (int kx = 0; kx < x.kernel; kx++) {
                    taps[i++] = planeAt(c, ky % y.stride, kx % x.stride) + ky / y.stride * pitch + kx / x.stride;
                }
            }
        }
        return taps;
    }

    private int planeAt(int channel, int yRemainder, int xRemainder) {
        return ((channel * y.stride + yRemainder) * x.stride + xRemainder) * plane;
    }

    /** Copies one image, (channels, H, W) from {@code at}, into its places; the zeros around it are never touched. */
    void fill(float[] images, int at, float[] planes) {
        for (int c = 0; c < channels; c++) {
            for (int row = 0; row < y.size; row++, at += x.size) {
                int down = row * y.spread + y.offset;
                if (down < 0 || down >= y.length() * y.stride) {
                    continue; // no window reads this row
                }
                int line = planeAt(c, down % y.stride, 0) + down / y.stride * pitch;
                if (x.stride == 1 && x.spread == 1) {
                    int first = Math.max(0, -x.offset);
                    int last = Math.min(x.size, pitch - x.offset);
                    if (first < last) {
                        System.arraycopy(images, at + first, planes, line + first + x.offset, last - first);
                    }
                    continue;
                }
                for (int column = 0; column < x.size; column++) {
                    int right = column * x.spread + x.offset;
                    if (right >= 0 && right < pitch * x.stride) {
                        planes[line + right % x.stride * plane + right / x.stride] = images[at + column];
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

    /** The other way, turned: element {@code position * step} of the rows is set, those of the gaps stay zero. */
    void spreadTurned(float[] out, int from, float[] rows, int to, int step) {
        for (int row = 0; row < y.positions; row++) {
            int at = to + row * pitch * step;
            for (int column = 0; column < x.positions; column++, at += step) {
                rows[at] = out[from + row * x.positions + column];
            }
        }
    }
}
