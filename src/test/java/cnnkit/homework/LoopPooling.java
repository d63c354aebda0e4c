package cnnkit.homework;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;

/** Pooling by loops over flat arrays: where the pixels of a window lie, and what each of them gets, can be made wrong. */
class LoopPooling extends OwnPooling {
    LoopPooling(Window window, boolean maximum) {
        super(window, maximum);
    }

    int rows() {
        return s.OH;
    }

    int columns() {
        return s.OW;
    }

    int kernelHeight() {
        return s.FH;
    }

    int kernelWidth() {
        return s.FW;
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

    /** The pixels of a window, line by line; -1 for none. */
    int[] cells(int n, int c, int oy, int ox) {
        int[] cells = new int[kernelHeight() * kernelWidth()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = pixel(n, c, y(oy, i / kernelWidth()), column(ox, i % kernelWidth()));
        }
        return cells;
    }

    float value(int cell) {
        return x.data()[cell];
    }

    float largest(int[] cells) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int cell : cells) {
            if (cell >= 0) {
                largest = Math.max(largest, value(cell));
            }
        }
        return largest;
    }

    /** What the mean divides by. */
    int count(int[] cells) {
        int count = 0;
        for (int cell : cells) {
            count += cell >= 0 ? 1 : 0;
        }
        return count;
    }

    float mean(int[] cells) {
        double sum = 0;
        for (int cell : cells) {
            sum += cell >= 0 ? value(cell) : 0;
        }
        return (float) (sum / count(cells));
    }

    void spread(int[] cells, float dout, float[] dx) {
        boolean done = false;
        float largest = maximum ? largest(cells) : 0;
        for (int cell : cells) {
            if (cell >= 0 && !maximum) {
                dx[cell] += dout / count(cells);
            } else if (cell >= 0 && !done && value(cell) == largest) {
                dx[cell] += dout;
                done = true;
            }
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        remember(x);
        float[] out = new float[s.N * s.C * rows() * columns()];
        for (int i = 0; i < out.length; i++) {
            int[] cells = cellsOf(i);
            out[i] = maximum ? largest(cells) : mean(cells);
        }
        return Tensor.of(out, s.N, s.C, rows(), columns());
    }

    /** The cells of the window that an output belongs to. */
    int[] cellsOf(int out) {
        int map = out / columns() / rows();
        return cells(map / s.C, map % s.C, out / columns() % rows(), out % columns());
    }

    @Override
    public Tensor backward(Tensor dout) {
        float[] dx = new float[x.length()];
        for (int i = 0; i < dout.length(); i++) {
            spread(cellsOf(i), dout.data()[i], dx);
        }
        return Tensor.of(dx, x.shape());
    }
}
