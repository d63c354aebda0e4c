package cnnkit.plot.card;

import cnnkit.tensor.Tensor;
import java.util.List;

/** What the numbers in the cells are: decides their colours and what the scale spans. */
public enum CellKind {
    /** Pixels, grey. */
    PIXELS("a pixel", ColorScale.GREY),
    /** Weights, around zero. */
    WEIGHTS("a weight", ColorScale.BLUE_RED),
    /** Activations, from zero. */
    ACTIVATIONS("an activation", ColorScale.CIVIDIS),
    /** Values of either sign, around zero. */
    SIGNED("a value", ColorScale.BROWN_GREEN),
    /** Counts, from zero. */
    COUNTS("a count", ColorScale.CIVIDIS);

    private final String article;
    private final String word;
    private final ColorScale colors;

    CellKind(String wordWithArticle, ColorScale colors) {
        article = wordWithArticle.split(" ")[0];
        word = wordWithArticle.split(" ")[1];
        this.colors = colors;
    }

    /**
     * What one of them is called.
     *
     * @return for example {@code weight}
     */
    public String word() {
        return word;
    }

    /**
     * What one of them is called, with its article.
     *
     * @return for example {@code an activation}
     */
    public String wordWithArticle() {
        return article + " " + word;
    }

    /**
     * Its colours.
     *
     * @return the scale
     */
    public ColorScale colors() {
        return colors;
    }

    /**
     * Whether zero is in the middle of its scale.
     *
     * @return yes for numbers of either sign
     */
    public boolean isCentred() {
        return this == WEIGHTS || this == SIGNED;
    }

    /**
     * The limits of a scale that holds all these values.
     *
     * @param panels the values
     * @return the limits
     */
    public Limits limits(List<Tensor> panels) {
        Limits found = Limits.of(panels);
        return switch (this) {
            case WEIGHTS, SIGNED -> found.centred();
            case PIXELS -> found.min() >= 0 && found.max() <= 1 ? new Limits(0, 1) : found;
            case ACTIVATIONS, COUNTS -> new Limits(0, found.max() > 0 ? found.max() : 1);
        };
    }
}
