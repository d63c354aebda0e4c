package cnnkit.layer;

/**
 * The fixed pieces of a batch over which gradients of filters are summed.
 *
 * <p>They depend on the size of the batch only, never on the machine, so that helpers may take a chunk each without
 * changing a bit of the result.
 */
final class BatchChunks {
    private static final int MOST = 8;

    private BatchChunks() {}

    static int count(int batch) {
        return Math.min(MOST, batch);
    }

    /** The first image of a chunk; that of the next chunk is one past its last image. */
    static int start(int chunk, int batch) {
        return batch * chunk / count(batch);
    }
}
