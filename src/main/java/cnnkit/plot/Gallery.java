package cnnkit.plot;

import cnnkit.tensor.Text;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Figures next to each other on one card, where they are to be compared but are of different kinds or sizes.
 * <pre>
 *     Gallery.of(Cells.pixels(image), Cells.activations(maps)).title("before and after")
 * </pre>
 * What should share a colour scale belongs into one {@link Cells} instead, or needs the same {@link Cells#scaleLimit}.
 */
public final class Gallery extends TitledDrawing<Gallery> {
    private static final int COLORS = 256; // room for several colour scales

    private final List<Drawing> drawings;

    private Gallery(List<Drawing> drawings) {
        this.drawings = drawings;
    }

    /**
     * Some figures, from left to right, their middles at one height.
     *
     * @param drawings at least one
     * @return a gallery of them
     * @throws IllegalArgumentException if there is none
     */
    public static Gallery of(Drawing... drawings) {
        if (drawings.length == 0) {
            throw new IllegalArgumentException(
                    Text.error("Gallery: there is nothing to draw: give at least one drawing"));
        }
        return new Gallery(List.copyOf(Arrays.asList(drawings)));
    }

    @Override
    protected String words() {
        return afterTitle(
                ". ",
                drawings.stream()
                        .map(drawing -> Text.shown(drawing.toString()))
                        .collect(Collectors.joining(Text.of("; "))));
    }

    @Override
    public Figure figure() {
        List<Figure> figures = drawings.stream().map(Drawing::figure).toList();
        return titled(SideBySide.of(alt(), COLORS, figures));
    }
}
