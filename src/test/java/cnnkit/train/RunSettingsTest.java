package cnnkit.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import cnnkit.data.Augmentation;
import cnnkit.data.Dataset;
import cnnkit.data.Normalization;
import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.Convolution;
import cnnkit.layer.ConvolutionAlgorithm;
import cnnkit.layer.Dropout;
import cnnkit.layer.Layer;
import cnnkit.layer.LocalResponseNormalization;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.PassingLayer;
import cnnkit.layer.Subsampling;
import cnnkit.network.Network;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever changes the bits of a run must change its settings; else a run would go on as neither the one nor the other. */
class RunSettingsTest {
    private static final Dataset IMAGES = Dataset.of(new byte[4 * 64], new int[] {0, 1, 2, 0}, 3, 1, 8, 8);

    private static Map<String, String> settings(Dataset images, Layer... middle) {
        Network.Builder network = Network.builder(1, 8, 8);
        for (int i = 0; i < middle.length; i++) {
            network.add("M" + i, middle[i]);
        }
        int flat = Shapes.length(network.shape());
        network.add("A", new Affine(Tensor.zeros(flat, 3), Tensor.zeros(3)));
        return RunSettings.of(network.build(), images, Augmentation.none(), null, new Adam(), 10, 1);
    }

    private static Convolution convolution(Window window, int channels, int groups) {
        Tensor W = Tensor.zeros(2, channels / groups, window.kernelHeight(), window.kernelWidth());
        return new Convolution(W, Tensor.zeros(2), window, groups);
    }

    @Test
    void layersOfTheSameShapeThatComputeSomethingElseAreTold() {
        List<Layer> layers = List.of(
                new Dropout(0.5),
                new Dropout(0.1),
                new LocalResponseNormalization(2, 5, 1e-4, 0.75),
                new LocalResponseNormalization(2, 3, 1e-4, 0.75),
                new LocalResponseNormalization(2, 5, 1, 0.75),
                new LocalResponseNormalization(2, 5, 1e-4, 0.5),
                new MaxPooling(Window.of(2).stride(2)),
                new MaxPooling(Window.of(5)),
                new AveragePooling(Window.of(2).stride(2)),
                new Subsampling(Window.of(2).stride(2)),
                convolution(Window.of(3), 1, 1),
                convolution(Window.of(5).padding(1), 1, 1));
        List<Map<String, String>> all = new ArrayList<>();
        layers.forEach(layer -> all.add(settings(IMAGES, layer)));
        assertEquals(layers.size(), new HashSet<>(all).size(), all.toString());
        assertNotEquals(
                settings(IMAGES, convolution(Window.of(1), 1, 1), convolution(Window.of(3), 2, 1)),
                settings(IMAGES, convolution(Window.of(1), 1, 1), convolution(Window.of(3), 2, 2)));
    }

    @Test
    void theWayOfComputingIsNotToldAsItChangesNoBit() {
        Convolution naive = convolution(Window.of(3), 1, 1).use(ConvolutionAlgorithm.naive());
        assertEquals(settings(IMAGES, convolution(Window.of(3), 1, 1)), settings(IMAGES, naive));
    }

    @Test
    void aNormalizationIsToldWithAllItsDigits() {
        assertNotEquals(
                settings(IMAGES.normalized(Normalization.of(0.13070, 0.3081))),
                settings(IMAGES.normalized(Normalization.of(0.13074, 0.3081))));
        assertNotEquals(
                settings(IMAGES.normalized(Normalization.of(0.1307, 0.30810))),
                settings(IMAGES.normalized(Normalization.of(0.1307, 0.30814))));
    }

    /** As a learner writes it: without a word about its settings. */
    private static final class MyLeakyRelu extends PassingLayer {
        private final double slope;
        private int calls;

        private MyLeakyRelu(double slope) {
            this.slope = slope;
        }

        @Override
        public Tensor forward(Tensor x) {
            calls++;
            return x.map(v -> v > 0 ? v : slope * v);
        }
    }

    @Test
    void theSettingsOfALayerOfALearnerAreItsFinalFields() {
        MyLeakyRelu used = new MyLeakyRelu(0.1);
        Map<String, String> settings = settings(IMAGES, used);
        assertEquals("MyLeakyRelu (slope 0.1) to [1, 8, 8]", settings.get("layer M0"));
        used.forward(Tensor.zeros(1, 1, 8, 8)); // what it counts is no setting
        assertEquals("slope 0.1", used.settings());
        assertNotEquals(settings, settings(IMAGES, new MyLeakyRelu(0.2)));
    }
}
