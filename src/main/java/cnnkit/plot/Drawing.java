package cnnkit.plot;

/** Something that can be drawn: the last line of a cell that gives one shows its figure. */
public interface Drawing {
    /**
     * Draws it.
     *
     * @return the picture and its words
     */
    Figure figure();
}
