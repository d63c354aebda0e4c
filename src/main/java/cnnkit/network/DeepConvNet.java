package cnnkit.network;

import cnnkit.im2col.Window;
import cnnkit.layer.Dropout;
import cnnkit.layer.MaxPooling;
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
    public static final class Builder extends ImageNetworkBuilder<Builder> {
        private int hidden = 50;
        private double dropout = 0.5;
        private InitialWeights weights = InitialWeights.he();

        private Builder() {
            super(new int[] {1, 28, 28}, 10);
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

        @Override
        Builder self() {
            return this;
        }

        @Override
        public Network build(RandomGenerator random) {
            LayerStack network = new LayerStack(input, weights, random);
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

        private static void pair(LayerStack network, int filters, int secondPadding) {
            network.convolution(filters, Window.of(3).padding(1))
                    .add(Activation.RELU)
                    .convolution(filters, Window.of(3).padding(secondPadding))
                    .add(Activation.RELU)
                    .add("Pool", new MaxPooling(Window.of(2).stride(2)));
        }
    }
}
