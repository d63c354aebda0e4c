package cnnkit.im2col;

/** What to do when the stride does not divide what the window has to cross (section 7.2.4). */
public enum Remainder {
    /** Refuse, and name the sizes that would fit. */
    STRICT,
    /** Round down: the last rows and columns are never read. Most frameworks do this. */
    FLOOR,
    /** Round up: the last window hangs over the edge, as long as it begins inside the input or its padding before. */
    CEIL
}
