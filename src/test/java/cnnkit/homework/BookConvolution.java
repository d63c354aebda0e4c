package cnnkit.homework;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/** The book's convolution layer, step by step, so that each step can be made wrong. */
class BookConvolution extends OwnConvolution {
    Tensor col; // (N * OH * OW, C * FH * FW)

    BookConvolution(Tensor W, Tensor b, Window window) {
        super(W, b, window);
    }

    Tensor im2col(Tensor x) {
        return Im2col.im2col(x, window);
    }

    Tensor col2im(Tensor dcol) {
        return Im2col.col2im(dcol, x.shape(), window);
    }

    /** (C * FH * FW, FN). */
    Tensor colW() {
        return W.reshape(filters(), -1).transpose();
    }

    /** (N * OH * OW, FN). */
    Tensor plusBias(Tensor product) {
        Tensor out = product.copy();
        for (int i = 0; i < out.length(); i++) {
            out.data()[i] += b.data()[i % filters()];
        }
        return out;
    }

    /** (N, FN, OH, OW). */
    Tensor maps(Tensor rows) {
        return rows.reshape(s.N, s.OH, s.OW, filters()).transpose(0, 3, 1, 2);
    }

    /** (N * OH * OW, FN). */
    Tensor rows(Tensor dout) {
        return dout.transpose(0, 2, 3, 1).reshape(-1, filters());
    }

    Tensor db(Tensor rows) {
        Tensor db = Tensor.zeros(filters());
        for (int row = 0; row < rows.size(0); row++) {
            for (int f = 0; f < filters(); f++) {
                db.data()[f] += rows.get(row, f);
            }
        }
        return db;
    }

    Tensor dW(Tensor rows) {
        return col.transpose().dot(rows).transpose().reshape(W.shape());
    }

    @Override
    public Tensor forward(Tensor x) {
        remember(x);
        col = im2col(x);
        return maps(plusBias(col.dot(colW())));
    }

    @Override
    public Tensor backward(Tensor dout) {
        Tensor rows = rows(dout);
        fill(biases, db(rows));
        fill(weights, dW(rows));
        return col2im(rows.dot(colW().transpose()));
    }
}
