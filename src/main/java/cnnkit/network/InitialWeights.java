package cnnkit.network;

import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * How weights are drawn before a network has learned anything: from N(0, std^2), with a standard deviation that keeps
 * values and gradients from vanishing or exploding on their way through many layers (chapter 6 of the book).
 * <pre>
 *     gaussian(std)    std as given
 *     xavier()         std = sqrt(1 / n)        for sigmoid and tanh (Glorot and Bengio, 2010; here as in the book)
 *     he()             std = sqrt(2 / n)        for ReLU, which turns half of the values into 0 (He et al., 2015)
 * </pre>
 * where n is the number of values that one output is a weighted sum of: C * FH * FW for filters (FN, C, FH, FW), I for
 * the weights (I, O) of an Affine layer.
 */
public final class InitialWeights {
    private final IntToDoubleFunction std; // of n
    private final String text;

    private InitialWeights(IntToDoubleFunction std, String text) {
        this.std = std;
        this.text = text;
    }

    /**
     * The same standard deviation for every layer.
     *
     * @param std 0.01 for SimpleConvNet in the book
     * @return these weights
     * @throws IllegalArgumentException if std is negative or no finite number
     */
    public static InitialWeights gaussian(double std) {
        if (!(std >= 0) || Double.isInfinite(std)) {
            throw new IllegalArgumentException(Text.error("a standard deviation is a number from 0 but got %s", std));
        }
        return new InitialWeights(n -> std, "gaussian(" + std + ")");
    }

    /**
     * For sigmoid and tanh.
     *
     * @return weights with the standard deviation sqrt(1 / n)
     */
    public static InitialWeights xavier() {
        return new InitialWeights(n -> Math.sqrt(1.0 / n), "xavier");
    }

    /**
     * For ReLU.
     *
     * @return weights with the standard deviation sqrt(2 / n)
     */
    public static InitialWeights he() {
        return new InitialWeights(n -> Math.sqrt(2.0 / n), "he");
    }

    /**
     * The standard deviation for weights of a shape.
     *
     * @param shape FN, C, FH, FW of filters or I, O of an Affine layer
     * @return the standard deviation
     * @throws ShapeException if the shape is neither
     */
    public double std(int... shape) {
        boolean fits = (shape.length == 2 || shape.length == 4) && Shapes.length(shape) > 0;
        if (!fits) {
            throw new ShapeException(Text.error(
                    "InitialWeights: expected filters [FN, C, FH, FW] or weights [inputs, outputs] but got %s",
                    Shapes.text(shape)));
        }
        int n = shape.length == 2 ? shape[0] : Shapes.length(shape) / shape[0];
        return std.applyAsDouble(n);
    }

    /**
     * Draws weights.
     *
     * @param random where they are drawn from
     * @param shape FN, C, FH, FW of filters or I, O of an Affine layer
     * @return weights of this shape
     * @throws ShapeException if the shape is neither
     */
    public Tensor draw(RandomGenerator random, int... shape) {
        return Tensor.gaussian(random, std(shape), shape);
    }

    /**
     * In words.
     *
     * @return for example {@code he}
     */
    @Override
    public String toString() {
        return text;
    }
}
