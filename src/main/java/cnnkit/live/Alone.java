package cnnkit.live;

import cnnkit.notebook.Html;
import cnnkit.plot.Figure;
import cnnkit.plot.card.ColorScale;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A panel that needs no kernel: script, style and numbers stand in the output, beside the still picture. It is alive wherever
 * scripts run, in an exported page, too; elsewhere the picture stays.
 */
final class Alone {
    /** The colours of pixels; scripts mix those between. */
    private static final List<String> GREY = List.of("#000000", "#ffffff");

    private static final int STEPS = 8; // from the first colour of a scale to the last

    private Alone() {}

    /** A picture that a script may replace, and the sentence that says how. */
    static String still(Figure still) {
        String invitation = Text.of("Run this cell, and the picture answers.");
        return Html.image(still) + "<div style=\"font-size: 90%\">" + invitation + "</div>";
    }

    /**
     * A panel.
     *
     * @param still its picture
     * @param function of the last of the scripts: fills an element with what the data say
     * @param data maps, lists, tensors, texts and numbers
     * @param files scripts, lowest first, and style sheets beside those of all panels
     */
    static String html(Figure still, String function, Map<String, ?> data, String... files) {
        String[] scripts = only(".js", Stream.of(files));
        String style = Script.literal(
                Script.packedStyle(only(".css", Stream.concat(Stream.of("live.css", "grid.css"), Stream.of(files)))));
        String fill = "root=>" + function + "(root," + Script.literal(data) + ")";
        return "<div class=\"cnnkit-live\">" + still(still) + "</div>\n<script>(()=>{"
                + Script.packed("keys.js", "alone.js", "elements.js") + " " + Script.packed(scripts)
                + " alone(document.currentScript.previousElementSibling," + fill + "," + style + ")})()</script>";
    }

    private static String[] only(String kind, Stream<String> files) {
        return files.filter(file -> file.endsWith(kind)).toArray(String[]::new);
    }

    /** Rows of numbers for a script. */
    static Map<String, Object> matrix(Tensor values) {
        return Map.of("height", values.size(0), "width", values.size(1), "values", values);
    }

    /** Some colours of a scale, from its lowest to its highest, as figures use them. */
    static List<String> colors(ColorScale scale) {
        return IntStream.rangeClosed(0, STEPS)
                .mapToObj(step -> scale.level(step * (ColorScale.LEVELS - 1) / STEPS))
                .map(Alone::hex)
                .toList();
    }

    /** The colours of what a convolution shows, by their names in its scripts. */
    static Map<String, ?> colorsOfConvolution() {
        return Map.of("pixels", GREY, "weights", colors(ColorScale.BLUE_RED), "signed", colors(ColorScale.BROWN_GREEN));
    }

    private static String hex(Color color) {
        return Text.of("#%06x", color.getRGB() & 0xFFFFFF);
    }
}
