package cnnkit.fast;

import cnnkit.engine.Kernels;
import cnnkit.engine.Rows;
import cnnkit.engine.Workers;
import java.util.Arrays;

/**
 * The fully connected layer {@code out = x W + b} and its gradients, with W (I, O) as in the book.
 * <ul>
 *   <li>out: rows of x times W, from the bias; each thread takes some images, or, of a few images, some outputs;
 *   <li>dx turned: rows of W times dout turned; each task takes some inputs;
 *   <li>dW: rows of x turned times dout, over the batch in order; the same tasks.
 * </ul>
 * dout is turned once, x and dx a block at a time, in the cache. Buffers are made once and used again.
 */
public final class FastAffine {
    /** Inputs of a block: its rows of W, of x turned and of both results stay in the second-level cache. */
    private static final int BLOCK = 96;

    private final int inputs, outputs, batch;
    private final int wideOutputs, wideBatch; // rounded up to whole vectors
    private final int inPlace; // rows of W that may be read in place: a vector too far is still inside
    private final int[] inPlaceBegins; // where these begin; those behind are read from a copy
    private final Rows last; // the copy
    private final int[] xBegins;
    private final int byImages; // parts of the batch, one task each
    private final float[][] sums; // of each thread
    private Backward backward; // made when it is first needed

    /** Buffers of the backward pass. */
    private final class Backward {
        private final Rows dout = Rows.of(new float[batch * wideOutputs], 0, wideOutputs, batch);
        private final Rows doutTurned = Rows.of(new float[outputs * wideBatch], 0, wideBatch, outputs);
        private final float[][] xTurned = new float[Workers.threads()][BLOCK * batch];
        private final int[] blockBegins = Rows.every(outputs, BLOCK); // of rows of W
        private final int[] xTurnedBegins = Rows.every(batch, BLOCK);
        private final Rows[] dxBlock = blocks(wideBatch), dWBlock = blocks(wideOutputs); // of each thread

        private Rows[] blocks(int step) {
            Rows[] blocks = new Rows[Workers.threads()];
            Arrays.setAll(blocks, thread -> Rows.of(new float[BLOCK * step], 0, step, BLOCK));
            return blocks;
        }

        /** The first rows of a block: all but for the last block of W. */
        private static Rows some(Rows block, int rows) {
            return rows == BLOCK ? block : new Rows(block.data(), 0, Arrays.copyOf(block.begins(), rows));
        }
    }

    /**
     * A fully connected layer of the given sizes.
     *
     * @param inputs I
     * @param outputs O
     * @param batch N
     */
    public FastAffine(int inputs, int outputs, int batch) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.batch = batch;
        wideOutputs = Kernels.wide(outputs);
        wideBatch = Kernels.wide(batch);
        inPlace = Math.max(0, Math.floorDiv(inputs * outputs - wideOutputs, outputs) + 1);
        inPlaceBegins = Rows.every(outputs, inPlace);
        last = Rows.of(new float[(inputs - inPlace) * wideOutputs], 0, wideOutputs, inputs - inPlace);
        xBegins = Rows.every(inputs, batch);
        byImages = Math.min(batch, Workers.threads());
        sums = new float[Workers.threads()][(batch + byImages - 1) / byImages * wideOutputs];
    }

    /**
     * The output.
     *
     * @param x (N, I)
     * @param W (I, O)
     * @param b (O)
     * @param out is filled, (N, O)
     */
    public void forward(float[] x, float[] W, float[] b, float[] out) {
        for (int i = inPlace; i < inputs; i++) {
            System.arraycopy(W, i * outputs, last.data(), (i - inPlace) * wideOutputs, outputs);
        }
        int byOutputs = small() ? 1 : Workers.threads() / byImages; // a few images are cut by outputs too
        int tiles = (wideOutputs / Kernels.lanes() + 3) / 4; // a tile for few rows is four vectors wide
        Workers.run(byImages * byOutputs, (thread, task) -> {
            int part = task / byOutputs, piece = task % byOutputs;
            int first = batch * part / byImages;
            int rows = batch * (part + 1) / byImages - first;
            int from = Math.min(outputs, tiles * piece / byOutputs * 4 * Kernels.lanes());
            int to = Math.min(outputs, tiles * (piece + 1) / byOutputs * 4 * Kernels.lanes());
            Rows some = Rows.of(sums[thread], 0, wideOutputs, rows);
            for (int n = 0; n < rows; n++) {
                System.arraycopy(b, from, some.data(), n * wideOutputs, to - from);
            }
            Kernels.multiply(to - from, new Rows(x, first * inputs, xBegins), new Rows(W, from, inPlaceBegins), some);
            Rows rest = new Rows(x, first * inputs + inPlace, xBegins);
            Kernels.multiply(to - from, rest, new Rows(last.data(), from, last.begins()), some);
            for (int n = 0; n < rows; n++) {
                System.arraycopy(some.data(), n * wideOutputs, out, (first + n) * outputs + from, to - from);
            }
        });
    }

    /** So little work that waking another thread would take longer. */
    private boolean small() {
        return (long) batch * inputs * outputs < 20_000;
    }

    /**
     * The gradients.
     *
     * @param x (N, I)
     * @param W (I, O)
     * @param dout (N, O)
     * @param dx is filled, (N, I); null if nobody reads it
     * @param dW is overwritten, (I, O)
     * @param db is overwritten, (O)
     */
    public void backward(float[] x, float[] W, float[] dout, float[] dx, float[] dW, float[] db) {
        if (backward == null) {
            backward = new Backward();
        }
        Backward buffers = backward;
        Arrays.fill(db, 0);
        for (int n = 0; n < batch; n++) {
            System.arraycopy(dout, n * outputs, buffers.dout.data(), n * wideOutputs, outputs);
            for (int o = 0; o < outputs; o++) {
                db[o] += dout[n * outputs + o];
            }
        }
        new Turn(outputs, wideBatch).turn(dout, 0, batch, outputs, buffers.doutTurned.data(), 0);
        Workers.run((inputs + BLOCK - 1) / BLOCK, (thread, task) -> {
            int first = task * BLOCK;
            int rows = Math.min(BLOCK, inputs - first);
            if (dx != null) {
                inputGradient(first, W, dx, buffers, Backward.some(buffers.dxBlock[thread], rows));
            }
            Rows block = Backward.some(buffers.dWBlock[thread], rows);
            weightGradient(first, x, dW, buffers, buffers.xTurned[thread], block);
        });
    }

    /** Some columns of dx: {@code dx[n][i] = sum over o of W[i][o] * dout[n][o]}. */
    private void inputGradient(int first, float[] W, float[] dx, Backward buffers, Rows block) {
        Arrays.fill(block.data(), 0);
        Kernels.multiply(batch, new Rows(W, first * outputs, buffers.blockBegins), buffers.doutTurned, block);
        new Turn(wideBatch, inputs).turn(block.data(), 0, block.count(), batch, dx, first);
    }

    /** Some rows of dW: {@code dW[i][o] = sum over n of x[n][i] * dout[n][o]}. */
    private void weightGradient(int first, float[] x, float[] dW, Backward buffers, float[] xTurned, Rows block) {
        new Turn(inputs, batch).turn(x, first, batch, block.count(), xTurned, 0);
        Arrays.fill(block.data(), 0);
        Kernels.multiply(outputs, new Rows(xTurned, 0, buffers.xTurnedBegins), buffers.dout, block);
        for (int i = 0; i < block.count(); i++) {
            System.arraycopy(block.data(), i * wideOutputs, dW, (first + i) * outputs, outputs);
        }
    }

    /**
     * Makes columns of rows.
     *
     * @param step from one row to the next
     * @param turnedStep from one row of the result to the next
     */
    private record Turn(int step, int turnedStep) {
        /** {@code to[toAt + j * turnedStep + i] = from[at + i * step + j]}, four rows at a time: fewer lines are fetched. */
        void turn(float[] from, int at, int rows, int columns, float[] to, int toAt) {
            int i = 0;
            for (; i + 4 <= rows; i += 4) {
                int a = at + i * step;
                for (int j = 0, t = toAt + i; j < columns; j++, a++, t += turnedStep) {
                    to[t] = from[a];
                    to[t + 1] = from[a + step];
                    to[t + 2] = from[a + 2 * step];
                    to[t + 3] = from[a + 3 * step];
                }
            }
            for (; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    to[toAt + j * turnedStep + i] = from[at + i * step + j];
                }
            }
        }
    }
}
