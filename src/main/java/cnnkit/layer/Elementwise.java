package cnnkit.layer;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.Optional;

/** A layer that takes each value from the one at its place, whatever the shape. */
abstract class Elementwise extends FillingLayer {

    @Override
    public final int[] outputShapeFor(Tensor x) {
        return x.shape();
    }

    @Override
    public final int[] outputShape(int... inputShape) {
        return inputShape.clone();
    }

    @Override
    public final Optional<Window> sees(int... inputShape) {
        return Optional.of(Window.of(1));
    }
}
