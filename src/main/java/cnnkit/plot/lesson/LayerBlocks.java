package cnnkit.plot.lesson;

import cnnkit.im2col.Window;
import cnnkit.plot.Figure;
import cnnkit.plot.TitledDrawing;
import cnnkit.plot.card.Arrow;
import cnnkit.plot.card.Fitted;
import cnnkit.plot.card.Grid;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * A convolutional layer as blocks (section 7.2.6): the input, all its filters, as deep as the input, one bias for each, and
 * the output, which has one slice for each filter, in its colour.
 * <pre>
 *     LayerBlocks.of(new int[] {3, 40, 40}, 4, Window.of(3))
 * </pre>
 */
public final class LayerBlocks extends TitledDrawing<LayerBlocks> {
    private static final int MARGIN = 14;
    private static final int LARGEST = 96; // the front of the larger block
    private static final int FILTER = 26; // the front of a filter
    private static final int MOST = 5; // filters that are drawn one by one
    private static final int PITCH = 46; // from filter to filter
    private static final int SIGN = 44; // the room for a sign between two things
    private static final int SLICE = 7; // the depth of a channel, at most
    private static final int MOST_SLICES = 12; // with an outline: more would be all ink
    private static final int DEEPEST = 42;
    private static final Color FRONT = new Color(0xC9D3DC);

    private final int[] input; // C, H, W
    private final int FN;
    private final Window window;

    private LayerBlocks(int[] input, int FN, Window window) {
        this.input = input;
        this.FN = FN;
        this.window = window;
    }

    /**
     * A layer.
     *
     * @param input the shape of what goes in, (C, H, W)
     * @param filters how many, from 1
     * @param window of each filter
     * @return a drawing
     * @throws IllegalArgumentException if the input has another rank, or there is no filter
     */
    public static LayerBlocks of(int[] input, int filters, Window window) {
        if (input.length != 3 || filters < 1) {
            throw new IllegalArgumentException(Text.of(
                    "LayerBlocks: expected an input (C, H, W) and at least one filter but got %d sizes and %d filters",
                    input.length, filters));
        }
        window.outputHeight(input[1]); // refuses what does not fit
        return new LayerBlocks(input.clone(), filters, window);
    }

    private int OH() {
        return window.outputHeight(input[1]);
    }

    private int OW() {
        return window.outputWidth(input[2]);
    }

    @Override
    protected String words() {
        return afterTitle(
                ". ",
                Text.of(
                        "A block (%d, %d, %d) and %d filters (%d, %d, %d), with one bias each, make a block (%d, %d, %d): "
                                + "one slice for each filter",
                        input[0],
                        input[1],
                        input[2],
                        FN,
                        input[0],
                        window.kernelHeight(),
                        window.kernelWidth(),
                        FN,
                        OH(),
                        OW()));
    }

    private int drawn() {
        return Math.min(FN, MOST);
    }

    private static double depth(int channels) {
        return Math.min(DEEPEST, SLICE * channels);
    }

    private double side(int size) {
        return LARGEST * Math.max(0.25, Math.sqrt((double) size / Math.max(input[1], input[2])));
    }

    @Override
    public Figure figure() {
        double deepIn = depth(input[0]), deepOut = depth(FN);
        double inWidth = block(side(input[2]) + deepIn, Text.of("(%d, %d, %d)", input[0], input[1], input[2]));
        double filterWidth = block(FILTER + deepIn, filterShape());
        double outWidth = block(side(OW()) + deepOut, Text.of("(%d, %d, %d)", FN, OH(), OW()));
        double biasWidth = block(FILTER, Text.of("(%d)", FN));
        int width = (int) Math.ceil(2 * MARGIN + inWidth + filterWidth + biasWidth + outWidth + 3 * SIGN);
        double tall = Math.max(
                Math.max(side(input[1]) + deepIn, side(OH()) + deepOut), drawn() * PITCH + (FN > MOST ? 14 : 0));
        int text = 2 * Letters.height(Style.AXIS) + 10;
        int height = (int) Math.ceil(2 * MARGIN + tall + text);
        double middle = MARGIN + tall / 2, below = MARGIN + tall + 6;
        return titled(Figure.draw(width, height, Figure.FEW_COLORS, alt(), g -> {
            double x = MARGIN;
            paintBlock(g, x + inWidth / 2, middle, side(input[2]), side(input[1]), FRONT, input[0]);
            name(g, "input", Text.of("(%d, %d, %d)", input[0], input[1], input[2]), x + inWidth / 2, below);
            sign(g, "∗", x += inWidth, middle);
            x += SIGN;
            paintFilters(g, x + filterWidth / 2, middle, false);
            name(g, FN == 1 ? "1 filter" : FN + " filters", filterShape(), x + filterWidth / 2, below);
            sign(g, "+", x += filterWidth, middle);
            x += SIGN;
            paintFilters(g, x + biasWidth / 2, middle, true);
            name(g, FN == 1 ? "1 bias" : FN + " biases", Text.of("(%d)", FN), x + biasWidth / 2, below);
            x += biasWidth;
            Arrow.PLAIN.paint(g, x + 8, middle, x + SIGN - 8, middle);
            x += SIGN;
            paintBlock(g, x + outWidth / 2, middle, side(OW()), side(OH()), null, FN);
            name(g, "output", Text.of("(%d, %d, %d)", FN, OH(), OW()), x + outWidth / 2, below);
        }));
    }

    private String filterShape() {
        return Text.of("each (%d, %d, %d)", input[0], window.kernelHeight(), window.kernelWidth());
    }

    private static double block(double drawn, String words) {
        return Math.max(drawn, Letters.width(words, Style.AXIS));
    }

    private static void name(Graphics2D g, String name, String shape, double x, double top) {
        Letters.centre(g, name, Style.BOLD, Style.INK, x, top);
        Letters.centre(g, shape, Style.AXIS, Style.INK, x, top + Letters.height(Style.AXIS));
    }

    private static void sign(Graphics2D g, String sign, double left, double middle) {
        Letters.middle(g, sign, Style.TITLE.deriveFont(22f), Style.INK, left + SIGN / 2.0, middle);
    }

    /** Filters, or their biases, one below the other; of many the first and a word. */
    private void paintFilters(Graphics2D g, double x, double middle, boolean biases) {
        double top = middle - drawn() * PITCH / 2.0;
        for (int f = 0; f < drawn(); f++) {
            double y = top + (f + 0.5) * PITCH;
            if (biases) {
                paintBlock(g, x, y, FILTER / 2.0, FILTER / 2.0, Grid.ofChannel(f), 0);
            } else {
                paintBlock(g, x, y, FILTER, FILTER, Grid.ofChannel(f), input[0]);
            }
        }
        if (FN > MOST) {
            Fitted.of("…", Style.BOLD, PITCH).centre(g, Style.INK, x, top + drawn() * PITCH - 4);
        }
    }

    /** A block around a middle; without a colour each of its slices has that of its filter. */
    private static void paintBlock(Graphics2D g, double x, double y, double w, double h, Color color, int channels) {
        boolean outlined = channels <= MOST_SLICES;
        double deep = depth(channels), left = x - (w + deep) / 2, top = y - (h - deep) / 2;
        g.setStroke(new BasicStroke(1));
        for (int c = channels - 1; c >= 0; c--) { // the last one lies behind
            double from = deep * c / channels, to = deep * (c + 1) / channels;
            Color tint = color == null ? Grid.ofChannel(c) : color;
            face(
                    g,
                    outlined,
                    mix(tint, Color.WHITE),
                    left + from,
                    top - from,
                    left + to,
                    top - to,
                    left + w + to,
                    top - to,
                    left + w + from,
                    top - from);
            face(
                    g,
                    outlined,
                    mix(tint, Color.GRAY),
                    left + w + from,
                    top - from,
                    left + w + to,
                    top - to,
                    left + w + to,
                    top + h - to,
                    left + w + from,
                    top + h - from);
        }
        g.setColor(color == null ? Grid.ofChannel(0) : color);
        Rectangle2D front = new Rectangle2D.Double(left, top, w, h);
        g.fill(front);
        g.setColor(Style.INK);
        g.draw(front);
    }

    private static Color mix(Color a, Color b) {
        return new Color(
                (3 * a.getRed() + b.getRed()) / 4,
                (3 * a.getGreen() + b.getGreen()) / 4,
                (3 * a.getBlue() + b.getBlue()) / 4);
    }

    private static void face(Graphics2D g, boolean outlined, Color color, double... corners) {
        Path2D face = new Path2D.Double();
        face.moveTo(corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            face.lineTo(corners[i], corners[i + 1]);
        }
        face.closePath();
        g.setColor(color);
        g.fill(face);
        if (outlined) {
            g.setColor(Style.INK);
            g.draw(face);
        }
    }
}
