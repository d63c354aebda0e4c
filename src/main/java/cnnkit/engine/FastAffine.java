package cnnkit.engine;

import java.util.Arrays;

/**
 * The fully connected layer {@code out = x W + b} and its gradients, with W (I, O) as in the book.
 * <ul>
 *   <li>out: rows of x times W, from the bias; each thread takes some images;
 *   <li>dx turned: rows of W times dout turned; each task takes some inputs;
 *   <li>dW: rows of x turned times dout, over the batch in order; the same tasks.
 * </ul>
 * What has to be turned is turned a block at a time, in the cache. Buffers are made once and used again.
 */
public final class FastAffine {
    /** Inputs of a block: its rows of W, of x turned and of both results stay in the second-level cache. */
    private static final int BLOCK = 96;

    private final int inputs, outputs, batch;
    private final int wideOutputs, wideBatch; // rounded up to whole vectors
    private final int inPlace; // rows of W that may be read in place: a vector too far is still inside
    private final int[] wRows, lastRows; // where rows of W begin; those behind inPlace are read from a copy
    private final float[] last;
    private final int[] xRows;
    private final float[][] sums; // of each thread
    private Backward backward; // made when it is first needed

    /** Buffers of the backward pass. */
    private final class Backward {
        private final float[] dout = new float[batch * wideOutputs];
        private final float[] doutTurned = new float[outputs * wideBatch];
        private final int[] doutRows = Rows.every(wideOutputs, 0, batch);
        private final int[] doutTurnedRows = Rows.every(wideBatch, 0, outputs);
        private final float[][] xTurned = new float[Workers.threads()][BLOCK * batch];
        private final int[] wRows = Rows.every(outputs, 0, BLOCK);
        private final int[] xTurnedRows = Rows.every(batch, 0, BLOCK);
        private final float[][] block = new float[Workers.threads()][BLOCK * Math.max(wideOutputs, wideBatch)];
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
        wRows = Rows.every(outputs, 0, inPlace);
        lastRows = Rows.every(wideOutputs, 0, inputs - inPlace);
        last = new float[(inputs - inPlace) * wideOutputs];
        xRows = Rows.every(inputs, 0, batch);
        sums = new float[Workers.threads()][batch * wideOutputs];
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
            System.arraycopy(W, i * outputs, last, (i - inPlace) * wideOutputs, outputs);
        }
        int byImages = Math.min(batch, Workers.threads());
        int byOutputs = small() ? 1 : Workers.threads() / byImages; // a few images are cut by outputs too
        int tiles = (wideOutputs / Kernels.lanes() + 3) / 4; // a tile for few rows is four vectors wide
        Workers.run(byImages * byOutputs, (thread, task) -> {
            int part = task / byOutputs, piece = task % byOutputs;
            int first = batch * part / byImages;
            int rows = batch * (part + 1) / byImages - first;
            int from = Math.min(outputs, tiles * piece / byOutputs * 4 * Kernels.lanes());
            int to = Math.min(outputs, tiles * (piece + 1) / byOutputs * 4 * Kernels.lanes());
            multiply(first, rows, from, to - from, x, W, b, out, sums[thread]);
        });
    }

    /** So little work that waking another thread would take longer. */
    private boolean small() {
        return (long) batch * inputs * outputs < 20_000;
    }

    /** Some images, some outputs. */
    private void multiply(
            int first, int rows, int from, int columns, float[] x, float[] W, float[] b, float[] out, float[] c) {
        for (int n = 0; n < rows; n++) {
            System.arraycopy(b, from, c, n * wideOutputs, columns);
        }
        Kernel kernel = Kernels.current();
        kernel.run(rows, columns, inPlace, x, first * inputs, xRows, W, from, wRows, c, 0, wideOutputs);
        int rest = first * inputs + inPlace;
        kernel.run(rows, columns, inputs - inPlace, x, rest, xRows, last, from, lastRows, c, 0, wideOutputs);
        for (int n = 0; n < rows; n++) {
            System.arraycopy(c, n * wideOutputs, out, (first + n) * outputs + from, columns);
        }
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
            System.arraycopy(dout, n * outputs, buffers.dout, n * wideOutputs, outputs);
            for (int o = 0; o < outputs; o++) {
                db[o] += dout[n * outputs + o];
            }
        }
        turn(dout, 0, outputs, batch, outputs, buffers.doutTurned, 0, wideBatch);
        Workers.run((inputs + BLOCK - 1) / BLOCK, (thread, task) -> {
            int first = task * BLOCK;
            int rows = Math.min(BLOCK, inputs - first);
            if (dx != null) {
                inputGradient(first, rows, W, dx, buffers, buffers.block[thread]);
            }
            weightGradient(first, rows, x, dW, buffers, buffers.xTurned[thread], buffers.block[thread]);
        });
    }

    /** Some columns of dx: {@code dx[n][i] = sum over o of W[i][o] * dout[n][o]}. */
    private void inputGradient(int first, int rows, float[] W, float[] dx, Backward buffers, float[] block) {
        Arrays.fill(block, 0, rows * wideBatch, 0);
        Kernels.current()
                .run(
                        rows,
                        batch,
                        outputs,
                        W,
                        first * outputs,
                        buffers.wRows,
                        buffers.doutTurned,
                        0,
                        buffers.doutTurnedRows,
                        block,
                        0,
                        wideBatch);
        turn(block, 0, wideBatch, rows, batch, dx, first, inputs);
    }

    /** Some rows of dW: {@code dW[i][o] = sum over n of x[n][i] * dout[n][o]}. */
    private void weightGradient(
            int first, int rows, float[] x, float[] dW, Backward buffers, float[] xTurned, float[] block) {
        turn(x, first, inputs, batch, rows, xTurned, 0, batch);
        Arrays.fill(block, 0, rows * wideOutputs, 0);
        Kernels.current()
                .run(
                        rows,
                        outputs,
                        batch,
                        xTurned,
                        0,
                        buffers.xTurnedRows,
                        buffers.dout,
                        0,
                        buffers.doutRows,
                        block,
                        0,
                        wideOutputs);
        for (int i = 0; i < rows; i++) {
            System.arraycopy(block, i * wideOutputs, dW, (first + i) * outputs, outputs);
        }
    }

    /** {@code to[toAt + j * toStep + i] = from[at + i * step + j]}, four rows at a time: so each line is fetched less often. */
    private static void turn(float[] from, int at, int step, int rows, int columns, float[] to, int toAt, int toStep) {
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            int a = at + i * step;
            for (int j = 0, t = toAt + i; j < columns; j++, a++, t += toStep) {
                to[t] = from[a];
                to[t + 1] = from[a + step];
                to[t + 2] = from[a + 2 * step];
                to[t + 3] = from[a + 3 * step];
            }
        }
        for (; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[toAt + j * toStep + i] = from[at + i * step + j];
            }
        }
    }
}
