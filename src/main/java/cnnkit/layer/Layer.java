package cnnkit.layer;

import cnnkit.im2col.Window;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.List;
import java.util.Optional;

/**
 * One layer of a network.
 *
 * <p>{@link #forward} takes a batch and remembers what {@link #backward} will need; {@code backward} takes the gradient
 * of the loss with respect to the output, dout, sets the gradients of the parameters (it overwrites, it does not add to
 * them) and returns the gradient with respect to the input, dx.
 *
 * <p>A layer of your own is a class with {@code forward}, {@code backward} and {@code outputShape}, and {@code parameters} if
 * it learns; it keeps in fields whatever it must remember: values, tensors, arrays, lists of these, other layers. A layer called by hand serves one thread, and its backward pass
 * belongs to its latest forward pass. In a network, what a pass remembers belongs to the pass: several may be under way at
 * once.
 */
public abstract class Layer {
    /** What a layer is for; figures give each kind its colour. */
    public enum Kind {
        /** Slides filters over an image. */
        CONVOLUTION,
        /** Bends each value on its own, as ReLU does. */
        ACTIVATION,
        /** Makes maps smaller. */
        POOLING,
        /** Every output sees every input. */
        AFFINE,
        /** Anything else. */
        OTHER
    }

    private String name = "";
    private Object owner; // the network under construction, or built; null: none

    /** A layer without a name; a network gives it one. */
    protected Layer() {}

    /**
     * The forward pass.
     *
     * @param x a batch, first axis N
     * @return the output for each element of the batch, first axis N
     * @throws ShapeException if x does not have the shape this layer expects
     */
    public abstract Tensor forward(Tensor x);

    /**
     * The forward pass while the network learns. Only a layer that learns in another way than it predicts, such as
     * {@link Dropout}, does anything else here than in {@link #forward}.
     *
     * @param x a batch, first axis N
     * @param seed of whatever this layer draws at random in this pass: the same seed gives the same bits
     * @return the output for each element of the batch, first axis N
     * @throws ShapeException if x does not have the shape this layer expects
     */
    public Tensor forwardInTraining(Tensor x, long seed) {
        return forward(x);
    }

    /**
     * The backward pass of the latest forward pass.
     *
     * @param dout the gradient of the loss with respect to the output, shaped like the output
     * @return dx, the gradient with respect to the input, shaped like the input
     * @throws ShapeException if dout is not shaped like the output
     * @throws IllegalStateException if there was no forward pass
     */
    public abstract Tensor backward(Tensor dout);

    /**
     * What this layer learns.
     *
     * @return the parameters, weights before bias; empty if there is nothing to learn
     */
    public List<Parameter> parameters() {
        return List.of();
    }

    /**
     * The shape that comes out when one element of the given shape goes in.
     *
     * @param inputShape for example C, H, W: without the N of the batch
     * @return the output's shape, without N
     * @throws ShapeException if such an input does not fit this layer
     */
    public abstract int[] outputShape(int... inputShape);

    /**
     * The multiply-adds of one forward pass of one element of a batch: products of a weight and a value.
     *
     * @param inputShape for example C, H, W: without the N of the batch
     * @return their number; 0 for layers without weights
     */
    public long multiplyAdds(int... inputShape) {
        return 0;
    }

    /**
     * The window through which one value of the output sees the rows and columns of the input; a receptive field is made of
     * these. 1x1 for a layer that takes each value from the one at its place.
     *
     * @param inputShape C, H, W
     * @return the window; empty if that is not known, as for any layer that does not say it
     */
    public Optional<Window> sees(int... inputShape) {
        return Optional.empty();
    }

    /**
     * What this layer is for.
     *
     * @return its kind; {@link Kind#OTHER} unless a layer says otherwise
     */
    public Kind kind() {
        return Kind.OTHER;
    }

    /**
     * What decides its results beside its parameters, in words: a training run goes on from a file only if these are the same.
     * Unless a layer says otherwise: its final fields that hold a number, a text, a choice or a window.
     *
     * @return for example {@code ratio 0.5}; empty if nothing does
     */
    public String settings() {
        return FinalFields.inWords(this);
    }

    /**
     * The name this layer has in its network.
     *
     * @return for example {@code Conv1}; empty outside a network
     */
    public final String name() {
        return name;
    }

    /**
     * Makes this layer part of a network; called by the network.
     *
     * @param network the owner
     * @param newName for example {@code Conv1}; errors then say who speaks
     * @throws IllegalArgumentException if it is part of a network already
     */
    public final void join(Object network, String newName) {
        if (owner != null) {
            throw new IllegalArgumentException(Text.error("%s belongs to a network already: make a new layer", this));
        }
        owner = network;
        name = newName;
    }

    /**
     * Takes {@link #join} back, for a layer that did not fit.
     *
     * @param network the owner
     */
    public final void leave(Object network) {
        if (owner == network) {
            owner = null;
            name = "";
        }
    }

    /** Speaks in the name of another one. */
    final void speakFor(Layer other) {
        name = other.name;
    }

    /**
     * The kind and the name.
     *
     * @return for example {@code Convolution Conv1}
     */
    @Override
    public String toString() {
        String kind = getClass().getSimpleName();
        return name.isEmpty() ? kind : kind + " " + name;
    }
}
