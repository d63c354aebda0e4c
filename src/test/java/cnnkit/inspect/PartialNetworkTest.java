package cnnkit.inspect;

import static cnnkit.tensor.Check.assertClose;
import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartialNetworkTest {

    @Test
    void allLayersGiveTheScoresOfTheNetwork() {
        Network network = SimpleConvNet.create(1);
        Tensor x = Tensor.gaussian(new Random(1), 1, 3, 1, 28, 28);
        Tensor scores = PartialNetwork.upTo(network, "Affine2").forward(x);
        assertSameBits(network.predict(x), scores, "scores");
    }

    @Test
    void aPartEndsWithTheLayerItIsAskedFor() {
        PartialNetwork part = PartialNetwork.upTo(SimpleConvNet.create(1), "Pool1");
        assertArrayEquals(shape(30, 12, 12), part.outputShape());
        assertEquals(30, part.channels());
        assertArrayEquals(
                shape(2, 30, 12, 12), part.forward(Tensor.zeros(2, 1, 28, 28)).shape());
        assertEquals("Conv1 to Pool1: [1, 28, 28] -> [30, 12, 12]", part.toString());
    }

    @Test
    void theGradientOfAUnitOfTheFirstLayerIsItsFilter() {
        PartialNetwork part = PartialNetwork.upTo(HandMade.edges(), "Conv1");
        part.forward(Tensor.zeros(2, 1, 8, 8));
        Tensor dx = part.unitGradient(HandMade.VERTICAL, 4, 2);
        Tensor expected = Tensor.zeros(8, 8);
        for (int y = 4; y < 7; y++) {
            expected.set(-1, y, 2);
            expected.set(1, y, 4);
        }
        assertClose(expected, dx.slice(0, 0), 0, "image 0");
        assertClose(expected, dx.slice(1, 0), 0, "image 1");
    }

    @Test
    void theGradientOfADeepUnitIsTheSlopeOfItsValue() {
        Network network = SimpleConvNet.create(1);
        PartialNetwork part = PartialNetwork.upTo(network, "Affine1");
        Tensor x = Tensor.gaussian(new Random(2), 1, 1, 1, 28, 28);
        part.forward(x);
        float slope = part.unitGradient(7).get(0, 0, 13, 14);
        x.set(x.get(0, 0, 13, 14) + 0.01f, 0, 0, 13, 14);
        double above = part.forward(x).get(0, 7);
        x.set(x.get(0, 0, 13, 14) - 0.02f, 0, 0, 13, 14);
        double below = part.forward(x).get(0, 7);
        assertEquals(slope, (above - below) / 0.02, 0.02 * Math.abs(slope));
    }

    @Test
    void lookingChangesNoParameter() {
        Network network = HandMade.edges();
        String before = HandMade.bits(network);
        PartialNetwork part = PartialNetwork.upTo(network, "Relu1");
        part.forward(Tensor.filled(1, 1, 1, 8, 8));
        part.unitGradient(0, 0, 0);
        assertEquals(before, HandMade.bits(network));
    }

    @Test
    void whatIsNotThereIsNamed() {
        Network network = HandMade.edges();
        fails(
                IllegalArgumentException.class,
                "no layer is named Conv2: there are Conv1, Relu1, Affine1",
                () -> PartialNetwork.upTo(network, "Conv2"));
        PartialNetwork part = PartialNetwork.upTo(network, "Conv1");
        fails(
                IllegalStateException.class,
                "PartialNetwork: backward needs a forward pass before it",
                () -> part.unitGradient(0, 0, 0));
        part.forward(Tensor.zeros(1, 1, 8, 8));
        fails(
                ShapeException.class,
                "index [0] needs 3 numbers for a tensor of shape [3, 6, 6]",
                () -> part.unitGradient(0));
        fails(
                IndexOutOfBoundsException.class,
                "Convolution Conv1: channel 3 is outside 0..2",
                () -> part.requireChannel(3));
    }

    @Test
    void aRegionIsCutOutWithZerosBeyondTheImage() {
        Tensor image = Tensor.range(1, 3, 3);
        Region corner = new Region(-1, 1, 3, 3);
        assertClose(tensor(shape(1, 3, 3), 0, 0, 0, 1, 2, 0, 4, 5, 0), corner.of(image), 0, "cut out");
        assertEquals(new Region(0, 1, 2, 2), corner.inside(3, 3));
        assertEquals("rows -1 to 1, columns 1 to 3", corner.toString());
        fails(
                IndexOutOfBoundsException.class,
                "rows 3 to 3, columns 0 to 0 lies outside an image of 3 x 3",
                () -> new Region(3, 0, 1, 1).inside(3, 3));
    }
}
