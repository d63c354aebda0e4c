package cnnkit.train;

/**
 * A network gives no finite numbers any more. Of training, which stops there, the history is kept; of a measurement
 * there is no result, as any would look like an accuracy.
 */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException(String message) {
        super(message);
    }
}
