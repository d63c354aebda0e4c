package cnnkit.plot.card;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.util.Arrays;
import java.util.List;

/** The colours and fonts that all figures share. The colours are those of Okabe and Ito, told apart by every eye. */
public final class Style {
    /** No figure is wider, in points. */
    public static final int WIDTH = 720;

    /** Text, and lines that matter. */
    public static final Color INK = new Color(0x222222);
    /** Text and lines that matter less. */
    public static final Color FAINT = new Color(0x767676);
    /** Frames and axes. */
    public static final Color RULE = new Color(0xBBBBBB);
    /** Lines behind a chart. */
    public static final Color GRID = new Color(0xE4E4E4);
    /** The same where there are many of them. */
    public static final Color FAINT_GRID = new Color(0xF0F0F0);

    /** The first series. */
    public static final Color BLUE = new Color(0x0072B2);
    /** The second series, and what is followed. */
    public static final Color VERMILION = new Color(0xD55E00);
    /** The third series. */
    public static final Color GREEN = new Color(0x009E73);
    /** The fourth series. */
    public static final Color PURPLE = new Color(0xCC79A7);
    /** What is picked out: only to fill, never for text or thin lines. */
    public static final Color ORANGE = new Color(0xE69F00);
    /** A light blue: only to fill. */
    public static final Color SKY = new Color(0x56B4E9);
    /** What is no pixel, or takes no part in the colours. */
    public static final Color PADDING = new Color(0xE9E9E9);

    /** For lines and dots, in the order of the series. */
    public static final List<Color> LINES = List.of(BLUE, VERMILION, GREEN, PURPLE, INK);
    /** For bars, in the order of the series. */
    public static final List<Color> FILLS = List.of(BLUE, ORANGE, GREEN, PURPLE, SKY);

    /** A value that is no finite number: a colour that no scale has. */
    public static final Color NOT_FINITE = new Color(0xE619E6);

    private static final String FAMILY = family();
    /** Titles. */
    public static final Font TITLE = new Font(FAMILY, Font.BOLD, 14);
    /** Labels and names. */
    public static final Font AXIS = new Font(FAMILY, Font.PLAIN, 12);
    /** Numbers, captions and notes. */
    public static final Font CELL = new Font(FAMILY, Font.PLAIN, 11);
    /** Names of panels. */
    public static final Font BOLD = AXIS.deriveFont(Font.BOLD);

    /** The thinnest line. */
    public static final BasicStroke HAIR = new BasicStroke(0.5f);

    private Style() {}

    private static String family() {
        String wanted = "DejaVu Sans";
        boolean there = Arrays.asList(
                        GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames())
                .contains(wanted);
        return there ? wanted : Font.SANS_SERIF;
    }
}
