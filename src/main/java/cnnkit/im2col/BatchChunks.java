package cnnkit.im2col;

/**
 * The fixed pieces of a batch over which gradients of filters are summed: min(8, N) of them.
 *
 * <p>They depend on the size of the batch only, never on the machine, so that each core may take a chunk without changing
 * a bit of the result.
 */
public final class BatchChunks {
    private static final int MOST = 8;

    private BatchChunks() {}

    /**
     * How many chunks there are.
     *
     * @param batch N
     * @return from 1 to 8
     */
    public static int count(int batch) {
        return Math.min(MOST, batch);
    }

    /**
     * The first image of a chunk; that of the next chunk is one past its last image.
     *
     * @param chunk which one, from 0
     * @param batch N
     * @return its index in the batch
     */
    public static int start(int chunk, int batch) {
        return (int) ((long) batch * chunk / count(batch));
    }
}
