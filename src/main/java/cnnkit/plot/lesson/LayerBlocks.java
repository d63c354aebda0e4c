package cnnkit.plot.lesson;

import cnnkit.layer.Convolution;
import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.Arrow;
import cnnkit.plot.card.Grid;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/**
 * A whole convolution layer as blocks (section 7.2.6): the input, every filter as a block as deep as the input, its bias,
 * the map that the two make, and the block of all maps.
 * <pre>
 *     LayerBlocks.of(layer, 40, 40)
 * </pre>
 * A tint is a channel of the input, and the slice of each filter that belongs to it. Sizes are not to scale. For layers of
 * up to six filters and four channels.
 */
public final class LayerBlocks extends TitledDrawing<LayerBlocks> {
    private static final int MOST_FILTERS = 6;
    private static final int MOST_CHANNELS = 4; // so many tints there are
    private static final int MARGIN = 14;
    private static final int ROW = 58; // of a filter
    private static final int SHAPES = 42; // the two lines below all
    private static final int STEP = 6; // from sheet to sheet
    private static final int INPUT = 96;
    private static final int FILTER = 26;
    private static final int BIAS = 16;
    private static final int MAP = 44;
    private static final int OUTPUT = 84;
    private static final Font SIGN_FONT = Style.TITLE.deriveFont(20f);

    private final Tensor filters; // (FN, C, FH, FW)
    private final int[] input; // (C, H, W)
    private final int[] output; // (FN, OH, OW)

    private LayerBlocks(Tensor filters, int[] input, int[] output) {
        this.filters = filters;
        this.input = input;
        this.output = output;
    }

    /**
     * A layer and the size of its images.
     *
     * @param layer with its filters and biases
     * @param height of an image
     * @param width of an image
     * @return a drawing
     * @throws ShapeException if the window does not fit, or there are too many filters or channels to draw
     */
    public static LayerBlocks of(Convolution layer, int height, int width) {
        Tensor filters = layer.W().value();
        if (filters.size(0) > MOST_FILTERS || filters.size(1) > MOST_CHANNELS || layer.groups() > 1) {
            throw new ShapeException(Text.error(
                    "LayerBlocks: expected at most %d filters of %d channels, in one group, but got %d of %d in %d",
                    MOST_FILTERS, MOST_CHANNELS, filters.size(0), filters.size(1), layer.groups()));
        }
        int[] input = {filters.size(1), height, width};
        return new LayerBlocks(filters, input, layer.outputShape(input));
    }

    @Override
    protected String words() {
        return afterTitle(
                ". ",
                Text.of(
                        "A block %s; %d filters, each a block %s as deep as the input, with a bias each; every filter makes "
                                + "one map, and the maps together are a block %s",
                        text(input), filters.size(0), text(filterShape()), text(output)));
    }

    private int[] filterShape() {
        return new int[] {filters.size(1), filters.size(2), filters.size(3)};
    }

    private static String text(int... shape) {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < shape.length; i++) {
            text.append(i > 0 ? ", " : "").append(shape[i]);
        }
        return text.append(')').toString();
    }

    @Override
    public Figure figure() {
        int rows = Math.max(3, filters.size(0)) * ROW;
        int height = MARGIN + rows + SHAPES + MARGIN;
        return titled(Figure.draw(Style.WIDTH, height, Figure.FEW_COLORS, alt(), g -> paint(g, rows)));
    }

    private void paint(Graphics2D g, int rows) {
        double top = MARGIN, middle = top + rows / 2.0, below = top + rows + 4;
        int FN = filters.size(0), C = filters.size(1);
        double filterX = 280, biasX = 400, mapX = 490, outX = 640;

        Sheets x = new Sheets(C, INPUT, INPUT, STEP);
        double inputX = MARGIN + x.fullWidth() / 2 + 10;
        x.paint(g, inputX - x.fullWidth() / 2, middle - x.fullHeight() / 2, Grid::ofChannel);
        sign(g, "∗", (inputX + x.fullWidth() / 2 + filterX) / 2 - 8, middle);
        double pitch = (double) rows / FN;
        for (int f = 0; f < FN; f++) {
            paintRow(g, f, top + (f + 0.5) * pitch, new double[] {filterX, biasX, mapX});
        }
        Sheets out = new Sheets(FN, OUTPUT, OUTPUT, STEP);
        out.paint(g, outX - out.fullWidth() / 2, middle - out.fullHeight() / 2, f -> Sheets.OUTPUT);
        Arrow.PLAIN.paint(g, mapX + MAP / 2.0 + 10, middle, outX - out.fullWidth() / 2 - 6, middle);

        String[] names = {"x (C, H, W)", "W (FN, C, FH, FW)", "b (FN, 1, 1)", "", "out (FN, OH, OW)"};
        String[] shapes = {text(input), text(filters.shape()), text(FN, 1, 1), "", text(output)};
        double[] places = {inputX, filterX, biasX, mapX, outX};
        for (int i = 0; i < names.length; i++) {
            Letters.centre(g, names[i], Style.CELL, Style.INK, places[i], below);
            Letters.centre(g, shapes[i], Style.BOLD, Style.INK, places[i], below + 16);
        }
    }

    /** A filter, its bias, its map. */
    private void paintRow(Graphics2D g, int f, double y, double[] places) {
        Sheets filter = new Sheets(filters.size(1), FILTER, FILTER, STEP);
        filter.paint(g, places[0] - filter.fullWidth() / 2, y - filter.fullHeight() / 2, Grid::ofChannel);
        double name = places[0] - filter.fullWidth() / 2 - 8;
        Letters.right(g, Text.of("W[%d]", f), Style.CELL, Style.INK, name, y - 7);
        sign(g, "+", (places[0] + filter.fullWidth() / 2 + places[1] - BIAS / 2.0) / 2, y);
        g.setColor(Style.PADDING);
        Rectangle2D bias = new Rectangle2D.Double(places[1] - BIAS / 2.0, y - BIAS / 2.0, BIAS, BIAS);
        g.fill(bias);
        g.setColor(Style.INK);
        g.setStroke(new BasicStroke(1));
        g.draw(bias);
        Letters.centre(g, Text.of("b[%d]", f), Style.CELL, Style.INK, places[1], y + BIAS / 2.0 + 1);
        sign(g, "=", (places[1] + BIAS / 2.0 + places[2] - MAP / 2.0) / 2, y);
        new Sheets(1, MAP, MAP, STEP).paint(g, places[2] - MAP / 2.0, y - MAP / 2.0, map -> Sheets.OUTPUT);
        Letters.middle(g, Text.of("out[%d]", f), Style.CELL, Style.INK, places[2], y);
    }

    private static void sign(Graphics2D g, String sign, double x, double y) {
        Letters.middle(g, sign, SIGN_FONT, Style.INK, x, y);
    }
}
