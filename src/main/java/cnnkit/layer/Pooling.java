package cnnkit.layer;

import cnnkit.im2col.Window;
import cnnkit.tensor.Tensor;
import java.util.Optional;

/** A layer that makes maps smaller: one value for each place of a window, on each channel alone. */
abstract class Pooling extends FillingLayer {
    /** Where the windows stand. */
    final Window window;

    Pooling(Window window) {
        this.window = Sliding.required(getClass().getSimpleName(), window);
    }

    /** How many channels it takes; {@link Sliding#ANY} unless it learns something for each. */
    int channels() {
        return Sliding.ANY;
    }

    @Override
    public final int[] outputShapeFor(Tensor x) {
        return Sliding.outputShapeFor(this, channels(), x);
    }

    @Override
    public final int[] outputShape(int... inputShape) {
        return Sliding.outputShape(this, window, channels(), channels(), inputShape);
    }

    @Override
    public Optional<Window> sees(int... inputShape) {
        return Optional.of(window);
    }

    @Override
    public final Kind kind() {
        return Kind.POOLING;
    }

    @Override
    public final String settings() {
        return window.toString();
    }

    /**
     * Where the windows stand.
     *
     * @return the window
     */
    public final Window window() {
        return window;
    }
}
