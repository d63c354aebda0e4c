package cnnkit.live;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.notebook.Shown;
import cnnkit.plot.Drawing;
import cnnkit.plot.card.ColorScale;
import cnnkit.plot.lesson.Im2colMicroscope;
import cnnkit.tensor.Language;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.HashMap;
import java.util.Map;

/**
 * An image and its matrix of windows to point at (section 7.4.2): a cell of the matrix shows its window and its pixel, a pixel
 * shows all its copies, and the index formula stands below with the numbers of the cell. Sliders change height, width,
 * window, stride, padding and channels.
 * <pre>
 *     Im2colPanel.of(1, 5, 5, Window.of(3))
 * </pre>
 * as the last line of a cell. It needs no kernel once it is shown; its matrix is that of {@link Im2col}.
 */
public final class Im2colPanel implements Shown {
    private final int C;
    private final int H;
    private final int W;
    private final Window window;

    private Im2colPanel(int C, int H, int W, Window window) {
        this.C = C;
        this.H = H;
        this.W = W;
        this.window = window;
    }

    /**
     * Begins with a geometry. What a stride leaves over is not read.
     *
     * @param C channels, from 1 to 3
     * @param H height, from 2 to 8
     * @param W width, from 2 to 8
     * @param window square, at most 4 x 4; stride at most 3, padding at most 2, the same in both directions
     * @return a panel
     * @throws IllegalArgumentException if a number is another one, or the window does not fit
     */
    public static Im2colPanel of(int C, int H, int W, Window window) {
        boolean isSquare = window.kernelHeight() == window.kernelWidth()
                && window.strideHeight() == window.strideWidth()
                && window.paddingHeight() == window.paddingWidth();
        boolean fits = window.kernelHeight() <= 4 && window.strideHeight() <= 3 && window.paddingHeight() <= 2;
        if (!isSquare || !fits) {
            throw new IllegalArgumentException(Text.error(
                    "Im2colPanel: expected a square window of at most 4x4, stride at most 3, padding at most 2, but got a %s",
                    window));
        }
        if (C < 1 || C > 3 || Math.min(H, W) < 2 || Math.max(H, W) > 8) {
            throw new IllegalArgumentException(Text.error(
                    "Im2colPanel: expected 1 to 3 channels of 2 to 8 rows and columns but got [%d, %d, %d]", C, H, W));
        }
        window.outputHeight(H);
        window.outputWidth(W);
        return new Im2colPanel(C, H, W, window);
    }

    private Drawing still() {
        int rows = window.outputHeight(H) * window.outputWidth(W);
        return Im2colMicroscope.of(Tensor.range(1, C, H, W), window)
                .window(rows / 2)
                .alt(Text.of(
                        "An image and its matrix, one window a row; the window of row %d is framed in both", rows / 2));
    }

    private static Map<String, String> words() {
        Language language = Language.current();
        Map<String, String> words = new HashMap<>(Map.of(
                "H", Text.of("height"),
                "W", Text.of("width"),
                "F", Text.of("window"),
                "S", Text.of("stride"),
                "P", Text.of("padding"),
                "C", Text.of("number of channels"),
                "matrix", Text.of("im2col: the matrix"),
                "row", Text.of("row"),
                "column", Text.of("column"),
                "nowhere", Text.of("The window fits nowhere: there is no output.")));
        words.put("padding", Text.of("padding"));
        words.put("image", Text.in(language, "channel %s"));
        words.put("copies", Text.in(language, "copies of this pixel in the matrix: %s"));
        words.put("places", Text.in(language, "; (row, column): %s. Framed in blue: the window of one of them"));
        words.put("keys", Text.of("point at a cell; once you have clicked, the arrow keys move on"));
        return words;
    }

    @Override
    public String html() {
        Map<String, Integer> geometry = Map.of(
                "C",
                C,
                "H",
                H,
                "W",
                W,
                "F",
                window.kernelHeight(),
                "S",
                window.strideHeight(),
                "P",
                window.paddingHeight());
        Map<String, ?> data =
                Map.of("geometry", geometry, "colors", Alone.colors(ColorScale.CIVIDIS), "words", words());
        return Alone.html(
                still().figure(),
                "im2colPanel",
                data,
                "marks.css",
                "copies.css",
                "grid.js",
                "in-sight.js",
                "pointing.js",
                "positions.js",
                "sliders.js",
                "im2col-panel.js");
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
