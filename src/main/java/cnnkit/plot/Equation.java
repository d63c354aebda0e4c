package cnnkit.plot;

import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Text;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Figures with signs between them, as the book writes a convolution: input ∗ filter = output (section 7.2).
 * <pre>
 *     Equation.of(Cells.pixels(x)).then("∗", Cells.weights(filter)).then("=", Cells.signed(out))
 * </pre>
 * The middles of all stand at one height. Each part keeps the scale of its own kind.
 */
public final class Equation extends TitledDrawing<Equation> {
    private static final int COLORS = 256; // room for several colour scales
    private static final Font SIGN = Style.TITLE.deriveFont(20f);
    private static final int AIR = 4; // around a sign; the parts bring margins of their own

    private final List<Part> parts = new ArrayList<>();

    /** A figure, and the sign before it. */
    private record Part(String sign, Drawing drawing) {}

    private Equation() {}

    /**
     * Begins with a figure.
     *
     * @param first at the left
     * @return an equation to go on with
     */
    public static Equation of(Drawing first) {
        return new Equation().then("", first);
    }

    /**
     * Goes on with a sign and a figure.
     *
     * @param sign such as ∗, + or =; empty for none
     * @param next at the right of it
     * @return this equation
     */
    public Equation then(String sign, Drawing next) {
        parts.add(new Part(sign, next));
        return this;
    }

    @Override
    protected String words() {
        StringBuilder words = new StringBuilder();
        for (Part part : parts) {
            String sign = part.sign();
            words.append(words.isEmpty() ? "" : sign.isEmpty() ? Text.of("; ") : " " + sign + " ")
                    .append(Text.shown(part.drawing().figure().alt()));
        }
        return afterTitle(". ", words.toString());
    }

    @Override
    public Figure figure() {
        List<Figure> figures =
                parts.stream().map(part -> part.drawing().figure()).toList();
        int signs = parts.stream().mapToInt(part -> signWidth(part.sign())).sum();
        int parts = figures.stream().mapToInt(Figure::width).sum();
        int height = figures.stream().mapToInt(Figure::height).max().orElseThrow();
        return titled(Figure.draw(signs + parts, height, COLORS, alt(), g -> paint(g, figures, height)));
    }

    private void paint(Graphics2D g, List<Figure> figures, int height) {
        g.setColor(Style.INK);
        g.setFont(SIGN);
        FontMetrics metrics = g.getFontMetrics();
        int x = 0;
        float middle = height / 2f;
        for (int i = 0; i < figures.size(); i++) {
            Figure figure = figures.get(i);
            String sign = parts.get(i).sign();
            if (!sign.isEmpty()) {
                Letters.from(g, sign, x + AIR, Letters.baseline(metrics, middle));
            }
            x += signWidth(sign);
            SideBySide.paint(g, figure, x, Math.round(middle - figure.height() / 2f));
            x += figure.width();
        }
    }

    private static int signWidth(String sign) {
        return sign.isEmpty() ? 0 : Letters.width(sign, SIGN) + 2 * AIR;
    }
}
