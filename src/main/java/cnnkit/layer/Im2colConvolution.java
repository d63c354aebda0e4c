package cnnkit.layer;

import cnnkit.engine.Workers;
import cnnkit.im2col.BatchChunks;
import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/**
 * The convolution as one matrix product (section 7.4.3): windows become rows, filters become columns.
 *
 * <p>The book takes dx as {@code col2im(dout * W)}. That adds the same numbers in another order; here dx is computed as
 * the convolution that it is, of dout with the kernels turned round, so that it equals the naive loops bit for bit.
 */
final class Im2colConvolution implements ConvolutionAlgorithm {
    private Tensor[] col = {}; // of each group (N*OH*OW, C*FH*FW), from forward

    @Override
    public ConvolutionAlgorithm fresh() {
        return new Im2colConvolution();
    }

    @Override
    public void forward(Tensor x, Tensor W, Tensor b, Window window, Tensor out) {
        int groups = x.size(1) / W.size(1);
        int C = W.size(1), filters = W.size(0) / groups;
        col = new Tensor[groups];
        for (int g = 0; g < groups; g++) {
            col[g] = Im2col.im2col(channels(x, g * C, C), window); // (N*OH*OW, C*FH*FW)  one window a row
            Tensor maps =
                    maps(col[g], W.rows(g * filters, (g + 1) * filters), b.rows(g * filters, (g + 1) * filters), out);
            putChannels(maps, out, g * filters);
        }
    }

    /** One matrix product: all windows times all filters of a group. */
    private static Tensor maps(Tensor col, Tensor W, Tensor b, Tensor out) {
        int N = out.size(0), OH = out.size(2), OW = out.size(3), FN = W.size(0);
        Tensor filters = W.reshape(FN, -1).transpose(); // (C*FH*FW, FN)  one filter a column
        Tensor rows = col.dot(filters, b); // (N*OH*OW, FN)
        return rows.reshape(N, OH, OW, FN).transpose(0, 3, 1, 2); // (N, FN, OH, OW)
    }

    @Override
    public void parameterGradients(Tensor x, Tensor dout, Window window, Tensor dW, Tensor db) {
        int filters = dW.size(0) / col.length;
        for (int g = 0; g < col.length; g++) {
            parameterGradients(g, channels(dout, g * filters, filters), dW, db);
        }
    }

    /** dout (N, FN, OH, OW) is that of the group. */
    private void parameterGradients(int group, Tensor dout, Tensor dW, Tensor db) {
        int N = dout.size(0), FN = dout.size(1), positions = dout.size(2) * dout.size(3);
        Tensor[] dWs = new Tensor[BatchChunks.count(N)], dbs = new Tensor[dWs.length];
        Workers.run(dWs.length, (thread, chunk) -> {
            int from = BatchChunks.start(chunk, N);
            int to = BatchChunks.start(chunk + 1, N);
            Tensor images = dout.rows(from, to).transpose(1, 0, 2, 3).reshape(FN, -1); // (FN, M), M = images*OH*OW
            Tensor windows = col[group].rows(from * positions, to * positions); // (M, C*FH*FW)
            dWs[chunk] = images.dot(windows); // dW = dout col, a piece of the batch at a time; (FN, C*FH*FW)
            dbs[chunk] = images.dot(Tensor.filled(1, images.size(1), 1)); // db = dout 1; (FN, 1)
        });
        for (int chunk = 0; chunk < dWs.length; chunk++) {
            addInOrder(chunk, dW, group, dWs[chunk]);
            addInOrder(chunk, db, group, dbs[chunk]);
        }
    }

    private static void addInOrder(int chunk, Tensor total, int group, Tensor part) {
        float[] sum = total.data();
        int from = group * part.length();
        for (int i = 0; i < part.length(); i++) {
            sum[from + i] = (chunk == 0 ? 0 : sum[from + i]) + part.data()[i]; // from 0, so that -0 becomes 0
        }
    }

    @Override
    public void inputGradient(Tensor dout, Tensor W, Window window, Tensor dx) {
        int groups = dx.size(1) / W.size(1);
        int N = dx.size(0), height = dx.size(2), width = dx.size(3);
        int FN = W.size(0) / groups, C = W.size(1), FH = W.size(2), FW = W.size(3); // of a group
        for (int g = 0; g < groups; g++) {
            Tensor turned = turned(W.rows(g * FN, (g + 1) * FN)); // (FN*FH*FW, C)
            Tensor group = channels(dout, g * FN, FN); // (N, FN, OH, OW)
            int place = g;
            // an image at a time for each core: its matrix is FH*FW*FN/C times as large as dx
            Workers.run(N, (thread, n) -> {
                Tensor wide = widened(group, n, window, height + FH - 1, width + FW - 1); // (1, FN, H+FH-1, W+FW-1)
                Tensor image =
                        Im2col.im2col(wide, Window.of(FH, FW)).dot(turned).transpose(); // (C, H*W)
                System.arraycopy(image.data(), 0, dx.data(), (n * groups + place) * image.length(), image.length());
            });
        }
    }

    /** Some channels of every image; x itself if that is all of them. */
    private static Tensor channels(Tensor x, int from, int count) {
        if (count == x.size(1)) {
            return x;
        }
        Tensor some = Tensor.zeros(x.size(0), count, x.size(2), x.size(3));
        int map = x.size(2) * x.size(3);
        for (int n = 0; n < x.size(0); n++) {
            System.arraycopy(x.data(), (n * x.size(1) + from) * map, some.data(), n * count * map, count * map);
        }
        return some;
    }

    /** The way back: some channels of every image are written. */
    private static void putChannels(Tensor some, Tensor x, int from) {
        int map = x.size(2) * x.size(3);
        int count = some.size(1);
        for (int n = 0; n < x.size(0); n++) {
            System.arraycopy(some.data(), n * count * map, x.data(), (n * x.size(1) + from) * map, count * map);
        }
    }

    /** The kernels turned by 180 degrees, one input channel a column: row (f, ky, kx) holds W[f][c][FH-1-ky][FW-1-kx]. */
    private static Tensor turned(Tensor W) {
        int FN = W.size(0), C = W.size(1), FH = W.size(2), FW = W.size(3);
        Tensor turned = Tensor.zeros(FN, FH, FW, C);
        for (int f = 0; f < FN; f++) {
            for (int c = 0; c < C; c++) {
                for (int ky = 0; ky < FH; ky++) {
                    for (int kx = 0; kx < FW; kx++) {
                        turned.set(W.get(f, c, FH - 1 - ky, FW - 1 - kx), f, ky, kx, c);
                    }
                }
            }
        }
        return turned.reshape(FN * FH * FW, C);
    }

    /** dout of image n among zeros: each element where the last pixel of its window lies when the kernel is turned. */
    private static Tensor widened(Tensor dout, int n, Window window, int height, int width) {
        int FN = dout.size(1), OH = dout.size(2), OW = dout.size(3);
        Tensor wide = Tensor.zeros(1, FN, height, width);
        for (int f = 0; f < FN; f++) {
            for (int oy = 0; oy < OH; oy++) {
                int y = window.top(oy) + window.kernelHeight() - 1;
                for (int ox = 0; ox < OW; ox++) {
                    int x = window.left(ox) + window.kernelWidth() - 1;
                    if (y >= 0 && y < height && x >= 0 && x < width) { // other windows saw padding only
                        wide.set(dout.get(n, f, oy, ox), 0, f, y, x);
                    }
                }
            }
        }
        return wide;
    }
}
