package cnnkit.plot.image;

import cnnkit.plot.card.ColorScale;
import cnnkit.tensor.Text;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Small animated GIF files: one palette for all frames; each frame is cut to the rectangle that has changed, and inside it
 * what has not changed is transparent.
 *
 * <p>Of the 65 levels of a colour scale every fourth is kept: 17, zero among them. The most frequent colours stay as they
 * are, only blends at the rims of letters and lines move to the nearest colour that is there.
 */
public final class Gif {
    /** How many levels of a colour scale are kept. */
    public static final int LEVELS = 17;

    private static final int COLORS = 127; // in any case
    private static final String FORMAT = "javax_imageio_gif_image_1.0";

    private Gif() {}

    /**
     * Pictures as a file.
     *
     * @param frames at least one, all of one size
     * @param delays how long each stays, in milliseconds
     * @return the bytes of the file
     */
    public static byte[] encode(List<BufferedImage> frames, int[] delays) {
        int width = frames.get(0).getWidth(), height = frames.get(0).getHeight();
        List<int[]> pixels = frames.stream().map(Gif::pixels).toList();
        int[] palette = palette(pixels, width);
        IndexColorModel colors = colors(palette);
        Map<Integer, Byte> indices = new HashMap<>();

        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            byte[] before = null;
            for (int f = 0; f < pixels.size(); f++) {
                byte[] frame = new byte[width * height];
                for (int i = 0; i < frame.length; i++) {
                    frame[i] =
                            indices.computeIfAbsent(pixels.get(f)[i], color -> (byte) Palette.nearest(color, palette));
                }
                Box box = before == null ? new Box(0, 0, width, height) : changed(before, frame, width, height);
                BufferedImage image = cut(before, frame, width, box, colors, palette.length);
                writer.writeToSequence(
                        new IIOImage(image, null, metadata(writer, image, box, delays[f], palette.length, f == 0)),
                        null);
                before = frame;
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException(Text.error("memory does not fail"), e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The colours of a picture, with 17 levels of each scale. */
    private static int[] pixels(BufferedImage frame) {
        int[] pixels = frame.getRGB(0, 0, frame.getWidth(), frame.getHeight(), null, 0, frame.getWidth());
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = COARSE.getOrDefault(pixels[i], pixels[i]);
        }
        return pixels;
    }

    /** From each of the 65 levels to the nearest of the 17. */
    private static final Map<Integer, Integer> COARSE = coarse();

    private static Map<Integer, Integer> coarse() {
        int step = (ColorScale.LEVELS - 1) / (LEVELS - 1);
        Map<Integer, Integer> coarse = new HashMap<>();
        for (ColorScale scale : ColorScale.values()) {
            for (int level = 0; level < ColorScale.LEVELS; level++) {
                int near = Math.round((float) level / step) * step;
                coarse.put(scale.level(level).getRGB(), scale.level(near).getRGB());
            }
        }
        return coarse;
    }

    /** The colours of all frames that there is room for. */
    private static int[] palette(List<int[]> frames, int width) {
        int[] colours = new Palette(frames, width).colours(COLORS);
        return Arrays.copyOf(colours, Math.min(colours.length, Palette.MOST - 1)); // and one for what is transparent
    }

    /** The palette, and behind it the index of what is transparent. */
    private static IndexColorModel colors(int[] palette) {
        int size = palette.length + 1;
        byte[] red = new byte[size], green = new byte[size], blue = new byte[size];
        for (int i = 0; i < palette.length; i++) {
            red[i] = (byte) (palette[i] >> 16);
            green[i] = (byte) (palette[i] >> 8);
            blue[i] = (byte) palette[i];
        }
        return new IndexColorModel(8, size, red, green, blue, palette.length);
    }

    /** A part of the card, in pixels. */
    private record Box(int left, int top, int width, int height) {}

    /** The smallest box around what differs; one pixel if nothing does. */
    private static Box changed(byte[] before, byte[] now, int width, int height) {
        int left = width, right = -1, top = height, bottom = -1;
        for (int i = 0; i < now.length; i++) {
            if (before[i] != now[i]) {
                left = Math.min(left, i % width);
                right = Math.max(right, i % width);
                top = Math.min(top, i / width);
                bottom = i / width;
            }
        }
        return bottom < 0 ? new Box(0, 0, 1, 1) : new Box(left, top, right - left + 1, bottom - top + 1);
    }

    private static BufferedImage cut(
            byte[] before, byte[] now, int width, Box box, IndexColorModel colors, int transparent) {
        BufferedImage image = new BufferedImage(box.width(), box.height(), BufferedImage.TYPE_BYTE_INDEXED, colors);
        byte[] indices = new byte[box.width() * box.height()];
        for (int i = 0; i < indices.length; i++) {
            int at = (box.top() + i / box.width()) * width + box.left() + i % box.width();
            indices[i] = before != null && before[at] == now[at] ? (byte) transparent : now[at];
        }
        image.getRaster().setDataElements(0, 0, box.width(), box.height(), indices);
        return image;
    }

    private static IIOMetadata metadata(
            ImageWriter writer, BufferedImage image, Box box, int delay, int transparent, boolean first)
            throws IIOInvalidTreeException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
        IIOMetadataNode place = child(root, "ImageDescriptor");
        place.setAttribute("imageLeftPosition", Integer.toString(box.left()));
        place.setAttribute("imageTopPosition", Integer.toString(box.top()));
        IIOMetadataNode control = child(root, "GraphicControlExtension");
        control.setAttribute("disposalMethod", "doNotDispose"); // the next frame is painted over this one
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "TRUE");
        control.setAttribute("transparentColorIndex", Integer.toString(transparent));
        control.setAttribute("delayTime", Integer.toString(Math.round(delay / 10f))); // in hundredths of a second
        if (first) {
            IIOMetadataNode forever = new IIOMetadataNode("ApplicationExtension");
            forever.setAttribute("applicationID", "NETSCAPE");
            forever.setAttribute("authenticationCode", "2.0");
            forever.setUserObject(new byte[] {1, 0, 0}); // play again, without end
            child(root, "ApplicationExtensions").appendChild(forever);
        }
        metadata.setFromTree(FORMAT, root);
        return metadata;
    }

    /** The child of that name; a new one if there is none. */
    private static IIOMetadataNode child(IIOMetadataNode root, String name) {
        for (int i = 0; i < root.getLength(); i++) {
            if (root.item(i).getNodeName().equals(name)) {
                return (IIOMetadataNode) root.item(i);
            }
        }
        IIOMetadataNode child = new IIOMetadataNode(name);
        root.appendChild(child);
        return child;
    }
}
