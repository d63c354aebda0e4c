package cnnkit.live;

import cnnkit.engine.Maximum;
import cnnkit.layer.Convolution;
import cnnkit.notebook.Shown;
import cnnkit.plot.Cells;
import cnnkit.plot.Drawing;
import cnnkit.plot.Equation;
import cnnkit.plot.card.Numbers;
import cnnkit.tensor.Language;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A filter over a photograph (section 7.2): choose a filter or write its numbers, and see at once what becomes of the picture; point
 * at the output, and see the nine pixels, the products and their sum.
 * <pre>
 *     PhotographPanel.of(picture, "a man with a camera").filter("blur", blur).filter("sharpen", sharpen)
 * </pre>
 * as the last line of a cell. It needs no kernel once it is shown; its numbers have the bits of {@link Convolution}.
 */
public final class PhotographPanel implements Shown {
    private static final int LARGEST = 56;
    private static final int SIDE = 3; // of a filter
    private static final int LEVELS = 255; // steps from black to white

    private final Tensor picture; // (H, W)
    private final String shows;
    private final List<Named> filters = new ArrayList<>();

    private record Named(String name, Tensor filter) {}

    private PhotographPanel(Tensor picture, String shows) {
        this.picture = picture;
        this.shows = shows;
        Tensor identity = Tensor.zeros(SIDE, SIDE);
        identity.set(1, 1, 1);
        filter("identity", identity);
    }

    /**
     * Takes a picture. It is shown with 256 levels of grey, as a file has them.
     *
     * @param picture (H, W), from 3 x 3 to 56 x 56 pixels from 0 (black) to 1 (white)
     * @param shows what is seen on it, in a few words
     * @return a panel with one filter, which changes nothing
     * @throws ShapeException if it has another shape
     * @throws IllegalArgumentException if a pixel lies outside 0 to 1
     */
    public static PhotographPanel of(Tensor picture, String shows) {
        boolean fits = picture.rank() == 2
                && Math.min(picture.size(0), picture.size(1)) >= SIDE
                && Math.max(picture.size(0), picture.size(1)) <= LARGEST;
        if (!fits) {
            throw new ShapeException(Text.error(
                    "PhotographPanel: expected a picture of one channel, from [%d, %d] to [%d, %d], but got %s",
                    SIDE, SIDE, LARGEST, LARGEST, Shapes.text(picture.shape())));
        }
        for (float pixel : picture.data()) {
            if (!(pixel >= 0 && pixel <= 1)) {
                throw new IllegalArgumentException(
                        Text.error("PhotographPanel: expected pixels from 0 to 1 but there is %s", pixel));
            }
        }
        return new PhotographPanel(picture.map(pixel -> (float) Math.round(pixel * LEVELS) / LEVELS), shows);
    }

    /**
     * Adds a filter to choose from. The panel begins with the first one that was added.
     *
     * @param name what it is called
     * @param filter (3, 3); it is copied
     * @return this panel
     * @throws ShapeException if it has another shape
     */
    public PhotographPanel filter(String name, Tensor filter) {
        if (!filter.hasShape(SIDE, SIDE)) {
            throw new ShapeException(Text.error(
                    "PhotographPanel: expected a filter [%d, %d] but got %s", SIDE, SIDE, Shapes.text(filter.shape())));
        }
        filters.add(new Named(name, filter.copy()));
        return this;
    }

    private int first() {
        return Math.min(1, filters.size() - 1);
    }

    /** Whether a smooth place stays a bright one, and the output a picture: else it is a map of edges. The script asks so, too. */
    static boolean isPicture(Tensor filter) {
        return filter.sum() > 1e-6;
    }

    /** Where a value is farthest from 0. */
    private static int[] strongest(Tensor output) {
        int best = Maximum.position(output.map(Math::abs).data(), 0, output.length());
        return new int[] {best / output.size(1), best % output.size(1)};
    }

    private Drawing still() {
        Named chosen = filters.get(first());
        Tensor output = ConvolutionPanel.output(picture, chosen.filter());
        int[] at = strongest(output);
        Cells result = isPicture(chosen.filter()) ? Cells.pixels(output).limits(0, 1) : Cells.signed(output);
        Cells photograph = Cells.pixels(picture).cellSize(4).withoutScale().captions(shows);
        Cells weights =
                Cells.weights(chosen.filter()).cellSize(30).withoutScale().numbers();
        return Equation.of(photograph.markWindow(at[0], at[1], SIDE, SIDE))
                .then("∗", weights.captions(chosen.name()))
                .then("=", result.cellSize(4).captions(Text.of("output")))
                .alt(Text.of(
                        "A photograph: %s. Under the filter “%s”, whose numbers add up to %s, smooth places come out %s times "
                                + "as bright; the farthest from 0 is %s, at row %d, column %d",
                        shows,
                        chosen.name(),
                        Numbers.text(chosen.filter().sum()),
                        Numbers.text(chosen.filter().sum()),
                        Numbers.text(output.get(at)),
                        at[0],
                        at[1]));
    }

    private Map<String, String> words() {
        Language language = Language.current();
        return Map.ofEntries(
                Map.entry("shows", Text.shown(shows)),
                Map.entry("filter", Text.of("filter")),
                Map.entry("output", Text.of("output")),
                Map.entry("window", Text.of("under the window")),
                Map.entry("products", Text.of("products")),
                Map.entry("own", Text.of("your own")),
                Map.entry("edit", Text.of("write other numbers; arrow up and down: by 1")),
                Map.entry("keys", Text.of("Point at a pixel, or move over the output with the arrow keys.")),
                Map.entry("place", Text.in(language, "output[%s][%s]")),
                Map.entry("sum", Text.in(language, "its numbers add up to %s")),
                Map.entry("pixels", Text.in(language, "from %s to %s: black is 0 or less, white 1 or more")),
                Map.entry("signed", Text.in(language, "from %s to %s: brown is below 0, white 0, green above")));
    }

    /** The pixels, for each by how many steps it is brighter than the one before, packed as in a PNG. */
    static String packed(Tensor picture) {
        byte[] steps = new byte[picture.length()];
        int before = 0;
        for (int i = 0; i < steps.length; i++) {
            int level = Math.round(picture.data()[i] * LEVELS);
            steps[i] = (byte) (level - before);
            before = level;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_COMPRESSION))) {
            out.write(steps);
        } catch (IOException e) {
            throw new AssertionError(e); // there is no file
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    @Override
    public String html() {
        List<Map<String, ?>> named = filters.stream()
                .<Map<String, ?>>map(given -> Map.of("name", Text.shown(given.name()), "values", given.filter()))
                .toList();
        int[] at =
                strongest(ConvolutionPanel.output(picture, filters.get(first()).filter()));
        Map<String, ?> data = Map.of(
                "picture", Map.of("height", picture.size(0), "width", picture.size(1), "values", packed(picture)),
                "at", List.of(at[0], at[1]),
                "filters", named,
                "first", first(),
                "colors", Alone.colorsOfConvolution(),
                "words", words());
        return Alone.html(
                still().figure(),
                "photographPanel",
                data,
                "box.css",
                "bytes.js",
                "fma.js",
                "grid.js",
                "window-sum.js",
                "photograph-panel.js");
    }

    /**
     * The words of the still picture.
     *
     * @return its alt text
     */
    @Override
    public String toString() {
        return still().figure().alt();
    }
}
