package cnnkit.plot.learned;

import cnnkit.inspect.ActivationMaximization;
import cnnkit.inspect.ClassSelectivity;
import cnnkit.inspect.FilterRegularity;
import cnnkit.inspect.Occlusion;
import cnnkit.inspect.OrientationResponse;
import cnnkit.inspect.ReceptiveField;
import cnnkit.inspect.Silencing;
import cnnkit.inspect.TopPatches;
import cnnkit.network.Network;
import cnnkit.plot.Bars;
import cnnkit.plot.Cells;
import cnnkit.plot.Curves;
import cnnkit.plot.Figure;
import cnnkit.plot.SideBySide;
import cnnkit.plot.card.Numbers;
import cnnkit.plot.card.Style;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a network has learned, in figures: one for each tool of {@link cnnkit.inspect} (section 7.6).
 * <pre>
 *     Tensor W1 = network.parameter("W1").value();
 *     Learned.filters(W1).title("W1 after training")
 *     Learned.orientation(OrientationResponse.of(W1), W1)
 *     Learned.receptiveFields(network, mnist.test().image(0))
 *     Learned.topPatches(TopPatches.of(network, "Relu1", 3, mnist.train().take(5000)))
 * </pre>
 */
public final class Learned {
    private static final double POINTS = 100; // percentage points of an accuracy of 1
    private static final int COLORS_OF_FILTERS = 64; // of five panels at most
    private static final int LARGEST_PATCH = 120; // in points

    private Learned() {}

    /**
     * Filters, each with its regularity r as a caption: the correlation of neighbouring weights.
     *
     * @param W the filters, (FN, C, FH, FW)
     * @return one panel per filter, or per channel of each filter, a row for each filter
     * @throws ShapeException if W has another rank
     */
    public static Cells filters(Tensor W) {
        FilterRegularity regularity = FilterRegularity.of(W);
        int C = W.size(1);
        String[] captions = new String[W.size(0) * C];
        for (int i = 0; i < captions.length; i++) {
            captions[i] = i % C == 0 ? (C == 1 ? "r = " : "") + Numbers.text(regularity.filter(i / C), 2) : "";
        }
        Cells cells = Cells.weights(W).captions(captions);
        return (C == 1 ? cells : cells.columns(C))
                .title("filters; r: correlation of neighbouring weights")
                .alt(Text.of(
                        "%d filters of %d × %d weights; neighbouring weights correlate by %s on average, from %s to %s.",
                        W.size(0),
                        W.size(2),
                        W.size(3),
                        Numbers.text(regularity.mean(), 2),
                        Numbers.text(quantile(regularity, 0), 2),
                        Numbers.text(quantile(regularity, 1), 2)));
    }

    /**
     * The regularity of the filters of a layer while the network learns: the mean as a line, the middle half of the
     * filters as a band.
     *
     * @param steps of training, at which copies of the filters were taken
     * @param regularities one measurement per step
     * @return curves
     * @throws IllegalArgumentException if there are not as many measurements as steps
     */
    public static Curves regularity(double[] steps, List<FilterRegularity> regularities) {
        Curves curves = Curves.of("step", "regularity of filters");
        double[] means =
                regularities.stream().mapToDouble(FilterRegularity::mean).toArray();
        band(
                curves,
                "mean of the filters, and the middle half",
                steps,
                means,
                regularities.stream()
                        .mapToDouble(regularity -> quantile(regularity, 0.25))
                        .toArray(),
                regularities.stream()
                        .mapToDouble(regularity -> quantile(regularity, 0.75))
                        .toArray());
        return curves.bandsAre("the middle half of the filters")
                .level("no relation", 0)
                .alt(Text.of(
                        "The correlation of neighbouring weights goes from %s to %s in %s steps.",
                        Numbers.text(means[0], 2),
                        Numbers.text(means[means.length - 1], 2),
                        Numbers.text(steps[steps.length - 1])));
    }

    private static double quantile(FilterRegularity regularity, double share) {
        double[] sorted = regularity.filters().stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    /** A line with a band whose edges are given. */
    private static void band(Curves curves, String name, double[] x, double[] y, double[] low, double[] high) {
        if (x.length != y.length || x.length == 0) {
            throw new IllegalArgumentException(Text.error(
                    "Learned: %s needs as many x as y, at least one, but got %d and %d", name, x.length, y.length));
        }
        curves.band(name, x, y, low, high);
    }

    /**
     * How strongly filters respond to stripes of each angle, and the filters themselves.
     *
     * @param response of a layer
     * @param W the same filters, (FN, C, FH, FW)
     * @param filters which ones to draw, at most five; without any, the most vertical one, the most horizontal one and the
     *     least selective one
     * @return the filters (of each its first channel, on a scale of its own) and their curves
     * @throws IllegalArgumentException if W has another number of filters
     */
    public static Figure orientation(OrientationResponse response, Tensor W, int... filters) {
        Shapes.expect("Learned.orientation", "filters W", W, response.filters(), "C", "FH", "FW");
        int[] drawn = filters.length > 0 ? filters : typical(response);
        if (drawn.length > Style.LINES.size()) {
            throw new IllegalArgumentException(Text.error(
                    "Learned.orientation: expected at most %d filters but got %d", Style.LINES.size(), drawn.length));
        }
        Tensor panels = Tensor.zeros(drawn.length, W.size(2), W.size(3));
        String[] captions = new String[drawn.length];
        List<String> words = new ArrayList<>();
        Curves curves = Curves.of("angle of the stripes (0: horizontal, 90: vertical)", "response")
                .limitsX(0, 180)
                .size(Style.WIDTH - 120, 290);
        double[] angles = closed(response.angles(), 180);
        double most = 0;
        for (int i = 0; i < drawn.length; i++) {
            float[] first = W.slice(drawn[i], 0).data();
            System.arraycopy(first, 0, panels.data(), i * first.length, first.length);
            double[] responses = response.response(drawn[i]);
            most = Math.max(most, Arrays.stream(responses).max().orElseThrow());
            curves.line("filter " + drawn[i], angles, closed(responses, responses[0]));
            captions[i] = "filter " + drawn[i];
            words.add(Text.of(
                    "filter %d prefers %s degrees, with a selectivity of %s",
                    drawn[i],
                    Numbers.text(response.preferredAngle(drawn[i])),
                    Numbers.text(response.selectivity(drawn[i]), 2)));
        }
        String alt = Text.of("Of the filters, %s.", String.join(Text.of("; "), words));
        Figure left = Cells.weights(panels)
                .captions(captions)
                .ownScales()
                .withoutScale()
                .columns(1)
                .cellSize(Math.max(1, 60 / Math.max(W.size(2), W.size(3))))
                .figure();
        return SideBySide.of(
                alt,
                COLORS_OF_FILTERS,
                List.of(left, curves.limitsY(0, most > 0 ? 1.1 * most : 1).figure()));
    }

    /**
     * How strongly filters respond to stripes of each angle, as roses: an edge filter has two petals that lie along its
     * stripes, a round blob a circle.
     *
     * @param response of a layer
     * @param W the same filters, (FN, C, FH, FW)
     * @param filters which ones to draw, at most five; without any, the most vertical one, the most horizontal one and the
     *     least selective one
     * @return the filters (of each its first channel) and their roses, each on a scale of its own, which is printed
     * @throws IllegalArgumentException if W has another number of filters
     */
    public static Figure roses(OrientationResponse response, Tensor W, int... filters) {
        return OrientationRose.figure(response, W, filters.length > 0 ? filters : typical(response));
    }

    private static int[] typical(OrientationResponse response) {
        int blob = response.bySelectivity().get(response.filters() - 1);
        return IntStream.of(response.mostVertical(), response.mostHorizontal(), blob)
                .distinct()
                .toArray();
    }

    /** A half turn later everything is as at the beginning. */
    private static double[] closed(double[] values, double last) {
        double[] closed = Arrays.copyOf(values, values.length + 1);
        closed[values.length] = last;
        return closed;
    }

    /**
     * What a unit of each layer sees of an image: a nest of frames around the middle.
     *
     * @param network for such images
     * @param image (C, H, W)
     * @return the figure
     * @throws ShapeException if the image has another rank
     */
    public static Figure receptiveFields(Network network, Tensor image) {
        Shapes.expect("Learned.receptiveFields", "image", image, "C", "H", "W");
        return receptiveFields(ReceptiveField.of(network), image, image.size(1) / 2, image.size(2) / 2);
    }

    /**
     * What a unit of each layer sees of an image: a nest of frames around a pixel, which is marked, as
     * nearly as the units lie. Frames that reach into the padding are drawn with it.
     *
     * @param fields names of layers and their receptive fields, smallest first
     * @param image (C, H, W)
     * @param y row of the pixel
     * @param x column of the pixel
     * @return the figure
     * @throws ShapeException if the image has another rank
     * @throws IndexOutOfBoundsException if there is no such pixel
     * @throws IllegalArgumentException if there are no fields
     */
    public static Figure receptiveFields(Map<String, ReceptiveField> fields, Tensor image, int y, int x) {
        Shapes.expect("Learned.receptiveFields", "image", image, "C", "H", "W");
        Objects.checkIndex(y, image.size(1));
        Objects.checkIndex(x, image.size(2));
        expectSome("receptiveFields", List.copyOf(fields.values()));
        return ReceptiveFieldNest.figure(fields, image, y, x);
    }

    /**
     * The patches that excite a unit most, three in a row, each with the value of the unit.
     *
     * @param top the patches of one unit
     * @return nine panels, or as many as there are patches
     */
    public static Cells topPatches(TopPatches top) {
        Tensor panels =
                stack(top.patches().stream().map(TopPatches.Patch::pixels).toList());
        return Cells.pixels(panels)
                .captions(top.patches().stream()
                        .map(patch -> Numbers.text(patch.activation(), 2))
                        .toList())
                .cellSize(Math.max(1, LARGEST_PATCH / Math.max(panels.size(1), panels.size(2))))
                .columns(3)
                .title(Text.of("%s, channel %d", top.layer(), top.channel()))
                .alt(Text.of("%s, of the images of classes %s.", top, classes(top)));
    }

    private static String classes(TopPatches top) {
        return String.join(
                ", ",
                new TreeSet<>(top.patches().stream()
                                .map(TopPatches.Patch::label)
                                .toList())
                        .stream().map(label -> "" + label).toList());
    }

    /**
     * The patches that excite some units of a layer most: a row for each unit.
     *
     * @param units the patches of each unit of one layer, as many of each
     * @return one panel per patch
     * @throws IllegalArgumentException if there are none, not as many of each, or units of several layers
     */
    public static Cells topPatches(List<TopPatches> units) {
        expectSome("topPatches", units);
        for (TopPatches unit : units) {
            int patches = units.get(0).patches().size();
            if (unit.patches().size() != patches
                    || !unit.layer().equals(units.get(0).layer())) {
                throw new IllegalArgumentException(Text.error(
                        "Learned.topPatches: expected %d patches of units of %s each but got %d of a unit of %s",
                        patches, units.get(0).layer(), unit.patches().size(), unit.layer()));
            }
        }
        List<Tensor> pixels = new ArrayList<>();
        List<String> captions = new ArrayList<>();
        for (TopPatches unit : units) {
            for (TopPatches.Patch patch : unit.patches()) {
                captions.add(captions.size() % unit.patches().size() == 0 ? "channel " + unit.channel() : "");
                pixels.add(patch.pixels());
            }
        }
        return Cells.pixels(stack(pixels))
                .captions(captions)
                .columns(units.get(0).patches().size())
                .title("what excites units of " + units.get(0).layer())
                .alt(Text.of(
                        "For %d units of %s, the patches that excite each most.",
                        units.size(), units.get(0).layer()));
    }

    /**
     * The images that excite units of a layer most: of each what the unit sees, with its value.
     *
     * @param results of units of one layer
     * @return one panel per unit
     * @throws ShapeException if they are of several layers
     * @throws IllegalArgumentException if there are none
     */
    public static Cells maximizing(ActivationMaximization.Result... results) {
        return maximizing(Arrays.asList(results));
    }

    /**
     * The images that excite units of a layer most: of each what the unit sees, with its value.
     *
     * @param results of units of one layer
     * @return one panel per unit
     * @throws ShapeException if they are of several layers
     * @throws IllegalArgumentException if there are none
     */
    public static Cells maximizing(List<ActivationMaximization.Result> results) {
        expectSome("maximizing", results);
        return Cells.pixels(stack(results.stream()
                        .map(ActivationMaximization.Result::patch)
                        .toList()))
                .captions(results.stream()
                        .map(result ->
                                Text.of("channel %d\n%s", result.channel(), Numbers.text(result.activation(), 2)))
                        .toList())
                .columns(5)
                .title(Text.of(
                        "what would excite units of %s most", results.get(0).layer()))
                .alt(Text.of(
                        "Images found by gradient ascent: %s.",
                        String.join(
                                Text.of("; "),
                                results.stream()
                                        .map(ActivationMaximization.Result::toString)
                                        .toList())));
    }

    private static void expectSome(String what, List<?> given) {
        if (given.isEmpty()) {
            throw new IllegalArgumentException(
                    Text.error("Learned.%s: there is nothing to draw: give at least one", what));
        }
    }

    /** Images (C, H, W) of one size, each in grey, as panels (N, H, W). */
    private static Tensor stack(List<Tensor> images) {
        Tensor first = grey(images.get(0));
        Tensor panels = Tensor.zeros(images.size(), first.size(0), first.size(1));
        for (int n = 0; n < images.size(); n++) {
            Tensor grey = grey(images.get(n));
            Shapes.expect("Learned", "image " + n, grey, first.size(0), first.size(1));
            System.arraycopy(grey.data(), 0, panels.data(), n * grey.length(), grey.length());
        }
        return panels;
    }

    /** An image (C, H, W) as one panel (H, W): the mean of its channels. */
    static Tensor grey(Tensor image) {
        Shapes.expect("Learned", "image", image, "C", "H", "W");
        int C = image.size(0), plane = image.size(1) * image.size(2);
        Tensor grey = Tensor.zeros(image.size(1), image.size(2));
        for (int i = 0; i < plane; i++) {
            double sum = 0;
            for (int c = 0; c < C; c++) {
                sum += image.data()[c * plane + i];
            }
            grey.data()[i] = (float) (sum / C);
        }
        return grey;
    }

    /**
     * How selective units are from layer to layer, in a trained network and in one that has learned nothing: the means as
     * lines, the middle half of the units as bands.
     *
     * @param trained one measurement per layer, the lowest first
     * @param untrained the same layers of the network before training
     * @return curves
     * @throws IllegalArgumentException if the layers differ
     */
    public static Curves selectivity(List<ClassSelectivity> trained, List<ClassSelectivity> untrained) {
        List<String> layers = trained.stream().map(ClassSelectivity::layer).toList();
        List<String> others = untrained.stream().map(ClassSelectivity::layer).toList();
        if (!layers.equals(others) || layers.isEmpty()) {
            throw new IllegalArgumentException(
                    Text.error("Learned.selectivity: the layers differ: trained %s, untrained %s", layers, others));
        }
        Map<String, List<ClassSelectivity>> networks = new LinkedHashMap<>();
        networks.put("trained", trained);
        networks.put("untrained", untrained);
        double[] depth =
                IntStream.rangeClosed(1, layers.size()).mapToDouble(i -> i).toArray();
        Curves curves = Curves.of("depth: " + numbered(layers), "class selectivity");
        List<String> words = new ArrayList<>();
        networks.forEach((name, measured) -> {
            double[] means =
                    measured.stream().mapToDouble(ClassSelectivity::mean).toArray();
            band(
                    curves,
                    name,
                    depth,
                    means,
                    measured.stream().mapToDouble(units -> units.quantile(0.25)).toArray(),
                    measured.stream().mapToDouble(units -> units.quantile(0.75)).toArray());
            words.add(Text.of(
                    "%s from %s in %s to %s in %s",
                    name,
                    Numbers.text(means[0], 2),
                    layers.get(0),
                    Numbers.text(means[means.length - 1], 2),
                    layers.get(layers.size() - 1)));
        });
        return curves.bandsAre("the middle half of the units")
                .limitsX(0.5, layers.size() + 0.5)
                .limitsY(0, 1)
                .alt(Text.of("Mean class selectivity of the units: %s.", String.join(Text.of("; "), words)));
    }

    private static String numbered(List<String> layers) {
        return layers.size() == 1
                ? "1 is " + layers.get(0)
                : Text.of("1 is %s, %d is %s", layers.get(0), layers.size(), layers.get(layers.size() - 1));
    }

    /**
     * What a covered patch does to a score: the image with the patch that takes away most, and the map over its outline.
     *
     * @param occlusion of one image
     * @return the figure
     */
    public static Figure occlusion(Occlusion occlusion) {
        return OcclusionMap.figure(occlusion);
    }

    /**
     * The accuracy that is lost when filters are silent, each choice of filters by its name; a bar hangs down where the
     * network does better without them.
     *
     * @param names one per choice, each another one
     * @param choices what was measured
     * @return bars, in percentage points
     * @throws IllegalArgumentException if there are no choices, or not as many names
     */
    public static Bars silencing(List<String> names, List<Silencing> choices) {
        expectSome("silencing", choices);
        return Bars.of(names)
                .series(
                        "accuracy lost",
                        choices.stream()
                                .mapToDouble(choice -> POINTS * choice.loss())
                                .toArray())
                .title("accuracy lost without filters of " + choices.get(0).layer())
                .valueName("percentage points")
                .decimals(2);
    }

    /**
     * The accuracy that is lost when filters are silent, each choice named by the indices of its filters.
     *
     * @param choices what was measured
     * @return bars, in percentage points
     * @throws IllegalArgumentException if there are none
     */
    public static Bars silencing(List<Silencing> choices) {
        expectSome("silencing", choices);
        return silencing(
                choices.stream()
                        .map(choice -> String.join(
                                ", ",
                                choice.filters().stream()
                                        .map(filter -> "" + filter)
                                        .toList()))
                        .toList(),
                choices);
    }
}
