package cnnkit.live;

import cnnkit.data.Dataset;
import cnnkit.inspect.TopPatches;
import cnnkit.layer.Layer;
import cnnkit.layer.Parameter;
import cnnkit.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The patches that excite the filters of a layer most, of a bounded number of images. They are searched for once for all filters of a
 * layer, and again only when a parameter of it, or of a layer below, has changed.
 */
final class FavouritePatches {
    /** Of each filter. */
    static final int COUNT = 9;

    private static final int MOST_IMAGES = 200; // that are searched
    private static final int MOST_KEPT = 32; // layers, or steps of a training

    /** A layer as it was: its name, and a number for the values of each parameter up to it. */
    private record State(String layer, List<Integer> parameters) {}

    private final Dataset images;
    private final Map<State, List<TopPatches>> found = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<State, List<TopPatches>> eldest) {
            return size() > MOST_KEPT;
        }
    };

    FavouritePatches(Dataset images) {
        this.images = images.take(Math.min(MOST_IMAGES, images.size()));
    }

    /** How many images are searched. */
    int images() {
        return images.size();
    }

    /** What {@link TopPatches} finds for a filter of a layer, as the network is. */
    TopPatches of(Network network, String layer, int filter) {
        return found.computeIfAbsent(state(network, layer), state -> TopPatches.ofAll(network, layer, images, COUNT))
                .get(filter);
    }

    private static State state(Network network, String layer) {
        List<Integer> values = new ArrayList<>();
        for (Layer below : network.layers().values()) {
            for (Parameter parameter : below.parameters()) {
                values.add(Arrays.hashCode(parameter.value().data()));
            }
            if (below.name().equals(layer)) {
                break;
            }
        }
        return new State(layer, values);
    }
}
