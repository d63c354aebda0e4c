package cnnkit.plot.card;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The font of Chinese figures on every machine: the glyphs of Noto Sans SC that our sentences use, which {@code lab.py font}
 * has cut out. Its lines are as high as those of DejaVu Sans, so that a figure has one layout in both languages.
 */
final class HanFont {
    static final String RESOURCE = "/cnnkit/font/NotoSansSC-subset.ttf";
    private static final Font PLAIN = load();

    private HanFont() {}

    /** The same size and style. */
    static Font as(Font font) {
        return PLAIN.deriveFont(font.getStyle(), font.getSize2D());
    }

    private static Font load() {
        try (InputStream file = HanFont.class.getResourceAsStream(RESOURCE)) {
            return Font.createFont(Font.TRUETYPE_FONT, file);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", e);
        } catch (FontFormatException e) {
            throw new IllegalStateException(RESOURCE + " is no font", e);
        }
    }
}
