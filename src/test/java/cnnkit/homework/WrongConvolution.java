package cnnkit.homework;

import static cnnkit.homework.Mistake.BIAS_MISSING;
import static cnnkit.homework.Mistake.BIAS_PER_POSITION;
import static cnnkit.homework.Mistake.BIAS_PER_PRODUCT;
import static cnnkit.homework.Mistake.CHANNELS_AVERAGED;
import static cnnkit.homework.Mistake.CHANNELS_INNERMOST;
import static cnnkit.homework.Mistake.FIRST_CHANNEL_ONLY;
import static cnnkit.homework.Mistake.FIRST_IMAGE_ONLY;
import static cnnkit.homework.Mistake.IMAGES_INNERMOST;
import static cnnkit.homework.Mistake.KERNEL_FLIPPED;
import static cnnkit.homework.Mistake.KERNEL_READ_AS_SQUARE;
import static cnnkit.homework.Mistake.KERNEL_TRANSPOSED;
import static cnnkit.homework.Mistake.OUTPUT_NOT_TRANSPOSED;
import static cnnkit.homework.Mistake.PADDING_IGNORED;
import static cnnkit.homework.Mistake.PADDING_ONE_SIDE;
import static cnnkit.homework.Mistake.PADDING_REPEATS_EDGE;
import static cnnkit.homework.Mistake.POSITIONS_TRANSPOSED;
import static cnnkit.homework.Mistake.STRIDE_IGNORED;
import static cnnkit.homework.Mistake.STRIDE_IN_ONE_DIRECTION;
import static cnnkit.homework.Mistake.THROWS;
import static cnnkit.homework.Mistake.WEIGHTS_NOT_TRANSPOSED;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Convolution layers with a wrong forward pass: step by step as in the book, by loops, and plane by plane. Each comes with
 * the gradients that follow from its own forward pass, and with right ones.
 */
final class WrongConvolution {
    private final List<Version> versions = new ArrayList<>();

    static List<Version> versions() {
        WrongConvolution all = new WrongConvolution();
        all.matricesByTheBook();
        all.windowsByTheBook();
        all.biasesByTheBook();
        all.indicesByLoops();
        all.windowsByLoops();
        all.biasesByLoops();
        all.planes();
        all.planesAndBiases();
        all.byGetAndSet();
        return all.versions;
    }

    /** Makes a layer. */
    private interface Maker {
        OwnConvolution of(Tensor W, Tensor b, Window window);
    }

    private void add(Mistake mistake, String style, Maker yours) {
        versions.add(
                Version.of(mistake, "convolution", style + ", its own gradients", () -> Check.convolution(yours::of)));
        addWithRightGradients(mistake, style, yours);
    }

    private void addWithRightGradients(Mistake mistake, String style, Maker yours) {
        versions.add(Version.of(
                mistake,
                "convolution",
                style + ", right gradients",
                () -> Check.convolution((W, b, window) -> OwnConvolution.withRightGradients(yours.of(W, b, window)))));
    }

    private void matricesByTheBook() {
        add(
                WEIGHTS_NOT_TRANSPOSED,
                "the book, reshaped to (C*FH*FW, FN)",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor colW() {
                        return W.reshape(-1, W.size(0));
                    }

                    @Override
                    Tensor dW(Tensor rows) {
                        return col.transpose().dot(rows).reshape(W.shape());
                    }
                });
        add(
                WEIGHTS_NOT_TRANSPOSED,
                "the book, reshaped to (C*FH*FW, FN), dW transposed",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor colW() {
                        return W.reshape(-1, W.size(0));
                    }
                });
        add(
                WEIGHTS_NOT_TRANSPOSED,
                "the book, reshaped to (FN, -1)",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor colW() {
                        return W.reshape(W.size(0), -1);
                    }
                });
        add(OUTPUT_NOT_TRANSPOSED, "the book", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor maps(Tensor rows) {
                return rows.reshape(s.N, filters(), s.OH, s.OW);
            }

            @Override
            Tensor rows(Tensor dout) {
                return dout.reshape(-1, filters());
            }
        });
        add(OUTPUT_NOT_TRANSPOSED, "the book, dout transposed", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor maps(Tensor rows) {
                return rows.reshape(s.N, filters(), s.OH, s.OW);
            }
        });
        add(CHANNELS_INNERMOST, "the book", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor im2col(Tensor x) {
                Tensor right = super.im2col(x);
                return right.reshape(-1, s.C, s.FH * s.FW).transpose(0, 2, 1).reshape(right.shape());
            }

            @Override
            Tensor col2im(Tensor dcol) {
                return super.col2im(
                        dcol.reshape(-1, s.FH * s.FW, s.C).transpose(0, 2, 1).reshape(dcol.shape()));
            }
        });
        add(KERNEL_TRANSPOSED, "the book", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor im2col(Tensor x) {
                Tensor right = super.im2col(x);
                return right.reshape(-1, s.C, s.FH, s.FW).transpose(0, 1, 3, 2).reshape(right.shape());
            }

            @Override
            Tensor col2im(Tensor dcol) {
                return super.col2im(
                        dcol.reshape(-1, s.C, s.FW, s.FH).transpose(0, 1, 3, 2).reshape(dcol.shape()));
            }
        });
        add(KERNEL_TRANSPOSED, "the book, right col2im", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor im2col(Tensor x) {
                Tensor right = super.im2col(x);
                return right.reshape(-1, s.C, s.FH, s.FW).transpose(0, 1, 3, 2).reshape(right.shape());
            }
        });
        add(POSITIONS_TRANSPOSED, "the book, in the matrix", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor im2col(Tensor x) {
                Tensor right = super.im2col(x);
                return right.reshape(s.N, s.OH, s.OW, -1).transpose(0, 2, 1, 3).reshape(right.shape());
            }

            @Override
            Tensor col2im(Tensor dcol) {
                return super.col2im(
                        dcol.reshape(s.N, s.OW, s.OH, -1).transpose(0, 2, 1, 3).reshape(dcol.shape()));
            }
        });
        add(POSITIONS_TRANSPOSED, "the book, in the maps", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor maps(Tensor rows) {
                return rows.reshape(s.N, s.OH, s.OW, filters())
                        .transpose(0, 3, 2, 1)
                        .reshape(s.N, filters(), s.OH, s.OW);
            }

            @Override
            Tensor rows(Tensor dout) {
                return dout.reshape(s.N, filters(), s.OW, s.OH)
                        .transpose(0, 3, 2, 1)
                        .reshape(-1, filters());
            }
        });
        add(IMAGES_INNERMOST, "the book", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor im2col(Tensor x) {
                Tensor right = super.im2col(x);
                return right.reshape(s.N, s.OH * s.OW, -1).transpose(1, 0, 2).reshape(right.shape());
            }

            @Override
            Tensor col2im(Tensor dcol) {
                return super.col2im(
                        dcol.reshape(s.OH * s.OW, s.N, -1).transpose(1, 0, 2).reshape(dcol.shape()));
            }
        });
        add(FIRST_IMAGE_ONLY, "the book", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor im2col(Tensor x) {
                Tensor first = super.im2col(x.rows(0, 1));
                Tensor all = Tensor.zeros(s.N, first.size(0), first.size(1));
                for (int i = 0; i < all.length(); i++) {
                    all.data()[i] = first.data()[i % first.length()];
                }
                return all.reshape(-1, first.size(1));
            }
        });
        add(KERNEL_FLIPPED, "the book", (W, b, window) -> new BookConvolution(W, b, window) {
            private Tensor flipped(Tensor kernels) {
                Tensor flipped = kernels.copy();
                int area = kernels.size(2) * kernels.size(3);
                for (int i = 0; i < kernels.length(); i++) {
                    flipped.data()[i / area * area + area - 1 - i % area] = kernels.data()[i];
                }
                return flipped;
            }

            @Override
            Tensor colW() {
                return flipped(W).reshape(filters(), -1).transpose();
            }

            @Override
            Tensor dW(Tensor rows) {
                return flipped(super.dW(rows));
            }
        });
        add(CHANNELS_AVERAGED, "the book", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor plusBias(Tensor product) {
                return super.plusBias(product.map(v -> v / s.C));
            }

            @Override
            Tensor dW(Tensor rows) {
                return super.dW(rows).map(v -> v / s.C);
            }

            @Override
            Tensor col2im(Tensor dcol) {
                return super.col2im(dcol).map(v -> v / s.C);
            }
        });
        add(
                FIRST_CHANNEL_ONLY,
                "the book, all weights times channel 0",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor im2col(Tensor x) {
                        Tensor col = super.im2col(x);
                        int area = s.FH * s.FW;
                        Tensor same = Tensor.zeros(col.shape());
                        for (int row = 0; row < col.size(0); row++) {
                            for (int column = 0; column < col.size(1); column++) {
                                same.set(col.get(row, column % area), row, column);
                            }
                        }
                        return same;
                    }
                });
    }

    /** A layer of the book's kind over a window of its own. */
    private static BookConvolution over(Tensor W, Tensor b, Window window, Window own) {
        return new BookConvolution(W, b, window) {
            @Override
            Tensor im2col(Tensor x) {
                s = new Sizes(x, own);
                return Im2col.im2col(x, own);
            }

            @Override
            Tensor col2im(Tensor dcol) {
                return Im2col.col2im(dcol, x.shape(), own);
            }
        };
    }

    /** The right number of positions, read from another image. */
    private abstract static class FromAnotherImage extends BookConvolution {
        FromAnotherImage(Tensor W, Tensor b, Window window) {
            super(W, b, window);
        }

        abstract Tensor image(Tensor x);

        @Override
        Tensor im2col(Tensor x) {
            Tensor six = WrongIm2col.slices(image(x), s.FH, s.FW, s.SH, s.SW, s.OH, s.OW);
            return six.transpose(0, 4, 5, 1, 2, 3).reshape(s.N * s.OH * s.OW, -1);
        }
    }

    private void windowsByTheBook() {
        add(STRIDE_IGNORED, "the book, all positions", (W, b, window) -> over(W, b, window, window.stride(1)));
        add(
                STRIDE_IN_ONE_DIRECTION,
                "the book, only rows move",
                (W, b, window) -> over(W, b, window, window.stride(window.strideHeight(), 1)));
        add(
                STRIDE_IN_ONE_DIRECTION,
                "the book, only columns move",
                (W, b, window) -> over(W, b, window, window.stride(1, window.strideWidth())));
        add(
                PADDING_IGNORED,
                "the book, the size without padding",
                (W, b, window) -> over(W, b, window, window.padding(0).remainder(Remainder.FLOOR)));
        addWithRightGradients(
                PADDING_IGNORED, "the book, the right size", (W, b, window) -> new FromAnotherImage(W, b, window) {
                    @Override
                    Tensor image(Tensor x) {
                        return WrongIm2col.pad(x, 0, 2 * s.PH, 0, 2 * s.PW);
                    }
                });
        add(PADDING_ONE_SIDE, "the book, right col2im", (W, b, window) -> new FromAnotherImage(W, b, window) {
            @Override
            Tensor image(Tensor x) {
                return WrongIm2col.pad(x, 2 * s.PH, 0, 2 * s.PW, 0);
            }
        });
        add(PADDING_ONE_SIDE, "the book, the size with P", (W, b, window) -> new BookConvolution(W, b, window) {
            private Tensor padded(Tensor x) {
                return WrongIm2col.pad(x, s.PH, 0, s.PW, 0);
            }

            @Override
            Tensor im2col(Tensor x) {
                Window none = window.padding(0).remainder(Remainder.FLOOR);
                Tensor padded = padded(x), col = Im2col.im2col(padded, none);
                s = new Sizes(padded, none);
                return col;
            }

            @Override
            Tensor col2im(Tensor dcol) {
                Window none = window.padding(0).remainder(Remainder.FLOOR);
                Tensor wide = Im2col.col2im(dcol, new int[] {s.N, s.C, s.H, s.W}, none);
                Tensor dx = Tensor.zeros(x.shape());
                for (int n = 0; n < s.N; n++) {
                    for (int c = 0; c < s.C; c++) {
                        for (int y = 0; y < dx.size(2); y++) {
                            for (int w = 0; w < dx.size(3); w++) {
                                dx.set(
                                        wide.get(n, c, y + window.paddingHeight(), w + window.paddingWidth()),
                                        n,
                                        c,
                                        y,
                                        w);
                            }
                        }
                    }
                }
                return dx;
            }
        });
        add(THROWS, "the book, FH for FW, which no product fits", (W, b, window) -> {
            Window square = new Window(
                    window.kernelHeight(),
                    window.kernelHeight(),
                    window.strideHeight(),
                    window.strideWidth(),
                    window.paddingHeight(),
                    window.paddingWidth(),
                    Remainder.FLOOR);
            return over(W, b, window, square);
        });
    }

    private void biasesByTheBook() {
        add(BIAS_MISSING, "the book, db as it should be", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor plusBias(Tensor product) {
                return product;
            }
        });
        add(BIAS_MISSING, "the book, no db", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor plusBias(Tensor product) {
                return product;
            }

            @Override
            Tensor db(Tensor rows) {
                return Tensor.zeros(filters());
            }
        });
        add(BIAS_PER_POSITION, "the book, by the row", (W, b, window) -> new BookConvolution(W, b, window) {
            @Override
            Tensor plusBias(Tensor product) {
                Tensor out = product.copy();
                for (int i = 0; i < out.length(); i++) {
                    out.data()[i] += b.get(i / filters() % (s.OH * s.OW) % filters());
                }
                return out;
            }
        });
        add(
                BIAS_PER_POSITION,
                "the book, the flat index of the maps",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor plusBias(Tensor product) {
                        return product;
                    }

                    @Override
                    Tensor maps(Tensor rows) {
                        Tensor out = super.maps(rows);
                        for (int i = 0; i < out.length(); i++) {
                            out.data()[i] += b.data()[i % b.length()];
                        }
                        return out;
                    }
                });
        add(
                BIAS_PER_PRODUCT,
                "the book, on every cell of the product",
                (W, b, window) -> new BookConvolution(W, b, window) {
                    @Override
                    Tensor plusBias(Tensor product) {
                        Tensor out = product.copy();
                        for (int row = 0; row < out.size(0); row++) {
                            for (int f = 0; f < filters(); f++) {
                                for (int k = 0; k < col.size(1); k++) {
                                    out.data()[row * filters() + f] += b.get(f);
                                }
                            }
                        }
                        return out;
                    }

                    @Override
                    Tensor db(Tensor rows) {
                        return super.db(rows).map(v -> v * col.size(1));
                    }
                });
    }

    private void indicesByLoops() {
        add(KERNEL_FLIPPED, "loops, by the weight's index", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int weight(int f, int c, int ky, int kx) {
                return ((f * s.C + c) * s.FH + s.FH - 1 - ky) * s.FW + s.FW - 1 - kx;
            }
        });
        add(KERNEL_FLIPPED, "loops, by the pixel's index", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int y(int oy, int ky) {
                return oy * s.SH + (s.FH - 1) - ky - s.PH;
            }

            @Override
            int column(int ox, int kx) {
                return ox * s.SW + (s.FW - 1) - kx - s.PW;
            }
        });
        add(KERNEL_TRANSPOSED, "loops", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int weight(int f, int c, int ky, int kx) {
                return ((f * s.C + c) * s.FW + kx) * s.FH + ky;
            }
        });
        add(CHANNELS_INNERMOST, "loops", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int weight(int f, int c, int ky, int kx) {
                return ((f * s.FH + ky) * s.FW + kx) * s.C + c;
            }
        });
        add(WEIGHTS_NOT_TRANSPOSED, "loops, filters innermost", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int weight(int f, int c, int ky, int kx) {
                return ((c * s.FH + ky) * s.FW + kx) * filters() + f;
            }
        });
        add(OUTPUT_NOT_TRANSPOSED, "loops", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int place(int n, int f, int oy, int ox) {
                return ((n * s.OH + oy) * s.OW + ox) * filters() + f;
            }
        });
        add(POSITIONS_TRANSPOSED, "loops", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int place(int n, int f, int oy, int ox) {
                return ((n * filters() + f) * s.OW + ox) * s.OH + oy;
            }
        });
        add(FIRST_IMAGE_ONLY, "loops", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int pixel(int n, int c, int y, int w) {
                return super.pixel(0, c, y, w);
            }
        });
        add(
                FIRST_CHANNEL_ONLY,
                "loops, all weights times channel 0",
                (W, b, window) -> new LoopConvolution(W, b, window) {
                    @Override
                    int pixel(int n, int c, int y, int w) {
                        return super.pixel(n, 0, y, w);
                    }
                });
        add(FIRST_CHANNEL_ONLY, "loops, the term of channel 0", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int pixel(int n, int c, int y, int w) {
                return c == 0 ? super.pixel(n, 0, y, w) : -1;
            }
        });
        add(CHANNELS_AVERAGED, "loops, own sums", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            public Tensor forward(Tensor x) {
                remember(x);
                Tensor out = Tensor.zeros(s.N, filters(), s.OH, s.OW);
                products((o, i, j) -> out.data()[o] += x.data()[i] * W.data()[j] / s.C);
                eachBias((o, i, j) -> out.data()[o] += b.data()[i]);
                return out;
            }
        });
    }

    private void windowsByLoops() {
        add(
                STRIDE_IGNORED,
                "loops, the right number of positions",
                (W, b, window) -> new LoopConvolution(W, b, window) {
                    @Override
                    int y(int oy, int ky) {
                        return oy + ky - s.PH;
                    }

                    @Override
                    int column(int ox, int kx) {
                        return ox + kx - s.PW;
                    }
                });
        add(
                STRIDE_IN_ONE_DIRECTION,
                "loops, the height's for both",
                (W, b, window) -> new LoopConvolution(W, b, window) {
                    @Override
                    int column(int ox, int kx) {
                        return ox * s.SH + kx - s.PW;
                    }
                });
        add(STRIDE_IN_ONE_DIRECTION, "loops, only rows move", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int column(int ox, int kx) {
                return ox + kx - s.PW;
            }
        });
        add(STRIDE_IN_ONE_DIRECTION, "loops, only columns move", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int y(int oy, int ky) {
                return oy + ky - s.PH;
            }
        });
        add(PADDING_IGNORED, "loops, the right size", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int y(int oy, int ky) {
                return oy * s.SH + ky;
            }

            @Override
            int column(int ox, int kx) {
                return ox * s.SW + kx;
            }
        });
        add(PADDING_ONE_SIDE, "loops, all of it above and left", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int y(int oy, int ky) {
                return oy * s.SH + ky - 2 * s.PH;
            }

            @Override
            int column(int ox, int kx) {
                return ox * s.SW + kx - 2 * s.PW;
            }
        });
        add(PADDING_REPEATS_EDGE, "loops", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int pixel(int n, int c, int y, int w) {
                return s.at(n, c, Math.max(0, Math.min(s.H - 1, y)), Math.max(0, Math.min(s.W - 1, w)));
            }
        });
    }

    private void biasesByLoops() {
        add(BIAS_MISSING, "loops", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            void eachBias(Term term) {}
        });
        add(BIAS_PER_PRODUCT, "loops, those inside", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            void eachBias(Term term) {
                products((o, i, j) -> term.at(o, j / (s.C * s.FH * s.FW), 0));
            }
        });
        add(BIAS_PER_PRODUCT, "loops, padding's too", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            void eachBias(Term term) {
                for (int i = 0; i < s.C * s.FH * s.FW; i++) {
                    super.eachBias(term);
                }
            }
        });
        add(BIAS_PER_POSITION, "loops, by the position", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int bias(int f, int oy, int ox) {
                return (oy * s.OW + ox) % filters();
            }
        });
        add(BIAS_PER_POSITION, "loops, by the column", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            int bias(int f, int oy, int ox) {
                return ox % filters();
            }
        });
        add(BIAS_PER_POSITION, "loops, by the flat index", (W, b, window) -> new LoopConvolution(W, b, window) {
            @Override
            void eachBias(Term term) {
                for (int i = 0; i < s.N * filters() * s.OH * s.OW; i++) {
                    term.at(i, i % filters(), 0);
                }
            }
        });
    }

    private void planes() {
        addWithRightGradients(KERNEL_FLIPPED, "planes", (W, b, window) -> new PlaneConvolution(W, b, window) {
            @Override
            double under(double[][] kernel, double[][] image, int top, int left) {
                double sum = 0;
                for (int ky = 0; ky < kernel.length; ky++) {
                    for (int kx = 0; kx < kernel[0].length; kx++) {
                        sum += kernel[kernel.length - 1 - ky][kernel[0].length - 1 - kx] * image[top + ky][left + kx];
                    }
                }
                return sum;
            }
        });
        add(
                KERNEL_TRANSPOSED,
                "planes, the kernel's numbers read column by column",
                (W, b, window) -> new PlaneConvolution(W, b, window) {
                    @Override
                    double[][] kernel(int f, int c) {
                        double[][] kernel = new double[s.FH][s.FW];
                        int i = (f * s.C + c) * s.FH * s.FW;
                        for (int kx = 0; kx < s.FW; kx++) {
                            for (int ky = 0; ky < s.FH; ky++) {
                                kernel[ky][kx] = W.data()[i++];
                            }
                        }
                        return kernel;
                    }
                });
        add(CHANNELS_AVERAGED, "planes", (W, b, window) -> new PlaneConvolution(W, b, window) {
            @Override
            double sum(double[] overChannels) {
                return Arrays.stream(overChannels).average().orElse(0);
            }
        });
        add(FIRST_CHANNEL_ONLY, "planes", (W, b, window) -> new PlaneConvolution(W, b, window) {
            @Override
            double sum(double[] overChannels) {
                return overChannels[0];
            }
        });
        add(
                FIRST_CHANNEL_ONLY,
                "planes, all weights times channel 0",
                (W, b, window) -> new PlaneConvolution(W, b, window) {
                    @Override
                    double[][] channel(int n, int c) {
                        return super.channel(n, 0);
                    }
                });
        add(FIRST_IMAGE_ONLY, "planes", (W, b, window) -> new PlaneConvolution(W, b, window) {
            @Override
            double[][] channel(int n, int c) {
                return super.channel(0, c);
            }
        });
        add(STRIDE_IGNORED, "planes", (W, b, window) -> new PlaneConvolution(W, b, window) {
            @Override
            double under(double[][] kernel, double[][] image, int top, int left) {
                return super.under(kernel, image, top / s.SH, left / s.SW);
            }
        });
        add(STRIDE_IN_ONE_DIRECTION, "planes, only rows move", (W, b, window) -> new PlaneConvolution(W, b, window) {
            @Override
            double under(double[][] kernel, double[][] image, int top, int left) {
                return super.under(kernel, image, top, left / s.SW);
            }
        });
        add(PADDING_REPEATS_EDGE, "planes", (W, b, window) -> new PlaneConvolution(W, b, window) {
            @Override
            double[][] padded(double[][] plane) {
                double[][] wide = super.padded(plane);
                for (int y = 0; y < wide.length; y++) {
                    for (int w = 0; w < wide[0].length; w++) {
                        int fromY = Math.max(0, Math.min(plane.length - 1, y - s.PH));
                        wide[y][w] = plane[fromY][Math.max(0, Math.min(plane[0].length - 1, w - s.PW))];
                    }
                }
                return wide;
            }
        });
        add(PADDING_ONE_SIDE, "planes", (W, b, window) -> new PlaneConvolution(W, b, window) {
            @Override
            double[][] padded(double[][] plane) {
                double[][] wide = new double[plane.length + 2 * s.PH][plane[0].length + 2 * s.PW];
                for (int y = 0; y < plane.length; y++) {
                    System.arraycopy(plane[y], 0, wide[y + 2 * s.PH], 2 * s.PW, plane[y].length);
                }
                return wide;
            }

            @Override
            double[][] cut(double[][] wide) {
                double[][] plane = new double[s.H][s.W];
                for (int y = 0; y < s.H; y++) {
                    System.arraycopy(wide[y + 2 * s.PH], 2 * s.PW, plane[y], 0, s.W);
                }
                return plane;
            }
        });
    }

    private void planesAndBiases() {
        add(BIAS_MISSING, "planes", (W, b, window) -> new PlaneConvolution(W, b, window) {
            @Override
            double biasAt(int f, int oy, int ox) {
                return 0;
            }
        });
        add(BIAS_PER_PRODUCT, "planes", (W, b, window) -> new PlaneConvolution(W, b, window) {
            @Override
            double biasAt(int f, int oy, int ox) {
                return s.C * s.FH * s.FW * b.get(f);
            }
        });
        add(BIAS_PER_POSITION, "planes, by the position", (W, b, window) -> new PlaneConvolution(W, b, window) {
            @Override
            double biasAt(int f, int oy, int ox) {
                return b.get((oy * s.OW + ox) % filters());
            }
        });
        add(BIAS_PER_POSITION, "planes, by the column", (W, b, window) -> new PlaneConvolution(W, b, window) {
            @Override
            double biasAt(int f, int oy, int ox) {
                return b.get(ox % b.size(0));
            }
        });
    }

    private void byGetAndSet() {
        addWithRightGradients(
                KERNEL_READ_AS_SQUARE,
                "get and set, FH for FW, beyond the kernel",
                (W, b, window) -> new OwnConvolution(W, b, window) {
                    @Override
                    public Tensor forward(Tensor x) {
                        remember(x);
                        int F = window.kernelHeight(), OW = (s.W + 2 * s.PW - F) / s.SW + 1;
                        Tensor out = Tensor.zeros(s.N, filters(), s.OH, OW);
                        Tensor img = WrongIm2col.pad(x, s.PH, s.PH, s.PW, s.PW);
                        for (int n = 0; n < s.N; n++) {
                            for (int f = 0; f < filters(); f++) {
                                for (int oy = 0; oy < s.OH; oy++) {
                                    for (int ox = 0; ox < OW; ox++) {
                                        float sum = b.get(f);
                                        for (int c = 0; c < s.C; c++) {
                                            for (int ky = 0; ky < F; ky++) {
                                                for (int kx = 0; kx < F; kx++) {
                                                    float pixel = img.get(n, c, oy * s.SH + ky, ox * s.SW + kx);
                                                    sum += pixel * W.get(f, c, ky, kx);
                                                }
                                            }
                                        }
                                        out.set(sum, n, f, oy, ox);
                                    }
                                }
                            }
                        }
                        return out;
                    }

                    @Override
                    public Tensor backward(Tensor dout) {
                        return dout;
                    }
                });
        addWithRightGradients(
                BIAS_PER_PRODUCT,
                "get and set, the bias within the innermost loop",
                (W, b, window) -> new OwnConvolution(W, b, window) {
                    @Override
                    public Tensor forward(Tensor x) {
                        remember(x);
                        Tensor out = Tensor.zeros(s.N, filters(), s.OH, s.OW);
                        for (int n = 0; n < s.N; n++) {
                            for (int c = 0; c < s.C; c++) {
                                for (int ky = 0; ky < s.FH; ky++) {
                                    for (int kx = 0; kx < s.FW; kx++) {
                                        for (int f = 0; f < filters(); f++) {
                                            accumulate(x, out, n, c, ky, kx, f);
                                        }
                                    }
                                }
                            }
                        }
                        return out;
                    }

                    private void accumulate(Tensor x, Tensor out, int n, int c, int ky, int kx, int f) {
                        for (int oy = 0; oy < s.OH; oy++) {
                            for (int ox = 0; ox < s.OW; ox++) {
                                int y = oy * s.SH + ky - s.PH, w = ox * s.SW + kx - s.PW;
                                float value = s.inside(y, w) ? x.get(n, c, y, w) : 0;
                                float sum = out.get(n, f, oy, ox) + value * W.get(f, c, ky, kx) + b.get(f);
                                out.set(sum, n, f, oy, ox);
                            }
                        }
                    }

                    @Override
                    public Tensor backward(Tensor dout) {
                        return dout;
                    }
                });
        addWithRightGradients(
                CHANNELS_AVERAGED, "get and set, by recursion", (W, b, window) -> new OwnConvolution(W, b, window) {
                    private double sum(int n, int f, int oy, int ox, int i) {
                        if (i == s.C * s.FH * s.FW) {
                            return 0;
                        }
                        int y = oy * s.SH + i / s.FW % s.FH - s.PH,
                                w = ox * s.SW + i % s.FW - s.PW,
                                c = i / s.FW / s.FH;
                        double term =
                                s.inside(y, w) ? x.get(n, c, y, w) * W.slice(f).data()[i] : 0;
                        return term + sum(n, f, oy, ox, i + 1);
                    }

                    @Override
                    public Tensor forward(Tensor x) {
                        remember(x);
                        Tensor out = Tensor.zeros(s.N, filters(), s.OH, s.OW);
                        for (int i = 0; i < out.length(); i++) {
                            int ox = i % s.OW, oy = i / s.OW % s.OH, f = i / s.OW / s.OH % filters();
                            int n = i / s.OW / s.OH / filters();
                            out.data()[i] = (float) (sum(n, f, oy, ox, 0) / s.C + b.get(f));
                        }
                        return out;
                    }

                    @Override
                    public Tensor backward(Tensor dout) {
                        return dout;
                    }
                });
    }
}
