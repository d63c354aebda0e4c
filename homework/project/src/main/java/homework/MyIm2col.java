package homework;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/** What a sliding window sees, as a matrix, and the way back (section 7.4.2). */
public final class MyIm2col {
    private MyIm2col() {}

    /**
     * Lays what each window sees out as a row: n, oy, ox count the rows, c, ky, kx the columns, the last one fastest.
     *
     * @param x the images, (N, C, H, W)
     * @param window of FH x FW, with a stride and a padding for each direction; where it sees padding, it sees 0
     * @return a new matrix, (N * OH * OW, C * FH * FW)
     */
    public static Tensor im2col(Tensor x, Window window) {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * Adds every cell of the matrix to the pixel that it was read from; what was read from padding is dropped.
     *
     * @param col the matrix, (N * OH * OW, C * FH * FW)
     * @param xShape the four numbers N, C, H, W
     * @param window the one that im2col had
     * @return new images, (N, C, H, W)
     */
    public static Tensor col2im(Tensor col, int[] xShape, Window window) {
        throw new UnsupportedOperationException("not written yet");
    }
}
