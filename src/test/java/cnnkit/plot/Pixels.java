package cnnkit.plot;

import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;

/** Looks for colours in a drawn picture. */
public final class Pixels {
    private Pixels() {}

    /** The smallest rectangle around all pixels of exactly this colour, in pixels; null if there are none. */
    public static Rectangle box(BufferedImage image, Color color) {
        Rectangle box = null;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (image.getRGB(x, y) == color.getRGB()) {
                    Rectangle pixel = new Rectangle(x, y, 1, 1);
                    box = box == null ? pixel : box.union(pixel);
                }
            }
        }
        return box;
    }

    /** How many pixels of the rectangle are nearly black. */
    public static long dark(BufferedImage image, Rectangle where) {
        long dark = 0;
        for (int y = where.y; y < where.y + where.height; y++) {
            for (int x = where.x; x < where.x + where.width; x++) {
                Color color = new Color(image.getRGB(x, y));
                dark += color.getRed() + color.getGreen() + color.getBlue() < 200 ? 1 : 0;
            }
        }
        return dark;
    }
}
