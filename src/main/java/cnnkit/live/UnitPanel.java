package cnnkit.live;

import cnnkit.data.Dataset;
import cnnkit.engine.Maximum;
import cnnkit.inspect.PartialNetwork;
import cnnkit.inspect.Region;
import cnnkit.layer.Convolution;
import cnnkit.network.Network;
import cnnkit.notebook.Shown;
import cnnkit.plot.Cells;
import cnnkit.plot.Drawing;
import cnnkit.plot.Gallery;
import cnnkit.tensor.Language;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One unit at a time (section 7.6): the filters of a convolution to choose from; of the chosen one its map for an image, what it sees
 * there ({@link cnnkit.inspect.ReceptiveField}), the patches that excite it most ({@link cnnkit.inspect.TopPatches}, of the first 200
 * images), and what a gray square takes away from its value ({@link cnnkit.inspect.UnitOcclusion}, squares of 4 x 4 pixels halfway
 * between the darkest and the brightest pixel of the image).
 * <pre>
 *     UnitPanel.of(network, images).steps("Conv1", steps, filters)
 * </pre>
 * as the last line of a cell. Values are those of the convolution, before ReLU. It is the network as it is at the moment, asked through
 * the kernel; the page gets the colours that it shows, never the weights.
 */
public final class UnitPanel implements Shown {
    private static final int COLUMNS = 10; // of filters in the picture

    private final Network network;
    private final Dataset images;
    private final List<Convolution> layers;
    private final FavouritePatches favourites;
    private FiltersByStep steps; // null: there are none

    private UnitPanel(Network network, Dataset images, List<Convolution> layers) {
        this.network = network;
        this.images = images;
        this.layers = layers;
        favourites = new FavouritePatches(images);
    }

    /**
     * Takes a network, and images to show to its units.
     *
     * @param network with a convolution, for images of one channel
     * @param images inputs of the network, one or more
     * @return a panel
     * @throws ShapeException if the network takes something else, or the images have another shape
     * @throws IllegalArgumentException if the network has no convolution, or there is no image
     */
    public static UnitPanel of(Network network, Dataset images) {
        int[] shape = network.inputShape();
        if (shape.length != 3 || shape[0] != 1) {
            throw new ShapeException(Text.error(
                    "UnitPanel: expected a network for [1, H, W] but this one takes %s", Shapes.text(shape)));
        }
        if (!Arrays.equals(images.imageShape(), shape)) {
            throw new ShapeException(Text.error(
                    "UnitPanel: expected images %s but got %s", Shapes.text(shape), Shapes.text(images.imageShape())));
        }
        if (images.size() == 0) {
            throw new IllegalArgumentException(Text.error("UnitPanel: there is no image: the dataset is empty"));
        }
        List<Convolution> layers = network.layers().values().stream()
                .filter(Convolution.class::isInstance)
                .map(Convolution.class::cast)
                .toList();
        if (layers.isEmpty()) {
            throw new IllegalArgumentException(Text.error(
                    "UnitPanel: expected a network with a convolution, but its layers are %s",
                    network.layers().keySet()));
        }
        return new UnitPanel(network, images, layers);
    }

    /**
     * Gives a convolution a slider: its filters as they were while it learned. Its bias, and all other layers, stay as they are
     * now.
     *
     * @param layer the name of the convolution
     * @param at the steps of the training
     * @param filters its weights at each of them, (FN, C, FH, FW); they are copied
     * @return this panel
     * @throws IllegalArgumentException if there is no such convolution, or not as many steps as tensors
     * @throws ShapeException if the layer's weights have another shape
     */
    public UnitPanel steps(String layer, int[] at, List<Tensor> filters) {
        FiltersByStep given = new FiltersByStep(layer, IntStream.of(at).boxed().toList(), filters);
        given.requireToFit(network);
        steps = given;
        return this;
    }

    private Panel panel() {
        String script = Script.of("elements.js", "bytes.js", "maps.js", "grid.js", "unit-panel.js")
                + "\nreturn unitPanel(root, ask);";
        return Live.panel(still(), script, this::answer);
    }

    /**
     * What a page gets for a question.
     *
     * @param question {@code what}: "open", or "unit" with layer, step (its number among those given, the one behind the last: now), image,
     *     filter, channel and, if wanted, row and column
     * @return what to show
     */
    Map<String, Object> answer(Question question) {
        return switch (question.text("what")) {
            case "open" -> open();
            case "unit" -> unit(question);
            default -> throw new IllegalArgumentException(Text.error("the page asked for nothing that a unit knows"));
        };
    }

    private Map<String, Object> open() {
        List<Map<String, Object>> described = new ArrayList<>();
        for (Convolution layer : layers) {
            int[] shape = layer.W().value().shape(); // (FN, C, FH, FW)
            List<String> moments = IntStream.rangeClosed(0, stepsOf(layer))
                    .mapToObj(step -> steps == null ? "" : steps.text(step))
                    .toList();
            described.add(Map.of("name", layer.name(), "filters", shape[0], "channels", shape[1], "steps", moments));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("layers", described);
        answer.put("images", images.size());
        answer.put("filter", strongest());
        answer.put("scales", MapSheet.scales());
        answer.put("words", words());
        return answer;
    }

    /** How many steps of a layer there are to look at, beside now. */
    private int stepsOf(Convolution layer) {
        return steps != null && steps.layer().equals(layer.name())
                ? steps.steps().size()
                : 0;
    }

    /** The filter of the first layer with the largest value in its map of the first image: {@link MapSheet#strongest}. */
    private int strongest() {
        Tensor maps = OneUnit.maps(network, layers.get(0), images.image(0));
        return Maximum.position(maps.data(), 0, maps.length()) / (maps.size(1) * maps.size(2));
    }

    private Map<String, Object> unit(Question question) {
        Convolution layer = layers.get(question.index("layer", layers.size()));
        int[] shape = layer.W().value().shape();
        int count = stepsOf(layer), step = question.index("step", count + 1);
        Tensor image = images.image(question.index("image", images.size()));
        int filter = question.index("filter", shape[0]), channel = question.index("channel", shape[1]);
        int[] place = place(question, layer);
        Supplier<Map<String, Object>> answer =
                () -> new OneUnit(network, layer, image, filter, place).answer(channel, favourites);
        return count == 0 ? answer.get() : steps.at(step, network, answer);
    }

    private int[] place(Question question, Convolution layer) {
        if (!question.has("row")) {
            return null;
        }
        int[] maps = PartialNetwork.upTo(network, layer.name()).outputShape(); // FN, OH, OW
        return new int[] {question.index("row", maps[1]), question.index("column", maps[2])};
    }

    private Drawing still() {
        Convolution layer = layers.get(0);
        int filter = strongest();
        Tensor image = images.image(0);
        OneUnit unit = new OneUnit(network, layer, image, filter, null);
        Region seen = unit.region().inside(image.size(1), image.size(2));
        return Gallery.of(
                        Cells.weights(byLargest(layer.W().value()))
                                .columns(COLUMNS)
                                .cellSize(4)
                                .scaleLimit(1)
                                .withoutScale()
                                .title(Text.of(
                                        "%s: %d filters",
                                        layer.name(), layer.W().value().size(0))),
                        Cells.signed(unit.map())
                                .cellSize(5)
                                .withoutScale()
                                .title(Text.of("filter %d: its map", filter)),
                        Cells.pixels(image)
                                .cellSize(5)
                                .withoutScale()
                                .markWindow(seen.top(), seen.left(), seen.height(), seen.width())
                                .title(Text.of("where it is largest")))
                .alt(Text.of(
                        "The filters of %s; of filter %d its map for an image, and on the image what its strongest unit sees: %s",
                        layer.name(), filter, unit.region()));
    }

    /** The first channel of all filters, each divided by its own largest weight. */
    private static Tensor byLargest(Tensor weights) {
        int FN = weights.size(0), cells = weights.size(2) * weights.size(3);
        Tensor scaled = Tensor.zeros(FN, 1, weights.size(2), weights.size(3));
        for (int f = 0; f < FN; f++) {
            Tensor one = weights.slice(f, 0);
            float largest = one.map(Math::abs).max();
            for (int i = 0; i < cells; i++) {
                scaled.data()[f * cells + i] = largest == 0 ? 0 : one.data()[i] / largest;
            }
        }
        return scaled;
    }

    private static Map<String, String> words() {
        return Map.of(
                "layer", Text.of("layer"),
                "channel", Text.of("input map"),
                "image", Text.of("image"),
                "training", Text.of("through the training (filters; the bias is that of now)"),
                "is", Text.in(Language.current(), "%s: %s"),
                "filters", Text.of("The filters: click on one, or use the arrow keys. Each has a scale of its own"),
                "place", Text.of("click, or arrow keys: another place"),
                "strongest",
                        Text.of(
                                "This is where its map is largest; after another step, filter or image it may be elsewhere. A click on the map keeps a place through the training."));
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
