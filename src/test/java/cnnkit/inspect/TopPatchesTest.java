package cnnkit.inspect;

import static cnnkit.tensor.Check.assertClose;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cnnkit.data.Dataset;
import cnnkit.im2col.Window;
import cnnkit.inspect.TopPatches.Patch;
import cnnkit.layer.Convolution;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TopPatchesTest {

    /** Grey noise of little contrast; in some images a bar of given brightness stands at a place of its own. */
    private static Dataset bars() {
        Random random = new Random(1);
        byte[] pixels = new byte[250 * 64];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(20);
        }
        bar(pixels, 17, 2, 5, 200);
        bar(pixels, 120, 5, 3, 250);
        bar(pixels, 249, 0, 7, 150);
        return Dataset.of(pixels, new int[250], 2, 1, 8, 8);
    }

    /** Three bright pixels, one under the other, with black ones to their left. */
    private static void bar(byte[] pixels, int image, int row, int column, int brightness) {
        for (int y = row; y < row + 3; y++) {
            pixels[64 * image + 8 * y + column] = (byte) brightness;
            pixels[64 * image + 8 * y + column - 2] = 0;
        }
    }

    @Test
    void theVerticalEdgeIsFoundWhereItIs() {
        TopPatches top = TopPatches.of(HandMade.edges(), "Relu1", HandMade.VERTICAL, bars());
        assertEquals(9, top.patches().size());
        Patch first = top.patches().get(0),
                second = top.patches().get(1),
                third = top.patches().get(2);
        assertEquals(120, first.image());
        assertEquals(new Region(5, 1, 3, 3), first.region());
        assertEquals(3 * 250 / 255.0, first.activation(), 1e-6);
        assertEquals(17, second.image());
        assertEquals(new Region(2, 3, 3, 3), second.region());
        assertEquals(249, third.image());
        assertEquals(new Region(0, 5, 3, 3), third.region());
        assertEquals(250 / 255f, first.pixels().get(0, 1, 2));
        assertEquals(0, first.pixels().get(0, 1, 0));
        assertEquals(bars().image(17).get(0, 3, 4), second.pixels().get(0, 1, 1));
        assertEquals(
                "the 9 patches that excite channel 0 of Relu1 most: activations 2.94 to "
                        + Text.of("%.2f", top.patches().get(8).activation()),
                top.toString());
    }

    @Test
    void equalPatchesComeInTheOrderOfTheDatasetAndEqualPlacesFromTheTopLeft() {
        Dataset images = HandMade.halves(4, 4, 4, 4, 4, 4, 4, 4, 4, 4);
        TopPatches top = TopPatches.of(HandMade.edges(), "Relu1", HandMade.HORIZONTAL, images);
        for (int i = 0; i < 9; i++) {
            Patch patch = top.patches().get(i);
            assertEquals(2 * i + 1, patch.image());
            assertEquals(1, patch.label());
            assertEquals(new Region(2, 0, 3, 3), patch.region()); // rows 3 to 5 give as much
            assertClose(tensor(shape(1, 3, 3), 0, 0, 0, 0, 0, 0, 1, 1, 1), patch.pixels(), 0, "patch");
        }
    }

    @Test
    void aUnitOfAnAffineLayerSeesWholeImages() {
        Dataset images = HandMade.halves(2, 4, 6);
        TopPatches top = TopPatches.of(HandMade.edges(), "Affine1", 1, images);
        assertEquals(6, top.patches().size()); // there are no more
        assertEquals(1, top.patches().get(0).image());
        assertEquals(36, top.patches().get(0).activation(), 1e-6); // two rows of 6 edges of 3
        assertEquals(0, top.patches().get(3).activation());
        assertClose(images.image(1), top.patches().get(0).pixels(), 0, "the whole image");
    }

    @Test
    void allUnitsAtOnceAreTheSameAsOneByOne() {
        Network network = SimpleConvNet.builder()
                .input(1, 8, 8)
                .filters(3)
                .convolution(Window.of(3).padding(1))
                .build(1);
        var all = TopPatches.ofAll(network, "Pool1", bars(), 9);
        assertEquals(3, all.size());
        for (int channel = 0; channel < 3; channel++) {
            assertEquals(TopPatches.of(network, "Pool1", channel, bars()), all.get(channel));
        }
        assertEquals(
                2,
                TopPatches.ofAll(network, "Pool1", bars(), 2).get(1).patches().size());
    }

    @Test
    void beyondTheImageThePatchIsBlack() {
        Tensor W = Tensor.filled(1, 1, 1, 3, 3);
        Network network = HandMade.of(
                shape(1, 3, 3),
                "Conv1",
                new Convolution(W, Tensor.zeros(1), Window.of(3).padding(2)));
        Dataset image = Dataset.of(new byte[] {-1, 0, 0, 0, 0, 0, 0, 0, 0}, new int[1], 2, 1, 3, 3);
        Patch patch = TopPatches.of(network, "Conv1", 0, image).patches().get(0);
        assertEquals(new Region(-2, -2, 3, 3), patch.region()); // the first of those that see the pixel
        assertClose(tensor(shape(1, 3, 3), 0, 0, 0, 0, 0, 0, 0, 0, 1), patch.pixels(), 0, "patch");
    }

    @Test
    void whatIsNotThereIsNamed() {
        fails(
                IndexOutOfBoundsException.class,
                "Relu Relu1: channel 3 is outside 0..2",
                () -> TopPatches.of(HandMade.edges(), "Relu1", 3, bars()));
        fails(
                IllegalArgumentException.class,
                "top patches: there is no image: the dataset is empty",
                () -> TopPatches.of(HandMade.edges(), "Relu1", 0, bars().take(0)));
        fails(
                IllegalArgumentException.class,
                "TopPatches: expected at least one patch of each unit but got 0",
                () -> TopPatches.ofAll(HandMade.edges(), "Relu1", bars(), 0));
    }

    @Test
    void anInterruptStopsIt() {
        Network network = HandMade.of(shape(1, 8, 8), "Stopper", new HandMade.Stopper(2));
        String before = HandMade.bits(network);
        fails(
                InterruptedWorkException.class,
                "top patches stopped after 200 of 250 images",
                () -> TopPatches.of(network, "Last", 0, bars()));
        assertFalse(Thread.interrupted());
        assertEquals(before, HandMade.bits(network));
    }
}
