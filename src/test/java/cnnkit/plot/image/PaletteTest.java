package cnnkit.plot.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaletteTest {
    /** Many slanted lines of one pixel, each of another colour. */
    private static BufferedImage lines(int count) {
        BufferedImage image = new BufferedImage(600, 3 * count + 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        g.setStroke(new BasicStroke(2));
        for (int i = 0; i < count; i++) {
            g.setColor(color(i, count));
            g.drawLine(20, 20 + 3 * i, 580, 180 + 3 * i);
        }
        return image;
    }

    private static Color color(int i, int count) {
        return Color.getHSBColor((float) i / count, 0.9f, i % 2 == 0 ? 0.9f : 0.6f);
    }

    private static Set<Integer> colors(int count) {
        return IntStream.range(0, count).mapToObj(i -> color(i, count).getRGB()).collect(Collectors.toSet());
    }

    private static Set<Integer> colours(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return Arrays.stream(pixels).boxed().collect(Collectors.toSet());
    }

    private static Set<Integer> without(Set<Integer> all, Set<Integer> some) {
        Set<Integer> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 40, 120, 400})
    void thinLinesKeepTheirColoursInAPictureHoweverManyThereAre(int count) throws IOException {
        BufferedImage drawn = lines(count);
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(drawn, 32)));
        assertTrue(colours(drawn).containsAll(colors(count)), "each line has pixels of its own colour");
        assertEquals(Set.of(), without(colors(count), colours(read)), "colours that are lost");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 40, 120})
    void thinLinesKeepTheirColoursInAnAnimation(int count) throws IOException {
        byte[] gif = Gif.encode(List.of(lines(count)), new int[] {100});
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(gif));
        assertEquals(Set.of(), without(colors(count), colours(read)), "colours that are lost");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 40})
    void noColourMovesFar(int count) throws IOException {
        BufferedImage drawn = lines(count);
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(drawn, 32)));
        int farthest = 0;
        for (int y = 0; y < drawn.getHeight(); y++) {
            for (int x = 0; x < drawn.getWidth(); x++) {
                for (int shift = 0; shift <= 16; shift += 8) {
                    int difference = (drawn.getRGB(x, y) >> shift & 0xff) - (read.getRGB(x, y) >> shift & 0xff);
                    farthest = Math.max(farthest, Math.abs(difference));
                }
            }
        }
        assertTrue(farthest <= 48, farthest + " of 255");
        assertEquals(3, Png.encode(lines(5), 32)[25], "and five lines still have a palette");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 60})
    void linesOfNearlyOneColourStayApart(int count) throws IOException {
        BufferedImage image = new BufferedImage(400, 10 * count + 300, BufferedImage.TYPE_INT_RGB);
        Set<Integer> drawn = new HashSet<>();
        for (int i = 0; i < count; i++) {
            int color = new Color(200, 4 * i, 40).getRGB();
            drawn.add(color);
            for (int x = 50; x < 80 + i; x++) { // the first lines are the shortest
                image.setRGB(x, 10 * i, color);
            }
        }
        for (int i = 0; i < 32 * 300; i++) { // and there is much else, in many greys
            int grey = i % 64 * 4;
            image.setRGB(i % 300, 10 * count + i / 300, new Color(grey, grey, grey).getRGB());
        }
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(image, 32)));
        assertEquals(Set.of(), without(drawn, colours(read)), "colours that are lost");
    }
}
