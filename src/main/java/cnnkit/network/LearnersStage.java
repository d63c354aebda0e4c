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
    private final int[] outputShape;
    private LayerMemory memory;
    private int[] inputShape;

    /** {@code outputShape}: what it said that it gives, without N. */
    LearnersStage(String name, Layer layer, int[] outputShape) {
        this.name = name;
        this.layer = layer;
        this.outputShape = outputShape;
    }

    @Override
    public Tensor forward(Tensor x, TrainingStep step, boolean backToo) {
        synchronized (layer) { // a layer of this kind serves one thread at a time
            inputShape = x.shape();
            Tensor own = x.copy(); // the layer may keep it, or change it
            memory = null;
            Tensor out = step == null ? layer.forward(own) : layer.forwardInTraining(own, step.seedFor(name));
            requireOutput(out, x.size(0));
            memory = backToo ? LayerMemory.of(layer) : null;
            return out.copy(); // the layer may fill its own again
        }
    }

    /** What it says it gives; another number of axes may stand for the same values, as if flattened. */
    private void requireOutput(Tensor out, int batch) {
        int[] expected = new int[outputShape.length + 1];
        expected[0] = batch;
        System.arraycopy(outputShape, 0, expected, 1, outputShape.length);
        if (!fits(out, expected)) {
            throw new ShapeException(Text.error(
                    "%s: expected forward to return %s, as its outputShape says, but got %s",
                    layer, Shapes.text(expected), out == null ? "nothing" : Shapes.text(out.shape())));
        }
    }

    @Override
    public Tensor backward(Tensor dout, boolean dxWanted) {
        synchronized (layer) {
            memory.putBack();
            Tensor dx = layer.backward(dout.copy());
            if (dxWanted && !fits(dx, inputShape)) {
                throw new ShapeException(Text.error(
                        "%s: expected backward to return dx %s but got %s",
                        layer, Shapes.text(inputShape), dx == null ? "nothing" : Shapes.text(dx.shape())));
            }
            return dx == null ? null : dx.copy();
        }
    }

    private static boolean fits(Tensor given, int[] expected) {
        if (given == null || given.rank() == expected.length) {
            return given != null && given.hasShape(expected);
        }
        return given.rank() > 0 && given.size(0) == expected[0] && given.length() == Shapes.length(expected);
    }

    @Override
    public String end() {
        return name;
    }
}
