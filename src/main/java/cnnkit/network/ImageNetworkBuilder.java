package cnnkit.network;

import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * The settings that every network of this package has, and the two ways to build it.
 *
 * @param <B> the builder itself
 */
abstract class ImageNetworkBuilder<B extends ImageNetworkBuilder<B>> {
    /** C, H, W. */
    int[] input;

    int classes;

    ImageNetworkBuilder(int[] input, int classes) {
        this.input = input;
        this.classes = classes;
    }

    /** This builder, as what it is. */
    abstract B self();

    /**
     * The shape of one image.
     *
     * @param channels C
     * @param height H, in pixels
     * @param width W, in pixels
     * @return this builder
     */
    public B input(int channels, int height, int width) {
        input = new int[] {channels, height, width};
        return self();
    }

    /**
     * The number of classes.
     *
     * @param count K
     * @return this builder
     */
    public B classes(int count) {
        classes = count;
        return self();
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
    public abstract Network build(RandomGenerator random);
}
