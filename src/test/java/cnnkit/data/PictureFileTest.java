package cnnkit.data;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.tensor.Text;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFileTest {
    private static final String SAVE_AGAIN = ": open it in a picture program and save it again";

    @TempDir
    Path folder;

    /** A picture of one colour per pixel, given row by row. */
    private static BufferedImage image(int type, int width, int... rgb) {
        BufferedImage image = new BufferedImage(width, rgb.length / width, type);
        for (int i = 0; i < rgb.length; i++) {
            image.setRGB(i % width, i / width, rgb[i]);
        }
        return image;
    }

    /** Grey, by its samples, as setRGB would convert them. */
    private static BufferedImage grey(int width, int... values) {
        BufferedImage image = new BufferedImage(width, values.length / width, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, width, values.length / width, values);
        return image;
    }

    /** A picture with soft shapes, as a camera would take it. */
    static BufferedImage photograph(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            int x = i % width, y = i / width;
            image.setRGB(x, y, new Color(255 * x / width, 255 * y / height, 255 * (x * y % 97) / 97).getRGB());
        }
        return image;
    }

    static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, format, bytes));
        return bytes.toByteArray();
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void greyPicturesComeBackByteForByte() throws IOException {
        int[] every = new int[256];
        Arrays.setAll(every, i -> i);
        Path png = file("grey.png", encoded(grey(32, every), "png"));
        assertArrayEquals(bytes(every), Samples.of(PictureFile.read(png), 1));
        byte[] colour = Samples.of(PictureFile.read(png), 3); // grey is red = green = blue
        for (int c = 0; c < 3; c++) {
            assertArrayEquals(bytes(every), Arrays.copyOfRange(colour, 256 * c, 256 * (c + 1)));
        }
    }

    @Test
    void colouredPicturesComeAsPlanesOfRedGreenAndBlue() throws IOException {
        int[] rgb = {0x102030, 0xff8001, 0x000000, 0xffffff};
        byte[] expected = bytes(0x10, 0xff, 0, 0xff, 0x20, 0x80, 0, 0xff, 0x30, 0x01, 0, 0xff);
        for (int type :
                new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_BGR}) {
            assertArrayEquals(expected, Samples.of(image(type, 2, rgb), 3), "type " + type);
        }
        Path png = file("colour.png", encoded(image(BufferedImage.TYPE_3BYTE_BGR, 2, rgb), "png"));
        assertArrayEquals(expected, Samples.of(PictureFile.read(png), 3));
        IndexColorModel colours = new IndexColorModel(8, 4, rgb, 0, false, -1, 0);
        BufferedImage palette = new BufferedImage(2, 6, BufferedImage.TYPE_BYTE_INDEXED, colours);
        palette.getRaster().setPixels(0, 0, 2, 2, new int[] {0, 1, 2, 3});
        Path gif = file("colour.gif", encoded(palette, "gif"));
        assertArrayEquals(expected, Samples.of(PictureFile.read(gif).getSubimage(0, 0, 2, 2), 3));
    }

    @Test
    void greyOfAColourIsItsBrightnessForTheEye() {
        int[] rgb = {0xff0000, 0x00ff00, 0x0000ff, 0xffffff};
        byte[] expected = bytes(76, 150, 29, 255); // 0.299, 0.587 and 0.114 of 255
        assertArrayEquals(expected, Samples.of(image(BufferedImage.TYPE_INT_RGB, 4, rgb), 1));
    }

    @Test
    void behindTransparentPixelsIsWhitePaper() throws IOException {
        int[] argb = {0x00000000, 0xff000000, 0x80000000, 0x80ff0000};
        byte[] expected = bytes(255, 0, 127, 255, 255, 0, 127, 127, 255, 0, 127, 127);
        for (int type :
                new int[] {BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_4BYTE_ABGR, BufferedImage.TYPE_INT_ARGB_PRE
                }) {
            assertArrayEquals(expected, Samples.of(image(type, 4, argb), 3), "type " + type);
        }
        Path png = file("transparent.png", encoded(image(BufferedImage.TYPE_INT_ARGB, 4, argb), "png"));
        assertArrayEquals(expected, Samples.of(PictureFile.read(png), 3));
    }

    @Test
    void sixteenBitsAndOneBitBecomeEight() throws IOException {
        BufferedImage deep = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 128 * 257, 65535});
        assertArrayEquals(bytes(0, 128, 255), Samples.of(PictureFile.read(file("16", encoded(deep, "png"))), 1));
        BufferedImage flat = image(BufferedImage.TYPE_BYTE_BINARY, 2, 0xffffff, 0);
        assertArrayEquals(bytes(255, 0), Samples.of(PictureFile.read(file("1", encoded(flat, "png"))), 1));
        BufferedImage few = image(BufferedImage.TYPE_USHORT_565_RGB, 2, 0xffffff, 0xff0000); // 5 or 6 bits a colour
        assertArrayEquals(bytes(255, 255, 255, 0, 255, 0), Samples.of(few, 3));
    }

    @Test
    void aJpegIsReadAsItsReaderDecodesIt() throws IOException {
        BufferedImage photograph = photograph(40, 30);
        byte[] read = Samples.of(PictureFile.read(file("photo.jpg", encoded(photograph, "jpg"))), 3);
        byte[] origin = Samples.of(photograph, 3);
        double difference = 0;
        for (int i = 0; i < 800; i++) { // the red and green of soft slopes, which JPEG keeps well
            difference += Math.abs((read[i] & 0xff) - (origin[i] & 0xff)) / 800.0;
        }
        assertTrue(difference < 20, "mean difference " + difference);
    }

    /** The JPEG file with a segment that says how the camera was held. */
    static byte[] held(byte[] jpeg, int code, ByteOrder order) {
        ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 2 * 12 + 4).order(order);
        tiff.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.ISO_8859_1));
        tiff.putShort((short) 42).putInt(8).putShort((short) 2);
        tiff.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(40); // another entry: the width
        tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) code);
        ByteBuffer all = ByteBuffer.allocate(jpeg.length + 4 + 6 + tiff.capacity());
        all.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) (2 + 6 + tiff.capacity()));
        all.put("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1)).put(tiff.array());
        return all.put(jpeg, 2, jpeg.length - 2).array();
    }

    @Test
    void aPhotographIsTurnedUprightAsTheCameraNotedIt() throws IOException {
        // A corner is white, the rest black. Where must the white corner be? (Table 6 of the EXIF standard.)
        BufferedImage sensor = new BufferedImage(32, 16, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 64; i++) {
            sensor.getRaster().setSample(i % 8, i / 8, 0, 255); // top left
        }
        byte[] jpeg = encoded(sensor, "jpg");
        String[] corners = {
            "",
            "top left",
            "top right",
            "bottom right",
            "bottom left",
            "top left",
            "top right",
            "bottom right",
            "bottom left"
        };
        for (int code = 1; code <= 8; code++) {
            for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                BufferedImage seen = PictureFile.read(file("held.jpg", held(jpeg, code, order)));
                assertEquals(code >= 5 ? 16 : 32, seen.getWidth(), "code " + code);
                assertEquals(code >= 5 ? 32 : 16, seen.getHeight(), "code " + code);
                byte[] values = Samples.of(seen, 1);
                int brightest = 0;
                for (int i = 0; i < values.length; i++) {
                    brightest = (values[i] & 0xff) > (values[brightest] & 0xff) ? i : brightest;
                }
                int x = brightest % seen.getWidth(), y = brightest / seen.getWidth();
                assertEquals(
                        corners[code],
                        (y < seen.getHeight() / 2 ? "top " : "bottom ") + (x < seen.getWidth() / 2 ? "left" : "right"),
                        "code " + code);
            }
        }
        for (int nonsense : new int[] {0, 9, 5000}) {
            BufferedImage seen = PictureFile.read(file("held.jpg", held(jpeg, nonsense, ByteOrder.BIG_ENDIAN)));
            assertEquals(32, seen.getWidth());
        }
    }

    /** The bytes with others put in. */
    private static byte[] with(byte[] bytes, int at, byte... more) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(bytes, at, longer, at + more.length, bytes.length - at);
        System.arraycopy(more, 0, longer, at, more.length);
        return longer;
    }

    /** Black, but for a white corner at the top left: it tells how the picture lies. */
    private static BufferedImage lying() {
        BufferedImage image = grey(32, new int[32 * 16]);
        image.getRaster().setSamples(0, 0, 8, 8, 0, filled(64, 255));
        return image;
    }

    private static int[] filled(int length, int value) {
        int[] values = new int[length];
        Arrays.fill(values, value);
        return values;
    }

    @Test
    void theNoteOfTheCameraIsFoundBehindFillBytesAndEmptyComments() throws IOException {
        byte[] held = held(encoded(lying(), "jpg"), 6, ByteOrder.BIG_ENDIAN);
        byte[] upright = Samples.of(PictureFile.read(file("held.jpg", held)), 1);
        byte[][] fillers = {
            bytes(0xff),
            bytes(0xff, 0xff, 0xff),
            bytes(0xff, 0xfe, 0, 2),
            bytes(0xff, 0xfe, 0, 4, 65, 66, 0xff, 0xfe, 0, 2)
        };
        for (byte[] filler : fillers) {
            BufferedImage seen = PictureFile.read(file("held.jpg", with(held, 2, filler)));
            assertEquals(16, seen.getWidth(), Arrays.toString(filler));
            assertArrayEquals(upright, Samples.of(seen, 1), Arrays.toString(filler));
        }
    }

    private static byte[] chunk(String name, byte[] content) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + content.length).putInt(content.length);
        chunk.put(name.getBytes(StandardCharsets.ISO_8859_1)).put(content);
        CRC32 sum = new CRC32();
        sum.update(chunk.array(), 4, 4 + content.length);
        return chunk.putInt((int) sum.getValue()).array();
    }

    @Test
    void aPngIsTurnedUprightAsItsNoteSays() throws IOException {
        byte[] jpeg = encoded(lying(), "jpg"), png = encoded(lying(), "png");
        for (int code = 1; code <= 8; code++) {
            for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                byte[] held = held(jpeg, code, order);
                byte[] exif = Arrays.copyOfRange(held, 12, 12 + held.length - jpeg.length - 10);
                Path file = file("held.png", with(png, 33, chunk("eXIf", exif))); // behind the header
                BufferedImage seen = PictureFile.read(file);
                BufferedImage expected = new Orientation(code).upright(lying());
                assertEquals(code >= 5 ? 16 : 32, seen.getWidth(), "code " + code);
                assertArrayEquals(Samples.of(expected, 1), Samples.of(seen, 1), "code " + code);
            }
        }
    }

    /** Cameras and old programs write such files; the JDK's reader takes their colours for red, green and blue. */
    @Test
    void aJpegWithoutJfifHasTheSameColours() throws IOException {
        byte[] jfif = encoded(photograph(16, 16), "jpg");
        int length = 2 + (ByteBuffer.wrap(jfif).getShort(4) & 0xffff);
        byte[] without = new byte[jfif.length - length];
        System.arraycopy(jfif, 0, without, 0, 2);
        System.arraycopy(jfif, 2 + length, without, 2, without.length - 2);
        byte[] expected = Samples.of(PictureFile.read(file("jfif.jpg", jfif)), 3);
        assertArrayEquals(expected, Samples.of(PictureFile.read(file("bare.jpg", without)), 3));
        String text = new String(without, StandardCharsets.ISO_8859_1);
        int frame = text.indexOf("\u00ff\u00c0"), scan = text.indexOf("\u00ff\u00da");
        for (int c = 0; c < 3; c++) { // components 0, 1, 2, not 1, 2, 3
            without[frame + 10 + 3 * c] = (byte) c;
            without[scan + 5 + 2 * c] = (byte) c;
        }
        assertArrayEquals(expected, Samples.of(PictureFile.read(file("ids.jpg", without)), 3));
    }

    @Test
    void bytesThatDoNotBelongToAPictureAreLeftOut() throws IOException {
        byte[] jpeg = encoded(photograph(40, 30), "jpg");
        byte[] expected = Samples.of(PictureFile.read(file("right.jpg", jpeg)), 3);
        for (int count : new int[] {1, 3, 120}) {
            byte[] more = new byte[count];
            Arrays.fill(more, (byte) 0x12);
            byte[] before = with(jpeg, jpeg.length - 2, more), behind = with(jpeg, jpeg.length, more);
            assertArrayEquals(expected, Samples.of(PictureFile.read(file("before.jpg", before)), 3), count + " before");
            assertArrayEquals(expected, Samples.of(PictureFile.read(file("behind.jpg", behind)), 3), count + " behind");
        }
    }

    /**
     * Made with Pillow: {@code Image.new("CMYK", (8, 8), (55, 175, 215, 0)).save("cmyk.jpg", quality=100)}: inks in
     * 1/255, of which each takes away from the white of the paper.
     */
    @Test
    void theFourColoursOfPrintersBecomeRedGreenAndBlue() throws IOException, URISyntaxException {
        Path file = Path.of(PictureFileTest.class.getResource("cmyk.jpg").toURI());
        byte[] samples = Samples.of(PictureFile.read(file), 3);
        int[] expected = {200, 80, 40};
        for (int i = 0; i < samples.length; i++) {
            assertEquals(
                    expected[i / 64], samples[i] & 0xff, 25, "sample " + i); // a printer's profile may differ a bit
        }
    }

    /** A GIF of 8x8 pixels in 4 colours, codes of 3 bits, so many clear codes after every second pixel. */
    private static byte[] gif(int[] pixels, int clears, int canvas, int corner) {
        BitSet bits = new BitSet();
        int length = 0;
        for (int i = 0; i <= pixels.length + (pixels.length / 2) * clears; i++) {
            int group = i / (clears + 2), place = i % (clears + 2);
            boolean last = i == pixels.length + (pixels.length / 2) * clears;
            int code = last ? 5 : place < clears ? 4 : pixels[2 * group + place - clears];
            for (int bit = 0; bit < 3; bit++) {
                bits.set(length++, (code >> bit & 1) == 1);
            }
        }
        byte[] data = Arrays.copyOf(bits.toByteArray(), (length + 7) / 8);
        ByteBuffer gif = ByteBuffer.allocate(100 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        gif.put("GIF89a".getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) canvas)
                .putShort((short) canvas);
        gif.put(bytes(0x81, 0, 0)); // a table of four colours follows
        gif.put(bytes(0, 0, 0, 85, 85, 85, 170, 170, 170, 255, 255, 255));
        gif.put((byte) ',')
                .putShort((short) corner)
                .putShort((short) corner)
                .putShort((short) 8)
                .putShort((short) 8);
        gif.put(bytes(0, 2));
        for (int at = 0; at < data.length; at += 50) {
            int piece = Math.min(50, data.length - at);
            gif.put((byte) piece).put(data, at, piece);
        }
        gif.put(bytes(0, ';'));
        return Arrays.copyOf(gif.array(), gif.position());
    }

    @Test
    void aGifMayHaveClearCodesInARow() throws IOException {
        int[] pixels = new Random(1).ints(64, 0, 4).toArray();
        byte[] expected = bytes(Arrays.stream(pixels).map(i -> 85 * i).toArray());
        for (int clears = 1; clears <= 4; clears++) {
            Path gif = file("clears.gif", gif(pixels, clears, 8, 0));
            assertArrayEquals(expected, Samples.of(PictureFile.read(gif), 1), clears + " clear codes");
        }
    }

    @Test
    void aGifIsAsLargeAsItsCanvasWithWhitePaperAroundASmallerPicture() throws IOException {
        BufferedImage seen = PictureFile.read(file("canvas.gif", gif(filled(64, 1), 1, 20, 5)));
        assertEquals(20, seen.getWidth());
        assertEquals(20, seen.getHeight());
        byte[] samples = Samples.of(seen, 1);
        for (int i = 0; i < 400; i++) {
            boolean inside = i / 20 >= 5 && i / 20 < 13 && i % 20 >= 5 && i % 20 < 13;
            assertEquals(inside ? 85 : 255, samples[i] & 0xff, "pixel " + i);
        }
    }

    @Test
    void ofAMovingGifTheFirstPictureIsRead() throws IOException {
        byte[] first = gif(filled(64, 1), 1, 8, 0), second = gif(filled(64, 2), 1, 8, 0);
        byte[] picture = Arrays.copyOfRange(second, 25, second.length - 1); // from its ',' on
        byte[] moving = with(first, first.length - 1, picture);
        assertArrayEquals(bytes(filled(64, 85)), Samples.of(PictureFile.read(file("moving.gif", moving)), 1));
    }

    /** A film may be long: nothing behind its first picture is decoded. */
    @Test
    void whatFollowsTheFirstPictureOfAGifIsNotLookedAt() throws IOException {
        byte[] first = gif(filled(64, 1), 1, 8, 0), second = gif(filled(64, 2), 1, 8, 0);
        byte[] hugeNext = with(first, first.length - 1, Arrays.copyOfRange(second, 25, second.length - 1));
        int next = first.length - 1;
        hugeNext[next + 6] = hugeNext[next + 8] = 127; // 32,520 pixels wide and high
        assertArrayEquals(bytes(filled(64, 85)), Samples.of(PictureFile.read(file("film.gif", hugeNext)), 1));
        byte[] cut = Arrays.copyOf(hugeNext, next + 12);
        assertArrayEquals(bytes(filled(64, 85)), Samples.of(PictureFile.read(file("cut.gif", cut)), 1));
    }

    /** Some readers say that the file is damaged when they mean that memory was short. */
    @Test
    void tooLittleMemoryIsNotTheFilesFault() throws IOException {
        Path file = file("large.png", encoded(photograph(4, 4), "png"));
        String message = file + ": the picture is too large for the memory that Java has, "
                + Text.of("%,d", Runtime.getRuntime().maxMemory() >> 20)
                + " MB: make it smaller, or start Java with more (-Xmx2g)";
        fails(
                IOException.class,
                message,
                () -> PictureFile.read(file, image -> {
                    throw new OutOfMemoryError("Java heap space");
                }));
        OutOfMemoryError cause = new OutOfMemoryError("Java heap space");
        assertSame(
                cause, assertThrows(OutOfMemoryError.class, () -> PictureFile.damaged(file, new IOException(cause))));
    }

    @Test
    void anInterruptedReadSaysSo() throws IOException {
        Path file = file("photo.png", encoded(photograph(40, 30), "png"));
        Thread.currentThread().interrupt();
        try {
            fails(
                    InterruptedIOException.class,
                    file + ": interrupted while the picture was read",
                    () -> PictureFile.read(file));
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path text = file("note.png", "Not a picture, whatever its name says.".getBytes(StandardCharsets.UTF_8));
        String message = ": not a picture that can be read here: expected PNG, JPEG or GIF";
        fails(IOException.class, text + message, () -> PictureFile.read(text));
        Path empty = file("empty.png", new byte[0]);
        fails(IOException.class, empty + message, () -> PictureFile.read(empty));
        Path bmp = file("picture.bmp", encoded(photograph(4, 4), "bmp"));
        fails(IOException.class, bmp + message + " but got BMP", () -> PictureFile.read(bmp));
        Path none = folder.resolve("none.png");
        fails(NoSuchFileException.class, none + ": there is no such picture", () -> PictureFile.read(none));
    }

    @Test
    void aPictureOfTooManyPixelsIsRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] gif = encoded(photograph(4, 4), "gif");
        int frame = new String(gif, StandardCharsets.ISO_8859_1).indexOf(','); // begins the description of the picture
        ByteBuffer.wrap(gif)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(frame + 5, (short) 60_000)
                .putShort(frame + 7, (short) 60_000);
        Path large = file("large.gif", gif);
        fails(
                IOException.class,
                large + ": 60,000 x 60,000 pixels are more than the 64,000,000 that are read: make the picture smaller",
                () -> PictureFile.read(large));
    }

    @Test
    void aGifSoLowThatRowsGetLostIsRefused() throws IOException {
        for (int height = 1; height < 20; height++) {
            int[] row = {70, 80, 90};
            int[] values = new int[3 * height];
            Arrays.setAll(values, i -> row[i % 3] + i / 3);
            Path gif = file("low.gif", encoded(grey(3, values), "gif"));
            if (height < 5) {
                fails(
                        IOException.class,
                        gif + ": a GIF of less than 5 rows may come back with rows missing: save it as PNG",
                        () -> PictureFile.read(gif));
            } else {
                assertArrayEquals(bytes(values), Samples.of(PictureFile.read(gif), 1), height + " rows");
            }
        }
    }

    @Test
    void everyBitOfAPngIsChecked() throws IOException {
        byte[] png = encoded(photograph(6, 5), "png");
        for (int at = 0; at < png.length; at++) {
            byte[] damaged = png.clone();
            damaged[at] ^= 4;
            Path file = file("damaged.png", damaged);
            String message = assertThrows(IOException.class, () -> PictureFile.read(file), "byte " + at)
                    .getMessage();
            assertTrue(message.startsWith(file + ": "), message);
        }
        byte[] header = png.clone();
        header[19] ^= 1; // in the width
        Path file = file("header.png", header);
        String message =
                assertThrows(IOException.class, () -> PictureFile.read(file)).getMessage();
        assertTrue(
                message.matches(
                        Pattern.quote(file.toString())
                                + ": damaged: the chunk at byte 8 has checksum [0-9a-f]{8}, expected [0-9a-f]{8}: copy the file again"),
                message);
    }

    @Test
    void aPictureThatWasCutShortIsRefusedWhereverItEnds() throws IOException {
        for (String format : new String[] {"png", "jpg", "gif"}) {
            byte[] whole = encoded(photograph(9, 7), format);
            PictureFile.read(file("whole", whole));
            for (int length = 0; length < whole.length - 1; length += length < 300 ? 7 : 1) {
                Path file = file("cut", Arrays.copyOf(whole, length));
                String context = format + " of " + length + " of " + whole.length + " bytes";
                String message = assertThrows(IOException.class, () -> PictureFile.read(file), context)
                        .getMessage();
                assertTrue(message.startsWith(file + ": "), context + ": " + message);
            }
        }
    }
}
