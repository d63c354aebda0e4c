package cnnkit.inspect;

import cnnkit.data.Dataset;
import cnnkit.engine.Maximum;
import cnnkit.network.Network;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a unit answers to: the image patches of a dataset that excite it most (section 7.6.2; Zeiler and Fergus,
 * Visualizing and understanding convolutional networks, 2014).
 *
 * <p>A channel of a feature map asks the same question at every place. Of each image the place with the largest value
 * counts, the first one where several are equal; of these, the largest of all images are kept. The patch is the {@link
 * ReceptiveField} of that place: everything that the unit has seen, and nothing else.
 *
 * @param layer the name of the layer
 * @param channel of the layer, from 0
 * @param patches strongest first; equal ones in the order of the dataset
 */
public record TopPatches(String layer, int channel, List<Patch> patches) {
    private static final int NINE = 9;

    /**
     * A patch of an image.
     *
     * @param image its index in the dataset
     * @param label its class
     * @param activation the value of the unit there
     * @param region where in the image; it reaches beyond where the unit saw padding
     * @param pixels (C, height, width) of the region; 0 beyond the image
     */
    public record Patch(int image, int label, double activation, Region region, Tensor pixels) {}

    /** Where the largest value of a channel was found in one image. */
    private record Place(int image, int row, int column, float activation) {}

    /**
     * The nine patches that excite a unit most.
     *
     * @param network any network for images
     * @param layer the name of the layer, for example {@code Relu2}
     * @param channel of the layer, from 0
     * @param images where to look for patches
     * @return nine patches of nine images, or as many as there are images
     * @throws IllegalArgumentException if there is no such layer, or no image
     * @throws IndexOutOfBoundsException if there is no such channel
     * @throws InterruptedWorkException if the thread is interrupted; the network is unchanged
     */
    public static TopPatches of(Network network, String layer, int channel, Dataset images) {
        PartialNetwork.upTo(network, layer).requireChannel(channel);
        return find(network, layer, new int[] {channel}, images, NINE).get(0);
    }

    /**
     * The patches that excite each unit of a layer most, found in one pass over the images.
     *
     * @param network any network for images
     * @param layer the name of the layer
     * @param images where to look for patches
     * @param count how many patches of each unit, at least one
     * @return one element per channel of the layer
     * @throws IllegalArgumentException if there is no such layer, or no image, or no patch is asked for
     * @throws InterruptedWorkException if the thread is interrupted; the network is unchanged
     */
    public static List<TopPatches> ofAll(Network network, String layer, Dataset images, int count) {
        int channels = PartialNetwork.upTo(network, layer).channels();
        if (count < 1) {
            throw new IllegalArgumentException(
                    Text.error("TopPatches: expected at least one patch of each unit but got %s", count));
        }
        return find(network, layer, IntStream.range(0, channels).toArray(), images, count);
    }

    private static List<TopPatches> find(Network network, String layer, int[] channels, Dataset images, int count) {
        ReceptiveField field = ReceptiveField.of(network, layer);
        PartialNetwork part = PartialNetwork.upTo(network, layer);
        List<List<Place>> best = new ArrayList<>();
        for (int i = 0; i < channels.length; i++) {
            best.add(new ArrayList<>());
        }
        Batches.each("top patches", images, (indices, x) -> {
            Tensor out = part.forward(x);
            Tensor maps = out.rank() == 4 ? out : out.reshape(out.size(0), out.size(1), 1, 1); // (N, C, OH, OW)
            for (int n = 0; n < indices.length; n++) {
                for (int i = 0; i < channels.length; i++) {
                    insert(best.get(i), strongest(maps, n, channels[i], indices[n]), count);
                }
            }
        });
        List<TopPatches> found = new ArrayList<>();
        for (int i = 0; i < channels.length; i++) {
            List<Patch> patches = best.get(i).stream()
                    .map(place -> patch(place, field, images))
                    .toList();
            found.add(new TopPatches(layer, channels[i], patches));
        }
        return found;
    }

    private static Place strongest(Tensor maps, int n, int channel, int image) {
        int plane = maps.size(2) * maps.size(3);
        int from = (n * maps.size(1) + channel) * plane;
        int best = Maximum.position(maps.data(), from, from + plane) - from;
        return new Place(image, best / maps.size(3), best % maps.size(3), maps.data()[from + best]);
    }

    /** Keeps the list sorted and short. */
    private static void insert(List<Place> best, Place place, int count) {
        int at = best.size();
        while (at > 0 && Maximum.beats(place.activation, best.get(at - 1).activation)) {
            at--;
        }
        best.add(at, place);
        if (best.size() > count) {
            best.remove(count);
        }
    }

    private static Patch patch(Place place, ReceptiveField field, Dataset images) {
        Region region = field.region(place.row, place.column);
        Tensor pixels = region.of(images.image(place.image));
        return new Patch(place.image, images.label(place.image), place.activation, region, pixels);
    }

    /**
     * In words.
     *
     * @return for example {@code the 9 patches that excite channel 3 of Relu2 most: activations 5.12 to 4.03}
     */
    @Override
    public String toString() {
        return Text.of(
                "the %d patches that excite channel %d of %s most: activations %.2f to %.2f",
                patches.size(), channel, layer, patches.get(0).activation, patches.get(patches.size() - 1).activation);
    }
}
