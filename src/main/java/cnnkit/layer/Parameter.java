package cnnkit.layer;

import cnnkit.tensor.Tensor;

/**
 * Something a layer learns: its value, and the gradient of the loss with respect to it.
 *
 * <p>The gradient takes memory from the first backward pass on, so a network that only predicts does without.
 */
public final class Parameter {
    private final String name;
    private final Tensor value;
    private Tensor gradient;

    /**
     * A parameter.
     *
     * @param name its name in the layer: {@code W} or {@code b}
     * @param value its value, which training changes in place
     */
    public Parameter(String name, Tensor value) {
        this.name = name;
        this.value = value;
    }

    /**
     * Its name in the layer.
     *
     * @return {@code W} or {@code b}
     */
    public String name() {
        return name;
    }

    /**
     * Its value.
     *
     * @return the tensor that training changes in place
     */
    public Tensor value() {
        return value;
    }

    /**
     * The gradient that the latest backward pass has set.
     *
     * @return a tensor shaped like the value
     * @throws IllegalStateException if there was no backward pass yet
     */
    public Tensor gradient() {
        if (gradient == null) {
            throw new IllegalStateException("parameter " + name + " has no gradient before the first backward pass");
        }
        return gradient;
    }

    /**
     * The gradient, to be overwritten: for the backward pass of a layer, also of one that a learner writes.
     *
     * @return a tensor shaped like the value; made at the first call, it then holds the gradient of the pass before
     */
    public Tensor gradientToFill() {
        if (gradient == null) {
            gradient = Tensor.zeros(value.shape());
        }
        return gradient;
    }
}
