package cnnkit.network;

import cnnkit.io.Npz;
import cnnkit.layer.Fusion;
import cnnkit.layer.Layer;
import cnnkit.layer.Parameter;
import cnnkit.layer.SoftmaxWithLoss;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Named layers, one after another, with a softmax loss at the end (section 7.5).
 *
 * <p>The parameters are named as in the book: the first layer that learns has W1 and b1, the next one W2 and b2, and so
 * on. A network serves one thread at a time.
 */
public final class Network {
    private static final int PIECE = 100; // inputs at a time, to predict

    private final int[] inputShape;
    private final Map<String, Layer> layers;
    private final Map<String, Parameter> parameters;
    private final List<Layer> steps; // the layers as they are computed: some together
    private final SoftmaxWithLoss lossLayer = new SoftmaxWithLoss();
    private long gradientCalls;

    private Network(int[] inputShape, Map<String, Layer> layers) {
        this.inputShape = inputShape;
        this.layers = Collections.unmodifiableMap(layers);
        parameters = Collections.unmodifiableMap(named(layers));
        steps = Fusion.of(new ArrayList<>(layers.values()));
    }

    private static Map<String, Parameter> named(Map<String, Layer> layers) {
        Map<String, Parameter> named = new LinkedHashMap<>();
        int number = 0;
        for (Layer layer : layers.values()) {
            List<Parameter> learned = layer.parameters();
            number += learned.isEmpty() ? 0 : 1;
            for (Parameter parameter : learned) {
                named.put(parameter.name() + number, parameter);
            }
        }
        return named;
    }

    /**
     * Starts a network.
     *
     * @param inputShape the shape of one input, without the N of the batch: C, H, W for images
     * @return a builder, to which the layers are added in order
     */
    public static Builder builder(int... inputShape) {
        Shapes.length(inputShape);
        return new Builder(inputShape.clone());
    }

    /** Stacks layers like bricks; each must fit on the one before it. */
    public static final class Builder {
        private final int[] inputShape;
        private final Map<String, Layer> layers = new LinkedHashMap<>();
        private int[] shape;

        private Builder(int[] inputShape) {
            this.inputShape = inputShape;
            shape = inputShape;
        }

        /**
         * Puts a layer on top.
         *
         * @param name its name, for example {@code Conv1}, not used before in this network
         * @param layer the layer, not part of another network
         * @return this builder
         * @throws ShapeException if the layer does not take what the layer below gives
         * @throws IllegalArgumentException if the name or the layer is used already
         */
        public Builder add(String name, Layer layer) {
            if (layers.containsKey(name)) {
                throw new IllegalArgumentException("a layer named " + name + " is there already: choose another name");
            }
            if (!layer.name().isEmpty()) {
                throw new IllegalArgumentException(Text.of("%s belongs to a network already: make a new layer", layer));
            }
            layer.name(name);
            try {
                shape = layer.outputShape(shape);
            } catch (ShapeException e) {
                layer.name(""); // not added: it may be used elsewhere
                throw e;
            }
            layers.put(name, layer);
            return this;
        }

        /**
         * The shape that the layers so far give for one input.
         *
         * @return for example 30, 12, 12
         */
        public int[] shape() {
            return shape.clone();
        }

        /**
         * The finished network.
         *
         * @return a network of the layers added so far
         * @throws IllegalArgumentException if there are none, or they do not end in one score per class
         */
        public Network build() {
            if (layers.isEmpty()) {
                throw new IllegalArgumentException("a network needs at least one layer");
            }
            if (shape.length != 1) {
                throw new IllegalArgumentException(Text.of(
                        "a network ends in one score per class, shape [N, K], but %s gives %s: add an Affine layer",
                        new ArrayList<>(layers.values()).get(layers.size() - 1), Shapes.text(shape)));
            }
            return new Network(inputShape, new LinkedHashMap<>(layers));
        }
    }

    /**
     * The forward pass through all layers, to predict. A large batch goes through in pieces of 100, whose values stay in
     * the cache on their way from layer to layer; so after it the layers know the last piece only.
     *
     * @param x a batch, (N, ...) with the input shape of this network
     * @return the scores, (N, K), one column per class; softmax has not been applied
     * @throws ShapeException if x has another shape
     */
    public Tensor predict(Tensor x) {
        if (x.rank() == 0 || x.size(0) <= PIECE) {
            return scores(x, Layer::forward);
        }
        expectInputShape(x);
        int N = x.size(0);
        Tensor out = null; // (N, K)
        for (int from = 0; from < N; from += PIECE) {
            Tensor scores = scores(x.rows(from, Math.min(from + PIECE, N)), Layer::forward); // (PIECE, K)
            out = out == null ? Tensor.zeros(N, scores.size(1)) : out;
            System.arraycopy(scores.data(), 0, out.data(), from * scores.size(1), scores.length());
        }
        return out;
    }

    /**
     * The forward pass through all layers, to learn: {@link cnnkit.layer.Dropout} drops. What a layer draws at random
     * depends on the seed, the step and the name of the layer only; without such layers these are the scores of
     * {@link #predict}.
     *
     * @param x a batch, (N, ...) with the input shape of this network
     * @param seed of the training run
     * @param step of the training run
     * @return the scores, (N, K), one column per class; softmax has not been applied
     * @throws ShapeException if x has another shape
     */
    public Tensor trainingScores(Tensor x, long seed, long step) {
        return scores(x, (layer, in) -> layer.forwardInTraining(in, Seeds.of(seed, step, layer.name())));
    }

    private Tensor scores(Tensor x, BiFunction<Layer, Tensor, Tensor> pass) {
        if (x.rank() == 0) {
            Shapes.expect("Network", "input", x, "N", "...");
        }
        reuseTensors(true);
        try {
            Iterator<Layer> upwards = steps.iterator();
            Tensor out = pass.apply(upwards.next(), x); // speaks first if x does not fit: it knows best what it takes
            expectInputShape(x);
            while (upwards.hasNext()) {
                out = pass.apply(upwards.next(), out);
            }
            return out.copy(); // the caller's own: the next pass fills the other tensors again
        } finally {
            reuseTensors(false);
        }
    }

    private void reuseTensors(boolean reuse) {
        layers.values().forEach(layer -> layer.reuseTensors(reuse));
        steps.forEach(layer -> layer.reuseTensors(reuse));
    }

    /** A first layer that rounds, or that takes any size, would let other images pass. */
    private void expectInputShape(Tensor x) {
        int[] one = Arrays.copyOfRange(x.shape(), 1, x.rank());
        boolean flattened = one.length != inputShape.length && Shapes.length(one) == Shapes.length(inputShape);
        if (!Arrays.equals(one, inputShape) && !flattened) {
            List<Object> expected = new ArrayList<>(List.of("N"));
            Arrays.stream(inputShape).forEach(expected::add);
            Shapes.expect("Network", "input", x, expected.toArray());
        }
    }

    /**
     * How wrong the predictions for a batch are.
     *
     * @param x a batch, (N, ...)
     * @param labels the right class of each element
     * @return the mean cross entropy
     */
    public double loss(Tensor x, int[] labels) {
        return lossLayer.forward(predict(x), labels);
    }

    /**
     * How wrong the scores for a batch are in a certain step of training: the loss whose gradient {@link #gradient(Tensor,
     * int[], long, long)} computes.
     *
     * @param x a batch, (N, ...)
     * @param labels the right class of each element
     * @param seed of the training run
     * @param step of the training run
     * @return the mean cross entropy
     */
    public double trainingLoss(Tensor x, int[] labels, long seed, long step) {
        return lossLayer.forward(trainingScores(x, seed, step), labels);
    }

    /**
     * Computes the gradient of the loss with respect to every parameter, by backpropagation, for a training loop of your
     * own. Every call is another step, 1, 2, ..., of a training run with seed 0.
     *
     * @param x a batch, (N, ...)
     * @param labels the right class of each element
     * @return the loss of the batch; the gradients wait in the {@link #parameters()}
     */
    public double gradient(Tensor x, int[] labels) {
        return gradient(x, labels, 0, ++gradientCalls);
    }

    /**
     * Computes the gradient of {@link #trainingLoss} with respect to every parameter, by backpropagation.
     *
     * @param x a batch, (N, ...)
     * @param labels the right class of each element
     * @param seed of the training run
     * @param step of the training run
     * @return the loss of the batch; the gradients wait in the {@link #parameters()}
     */
    public double gradient(Tensor x, int[] labels, long seed, long step) {
        double loss = trainingLoss(x, labels, seed, step);
        backward(lossLayer.backward());
        return loss;
    }

    /**
     * The backward pass through all layers, last to first, for the batch of the latest forward pass.
     *
     * @param dout the gradient of the loss with respect to the scores, (N, K)
     */
    public void backward(Tensor dout) {
        reuseTensors(true);
        try {
            for (int i = steps.size() - 1; i > 0; i--) {
                dout = steps.get(i).backward(dout);
            }
            steps.get(0).backwardAsFirst(dout);
        } finally {
            reuseTensors(false);
        }
    }

    /**
     * The layers in order.
     *
     * @return names and layers, unmodifiable
     */
    public Map<String, Layer> layers() {
        return layers;
    }

    /**
     * One layer.
     *
     * @param name its name, for example {@code Conv1}
     * @return the layer
     * @throws IllegalArgumentException if there is none of this name, naming those there are
     */
    public Layer layer(String name) {
        return known("layer", name, layers);
    }

    /**
     * The parameters in order.
     *
     * @return W1, b1, W2, b2, ..., unmodifiable
     */
    public Map<String, Parameter> parameters() {
        return parameters;
    }

    /**
     * One parameter.
     *
     * @param name its name, for example {@code W1}
     * @return the parameter
     * @throws IllegalArgumentException if there is none of this name, naming those there are
     */
    public Parameter parameter(String name) {
        return known("parameter", name, parameters);
    }

    private static <T> T known(String kind, String name, Map<String, T> all) {
        T found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    Text.of("no %s is named %s: there are %s", kind, name, String.join(", ", all.keySet())));
        }
        return found;
    }

    /**
     * The shape of one input.
     *
     * @return for example 1, 28, 28
     */
    public int[] inputShape() {
        return inputShape.clone();
    }

    /**
     * What each layer costs.
     *
     * @return shapes, parameters and multiply-adds
     */
    public Summary summary() {
        return Summary.of(this);
    }

    /**
     * Saves the parameters as an NPZ file, which NumPy reads: {@code np.load("net.npz")["W1"]}. The file is there whole
     * or not at all.
     *
     * @param file where to; a file that is there is replaced
     * @throws IOException if it cannot be written
     */
    public void save(Path file) throws IOException {
        Map<String, Tensor> values = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> values.put(name, parameter.value()));
        Npz.write(file, values);
    }

    /**
     * Loads parameters that {@link #save} or NumPy wrote. Either all of them change or none.
     *
     * @param file an NPZ file with one array per parameter
     * @throws IOException if it cannot be read or is no NPZ file
     * @throws IllegalArgumentException if it belongs to another network, naming what differs
     */
    public void load(Path file) throws IOException {
        Map<String, Tensor> values = Npz.read(file);
        List<String> differences = differences(values);
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException(Text.of(
                    "%s holds the parameters of another network: %s. Nothing was loaded",
                    file, String.join("; ", differences)));
        }
        parameters.forEach((name, parameter) -> {
            float[] loaded = values.get(name).data();
            System.arraycopy(loaded, 0, parameter.value().data(), 0, loaded.length);
        });
    }

    private List<String> differences(Map<String, Tensor> values) {
        List<String> differences = new ArrayList<>();
        parameters.forEach((name, parameter) -> {
            String here = Shapes.text(parameter.value().shape());
            if (!values.containsKey(name)) {
                differences.add(Text.of("%s %s is missing in the file", name, here));
            } else if (!here.equals(Shapes.text(values.get(name).shape()))) {
                differences.add(Text.of(
                        "%s is %s here but %s in the file",
                        name, here, Shapes.text(values.get(name).shape())));
            }
        });
        values.forEach((name, value) -> {
            if (!parameters.containsKey(name)) {
                differences.add(Text.of("%s %s is not known here", name, Shapes.text(value.shape())));
            }
        });
        return differences;
    }

    /**
     * The ledger of the network.
     *
     * @return one line per layer
     */
    @Override
    public String toString() {
        return summary().toString();
    }
}
