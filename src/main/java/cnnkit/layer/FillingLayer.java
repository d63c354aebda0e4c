package cnnkit.layer;

import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.Arrays;

/**
 * A layer whose passes fill tensors that are there already, so that a network can train without taking new memory in every
 * step. The layers of this library are such layers: {@link #forward(Tensor, Tensor)} and {@link #backward(Tensor, Tensor)}
 * hold their sums.
 *
 * <p>Called by hand, as in the book, {@link #forward(Tensor)} and {@link #backward(Tensor)} make those tensors. They work on
 * copies: whatever a caller does afterwards to what it gave or got, the backward pass is the right one.
 */
public abstract class FillingLayer extends Layer {
    private int[] inputShape; // of the latest forward pass by hand
    private volatile int[] outputShape; // of the same; null: there was none

    /** A layer without a name; a network gives it one. */
    protected FillingLayer() {}

    /**
     * The shape of the output for a batch.
     *
     * @param x a batch, first axis N
     * @return the output's shape, first axis N
     * @throws ShapeException if x does not have the shape this layer expects
     */
    public abstract int[] outputShapeFor(Tensor x);

    /**
     * The forward pass. The two tensors must stay as they are until the backward pass is over.
     *
     * @param x a batch that {@link #outputShapeFor} has accepted
     * @param out is filled; of the shape that {@code outputShapeFor} tells
     */
    public abstract void forward(Tensor x, Tensor out);

    /**
     * The forward pass while the network learns: see {@link #forwardInTraining(Tensor, long)}.
     *
     * @param x a batch that {@link #outputShapeFor} has accepted
     * @param seed of whatever this layer draws at random in this pass
     * @param out is filled
     */
    public void forwardInTraining(Tensor x, long seed, Tensor out) {
        forward(x, out);
    }

    /**
     * The backward pass of the latest forward pass: sets the gradients of the parameters.
     *
     * @param dout the gradient with respect to the output, shaped like it
     * @param dx is filled, shaped like the input; null if nobody reads it, as below the first layer of a network
     */
    public abstract void backward(Tensor dout, Tensor dx);

    /**
     * The same layer, which has seen no input yet: it shares the parameters and remembers for itself.
     *
     * @return a new layer
     */
    protected abstract FillingLayer fresh();

    /**
     * A layer for one pass through a network: the same parameters, the same name, a memory of its own.
     *
     * @return a new layer
     */
    public final FillingLayer forOnePass() {
        FillingLayer copy = fresh();
        copy.speakFor(this);
        return copy;
    }

    /** Ends the latest forward pass by hand: a backward pass needs a new one, because a network has been through since. */
    public final void forget() {
        outputShape = null;
    }

    @Override
    public final Tensor forward(Tensor x) {
        Tensor out = begin(x);
        forward(x.copy(), out);
        return end(x, out);
    }

    @Override
    public final Tensor forwardInTraining(Tensor x, long seed) {
        Tensor out = begin(x);
        forwardInTraining(x.copy(), seed, out);
        return end(x, out);
    }

    private Tensor begin(Tensor x) {
        forget();
        return Tensor.zeros(outputShapeFor(x));
    }

    private Tensor end(Tensor x, Tensor out) {
        inputShape = x.shape();
        outputShape = out.shape();
        return out.copy();
    }

    @Override
    public final Tensor backward(Tensor dout) {
        int[] shape = outputShape;
        if (shape == null) {
            throw new IllegalStateException(Text.error("%s: backward needs a forward pass before it", this));
        }
        Shapes.expect(this, "dout", dout, Arrays.stream(shape).boxed().toArray());
        Tensor dx = Tensor.zeros(inputShape);
        backward(dout, dx);
        return dx;
    }
}
