package cnnkit.train;

import cnnkit.data.Augmentation;
import cnnkit.data.Dataset;
import cnnkit.layer.Layer;
import cnnkit.network.Network;
import cnnkit.tensor.Language;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Text;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What decides the bits of a training run, in words, beside the values of the parameters. The number of epochs does not: it
 * may be raised. A layer of a learner tells what it tells by its {@code settings}. The words are English in every language:
 * a run begun in one notebook goes on in its twin.
 */
final class RunSettings {
    private RunSettings() {}

    /** Names and values; {@code validation} may be null. */
    static Map<String, String> of(
            Network network,
            Dataset images,
            Augmentation augmentation,
            Dataset validation,
            Optimizer optimizer,
            int batchSize,
            long seed) {
        return Language.EN.speak(() -> {
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("seed", "" + seed);
            settings.put("batch size", "" + batchSize);
            settings.put("optimizer", inWords(optimizer));
            boolean moved = !augmentation.equals(Augmentation.none());
            settings.put("images", inWords(images) + (moved ? ", moved by " + augmentation : ""));
            settings.put("validation", validation == null ? "none" : inWords(validation));
            int[] shape = network.inputShape();
            settings.put("input", Shapes.text(shape));
            for (Layer layer : network.layers().values()) {
                shape = layer.outputShape(shape);
                String own = layer.settings().isEmpty() ? "" : " (" + layer.settings() + ")";
                settings.put(
                        "layer " + layer.name(), layer.getClass().getSimpleName() + own + " to " + Shapes.text(shape));
            }
            return settings;
        });
    }

    /** With all digits of the numbers that it is normalized with: its own words round them. */
    private static String inWords(Dataset dataset) {
        String normalized = dataset.normalization()
                .map(with -> ", exactly " + Arrays.toString(with.means()) + " and "
                        + Arrays.toString(with.standardDeviations()))
                .orElse("");
        return Text.of("%s%s, checksum %08x", dataset, normalized, dataset.checksum());
    }

    /** One without a toString of its own would tell its place in memory, which is another one in every JVM. */
    private static String inWords(Optimizer optimizer) {
        String text = optimizer.toString();
        boolean place = text.startsWith(optimizer.getClass().getName() + "@");
        return place ? optimizer.getClass().getSimpleName().replaceAll("[$/].*", "") : text;
    }
}
