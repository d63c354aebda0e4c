package cnnkit.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.util.Arrays;
import java.util.List;

/** The colours and fonts that all figures share. The colours are those of Okabe and Ito, told apart by every eye. */
final class Style {
    /** No figure is wider, in points. */
    static final int WIDTH = 720;

    static final Color INK = new Color(0x222222);
    static final Color FAINT = new Color(0x767676);
    static final Color RULE = new Color(0xBBBBBB);
    static final Color GRID = new Color(0xE4E4E4);
    static final Color FAINT_GRID = new Color(0xF0F0F0);

    static final Color BLUE = new Color(0x0072B2);
    static final Color VERMILION = new Color(0xD55E00);
    static final Color GREEN = new Color(0x009E73);
    static final Color PURPLE = new Color(0xCC79A7);
    static final Color ORANGE = new Color(0xE69F00); // only to fill, never for text or thin lines
    static final Color SKY = new Color(0x56B4E9); // likewise
    static final Color PADDING = new Color(0xE9E9E9);

    /** For lines and dots, in the order of the series. */
    static final List<Color> LINES = List.of(BLUE, VERMILION, GREEN, PURPLE, INK);
    /** For bars, in the order of the series. */
    static final List<Color> FILLS = List.of(BLUE, ORANGE, GREEN, PURPLE, SKY);

    private static final String FAMILY = family();
    static final Font TITLE = new Font(FAMILY, Font.BOLD, 14);
    static final Font AXIS = new Font(FAMILY, Font.PLAIN, 12);
    static final Font CELL = new Font(FAMILY, Font.PLAIN, 11);

    static final BasicStroke HAIR = new BasicStroke(0.5f);

    private Style() {}

    private static String family() {
        String wanted = "DejaVu Sans";
        boolean there = Arrays.asList(
                        GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames())
                .contains(wanted);
        return there ? wanted : Font.SANS_SERIF;
    }
}
