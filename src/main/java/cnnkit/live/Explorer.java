package cnnkit.live;

import cnnkit.network.Network;
import cnnkit.notebook.Shown;
import cnnkit.plot.card.Numbers;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network opened up: all its layers with their maps for one image. Click on a value, and see the window that made it, the
 * numbers and the formula; go on to what it feeds, or back.
 * <pre>
 *     Explorer.of(network).image(mnist.test().images(0))
 * </pre>
 * as the last line of a cell. It is the learner's own network, as it is at the moment: after more training the same panel shows
 * other maps. A layer of the learner's own shows its maps, too; the window of a unit, if the layer says how it
 * {@link cnnkit.layer.Layer#sees}. The page gets maps and numbers, never all weights.
 */
public final class Explorer implements Shown {
    private static final int MOST_MAPS = 64; // of a layer that are shown at once

    private final Network network;
    private Tensor image; // (1, C, H, W), or (1, ...)

    private Explorer(Network network) {
        this.network = network;
    }

    /**
     * Opens a network.
     *
     * @param network any network; it is looked into, never changed
     * @return an explorer that needs an image
     */
    public static Explorer of(Network network) {
        return new Explorer(network);
    }

    /**
     * Chooses the image.
     *
     * @param x one input of the network, or a batch of one
     * @return this explorer
     * @throws ShapeException if it has another shape
     */
    public Explorer image(Tensor x) {
        int[] one = network.inputShape();
        int[] batch = new int[one.length + 1];
        batch[0] = 1;
        System.arraycopy(one, 0, batch, 1, one.length);
        if (!x.hasShape(one) && !x.hasShape(batch)) {
            throw new ShapeException(
                    Text.error("Explorer: expected one image %s but got %s", Shapes.text(one), Shapes.text(x.shape())));
        }
        image = x.copy().reshape(batch);
        return this;
    }

    private Opened opened() {
        if (image == null) {
            throw new IllegalStateException(Text.error("Explorer: no image yet: call image(x) first"));
        }
        return Opened.of(network, image);
    }

    /** The panel of this network and this image. */
    Panel panel() {
        Opened now = opened();
        String script = Script.of("elements.js", "maps.js", "explorer.js") + "\nreturn explorer(root, ask);";
        return Live.panel(new OpenedPicture(now, words(now)), script, this::answer);
    }

    /**
     * What a page gets for a question.
     *
     * @param question {@code what}: "open", or "unit" with sheet, map, row, column and, if wanted, channel
     * @return what to show
     */
    Map<String, Object> answer(Question question) {
        Opened now = opened();
        Map<String, Object> answer = question.text("what").equals("open") ? open(now) : unit(now, question);
        answer.put("state", now.state());
        return answer;
    }

    private static Map<String, Object> open(Opened now) {
        Map<String, Object> answer = new LinkedHashMap<>();
        List<Map<String, Object>> sheets = new ArrayList<>();
        for (MapSheet sheet : now.sheets()) {
            sheets.add(sheet.answer(MOST_MAPS));
        }
        answer.put("sheets", sheets);
        answer.put("scales", MapSheet.scales());
        answer.put("words", ExplorerWords.all());
        answer.put("said", said(now));
        MapSheet first = now.sheet(1);
        int strongest = first.strongest(), cells = first.height() * first.width();
        answer.put(
                "start",
                Map.of(
                        "sheet",
                        1,
                        "map",
                        strongest / cells,
                        "row",
                        strongest / first.width() % first.height(),
                        "column",
                        strongest % first.width()));
        return answer;
    }

    private static Map<String, Object> unit(Opened now, Question question) {
        int number = question.index("sheet", now.sheets().size());
        MapSheet sheet = now.sheet(number);
        int index = sheet.index(
                question.index("map", sheet.maps()),
                question.index("row", sheet.height()),
                question.index("column", sheet.width()));
        int channel = question.has("channel") ? question.index("channel", Integer.MAX_VALUE) : -1;
        return UnitStory.of(now, number, index, channel);
    }

    private static String said(Opened now) {
        MapSheet last = now.probabilities();
        int best = last.strongest();
        return Text.of("The network says %d, with probability %s", best, Numbers.text(last.values()[best]));
    }

    private static String words(Opened now) {
        List<String> layers = now.sheets().stream()
                .map(sheet -> sheet.name() + " " + sheet.size())
                .toList();
        return Text.of("A network opened up: %s. %s", String.join(", ", layers), said(now));
    }

    @Override
    public String html() {
        return panel().html();
    }

    /**
     * The layers in words.
     *
     * @return names, sizes, and what the network says
     */
    @Override
    public String toString() {
        return image == null ? "Explorer: " + Arrays.toString(network.inputShape()) : words(opened());
    }
}
