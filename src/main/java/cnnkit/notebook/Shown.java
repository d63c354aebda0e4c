package cnnkit.notebook;

/** Something that a notebook shows as HTML of its own; its {@code toString} stands where there is no HTML. */
public interface Shown {
    /**
     * What to show.
     *
     * @return a piece of HTML; made anew each time it is shown
     */
    String html();
}
