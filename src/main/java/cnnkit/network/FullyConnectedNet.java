package cnnkit.network;

import java.util.random.RandomGenerator;

/**
 * A network without convolution: Affine - ReLU, as often as there are hidden layers, then Affine, and softmax (chapters 3
 * to 6 of the book).
 *
 * <p>The first Affine layer flattens an image to a row of numbers and so knows nothing of its shape: with the pixels of
 * all images shuffled in the same way this network learns just as well (section 7.2.1). {@code
 * FullyConnectedNet.create(seed)} builds it for images (1, 28, 28), with one hidden layer of 100 units and 10 classes;
 * weights after He, biases 0. A {@link Builder} changes any of them.
 */
public final class FullyConnectedNet {
    private FullyConnectedNet() {}

    /**
     * The network with one hidden layer of 100 units for MNIST.
     *
     * @param seed of the initial weights
     * @return a new, untrained network
     */
    public static Network create(long seed) {
        return builder().build(seed);
    }

    /**
     * Starts from these settings.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** The settings of the network. */
    public static final class Builder extends ImageNetworkBuilder<Builder> {
        private int[] hidden = {100};
        private InitialWeights weights = InitialWeights.he();

        private Builder() {
            super(new int[] {1, 28, 28}, 10);
        }

        /**
         * The shape of one input, (1, 28, 28) unless changed.
         *
         * @param shape C, H, W for images, or the number of values
         * @return this builder
         */
        public Builder input(int... shape) {
            input = shape.clone();
            return this;
        }

        /**
         * The sizes of the hidden layers, one of 100 units unless changed.
         *
         * @param units one number per hidden layer, first to last; none at all for a network of one Affine layer
         * @return this builder
         */
        public Builder hidden(int... units) {
            hidden = units.clone();
            return this;
        }

        /**
         * How the initial weights are drawn, after He unless changed.
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
            for (int units : hidden) {
                network.affine(units).add(Activation.RELU);
            }
            return network.affine(classes).build();
        }
    }
}
