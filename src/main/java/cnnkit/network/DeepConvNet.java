package cnnkit.network;

import cnnkit.im2col.Window;
import cnnkit.layer.Dropout;
import cnnkit.layer.MaxPooling;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * A deeper network for MNIST (chapter 8 of the book; section 7.6.2 looks into it): three times Convolution - ReLU -
 * Convolution - ReLU - MaxPooling, then Affine - ReLU - Dropout - Affine - Dropout, and softmax.
 * <pre>
 *     16 and 16 filters of 3x3     (1, 28, 28) -> (16, 28, 28), pooled to (16, 14, 14)
 *     32 and 32                                -> (32, 16, 16), pooled to (32, 8, 8)       the fourth has padding 2
 *     64 and 64                                -> (64, 8, 8),   pooled to (64, 4, 4)
 *     50 and 10 units                          -> (10)
 * </pre>
 * {@code DeepConvNet.create(seed)} builds it with the book's settings: 123,552 parameters, weights after He, biases 0,
 * half of the values dropped. A {@link Builder} changes them.
 */
public final class DeepConvNet {
    private DeepConvNet() {}

    /**
     * The network with the book's settings.
     *
     * @param seed of the initial weights
     * @return a new, untrained network
     */
    public static Network create(long seed) {
        return builder().build(seed);
    }

    /**
     * Starts from the book's settings.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** The settings of the network, those of the book unless changed. */
    public static final class Builder {
        private int[] input = {1, 28, 28};
        private int hidden = 50;
        private int classes = 10;
        private double dropout = 0.5;
        private InitialWeights weights = InitialWeights.he();

        private Builder() {}

        /**
         * The shape of one image, (1, 28, 28) in the book.
         *
         * @param channels C
         * @param height H, in pixels
         * @param width W, in pixels
         * @return this builder
         */
        public Builder input(int channels, int height, int width) {
            input = new int[] {channels, height, width};
            return this;
        }

        /**
         * The outputs of the first Affine layer, 50 in the book.
         *
         * @param count units
         * @return this builder
         */
        public Builder hidden(int count) {
            hidden = count;
            return this;
        }

        /**
         * The number of classes, 10 in the book.
         *
         * @param count K
         * @return this builder
         */
        public Builder classes(int count) {
            classes = count;
            return this;
        }

        /**
         * The share of values that are dropped while learning, 0.5 in the book.
         *
         * @param ratio from 0 to less than 1; 0 drops nothing
         * @return this builder
         */
        public Builder dropout(double ratio) {
            dropout = ratio;
            return this;
        }

        /**
         * How the initial weights are drawn, after He in the book.
         *
         * @param how for example {@code InitialWeights.gaussian(0.01)}
         * @return this builder
         */
        public Builder weights(InitialWeights how) {
            weights = how;
            return this;
        }

        /**
         * Builds the network.
         *
         * @param seed of the initial weights
         * @return a new, untrained network
         * @throws cnnkit.tensor.ShapeException if a window does not fit, naming the layer and sizes that would
         */
        public Network build(long seed) {
            return build(new Random(seed));
        }

        /**
         * Builds the network.
         *
         * @param random where the initial weights are drawn from
         * @return a new, untrained network
         * @throws cnnkit.tensor.ShapeException if a window does not fit, naming the layer and sizes that would
         */
        public Network build(RandomGenerator random) {
            Bricks network = new Bricks(input, weights, random);
            pair(network, 16, 1);
            pair(network, 32, 2);
            pair(network, 64, 1);
            return network.affine(hidden)
                    .add(Activation.RELU)
                    .add("Dropout", new Dropout(dropout))
                    .affine(classes)
                    .add("Dropout", new Dropout(dropout))
                    .build();
        }

        private static void pair(Bricks network, int filters, int secondPadding) {
            network.convolution(filters, Window.of(3).padding(1))
                    .add(Activation.RELU)
                    .convolution(filters, Window.of(3).padding(secondPadding))
                    .add(Activation.RELU)
                    .add("Pool", new MaxPooling(Window.of(2).stride(2)));
        }
    }
}
