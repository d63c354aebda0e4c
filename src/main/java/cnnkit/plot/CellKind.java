package cnnkit.plot;

import cnnkit.tensor.Tensor;
import java.util.List;

/** What the numbers in the cells are: decides their colours and what the scale spans. */
enum CellKind {
    PIXELS("a pixel", ColorScale.GREY),
    WEIGHTS("a weight", ColorScale.BLUE_RED),
    ACTIVATIONS("an activation", ColorScale.CIVIDIS),
    SIGNED("a value", ColorScale.BROWN_GREEN),
    COUNTS("a count", ColorScale.CIVIDIS);

    final String article;
    final String word;
    final ColorScale colors;

    CellKind(String wordWithArticle, ColorScale colors) {
        article = wordWithArticle.split(" ")[0];
        word = wordWithArticle.split(" ")[1];
        this.colors = colors;
    }

    boolean isCentred() {
        return this == WEIGHTS || this == SIGNED;
    }

    /** The limits of a scale that holds all these values. */
    Limits limits(List<Tensor> panels) {
        Limits found = Limits.of(panels);
        return switch (this) {
            case WEIGHTS, SIGNED -> found.centred();
            case PIXELS -> found.min() >= 0 && found.max() <= 1 ? new Limits(0, 1) : found;
            case ACTIVATIONS, COUNTS -> new Limits(0, found.max() > 0 ? found.max() : 1);
        };
    }
}
