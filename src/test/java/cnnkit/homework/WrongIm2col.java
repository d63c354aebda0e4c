package cnnkit.homework;

import static cnnkit.homework.Mistake.CHANNELS_INNERMOST;
import static cnnkit.homework.Mistake.FIRST_IMAGE_ONLY;
import static cnnkit.homework.Mistake.IMAGES_INNERMOST;
import static cnnkit.homework.Mistake.KERNEL_READ_AS_SQUARE;
import static cnnkit.homework.Mistake.KERNEL_TRANSPOSED;
import static cnnkit.homework.Mistake.PADDING_IGNORED;
import static cnnkit.homework.Mistake.PADDING_ONE_SIDE;
import static cnnkit.homework.Mistake.PADDING_REPEATS_EDGE;
import static cnnkit.homework.Mistake.POSITIONS_TRANSPOSED;
import static cnnkit.homework.Mistake.ROWS_AND_COLUMNS_SWAPPED;
import static cnnkit.homework.Mistake.SIZE_FORGETS_PADDING;
import static cnnkit.homework.Mistake.SIZE_FORGETS_PLUS_ONE;
import static cnnkit.homework.Mistake.STRIDE_IGNORED;
import static cnnkit.homework.Mistake.STRIDE_IN_ONE_DIRECTION;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Wrong im2cols: by plain loops, as the book's NumPy program, and cell by cell. */
final class WrongIm2col {
    private final List<Version> versions = new ArrayList<>();

    static List<Version> versions() {
        WrongIm2col all = new WrongIm2col();
        all.byLoops();
        all.stridesByLoops();
        all.paddingByLoops();
        all.byTheBook();
        all.cellByCell();
        all.stridesAndPaddingCellByCell();
        all.withWrongSizes();
        return all.versions;
    }

    private void add(Mistake mistake, String style, Unfolding yours) {
        versions.add(Version.of(mistake, "im2col", style, () -> Check.im2col(yours)));
    }

    private void byLoops() {
        add(ROWS_AND_COLUMNS_SWAPPED, "loops", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int rows = s.N * s.OH * s.OW, columns = s.C * s.FH * s.FW;
            float[] from = x.data(), to = new float[rows * columns];
            int row = 0;
            for (int n = 0; n < s.N; n++) {
                for (int oy = 0; oy < s.OH; oy++) {
                    for (int ox = 0; ox < s.OW; ox++, row++) {
                        int column = 0;
                        for (int c = 0; c < s.C; c++) {
                            for (int ky = 0; ky < s.FH; ky++) {
                                for (int kx = 0; kx < s.FW; kx++, column++) {
                                    int y = oy * s.SH + ky - s.PH, p = ox * s.SW + kx - s.PW;
                                    if (s.inside(y, p)) {
                                        to[column * rows + row] = from[s.at(n, c, y, p)];
                                    }
                                }
                            }
                        }
                    }
                }
            }
            return Tensor.of(to, columns, rows);
        });
        add(CHANNELS_INNERMOST, "loops", (x, window) -> {
            Sizes s = new Sizes(x, window);
            float[] from = x.data(), to = new float[s.N * s.OH * s.OW * s.C * s.FH * s.FW];
            int i = 0;
            for (int n = 0; n < s.N; n++) {
                for (int oy = 0; oy < s.OH; oy++) {
                    for (int ox = 0; ox < s.OW; ox++) {
                        for (int ky = 0; ky < s.FH; ky++) {
                            for (int kx = 0; kx < s.FW; kx++) {
                                for (int c = 0; c < s.C; c++) {
                                    int y = oy * s.SH + ky - s.PH, p = ox * s.SW + kx - s.PW;
                                    to[i++] = s.inside(y, p) ? from[s.at(n, c, y, p)] : 0;
                                }
                            }
                        }
                    }
                }
            }
            return Tensor.of(to, s.N * s.OH * s.OW, s.C * s.FH * s.FW);
        });
        add(KERNEL_TRANSPOSED, "loops", (x, window) -> {
            Sizes s = new Sizes(x, window);
            float[] from = x.data(), to = new float[s.N * s.OH * s.OW * s.C * s.FH * s.FW];
            int i = 0;
            for (int n = 0; n < s.N; n++) {
                for (int oy = 0; oy < s.OH; oy++) {
                    for (int ox = 0; ox < s.OW; ox++) {
                        for (int c = 0; c < s.C; c++) {
                            for (int kx = 0; kx < s.FW; kx++) {
                                for (int ky = 0; ky < s.FH; ky++) {
                                    int y = oy * s.SH + ky - s.PH, p = ox * s.SW + kx - s.PW;
                                    to[i++] = s.inside(y, p) ? from[s.at(n, c, y, p)] : 0;
                                }
                            }
                        }
                    }
                }
            }
            return Tensor.of(to, s.N * s.OH * s.OW, s.C * s.FH * s.FW);
        });
        add(POSITIONS_TRANSPOSED, "loops", (x, window) -> {
            Sizes s = new Sizes(x, window);
            float[] from = x.data(), to = new float[s.N * s.OH * s.OW * s.C * s.FH * s.FW];
            int i = 0;
            for (int n = 0; n < s.N; n++) {
                for (int ox = 0; ox < s.OW; ox++) {
                    for (int oy = 0; oy < s.OH; oy++) {
                        for (int c = 0; c < s.C; c++) {
                            for (int ky = 0; ky < s.FH; ky++) {
                                for (int kx = 0; kx < s.FW; kx++) {
                                    int y = oy * s.SH + ky - s.PH, p = ox * s.SW + kx - s.PW;
                                    to[i++] = s.inside(y, p) ? from[s.at(n, c, y, p)] : 0;
                                }
                            }
                        }
                    }
                }
            }
            return Tensor.of(to, s.N * s.OH * s.OW, s.C * s.FH * s.FW);
        });
        add(IMAGES_INNERMOST, "loops", (x, window) -> {
            Sizes s = new Sizes(x, window);
            Tensor col = Tensor.zeros(s.N * s.OH * s.OW, s.C * s.FH * s.FW);
            int row = 0;
            for (int oy = 0; oy < s.OH; oy++) {
                for (int ox = 0; ox < s.OW; ox++) {
                    for (int n = 0; n < s.N; n++) {
                        for (int c = 0; c < s.C; c++) {
                            for (int ky = 0; ky < s.FH; ky++) {
                                for (int kx = 0; kx < s.FW; kx++) {
                                    int y = oy * s.SH + ky - s.PH, p = ox * s.SW + kx - s.PW;
                                    if (s.inside(y, p)) {
                                        col.set(x.get(n, c, y, p), row, (c * s.FH + ky) * s.FW + kx);
                                    }
                                }
                            }
                        }
                        row++;
                    }
                }
            }
            return col;
        });
        add(FIRST_IMAGE_ONLY, "loops", (x, window) -> {
            Sizes s = new Sizes(x, window);
            float[] from = x.data(), to = new float[s.N * s.OH * s.OW * s.C * s.FH * s.FW];
            int i = 0;
            for (int n = 0; n < s.N; n++) {
                for (int oy = 0; oy < s.OH; oy++) {
                    for (int ox = 0; ox < s.OW; ox++) {
                        for (int c = 0; c < s.C; c++) {
                            for (int ky = 0; ky < s.FH; ky++) {
                                for (int kx = 0; kx < s.FW; kx++) {
                                    int y = oy * s.SH + ky - s.PH, p = ox * s.SW + kx - s.PW;
                                    to[i++] = s.inside(y, p) ? from[(c * s.H + y) * s.W + p] : 0;
                                }
                            }
                        }
                    }
                }
            }
            return Tensor.of(to, s.N * s.OH * s.OW, s.C * s.FH * s.FW);
        });
        add(FIRST_IMAGE_ONLY, "only the first image's rows are filled, then repeated", (x, window) -> {
            Tensor first = Im2col.im2col(x.rows(0, 1), window);
            Tensor col = Tensor.zeros(first.size(0) * x.size(0), first.size(1));
            for (int n = 0; n < x.size(0); n++) {
                System.arraycopy(first.data(), 0, col.data(), n * first.length(), first.length());
            }
            return col;
        });
    }

    /** im2col by loops with any strides, paddings and numbers of positions. */
    private static Tensor loops(Tensor x, int[] kernel, int[] stride, int[] padding, int[] positions) {
        int N = x.size(0), C = x.size(1), H = x.size(2), W = x.size(3);
        Tensor col = Tensor.zeros(N * positions[0] * positions[1], C * kernel[0] * kernel[1]);
        int i = 0;
        for (int n = 0; n < N; n++) {
            for (int oy = 0; oy < positions[0]; oy++) {
                for (int ox = 0; ox < positions[1]; ox++) {
                    for (int c = 0; c < C; c++) {
                        for (int ky = 0; ky < kernel[0]; ky++) {
                            for (int kx = 0; kx < kernel[1]; kx++) {
                                int y = oy * stride[0] + ky - padding[0], p = ox * stride[1] + kx - padding[1];
                                if (y >= 0 && y < H && p >= 0 && p < W) {
                                    col.data()[i] = x.get(n, c, y, p);
                                }
                                i++;
                            }
                        }
                    }
                }
            }
        }
        return col;
    }

    private static int[] both(int first, int second) {
        return new int[] {first, second};
    }

    private static int positions(int size, int kernel, int stride, int padding) {
        return (size + 2 * padding - kernel) / stride + 1;
    }

    private void stridesByLoops() {
        add(STRIDE_IGNORED, "loops, the right number of positions", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return loops(x, both(s.FH, s.FW), both(1, 1), both(s.PH, s.PW), both(s.OH, s.OW));
        });
        add(STRIDE_IGNORED, "loops, all positions", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int OH = positions(s.H, s.FH, 1, s.PH), OW = positions(s.W, s.FW, 1, s.PW);
            return loops(x, both(s.FH, s.FW), both(1, 1), both(s.PH, s.PW), both(OH, OW));
        });
        add(STRIDE_IN_ONE_DIRECTION, "loops, the height's serves both, the right number", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return loops(x, both(s.FH, s.FW), both(s.SH, s.SH), both(s.PH, s.PW), both(s.OH, s.OW));
        });
        add(STRIDE_IN_ONE_DIRECTION, "loops, the height's serves both, the matching number", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int OW = positions(s.W, s.FW, s.SH, s.PW);
            return loops(x, both(s.FH, s.FW), both(s.SH, s.SH), both(s.PH, s.PW), both(s.OH, OW));
        });
        add(STRIDE_IN_ONE_DIRECTION, "loops, the width's serves both, the matching number", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int OH = positions(s.H, s.FH, s.SW, s.PH);
            return loops(x, both(s.FH, s.FW), both(s.SW, s.SW), both(s.PH, s.PW), both(OH, s.OW));
        });
        add(STRIDE_IN_ONE_DIRECTION, "loops, only rows move, the right number", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return loops(x, both(s.FH, s.FW), both(s.SH, 1), both(s.PH, s.PW), both(s.OH, s.OW));
        });
        add(STRIDE_IN_ONE_DIRECTION, "loops, only rows move, the matching number", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int OW = positions(s.W, s.FW, 1, s.PW);
            return loops(x, both(s.FH, s.FW), both(s.SH, 1), both(s.PH, s.PW), both(s.OH, OW));
        });
        add(STRIDE_IN_ONE_DIRECTION, "loops, only columns move, the right number", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return loops(x, both(s.FH, s.FW), both(1, s.SW), both(s.PH, s.PW), both(s.OH, s.OW));
        });
        add(STRIDE_IN_ONE_DIRECTION, "loops, only columns move, the matching number", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int OH = positions(s.H, s.FH, 1, s.PH);
            return loops(x, both(s.FH, s.FW), both(1, s.SW), both(s.PH, s.PW), both(OH, s.OW));
        });
    }

    private void paddingByLoops() {
        add(PADDING_IGNORED, "loops, the size without padding", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int OH = (s.H - s.FH) / s.SH + 1, OW = (s.W - s.FW) / s.SW + 1;
            return loops(x, both(s.FH, s.FW), both(s.SH, s.SW), both(0, 0), both(OH, OW));
        });
        add(PADDING_IGNORED, "loops, the right size", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return loops(x, both(s.FH, s.FW), both(s.SH, s.SW), both(0, 0), both(s.OH, s.OW));
        });
        add(PADDING_ONE_SIDE, "loops, the size with P", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int OH = (s.H + s.PH - s.FH) / s.SH + 1, OW = (s.W + s.PW - s.FW) / s.SW + 1;
            return loops(x, both(s.FH, s.FW), both(s.SH, s.SW), both(s.PH, s.PW), both(OH, OW));
        });
        add(PADDING_ONE_SIDE, "loops, all of it above and left", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return loops(x, both(s.FH, s.FW), both(s.SH, s.SW), both(2 * s.PH, 2 * s.PW), both(s.OH, s.OW));
        });
        add(KERNEL_READ_AS_SQUARE, "loops, the right number of positions", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return loops(x, both(s.FH, s.FH), both(s.SH, s.SW), both(s.PH, s.PW), both(s.OH, s.OW));
        });
        add(KERNEL_READ_AS_SQUARE, "loops, the matching number of positions", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int OW = positions(s.W, s.FH, s.SW, s.PW);
            return loops(x, both(s.FH, s.FH), both(s.SH, s.SW), both(s.PH, s.PW), both(s.OH, OW));
        });
        add(KERNEL_READ_AS_SQUARE, "loops, the width serves for both, the right number of positions", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return loops(x, both(s.FW, s.FW), both(s.SH, s.SW), both(s.PH, s.PW), both(s.OH, s.OW));
        });
        add(KERNEL_READ_AS_SQUARE, "loops, the width serves for both, the matching number", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int OH = positions(s.H, s.FW, s.SH, s.PH);
            return loops(x, both(s.FW, s.FW), both(s.SH, s.SW), both(s.PH, s.PW), both(OH, s.OW));
        });
        add(PADDING_REPEATS_EDGE, "loops", (x, window) -> {
            Sizes s = new Sizes(x, window);
            Tensor col = Tensor.zeros(s.N * s.OH * s.OW, s.C * s.FH * s.FW);
            int i = 0;
            for (int n = 0; n < s.N; n++) {
                for (int oy = 0; oy < s.OH; oy++) {
                    for (int ox = 0; ox < s.OW; ox++) {
                        for (int c = 0; c < s.C; c++) {
                            for (int ky = 0; ky < s.FH; ky++) {
                                for (int kx = 0; kx < s.FW; kx++) {
                                    int y = Math.max(0, Math.min(s.H - 1, oy * s.SH + ky - s.PH));
                                    int p = Math.max(0, Math.min(s.W - 1, ox * s.SW + kx - s.PW));
                                    col.data()[i++] = x.data()[s.at(n, c, y, p)];
                                }
                            }
                        }
                    }
                }
            }
            return col;
        });
    }

    /** np.pad. */
    static Tensor pad(Tensor x, int above, int below, int left, int right) {
        Tensor img = Tensor.zeros(x.size(0), x.size(1), above + x.size(2) + below, left + x.size(3) + right);
        for (int n = 0; n < x.size(0); n++) {
            for (int c = 0; c < x.size(1); c++) {
                for (int y = 0; y < x.size(2); y++) {
                    for (int w = 0; w < x.size(3); w++) {
                        img.set(x.get(n, c, y, w), n, c, y + above, w + left);
                    }
                }
            }
        }
        return img;
    }

    /** np.pad(..., mode="edge"). */
    private static Tensor padEdge(Tensor x, int ph, int pw) {
        int H = x.size(2), W = x.size(3);
        Tensor img = Tensor.zeros(x.size(0), x.size(1), H + 2 * ph, W + 2 * pw);
        for (int n = 0; n < x.size(0); n++) {
            for (int c = 0; c < x.size(1); c++) {
                for (int y = 0; y < img.size(2); y++) {
                    for (int w = 0; w < img.size(3); w++) {
                        int fromY = y < ph ? 0 : y >= ph + H ? H - 1 : y - ph;
                        int fromX = w < pw ? 0 : w >= pw + W ? W - 1 : w - pw;
                        img.set(x.get(n, c, fromY, fromX), n, c, y, w);
                    }
                }
            }
        }
        return img;
    }

    /** The book's two loops: col[:, :, y, x, :, :] = img[:, :, y:y_max:stride, x:x_max:stride]. */
    static Tensor slices(Tensor img, int FH, int FW, int strideY, int strideX, int OH, int OW) {
        Tensor col = Tensor.zeros(img.size(0), img.size(1), FH, FW, OH, OW);
        for (int y = 0; y < FH; y++) {
            for (int x = 0; x < FW; x++) {
                for (int n = 0; n < img.size(0); n++) {
                    for (int c = 0; c < img.size(1); c++) {
                        for (int oy = 0; oy < OH; oy++) {
                            for (int ox = 0; ox < OW; ox++) {
                                col.set(img.get(n, c, y + strideY * oy, x + strideX * ox), n, c, y, x, oy, ox);
                            }
                        }
                    }
                }
            }
        }
        return col;
    }

    private static Tensor rightSlices(Tensor x, Window window) {
        Sizes s = new Sizes(x, window);
        return slices(pad(x, s.PH, s.PH, s.PW, s.PW), s.FH, s.FW, s.SH, s.SW, s.OH, s.OW);
    }

    private static Tensor rows(Tensor col) {
        return col.transpose(0, 4, 5, 1, 2, 3).reshape(col.size(0) * col.size(4) * col.size(5), -1);
    }

    private void byTheBook() {
        add(ROWS_AND_COLUMNS_SWAPPED, "the book", (x, window) -> {
            Tensor col = rightSlices(x, window);
            return col.transpose(1, 2, 3, 0, 4, 5).reshape(col.size(1) * col.size(2) * col.size(3), -1);
        });
        add(CHANNELS_INNERMOST, "the book", (x, window) -> {
            Tensor col = rightSlices(x, window);
            return col.transpose(0, 4, 5, 2, 3, 1).reshape(col.size(0) * col.size(4) * col.size(5), -1);
        });
        add(KERNEL_TRANSPOSED, "the book", (x, window) -> {
            Tensor col = rightSlices(x, window);
            return col.transpose(0, 4, 5, 1, 3, 2).reshape(col.size(0) * col.size(4) * col.size(5), -1);
        });
        add(POSITIONS_TRANSPOSED, "the book", (x, window) -> {
            Tensor col = rightSlices(x, window);
            return col.transpose(0, 5, 4, 1, 2, 3).reshape(col.size(0) * col.size(4) * col.size(5), -1);
        });
        add(IMAGES_INNERMOST, "the book", (x, window) -> {
            Tensor col = rightSlices(x, window);
            return col.transpose(4, 5, 0, 1, 2, 3).reshape(col.size(0) * col.size(4) * col.size(5), -1);
        });
        add(FIRST_IMAGE_ONLY, "the book", (x, window) -> {
            Tensor same = Tensor.zeros(x.shape());
            for (int n = 0; n < x.size(0); n++) {
                System.arraycopy(x.data(), 0, same.data(), n * x.length() / x.size(0), x.length() / x.size(0));
            }
            return rows(rightSlices(same, window));
        });
        add(STRIDE_IGNORED, "the book, the right number of positions", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return rows(slices(pad(x, s.PH, s.PH, s.PW, s.PW), s.FH, s.FW, 1, 1, s.OH, s.OW));
        });
        add(STRIDE_IGNORED, "the book, all positions", (x, window) -> {
            Sizes s = new Sizes(x, window);
            Tensor img = pad(x, s.PH, s.PH, s.PW, s.PW);
            return rows(slices(img, s.FH, s.FW, 1, 1, img.size(2) - s.FH + 1, img.size(3) - s.FW + 1));
        });
        add(STRIDE_IN_ONE_DIRECTION, "the book, the height's for both, the matching number", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int OW = (s.W + 2 * s.PW - s.FW) / s.SH + 1;
            return rows(slices(pad(x, s.PH, s.PH, s.PW, s.PW), s.FH, s.FW, s.SH, s.SH, s.OH, OW));
        });
        add(STRIDE_IN_ONE_DIRECTION, "the book, only rows move, the right number", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return rows(slices(pad(x, s.PH, s.PH, s.PW, s.PW), s.FH, s.FW, s.SH, 1, s.OH, s.OW));
        });
        add(STRIDE_IN_ONE_DIRECTION, "the book, only columns move, the right number", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return rows(slices(pad(x, s.PH, s.PH, s.PW, s.PW), s.FH, s.FW, 1, s.SW, s.OH, s.OW));
        });
        add(STRIDE_IN_ONE_DIRECTION, "the book, only columns move, the matching number", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int OH = s.H + 2 * s.PH - s.FH + 1;
            return rows(slices(pad(x, s.PH, s.PH, s.PW, s.PW), s.FH, s.FW, 1, s.SW, OH, s.OW));
        });
        add(PADDING_IGNORED, "the book, the size without padding", (x, window) -> {
            Sizes s = new Sizes(x, window.padding(0));
            return rows(slices(x, s.FH, s.FW, s.SH, s.SW, s.OH, s.OW));
        });
        add(PADDING_IGNORED, "the book, the right size", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return rows(slices(pad(x, 0, 2 * s.PH, 0, 2 * s.PW), s.FH, s.FW, s.SH, s.SW, s.OH, s.OW));
        });
        add(PADDING_ONE_SIDE, "the book, the size with P", (x, window) -> {
            Sizes s = new Sizes(x, window);
            Tensor img = pad(x, s.PH, 0, s.PW, 0);
            int OH = (img.size(2) - s.FH) / s.SH + 1, OW = (img.size(3) - s.FW) / s.SW + 1;
            return rows(slices(img, s.FH, s.FW, s.SH, s.SW, OH, OW));
        });
        add(PADDING_ONE_SIDE, "the book, all of it above and left", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return rows(slices(pad(x, 2 * s.PH, 0, 2 * s.PW, 0), s.FH, s.FW, s.SH, s.SW, s.OH, s.OW));
        });
        add(PADDING_REPEATS_EDGE, "the book", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return rows(slices(padEdge(x, s.PH, s.PW), s.FH, s.FW, s.SH, s.SW, s.OH, s.OW));
        });
        add(KERNEL_READ_AS_SQUARE, "the book, the matching number of positions", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int OW = (s.W + 2 * s.PW - s.FH) / s.SW + 1;
            return rows(slices(pad(x, s.PH, s.PH, s.PW, s.PW), s.FH, s.FH, s.SH, s.SW, s.OH, OW));
        });
    }

    /** The value of a cell of the matrix. */
    private interface Cell {
        float at(int row, int column);
    }

    private static Tensor matrix(int rows, int columns, Cell cell) {
        Tensor col = Tensor.zeros(rows, columns);
        IntStream.range(0, rows * columns).parallel().forEach(i -> col.data()[i] = cell.at(i / columns, i % columns));
        return col;
    }

    private static float pixel(Tensor x, int n, int c, int y, int w) {
        boolean inside = y >= 0 && w >= 0 && y < x.size(2) && w < x.size(3);
        return inside ? x.get(n, c, y, w) : 0f;
    }

    private void cellByCell() {
        add(ROWS_AND_COLUMNS_SWAPPED, "transposed at the end", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return matrix(s.N * s.OH * s.OW, s.C * s.FH * s.FW, (row, column) -> {
                        int n = row / (s.OH * s.OW), oy = row / s.OW % s.OH, ox = row % s.OW;
                        int c = column / (s.FH * s.FW), ky = column / s.FW % s.FH, kx = column % s.FW;
                        return pixel(x, n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
                    })
                    .transpose();
        });
        add(CHANNELS_INNERMOST, "cells", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return matrix(s.N * s.OH * s.OW, s.C * s.FH * s.FW, (row, column) -> {
                int n = row / (s.OH * s.OW), oy = row / s.OW % s.OH, ox = row % s.OW;
                int c = column % s.C, ky = column / (s.C * s.FW), kx = column / s.C % s.FW;
                return pixel(x, n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
            });
        });
        add(KERNEL_TRANSPOSED, "cells", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return matrix(s.N * s.OH * s.OW, s.C * s.FH * s.FW, (row, column) -> {
                int n = row / (s.OH * s.OW), oy = row / s.OW % s.OH, ox = row % s.OW;
                int c = column / (s.FH * s.FW), kx = column / s.FH % s.FW, ky = column % s.FH;
                return pixel(x, n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
            });
        });
        add(POSITIONS_TRANSPOSED, "cells", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return matrix(s.N * s.OH * s.OW, s.C * s.FH * s.FW, (row, column) -> {
                int n = row / (s.OH * s.OW), oy = row % s.OH, ox = row / s.OH % s.OW;
                int c = column / (s.FH * s.FW), ky = column / s.FW % s.FH, kx = column % s.FW;
                return pixel(x, n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
            });
        });
        add(IMAGES_INNERMOST, "cells", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return matrix(s.N * s.OH * s.OW, s.C * s.FH * s.FW, (row, column) -> {
                int n = row % s.N, oy = row / s.N / s.OW, ox = row / s.N % s.OW;
                int c = column / (s.FH * s.FW), ky = column / s.FW % s.FH, kx = column % s.FW;
                return pixel(x, n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
            });
        });
        add(FIRST_IMAGE_ONLY, "cells", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return matrix(s.N * s.OH * s.OW, s.C * s.FH * s.FW, (row, column) -> {
                int oy = row / s.OW % s.OH, ox = row % s.OW;
                int c = column / (s.FH * s.FW), ky = column / s.FW % s.FH, kx = column % s.FW;
                return pixel(x, 0, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
            });
        });
    }

    private void stridesAndPaddingCellByCell() {
        add(STRIDE_IGNORED, "cells, the right number of positions", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return matrix(s.N * s.OH * s.OW, s.C * s.FH * s.FW, (row, column) -> {
                int n = row / (s.OH * s.OW), oy = row / s.OW % s.OH, ox = row % s.OW;
                int c = column / (s.FH * s.FW), ky = column / s.FW % s.FH, kx = column % s.FW;
                return pixel(x, n, c, oy + ky - s.PH, ox + kx - s.PW);
            });
        });
        add(STRIDE_IGNORED, "the library's, with a stride of 1", (x, window) -> Im2col.im2col(x, window.stride(1)));
        add(
                STRIDE_IN_ONE_DIRECTION,
                "the library's, only rows move",
                (x, window) -> Im2col.im2col(x, window.stride(window.strideHeight(), 1)));
        add(
                STRIDE_IN_ONE_DIRECTION,
                "the library's, only columns move",
                (x, window) -> Im2col.im2col(x, window.stride(1, window.strideWidth())));
        add(STRIDE_IN_ONE_DIRECTION, "cells, the height's for both, the right number", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int S = window.strideHeight();
            return matrix(s.N * s.OH * s.OW, s.C * s.FH * s.FW, (row, column) -> {
                int n = row / (s.OH * s.OW), oy = row / s.OW % s.OH, ox = row % s.OW;
                int c = column / (s.FH * s.FW), ky = column / s.FW % s.FH, kx = column % s.FW;
                return pixel(x, n, c, oy * S + ky - s.PH, ox * S + kx - s.PW);
            });
        });
        add(
                PADDING_IGNORED,
                "the library's, without padding, floored",
                (x, window) -> Im2col.im2col(x, window.padding(0).remainder(Remainder.FLOOR)));
        add(PADDING_IGNORED, "cells, the right size", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return matrix(s.N * s.OH * s.OW, s.C * s.FH * s.FW, (row, column) -> {
                int n = row / (s.OH * s.OW), oy = row / s.OW % s.OH, ox = row % s.OW;
                int c = column / (s.FH * s.FW), ky = column / s.FW % s.FH, kx = column % s.FW;
                return pixel(x, n, c, oy * s.SH + ky, ox * s.SW + kx);
            });
        });
        add(PADDING_ONE_SIDE, "cells, the size with P", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int OH = (s.H + s.PH - s.FH) / s.SH + 1, OW = (s.W + s.PW - s.FW) / s.SW + 1;
            return matrix(s.N * OH * OW, s.C * s.FH * s.FW, (row, column) -> {
                int n = row / (OH * OW), oy = row / OW % OH, ox = row % OW;
                int c = column / (s.FH * s.FW), ky = column / s.FW % s.FH, kx = column % s.FW;
                return pixel(x, n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
            });
        });
        add(PADDING_ONE_SIDE, "cells, all of it above and left", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return matrix(s.N * s.OH * s.OW, s.C * s.FH * s.FW, (row, column) -> {
                int n = row / (s.OH * s.OW), oy = row / s.OW % s.OH, ox = row % s.OW;
                int c = column / (s.FH * s.FW), ky = column / s.FW % s.FH, kx = column % s.FW;
                return pixel(x, n, c, oy * s.SH + ky - 2 * s.PH, ox * s.SW + kx - 2 * s.PW);
            });
        });
        add(PADDING_REPEATS_EDGE, "cells", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return matrix(s.N * s.OH * s.OW, s.C * s.FH * s.FW, (row, column) -> {
                int n = row / (s.OH * s.OW), oy = row / s.OW % s.OH, ox = row % s.OW;
                int c = column / (s.FH * s.FW), ky = column / s.FW % s.FH, kx = column % s.FW;
                int y = oy * s.SH + ky - s.PH, p = ox * s.SW + kx - s.PW;
                y = y < 0 ? 0 : y >= s.H ? s.H - 1 : y;
                p = p < 0 ? 0 : p >= s.W ? s.W - 1 : p;
                return x.get(n, c, y, p);
            });
        });
        add(KERNEL_READ_AS_SQUARE, "cells, the right number of positions", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int F = window.kernelHeight();
            return matrix(s.N * s.OH * s.OW, s.C * F * F, (row, column) -> {
                int n = row / (s.OH * s.OW), oy = row / s.OW % s.OH, ox = row % s.OW;
                int c = column / (F * F), ky = column / F % F, kx = column % F;
                return pixel(x, n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
            });
        });
    }

    private void withWrongSizes() {
        add(SIZE_FORGETS_PLUS_ONE, "loops", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return loops(x, both(s.FH, s.FW), both(s.SH, s.SW), both(s.PH, s.PW), both(s.OH - 1, s.OW - 1));
        });
        add(SIZE_FORGETS_PLUS_ONE, "the book", (x, window) -> {
            Sizes s = new Sizes(x, window);
            return rows(slices(pad(x, s.PH, s.PH, s.PW, s.PW), s.FH, s.FW, s.SH, s.SW, s.OH - 1, s.OW - 1));
        });
        add(SIZE_FORGETS_PADDING, "loops", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int OH = (s.H - s.FH) / s.SH + 1, OW = (s.W - s.FW) / s.SW + 1;
            return loops(x, both(s.FH, s.FW), both(s.SH, s.SW), both(s.PH, s.PW), both(OH, OW));
        });
        add(PADDING_ONE_SIDE, "the book, padded on both sides, but the size with P", (x, window) -> {
            Sizes s = new Sizes(x, window);
            int OH = (s.H + s.PH - s.FH) / s.SH + 1, OW = (s.W + s.PW - s.FW) / s.SW + 1;
            return rows(slices(pad(x, s.PH, s.PH, s.PW, s.PW), s.FH, s.FW, s.SH, s.SW, OH, OW));
        });
    }
}
