package cnnkit.tensor;

/** Two shapes do not fit together. The message names who noticed, both shapes, and where possible the way out. */
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * An error with the given words.
     *
     * @param message who noticed, what was expected and what came
     */
    public ShapeException(String message) {
        super(message);
    }
}
