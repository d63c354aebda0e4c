package homework;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/** What a sliding window sees, as a matrix, and the way back (section 7.4.2). */
public final class MyIm2col {
    private MyIm2col() {}

    public static Tensor im2col(Tensor x, Window window) {
        int N = x.size(0), C = x.size(1), H = x.size(2), W = x.size(3);
        int FH = window.kernelHeight(), FW = window.kernelWidth();
        int OH = window.outputHeight(H), OW = window.outputWidth(W);
        Tensor col = Tensor.zeros(N * OH * OW, C * FH * FW);
        int cell = 0;
        for (int n = 0; n < N; n++) {
            for (int oy = 0; oy < OH; oy++) {
                for (int ox = 0; ox < OW; ox++) {
                    for (int c = 0; c < C; c++) {
                        for (int ky = 0; ky < FH; ky++) {
                            for (int kx = 0; kx < FW; kx++, cell++) {
                                int row = oy * window.strideHeight() + ky - window.paddingHeight();
                                int column = ox * window.strideWidth() + kx - window.paddingWidth();
                                if (row >= 0 && row < H && column >= 0 && column < W) {
                                    col.data()[cell] = x.get(n, c, row, column);
                                }
                            }
                        }
                    }
                }
            }
        }
        return col;
    }

    public static Tensor col2im(Tensor col, int[] xShape, Window window) {
        int N = xShape[0], C = xShape[1], H = xShape[2], W = xShape[3];
        int FH = window.kernelHeight(), FW = window.kernelWidth();
        int OH = window.outputHeight(H), OW = window.outputWidth(W);
        Tensor x = Tensor.zeros(xShape);
        int cell = 0;
        for (int n = 0; n < N; n++) {
            for (int oy = 0; oy < OH; oy++) {
                for (int ox = 0; ox < OW; ox++) {
                    for (int c = 0; c < C; c++) {
                        for (int ky = 0; ky < FH; ky++) {
                            for (int kx = 0; kx < FW; kx++, cell++) {
                                int row = oy * window.strideHeight() + ky - window.paddingHeight();
                                int column = ox * window.strideWidth() + kx - window.paddingWidth();
                                if (row >= 0 && row < H && column >= 0 && column < W) {
                                    x.set(x.get(n, c, row, column) + col.data()[cell], n, c, row, column);
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
