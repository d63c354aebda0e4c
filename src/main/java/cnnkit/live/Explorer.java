package cnnkit.live;

import cnnkit.layer.Layer;
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
 * as the last line of a cell. With {@code beside} another image, or another network, is looked at along with it. It is the
 * learner's own network, as it is at the moment: after more training the same panel shows other maps. A layer of the learner's
 * own shows its maps, too; the window of a unit, if the layer says how it {@link cnnkit.layer.Layer#sees}. The page gets maps
 * and numbers, never all weights.
 */
public final class Explorer implements Shown {
    private static final int MOST_MAPS = 64; // of a layer that are shown at once

    private final Network network;
    private Tensor image; // (1, C, H, W), or (1, ...)
    private Network otherNetwork; // null: nothing is compared
    private Tensor otherImage;

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
        image = batchOfOne(x);
        return this;
    }

    /**
     * Compares with another image: all maps of this one, of the other one, or what the other one has more, in one scale of colours
     * for each pair of layers; of a value that is clicked all three.
     *
     * @param x one input of the network, or a batch of one
     * @return this explorer
     * @throws ShapeException if it has another shape
     */
    public Explorer beside(Tensor x) {
        otherImage = batchOfOne(x);
        return this;
    }

    /**
     * Compares with another network, for example with one that has not learned yet: all maps of this one, of the other one, or what
     * the other one has more, in one scale of colours for each pair of layers; of a value that is clicked all three.
     *
     * @param other a network whose layers give the same shapes
     * @return this explorer
     * @throws ShapeException if its input, its layers or their outputs have other shapes
     */
    public Explorer beside(Network other) {
        List<int[]> here = shapes(network), there = shapes(other);
        for (int i = 0; i < Math.max(here.size(), there.size()); i++) {
            String ours = i < here.size() ? Shapes.text(here.get(i)) : "-";
            String theirs = i < there.size() ? Shapes.text(there.get(i)) : "-";
            if (!ours.equals(theirs)) {
                throw new ShapeException(Text.error(
                        "Explorer: networks can be compared if their layers give the same shapes, but after %d layers one has %s, the other %s",
                        i, ours, theirs));
            }
        }
        otherNetwork = other;
        return this;
    }

    /** Of the input, and of what each layer gives. */
    private static List<int[]> shapes(Network network) {
        List<int[]> shapes = new ArrayList<>(List.of(network.inputShape()));
        for (Layer layer : network.layers().values()) {
            shapes.add(layer.outputShape(shapes.get(shapes.size() - 1)));
        }
        return shapes;
    }

    private Tensor batchOfOne(Tensor x) {
        int[] one = network.inputShape();
        int[] batch = new int[one.length + 1];
        batch[0] = 1;
        System.arraycopy(one, 0, batch, 1, one.length);
        if (!x.hasShape(one) && !x.hasShape(batch)) {
            throw new ShapeException(
                    Text.error("Explorer: expected one image %s but got %s", Shapes.text(one), Shapes.text(x.shape())));
        }
        return x.copy().reshape(batch);
    }

    private Opened opened() {
        if (image == null) {
            throw new IllegalStateException(Text.error("Explorer: no image yet: call image(x) first"));
        }
        return Opened.of(network, image);
    }

    private Views views() {
        Opened first = opened();
        if (otherNetwork == null && otherImage == null) {
            return Views.of(first);
        }
        Network compared = otherNetwork == null ? network : otherNetwork;
        return Views.of(first, Opened.of(compared, otherImage == null ? image : otherImage));
    }

    /** The panel of this network and this image. */
    Panel panel() {
        Opened now = opened();
        String script = Script.of("elements.js", "bytes.js", "maps.js", "in-sight.js", "explorer.js")
                + "\nreturn explorer(root, ask);";
        return Live.panel(new OpenedPicture(now, words(now)), script, this::answer);
    }

    /**
     * What a page gets for a question.
     *
     * @param question {@code what}: "open", or "unit" with sheet, map, row, column and, if wanted, channel; {@code view}, if two are
     *     compared: 0 the first, 1 the second, 2 the difference
     * @return what to show
     */
    Map<String, Object> answer(Question question) {
        Views views = views();
        int view = question.has("view") ? question.index("view", views.count()) : 0;
        Map<String, Object> answer =
                question.text("what").equals("open") ? open(views, view) : unit(views, view, question);
        answer.put("state", views.state());
        return answer;
    }

    private static Map<String, Object> open(Views views, int view) {
        Map<String, Object> answer = new LinkedHashMap<>();
        List<Map<String, Object>> sheets = new ArrayList<>();
        for (MapSheet sheet : views.sheets(view)) {
            sheets.add(sheet.answer(MOST_MAPS));
        }
        answer.put("sheets", sheets);
        answer.put("views", views.names());
        answer.put("scales", MapSheet.scales());
        answer.put("words", ExplorerWords.all());
        answer.put(
                "said",
                views.count() == 1
                        ? said(views.opened(0))
                        : Text.of("first: %s. second: %s", said(views.opened(0)), said(views.opened(1))));
        MapSheet first = views.sheets(view).get(1);
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

    private static Map<String, Object> unit(Views views, int view, Question question) {
        Opened now = views.opened(view);
        int number = question.index("sheet", now.sheets().size());
        MapSheet sheet = now.sheet(number);
        int index = sheet.index(
                question.index("map", sheet.maps()),
                question.index("row", sheet.height()),
                question.index("column", sheet.width()));
        int channel = question.has("channel") ? question.index("channel", Integer.MAX_VALUE) : -1;
        Map<String, Object> unit = UnitStory.of(now, number, index, channel);
        views.compare(unit, view, number, index);
        return unit;
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
        return Text.of("A network opened up: %s. %s", String.join(Text.of(", "), layers), said(now));
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
