package cnnkit.train;

/** Training stopped because the loss was not a finite number any more. The history up to there is kept. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException(String message) {
        super(message);
    }
}
