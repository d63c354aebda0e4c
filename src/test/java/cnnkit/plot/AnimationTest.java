package cnnkit.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.plot.card.ColorScale;
import cnnkit.plot.card.Style;
import cnnkit.plot.image.Gif;
import cnnkit.tensor.Tensor;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnimationTest {
    private static final Tensor X =
            Tensor.range(6, 6).map(value -> value / 35).map(v -> Math.rint(10 * v) / 10); // one decimal each

    /** A window of 3 x 3 that visits the 16 places of a 6 x 6 picture. */
    private static Cells frame(int step) {
        return Cells.pixels(X).numbers(1).markWindow(step / 4, step % 4, 3, 3);
    }

    private static Animation sixteen() {
        return Animation.of(
                IntStream.range(0, 16).mapToObj(AnimationTest::frame).toList(), "sixteen places");
    }

    /** What a browser does: paints frame after frame on one card. */
    private static List<BufferedImage> played(byte[] gif, List<IIOMetadataNode> controls) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        List<BufferedImage> shown = new ArrayList<>();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(gif))) {
            reader.setInput(in);
            BufferedImage card = null;
            for (int i = 0; i < reader.getNumImages(true); i++) {
                BufferedImage part = reader.read(i);
                var root = (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
                var place = (IIOMetadataNode)
                        root.getElementsByTagName("ImageDescriptor").item(0);
                controls.add((IIOMetadataNode)
                        root.getElementsByTagName("GraphicControlExtension").item(0));
                if (card == null) {
                    card = new BufferedImage(part.getWidth(), part.getHeight(), BufferedImage.TYPE_INT_RGB);
                }
                card.createGraphics()
                        .drawImage(
                                part,
                                Integer.parseInt(place.getAttribute("imageLeftPosition")),
                                Integer.parseInt(place.getAttribute("imageTopPosition")),
                                null);
                BufferedImage copy = new BufferedImage(card.getWidth(), card.getHeight(), BufferedImage.TYPE_INT_RGB);
                copy.createGraphics().drawImage(card, 0, 0, null);
                shown.add(copy);
            }
        }
        return shown;
    }

    @Test
    void everyFrameIsShownAsItWasDrawn() throws IOException {
        Animation animation = sixteen();
        List<BufferedImage> shown = played(animation.gif(), new ArrayList<>());
        assertEquals(16, shown.size());
        for (int f = 0; f < 16; f++) {
            BufferedImage drawn = animation.frames().get(f).image();
            assertEquals(drawn.getWidth(), shown.get(f).getWidth());
            assertTrue(largestDifference(drawn, shown.get(f)) <= 40, "frame " + f);
        }
    }

    /** The largest difference of a colour's red, green or blue, of 255. */
    private static int largestDifference(BufferedImage a, BufferedImage b) {
        int largest = 0;
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                for (int shift = 0; shift <= 16; shift += 8) {
                    int difference = (a.getRGB(x, y) >> shift & 0xff) - (b.getRGB(x, y) >> shift & 0xff);
                    largest = Math.max(largest, Math.abs(difference));
                }
            }
        }
        return largest;
    }

    @Test
    void zeroOfAScaleKeepsItsColour() throws IOException {
        Tensor levels = Tensor.range(1, ColorScale.LEVELS).map(level -> level - 32);
        BufferedImage shown = played(
                        Animation.of(List.of(Cells.weights(levels).cellSize(8)), "all levels")
                                .gif(),
                        new ArrayList<>())
                .get(0);
        Set<Integer> cells = new HashSet<>();
        for (int level = 0; level < ColorScale.LEVELS; level++) {
            Rectangle place = Cells.weights(levels).cellSize(8).place(0);
            int x = 2 * (place.x + 8 * level + 4), y = 2 * (place.y + 4);
            cells.add(shown.getRGB(x, y));
            if (level == 32) {
                assertEquals(0xFFFFFFFF, shown.getRGB(x, y));
            }
        }
        assertEquals(Gif.LEVELS, cells.size());
    }

    @Test
    void theFirstAndTheLastFrameStayLonger() throws IOException {
        List<IIOMetadataNode> controls = new ArrayList<>();
        played(sixteen().gif(), controls);
        assertEquals("120", controls.get(0).getAttribute("delayTime"));
        assertEquals("60", controls.get(1).getAttribute("delayTime"));
        assertEquals("250", controls.get(15).getAttribute("delayTime"));
        controls.clear();
        played(sixteen().delays(500, 100, 900).gif(), controls);
        assertEquals("50", controls.get(0).getAttribute("delayTime"));
        assertEquals("10", controls.get(14).getAttribute("delayTime"));
        assertEquals("90", controls.get(15).getAttribute("delayTime"));
    }

    @Test
    void itPlaysWithoutEnd() {
        String file = new String(sixteen().gif(), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertTrue(file.startsWith("GIF89a"));
        assertEquals(1, file.split("NETSCAPE2\\.0\u0003\u0001\u0000\u0000\u0000", -1).length - 1);
    }

    @Test
    void onlyWhatChangesIsStored() {
        int one = Animation.of(List.of(frame(0)), "one place").gif().length;
        int sixteen = sixteen().gif().length;
        assertTrue(sixteen < 4 * one, sixteen + " bytes for sixteen frames, " + one + " for one");
        assertTrue(sixteen < 45_000, sixteen + " bytes");
    }

    @Test
    void framesThatDoNotChangeAreNoError() throws IOException {
        List<BufferedImage> shown =
                played(Animation.of(List.of(frame(0), frame(0)), "rest").gif(), new ArrayList<>());
        assertEquals(0, largestDifference(shown.get(0), shown.get(1)));
    }

    @Test
    void aStripShowsTheFirstTheLastAndTwoBetween() {
        Animation animation = sixteen();
        Figure strip = animation.strip();
        int across = strip.width() / animation.width();
        assertTrue(strip.width() <= Style.WIDTH);
        assertEquals(2, across, "of three that fit, two: every row is full");
        assertEquals(2, strip.height() / animation.height());
        BufferedImage last = animation.frames().get(15).image();
        BufferedImage corner = strip.image()
                .getSubimage(
                        2 * (strip.width() - animation.width()),
                        2 * (strip.height() - animation.height()),
                        last.getWidth(),
                        last.getHeight());
        assertEquals(0, largestDifference(last, corner));
        assertEquals("4 of 16 frames: sixteen places", strip.alt());
    }

    @Test
    void theSavedFileIsTheAnimation(@TempDir Path folder) throws IOException {
        sixteen().save(folder.resolve("window.gif"));
        assertArrayEquals(sixteen().gif(), Files.readAllBytes(folder.resolve("window.gif")));
    }

    @Test
    void framesOfSeveralSizesAreRefused() {
        Cells other = Cells.pixels(Tensor.zeros(3, 3)).cellSize(10);
        var error = assertThrows(
                IllegalArgumentException.class, () -> Animation.of(List.of(frame(0), frame(1), other), ""));
        Figure start = frame(0).figure();
        assertEquals(
                "Animation: all frames must be of one size, but frame 0 has %d x %d points and frame 2 has %d x %d"
                        .formatted(
                                start.width(),
                                start.height(),
                                other.figure().width(),
                                other.figure().height()),
                error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Animation.of(List.of(), ""));
        assertThrows(IllegalArgumentException.class, () -> sixteen().delays(100, 10, 100));
    }

    @Test
    void whatIsNotANumberStaysMagentaInEveryFrameUntilItIsOne() throws IOException {
        List<Cells> frames = IntStream.range(0, 3)
                .mapToObj(step -> {
                    Tensor soFar = Tensor.filled(Float.NaN, 1, 2);
                    IntStream.range(0, step).forEach(place -> soFar.set(place, 0, place));
                    return Cells.pixels(soFar).numbers().cellSize(24).withoutScale();
                })
                .toList();
        List<BufferedImage> shown =
                played(Animation.of(frames, "computed one by one").gif(), new ArrayList<>());
        long[] magenta = shown.stream()
                .mapToLong(image -> Arrays.stream(
                                image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                        .filter(pixel -> pixel == Style.NOT_FINITE.getRGB())
                        .count())
                .toArray();
        assertTrue(
                magenta[0] > 24 * 24 && magenta[1] > 24 * 24 / 2 && magenta[1] < magenta[0], Arrays.toString(magenta));
        assertEquals(0, magenta[2]);
    }
}
