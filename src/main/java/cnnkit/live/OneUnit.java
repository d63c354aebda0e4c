package cnnkit.live;

import cnnkit.engine.Maximum;
import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.inspect.PartialNetwork;
import cnnkit.inspect.ReceptiveField;
import cnnkit.inspect.Region;
import cnnkit.inspect.TopPatches;
import cnnkit.inspect.UnitOcclusion;
import cnnkit.layer.Convolution;
import cnnkit.network.Network;
import cnnkit.plot.card.CellKind;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One filter of a convolution at one place of an image: its map there, what it sees, what excites it, what takes that away. */
final class OneUnit {
    private static final int SQUARE = 4; // pixels, a side of what covers the image
    private static final int LARGE = 12; // pixels: a unit that sees more gets squares two pixels apart

    private final Network network;
    private final Convolution layer;
    private final Tensor image; // (1, H, W)
    private final int filter;
    private final Tensor map; // (OH, OW)
    private final boolean isStrongest; // chosen as the place where the map is largest
    private final int row;
    private final int column;
    private final ReceptiveField field;

    /**
     * A unit.
     *
     * @param network for images (1, H, W)
     * @param layer a convolution of it
     * @param image one input
     * @param filter of the layer
     * @param place row and column of its map; null: where its value is largest, at the first of several such places
     */
    OneUnit(Network network, Convolution layer, Tensor image, int filter, int[] place) {
        this.network = network;
        this.layer = layer;
        this.image = image;
        this.filter = filter;
        map = maps(network, layer, image).slice(filter);
        isStrongest = place == null;
        int strongest = Maximum.position(map.data(), 0, map.length());
        row = place == null ? strongest / map.size(1) : place[0];
        column = place == null ? strongest % map.size(1) : place[1];
        field = ReceptiveField.of(network, layer.name());
    }

    /** What a convolution makes of an image, (FN, OH, OW). */
    static Tensor maps(Network network, Convolution layer, Tensor image) {
        int[] one = image.shape();
        return PartialNetwork.upTo(network, layer.name())
                .forward(image.reshape(1, one[0], one[1], one[2]))
                .slice(0)
                .copy();
    }

    Tensor map() {
        return map;
    }

    /** What it sees; reaches beyond the image where it sees padding. */
    Region region() {
        return field.region(row, column);
    }

    /** What a gray square takes away from its value, pixel by pixel. */
    UnitOcclusion occlusion() {
        int H = image.size(1), W = image.size(2);
        int stride = Math.max(field.height(), field.width()) > LARGE ? 2 : 1;
        Window square = Window.of(Math.min(SQUARE, H), Math.min(SQUARE, W))
                .stride(stride)
                .remainder(Remainder.CEIL); // so that every pixel is covered
        return UnitOcclusion.of(network, image, square, gray(), layer.name(), filter, row, column);
    }

    /** Halfway between the darkest and the brightest pixel. */
    double gray() {
        Limits pixels = Limits.of(List.of(image));
        return (pixels.min() + pixels.max()) / 2;
    }

    /**
     * What a page needs to show it.
     *
     * @param channel of the filters that is drawn
     * @param favourites where its patches come from
     */
    Map<String, Object> answer(int channel, FavouritePatches favourites) {
        UnitOcclusion occlusion = occlusion();
        Window square = occlusion.window();
        Region region = region();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("filters", filters(channel));
        answer.put("filter", filter);
        answer.put("channel", channel);
        answer.put("row", row);
        answer.put("column", column);
        answer.put("place", Text.of("%s, filter %d, row %d, column %d", layer.name(), filter, row, column));
        answer.put("value", Numbers.text(map.get(row, column)));
        answer.put("strongest", isStrongest);
        answer.put("map", picture(Text.of("its map"), CellKind.SIGNED, map));
        answer.put("image", picture(Text.of("it sees %s", region), CellKind.PIXELS, image));
        answer.put(
                "field",
                Map.of("top", region.top(), "left", region.left(), "height", region.height(), "width", region.width()));
        Map<String, Object> taken = picture(
                Text.of(
                        "what a gray square of %d × %d takes away from it",
                        square.kernelHeight(), square.kernelWidth()),
                CellKind.SIGNED,
                occlusion.map());
        taken.put(
                "means",
                Text.of(
                        "Green: the value falls, brown: it rises. Of each pixel the mean over all squares on it, so some of it lies beyond the frame."));
        answer.put("occlusion", taken);
        answer.put("patches", patches(favourites));
        answer.put("searched", Text.of("what excites the filter most in %d images", favourites.images()));
        return answer;
    }

    /** All filters of the layer, each on a scale of its own. */
    private Map<String, Object> filters(int channel) {
        Tensor weights = layer.W().value(); // (FN, C, FH, FW)
        int FN = weights.size(0), cells = weights.size(2) * weights.size(3);
        byte[] levels = new byte[FN * cells];
        for (int f = 0; f < FN; f++) {
            Tensor one = weights.slice(f, channel);
            System.arraycopy(levels(one, CellKind.WEIGHTS.limits(List.of(one))), 0, levels, f * cells, cells);
        }
        Limits own = CellKind.WEIGHTS.limits(List.of(weights.slice(filter, channel)));
        Map<String, Object> answer = shape(CellKind.WEIGHTS, weights.size(2), weights.size(3), levels);
        answer.put("shown", FN);
        answer.put("name", Text.of("filter %d", filter));
        answer.put("limits", MapSheet.text(own));
        return answer;
    }

    private List<Map<String, Object>> patches(FavouritePatches favourites) {
        List<Map<String, Object>> answer = new ArrayList<>();
        for (TopPatches.Patch patch :
                favourites.of(network, layer.name(), filter).patches()) {
            Map<String, Object> one = picture(
                    Text.of("image %d, class %d: %s", patch.image(), patch.label(), Numbers.text(patch.activation())),
                    CellKind.PIXELS,
                    patch.pixels());
            one.put("image", patch.image());
            one.put("value", Numbers.text(patch.activation()));
            answer.add(one);
        }
        return answer;
    }

    /** Values, (H, W) or (1, H, W), as levels of the colours of their kind. */
    private static Map<String, Object> picture(String name, CellKind kind, Tensor values) {
        Limits limits = kind.limits(List.of(values));
        int rank = values.rank();
        Map<String, Object> answer = shape(kind, values.size(rank - 2), values.size(rank - 1), levels(values, limits));
        answer.put("name", name);
        answer.put("limits", MapSheet.text(limits));
        return answer;
    }

    private static Map<String, Object> shape(CellKind kind, int height, int width, byte[] levels) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("height", height);
        answer.put("width", width);
        answer.put("scale", kind.colors().name());
        answer.put("cells", levels);
        return answer;
    }

    private static byte[] levels(Tensor values, Limits limits) {
        byte[] levels = new byte[values.length()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = MapSheet.level(values.data()[i], limits);
        }
        return levels;
    }
}
