package cnnkit.network;

import cnnkit.im2col.Window;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.Layer;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Subsampling;
import cnnkit.layer.TrainedSubsampling;
import cnnkit.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * The network that read cheques in 1998: convolution and subsampling in turn, then fully connected layers (section 7.7.1;
 * LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document recognition, 1998, section II.B).
 * <pre>
 *     C1  6 filters of 5x5, padding 2     (1, 28, 28) -> (6, 28, 28)      Conv1
 *     S2  2x2 with stride 2                           -> (6, 14, 14)      Pool1
 *     C3  16 filters of 5x5                           -> (16, 10, 10)     Conv2
 *     S4  2x2 with stride 2                           -> (16, 5, 5)       Pool2
 *     120, 84 and 10 units                            -> (10)             Affine1, Affine2, Affine3
 * </pre>
 * {@code LeNet.create(seed)} builds it as the chapter tells it: a sigmoid after every layer with weights but the last,
 * and subsampling that keeps one pixel of four. With {@code LeNet.builder().activation(Activation.RELU)
 * .pooling(LeNet.Pooling.MAXIMUM)} it is the network one would build today. Weights after Xavier, or after He for ReLU;
 * biases 0.
 *
 * <p>Simpler than in the paper: every filter of C3 sees all six maps of S2; no sigmoid follows S2 and S4; the last layer
 * is Affine with a softmax instead of radial basis functions.
 */
public final class LeNet {
    private LeNet() {}

    /** How the maps are made smaller. */
    public enum Pooling {
        /** One pixel of each window stays: {@link cnnkit.layer.Subsampling}. */
        KEEP_ONE,
        /** The sum of each window times a coefficient plus a bias, as in the paper: {@link TrainedSubsampling}. */
        TRAINED,
        /** The mean of each window: {@link AveragePooling}. */
        AVERAGE,
        /** The largest value of each window: {@link MaxPooling}. */
        MAXIMUM;

        private Layer layer(int channels) {
            Window window = Window.of(2).stride(2);
            return switch (this) {
                case KEEP_ONE -> new Subsampling(window);
                case TRAINED ->
                    new TrainedSubsampling(
                            Tensor.filled(0.25f, channels), Tensor.zeros(channels), window); // at first the mean
                case AVERAGE -> new AveragePooling(window);
                case MAXIMUM -> new MaxPooling(window);
            };
        }
    }

    /**
     * The network as the chapter tells it: sigmoid, and one pixel of four stays.
     *
     * @param seed of the initial weights
     * @return a new, untrained network
     */
    public static Network create(long seed) {
        return builder().build(seed);
    }

    /**
     * Starts from the settings of the chapter.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** The settings of the network, those of the chapter unless changed. */
    public static final class Builder extends ImageNetworkBuilder<Builder> {
        private Activation activation = Activation.SIGMOID;
        private Pooling pooling = Pooling.KEEP_ONE;
        private InitialWeights weights; // null: what suits the activation

        private Builder() {
            super(new int[] {1, 28, 28}, 10);
        }

        /**
         * What follows the layers with weights, a sigmoid unless changed.
         *
         * @param kind also decides how the initial weights are drawn, unless {@link #weights} does
         * @return this builder
         */
        public Builder activation(Activation kind) {
            activation = kind;
            return this;
        }

        /**
         * How the maps are made smaller, by keeping one pixel of four unless changed.
         *
         * @param kind for example {@code LeNet.Pooling.MAXIMUM}
         * @return this builder
         */
        public Builder pooling(Pooling kind) {
            pooling = kind;
            return this;
        }

        /**
         * How the initial weights are drawn, as suits the activation unless changed.
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
            return new LayerStack(input, weights == null ? activation.weights() : weights, random)
                    .convolution(6, Window.of(5).padding(2))
                    .add(activation)
                    .add("Pool", pooling.layer(6))
                    .convolution(16, Window.of(5))
                    .add(activation)
                    .add("Pool", pooling.layer(16))
                    .affine(120)
                    .add(activation)
                    .affine(84)
                    .add(activation)
                    .affine(classes)
                    .build();
        }
    }
}
