package cnnkit.homework;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/** A convolution layer by seven loops over flat arrays; what an index is can be made wrong. */
class LoopConvolution extends OwnConvolution {
    LoopConvolution(Tensor W, Tensor b, Window window) {
        super(W, b, window);
    }

    int y(int oy, int ky) {
        return oy * s.SH + ky - s.PH;
    }

    int column(int ox, int kx) {
        return ox * s.SW + kx - s.PW;
    }

    /** Which pixel; -1 for none. */
    int pixel(int n, int c, int y, int w) {
        return s.inside(y, w) ? s.at(n, c, y, w) : -1;
    }

    int weight(int f, int c, int ky, int kx) {
        return ((f * s.C + c) * s.FH + ky) * s.FW + kx;
    }

    int bias(int f, int oy, int ox) {
        return f;
    }

    int place(int n, int f, int oy, int ox) {
        return ((n * filters() + f) * s.OH + oy) * s.OW + ox;
    }

    /** What to do with a product, or with a bias. */
    interface Term {
        void at(int out, int first, int second);
    }

    void products(Term term) {
        for (int n = 0; n < s.N; n++) {
            for (int f = 0; f < filters(); f++) {
                for (int oy = 0; oy < s.OH; oy++) {
                    for (int ox = 0; ox < s.OW; ox++) {
                        for (int c = 0; c < s.C; c++) {
                            for (int ky = 0; ky < s.FH; ky++) {
                                for (int kx = 0; kx < s.FW; kx++) {
                                    int pixel = pixel(n, c, y(oy, ky), column(ox, kx));
                                    if (pixel >= 0) {
                                        term.at(place(n, f, oy, ox), pixel, weight(f, c, ky, kx));
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    void eachBias(Term term) {
        for (int n = 0; n < s.N; n++) {
            for (int f = 0; f < filters(); f++) {
                for (int oy = 0; oy < s.OH; oy++) {
                    for (int ox = 0; ox < s.OW; ox++) {
                        term.at(place(n, f, oy, ox), bias(f, oy, ox), 0);
                    }
                }
            }
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        remember(x);
        Tensor out = Tensor.zeros(s.N, filters(), s.OH, s.OW);
        products((o, i, j) -> out.data()[o] += x.data()[i] * W.data()[j]);
        eachBias((o, i, j) -> out.data()[o] += b.data()[i]);
        return out;
    }

    @Override
    public Tensor backward(Tensor dout) {
        Tensor dx = Tensor.zeros(x.shape()), dW = Tensor.zeros(W.shape()), db = Tensor.zeros(filters());
        products((o, i, j) -> {
            dx.data()[i] += dout.data()[o] * W.data()[j];
            dW.data()[j] += dout.data()[o] * x.data()[i];
        });
        eachBias((o, i, j) -> db.data()[i] += dout.data()[o]);
        fill(weights, dW);
        fill(biases, db);
        return dx;
    }
}
