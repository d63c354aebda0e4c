package cnnkit.train;

/** Somebody pressed stop while a network was being measured. The network is unchanged. */
public final class InterruptedEvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InterruptedEvaluationException(String message) {
        super(message);
    }
}
