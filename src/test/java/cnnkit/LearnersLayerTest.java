package cnnkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Dataset;
import cnnkit.im2col.Window;
import cnnkit.inspect.ActivationMaximization;
import cnnkit.inspect.ClassSelectivity;
import cnnkit.inspect.Occlusion;
import cnnkit.inspect.PartialNetwork;
import cnnkit.inspect.ReceptiveField;
import cnnkit.inspect.Silencing;
import cnnkit.inspect.TopPatches;
import cnnkit.layer.Affine;
import cnnkit.layer.Convolution;
import cnnkit.layer.Layer;
import cnnkit.layer.MaxPooling;
import cnnkit.network.Network;
import cnnkit.network.Plan;
import cnnkit.plot.learned.Learned;
import cnnkit.plot.learned.NetworkStrip;
import cnnkit.tensor.Tensor;
import cnnkit.train.Adam;
import cnnkit.train.Evaluation;
import cnnkit.train.GradientCheck;
import cnnkit.train.Trainer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A layer of ten lines works in a network, and in every tool that looks at one. */
class LearnersLayerTest {
    /** ReLU as a learner writes it. */
    private static final class MyRelu extends Layer {
        private Tensor x;

        @Override
        public Tensor forward(Tensor x) {
            this.x = x;
            return x.map(v -> Math.max(v, 0));
        }

        @Override
        public Tensor backward(Tensor dout) {
            Tensor dx = dout.copy();
            for (int i = 0; i < dx.length(); i++) {
                dx.data()[i] = x.data()[i] > 0 ? dout.data()[i] : 0;
            }
            return dx;
        }

        @Override
        public int[] outputShape(int... inputShape) {
            return inputShape;
        }
    }

    private static Network network() {
        Random random = new Random(4);
        return Network.builder(1, 8, 8)
                .add("Conv1", new Convolution(Tensor.gaussian(random, 0.3, 3, 1, 3, 3), Tensor.zeros(3), Window.of(3)))
                .add("Mine1", new MyRelu())
                .add("Pool1", new MaxPooling(Window.of(2).stride(2)))
                .add("Affine1", new Affine(Tensor.gaussian(random, 0.3, 27, 5), Tensor.zeros(5)))
                .add("Mine2", new MyRelu())
                .add("Affine2", new Affine(Tensor.gaussian(random, 0.3, 5, 3), Tensor.zeros(3)))
                .build();
    }

    private static Dataset images() {
        Random random = new Random(5);
        byte[] pixels = new byte[30 * 64];
        int[] labels = new int[30];
        for (int i = 0; i < pixels.length; i++) { // a bright column of its own for each class
            labels[i / 64] = i / 64 % 3;
            pixels[i] = (byte) (random.nextInt(60) + (i % 8 == 2 * labels[i / 64] + 1 ? 150 : 0));
        }
        return Dataset.of(pixels, labels, 3, 1, 8, 8);
    }

    @Test
    void itLearnsAndIsMeasured() {
        Network network = network();
        assertEquals(
                "Conv1, Mine1, Pool1, Affine1, Mine2, Affine2",
                Plan.together(network).toString());
        Dataset images = images();
        assertTrue(GradientCheck.of(network, images.images(0, 1), images.labels(0, 1))
                        .largestRelativeError()
                < 1e-3);
        new Trainer(network, images)
                .optimizer(new Adam(0.01))
                .batchSize(10)
                .epochs(20)
                .train();
        assertEquals(1, Evaluation.of(network, images).accuracy());
        assertTrue(network.summary().toString().contains("MyRelu"));
    }

    @Test
    void everyToolLooksIntoIt() {
        Network network = network();
        Dataset images = images();
        Tensor image = images.image(0);
        assertEquals(3, PartialNetwork.upTo(network, "Mine1").channels());
        assertEquals(3, ReceptiveField.of(network, "Mine1").height());
        assertEquals(4, ReceptiveField.of(network, "Pool1").height());
        assertTrue(ReceptiveField.byGradient(network, "Mine1", 2, 2)[3][3]);
        assertEquals(3, TopPatches.ofAll(network, "Mine1", images, 2).size());
        assertEquals(5, ClassSelectivity.of(network, "Mine2", images).units().length);
        assertEquals(
                3,
                new ActivationMaximization(network)
                        .steps(3)
                        .maximize("Mine1", 0)
                        .region()
                        .height());
        assertTrue(Occlusion.of(network, image, 0, 3).drops().length() > 0);
        assertEquals(3, Silencing.each(network, "Conv1", images).size());
    }

    @Test
    void everyFigureDrawsIt() {
        Network network = network();
        Tensor image = images().image(0);
        assertTrue(Learned.receptiveFields(network, image).png().length > 100);
        assertTrue(NetworkStrip.of(network).figure().png().length > 100);
        assertTrue(Learned.topPatches(TopPatches.ofAll(network, "Mine1", images(), 2))
                        .figure()
                        .png()
                        .length
                > 100);
    }
}
