package cnnkit.homework;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/** All sizes of a window over a batch of images, as a learner collects them in one place. */
final class Sizes {
    final int N, C, H, W, FH, FW, SH, SW, PH, PW, OH, OW;

    Sizes(Tensor x, Window window) {
        this(x.shape(), window);
    }

    Sizes(int[] shape, Window window) {
        N = shape[0];
        C = shape[1];
        H = shape[2];
        W = shape[3];
        FH = window.kernelHeight();
        FW = window.kernelWidth();
        SH = window.strideHeight();
        SW = window.strideWidth();
        PH = window.paddingHeight();
        PW = window.paddingWidth();
        OH = (H + 2 * PH - FH) / SH + 1;
        OW = (W + 2 * PW - FW) / SW + 1;
    }

    boolean inside(int y, int x) {
        return y >= 0 && y < H && x >= 0 && x < W;
    }

    int at(int n, int c, int y, int x) {
        return ((n * C + c) * H + y) * W + x;
    }
}
