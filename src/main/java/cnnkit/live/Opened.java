package cnnkit.live;

import cnnkit.layer.Layer;
import cnnkit.layer.SoftmaxWithLoss;
import cnnkit.network.Network;
import cnnkit.network.Pass;
import cnnkit.network.Plan;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** One image on its way through a network: the image, what every layer makes of it, and the probabilities at the end. */
final class Opened {
    /** The name of the last sheet, behind the last layer. */
    static final String SOFTMAX = "Softmax";

    private final Network network;
    private final List<Layer> layers;
    private final List<MapSheet> sheets; // the image, one for each layer, the probabilities

    private Opened(Network network, List<MapSheet> sheets) {
        this.network = network;
        layers = List.copyOf(network.layers().values());
        this.sheets = sheets;
    }

    /** Sends a batch of one through the network, as it is now. */
    static Opened of(Network network, Tensor image) {
        List<MapSheet> sheets = new ArrayList<>();
        Pass pass = network.pass(Plan.layerByLayer(network));
        Tensor scores = pass.forward(image);
        sheets.add(new MapSheet("Input", Layer.Kind.OTHER, "", image.slice(0)));
        for (Layer layer : network.layers().values()) {
            Tensor out = pass.output(layer.name()).slice(0);
            sheets.add(new MapSheet(layer.name(), layer.kind(), layer.getClass().getSimpleName(), out));
        }
        sheets.add(new MapSheet(
                SOFTMAX, Layer.Kind.OTHER, "", SoftmaxWithLoss.softmax(scores).slice(0)));
        return new Opened(network, sheets);
    }

    /** The same in colours that fit another one with the same layers, too. */
    Opened onScalesWith(Opened other) {
        List<MapSheet> common = new ArrayList<>();
        for (int i = 0; i < sheets.size(); i++) {
            common.add(sheet(i).onScaleWith(other.sheet(i)));
        }
        return new Opened(network, common);
    }

    Network network() {
        return network;
    }

    /** From the image (0) over each layer to the probabilities. */
    List<MapSheet> sheets() {
        return sheets;
    }

    MapSheet sheet(int number) {
        return sheets.get(number);
    }

    /** The layer that has made a sheet; null for the image and the probabilities. */
    Layer layerOf(int sheet) {
        return sheet >= 1 && sheet <= layers.size() ? layers.get(sheet - 1) : null;
    }

    MapSheet probabilities() {
        return sheets.get(sheets.size() - 1);
    }

    /** Changes when any value does: whoever has an older one looks at another network, or at this one before it learned. */
    String state() {
        CRC32 sum = new CRC32();
        for (MapSheet sheet : sheets) {
            for (float value : sheet.values()) {
                int bits = Float.floatToIntBits(value);
                sum.update(bits >>> 24);
                sum.update(bits >>> 16);
                sum.update(bits >>> 8);
                sum.update(bits);
            }
        }
        return Long.toHexString(sum.getValue());
    }
}
