package cnnkit.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.Tensor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Digits that a learner draws on a screen, with any pen, in any colour, on paper or on nothing. */
class OwnDrawingTest {
    private static final Color NOTHING = null;
    /** Of a photograph. */
    private static final int SIDE = 140;
    /** Paper and ink. */
    private static final Color[][] COLOURS = {
        {Color.WHITE, Color.BLACK},
        {Color.BLACK, Color.WHITE},
        {Color.WHITE, Color.RED},
        {new Color(200, 220, 255), new Color(120, 40, 0)},
        {new Color(20, 60, 20), Color.PINK},
        {NOTHING, Color.BLACK},
        {NOTHING, Color.WHITE},
        {NOTHING, new Color(250, 250, 250)},
        {NOTHING, Color.YELLOW},
        {NOTHING, new Color(0, 90, 200)},
    };

    private static Network network;

    @BeforeAll
    static void load() throws IOException {
        network = SimpleConvNet.create(1);
        network.load(Path.of("data", "weights", "SimpleConvNet.npz"));
    }

    /** The line of a digit in a square of side 1. */
    private static Path2D line(int digit) {
        Path2D line = new Path2D.Double();
        switch (digit) {
            case 0 -> line.append(new Ellipse2D.Double(0.25, 0.1, 0.5, 0.8), false);
            case 1 -> straight(line, 0.5, 0.1, 0.5, 0.9);
            case 2 -> {
                line.append(new Arc2D.Double(0.25, 0.1, 0.5, 0.4, 170, -200, Arc2D.OPEN), false);
                line.lineTo(0.25, 0.9);
                line.lineTo(0.78, 0.9);
            }
            case 3 -> {
                line.append(new Arc2D.Double(0.25, 0.1, 0.45, 0.38, 150, -240, Arc2D.OPEN), false);
                line.append(new Arc2D.Double(0.22, 0.48, 0.52, 0.42, 90, -240, Arc2D.OPEN), false);
            }
            case 4 -> {
                straight(line, 0.35, 0.1, 0.22, 0.55, 0.78, 0.55);
                straight(line, 0.65, 0.2, 0.62, 0.9);
            }
            case 5 -> {
                straight(line, 0.75, 0.1, 0.35, 0.1, 0.3, 0.45);
                line.append(new Arc2D.Double(0.2, 0.42, 0.52, 0.48, 110, -240, Arc2D.OPEN), true);
            }
            case 6 -> {
                line.moveTo(0.65, 0.08);
                line.curveTo(0.35, 0.3, 0.25, 0.5, 0.25, 0.7);
                line.append(new Ellipse2D.Double(0.25, 0.5, 0.48, 0.4), false);
            }
            case 7 -> straight(line, 0.2, 0.12, 0.78, 0.12, 0.42, 0.9);
            case 8 -> {
                line.append(new Ellipse2D.Double(0.3, 0.08, 0.4, 0.36), false);
                line.append(new Ellipse2D.Double(0.25, 0.44, 0.5, 0.46), false);
            }
            default -> {
                line.append(new Ellipse2D.Double(0.28, 0.1, 0.42, 0.4), false);
                line.moveTo(0.7, 0.3);
                line.curveTo(0.7, 0.6, 0.62, 0.8, 0.55, 0.92);
            }
        }
        return line;
    }

    private static void straight(Path2D line, double... xy) {
        line.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            line.lineTo(xy[i], xy[i + 1]);
        }
    }

    /** What a round brush covers, that wide as a share of the side, on a canvas that has room for it. */
    private static Shape stroke(int digit, int side, double brush) {
        AffineTransform place = AffineTransform.getTranslateInstance(side * brush / 4, side * brush / 4);
        place.scale(side * (1 - brush / 2), side * (1 - brush / 2));
        return new BasicStroke((float) (brush * side), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                .createStrokedShape(place.createTransformedShape(line(digit)));
    }

    private static BufferedImage drawn(Shape stroke, int side, Color paper, Color ink) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        if (paper != NOTHING) {
            g.setColor(paper);
            g.fillRect(0, 0, side, side);
        }
        g.setColor(ink);
        g.fill(stroke);
        g.dispose();
        return image;
    }

    /** The drawing as MNIST's digits were made, from the ink itself: in a box of 20x20, its mass in the middle. */
    private static Tensor asInMnist(Shape stroke, int side) {
        BufferedImage image = drawn(stroke, side, NOTHING, Color.BLACK);
        int least = 10; // of 255: fainter ink is the rim of a stroke
        Ink ink = Ink.none(side, side).map(i -> {
            int opacity = image.getRGB(i % side, i / side) >>> 24;
            return opacity > least ? opacity / 255.0 : 0;
        });
        return OwnDigit.prepared(ink);
    }

    /** The mean difference of their pixels where they fit best: rounding may lay one a pixel further on. */
    private static double difference(Tensor one, Tensor other) {
        double least = Double.POSITIVE_INFINITY;
        for (int down = -1; down <= 1; down++) {
            for (int right = -1; right <= 1; right++) {
                double sum = 0;
                for (int i = 0; i < 784; i++) {
                    int y = i / 28 + down, x = i % 28 + right;
                    boolean inside = y >= 0 && y < 28 && x >= 0 && x < 28;
                    sum += Math.abs(one.data()[i] - (inside ? other.data()[28 * y + x] : 0));
                }
                least = Math.min(least, sum / 784);
            }
        }
        return least;
    }

    private static int read(Tensor digit) {
        return network.predict(digit).argmax()[0];
    }

    /** Of 2,400 drawings: never another digit, and never an error for a pen of a quarter of the canvas. */
    @Test
    void aDrawingIsReadOrItsStrokeIsTooWideWhateverItsColoursSizeAndPen() {
        int read = 0, refused = 0;
        for (int side : new int[] {28, 61, 150}) {
            for (double brush : new double[] {0.05, 0.1, 0.17, 0.22, 0.25, 0.3, 0.4, 0.5}) {
                for (int digit = 0; digit < 10; digit++) {
                    Shape stroke = stroke(digit, side, brush);
                    Tensor expected = asInMnist(stroke, side);
                    for (Color[] colours : COLOURS) {
                        String what = digit + " of " + side + ", brush " + brush + ", " + List.of(colours[1]) + " on "
                                + colours[0];
                        BufferedImage image = drawn(stroke, side, colours[0], colours[1]);
                        try {
                            Tensor prepared = OwnDigit.fromImage(image);
                            double difference = difference(expected, prepared);
                            assertTrue(difference < 0.03, what + ": differs by " + difference);
                            assertEquals(digit, read(prepared), what);
                            read++;
                        } catch (IllegalArgumentException e) {
                            assertTrue(
                                    e.getMessage().startsWith("OwnDigit: the stroke is too wide: "), what + ": " + e);
                            assertTrue(brush >= 0.3, what + ": " + e);
                            refused++;
                        }
                    }
                }
            }
        }
        assertTrue(read >= 1_600 && refused >= 400, read + " read, " + refused + " refused");
    }

    /** A pen of 9 on a canvas of 28 had scraps taken for the digit: the rest was wide and counted as paper. */
    @Test
    void aBarIsAOneUntilItIsTooWideForAnyDigit() {
        List<Integer> refused = new ArrayList<>();
        for (int width = 2; width <= 24; width++) {
            BufferedImage bar = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
            Graphics2D g = bar.createGraphics();
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, 28, 28);
            g.setColor(Color.BLACK);
            g.fillRect(14 - width / 2, 2, width, 24);
            g.dispose();
            try {
                assertEquals(1, read(OwnDigit.fromImage(bar)), "bar of " + width);
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().startsWith("OwnDigit: the stroke is too wide"), width + ": " + e);
                refused.add(width);
            }
        }
        assertEquals(10, refused.get(0), "wider than 7 of 20 pixels: " + refused);
        assertEquals(15, refused.size());
    }

    /** A photograph of wide strokes: the paper is uneven, and so the strokes must be told from shadows. */
    @Test
    void wideStrokesUnderUnevenLightAreReadOrRefusedToo() {
        Random random = new Random(1);
        int read = 0, photographs = 0;
        for (double brush : new double[] {0.1, 0.2, 0.25, 0.3, 0.4}) {
            for (int digit = 0; digit < 10; digit++) {
                BufferedImage image = drawn(stroke(digit, SIDE, brush), SIDE, Color.WHITE, Color.DARK_GRAY);
                BufferedImage seen = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
                double right = random.nextDouble() - 0.5, down = random.nextDouble() - 0.5;
                for (int i = 0; i < SIDE * SIDE; i++) {
                    int y = i / SIDE, x = i % SIDE;
                    double light =
                            0.75 + 0.3 * right * ((double) x / SIDE - 0.5) + 0.3 * down * ((double) y / SIDE - 0.5);
                    double value = (image.getRGB(x, y) & 255) * light + 4 * random.nextGaussian();
                    seen.getRaster().setSample(x, y, 0, (int) Math.max(0, Math.min(255, value)));
                }
                photographs++;
                try {
                    assertEquals(digit, read(OwnDigit.fromImage(seen)), "brush " + brush);
                    read++;
                } catch (IllegalArgumentException e) {
                    assertTrue(e.getMessage().startsWith("OwnDigit: the stroke is too wide"), e.toString());
                    assertTrue(brush >= 0.3, digit + ", brush " + brush + ": " + e);
                }
            }
        }
        assertTrue(read >= 30, read + " of " + photographs);
    }

    @Test
    void aSheetOnADarkTableIsPaper() {
        for (int digit = 0; digit < 10; digit++) {
            BufferedImage sheet = drawn(stroke(digit, 200, 0.1), 200, Color.WHITE, Color.BLACK);
            BufferedImage table = new BufferedImage(260, 280, BufferedImage.TYPE_INT_RGB);
            Graphics2D g = table.createGraphics();
            g.setColor(new Color(60, 40, 30));
            g.fillRect(0, 0, 260, 280);
            g.drawImage(sheet, 30, 40, null);
            g.dispose();
            assertEquals(digit, read(OwnDigit.fromImage(table)));
        }
    }

    @Test
    void aSheetWithATransparentMarginIsPaper() {
        for (Color paper : new Color[] {Color.WHITE, new Color(250, 245, 230)}) {
            BufferedImage sheet = drawn(stroke(7, 200, 0.1), 200, paper, new Color(90, 90, 90));
            BufferedImage margin = new BufferedImage(240, 240, BufferedImage.TYPE_INT_ARGB);
            Graphics2D g = margin.createGraphics();
            g.drawImage(sheet, 20, 20, null);
            g.dispose();
            assertEquals(7, read(OwnDigit.fromImage(margin)));
        }
    }

    @Test
    void nothingButTransparencyIsNoInk() {
        BufferedImage empty = new BufferedImage(50, 40, BufferedImage.TYPE_INT_ARGB);
        String message = assertThrows(IllegalArgumentException.class, () -> OwnDigit.fromImage(empty))
                .getMessage();
        assertTrue(message.startsWith("OwnDigit: there is no ink in this picture"), message);
    }
}
