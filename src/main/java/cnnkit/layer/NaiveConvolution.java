package cnnkit.layer;

import cnnkit.im2col.BatchChunks;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/** The convolution as section 7.2 defines it: one loop per index, and a window that reads zeros outside the image. */
final class NaiveConvolution implements ConvolutionAlgorithm {

    @Override
    public ConvolutionAlgorithm fresh() {
        return this; // remembers nothing
    }

    @Override
    public void forward(Tensor x, Tensor W, Tensor b, Window window, Tensor out) {
        int N = x.size(0);
        int FN = W.size(0), C = W.size(1), FH = W.size(2), FW = W.size(3); // C: channels that one filter reads
        int filtersPerGroup = FN / (x.size(1) / C);
        int OH = out.size(2), OW = out.size(3);
        for (int n = 0; n < N; n++) {
            for (int f = 0; f < FN; f++) {
                int group = f / filtersPerGroup;
                for (int oy = 0; oy < OH; oy++) {
                    for (int ox = 0; ox < OW; ox++) {
                        float sum = b.get(f);
                        for (int c = 0; c < C; c++) {
                            for (int ky = 0; ky < FH; ky++) {
                                for (int kx = 0; kx < FW; kx++) {
                                    sum = Math.fma(
                                            pixel(x, n, group * C + c, window.top(oy) + ky, window.left(ox) + kx),
                                            W.get(f, c, ky, kx),
                                            sum);
                                }
                            }
                        }
                        out.set(sum, n, f, oy, ox);
                    }
                }
            }
        }
    }

    @Override
    public void parameterGradients(Tensor x, Tensor dout, Window window, Tensor dW, Tensor db) {
        int FN = dW.size(0), C = dW.size(1), FH = dW.size(2), FW = dW.size(3);
        int filtersPerGroup = FN / (x.size(1) / C);
        for (int f = 0; f < FN; f++) {
            int group = f / filtersPerGroup;
            for (int c = 0; c < C; c++) {
                for (int ky = 0; ky < FH; ky++) {
                    for (int kx = 0; kx < FW; kx++) {
                        dW.set(filterGradient(x, dout, window, f, group * C + c, ky, kx), f, c, ky, kx);
                    }
                }
            }
            db.set(biasGradient(dout, f), f);
        }
    }

    /** dW of one weight: every output of filter f, times the pixel of channel c that this weight met there. */
    private static float filterGradient(Tensor x, Tensor dout, Window window, int f, int c, int ky, int kx) {
        int N = dout.size(0), OH = dout.size(2), OW = dout.size(3);
        float total = 0;
        for (int chunk = 0; chunk < BatchChunks.count(N); chunk++) {
            float sum = 0;
            for (int n = BatchChunks.start(chunk, N); n < BatchChunks.start(chunk + 1, N); n++) {
                for (int oy = 0; oy < OH; oy++) {
                    for (int ox = 0; ox < OW; ox++) {
                        sum = Math.fma(
                                dout.get(n, f, oy, ox), pixel(x, n, c, window.top(oy) + ky, window.left(ox) + kx), sum);
                    }
                }
            }
            total = chunk == 0 ? sum : total + sum;
        }
        return total + 0f; // -0 becomes 0
    }

    /** db[f]: the bias is added to every output of filter f, so its gradient is their sum. */
    private static float biasGradient(Tensor dout, int f) {
        int N = dout.size(0), OH = dout.size(2), OW = dout.size(3);
        float total = 0;
        for (int chunk = 0; chunk < BatchChunks.count(N); chunk++) {
            float sum = 0;
            for (int n = BatchChunks.start(chunk, N); n < BatchChunks.start(chunk + 1, N); n++) {
                for (int oy = 0; oy < OH; oy++) {
                    for (int ox = 0; ox < OW; ox++) {
                        sum += dout.get(n, f, oy, ox);
                    }
                }
            }
            total = chunk == 0 ? sum : total + sum;
        }
        return total + 0f; // -0 becomes 0
    }

    @Override
    public void inputGradient(Tensor dout, Tensor W, Window window, Tensor dx) {
        int N = dx.size(0), channels = dx.size(1), height = dx.size(2), width = dx.size(3);
        int FN = W.size(0), C = W.size(1), FH = W.size(2), FW = W.size(3); // C: channels that one filter reads
        int filtersPerGroup = FN / (channels / C);
        for (int n = 0; n < N; n++) {
            for (int c = 0; c < channels; c++) {
                int firstFilter = c / C * filtersPerGroup;
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        float sum = 0;
                        for (int f = firstFilter; f < firstFilter + filtersPerGroup; f++) {
                            for (int ky = FH - 1; ky >= 0; ky--) {
                                for (int kx = FW - 1; kx >= 0; kx--) {
                                    sum = Math.fma(
                                            outputAbove(dout, n, f, y - ky, x - kx, window),
                                            W.get(f, c % C, ky, kx),
                                            sum);
                                }
                            }
                        }
                        dx.set(sum, n, c, y, x);
                    }
                }
            }
        }
    }

    private static float pixel(Tensor x, int n, int c, int row, int column) {
        boolean inside = row >= 0 && row < x.size(2) && column >= 0 && column < x.size(3);
        return inside ? x.data()[((n * x.size(1) + c) * x.size(2) + row) * x.size(3) + column] : 0;
    }

    /** dout of the window whose first pixel is (top, left); 0 where no window begins. */
    private static float outputAbove(Tensor dout, int n, int f, int top, int left, Window window) {
        int oy = Math.floorDiv(top - window.top(0), window.strideHeight());
        int ox = Math.floorDiv(left - window.left(0), window.strideWidth());
        boolean begins = window.top(oy) == top && window.left(ox) == left;
        boolean inside = oy >= 0 && oy < dout.size(2) && ox >= 0 && ox < dout.size(3);
        return begins && inside ? dout.data()[((n * dout.size(1) + f) * dout.size(2) + oy) * dout.size(3) + ox] : 0;
    }
}
