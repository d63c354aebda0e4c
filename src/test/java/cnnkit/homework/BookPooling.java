package cnnkit.homework;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/** The book's pooling layer: im2col, one row for each window and channel, and the largest value of each row. */
class BookPooling extends OwnPooling {
    Tensor windows; // (N * OH * OW * C, FH * FW)
    int[] winners;

    BookPooling(Window window, boolean maximum) {
        super(window, maximum);
    }

    /** The window that the matrix is made with. */
    Window own() {
        return window;
    }

    /** What lies around the image. */
    float border() {
        return maximum ? Float.NEGATIVE_INFINITY : 0;
    }

    Tensor im2col(Tensor x) {
        return Im2col.im2col(x, own(), border());
    }

    Tensor col2im(Tensor dcol) {
        return Im2col.col2im(dcol, x.shape(), own());
    }

    /** (N * OH * OW * C): the pixels inside. */
    double[] counts() {
        Tensor ones = rows(Im2col.im2col(Tensor.filled(1, x.shape()), own()));
        double[] counts = new double[ones.size(0)];
        for (int row = 0; row < counts.length; row++) {
            counts[row] = ones.slice(row).sum();
        }
        return counts;
    }

    /** (N * OH * OW, C * FH * FW) to (N * OH * OW * C, FH * FW). */
    Tensor rows(Tensor col) {
        return col.reshape(-1, own().kernelHeight() * own().kernelWidth());
    }

    Tensor maps(Tensor pooled) {
        int OH = own().outputHeight(x.size(2)), OW = own().outputWidth(x.size(3));
        return pooled.reshape(x.size(0), OH, OW, x.size(1)).transpose(0, 3, 1, 2);
    }

    Tensor pooled(Tensor dout) {
        return dout.transpose(0, 2, 3, 1).reshape(-1);
    }

    @Override
    public Tensor forward(Tensor x) {
        remember(x);
        windows = rows(im2col(x));
        Tensor out = Tensor.zeros(windows.size(0));
        if (maximum) {
            winners = windows.argmax();
            for (int row = 0; row < winners.length; row++) {
                out.set(windows.get(row, winners[row]), row);
            }
        } else {
            double[] counts = counts();
            for (int row = 0; row < counts.length; row++) {
                out.set((float) (windows.slice(row).sum() / counts[row]), row);
            }
        }
        return maps(out);
    }

    /** One row for each window and channel. */
    Tensor spread(Tensor pooled) {
        Tensor dwindows = Tensor.zeros(windows.shape());
        double[] counts = maximum ? null : counts();
        for (int row = 0; row < pooled.length(); row++) {
            if (maximum) {
                dwindows.set(pooled.get(row), row, winners[row]);
            } else {
                for (int k = 0; k < windows.size(1); k++) {
                    dwindows.set((float) (pooled.get(row) / counts[row]), row, k);
                }
            }
        }
        return dwindows;
    }

    @Override
    public Tensor backward(Tensor dout) {
        Tensor dwindows = spread(pooled(dout));
        return col2im(dwindows.reshape(dwindows.size(0) / x.size(1), -1));
    }
}
