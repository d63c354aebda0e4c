package cnnkit.im2col;

/** What to do when the stride does not divide what the window has to cross (section 7.2.4). */
public enum Remainder {
    /** Refuse, and name the sizes that would fit. */
    STRICT,
    /** Round down: the last rows and columns are never read. Most frameworks do this. */
    FLOOR,
    /**
     * Round up: the last window hangs over the edge, as long as it begins inside the input or its padding before. A window
     * that is larger than the input with its padding is still refused, where some frameworks (PyTorch's ceil_mode) give one
     * output: it would stand nowhere whole, and such a size is a mistake more often than a wish.
     */
    CEIL
}
