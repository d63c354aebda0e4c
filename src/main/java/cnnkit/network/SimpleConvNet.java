package cnnkit.network;

import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.Convolution;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Relu;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.util.Random;
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
    public static final class Builder {
        private int[] input = {1, 28, 28};
        private int filters = 30;
        private Window convolution = Window.of(5);
        private Window pooling = Window.of(2).stride(2);
        private int hidden = 100;
        private int classes = 10;
        private double weightStd = 0.01;

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
         * The standard deviation of the initial weights, 0.01 in the book.
         *
         * @param std of the normal distribution that weights are drawn from
         * @return this builder
         */
        public Builder weightStd(double std) {
            weightStd = std;
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
            Tensor W1 = Tensor.gaussian(
                    random, weightStd, filters, input[0], convolution.kernelHeight(), convolution.kernelWidth());
            Network.Builder network = Network.builder(input)
                    .add("Conv1", new Convolution(W1, Tensor.zeros(filters), convolution))
                    .add("Relu1", new Relu())
                    .add("Pool1", new MaxPooling(pooling));
            int flat = Shapes.length(network.shape());
            Tensor W2 = Tensor.gaussian(random, weightStd, flat, hidden);
            Tensor W3 = Tensor.gaussian(random, weightStd, hidden, classes);
            return network.add("Affine1", new Affine(W2, Tensor.zeros(hidden)))
                    .add("Relu2", new Relu())
                    .add("Affine2", new Affine(W3, Tensor.zeros(classes)))
                    .build();
        }
    }
}
