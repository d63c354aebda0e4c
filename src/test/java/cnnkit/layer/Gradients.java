package cnnkit.layer;

import static cnnkit.tensor.Check.assertClose;
import static cnnkit.tensor.Check.assertWithin;
import static cnnkit.tensor.Check.inner;
import static cnnkit.tensor.Check.largest;

import cnnkit.tensor.Tensor;
import java.util.function.DoubleSupplier;

/** Numerical gradients for the tests of layers: each value a little to both sides, divided by the step really taken. */
final class Gradients {
    private static final float STEP = 1e-2f;

    private Gradients() {}

    static Tensor numerical(Tensor x, DoubleSupplier loss) {
        Tensor gradient = Tensor.zeros(x.shape());
        for (int i = 0; i < x.length(); i++) {
            float value = x.data()[i];
            x.data()[i] = value + STEP;
            double above = x.data()[i];
            double lossAbove = loss.getAsDouble();
            x.data()[i] = value - STEP;
            double below = x.data()[i];
            double lossBelow = loss.getAsDouble();
            x.data()[i] = value;
            gradient.data()[i] = (float) ((lossAbove - lossBelow) / (above - below));
        }
        return gradient;
    }

    /** The loss is the sum of all outputs, each times its own fixed factor: dout. */
    static void check(Layer layer, Tensor x, Tensor dout, Object context) {
        DoubleSupplier loss = () -> inner(layer.forward(x), dout);
        layer.forward(x);
        Tensor dx = layer.backward(dout);
        for (Parameter parameter : layer.parameters()) {
            Tensor gradient = parameter.gradient().copy();
            Tensor numerical = numerical(parameter.value(), loss);
            // A sum over all outputs may cancel, and then keeps the rounding of its terms, which are as large as dout.
            double scale = Math.max(largest(numerical), largest(dout));
            assertWithin(1e-3 * scale, numerical, gradient, context + ": d" + parameter.name());
        }
        assertClose(numerical(x, loss), dx, 1e-3, context + ": dx");
    }
}
