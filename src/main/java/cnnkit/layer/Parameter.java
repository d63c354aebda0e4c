package cnnkit.layer;

import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.Objects;

/**
 * Something a layer learns: its value, and the gradient of the loss with respect to it.
 *
 * <p>The gradient takes memory from the first backward pass on, so a network that only predicts does without.
 */
public final class Parameter {
    private final String name;
    private final Tensor value;
    private final boolean bias;
    private Tensor gradient;

    /**
     * A parameter. One of the name {@code b} is a bias, as in the book; any other one is a weight.
     *
     * @param name its name in the layer: {@code W} or {@code b}
     * @param value its value, which training changes in place
     */
    public Parameter(String name, Tensor value) {
        this(name, value, "b".equals(name));
    }

    private Parameter(String name, Tensor value, boolean bias) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(
                    Text.error("a parameter needs a name, such as W or b, but got %s", name));
        }
        this.name = name;
        this.value = Objects.requireNonNull(value, "the value of parameter " + name + " is null");
        this.bias = bias;
    }

    /**
     * A bias of any name: it is added, whatever the input is.
     *
     * @param name its name in the layer
     * @param value its value, which training changes in place
     * @return the parameter
     */
    public static Parameter bias(String name, Tensor value) {
        return new Parameter(name, value, true);
    }

    /**
     * Whether it is added to a sum, where a weight is multiplied: biases do not decay, and see nothing.
     *
     * @return whether it is a bias
     */
    public boolean isBias() {
        return bias;
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

    /** Whether these are the numbers of its value or its gradient. */
    boolean holds(Object data) {
        return data == value.data() || gradient != null && data == gradient.data();
    }

    /**
     * The gradient that the latest backward pass has set.
     *
     * @return a tensor shaped like the value
     * @throws IllegalStateException if there was no backward pass yet
     */
    public Tensor gradient() {
        if (gradient == null) {
            throw new IllegalStateException(
                    Text.error("parameter %s has no gradient before the first backward pass", name));
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
