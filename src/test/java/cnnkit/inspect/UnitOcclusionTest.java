package cnnkit.inspect;

import static cnnkit.tensor.Check.assertClose;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.Convolution;
import cnnkit.network.DeepConvNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnitOcclusionTest {

    /** For images of 3x3: the unit at (y, x) is twice pixel (y, x) minus pixel (y + 1, x + 1), plus 0.5. */
    private static Network twoPixels() {
        Tensor W = Tensor.of(new float[] {2, 0, 0, -1}, 1, 1, 2, 2);
        return Network.builder(1, 3, 3)
                .add("Conv1", new Convolution(W, Tensor.filled(0.5f, 1), Window.of(2)))
                .add("Affine1", new Affine(Tensor.zeros(4, 2), Tensor.zeros(2)))
                .build();
    }

    private static final Tensor NINE = Tensor.range(1, 3, 3); // 0..8

    @Test
    void aPatchTakesAwayWhatItsPixelHadAdded() {
        UnitOcclusion covered = UnitOcclusion.of(twoPixels(), NINE, Window.of(1), 0, "Conv1", 0, 1, 1);
        assertEquals(2 * 4 - 8 + 0.5, covered.value());
        assertClose(tensor(shape(3, 3), 0, 0, 0, 0, 8, 0, 0, 0, -8), covered.drops(), 0, "drops");
        assertClose(tensor(shape(3, 3), 0, 0, 0, 0, 8, 0, 0, 0, -8), covered.map(), 0, "map");
        assertEquals("unit [0, 1, 1] of Conv1 is 0.50; a patch takes away at most 8.00", covered.toString());
    }

    @Test
    void whatCoversNeedNotBeBlack() {
        UnitOcclusion covered = UnitOcclusion.of(twoPixels(), NINE, Window.of(2), 1, "Conv1", 0, 0, 0);
        // 2 * 0 - 4 becomes 2 * 1 - 1, 2 * 0 - 1 twice, 2 * 0 - 1
        assertClose(tensor(shape(2, 2), -5, -3, -3, -3), covered.drops(), 0, "drops");
        assertEquals(-3.5, covered.map().get(1, 1), 1e-6);
    }

    /** Beside the receptive field nothing is computed: it must be what would come out. */
    @Test
    void itIsWhatTheNetworkSaysForEachCoveredImage() {
        Tensor image = Tensor.gaussian(new Random(1), 1, 1, 28, 28);
        allAgree(SimpleConvNet.create(1), image, "Conv1", 3, 20, 2);
        allAgree(DeepConvNet.create(1), image, "Conv2", 5, 0, 9);
        allAgree(SimpleConvNet.create(1), image, "Affine2", 7);
    }

    private static void allAgree(Network network, Tensor image, String layer, int... unit) {
        Window window = Window.of(4).stride(3);
        UnitOcclusion covered = UnitOcclusion.of(network, image, window, 0.5, layer, unit);
        PartialNetwork part = PartialNetwork.upTo(network, layer);
        float whole = part.forward(image.reshape(1, 1, 28, 28)).slice(0).get(unit);
        int changed = 0;
        for (int i = 0; i < covered.drops().length(); i++) {
            Tensor there = image.copy();
            for (int pixel = 0; pixel < 16; pixel++) {
                there.set(0.5f, 0, i / 9 * 3 + pixel / 4, i % 9 * 3 + pixel % 4);
            }
            float value = part.forward(there.reshape(1, 1, 28, 28)).slice(0).get(unit);
            assertEquals(whole - value, covered.drops().data()[i], layer + " " + i);
            changed += value == whole ? 0 : 1;
        }
        assertTrue(changed > 0, layer);
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThrows(
                ShapeException.class,
                () -> UnitOcclusion.of(twoPixels(), Tensor.zeros(3, 3), Window.of(1), 0, "Conv1", 0, 0, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> UnitOcclusion.of(twoPixels(), NINE, Window.of(1), 0, "Conv9", 0, 0, 0));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> UnitOcclusion.of(twoPixels(), NINE, Window.of(1), 0, "Conv1", 0, 2, 0));
    }
}
