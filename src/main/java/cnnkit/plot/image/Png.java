package cnnkit.plot.image;

import cnnkit.tensor.Text;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Small PNG files: one byte per pixel, an index into a palette, because notebooks are committed with their pictures.
 *
 * <p>The palette holds the most frequent colours as they are, and every colour of a line, however thin; only the rare
 * blends at the rims of letters and lines move to the nearest colour that is there. Where a palette has not enough room,
 * the file is larger and keeps all.
 */
public final class Png {
    /** If the palette leaves out more than this share of the pixels, the picture is a photograph and keeps its colours. */
    private static final double TOO_MANY = 0.10;

    private static final int FEWEST = 32; // of the most frequent ones: with less room for blends letters would suffer

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private Png() {}

    /**
     * A picture as a file.
     *
     * @param image opaque
     * @param colours that the palette has in any case, if the picture has so many; at most 256
     * @return the bytes of the file
     */
    public static byte[] encode(BufferedImage image, int colours) {
        int width = image.getWidth(), height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        Palette palette = new Palette(List.of(pixels), width);
        boolean photograph = pixels.length - palette.kept(colours) > TOO_MANY * pixels.length;
        for (int most = colours; !photograph && most >= FEWEST; ) {
            int[] found = palette.colours(most);
            if (found.length <= Palette.MOST) {
                return indexed(width, height, pixels, found);
            }
            most -= found.length - Palette.MOST; // fewer blends make room
        }
        return inTrueColour(image);
    }

    /**
     * Written here, since the writer of the JDK filters the rows of indices, too, which makes such files a sixth larger
     * (PNG specification, section 12.7: a palette is best left unfiltered).
     */
    private static byte[] indexed(int width, int height, int[] pixels, int... colours) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) 8).put((byte) 3); // eight bits, a palette; deflated, no filter of its own, not interlaced
        ByteBuffer table = ByteBuffer.allocate(3 * colours.length);
        for (int colour : colours) {
            table.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
        }
        ByteBuffer rows = ByteBuffer.allocate(height * (width + 1));
        Map<Integer, Integer> nearest = new HashMap<>();
        int index = 0;
        for (int y = 0, i = 0; y < height; y++) {
            rows.put((byte) 0); // this row is not filtered
            for (int x = 0; x < width; x++, i++) {
                if (i == 0 || pixels[i] != pixels[i - 1]) { // most pixels are like the one before
                    index = nearest.computeIfAbsent(pixels[i], colour -> Palette.nearest(colour, colours));
                }
                rows.put((byte) index);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(SIGNATURE);
        chunk("IHDR", header.array(), bytes);
        chunk("PLTE", table.array(), bytes);
        chunk("IDAT", deflated(rows.array()), bytes);
        chunk("IEND", new byte[0], bytes);
        return bytes.toByteArray();
    }

    /** Length, name, content, checksum of name and content. */
    private static void chunk(String name, byte[] content, ByteArrayOutputStream to) {
        byte[] named = ByteBuffer.allocate(4 + content.length)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
        CRC32 sum = new CRC32();
        sum.update(named);
        to.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        to.writeBytes(named);
        to.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 13];
        while (!deflater.finished()) {
            bytes.write(piece, 0, deflater.deflate(piece));
        }
        deflater.end();
        return bytes.toByteArray();
    }

    private static byte[] inTrueColour(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam smallest = writer.getDefaultWriteParam();
        smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        smallest.setCompressionQuality(0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), smallest);
        } catch (IOException e) {
            throw new UncheckedIOException(Text.error("memory does not fail"), e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
