package cnnkit.inspect;

import static cnnkit.tensor.Check.assertClose;
import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static cnnkit.tensor.Check.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.network.Network;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import org.junit.jupiter.api.Test;

class OcclusionTest {

    /** For images of 4x4: score 0 is twice pixel (1, 2), score 1 minus pixel (3, 0). */
    private static Network twoPixels() {
        Tensor W = Tensor.zeros(16, 2);
        W.set(2, 1 * 4 + 2, 0);
        W.set(-1, 3 * 4, 1);
        return Network.builder(1, 4, 4)
                .add("Affine1", new Affine(W, Tensor.zeros(2)))
                .build();
    }

    private static final Tensor BRIGHT = Tensor.filled(0.5f, 1, 4, 4);

    @Test
    void theScoreDropsWhereThePatchCoversThePixel() {
        Occlusion occlusion = Occlusion.of(twoPixels(), BRIGHT, 0, 2);
        assertEquals(1, occlusion.score());
        assertClose(tensor(shape(3, 3), 0, 1, 1, 0, 1, 1, 0, 0, 0), occlusion.drops(), 0, "drops");
        assertEquals(new Region(0, 1, 2, 2), occlusion.mostImportant());
        assertEquals(
                "the score of class 0 is 1.00; a patch over rows 0 to 1, columns 1 to 2 takes away 1.00",
                occlusion.toString());
    }

    @Test
    void aPatchOverWhatSpeaksAgainstTheClassRaisesTheScore() {
        Occlusion occlusion = Occlusion.of(twoPixels(), BRIGHT, 1, 2);
        assertClose(tensor(shape(3, 3), 0, 0, 0, 0, 0, 0, -0.5, 0, 0), occlusion.drops(), 0, "drops");
    }

    @Test
    void theMapIsTheMeanOfAllPatchesOverAPixel() {
        Tensor map = Occlusion.of(twoPixels(), BRIGHT, 0, 2).map();
        assertEquals(1, map.get(1, 2)); // all four patches over it cover it
        assertEquals(1, map.get(0, 2)); // two of two
        assertEquals(0.5, map.get(2, 2)); // two of four
        assertEquals(0.25, map.get(2, 1), 1e-7); // the one of four that reaches up to it
        assertEquals(0, map.get(0, 0));
    }

    @Test
    void patchesMayBeOfAnyShapeStrideAndColour() {
        Window window = Window.of(1, 2).stride(2).padding(0, 1).remainder(Remainder.FLOOR);
        Occlusion occlusion = Occlusion.of(twoPixels(), BRIGHT, 1, window, 1);
        // rows 0 and 2 only: pixel (3, 0) is never covered
        assertClose(Tensor.zeros(2, 3), occlusion.drops(), 0, "drops");
        assertTrue(Float.isNaN(occlusion.map().get(3, 0)));
        Window all = Window.of(1);
        assertEquals(0.5f, Occlusion.of(twoPixels(), BRIGHT, 1, all, 1).drops().get(3, 0)); // brighter: speaks against
    }

    @Test
    void moreThanABatchOfPatchesAreAllLaid() {
        Tensor image = Tensor.filled(1, 1, 12, 12);
        Tensor W = Tensor.zeros(144, 2);
        W.set(3, 143, 1);
        Network last = Network.builder(1, 12, 12)
                .add("Affine1", new Affine(W, Tensor.zeros(2)))
                .build();
        Tensor drops = Occlusion.of(last, image, 1, 1).drops();
        assertEquals(3, drops.get(11, 11));
        assertEquals(3, drops.sum());
    }

    @Test
    void theImageIsNotChanged() {
        Tensor image = BRIGHT.copy();
        Occlusion.of(twoPixels(), image, 0, 3);
        assertEquals(BRIGHT, image);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        fails(
                IndexOutOfBoundsException.class,
                "Occlusion: class 2 is outside 0..1",
                () -> Occlusion.of(twoPixels(), BRIGHT, 2, 2));
        fails(
                ShapeException.class,
                "Occlusion: expected image [C, H, W] but got [4, 4]",
                () -> Occlusion.of(twoPixels(), Tensor.zeros(4, 4), 0, 2));
    }

    @Test
    void anInterruptStopsIt() {
        Network network = HandMade.of(shape(1, 16, 16), "Stopper", new HandMade.Stopper(2));
        fails(
                InterruptedWorkException.class,
                "occlusion stopped after 100 of 256 patches",
                () -> Occlusion.of(network, Tensor.zeros(1, 16, 16), 0, 1));
        assertFalse(Thread.interrupted());
    }
}
