package cnnkit.inspect;

import cnnkit.layer.Layer;
import cnnkit.network.Network;
import cnnkit.network.Pass;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a network from its input up to one of them: what the units of that layer say to a batch, and which way
 * the input must change for them to say more.
 *
 * <p>A unit is one value of the layer's output for one image: a channel, row and column of a feature map, or one output
 * of an Affine layer. The parameters are those of the network, not copies: a backward pass overwrites their gradients, never
 * their values.
 */
public final class PartialNetwork {
    private final int[] inputShape;
    private final List<Layer> layers;
    private final int[] outputShape;
    private final Pass pass;
    private int batch; // N of the latest forward pass; 0: there was none

    private PartialNetwork(int[] inputShape, List<Layer> layers, Pass pass) {
        this.inputShape = inputShape;
        this.layers = layers;
        this.pass = pass;
        int[] shape = inputShape;
        for (Layer layer : layers) {
            shape = layer.outputShape(shape);
        }
        outputShape = shape;
    }

    /**
     * The lower part of a network.
     *
     * @param network any network
     * @param layer the name of the last layer that belongs to the part, for example {@code Relu1}
     * @return the layers up to it
     * @throws IllegalArgumentException if there is no such layer, naming those there are
     */
    public static PartialNetwork upTo(Network network, String layer) {
        Layer last = network.layer(layer);
        List<Layer> layers = new ArrayList<>(network.layers().values());
        List<Layer> part = List.copyOf(layers.subList(0, layers.indexOf(last) + 1));
        return new PartialNetwork(network.inputShape(), part, network.passUpTo(layer));
    }

    /** The layers, in order. */
    List<Layer> layers() {
        return layers;
    }

    /** The shape of one input, C, H, W for images. */
    int[] inputShape() {
        return inputShape;
    }

    /**
     * The shape of the last layer's output for one input.
     *
     * @return C, H, W for feature maps; a single number for an Affine layer
     */
    public int[] outputShape() {
        return outputShape.clone();
    }

    /**
     * How many channels the last layer has; an output of an Affine layer counts as one.
     *
     * @return from 1
     */
    public int channels() {
        return outputShape[0];
    }

    /** Makes sure that there is such a channel. */
    void requireChannel(int channel) {
        if (channel < 0 || channel >= channels()) {
            throw new IndexOutOfBoundsException(Text.error(
                    "%s: channel %d is outside 0..%d", layers.get(layers.size() - 1), channel, channels() - 1));
        }
    }

    /** The unit of a channel in the middle of its feature map; for an Affine layer the output itself. */
    int[] middleUnit(int channel) {
        requireChannel(channel);
        return outputShape.length == 1
                ? new int[] {channel}
                : new int[] {channel, outputShape[1] / 2, outputShape[2] / 2};
    }

    /**
     * The forward pass.
     *
     * @param x a batch, (N, ...) with the input shape of the network
     * @return what the last layer gives, (N, C, H, W) or (N, outputs)
     * @throws cnnkit.tensor.ShapeException if x does not fit
     */
    public Tensor forward(Tensor x) {
        Tensor out = pass.forward(x);
        batch = x.size(0);
        return out;
    }

    /**
     * The backward pass of the latest forward pass, down to the input.
     *
     * @param dout the gradient with respect to what the last layer gave, of the same shape
     * @return dx, the gradient with respect to the input, (N, ...)
     * @throws IllegalStateException if there was no forward pass
     */
    public Tensor backward(Tensor dout) {
        requireForward();
        return pass.backward(dout);
    }

    private void requireForward() {
        if (batch == 0) {
            throw new IllegalStateException(Text.error("PartialNetwork: backward needs a forward pass before it"));
        }
    }

    /**
     * The gradient of one unit with respect to the input, for each image of the latest forward pass: how the unit's
     * value changes with each pixel.
     *
     * @param unit its channel, row and column; for an Affine layer the number of the output
     * @return dx, (N, ...)
     * @throws IllegalStateException if there was no forward pass
     * @throws cnnkit.tensor.ShapeException if a unit of this layer has another number of indices
     * @throws IndexOutOfBoundsException if there is no such unit
     */
    public Tensor unitGradient(int... unit) {
        requireForward();
        Tensor one = Tensor.zeros(outputShape);
        one.set(1, unit);
        Tensor dout = Tensor.zeros(withBatch(batch, outputShape));
        for (int n = 0; n < batch; n++) {
            System.arraycopy(one.data(), 0, dout.data(), n * one.length(), one.length());
        }
        return backward(dout);
    }

    /** The shape of a batch. */
    static int[] withBatch(int N, int... shape) {
        int[] batch = new int[shape.length + 1];
        batch[0] = N;
        System.arraycopy(shape, 0, batch, 1, shape.length);
        return batch;
    }

    /**
     * In words.
     *
     * @return for example {@code Conv1 to Relu2: [1, 28, 28] -> [16, 12, 12]}
     */
    @Override
    public String toString() {
        return Text.of(
                "%s to %s: %s -> %s",
                layers.get(0).name(),
                layers.get(layers.size() - 1).name(),
                Shapes.text(inputShape),
                Shapes.text(outputShape));
    }
}
