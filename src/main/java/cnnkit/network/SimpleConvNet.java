package cnnkit.network;

import cnnkit.im2col.Window;
import cnnkit.layer.MaxPooling;
import java.util.random.RandomGenerator;

/**
 * The network of section 7.5: Convolution - ReLU - MaxPooling - Affine - ReLU - Affine, and softmax.
 *
 * <p>{@code SimpleConvNet.create(seed)} builds it with the book's settings: input (1, 28, 28), 30 filters of 5x5, pooling
 * 2x2 with stride 2, 100 hidden units, 10 classes, weights drawn from N(0, 0.01^2) and biases 0. A {@link Builder}
 * changes any of them; every input that the windows fit on is welcome, square or not.
 */
public final class SimpleConvNet {
    private SimpleConvNet() {}

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
        private int filters = 30;
        private Window convolution = Window.of(5);
        private Window pooling = Window.of(2).stride(2);
        private int hidden = 100;
        private double weightStd = 0.01;

        private Builder() {
            super(new int[] {1, 28, 28}, 10);
        }

        /**
         * The number of filters, 30 in the book.
         *
         * @param count FN
         * @return this builder
         */
        public Builder filters(int count) {
            filters = count;
            return this;
        }

        /**
         * Where the filters stand, {@code Window.of(5)} in the book.
         *
         * @param window kernel, stride and padding
         * @return this builder
         */
        public Builder convolution(Window window) {
            convolution = window;
            return this;
        }

        /**
         * Where the pooling windows stand, {@code Window.of(2).stride(2)} in the book.
         *
         * @param window kernel, stride and padding
         * @return this builder
         */
        public Builder pooling(Window window) {
            pooling = window;
            return this;
        }

        /**
         * The outputs of the first Affine layer, 100 in the book.
         *
         * @param count units
         * @return this builder
         */
        public Builder hidden(int count) {
            hidden = count;
            return this;
        }

        /**
         * The standard deviation of the initial weights, 0.01 in the book.
         *
         * @param std of the normal distribution that weights are drawn from
         * @return this builder
         */
        public Builder weightStd(double std) {
            weightStd = std;
            return this;
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        public Network build(RandomGenerator random) {
            return new LayerStack(input, InitialWeights.gaussian(weightStd), random)
                    .convolution(filters, convolution)
                    .add(Activation.RELU)
                    .add("Pool", new MaxPooling(pooling))
                    .affine(hidden)
                    .add(Activation.RELU)
                    .affine(classes)
                    .build();
        }
    }
}
