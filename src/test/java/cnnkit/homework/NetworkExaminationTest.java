package cnnkit.homework;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cnnkit.data.Dataset;
import cnnkit.data.Split;
import cnnkit.layer.Affine;
import cnnkit.network.Network;
import cnnkit.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A network has the epochs of its budget, however often it is checked. */
class NetworkExaminationTest {
    private static final Budget BUDGET = Budget.of(100, 2, 0.1);

    private static Dataset images(int seed) {
        Tensor images = Tensor.gaussian(new Random(seed), 1, 200, 1, 2, 2);
        int[] labels = new int[200];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = images.data()[4 * i] > images.data()[4 * i + 1] ? 1 : 0;
        }
        return Dataset.of(images, labels, 2);
    }

    private final Split split = new Split(images(1), images(2));
    private final Tensor W = Tensor.gaussian(new Random(3), 0.1, 4, 2);
    private final Network network = Network.builder(1, 2, 2)
            .add("Affine", new Affine(W, Tensor.zeros(2)))
            .build();

    private Report check() {
        return NetworkExamination.of(network, BUDGET, split);
    }

    @Test
    void aSecondCheckBeginsWhereTheFirstOneBegan() {
        float[] untrained = W.data().clone();
        Report first = check();
        float[] trained = W.data().clone();
        assertFalse(Arrays.equals(untrained, trained), "afterwards it is a trained one");
        Report second = check();
        assertArrayEquals(trained, W.data());
        assertEquals(first.places(), second.places());
        check();
        assertArrayEquals(trained, W.data(), "nor does a third one go on");
    }

    @Test
    void otherWeightsOfTheLearnersAreTakenAsTheyAre() {
        check();
        float[] trained = W.data().clone();
        Arrays.fill(W.data(), 1);
        check();
        assertFalse(Arrays.equals(trained, W.data()));
    }
}
