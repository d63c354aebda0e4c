package cnnkit.homework;

import static cnnkit.homework.Mistake.AVERAGE_COUNTS_WRONG;
import static cnnkit.homework.Mistake.FIRST_IMAGE_ONLY;
import static cnnkit.homework.Mistake.GRADIENT_TO_ALL_CELLS;
import static cnnkit.homework.Mistake.GRADIENT_TO_EVERY_TIE;
import static cnnkit.homework.Mistake.KERNEL_READ_AS_SQUARE;
import static cnnkit.homework.Mistake.MAXIMUM_PADDED_WITH_ZERO;
import static cnnkit.homework.Mistake.OUTPUT_NOT_TRANSPOSED;
import static cnnkit.homework.Mistake.PADDING_IGNORED;
import static cnnkit.homework.Mistake.PADDING_ONE_SIDE;
import static cnnkit.homework.Mistake.PADDING_REPEATS_EDGE;
import static cnnkit.homework.Mistake.POOLING_MIXES_CHANNELS;
import static cnnkit.homework.Mistake.POOL_OVERLAPS_OVERWRITTEN;
import static cnnkit.homework.Mistake.STRIDE_IGNORED;
import static cnnkit.homework.Mistake.STRIDE_IN_ONE_DIRECTION;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Wrong pooling layers: by loops, as in the book, and plane by plane with streams. */
final class WrongPooling {
    private static final String[] TASKS = {"average pooling", "max pooling"};
    private final List<Version> versions = new ArrayList<>();

    static List<Version> versions() {
        WrongPooling all = new WrongPooling();
        all.windowsByLoops();
        all.windowsByTheBook();
        all.windowsPlanes();
        all.zeros();
        all.channels();
        all.ties();
        all.allCells();
        all.overlaps();
        all.counts();
        all.countsInOneDirection();
        return all.versions;
    }

    /** Makes a layer, of the maximum or of the mean. */
    private interface Maker {
        OwnPooling of(Window window, boolean maximum);
    }

    private static Report check(Maker yours, boolean maximum, boolean rightGradient) {
        return maximum
                ? Check.maxPooling(window -> made(yours.of(window, true), rightGradient))
                : Check.averagePooling(window -> made(yours.of(window, false), rightGradient));
    }

    private static OwnPooling made(OwnPooling layer, boolean rightGradient) {
        return rightGradient ? OwnPooling.withRightGradient(layer) : layer;
    }

    private void add(Mistake mistake, String style, boolean maximum, Maker yours) {
        versions.add(Version.of(mistake, TASKS[maximum ? 1 : 0], style, () -> check(yours, maximum, false)));
    }

    private void addForward(Mistake mistake, String style, boolean maximum, Maker yours) {
        add(mistake, style + ", its own gradient", maximum, yours);
        versions.add(Version.of(
                mistake, TASKS[maximum ? 1 : 0], style + ", the right gradient", () -> check(yours, maximum, true)));
    }

    private void addBoth(Mistake mistake, String style, Maker yours) {
        addForward(mistake, style, true, yours);
        addForward(mistake, style, false, yours);
    }

    private static int positions(int size, int kernel, int stride, int padding) {
        return (size + 2 * padding - kernel) / stride + 1;
    }

    private void windowsByLoops() {
        addBoth(STRIDE_IGNORED, "loops, the right number", (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            int y(int oy, int ky) {
                return oy + ky - s.PH;
            }

            @Override
            int column(int ox, int kx) {
                return ox + kx - s.PW;
            }
        });
        addBoth(STRIDE_IN_ONE_DIRECTION, "loops, the height's", (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            int column(int ox, int kx) {
                return ox * s.SH + kx - s.PW;
            }
        });
        addBoth(STRIDE_IN_ONE_DIRECTION, "loops, only columns", (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            int y(int oy, int ky) {
                return oy + ky - s.PH;
            }
        });
        addBoth(STRIDE_IN_ONE_DIRECTION, "loops, only rows", (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            int column(int ox, int kx) {
                return ox + kx - s.PW;
            }
        });
        addBoth(PADDING_IGNORED, "loops, the right size", (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            int y(int oy, int ky) {
                return oy * s.SH + ky;
            }

            @Override
            int column(int ox, int kx) {
                return ox * s.SW + kx;
            }

            @Override
            float largest(int[] cells) {
                return count(cells) == 0 ? 0 : super.largest(cells);
            }

            @Override
            int count(int[] cells) {
                return Math.max(1, super.count(cells));
            }
        });
        addBoth(PADDING_IGNORED, "loops, the size without", (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            int rows() {
                return positions(s.H, s.FH, s.SH, 0);
            }

            @Override
            int columns() {
                return positions(s.W, s.FW, s.SW, 0);
            }

            @Override
            int y(int oy, int ky) {
                return oy * s.SH + ky;
            }

            @Override
            int column(int ox, int kx) {
                return ox * s.SW + kx;
            }
        });
        addBoth(PADDING_ONE_SIDE, "loops, the size with P", (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            int rows() {
                return (s.H + s.PH - s.FH) / s.SH + 1;
            }

            @Override
            int columns() {
                return (s.W + s.PW - s.FW) / s.SW + 1;
            }
        });
        addForward(PADDING_REPEATS_EDGE, "loops", false, (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            int pixel(int n, int c, int y, int w) {
                return s.at(n, c, Math.min(s.H - 1, Math.max(0, y)), Math.min(s.W - 1, Math.max(0, w)));
            }
        });
        addBoth(KERNEL_READ_AS_SQUARE, "loops, right positions", (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            int kernelWidth() {
                return s.FH;
            }
        });
        addBoth(KERNEL_READ_AS_SQUARE, "loops, matching ones", (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            int kernelWidth() {
                return s.FH;
            }

            @Override
            int columns() {
                return positions(s.W, s.FH, s.SW, s.PW);
            }
        });
        addBoth(FIRST_IMAGE_ONLY, "loops", (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            int pixel(int n, int c, int y, int w) {
                return super.pixel(0, c, y, w);
            }
        });
    }

    private static BookPooling over(Window window, boolean maximum, Window own) {
        return new BookPooling(window, maximum) {
            @Override
            Window own() {
                return own;
            }
        };
    }

    private void windowsByTheBook() {
        addBoth(STRIDE_IGNORED, "the book", (window, maximum) -> over(window, maximum, window.stride(1)));
        addBoth(
                STRIDE_IN_ONE_DIRECTION,
                "the book, only rows",
                (window, maximum) -> over(window, maximum, window.stride(window.strideHeight(), 1)));
        addBoth(
                STRIDE_IN_ONE_DIRECTION,
                "the book, the height's for both",
                (window, maximum) -> over(
                        window, maximum, window.stride(window.strideHeight()).remainder(Remainder.FLOOR)));
        addBoth(
                PADDING_IGNORED,
                "the book",
                (window, maximum) -> over(window, maximum, window.padding(0).remainder(Remainder.FLOOR)));
        addBoth(
                KERNEL_READ_AS_SQUARE,
                "the book",
                (window, maximum) -> over(
                        window,
                        maximum,
                        new Window(
                                window.kernelHeight(),
                                window.kernelHeight(),
                                window.strideHeight(),
                                window.strideWidth(),
                                window.paddingHeight(),
                                window.paddingWidth(),
                                Remainder.FLOOR)));
        addBoth(FIRST_IMAGE_ONLY, "the book", (window, maximum) -> new BookPooling(window, maximum) {
            @Override
            Tensor im2col(Tensor x) {
                Tensor col = super.im2col(x), same = Tensor.zeros(col.shape());
                int image = s.OH * s.OW * col.size(1);
                for (int i = 0; i < col.length(); i++) {
                    same.data()[i] = col.data()[i % image];
                }
                return same;
            }
        });
        addBoth(OUTPUT_NOT_TRANSPOSED, "the book", (window, maximum) -> new BookPooling(window, maximum) {
            @Override
            Tensor maps(Tensor pooled) {
                return pooled.reshape(s.N, s.C, s.OH, s.OW);
            }

            @Override
            Tensor pooled(Tensor dout) {
                return dout.reshape(-1);
            }
        });
        addBoth(
                OUTPUT_NOT_TRANSPOSED,
                "the book, dout transposed",
                (window, maximum) -> new BookPooling(window, maximum) {
                    @Override
                    Tensor maps(Tensor pooled) {
                        return pooled.reshape(s.N, s.C, s.OH, s.OW);
                    }
                });
        addForward(
                PADDING_REPEATS_EDGE,
                "the book, of a wider image",
                false,
                (window, maximum) -> new BookPooling(window, maximum) {
                    @Override
                    Tensor im2col(Tensor x) {
                        Tensor wide = Tensor.zeros(s.N, s.C, s.H + 2 * s.PH, s.W + 2 * s.PW);
                        for (int i = 0; i < wide.length(); i++) {
                            int w = i % wide.size(3), y = i / wide.size(3) % wide.size(2);
                            int map = i / wide.size(3) / wide.size(2);
                            int fromY = Math.min(s.H - 1, Math.max(0, y - s.PH));
                            int fromX = Math.min(s.W - 1, Math.max(0, w - s.PW));
                            wide.data()[i] = x.get(map / s.C, map % s.C, fromY, fromX);
                        }
                        return Im2col.im2col(wide, window.padding(0));
                    }

                    @Override
                    double[] counts() {
                        double[] counts = new double[windows.size(0)];
                        Arrays.fill(counts, windows.size(1));
                        return counts;
                    }

                    @Override
                    public Tensor backward(Tensor dout) {
                        Tensor dcol = spread(pooled(dout)).reshape(s.N * s.OH * s.OW, -1);
                        Tensor wide = Im2col.col2im(
                                dcol, new int[] {s.N, s.C, s.H + 2 * s.PH, s.W + 2 * s.PW}, window.padding(0));
                        Tensor dx = Tensor.zeros(x.shape());
                        for (int i = 0; i < wide.length(); i++) {
                            int w = i % wide.size(3), y = i / wide.size(3) % wide.size(2);
                            int map = i / wide.size(3) / wide.size(2);
                            int toY = Math.min(s.H - 1, Math.max(0, y - s.PH));
                            int toX = Math.min(s.W - 1, Math.max(0, w - s.PW));
                            dx.data()[(map * s.H + toY) * s.W + toX] += wide.data()[i];
                        }
                        return dx;
                    }
                });
    }

    private void windowsPlanes() {
        addBoth(FIRST_IMAGE_ONLY, "planes", (window, maximum) -> new PlanePooling(window, maximum) {
            @Override
            float[][] plane(int n, int c) {
                return super.plane(0, c);
            }
        });
        addBoth(STRIDE_IGNORED, "planes", (window, maximum) -> new PlanePooling(window, maximum) {
            @Override
            List<Place> places(int oy, int ox) {
                return IntStream.range(0, s.FH * s.FW)
                        .mapToObj(i -> new Place(oy - s.PH + i / s.FW, ox - s.PW + i % s.FW))
                        .filter(place -> s.inside(place.y(), place.x()))
                        .toList();
            }
        });
        addBoth(STRIDE_IN_ONE_DIRECTION, "planes, the width's", (window, maximum) -> new PlanePooling(window, maximum) {
            @Override
            List<Place> places(int oy, int ox) {
                return super.places(oy, ox).isEmpty()
                        ? List.of()
                        : IntStream.range(0, s.FH * s.FW)
                                .mapToObj(i -> new Place(oy - s.PH + i / s.FW, ox * s.SW - s.PW + i % s.FW))
                                .filter(place -> s.inside(place.y(), place.x()))
                                .toList();
            }
        });
        addBoth(KERNEL_READ_AS_SQUARE, "planes", (window, maximum) -> new PlanePooling(window, maximum) {
            @Override
            List<Place> places(int oy, int ox) {
                return IntStream.range(0, s.FH * s.FH)
                        .mapToObj(i -> new Place(window.top(oy) + i / s.FH, window.left(ox) + i % s.FH))
                        .filter(place -> s.inside(place.y(), place.x()))
                        .toList();
            }
        });
        addForward(PADDING_REPEATS_EDGE, "planes", false, (window, maximum) -> new PlanePooling(window, maximum) {
            @Override
            List<Place> places(int oy, int ox) {
                List<Place> places = new ArrayList<>();
                for (int y = window.top(oy); y < window.top(oy) + s.FH; y++) {
                    for (int w = window.left(ox); w < window.left(ox) + s.FW; w++) {
                        places.add(new Place(Math.min(s.H - 1, Math.max(0, y)), Math.min(s.W - 1, Math.max(0, w))));
                    }
                }
                return places;
            }
        });
    }

    private void zeros() {
        addForward(
                MAXIMUM_PADDED_WITH_ZERO,
                "the book's im2col",
                true,
                (window, maximum) -> new BookPooling(window, maximum) {
                    @Override
                    float border() {
                        return 0;
                    }
                });
        addForward(MAXIMUM_PADDED_WITH_ZERO, "loops", true, (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            float largest(int[] cells) {
                return count(cells) < cells.length ? Math.max(0, super.largest(cells)) : super.largest(cells);
            }
        });
        addForward(
                MAXIMUM_PADDED_WITH_ZERO,
                "planes, with a frame",
                true,
                (window, maximum) -> new PlanePooling(window, maximum) {
                    @Override
                    double pool(List<Place> places, float[][] plane) {
                        double frame = places.size() < s.FH * s.FW ? 0 : -1e30;
                        return Math.max(frame, super.pool(places, plane));
                    }
                });
    }

    private void channels() {
        addForward(POOLING_MIXES_CHANNELS, "loops", true, (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            int[] cells(int n, int c, int oy, int ox) {
                return IntStream.range(0, s.C)
                        .flatMap(channel -> Arrays.stream(super.cells(n, channel, oy, ox)))
                        .toArray();
            }
        });
        addForward(
                POOLING_MIXES_CHANNELS,
                "the book, the maximum of a row of im2col",
                true,
                (window, maximum) -> new BookPooling(window, maximum) {
                    @Override
                    Tensor rows(Tensor col) {
                        return col;
                    }

                    @Override
                    Tensor maps(Tensor pooled) {
                        Tensor out = Tensor.zeros(s.N, s.C, s.OH, s.OW);
                        for (int i = 0; i < out.length(); i++) {
                            int position = i % (s.OH * s.OW), n = i / (s.OH * s.OW) / s.C;
                            out.data()[i] = pooled.get(n * s.OH * s.OW + position);
                        }
                        return out;
                    }

                    @Override
                    public Tensor backward(Tensor dout) {
                        Tensor dcol = Tensor.zeros(windows.shape());
                        for (int i = 0; i < dout.length(); i++) {
                            int row = i / (s.OH * s.OW) / s.C * s.OH * s.OW + i % (s.OH * s.OW);
                            dcol.set(dcol.get(row, winners[row]) + dout.data()[i], row, winners[row]);
                        }
                        return col2im(dcol);
                    }
                });
        addForward(
                POOLING_MIXES_CHANNELS,
                "planes, one plane of the largest",
                true,
                (window, maximum) -> new PlanePooling(window, maximum) {
                    @Override
                    float[][] plane(int n, int c) {
                        float[][] plane = super.plane(n, 0);
                        for (int other = 1; other < s.C; other++) {
                            float[][] more = super.plane(n, other);
                            for (int i = 0; i < s.H * s.W; i++) {
                                plane[i / s.W][i % s.W] = Math.max(plane[i / s.W][i % s.W], more[i / s.W][i % s.W]);
                            }
                        }
                        return plane;
                    }
                });
    }

    private void ties() {
        add(GRADIENT_TO_EVERY_TIE, "loops", true, (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            void spread(int[] cells, float dout, float[] dx) {
                for (int cell : cells) {
                    if (cell >= 0 && value(cell) == largest(cells)) {
                        dx[cell] += dout;
                    }
                }
            }
        });
        add(GRADIENT_TO_EVERY_TIE, "the book, a mask", true, (window, maximum) -> new BookPooling(window, maximum) {
            @Override
            Tensor spread(Tensor pooled) {
                Tensor mask = windows.copy();
                for (int i = 0; i < mask.length(); i++) {
                    int row = i / windows.size(1);
                    mask.data()[i] = windows.data()[i] == windows.get(row, winners[row]) ? pooled.get(row) : 0;
                }
                return mask;
            }
        });
        add(GRADIENT_TO_EVERY_TIE, "planes", true, (window, maximum) -> new PlanePooling(window, maximum) {
            @Override
            void spread(List<Place> places, float[][] plane, float dout, float[][] dplane) {
                double largest = pool(places, plane);
                places.stream().filter(p -> plane[p.y()][p.x()] >= largest).forEach(p -> dplane[p.y()][p.x()] += dout);
            }
        });
    }

    private void allCells() {
        add(GRADIENT_TO_ALL_CELLS, "loops, all of it", true, (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            void spread(int[] cells, float dout, float[] dx) {
                Arrays.stream(cells).filter(cell -> cell >= 0).forEach(cell -> dx[cell] += dout);
            }
        });
        add(
                GRADIENT_TO_ALL_CELLS,
                "loops, by those inside",
                true,
                (window, maximum) -> new LoopPooling(window, maximum) {
                    @Override
                    void spread(int[] cells, float dout, float[] dx) {
                        Arrays.stream(cells).filter(cell -> cell >= 0).forEach(cell -> dx[cell] += dout / count(cells));
                    }
                });
        add(
                GRADIENT_TO_ALL_CELLS,
                "loops, by the kernel's",
                true,
                (window, maximum) -> new LoopPooling(window, maximum) {
                    @Override
                    void spread(int[] cells, float dout, float[] dx) {
                        Arrays.stream(cells).filter(cell -> cell >= 0).forEach(cell -> dx[cell] += dout / cells.length);
                    }
                });
        add(GRADIENT_TO_ALL_CELLS, "the book, all of it", true, (window, maximum) -> new BookPooling(window, maximum) {
            @Override
            Tensor spread(Tensor pooled) {
                Tensor all = Tensor.zeros(windows.shape());
                for (int i = 0; i < all.length(); i++) {
                    all.data()[i] = pooled.get(i / windows.size(1));
                }
                return all;
            }
        });
        add(GRADIENT_TO_ALL_CELLS, "the book, shared", true, (window, maximum) -> new BookPooling(window, maximum) {
            @Override
            Tensor spread(Tensor pooled) {
                Tensor all = Tensor.zeros(windows.shape());
                for (int i = 0; i < all.length(); i++) {
                    all.data()[i] = pooled.get(i / windows.size(1)) / windows.size(1);
                }
                return all;
            }
        });
        add(GRADIENT_TO_ALL_CELLS, "planes, shared", true, (window, maximum) -> new PlanePooling(window, maximum) {
            @Override
            void spread(List<Place> places, float[][] plane, float dout, float[][] dplane) {
                float share = dout / places.size();
                places.forEach(p -> dplane[p.y()][p.x()] += share);
            }
        });
        add(GRADIENT_TO_ALL_CELLS, "planes, all of it", true, (window, maximum) -> new PlanePooling(window, maximum) {
            @Override
            void spread(List<Place> places, float[][] plane, float dout, float[][] dplane) {
                places.forEach(p -> dplane[p.y()][p.x()] += dout);
            }
        });
    }

    /** Sets every cell of the matrix at its pixel, the kernel outermost as in the book. */
    private static Tensor setByKernel(Tensor dcol, Sizes s) {
        Tensor dx = Tensor.zeros(s.N, s.C, s.H, s.W);
        for (int k = 0; k < dcol.size(1); k++) {
            for (int row = 0; row < dcol.size(0); row++) {
                int y = row / s.OW % s.OH * s.SH + k / s.FW % s.FH - s.PH, w = row % s.OW * s.SW + k % s.FW - s.PW;
                if (s.inside(y, w)) {
                    dx.set(dcol.get(row, k), row / s.OW / s.OH, k / s.FW / s.FH, y, w);
                }
            }
        }
        return dx;
    }

    private void overlaps() {
        add(
                POOL_OVERLAPS_OVERWRITTEN,
                "loops, the winner",
                true,
                (window, maximum) -> new LoopPooling(window, maximum) {
                    @Override
                    void spread(int[] cells, float dout, float[] dx) {
                        for (int cell : cells) {
                            if (cell >= 0 && value(cell) == largest(cells)) {
                                dx[cell] = dout;
                                return;
                            }
                        }
                    }
                });
        add(
                POOL_OVERLAPS_OVERWRITTEN,
                "loops, the whole window",
                true,
                (window, maximum) -> new LoopPooling(window, maximum) {
                    @Override
                    void spread(int[] cells, float dout, float[] dx) {
                        boolean done = false;
                        for (int cell : cells) {
                            if (cell >= 0) {
                                boolean wins = !done && value(cell) == largest(cells);
                                dx[cell] = wins ? dout : 0;
                                done |= wins;
                            }
                        }
                    }
                });
        add(POOL_OVERLAPS_OVERWRITTEN, "loops", false, (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            void spread(int[] cells, float dout, float[] dx) {
                for (int cell : cells) {
                    if (cell >= 0) {
                        dx[cell] = dout / count(cells);
                    }
                }
            }
        });
        add(
                POOL_OVERLAPS_OVERWRITTEN,
                "planes, the winner",
                true,
                (window, maximum) -> new PlanePooling(window, maximum) {
                    @Override
                    void spread(List<Place> places, float[][] plane, float dout, float[][] dplane) {
                        dplane[winner(places, plane).y()][winner(places, plane).x()] = dout;
                    }
                });
        add(
                POOL_OVERLAPS_OVERWRITTEN,
                "planes, the whole window",
                true,
                (window, maximum) -> new PlanePooling(window, maximum) {
                    @Override
                    void spread(List<Place> places, float[][] plane, float dout, float[][] dplane) {
                        places.forEach(p -> dplane[p.y()][p.x()] = 0);
                        dplane[winner(places, plane).y()][winner(places, plane).x()] = dout;
                    }
                });
        add(POOL_OVERLAPS_OVERWRITTEN, "planes", false, (window, maximum) -> new PlanePooling(window, maximum) {
            @Override
            void spread(List<Place> places, float[][] plane, float dout, float[][] dplane) {
                places.forEach(p -> dplane[p.y()][p.x()] = dout / places.size());
            }
        });
        for (boolean most : new boolean[] {true, false}) {
            add(
                    POOL_OVERLAPS_OVERWRITTEN,
                    "the book, the last window",
                    most,
                    (window, maximum) -> new BookPooling(window, maximum) {
                        @Override
                        Tensor col2im(Tensor dcol) {
                            Tensor dx = Tensor.zeros(x.shape());
                            for (int i = 0; i < dcol.length(); i++) {
                                int k = i % dcol.size(1), row = i / dcol.size(1);
                                int y = window.top(row / s.OW % s.OH) + k / s.FW % s.FH;
                                int w = window.left(row % s.OW) + k % s.FW;
                                if (s.inside(y, w)) {
                                    dx.set(dcol.data()[i], row / s.OW / s.OH, k / s.FW / s.FH, y, w);
                                }
                            }
                            return dx;
                        }
                    });
            add(
                    POOL_OVERLAPS_OVERWRITTEN,
                    "the book, the last kernel element",
                    most,
                    (window, maximum) -> new BookPooling(window, maximum) {
                        @Override
                        Tensor col2im(Tensor dcol) {
                            return setByKernel(dcol, s);
                        }
                    });
        }
    }

    private void counts() {
        add(AVERAGE_COUNTS_WRONG, "loops, the kernel's", false, (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            int count(int[] cells) {
                return cells.length;
            }
        });
        add(AVERAGE_COUNTS_WRONG, "loops, the strides'", false, (window, maximum) -> new LoopPooling(window, maximum) {
            @Override
            int count(int[] cells) {
                return s.SH * s.SW;
            }
        });
        add(
                AVERAGE_COUNTS_WRONG,
                "the book, the kernel's",
                false,
                (window, maximum) -> new BookPooling(window, maximum) {
                    @Override
                    double[] counts() {
                        double[] counts = new double[windows.size(0)];
                        Arrays.fill(counts, windows.size(1));
                        return counts;
                    }
                });
        add(
                AVERAGE_COUNTS_WRONG,
                "the book, the strides'",
                false,
                (window, maximum) -> new BookPooling(window, maximum) {
                    @Override
                    double[] counts() {
                        double[] counts = new double[windows.size(0)];
                        Arrays.fill(counts, s.SH * s.SW);
                        return counts;
                    }
                });
        add(
                AVERAGE_COUNTS_WRONG,
                "planes, the kernel's",
                false,
                (window, maximum) -> new PlanePooling(window, maximum) {
                    @Override
                    int count(List<Place> places) {
                        return window.kernelHeight() * window.kernelWidth();
                    }
                });
        add(
                AVERAGE_COUNTS_WRONG,
                "planes, the height's stride squared",
                false,
                (window, maximum) -> new PlanePooling(window, maximum) {
                    @Override
                    int count(List<Place> places) {
                        return window.strideHeight() * window.strideHeight();
                    }
                });
    }

    /** Counts wrong in one of the two passes only. */
    private static OwnPooling counting(Window window, boolean inForward, boolean inBackward, boolean strides) {
        return new LoopPooling(window, false) {
            private boolean backward;

            @Override
            int count(int[] cells) {
                return !(backward ? inBackward : inForward) ? super.count(cells) : strides ? s.SH * s.SW : s.FH * s.FW;
            }

            @Override
            public Tensor forward(Tensor x) {
                backward = false;
                return super.forward(x);
            }

            @Override
            public Tensor backward(Tensor dout) {
                backward = true;
                return super.backward(dout);
            }
        };
    }

    private void countsInOneDirection() {
        for (boolean strides : new boolean[] {false, true}) {
            String by = strides ? ", by S*S" : ", by FH*FW";
            add(
                    AVERAGE_COUNTS_WRONG,
                    "loops, forward only" + by,
                    false,
                    (window, maximum) -> counting(window, true, false, strides));
            add(
                    AVERAGE_COUNTS_WRONG,
                    "loops, backward only" + by,
                    false,
                    (window, maximum) -> counting(window, false, true, strides));
            add(
                    AVERAGE_COUNTS_WRONG,
                    "planes, backward only" + by,
                    false,
                    (window, maximum) -> new PlanePooling(window, maximum) {
                        @Override
                        void spread(List<Place> places, float[][] plane, float dout, float[][] dplane) {
                            int by = strides ? s.SH * s.SW : s.FH * s.FW;
                            places.forEach(p -> dplane[p.y()][p.x()] += dout / by);
                        }
                    });
            add(
                    AVERAGE_COUNTS_WRONG,
                    "the book, backward only" + by,
                    false,
                    (window, maximum) -> new BookPooling(window, maximum) {
                        @Override
                        Tensor spread(Tensor pooled) {
                            Tensor all = Tensor.zeros(windows.shape());
                            for (int i = 0; i < all.length(); i++) {
                                all.data()[i] = pooled.get(i / all.size(1)) / (strides ? s.SH * s.SW : all.size(1));
                            }
                            return all;
                        }
                    });
            add(
                    AVERAGE_COUNTS_WRONG,
                    "the book, forward only" + by,
                    false,
                    (window, maximum) -> OwnPooling.withRightGradient(new BookPooling(window, maximum) {
                        @Override
                        double[] counts() {
                            double[] counts = new double[windows.size(0)];
                            Arrays.fill(counts, strides ? s.SH * s.SW : windows.size(1));
                            return counts;
                        }
                    }));
        }
    }
}
