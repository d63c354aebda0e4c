package cnnkit.inspect;

import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cnnkit.data.Dataset;
import cnnkit.im2col.Window;
import cnnkit.layer.PassingLayer;
import cnnkit.network.Network;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SilencingTest {
    private static final Dataset IMAGES = HandMade.halves(1, 2, 3, 4, 5, 6, 7);

    @Test
    void withoutItsEdgeFilterAClassIsNotRecognised() {
        // the vertical edges are class 0: without their filter all scores are 0, and the first class wins
        List<Silencing> each = Silencing.each(HandMade.edges(), "Conv1", IMAGES);
        assertEquals(3, each.size());
        assertEquals(1, each.get(0).before());
        assertEquals(0, each.get(HandMade.VERTICAL).loss()); // a tie of two zeros goes to class 0, which is right
        assertEquals(0.5, each.get(HandMade.HORIZONTAL).loss()); // class 1 is taken for class 0
        assertEquals(0, each.get(HandMade.NEVER).loss()); // nobody misses it
        assertEquals(
                "Conv1 without filters [1]: 100.00 % becomes 50.00 %",
                each.get(HandMade.HORIZONTAL).toString());
    }

    @Test
    void weightsAndBiasAreSilencedTogether() {
        Network network = HandMade.edges();
        Tensor b = network.parameter("b1").value();
        b.set(1000, HandMade.HORIZONTAL); // shouts class 1 whatever the image is
        assertEquals(0.5, Silencing.of(network, "Conv1", IMAGES, HandMade.NEVER).before());
        assertEquals(
                1,
                Silencing.of(network, "Conv1", IMAGES.select(0, 2, 4), HandMade.HORIZONTAL)
                        .after());
        assertEquals(1000, b.get(HandMade.HORIZONTAL));
    }

    @Test
    void severalFiltersAreSilentTogether() {
        List<Silencing> two = Silencing.of(
                HandMade.edges(), "Conv1", IMAGES.select(1, 3, 5), List.of(new int[] {0, 1}, new int[] {0, 2}));
        assertEquals(List.of(0, 1), two.get(0).filters());
        assertEquals(1, two.get(0).loss()); // all images are of class 1, and class 0 wins
        assertEquals(0, two.get(1).loss());
    }

    @Test
    void theNetworkIsTheSameAfterwards() {
        Network network = HandMade.edges();
        String before = HandMade.bits(network);
        Silencing.each(network, "Conv1", IMAGES);
        assertEquals(before, HandMade.bits(network));
    }

    @Test
    void anInterruptPutsTheFiltersBack() {
        Network network = HandMade.of(
                shape(1, 8, 8),
                "Stopper",
                new HandMade.Stopper(5), // 3 batches for the accuracy before, then in the second one without
                "Conv1",
                HandMade.convolution(new Random(1), 3, 1, Window.of(3)));
        String before = HandMade.bits(network);
        fails(
                InterruptedWorkException.class,
                "evaluation stopped after 200 of 250 images",
                () -> Silencing.of(network, "Conv1", HandMade.halves(new int[125]), 1));
        assertFalse(Thread.interrupted());
        assertEquals(before, HandMade.bits(network));
    }

    @Test
    void anExceptionPutsTheFiltersBack() {
        class Failing extends PassingLayer {
            private boolean zeroSeen;

            @Override
            public Tensor forward(Tensor x) {
                if (x.get(0, 1, 0, 0) == 0 && x.get(0, 0, 0, 0) != 0) {
                    zeroSeen = true;
                    throw new IllegalStateException("the map is empty");
                }
                return x;
            }
        }
        Failing failing = new Failing();
        Network network = HandMade.of(
                shape(1, 8, 8), "Conv1", HandMade.convolution(new Random(1), 2, 1, Window.of(3)), "Failing", failing);
        String before = HandMade.bits(network);
        assertThrows(IllegalStateException.class, () -> Silencing.of(network, "Conv1", IMAGES, 1));
        assertEquals(true, failing.zeroSeen);
        assertEquals(before, HandMade.bits(network));
    }

    @Test
    void onlyFiltersCanBeSilenced() {
        fails(
                IllegalArgumentException.class,
                "Silencing: Affine Affine1 has no filters: the convolutions are Conv1",
                () -> Silencing.of(HandMade.edges(), "Affine1", IMAGES, 0));
        fails(
                IndexOutOfBoundsException.class,
                "Silencing: filter 3 is outside 0..2 of Convolution Conv1",
                () -> Silencing.of(HandMade.edges(), "Conv1", IMAGES, 0, 3));
    }
}
