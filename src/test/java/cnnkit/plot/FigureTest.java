package cnnkit.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.plot.card.ColorScale;
import cnnkit.tensor.Tensor;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureTest {
    private static final int COLOR_TYPE = 25; // the byte of a PNG file that tells whether it has a palette
    private static final byte PALETTE = 3;
    private static final byte RGB = 2;

    private static final Cells FILTERS = Cells.weights(Tensor.gaussian(new Random(1), 0.1, 30, 1, 5, 5));

    @Test
    void figuresAreSmallPngFilesWithAPalette() {
        byte[] png = FILTERS.title("W1").figure().png();
        assertEquals(PALETTE, png[COLOR_TYPE]);
        assertTrue(png.length < 10_000, png.length + " bytes");
    }

    @Test
    void aConfusionMatrixOfTenClassesStaysUnderThirtyKilobytes() {
        int[][] counts = new int[10][10];
        Random random = new Random(1);
        for (int i = 0; i < 10; i++) {
            for (int j = 0; j < 10; j++) {
                counts[i][j] = i == j ? 900 + random.nextInt(200) : random.nextInt(30);
            }
        }
        byte[] png = Cells.confusion(counts).figure().png();
        assertTrue(png.length < 30_000, png.length + " bytes");
    }

    @Test
    void everyColourOfAScaleSurvivesThePalette() throws IOException {
        Tensor levels = Tensor.range(1, ColorScale.LEVELS);
        BufferedImage read = read(Cells.counts(levels).figure().png());
        for (int level = 0; level < ColorScale.LEVELS; level++) {
            assertTrue(Pixels.box(read, ColorScale.CIVIDIS.level(level)) != null, "level " + level);
        }
    }

    @Test
    void aPhotographKeepsItsColours() throws IOException {
        BufferedImage photograph = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int i = 0; i < 64 * 64; i++) {
            photograph.setRGB(i % 64, i / 64, random.nextInt(1 << 24));
        }
        byte[] png = Figure.of(photograph, "noise").png();
        assertEquals(RGB, png[COLOR_TYPE]);
        assertEquals(photograph.getRGB(5, 7), read(png).getRGB(5, 7));
    }

    @Test
    void whatIsTransparentBecomesWhite() {
        BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
        Figure figure = Figure.of(picture, "nothing");
        assertEquals(Color.WHITE.getRGB(), figure.image().getRGB(1, 1));
        assertEquals(3, figure.width());
        assertEquals(2, figure.height());
    }

    @Test
    void drawnFiguresHaveTwoPixelsPerPoint() {
        Figure figure = FILTERS.figure();
        assertEquals(2 * figure.width(), figure.image().getWidth());
        assertEquals(2 * figure.height(), figure.image().getHeight());
    }

    @Test
    void theWordsStayWithTheFigure() {
        Figure figure = FILTERS.figure().alt("edges have appeared");
        assertEquals("edges have appeared", figure.alt());
        assertEquals("edges have appeared", figure.toString());
        assertArrayEquals(FILTERS.figure().png(), figure.png());
    }

    @Test
    void theSavedFileIsThePicture(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("filters.png");
        FILTERS.figure().save(file);
        assertEquals(
                FILTERS.figure().image().getWidth(), ImageIO.read(file.toFile()).getWidth());
        assertArrayEquals(FILTERS.figure().png(), Files.readAllBytes(file));
    }

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
