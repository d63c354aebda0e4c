package cnnkit.live;

import cnnkit.layer.Convolution;
import cnnkit.notebook.Shown;
import cnnkit.plot.Drawing;
import cnnkit.plot.card.ColorScale;
import cnnkit.plot.lesson.GradientByHand;
import cnnkit.tensor.Language;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.Map;

/**
 * The gradient of each pixel to point at (section 7.4.3): which windows send it something, the weight it met in each of them,
 * the terms, and their sum. Filter, dout and stride can be changed.
 * <pre>
 *     BackwardPanel.of(W, dout)
 * </pre>
 * as the last line of a cell. It needs no kernel once it is shown; its numbers are those of {@link Convolution#backward}.
 */
public final class BackwardPanel implements Shown {
    private static final int LARGEST = 5;

    private final Tensor W; // (FH, FW)
    private final Tensor dout; // (OH, OW)

    private BackwardPanel(Tensor W, Tensor dout) {
        this.W = W;
        this.dout = dout;
    }

    /**
     * Takes a filter, and what comes back for each output.
     *
     * @param W (FH, FW), at most 5 x 5
     * @param dout (OH, OW), at most 5 x 5
     * @return a panel
     * @throws ShapeException if a shape is another one
     */
    public static BackwardPanel of(Tensor W, Tensor dout) {
        for (Tensor given : new Tensor[] {W, dout}) {
            if (given.rank() != 2 || given.size(0) > LARGEST || given.size(1) > LARGEST) {
                throw new ShapeException(Text.error(
                        "BackwardPanel: expected W [FH, FW] and dout [OH, OW], at most [%d, %d], but got %s and %s",
                        LARGEST, LARGEST, Shapes.text(W.shape()), Shapes.text(dout.shape())));
            }
        }
        return new BackwardPanel(W.copy(), dout.copy());
    }

    private Drawing still() {
        int y = W.size(0) / 2, x = W.size(1) / 2;
        return GradientByHand.pixel(W, dout, y, x)
                .alt(Text.of(
                        "The gradient of pixel (%d, %d): the weights that it met, each times the dout of its window",
                        y, x));
    }

    @Override
    public String html() {
        Map<String, String> words = Map.of(
                "filter", Text.of("filter"),
                "stride", Text.of("stride S"),
                "point",
                        Text.of(
                                "dout: the gradient of each output. dx: what comes back to each pixel. Point at a cell of dx."),
                "keys", Text.of("point at a cell; once you have clicked, the arrow keys move on"),
                "edit", Text.of("write other numbers; arrow up and down: by 1"),
                "windows", Text.in(Language.current(), "windows over the pixel (%s, %s): %s"));
        Map<String, ?> colors =
                Map.of("weights", Alone.colors(ColorScale.BLUE_RED), "signed", Alone.colors(ColorScale.BROWN_GREEN));
        Map<String, ?> data =
                Map.of("filter", Alone.matrix(W), "dout", Alone.matrix(dout), "colors", colors, "words", words);
        return Alone.html(
                still().figure(),
                "backwardPanel",
                data,
                "marks.css",
                "terms.css",
                "fma.js",
                "grid.js",
                "pointing.js",
                "sliders.js",
                "backward-panel.js");
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
