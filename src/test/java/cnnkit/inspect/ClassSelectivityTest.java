package cnnkit.inspect;

import static cnnkit.tensor.Check.fails;
import static cnnkit.tensor.Check.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Dataset;
import cnnkit.layer.Affine;
import cnnkit.layer.Relu;
import cnnkit.network.Network;
import cnnkit.tensor.InterruptedWorkException;
import cnnkit.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassSelectivityTest {

    /** Three pixels, three classes; what comes out of Relu1 is the pixels themselves. */
    private static Network pixels() {
        Tensor identity = Tensor.zeros(3, 3);
        for (int i = 0; i < 3; i++) {
            identity.set(1, i, i);
        }
        return Network.builder(1, 1, 3)
                .add("Relu1", new Relu())
                .add("Affine1", new Affine(identity, Tensor.zeros(3)))
                .add("Relu2", new Relu())
                .build();
    }

    private static Dataset three(int[] labels, int... pixels) {
        byte[] bytes = new byte[pixels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) pixels[i];
        }
        return Dataset.of(bytes, labels, 3, 1, 1, 3);
    }

    @Test
    void selectivityByHand() {
        // pixel 0 is lit for class 0 only; pixel 1 alike for all; pixel 2: means 100, 20 and 60 of 255
        Dataset images = three(new int[] {0, 0, 1, 2}, 255, 50, 200, 255, 50, 0, 0, 50, 20, 0, 50, 60);
        ClassSelectivity selectivity = ClassSelectivity.of(pixels(), "Relu2", images);
        assertEquals("Relu2", selectivity.layer());
        assertArrayEquals(new double[] {1, 0, (100 - 40) / (100 + 40.0)}, selectivity.units(), 1e-6);
        assertArrayEquals(
                new double[] {100 / 255.0, 20 / 255.0, 60 / 255.0}, selectivity.means()[2], 1e-6);
        assertEquals(0, selectivity.preferredClass(0));
        assertEquals(0, selectivity.preferredClass(2));
        assertEquals((1 + 0 + 60 / 140.0) / 3, selectivity.mean(), 1e-6);
        assertEquals(60 / 140.0, selectivity.quantile(0.5), 1e-6);
        assertEquals(30 / 140.0, selectivity.quantile(0.25), 1e-6);
        assertEquals(1, selectivity.quantile(1), 1e-6);
        assertEquals(
                "Relu2: selectivity of 3 units: mean 0.48, half of them from 0.21 to 0.71, 0 silent",
                selectivity.toString());
    }

    @Test
    void theAnswerOfAFeatureMapIsTheMeanOverTheMap() {
        ClassSelectivity maps = ClassSelectivity.of(HandMade.edges(), "Relu1", HandMade.halves(2, 4, 7));
        // an edge at column 2 or 4 fills 2 of 6 columns of the map with 3, one at column 7 only 1
        assertEquals((1 + 1 + 0.5) / 3, maps.means()[HandMade.VERTICAL][0], 1e-6);
        assertEquals(0, maps.means()[HandMade.VERTICAL][1]);
        assertEquals(1, maps.units()[HandMade.VERTICAL]);
        assertEquals(0, maps.preferredClass(HandMade.VERTICAL));
        assertEquals(1, maps.preferredClass(HandMade.HORIZONTAL));
    }

    @Test
    void aUnitThatNeverAnswersIsCountedApart() {
        ClassSelectivity maps = ClassSelectivity.of(HandMade.edges(), "Relu1", HandMade.halves(4));
        assertTrue(Double.isNaN(maps.units()[HandMade.NEVER]));
        assertEquals(1, maps.silent());
        assertEquals(1, maps.mean());
        ClassSelectivity black = ClassSelectivity.of(pixels(), "Relu1", three(new int[] {0, 1}, 0, 0, 0, 0, 0, 0));
        assertEquals(1, black.silent()); // one channel
        assertTrue(Double.isNaN(black.mean()) && Double.isNaN(black.quantile(0.5)));
    }

    @Test
    void allReLUsAreMeasuredFromTheLowestUp() {
        Dataset images = three(new int[] {0, 1}, 90, 0, 0, 0, 0, 30);
        List<ClassSelectivity> all = ClassSelectivity.byDepth(pixels(), images);
        assertEquals(
                List.of("Relu1", "Relu2"),
                all.stream().map(ClassSelectivity::layer).toList());
        assertEquals((90 - 30) / (90 + 30.0), all.get(0).mean(), 1e-6); // its one channel cannot tell the pixels apart
        assertEquals(1, all.get(1).mean()); // pixels 0 and 2; pixel 1 is silent
        assertTrue(Double.isNaN(all.get(1).means()[0][2])); // no image is of class 2
    }

    @Test
    void aThousandImagesAreAllCounted() {
        int[] labels = new int[1050], pixels = new int[3 * 1050];
        for (int n = 0; n < labels.length; n++) {
            labels[n] = n % 3;
            pixels[3 * n] = n % 3 == 0 ? n / 3 % 2 * 100 : 20; // half of the images of class 0 at 100: a mean of 50
        }
        ClassSelectivity selectivity = ClassSelectivity.of(pixels(), "Relu2", three(labels, pixels));
        assertEquals((50 - 20) / (50 + 20.0), selectivity.units()[0], 1e-6);
    }

    @Test
    void whatCannotBeMeasuredIsRefused() {
        Network infinite = HandMade.edges();
        infinite.parameter("b1").value().set(Float.POSITIVE_INFINITY, 0);
        fails(
                IllegalArgumentException.class,
                "ClassSelectivity: Relu Relu1 gives Infinity, so something in the network is no number any more: look at its weights, or load them again",
                () -> ClassSelectivity.of(infinite, "Relu1", falling()));
        fails(
                IllegalArgumentException.class,
                "ClassSelectivity: Convolution Conv1 gives negative values, for example -3.0: take the ReLU after it",
                () -> ClassSelectivity.of(HandMade.edges(), "Conv1", falling()));
        fails(
                IllegalArgumentException.class,
                "ClassSelectivity: expected images of two classes or more but got 1 images of 1",
                () -> ClassSelectivity.byDepth(pixels(), three(new int[] {2}, 1, 2, 3)));
        fails(
                IllegalArgumentException.class,
                "ClassSelectivity: the network has no ReLU: name the layers to measure, whose values are never negative",
                () -> ClassSelectivity.byDepth(HandMade.of(shape(1, 1, 3)), three(new int[] {0, 1}, 1, 2, 3, 4, 5, 6)));
    }

    /** Bright on the left: the vertical edge filter gives -3. */
    private static Dataset falling() {
        byte[] pixels = new byte[2 * 64];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % 8 < 1 ? 255 : 0);
        }
        return Dataset.of(pixels, new int[] {0, 1}, 2, 1, 8, 8);
    }

    @Test
    void anInterruptStopsIt() {
        Network network = HandMade.of(shape(1, 8, 8), "Stopper", new HandMade.Stopper(1), "Relu1", new Relu());
        int[] begins = new int[75];
        String before = HandMade.bits(network);
        fails(
                InterruptedWorkException.class,
                "class selectivity stopped after 100 of 150 images",
                () -> ClassSelectivity.byDepth(network, HandMade.halves(begins)));
        assertFalse(Thread.interrupted());
        assertEquals(before, HandMade.bits(network));
    }
}
