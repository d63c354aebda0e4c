package cnnkit.network;

import cnnkit.layer.FillingLayer;
import cnnkit.layer.Layer;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * A way through a network, forward and back, that remembers what its backward pass needs.
 * <pre>
 *     Pass pass = network.pass();
 *     Tensor scores = pass.forward(x);          every layer from the first to the last
 *     Tensor dx = pass.backward(dout);          every layer from the last to the first
 * </pre>
 * What a pass remembers is its own: several passes through one network may be under way at once, one in each thread, or
 * interleaved in one. They share the parameters; {@code backward} overwrites the gradients of these. A pass can be used again
 * and again; its backward pass belongs to its latest forward pass. It serves one thread.
 */
public final class Pass {
    private final Network network;
    private final Plan plan;
    private final List<Stage> stages = new ArrayList<>();
    private Tensor input; // a copy: whatever the caller does to x, the backward pass is the right one
    private final List<Tensor> outputs = new ArrayList<>(); // of the stages; empty: there was no forward pass

    Pass(Network network, Plan plan) {
        this.network = network;
        this.plan = plan;
        for (List<String> step : plan.steps()) {
            stages.add(stage(step));
        }
    }

    private Stage stage(List<String> step) {
        String end = step.get(step.size() - 1);
        List<Layer> layers = step.stream().map(network::layer).toList();
        if (layers.size() > 1) {
            return new Block(layers, end);
        }
        return layers.get(0) instanceof FillingLayer layer
                ? new FillingStage(end, layer)
                : new LearnersStage(end, layers.get(0), network.outputShape(end));
    }

    /**
     * How it computes: the plan that the network had when this pass was made.
     *
     * @return its plan
     */
    public Plan plan() {
        return plan;
    }

    /**
     * The forward pass, to predict.
     *
     * @param x a batch, (N, ...) with the input shape of the network
     * @return what the last layer gives
     * @throws cnnkit.tensor.ShapeException if x has another shape
     */
    public Tensor forward(Tensor x) {
        return through(kept(x), null, true).copy();
    }

    /**
     * The forward pass, to learn: {@link cnnkit.layer.Dropout} drops. What a layer draws at random depends on the seed, the
     * step and the name of the layer only.
     *
     * @param x a batch, (N, ...) with the input shape of the network
     * @param seed of the training run
     * @param step of the training run
     * @return what the last layer gives
     * @throws cnnkit.tensor.ShapeException if x has another shape
     */
    public Tensor forwardInTraining(Tensor x, long seed, long step) {
        return through(kept(x), new TrainingStep(seed, step), true).copy();
    }

    /** The scores for x, which the network has accepted; the next pass fills them again. No backward pass can follow. */
    Tensor predict(Tensor x) {
        Tensor scores = through(x, null, false);
        outputs.clear();
        return scores;
    }

    private Tensor kept(Tensor x) {
        outputs.clear();
        network.expectInput(x);
        input = FillingStage.toFill(input, x.shape());
        System.arraycopy(x.data(), 0, input.data(), 0, x.length());
        return input;
    }

    /** All layers, upwards. The tensor that comes out is filled again by the next pass. */
    private Tensor through(Tensor x, TrainingStep step, boolean backToo) {
        outputs.clear();
        Tensor out = x;
        for (Stage stage : stages) {
            out = stage.forward(out, step, backToo);
            outputs.add(out);
        }
        return out;
    }

    /**
     * The backward pass of the latest forward pass.
     *
     * @param dout the gradient with respect to what the last layer gave, of the same shape
     * @return dx, the gradient with respect to the input; the gradients of the parameters wait in these
     * @throws IllegalStateException if there was no forward pass
     * @throws cnnkit.tensor.ShapeException if dout has another shape
     */
    public Tensor backward(Tensor dout) {
        return back(dout, true).copy();
    }

    /**
     * The backward pass for those who learn: nobody reads dx, so the first layer need not compute it.
     *
     * @param dout the gradient with respect to what the last layer gave, of the same shape
     * @throws IllegalStateException if there was no forward pass
     * @throws cnnkit.tensor.ShapeException if dout has another shape
     */
    public void parameterGradients(Tensor dout) {
        back(dout, false);
    }

    /** All layers, downwards. */
    private Tensor back(Tensor dout, boolean dxWanted) {
        requireForward();
        Tensor dx = dout;
        for (int i = stages.size() - 1; i >= 0; i--) {
            dx = stages.get(i).backward(dx, dxWanted || i > 0);
        }
        return dx;
    }

    private void requireForward() {
        if (outputs.size() < stages.size()) {
            throw new IllegalStateException(
                    Text.error("this pass has not been forward yet: backward needs a forward pass before it"));
        }
    }

    /**
     * What a layer gave in the latest forward pass.
     *
     * @param layer the name of a layer at which a step of the {@link #plan} ends; with {@link Plan#layerByLayer}, any layer
     * @return a tensor of its own, first axis N
     * @throws IllegalStateException if there was no forward pass
     * @throws IllegalArgumentException if this pass does not stop behind such a layer
     */
    public Tensor output(String layer) {
        requireForward();
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i).end().equals(layer)) {
                return outputs.get(i).copy();
            }
        }
        throw new IllegalArgumentException(Text.error(
                "this pass has no output of %s to show: it computes  %s.  Plan.layerByLayer(network) shows every layer",
                layer, plan));
    }
}
