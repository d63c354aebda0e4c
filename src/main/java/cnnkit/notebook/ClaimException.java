package cnnkit.notebook;

/** A claim does not hold. */
public final class ClaimException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClaimException(String message) {
        super(message);
    }
}
