package cnnkit.network;

import cnnkit.layer.FillingLayer;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import java.util.Arrays;

/** A layer of the library: the pass has one of its own, and fills the same tensors again as long as shapes stay the same. */
final class FillingStage implements Stage {
    private final String name;
    private final FillingLayer original; // of the network
    private final FillingLayer layer; // of this pass
    private Tensor x, out, dx;

    FillingStage(String name, FillingLayer original) {
        this.name = name;
        this.original = original;
        layer = original.forOnePass();
    }

    @Override
    public Tensor forward(Tensor x, TrainingStep step, boolean backToo) {
        original.forget();
        out = toFill(out, layer.outputShapeFor(x));
        this.x = x;
        if (step == null) {
            layer.forward(x, out);
        } else {
            layer.forwardInTraining(x, step.seedFor(name), out);
        }
        return out;
    }

    @Override
    public Tensor backward(Tensor dout, boolean dxWanted) {
        Shapes.expect(layer, "dout", dout, Arrays.stream(out.shape()).boxed().toArray());
        if (!dxWanted) {
            layer.backward(dout, null);
            return null;
        }
        dx = toFill(dx, x.shape());
        layer.backward(dout, dx);
        return dx;
    }

    /** The old tensor, or a new one for another shape. */
    static Tensor toFill(Tensor old, int... shape) {
        return old != null && old.hasShape(shape) ? old : Tensor.zeros(shape);
    }

    @Override
    public String end() {
        return name;
    }
}
