package cnnkit.network;

import cnnkit.im2col.Remainder;
import cnnkit.im2col.Window;
import cnnkit.layer.Dropout;
import cnnkit.layer.LocalResponseNormalization;
import cnnkit.layer.MaxPooling;
import java.util.random.RandomGenerator;

/**
 * The network that won the ImageNet contest of 2012: five convolutions, three fully connected layers (section 7.7.2;
 * Krizhevsky, Sutskever and Hinton, ImageNet classification with deep convolutional neural networks, 2012, section 3.5).
 * <pre>
 *     96 filters of 11x11, stride 4     (3, 227, 227) -> (96, 55, 55),  normalized, pooled to (96, 27, 27)
 *     256 of 5x5, padding 2, 2 groups                 -> (256, 27, 27), normalized, pooled to (256, 13, 13)
 *     384 of 3x3, padding 1                           -> (384, 13, 13)
 *     384 of 3x3, padding 1, 2 groups                 -> (384, 13, 13)
 *     256 of 3x3, padding 1, 2 groups                 -> (256, 13, 13), pooled to (256, 6, 6)
 *     4096, 4096 and 1000 units                       -> (1000)
 * </pre>
 * What was new beside LeNet, and can be switched off here to see what it does: ReLU after every layer with weights but
 * the last, local response normalization ({@link LocalResponseNormalization}), and {@link Dropout} behind the first two
 * fully connected layers. Pooling windows of 3x3 with stride 2 overlap.
 *
 * <p>{@code AlexNet.create(seed)} draws 60,965,224 parameters, 244 MB, in some seconds. {@code AlexNet.small()} starts
 * from the same stack of layers, scaled down so that it trains on MNIST:
 * <pre>
 *     16 filters of 5x5, padding 2      (1, 28, 28) -> (16, 28, 28), normalized, pooled to (16, 14, 14)
 *     32 of 5x5, 48, 48, 32 of 3x3                  -> (32, 14, 14), normalized, pooled to (32, 7, 7); ... (32, 3, 3)
 *     128, 128 and 10 units                         -> (10)
 * </pre>
 * Different from the paper: weights after He and biases 0 instead of N(0, 0.01^2) and some biases 1.
 */
public final class AlexNet {
    private AlexNet() {}

    /**
     * The network of the paper.
     *
     * @param seed of the initial weights
     * @return a new, untrained network
     */
    public static Network create(long seed) {
        return builder().build(seed);
    }

    /**
     * Starts from the settings of the paper.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder(
                new int[] {3, 227, 227}, Window.of(11).stride(4), new int[] {96, 256, 384, 384, 256}, 4096, 1000);
    }

    /**
     * Starts from the network scaled down for MNIST.
     *
     * @return a builder
     */
    public static Builder small() {
        return new Builder(new int[] {1, 28, 28}, Window.of(5).padding(2), new int[] {16, 32, 48, 48, 32}, 128, 10);
    }

    /** The settings of the network, those it starts from unless changed. */
    public static final class Builder extends ImageNetworkBuilder<Builder> {
        private static final int GROUPS = 2;

        private final Window first;
        private final int[] filters;
        private final int hidden;
        private Activation activation = Activation.RELU;
        private boolean normalization = true;
        private double dropout = 0.5;

        private Builder(int[] input, Window first, int[] filters, int hidden, int classes) {
            super(input, classes);
            this.first = first;
            this.filters = filters;
            this.hidden = hidden;
        }

        /**
         * What follows the layers with weights, ReLU unless changed.
         *
         * @param kind also decides how the initial weights are drawn
         * @return this builder
         */
        public Builder activation(Activation kind) {
            activation = kind;
            return this;
        }

        /**
         * Whether local response normalization follows the first two convolutions; it does unless switched off.
         *
         * @param on whether it does
         * @return this builder
         */
        public Builder normalization(boolean on) {
            normalization = on;
            return this;
        }

        /**
         * The share of values that are dropped while learning, 0.5 unless changed.
         *
         * @param ratio from 0 to less than 1; 0 drops nothing
         * @return this builder
         */
        public Builder dropout(double ratio) {
            dropout = ratio;
            return this;
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        public Network build(RandomGenerator random) {
            Window small = Window.of(3).padding(1);
            LayerStack network = new LayerStack(input, activation.weights(), random);
            network.convolution(filters[0], first).add(activation);
            normalizeAndPool(network);
            network.convolution(filters[1], Window.of(5).padding(2), GROUPS).add(activation);
            normalizeAndPool(network);
            return network.convolution(filters[2], small)
                    .add(activation)
                    .convolution(filters[3], small, GROUPS)
                    .add(activation)
                    .convolution(filters[4], small, GROUPS)
                    .add(activation)
                    .add("Pool", pooling())
                    .affine(hidden)
                    .add(activation)
                    .add("Dropout", new Dropout(dropout))
                    .affine(hidden)
                    .add(activation)
                    .add("Dropout", new Dropout(dropout))
                    .affine(classes)
                    .build();
        }

        private void normalizeAndPool(LayerStack network) {
            if (normalization) {
                network.add("Norm", new LocalResponseNormalization());
            }
            network.add("Pool", pooling());
        }

        /** Overlapping; on maps of even size the last windows hang over the edge. */
        private static MaxPooling pooling() {
            return new MaxPooling(Window.of(3).stride(2).remainder(Remainder.CEIL));
        }
    }
}
