package cnnkit.im2col;

import cnnkit.engine.Workers;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;

/**
 * Lays everything a sliding window sees out as a matrix, one window a row (section 7.4.2).
 *
 * <p>Row {@code (n * OH + oy) * OW + ox} holds what the window at position (oy, ox) of image n covers, column
 * {@code (c * FH + ky) * FW + kx} the pixel (ky, kx) of the window in channel c:
 * <pre>
 *     col[(n, oy, ox)][(c, ky, kx)] = x[n][c][oy * stride + ky - padding][ox * stride + kx - padding]
 * </pre>
 * Where windows overlap, a pixel is copied several times: the matrix is about FH * FW / stride^2 times as large as the
 * images. What that buys is that a convolution becomes one matrix product.
 */
public final class Im2col {
    private Im2col() {}

    /**
     * Unfolds a batch, with zeros as padding.
     *
     * @param x the images, (N, C, H, W)
     * @param window where the window stands
     * @return the matrix, (N * OH * OW, C * FH * FW)
     * @throws cnnkit.tensor.ShapeException if x is no batch of images or the window does not fit
     */
    public static Tensor im2col(Tensor x, Window window) {
        return im2col(x, window, 0);
    }

    /**
     * Unfolds a batch.
     *
     * @param x the images, (N, C, H, W)
     * @param window where the window stands
     * @param padding the value of the pixels around the image: 0 for a convolution, minus infinity for a maximum
     * @return the matrix, (N * OH * OW, C * FH * FW)
     * @throws cnnkit.tensor.ShapeException if x is no batch of images or the window does not fit
     */
    public static Tensor im2col(Tensor x, Window window, float padding) {
        Shapes.expect("im2col", "input", x, "N", "C", "H", "W");
        int N = x.size(0), C = x.size(1), H = x.size(2), W = x.size(3);
        int FH = window.kernelHeight(), FW = window.kernelWidth();
        int OH = window.outputHeight(H), OW = window.outputWidth(W);
        Tensor col = Tensor.zeros(Shapes.length(N, OH, OW), Shapes.length(C, FH, FW));
        float[] from = x.data();
        float[] to = col.data();
        int perImage = col.length() / N;
        Workers.run(N, (thread, n) -> {
            int position = n * perImage;
            for (int oy = 0; oy < OH; oy++) {
                int top = window.top(oy);
                for (int ox = 0; ox < OW; ox++) {
                    int left = window.left(ox);
                    for (int c = 0; c < C; c++) {
                        for (int ky = 0; ky < FH; ky++) {
                            int y = top + ky;
                            int row = ((n * C + c) * H + y) * W;
                            for (int kx = 0; kx < FW; kx++) {
                                int pixel = left + kx;
                                boolean inside = y >= 0 && y < H && pixel >= 0 && pixel < W;
                                to[position++] = inside ? from[row + pixel] : padding;
                            }
                        }
                    }
                }
            }
        });
        return col;
    }

    /**
     * Folds a matrix back into images and adds where windows overlap: the transpose of {@link #im2col}, not its inverse.
     *
     * @param col the matrix, (N * OH * OW, C * FH * FW)
     * @param inputShape the shape of the images, (N, C, H, W)
     * @param window where the window stands
     * @return the images, (N, C, H, W)
     * @throws cnnkit.tensor.ShapeException if the matrix does not belong to these images and this window
     */
    public static Tensor col2im(Tensor col, int[] inputShape, Window window) {
        Tensor x = Tensor.zeros(inputShape);
        Shapes.expect("col2im", "images", x, "N", "C", "H", "W");
        int N = x.size(0), C = x.size(1), H = x.size(2), W = x.size(3);
        int FH = window.kernelHeight(), FW = window.kernelWidth();
        int OH = window.outputHeight(H), OW = window.outputWidth(W);
        Shapes.expect("col2im", "matrix", col, Shapes.length(N, OH, OW), Shapes.length(C, FH, FW));
        float[] from = col.data();
        float[] to = x.data();
        int position = 0;
        for (int n = 0; n < N; n++) {
            for (int oy = 0; oy < OH; oy++) {
                int top = window.top(oy);
                for (int ox = 0; ox < OW; ox++) {
                    int left = window.left(ox);
                    for (int c = 0; c < C; c++) {
                        for (int ky = 0; ky < FH; ky++) {
                            int y = top + ky;
                            int row = ((n * C + c) * H + y) * W;
                            for (int kx = 0; kx < FW; kx++, position++) {
                                int pixel = left + kx;
                                if (y >= 0 && y < H && pixel >= 0 && pixel < W) {
                                    to[row + pixel] += from[position];
                                }
                            }
                        }
                    }
                }
            }
        }
        return x;
    }
}
