package cnnkit.data;

import static cnnkit.tensor.Check.fails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
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

    @Test
    void otherFilesAreRefused() throws IOException {
        Path text = file("note.png", "Not a picture, whatever its name says.".getBytes(StandardCharsets.UTF_8));
        String message = ": not a picture that can be read here: expected PNG, JPEG or GIF";
        fails(IOException.class, text + message, () -> PictureFile.read(text));
        Path empty = file("empty.png", new byte[0]);
        fails(IOException.class, empty + message, () -> PictureFile.read(empty));
        Path bmp = file("picture.bmp", encoded(photograph(4, 4), "bmp"));
        fails(IOException.class, bmp + message, () -> PictureFile.read(bmp));
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
    void aGifSoLowThatJavaLosesRowsIsRefused() throws IOException {
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
