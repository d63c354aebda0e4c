package cnnkit.network;

import cnnkit.layer.Layer;
import cnnkit.layer.LayerMemory;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;

/**
 * A layer that a learner wrote. It remembers in its own fields, so the pass keeps a copy of them and puts them back before
 * the backward pass: whoever has used the layer in between, the gradient is that of this pass.
 */
final class LearnersStage implements Stage {
    private final String name;
    private final Layer layer;
    private LayerMemory memory;
    private int[] inputShape;

    LearnersStage(String name, Layer layer) {
        this.name = name;
        this.layer = layer;
    }

    @Override
    public Tensor forward(Tensor x, TrainingStep step, boolean backToo) {
        synchronized (layer) { // a layer of this kind serves one thread at a time
            inputShape = x.shape();
            Tensor own = x.copy(); // the layer may keep it, or change it
            memory = null;
            Tensor out = step == null ? layer.forward(own) : layer.forwardInTraining(own, step.seedFor(name));
            memory = backToo ? LayerMemory.of(layer) : null;
            return out;
        }
    }

    @Override
    public Tensor backward(Tensor dout, boolean dxWanted) {
        synchronized (layer) {
            memory.putBack();
            Tensor dx = layer.backward(dout.copy());
            if (dxWanted && (dx == null || dx.length() != Shapes.length(inputShape))) {
                throw new ShapeException(Text.error(
                        "%s: expected backward to return dx %s but got %s",
                        layer, Shapes.text(inputShape), dx == null ? "nothing" : Shapes.text(dx.shape())));
            }
            return dx;
        }
    }

    @Override
    public String end() {
        return name;
    }
}
