package cnnkit.layer;

import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * One brick of a network.
 *
 * <p>{@link #forward} takes a batch and remembers what {@link #backward} will need; {@code backward} takes the gradient
 * of the loss with respect to the output, dout, sets the gradients of the parameters (it overwrites, it does not add to
 * them) and returns the gradient with respect to the input, dx. A backward pass always follows the forward pass it
 * belongs to. A layer serves one network and one thread.
 */
public abstract class Layer {
    private String name = "";
    private boolean reusing;
    private Tensor output; // of the latest forward pass, kept to be filled again
    private Tensor dx; // of the latest backward pass

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
     * The backward pass of the first layer of a network: nobody reads its dx, so it need not be computed.
     *
     * @param dout the gradient of the loss with respect to the output
     */
    public void backwardAsFirst(Tensor dout) {
        backward(dout);
    }

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
     * The name this layer has in its network.
     *
     * @return for example {@code Conv1}; empty outside a network
     */
    public final String name() {
        return name;
    }

    /**
     * Names this layer; its errors then say who speaks.
     *
     * @param newName for example {@code Conv1}
     */
    public final void name(String newName) {
        name = newName;
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

    /**
     * Chooses whether the tensors that forward and backward return are filled again by the next pass of the same shape.
     * A network does so between its own layers, so that training takes no new memory; a layer called by hand returns new
     * tensors, which stay what they are.
     *
     * @param reuse whether old tensors may be filled again
     */
    public final void reuseTensors(boolean reuse) {
        reusing = reuse;
    }

    /**
     * For forward passes: the tensor to return.
     *
     * @param shape its shape
     * @return a tensor to be filled wholly: it may hold the values of an earlier pass
     */
    protected final Tensor outputToFill(int... shape) {
        Tensor tensor = reusing && output != null && output.hasShape(shape) ? output : Tensor.zeros(shape);
        output = reusing ? tensor : null;
        return tensor;
    }

    /**
     * For backward passes: the tensor to return.
     *
     * @param shape its shape
     * @return a tensor to be filled wholly: it may hold the values of an earlier pass
     */
    protected final Tensor dxToFill(int... shape) {
        Tensor tensor = reusing && dx != null && dx.hasShape(shape) ? dx : Tensor.zeros(shape);
        dx = reusing ? tensor : null;
        return tensor;
    }

    /** For backward passes: makes sure that dout is shaped like the output. */
    final void expectDout(Tensor dout, int... shape) {
        Shapes.expect(this, "dout", dout, Arrays.stream(shape).boxed().toArray());
    }

    /**
     * For backward passes: what forward remembered.
     *
     * @param <T> its type
     * @param remembered a value that the forward pass has set
     * @return the same value
     * @throws IllegalStateException if it was never set
     */
    protected final <T> T fromForward(T remembered) {
        if (remembered == null) {
            throw new IllegalStateException(this + ": backward needs a forward pass before it");
        }
        return remembered;
    }
}
