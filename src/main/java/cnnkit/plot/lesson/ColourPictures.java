package cnnkit.plot.lesson;

import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;

/**
 * Pictures in colour, in rows: photographs, patches of them, and filters that lie on three colours.
 * <pre>
 *     ColourPictures.of(patches.images(0, 1, 2, 3)).cellSize(3)
 *     ColourPictures.filters(network.parameter("W1").value()).columns(10)
 * </pre>
 */
public final class ColourPictures extends TitledDrawing<ColourPictures> {
    private static final int MARGIN = 12;
    private static final int GAP = 6;
    private static final int COLORS = 256;
    private static final int FULL = 255;

    private final Tensor pictures; // (N, 3, H, W), 0 to 1
    private final String what;
    private int columns;
    private double cellSize = 3;
    private List<String> captions = List.of();

    private ColourPictures(Tensor pictures, String what) {
        this.pictures = pictures;
        this.what = what;
        columns = Math.min(pictures.size(0), 10);
    }

    /**
     * Pictures as they are.
     *
     * @param pictures (N, 3, H, W): red, green and blue from 0 to 1; what lies outside is cut off
     * @return pictures to be drawn
     * @throws cnnkit.tensor.ShapeException if they have another shape
     */
    public static ColourPictures of(Tensor pictures) {
        Shapes.expect("ColourPictures", "pictures", pictures, "N", 3, "H", "W");
        return new ColourPictures(pictures, "pictures");
    }

    /**
     * Filters, each with its own scale: a weight of 0 is a middle grey, the largest weight of the filter full colour, and
     * its negative none.
     *
     * @param W (FN, 3, FH, FW)
     * @return pictures to be drawn
     * @throws cnnkit.tensor.ShapeException if they have another shape
     */
    public static ColourPictures filters(Tensor W) {
        Shapes.expect("ColourPictures", "filters W", W, "FN", 3, "FH", "FW");
        Tensor shown = W.copy();
        int length = W.length() / W.size(0);
        for (int f = 0; f < W.size(0); f++) {
            float largest = W.slice(f).map(Math::abs).max();
            for (int i = f * length; i < (f + 1) * length; i++) {
                shown.data()[i] = largest == 0 ? 0.5f : 0.5f + W.data()[i] / largest / 2;
            }
        }
        return new ColourPictures(shown, "filters");
    }

    /**
     * How many stand in a row.
     *
     * @param count from 1
     * @return these pictures
     */
    public ColourPictures columns(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(
                    Text.error("ColourPictures: expected at least one column but got %s", count));
        }
        columns = count;
        return this;
    }

    /**
     * How large a pixel is drawn.
     *
     * @param points above 0; a part of one makes a large photograph small
     * @return these pictures
     */
    public ColourPictures cellSize(double points) {
        if (!(points > 0)) {
            throw new IllegalArgumentException(
                    Text.error("ColourPictures: the cell size must be above 0 but got %s", points));
        }
        cellSize = points;
        return this;
    }

    /**
     * A word over each picture.
     *
     * @param texts one for each, or none
     * @return these pictures
     * @throws IllegalArgumentException if there is another number of them
     */
    public ColourPictures captions(List<String> texts) {
        if (!texts.isEmpty() && texts.size() != pictures.size(0)) {
            throw new IllegalArgumentException(
                    Text.error("ColourPictures: expected %d captions but got %d", pictures.size(0), texts.size()));
        }
        captions = List.copyOf(texts);
        return this;
    }

    @Override
    protected String words() {
        return afterTitle(
                ". ",
                Text.of("%d %s in colour, %d × %d pixels", pictures.size(0), what, pictures.size(2), pictures.size(3)));
    }

    private double width() {
        double widest = captions.stream()
                .mapToInt(text -> Letters.width(text, Style.AXIS))
                .max()
                .orElse(0);
        return Math.max(widest, pictures.size(3) * cellSize) + GAP;
    }

    private double height() {
        return above() + pictures.size(2) * cellSize + GAP;
    }

    private int above() {
        return captions.isEmpty() ? 0 : Letters.height(Style.AXIS) + 2;
    }

    @Override
    public Figure figure() {
        int N = pictures.size(0), across = Math.min(columns, N), down = (N + across - 1) / across;
        int width = (int) Math.ceil(across * width()) + 2 * MARGIN;
        int height = (int) Math.ceil(down * height()) + 2 * MARGIN;
        return titled(Figure.draw(width, height, COLORS, alt(), g -> {
            for (int n = 0; n < N; n++) {
                paint(g, n, MARGIN + n % across * width(), MARGIN + n / across * height());
            }
        }));
    }

    private void paint(Graphics2D g, int n, double left, double top) {
        if (!captions.isEmpty()) {
            Letters.left(g, captions.get(n), Style.AXIS, Style.INK, left, top);
        }
        int H = pictures.size(2), W = pictures.size(3);
        for (int y = 0; y < H; y++) {
            for (int x = 0; x < W; x++) {
                g.setColor(new Color(level(n, 0, y, x), level(n, 1, y, x), level(n, 2, y, x)));
                int x0 = (int) Math.round(left + x * cellSize), x1 = (int) Math.round(left + (x + 1) * cellSize);
                int y0 = (int) Math.round(top + above() + y * cellSize);
                int y1 = (int) Math.round(top + above() + (y + 1) * cellSize);
                g.fillRect(x0, y0, x1 - x0, y1 - y0);
            }
        }
    }

    private int level(int n, int c, int y, int x) {
        return Math.round(FULL * Math.min(1, Math.max(0, pictures.get(n, c, y, x))));
    }
}
