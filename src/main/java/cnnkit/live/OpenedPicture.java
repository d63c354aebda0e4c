package cnnkit.live;

import cnnkit.plot.Drawing;
import cnnkit.plot.Figure;
import cnnkit.plot.card.Letters;
import cnnkit.plot.card.Style;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** The still picture of an opened network: for each layer a line with its name, its size and its first maps. */
final class OpenedPicture implements Drawing {
    private static final int MARGIN = 12;
    private static final int NAMES = 150; // points for names and sizes
    private static final int MAP = 26; // points, a map's side
    private static final int GAP = 3;
    private static final int LINE = MAP + 10;
    private static final int MOST = (Style.WIDTH - NAMES - 2 * MARGIN) / (MAP + GAP); // maps of a line

    private final Opened opened;
    private final String alt;

    OpenedPicture(Opened opened, String alt) {
        this.opened = opened;
        this.alt = alt;
    }

    @Override
    public Figure figure() {
        int height = opened.sheets().size() * LINE + 2 * MARGIN;
        return Figure.draw(Style.WIDTH, height, Figure.MANY_COLORS, alt, g -> {
            for (int i = 0; i < opened.sheets().size(); i++) {
                paint(g, opened.sheet(i), MARGIN + i * LINE);
            }
        });
    }

    private static void paint(Graphics2D g, MapSheet sheet, int top) {
        Letters.left(g, sheet.name(), Style.BOLD, Style.INK, MARGIN, top);
        Letters.left(g, sheet.size(), Style.CELL, Style.FAINT, MARGIN, top + 15);
        List<BufferedImage> images = new ArrayList<>();
        for (int map = 0; map < Math.min(MOST, sheet.maps()); map++) {
            images.add(sheet.image(map));
        }
        double zoom = sheet.hasMaps() ? (double) MAP / sheet.height() : 8;
        int left = MARGIN + NAMES;
        for (BufferedImage image : images) {
            int w = (int) Math.round(image.getWidth() * zoom), h = (int) Math.round(image.getHeight() * zoom);
            g.drawImage(image, left, top, w, h, null);
            left += w + GAP;
        }
    }
}
