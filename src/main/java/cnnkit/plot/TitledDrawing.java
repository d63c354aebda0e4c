package cnnkit.plot;

import cnnkit.tensor.Text;
import java.util.Objects;

/**
 * A drawing with a title over it and with words for those who cannot see it: what all drawings of the kit have in common.
 *
 * @param <D> the drawing itself, so that its settings can be written one after another
 */
public abstract class TitledDrawing<D extends TitledDrawing<D>> implements Drawing {
    private String title = "";
    private String alt; // null: the drawing's own words

    /** A drawing without a title. */
    protected TitledDrawing() {}

    /**
     * A title over the whole figure.
     *
     * @param text in bold; empty for none
     * @return this drawing
     */
    public final D title(String text) {
        title = Objects.requireNonNull(text, "title");
        return self();
    }

    /**
     * What there is to see, for those who cannot see it: the finding rather than the title.
     *
     * @param sentence in words
     * @return this drawing
     */
    public final D alt(String sentence) {
        alt = sentence;
        return self();
    }

    @SuppressWarnings("unchecked") // by the declaration of D
    private D self() {
        return (D) this;
    }

    /**
     * The title.
     *
     * @return empty if there is none
     */
    protected final String title() {
        return title;
    }

    /**
     * What this drawing says of itself if nobody has found better words.
     *
     * @return a sentence or two
     */
    protected abstract String words();

    /**
     * Words behind the title, if there is one.
     *
     * @param separator between the two, as English has it
     * @param words to be said in any case
     * @return both
     */
    protected final String afterTitle(String separator, String words) {
        return title.isEmpty() ? words : Text.shown(title) + Text.of(separator) + Text.shown(words);
    }

    /**
     * What is drawn, with the title over it: on as many lines as it takes, never cut.
     *
     * @param content without its title
     * @return the whole figure
     */
    protected final Figure titled(Figure content) {
        return SideBySide.titled(title, content);
    }

    /**
     * Takes title and words over from another drawing.
     *
     * @param other of the same kind
     * @return this drawing
     */
    protected final D titledAs(D other) {
        TitledDrawing<D> same = other;
        title = same.title;
        alt = same.alt;
        return self();
    }

    /**
     * What there is to see, in words.
     *
     * @return the sentence that was given, or what the drawing says of itself
     */
    public final String alt() {
        return alt != null ? alt : words();
    }

    /**
     * What is drawn, in words.
     *
     * @return the alt text
     */
    @Override
    public final String toString() {
        return alt();
    }
}
