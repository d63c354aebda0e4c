package cnnkit.homework;

import static cnnkit.homework.Mistake.CHANNELS_INNERMOST;
import static cnnkit.homework.Mistake.FIRST_IMAGE_ONLY;
import static cnnkit.homework.Mistake.IMAGES_INNERMOST;
import static cnnkit.homework.Mistake.KERNEL_READ_AS_SQUARE;
import static cnnkit.homework.Mistake.KERNEL_TRANSPOSED;
import static cnnkit.homework.Mistake.OVERLAPS_AVERAGED;
import static cnnkit.homework.Mistake.OVERLAPS_OVERWRITTEN;
import static cnnkit.homework.Mistake.PADDING_IGNORED;
import static cnnkit.homework.Mistake.PADDING_NOT_CUT;
import static cnnkit.homework.Mistake.PADDING_ONE_SIDE;
import static cnnkit.homework.Mistake.PADDING_REPEATS_EDGE;
import static cnnkit.homework.Mistake.POSITIONS_TRANSPOSED;
import static cnnkit.homework.Mistake.ROWS_AND_COLUMNS_SWAPPED;
import static cnnkit.homework.Mistake.STRIDE_IGNORED;
import static cnnkit.homework.Mistake.STRIDE_IN_ONE_DIRECTION;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Wrong col2ims: pushing cells to pixels, as the book's NumPy program, and pulling cells for each pixel. */
final class WrongCol2im {
    private final List<Version> versions = new ArrayList<>();

    static List<Version> versions() {
        WrongCol2im all = new WrongCol2im();
        all.orders();
        all.places();
        all.overlaps();
        all.byTheBook();
        all.pulling();
        return all.versions;
    }

    private void add(Mistake mistake, String style, Folding yours) {
        versions.add(Version.of(mistake, "col2im", style, () -> Check.col2im(yours)));
    }

    /** What to do with a cell. */
    private interface Cell {
        void at(int n, int oy, int ox, int c, int ky, int kx);
    }

    private static void eachCell(Sizes s, Cell cell) {
        for (int n = 0; n < s.N; n++) {
            for (int oy = 0; oy < s.OH; oy++) {
                for (int ox = 0; ox < s.OW; ox++) {
                    for (int c = 0; c < s.C; c++) {
                        for (int ky = 0; ky < s.FH; ky++) {
                            for (int kx = 0; kx < s.FW; kx++) {
                                cell.at(n, oy, ox, c, ky, kx);
                            }
                        }
                    }
                }
            }
        }
    }

    private static int row(Sizes s, int n, int oy, int ox) {
        return (n * s.OH + oy) * s.OW + ox;
    }

    private static int column(Sizes s, int c, int ky, int kx) {
        return (c * s.FH + ky) * s.FW + kx;
    }

    private static void addTo(Tensor x, float value, int n, int c, int y, int w) {
        if (y >= 0 && y < x.size(2) && w >= 0 && w < x.size(3)) {
            x.set(x.get(n, c, y, w) + value, n, c, y, w);
        }
    }

    private void orders() {
        add(ROWS_AND_COLUMNS_SWAPPED, "pushing", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            int rows = col.size(0);
            eachCell(s, (n, oy, ox, c, ky, kx) -> {
                float value = col.data()[column(s, c, ky, kx) * rows + row(s, n, oy, ox)];
                addTo(x, value, n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
            });
            return x;
        });
        add(ROWS_AND_COLUMNS_SWAPPED, "transposed before, by the library's", (col, shape, window) -> {
            Tensor transposed = col.transpose();
            return Im2col.col2im(transposed.reshape(col.shape()), shape, window);
        });
        add(ROWS_AND_COLUMNS_SWAPPED, "one counter, columns outside", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            int i = 0;
            for (int c = 0; c < s.C; c++) {
                for (int ky = 0; ky < s.FH; ky++) {
                    for (int kx = 0; kx < s.FW; kx++) {
                        for (int n = 0; n < s.N; n++) {
                            for (int oy = 0; oy < s.OH; oy++) {
                                for (int ox = 0; ox < s.OW; ox++) {
                                    float value = col.data()[i++];
                                    addTo(x, value, n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
                                }
                            }
                        }
                    }
                }
            }
            return x;
        });
        add(CHANNELS_INNERMOST, "pushing", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            eachCell(s, (n, oy, ox, c, ky, kx) -> {
                float value = col.get(row(s, n, oy, ox), (ky * s.FW + kx) * s.C + c);
                addTo(x, value, n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
            });
            return x;
        });
        add(CHANNELS_INNERMOST, "one counter", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            int i = 0;
            for (int n = 0; n < s.N; n++) {
                for (int oy = 0; oy < s.OH; oy++) {
                    for (int ox = 0; ox < s.OW; ox++) {
                        for (int ky = 0; ky < s.FH; ky++) {
                            for (int kx = 0; kx < s.FW; kx++) {
                                for (int c = 0; c < s.C; c++) {
                                    float value = col.data()[i++];
                                    addTo(x, value, n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
                                }
                            }
                        }
                    }
                }
            }
            return x;
        });
        add(KERNEL_TRANSPOSED, "pushing", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            eachCell(s, (n, oy, ox, c, ky, kx) -> {
                float value = col.get(row(s, n, oy, ox), (c * s.FW + kx) * s.FH + ky);
                addTo(x, value, n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
            });
            return x;
        });
        add(KERNEL_TRANSPOSED, "columns read on the wrong axis", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            for (int row = 0; row < col.size(0); row++) {
                for (int column = 0; column < col.size(1); column++) {
                    int n = row / (s.OH * s.OW), oy = row / s.OW % s.OH, ox = row % s.OW;
                    int c = column / (s.FH * s.FW), kx = column / s.FH % s.FW, ky = column % s.FH;
                    addTo(x, col.get(row, column), n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
                }
            }
            return x;
        });
        add(POSITIONS_TRANSPOSED, "pushing", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            eachCell(s, (n, oy, ox, c, ky, kx) -> {
                float value = col.get((n * s.OW + ox) * s.OH + oy, column(s, c, ky, kx));
                addTo(x, value, n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
            });
            return x;
        });
        add(POSITIONS_TRANSPOSED, "rows read on the wrong axis", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            for (int row = 0; row < col.size(0); row++) {
                int n = row / (s.OH * s.OW), oy = row % s.OH, ox = row / s.OH % s.OW;
                for (int column = 0; column < col.size(1); column++) {
                    int c = column / (s.FH * s.FW), ky = column / s.FW % s.FH, kx = column % s.FW;
                    addTo(x, col.get(row, column), n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
                }
            }
            return x;
        });
        add(IMAGES_INNERMOST, "pushing", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            eachCell(s, (n, oy, ox, c, ky, kx) -> {
                float value = col.get((oy * s.OW + ox) * s.N + n, column(s, c, ky, kx));
                addTo(x, value, n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
            });
            return x;
        });
        add(IMAGES_INNERMOST, "image by image, every N-th row", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            for (int n = 0; n < s.N; n++) {
                int position = 0;
                for (int row = n; row < col.size(0); row += s.N, position++) {
                    for (int column = 0; column < col.size(1); column++) {
                        int c = column / (s.FH * s.FW), ky = column / s.FW % s.FH, kx = column % s.FW;
                        int y = position / s.OW * s.SH + ky - s.PH, w = position % s.OW * s.SW + kx - s.PW;
                        addTo(x, col.get(row, column), n, c, y, w);
                    }
                }
            }
            return x;
        });
        add(FIRST_IMAGE_ONLY, "pushing, reads the rows of image 0", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            eachCell(s, (n, oy, ox, c, ky, kx) -> {
                float value = col.get(oy * s.OW + ox, column(s, c, ky, kx));
                addTo(x, value, n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
            });
            return x;
        });
    }

    private void places() {
        add(STRIDE_IGNORED, "pushing", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            eachCell(s, (n, oy, ox, c, ky, kx) -> {
                float value = col.get(row(s, n, oy, ox), column(s, c, ky, kx));
                addTo(x, value, n, c, oy + ky - s.PH, ox + kx - s.PW);
            });
            return x;
        });
        add(STRIDE_IN_ONE_DIRECTION, "pushing, the height's for both", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            eachCell(s, (n, oy, ox, c, ky, kx) -> {
                float value = col.get(row(s, n, oy, ox), column(s, c, ky, kx));
                addTo(x, value, n, c, oy * s.SH + ky - s.PH, ox * s.SH + kx - s.PW);
            });
            return x;
        });
        add(STRIDE_IN_ONE_DIRECTION, "pushing, only rows move", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            eachCell(s, (n, oy, ox, c, ky, kx) -> {
                float value = col.get(row(s, n, oy, ox), column(s, c, ky, kx));
                addTo(x, value, n, c, oy * s.SH + ky - s.PH, ox + kx - s.PW);
            });
            return x;
        });
        add(STRIDE_IN_ONE_DIRECTION, "pushing, only columns move", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            eachCell(s, (n, oy, ox, c, ky, kx) -> {
                float value = col.get(row(s, n, oy, ox), column(s, c, ky, kx));
                addTo(x, value, n, c, oy + ky - s.PH, ox * s.SW + kx - s.PW);
            });
            return x;
        });
        add(PADDING_IGNORED, "pushing", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            eachCell(s, (n, oy, ox, c, ky, kx) -> {
                float value = col.get(row(s, n, oy, ox), column(s, c, ky, kx));
                addTo(x, value, n, c, oy * s.SH + ky, ox * s.SW + kx);
            });
            return x;
        });
        add(PADDING_ONE_SIDE, "pushing, all of it above and left", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            eachCell(s, (n, oy, ox, c, ky, kx) -> {
                float value = col.get(row(s, n, oy, ox), column(s, c, ky, kx));
                addTo(x, value, n, c, oy * s.SH + ky - 2 * s.PH, ox * s.SW + kx - 2 * s.PW);
            });
            return x;
        });
        add(PADDING_REPEATS_EDGE, "pushing, held at the edge", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            eachCell(s, (n, oy, ox, c, ky, kx) -> {
                int y = Math.min(Math.max(oy * s.SH + ky - s.PH, 0), s.H - 1);
                int w = Math.min(Math.max(ox * s.SW + kx - s.PW, 0), s.W - 1);
                x.data()[s.at(n, c, y, w)] += col.get(row(s, n, oy, ox), column(s, c, ky, kx));
            });
            return x;
        });
        add(KERNEL_READ_AS_SQUARE, "one counter, FH for FW, as far as the matrix goes", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            int F = window.kernelHeight();
            int i = 0;
            for (int n = 0; n < s.N; n++) {
                for (int oy = 0; oy < s.OH; oy++) {
                    for (int ox = 0; ox < s.OW; ox++) {
                        for (int c = 0; c < s.C; c++) {
                            for (int ky = 0; ky < F; ky++) {
                                for (int kx = 0; kx < F && i < col.length(); kx++) {
                                    addTo(x, col.data()[i++], n, c, oy * s.SH + ky - s.PH, ox * s.SW + kx - s.PW);
                                }
                            }
                        }
                    }
                }
            }
            return x;
        });
    }

    private void overlaps() {
        add(OVERLAPS_OVERWRITTEN, "pushing, the last window wins", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape);
            eachCell(s, (n, oy, ox, c, ky, kx) -> {
                int y = oy * s.SH + ky - s.PH, w = ox * s.SW + kx - s.PW;
                if (s.inside(y, w)) {
                    x.set(col.get(row(s, n, oy, ox), column(s, c, ky, kx)), n, c, y, w);
                }
            });
            return x;
        });
        add(OVERLAPS_OVERWRITTEN, "row by row on flat arrays", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            float[] to = new float[s.N * s.C * s.H * s.W];
            for (int i = 0; i < col.length(); i++) {
                int column = i % col.size(1), row = i / col.size(1);
                int y = row / s.OW % s.OH * s.SH + column / s.FW % s.FH - s.PH;
                int w = row % s.OW * s.SW + column % s.FW - s.PW;
                if (y < 0 || w < 0 || y >= s.H || w >= s.W) {
                    continue;
                }
                to[s.at(row / s.OW / s.OH, column / s.FW / s.FH, y, w)] = col.data()[i];
            }
            return Tensor.of(to, shape);
        });
        add(OVERLAPS_OVERWRITTEN, "the kernel outermost, the last kernel element wins", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            float[] to = new float[s.N * s.C * s.H * s.W];
            for (int ky = 0; ky < s.FH; ky++) {
                for (int kx = 0; kx < s.FW; kx++) {
                    for (int row = 0; row < col.size(0); row++) {
                        int n = row / (s.OH * s.OW), oy = row / s.OW % s.OH, ox = row % s.OW;
                        int y = oy * s.SH + ky - s.PH, w = ox * s.SW + kx - s.PW;
                        for (int c = 0; c < s.C && s.inside(y, w); c++) {
                            to[s.at(n, c, y, w)] = col.get(row, column(s, c, ky, kx));
                        }
                    }
                }
            }
            return Tensor.of(to, shape);
        });
        add(OVERLAPS_AVERAGED, "pushing, then divided by a count", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(shape), count = Tensor.zeros(shape);
            eachCell(s, (n, oy, ox, c, ky, kx) -> {
                int y = oy * s.SH + ky - s.PH, w = ox * s.SW + kx - s.PW;
                addTo(x, col.get(row(s, n, oy, ox), column(s, c, ky, kx)), n, c, y, w);
                addTo(count, 1, n, c, y, w);
            });
            for (int i = 0; i < x.length(); i++) {
                if (count.data()[i] > 0) {
                    x.data()[i] /= count.data()[i];
                }
            }
            return x;
        });
        add(OVERLAPS_AVERAGED, "the library's over its count", (col, shape, window) -> {
            Tensor sums = Im2col.col2im(col, shape, window);
            Tensor counts = Im2col.col2im(Tensor.filled(1, col.shape()), shape, window);
            float[] means = new float[sums.length()];
            for (int i = 0; i < means.length; i++) {
                means[i] = sums.data()[i] / Math.max(1, counts.data()[i]);
            }
            return Tensor.of(means, shape);
        });
        add(OVERLAPS_AVERAGED, "a running mean", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            double[] mean = new double[s.N * s.C * s.H * s.W];
            int[] seen = new int[mean.length];
            eachCell(s, (n, oy, ox, c, ky, kx) -> {
                int y = oy * s.SH + ky - s.PH, w = ox * s.SW + kx - s.PW;
                if (s.inside(y, w)) {
                    int at = s.at(n, c, y, w);
                    seen[at]++;
                    mean[at] += (col.get(row(s, n, oy, ox), column(s, c, ky, kx)) - mean[at]) / seen[at];
                }
            });
            Tensor x = Tensor.zeros(shape);
            for (int i = 0; i < mean.length; i++) {
                x.data()[i] = (float) mean[i];
            }
            return x;
        });
        add(PADDING_NOT_CUT, "pushing", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor x = Tensor.zeros(s.N, s.C, s.H + 2 * s.PH, s.W + 2 * s.PW);
            eachCell(s, (n, oy, ox, c, ky, kx) -> {
                float value = col.get(row(s, n, oy, ox), column(s, c, ky, kx));
                addTo(x, value, n, c, oy * s.SH + ky, ox * s.SW + kx);
            });
            return x;
        });
        add(
                PADDING_NOT_CUT,
                "the library's on the padded image",
                (col, shape, window) -> Im2col.col2im(
                        col,
                        new int[] {
                            shape[0],
                            shape[1],
                            shape[2] + 2 * window.paddingHeight(),
                            shape[3] + 2 * window.paddingWidth()
                        },
                        window.padding(0)));
    }

    /** What the book's two loops do with a slice of the image and a slice of the matrix. */
    private interface Assignment {
        float of(float there, float value);
    }

    /** img[:, :, y:y_max:stride, x:x_max:stride] += col[:, :, y, x, :, :], for col of the axes n, c, ky, kx, oy, ox. */
    private static Tensor padded(Tensor six, Sizes s, int strideY, int strideX, Assignment assignment) {
        Tensor img = Tensor.zeros(s.N, s.C, s.H + 2 * s.PH + strideY - 1, s.W + 2 * s.PW + strideX - 1);
        for (int y = 0; y < six.size(2); y++) {
            for (int x = 0; x < six.size(3); x++) {
                for (int n = 0; n < s.N; n++) {
                    for (int c = 0; c < s.C; c++) {
                        for (int oy = 0; oy < six.size(4); oy++) {
                            for (int ox = 0; ox < six.size(5); ox++) {
                                int py = y + strideY * oy, px = x + strideX * ox;
                                img.set(
                                        assignment.of(img.get(n, c, py, px), six.get(n, c, y, x, oy, ox)),
                                        n,
                                        c,
                                        py,
                                        px);
                            }
                        }
                    }
                }
            }
        }
        return img;
    }

    private static Tensor cut(Tensor img, int top, int left, int H, int W) {
        Tensor x = Tensor.zeros(img.size(0), img.size(1), H, W);
        for (int n = 0; n < img.size(0); n++) {
            for (int c = 0; c < img.size(1); c++) {
                for (int y = 0; y < H; y++) {
                    for (int w = 0; w < W; w++) {
                        x.set(img.get(n, c, y + top, w + left), n, c, y, w);
                    }
                }
            }
        }
        return x;
    }

    private static Tensor six(Tensor col, Sizes s) {
        return col.reshape(s.N, s.OH, s.OW, s.C, s.FH, s.FW).transpose(0, 3, 4, 5, 1, 2);
    }

    private static Tensor plus(Tensor six, Sizes s) {
        return cut(padded(six, s, s.SH, s.SW, Float::sum), s.PH, s.PW, s.H, s.W);
    }

    private void byTheBook() {
        add(ROWS_AND_COLUMNS_SWAPPED, "the book", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            return plus(col.reshape(s.C, s.FH, s.FW, s.N, s.OH, s.OW).transpose(3, 0, 1, 2, 4, 5), s);
        });
        add(CHANNELS_INNERMOST, "the book", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            return plus(col.reshape(s.N, s.OH, s.OW, s.FH, s.FW, s.C).transpose(0, 5, 3, 4, 1, 2), s);
        });
        add(KERNEL_TRANSPOSED, "the book", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            return plus(col.reshape(s.N, s.OH, s.OW, s.C, s.FW, s.FH).transpose(0, 3, 5, 4, 1, 2), s);
        });
        add(POSITIONS_TRANSPOSED, "the book", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            return plus(col.reshape(s.N, s.OW, s.OH, s.C, s.FH, s.FW).transpose(0, 3, 4, 5, 2, 1), s);
        });
        add(IMAGES_INNERMOST, "the book", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            return plus(col.reshape(s.OH, s.OW, s.N, s.C, s.FH, s.FW).transpose(2, 3, 4, 5, 0, 1), s);
        });
        add(OVERLAPS_OVERWRITTEN, "the book", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            return cut(padded(six(col, s), s, s.SH, s.SW, (there, value) -> value), s.PH, s.PW, s.H, s.W);
        });
        add(PADDING_NOT_CUT, "the book", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            return padded(six(col, s), s, s.SH, s.SW, Float::sum);
        });
        add(PADDING_IGNORED, "the book, cut at the corner", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            return cut(padded(six(col, s), s, s.SH, s.SW, Float::sum), 0, 0, s.H, s.W);
        });
        add(PADDING_ONE_SIDE, "the book, cut below and on the right", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            return cut(padded(six(col, s), s, s.SH, s.SW, Float::sum), 2 * s.PH, 2 * s.PW, s.H, s.W);
        });
        add(STRIDE_IGNORED, "the book", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            return cut(padded(six(col, s), s, 1, 1, Float::sum), s.PH, s.PW, s.H, s.W);
        });
        add(STRIDE_IN_ONE_DIRECTION, "the book, only rows move", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            return cut(padded(six(col, s), s, s.SH, 1, Float::sum), s.PH, s.PW, s.H, s.W);
        });
        add(STRIDE_IN_ONE_DIRECTION, "the book, only columns move", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            return cut(padded(six(col, s), s, 1, s.SW, Float::sum), s.PH, s.PW, s.H, s.W);
        });
        add(FIRST_IMAGE_ONLY, "the book, image 0 for all", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            Tensor all = plus(six(col, s), s);
            Tensor x = Tensor.zeros(shape);
            for (int n = 0; n < s.N; n++) {
                System.arraycopy(all.data(), 0, x.data(), n * s.C * s.H * s.W, s.C * s.H * s.W);
            }
            return x;
        });
    }

    /** The value of a pixel. */
    private interface Pixel {
        double of(int n, int c, int y, int w);
    }

    private static Tensor eachPixel(int[] shape, Pixel pixel) {
        Tensor x = Tensor.zeros(shape);
        IntStream.range(0, x.length()).forEach(i -> {
            int w = i % shape[3], y = i / shape[3] % shape[2], c = i / shape[3] / shape[2] % shape[1];
            x.data()[i] = (float) pixel.of(i / shape[3] / shape[2] / shape[1], c, y, w);
        });
        return x;
    }

    /** The sum over the windows that see a pixel, if they stand at these places. */
    private static double pull(Tensor col, Sizes s, int[] stride, int[] padding, int n, int c, int y, int w) {
        double sum = 0;
        for (int oy = 0; oy < s.OH; oy++) {
            for (int ox = 0; ox < s.OW; ox++) {
                int ky = y + padding[0] - oy * stride[0], kx = w + padding[1] - ox * stride[1];
                if (ky >= 0 && ky < s.FH && kx >= 0 && kx < s.FW) {
                    sum += col.get(row(s, n, oy, ox), column(s, c, ky, kx));
                }
            }
        }
        return sum;
    }

    private static Tensor pulled(Tensor col, int[] shape, Window window, int[] stride, int[] padding) {
        Sizes s = new Sizes(shape, window);
        return eachPixel(shape, (n, c, y, w) -> pull(col, s, stride, padding, n, c, y, w));
    }

    private static int[] stride(Window window) {
        return new int[] {window.strideHeight(), window.strideWidth()};
    }

    private static int[] padding(Window window, int times) {
        return new int[] {times * window.paddingHeight(), times * window.paddingWidth()};
    }

    private void pulling() {
        add(
                STRIDE_IGNORED,
                "pulling",
                (col, shape, window) -> pulled(col, shape, window, new int[] {1, 1}, padding(window, 1)));
        add(
                STRIDE_IN_ONE_DIRECTION,
                "pulling, the height's for both",
                (col, shape, window) -> pulled(
                        col,
                        shape,
                        window,
                        new int[] {window.strideHeight(), window.strideHeight()},
                        padding(window, 1)));
        add(
                STRIDE_IN_ONE_DIRECTION,
                "pulling, the width's for both",
                (col, shape, window) -> pulled(
                        col,
                        shape,
                        window,
                        new int[] {window.strideWidth(), window.strideWidth()},
                        padding(window, 1)));
        add(
                PADDING_IGNORED,
                "pulling",
                (col, shape, window) -> pulled(col, shape, window, stride(window), padding(window, 0)));
        add(
                PADDING_ONE_SIDE,
                "pulling",
                (col, shape, window) -> pulled(col, shape, window, stride(window), padding(window, 2)));
        add(FIRST_IMAGE_ONLY, "pulling from the rows of image 0", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            return eachPixel(shape, (n, c, y, w) -> pull(col, s, stride(window), padding(window, 1), 0, c, y, w));
        });
        add(OVERLAPS_OVERWRITTEN, "pulling, the first found from the end", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            return eachPixel(shape, (n, c, y, w) -> {
                for (int oy = s.OH - 1; oy >= 0; oy--) {
                    for (int ox = s.OW - 1; ox >= 0; ox--) {
                        int ky = y + s.PH - oy * s.SH, kx = w + s.PW - ox * s.SW;
                        if (ky >= 0 && ky < s.FH && kx >= 0 && kx < s.FW) {
                            return col.get(row(s, n, oy, ox), column(s, c, ky, kx));
                        }
                    }
                }
                return 0;
            });
        });
        add(OVERLAPS_OVERWRITTEN, "pulling, the first window wins", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            return eachPixel(shape, (n, c, y, w) -> {
                for (int oy = 0; oy < s.OH; oy++) {
                    for (int ox = 0; ox < s.OW; ox++) {
                        int ky = y + s.PH - oy * s.SH, kx = w + s.PW - ox * s.SW;
                        if (ky >= 0 && ky < s.FH && kx >= 0 && kx < s.FW) {
                            return col.get(row(s, n, oy, ox), column(s, c, ky, kx));
                        }
                    }
                }
                return 0;
            });
        });
        add(KERNEL_TRANSPOSED, "pulling", (col, shape, window) -> {
            Sizes s = new Sizes(shape, window);
            return eachPixel(shape, (n, c, y, w) -> {
                float sum = 0;
                for (int kx = 0; kx < s.FW; kx++) {
                    for (int ky = 0; ky < s.FH; ky++) {
                        int top = y + s.PH - ky, left = w + s.PW - kx;
                        int oy = top / s.SH, ox = left / s.SW;
                        boolean stands = top >= 0 && left >= 0 && top % s.SH == 0 && left % s.SW == 0;
                        if (stands && oy < s.OH && ox < s.OW) {
                            sum += col.get(row(s, n, oy, ox), (c * s.FW + kx) * s.FH + ky);
                        }
                    }
                }
                return sum;
            });
        });
    }
}
