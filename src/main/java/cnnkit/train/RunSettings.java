package cnnkit.train;

import cnnkit.data.Dataset;
import cnnkit.layer.Layer;
import cnnkit.network.Network;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Text;
import java.util.LinkedHashMap;
import java.util.Map;

/** What decides the bits of a training run, in words. The number of epochs does not: it may be raised. */
final class RunSettings {
    private RunSettings() {}

    /** Names and values; {@code validation} may be null. */
    static Map<String, String> of(
            Network network, Dataset images, Dataset validation, Optimizer optimizer, int batchSize, long seed) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("seed", "" + seed);
        settings.put("batch size", "" + batchSize);
        settings.put("optimizer", inWords(optimizer));
        settings.put("images", inWords(images));
        settings.put("validation", validation == null ? "none" : inWords(validation));
        int[] shape = network.inputShape();
        settings.put("input", Shapes.text(shape));
        for (Layer layer : network.layers().values()) {
            shape = layer.outputShape(shape);
            settings.put("layer " + layer.name(), layer.getClass().getSimpleName() + " to " + Shapes.text(shape));
        }
        return settings;
    }

    private static String inWords(Dataset dataset) {
        return Text.of("%s, checksum %08x", dataset, dataset.checksum());
    }

    /** One without a toString of its own would tell its place in memory, which is another one in every JVM. */
    private static String inWords(Optimizer optimizer) {
        String text = optimizer.toString();
        boolean place = text.startsWith(optimizer.getClass().getName() + "@");
        return place ? optimizer.getClass().getSimpleName().replaceAll("[$/].*", "") : text;
    }
}
