package cnnkit.live;

import cnnkit.engine.Maximum;
import cnnkit.layer.Layer;
import cnnkit.plot.card.ColorScale;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of one layer for one image, as sheets of cells: (C, H, W) is C maps; a row of numbers is one map, broken into lines.
 * All maps of a layer share one scale, whose kind follows figures everywhere: pixels grey, what is never negative cividis, what
 * has both signs brown and green.
 */
final class MapSheet {
    /** The level of a value that is no finite number. */
    static final byte NOT_FINITE = ColorScale.LEVELS;
    /** The level of a cell that is padding, or no value at all. */
    static final byte NOTHING = ColorScale.LEVELS + 1;

    private static final int LINE = 50; // numbers of a row without height and width

    private final String name;
    private final String kind; // in words
    private final int[] shape;
    private final Tensor tensor;
    private final float[] values;
    private final int maps;
    private final int height;
    private final int width;
    private final ColorScale scale;
    private final Limits limits;

    MapSheet(String name, Layer.Kind layerKind, String kind, Tensor values) {
        this(name, kind, values, Limits.of(List.of(values)));
    }

    private MapSheet(String name, String kind, Tensor values, Limits all) {
        this.name = name;
        this.kind = kind;
        shape = values.shape();
        tensor = values;
        this.values = values.data();
        boolean image = shape.length == 3;
        maps = image ? shape[0] : 1;
        width = image ? shape[2] : Math.min(LINE, this.values.length);
        height = image ? shape[1] : (this.values.length + width - 1) / width;
        boolean pixels = kind.isEmpty() && image;
        scale = pixels ? ColorScale.GREY : all.min() >= 0 ? ColorScale.CIVIDIS : ColorScale.BROWN_GREEN;
        boolean signed = all.min() < 0;
        double most = pixels ? Math.max(1, all.max()) : all.max() > 0 ? all.max() : 1; // where all is 0, it is dark
        limits = signed ? all.centred() : new Limits(0, most);
    }

    /** The same values in the colours of a scale that holds those of another sheet, too. */
    MapSheet onScaleWith(MapSheet other) {
        return new MapSheet(name, kind, tensor, Limits.of(List.of(tensor, other.tensor)));
    }

    /**
     * How much more another sheet has, value by value; zero is in the middle of the scale.
     *
     * @param other of the same size
     */
    MapSheet upTo(MapSheet other) {
        Tensor difference = tensor.copy();
        for (int i = 0; i < values.length; i++) {
            difference.data()[i] = other.values[i] - values[i];
        }
        double most = Limits.of(List.of(difference)).size();
        double end = most == 0 ? 1 : most;
        return new MapSheet(name, Text.of("second − first"), difference, new Limits(-end, end));
    }

    String name() {
        return name;
    }

    /** The class of its layer; empty for the image and the probabilities. */
    String kind() {
        return kind;
    }

    float[] values() {
        return values;
    }

    int maps() {
        return maps;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    /** Whether it has maps, with rows and columns, rather than a row of numbers. */
    boolean hasMaps() {
        return shape.length == 3;
    }

    ColorScale scale() {
        return scale;
    }

    Limits limits() {
        return limits;
    }

    /** For example {@code 30 × 24 × 24}. */
    String size() {
        return Shapes.text(shape).replaceAll("[\\[\\]]", "").replace(", ", " × ");
    }

    /** Where a unit's value stands. */
    int index(int map, int row, int column) {
        int index = (map * height + row) * width + column;
        if (index >= values.length) {
            throw new IllegalArgumentException(Text.error(
                    "%s has %d values: there is none at row %d, column %d", name, values.length, row, column));
        }
        return index;
    }

    float at(int map, int row, int column) {
        return values[index(map, row, column)];
    }

    /** The largest value, as max pooling tells it: the first of several, and a NaN before all. */
    int strongest() {
        return Maximum.position(values, 0, values.length);
    }

    /** A unit in words, counted from 0. */
    String place(int index) {
        return hasMaps()
                ? Text.of(
                        "%s, map %d, row %d, column %d",
                        name, index / (height * width), index / width % height, index % width)
                : Text.of("%s, number %d", name, index);
    }

    /** One level of the scale for each cell of some maps; {@link #NOTHING} behind the last number of a row. */
    byte[] levels(int from, int to) {
        byte[] levels = new byte[(to - from) * height * width];
        Arrays.fill(levels, NOTHING);
        int first = from * height * width;
        for (int i = 0; i < levels.length && first + i < values.length; i++) {
            levels[i] = level(values[first + i], limits);
        }
        return levels;
    }

    /** The level of a value between limits. */
    static byte level(double value, Limits limits) {
        return Double.isFinite(value) ? (byte) ColorScale.step(value, limits, ColorScale.LEVELS - 1) : NOT_FINITE;
    }

    /** The scale in words: what its ends stand for. */
    String scaleText() {
        return text(limits);
    }

    /** The ends of a scale in words. */
    static String text(Limits limits) {
        return Numbers.text(limits.min()) + " … " + Numbers.text(limits.max());
    }

    /** The colours of each scale, three bytes each, and two more: what is no finite number, and what is no value. */
    static Map<String, Object> scales() {
        Map<String, Object> scales = new LinkedHashMap<>();
        for (ColorScale scale : ColorScale.values()) {
            byte[] colors = new byte[3 * (ColorScale.LEVELS + 2)];
            for (int level = 0; level < ColorScale.LEVELS + 2; level++) {
                Color color = color(scale, level);
                colors[3 * level] = (byte) color.getRed();
                colors[3 * level + 1] = (byte) color.getGreen();
                colors[3 * level + 2] = (byte) color.getBlue();
            }
            scales.put(scale.name(), colors);
        }
        return scales;
    }

    /** The colour of a level; behind the levels of the scale that of no finite number, and that of no value. */
    static Color color(ColorScale scale, int level) {
        return level < ColorScale.LEVELS ? scale.level(level) : level == NOT_FINITE ? Style.NOT_FINITE : Style.PADDING;
    }

    /** One map as a picture, a pixel a cell. */
    BufferedImage image(int map) {
        byte[] levels = levels(map, map + 1);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < levels.length; i++) {
            image.setRGB(i % width, i / width, color(scale, levels[i]).getRGB());
        }
        return image;
    }

    /** What a page needs to draw its first maps. */
    Map<String, Object> answer(int mostMaps) {
        int shown = Math.min(mostMaps, maps);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", name);
        answer.put("kind", kind);
        answer.put("size", size());
        answer.put("maps", maps);
        answer.put("shown", shown);
        answer.put("height", height);
        answer.put("width", width);
        answer.put("scale", scale.name());
        answer.put("limits", scaleText());
        answer.put("cells", levels(0, shown));
        return answer;
    }
}
