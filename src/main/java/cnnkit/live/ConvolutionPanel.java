package cnnkit.live;

import cnnkit.im2col.Window;
import cnnkit.layer.Convolution;
import cnnkit.notebook.Shown;
import cnnkit.plot.Cells;
import cnnkit.plot.Drawing;
import cnnkit.plot.Equation;
import cnnkit.tensor.Language;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.HashMap;
import java.util.Map;

/**
 * A window to slide over an input by hand (section 7.2): drag it or step it, write another filter, change stride and padding, and
 * see the products, their sum, the size of the output, and what becomes of a remainder.
 * <pre>
 *     ConvolutionPanel.of(x, filter)
 * </pre>
 * as the last line of a cell. It needs no kernel once it is shown; its numbers have the bits of {@link Convolution}.
 */
public final class ConvolutionPanel implements Shown {
    private static final int LARGEST_INPUT = 12;
    private static final int LARGEST_FILTER = 5;

    private final Tensor x; // (H, W)
    private final Tensor filter; // (FH, FW)

    private ConvolutionPanel(Tensor x, Tensor filter) {
        this.x = x;
        this.filter = filter;
    }

    /**
     * Takes an input and a filter to begin with.
     *
     * @param x (H, W), at most 12 x 12
     * @param filter (FH, FW), at most 5 x 5, and not larger than x
     * @return a panel
     * @throws ShapeException if a shape is another one
     */
    public static ConvolutionPanel of(Tensor x, Tensor filter) {
        expect("an input", x, LARGEST_INPUT);
        expect("a filter", filter, LARGEST_FILTER);
        if (filter.size(0) > x.size(0) || filter.size(1) > x.size(1)) {
            throw new ShapeException(Text.error(
                    "ConvolutionPanel: a filter %s does not fit into an input %s",
                    Shapes.text(filter.shape()), Shapes.text(x.shape())));
        }
        return new ConvolutionPanel(x.copy(), filter.copy());
    }

    private static void expect(String what, Tensor given, int largest) {
        if (given.rank() != 2 || given.size(0) > largest || given.size(1) > largest) {
            throw new ShapeException(Text.error(
                    "ConvolutionPanel: expected %s of one channel, at most [%d, %d], but got %s",
                    what, largest, largest, Shapes.text(given.shape())));
        }
    }

    private Drawing still() {
        int FH = filter.size(0), FW = filter.size(1);
        Tensor out = output(x, filter);
        return Equation.of(plain(Cells.pixels(x).markWindow(0, 0, FH, FW), "input"))
                .then("∗", plain(Cells.weights(filter), "filter"))
                .then("=", plain(Cells.signed(out).markWindow(0, 0, 1, 1), "output"))
                .alt(Text.of(
                        "An input %s, a filter %s and the output %s; the window stands in the upper left corner",
                        Shapes.text(x.shape()), Shapes.text(filter.shape()), Shapes.text(out.shape())));
    }

    /** What a filter (FH, FW) makes of an input (H, W), without padding. */
    static Tensor output(Tensor x, Tensor filter) {
        int FH = filter.size(0), FW = filter.size(1);
        Convolution layer = new Convolution(filter.reshape(1, 1, FH, FW), Tensor.zeros(1), Window.of(FH, FW));
        return layer.forward(x.reshape(1, 1, x.size(0), x.size(1))).slice(0, 0);
    }

    private static Cells plain(Cells cells, String caption) {
        return cells.numbers().cellSize(24).withoutScale().captions(Text.of(caption));
    }

    private static Map<String, String> words() {
        Map<String, String> words = new HashMap<>(Map.of(
                "input", Text.of("input"),
                "filter", Text.of("filter"),
                "products", Text.of("products"),
                "output", Text.of("output"),
                "stride", Text.of("stride S"),
                "padding", Text.of("padding P"),
                "remainder", Text.of("a remainder:"),
                "back", Text.of("one place back"),
                "forth", Text.of("one place on"),
                "keys", Text.of("drag the window, or move it with the arrow keys")));
        Language language = Language.current();
        words.put("edit", Text.of("write other numbers; arrow up and down: by 1"));
        words.put("place", Text.in(language, "output[%s][%s]"));
        words.put("STRICT", Text.in(language, "%s left over: STRICT refuses"));
        words.put("FLOOR", Text.in(language, "%s left over: no window reads the pixels crossed out"));
        words.put("CEIL", Text.in(language, "%s left over: CEIL lets a window hang over (pixels: %s)"));
        words.put("all", Text.in(language, "%s left over, of padding only"));
        words.put("nowhere", Text.of("The window fits nowhere: there is no output."));
        return words;
    }

    @Override
    public String html() {
        Map<String, ?> data = Map.of(
                "x",
                Alone.matrix(x),
                "filter",
                Alone.matrix(filter),
                "colors",
                Alone.colorsOfConvolution(),
                "words",
                words());
        return Alone.html(
                still().figure(),
                "convolutionPanel",
                data,
                "marks.css",
                "fma.js",
                "grid.js",
                "pointing.js",
                "positions.js",
                "sliders.js",
                "window-sum.js",
                "convolution-panel.js");
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
