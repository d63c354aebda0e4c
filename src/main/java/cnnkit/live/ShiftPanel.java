package cnnkit.live;

import cnnkit.im2col.Window;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.Layer;
import cnnkit.layer.MaxPooling;
import cnnkit.network.Network;
import cnnkit.notebook.Shown;
import cnnkit.plot.Cells;
import cnnkit.plot.Drawing;
import cnnkit.plot.Gallery;
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
 * An image to shift by hand (section 7.3): what becomes of its pixels, of the maximum and of the average of 2 x 2, how much
 * each has changed, and what a network says about the shifted image.
 * <pre>
 *     ShiftPanel.of(network, image)
 * </pre>
 * as the last line of a cell. It is the network as it is at the moment, asked through the kernel.
 */
public final class ShiftPanel implements Shown {
    /** How far one can shift, in pixels, in each direction. */
    static final int FARTHEST = 6;

    private static final int MOST_MAPS = 4; // of a layer
    private static final Window HALVES = Window.of(2).stride(2);

    private final Network network;
    private final Tensor image; // (1, 1, H, W)

    private ShiftPanel(Network network, Tensor image) {
        this.network = network;
        this.image = image;
    }

    /**
     * Takes a network, and an image to shift.
     *
     * @param network for images of one channel, of even height and width
     * @param image one input of the network, [1, H, W], or a batch of one
     * @return a panel
     * @throws ShapeException if the image has another shape, or its height or width is odd
     */
    public static ShiftPanel of(Network network, Tensor image) {
        int[] shape = network.inputShape();
        boolean isPlane = shape.length == 3 && shape[0] == 1 && shape[1] % 2 == 0 && shape[2] % 2 == 0;
        if (!isPlane) {
            throw new ShapeException(Text.error(
                    "ShiftPanel: expected a network for [1, H, W], H and W even, but this one takes %s",
                    Shapes.text(shape)));
        }
        if (!image.hasShape(shape) && !image.hasShape(1, 1, shape[1], shape[2])) {
            throw new ShapeException(Text.error(
                    "ShiftPanel: expected one image %s but got %s", Shapes.text(shape), Shapes.text(image.shape())));
        }
        return new ShiftPanel(network, image.copy().reshape(1, 1, shape[1], shape[2]));
    }

    private Panel panel() {
        String script =
                Script.of("elements.js", "grid.js", "sliders.js", "bytes.js", "maps.js", "bars.js", "shift-panel.js")
                        + "\nreturn shiftPanel(root, ask);";
        return Live.panel(still(), script, this::answer);
    }

    /**
     * What a page gets for a question.
     *
     * @param question {@code what}: "open", or "shift" with down and right, from 0 to 12: 6 is no shift
     * @return what to show
     */
    Map<String, Object> answer(Question question) {
        return switch (question.text("what")) {
            case "open" -> Map.of("farthest", FARTHEST, "scales", MapSheet.scales(), "words", words());
            case "shift" ->
                shifted(
                        question.index("down", 2 * FARTHEST + 1) - FARTHEST,
                        question.index("right", 2 * FARTHEST + 1) - FARTHEST);
            default -> throw new IllegalArgumentException(Text.error("the page asked for nothing that a shift knows"));
        };
    }

    private Map<String, Object> shifted(int down, int right) {
        Opened before = Opened.of(network, image), after = Opened.of(network, moved(down, right));
        List<Map<String, Object>> views = new ArrayList<>();
        addViews(views, "", before.sheet(0), after.sheet(0));
        for (int i = 1; i < after.sheets().size() - 1; i++) {
            Layer next = after.layerOf(i + 1);
            if (next != null && next.kind() == Layer.Kind.POOLING && isEven(after.sheet(i))) {
                addViews(views, after.sheet(i).name(), before.sheet(i), after.sheet(i));
                break;
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("views", views);
        new Scores(after.probabilities().values()).addTo(answer);
        return answer;
    }

    private static boolean isEven(MapSheet sheet) {
        return sheet.hasMaps() && sheet.height() % 2 == 0 && sheet.width() % 2 == 0;
    }

    /** The first maps of a layer as they are, and pooled in both ways. */
    private static void addViews(List<Map<String, Object>> views, String layer, MapSheet before, MapSheet after) {
        Tensor from = firstMaps(before), to = firstMaps(after);
        String asItIs = after.maps() > MOST_MAPS ? Text.of("%s, its first %d maps", layer, MOST_MAPS) : layer;
        views.add(view(layer.isEmpty() ? Text.of("the image") : asItIs, from, to));
        Map<String, Layer> poolings = new LinkedHashMap<>();
        poolings.put(Text.of("maximum of 2 × 2"), new MaxPooling(HALVES));
        poolings.put(Text.of("average of 2 × 2"), new AveragePooling(HALVES));
        poolings.forEach((name, pooling) -> {
            String of = layer.isEmpty() ? name : Text.of("%s, then %s", layer, name);
            views.add(view(of, pooled(pooling, from), pooled(pooling, to)));
        });
    }

    private static Tensor firstMaps(MapSheet sheet) {
        int count = Math.min(sheet.maps(), MOST_MAPS), cells = sheet.height() * sheet.width();
        return Tensor.of(Arrays.copyOf(sheet.values(), count * cells), 1, count, sheet.height(), sheet.width());
    }

    private static Tensor pooled(Layer pooling, Tensor x) {
        return pooling.forward(x).copy();
    }

    private static Map<String, Object> view(String name, Tensor before, Tensor after) {
        Map<String, Object> view = new MapSheet(name, Layer.Kind.OTHER, "", after.slice(0)).answer(MOST_MAPS);
        view.put("change", Text.of("change: %s", Numbers.text(change(before, after), 3)));
        return view;
    }

    /** The differences without their signs, divided by the sum of both: 0 is the same, 1 has no bright cell in common. */
    static double change(Tensor before, Tensor after) {
        double difference = 0, sum = 0;
        for (int i = 0; i < before.length(); i++) {
            float a = before.data()[i], b = after.data()[i];
            difference += Math.abs(a - b);
            sum += Math.abs(a) + Math.abs(b);
        }
        return sum == 0 ? 0 : difference / sum;
    }

    /** The image, shifted; from outside comes 0. */
    Tensor moved(int down, int right) {
        int H = image.size(2), W = image.size(3);
        Tensor to = Tensor.zeros(1, 1, H, W);
        for (int y = Math.max(0, down); y < Math.min(H, H + down); y++) {
            for (int x = Math.max(0, right); x < Math.min(W, W + right); x++) {
                to.set(image.get(0, 0, y - down, x - right), 0, 0, y, x);
            }
        }
        return to;
    }

    private Drawing still() {
        Tensor moved = moved(0, 1);
        return Gallery.of(
                        Cells.pixels(moved.slice(0)).cellSize(5).withoutScale().captions(Text.of("the image")),
                        Cells.pixels(pooled(new MaxPooling(HALVES), moved).slice(0))
                                .cellSize(10)
                                .withoutScale()
                                .captions(Text.of("maximum of 2 × 2")),
                        Cells.pixels(pooled(new AveragePooling(HALVES), moved).slice(0))
                                .cellSize(10)
                                .withoutScale()
                                .captions(Text.of("average of 2 × 2")))
                .alt(Text.of("An image shifted by one pixel, and its maximum and its average of 2 × 2"));
    }

    private static Map<String, String> words() {
        return Map.of(
                "right", Text.of("to the right"),
                "down", Text.of("down"),
                "drag", Text.of("Drag the image, or use the sliders."),
                "change",
                        Text.of(
                                "Change: the sum of |after − before| over all numbers, divided by the sum of |before| + |after|. 0: nothing has changed; 1: nothing bright is where something bright was."));
    }

    @Override
    public String html() {
        return panel().html();
    }

    /**
     * The words of the still picture.
     *
     * @return its alt text
     */
    @Override
    public String toString() {
        return still().figure().alt();
    }
}
