package cnnkit.network;

import cnnkit.engine.Kernels;
import cnnkit.io.Npz;
import cnnkit.layer.Convolution;
import cnnkit.layer.FillingLayer;
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
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Named layers, one after another, with a softmax loss at the end (section 7.5).
 *
 * <p>The parameters are named as in the book: the first layer that learns has W1 and b1, the next one W2 and b2, and so
 * on. Several threads may predict with one network at once; each way through it is a {@link Pass}.
 */
public final class Network {
    private static final int PIECE = 100; // inputs at a time, to predict

    private final int[] inputShape;
    private final Map<String, int[]> outputShapes; // of each layer, without N
    private final int classes;
    private final Map<String, Layer> layers;
    private final Map<String, Parameter> parameters;
    private final AtomicReference<Pass> idle = new AtomicReference<>(); // the latest one, to be used again
    private final List<Convolution> convolutions;
    private final AtomicLong ownSteps = new AtomicLong();
    private volatile Plan chosen; // null: whatever is fastest now
    private volatile Fastest fastest; // the latest one

    /** The fastest plan, while the same convolutions use the engine. */
    private record Fastest(List<Boolean> engines, Plan plan) {
        boolean isNow(List<Convolution> convolutions) {
            for (int i = 0; i < engines.size(); i++) {
                if (engines.get(i) != convolutions.get(i).usesEngine()) {
                    return false;
                }
            }
            return true;
        }
    }

    private Network(int[] inputShape, Map<String, Layer> layers, Map<String, int[]> outputShapes, int classes) {
        this.inputShape = inputShape;
        this.outputShapes = outputShapes;
        this.classes = classes;
        this.layers = Collections.unmodifiableMap(layers);
        parameters = Collections.unmodifiableMap(named(layers.values()));
        convolutions = layers.values().stream()
                .filter(Convolution.class::isInstance)
                .map(Convolution.class::cast)
                .toList();
    }

    /** W1, b1, W2, b2, ...: each name, and each tensor, once. */
    private static Map<String, Parameter> named(Collection<Layer> layers) {
        Map<String, Parameter> named = new LinkedHashMap<>();
        Map<String, Layer> owners = new HashMap<>();
        Map<float[], String> names = new IdentityHashMap<>();
        int number = 0;
        for (Layer layer : layers) {
            List<Parameter> learned = layer.parameters();
            number += learned.isEmpty() ? 0 : 1;
            for (Parameter parameter : learned) {
                String name = parameter.name() + number;
                Layer other = owners.put(name, layer);
                if (other != null) {
                    throw new IllegalArgumentException(Text.error(
                            "%s and %s would both have a parameter named %s: name the parameters of a layer apart, without digits at the end",
                            other, layer, name));
                }
                String twin = names.put(parameter.value().data(), name);
                if (twin != null && parameter.value().length() > 0) {
                    throw new IllegalArgumentException(Text.error(
                            "%s: its parameter %s has the same tensor as %s: give each parameter a tensor of its own",
                            layer, name, twin));
                }
                named.put(name, parameter);
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

    /** Stacks layers; each must fit on the one before it. */
    public static final class Builder {
        private final int[] inputShape;
        private final Map<String, Layer> layers = new LinkedHashMap<>();
        private final Map<String, int[]> shapes = new HashMap<>();
        private int[] shape;
        private boolean built;

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
         * @throws IllegalArgumentException if the name or the layer is used already, or the name is empty
         * @throws IllegalStateException if the network has been built
         */
        public Builder add(String name, Layer layer) {
            requireNotBuilt();
            Objects.requireNonNull(layer, "the layer " + name + " is null");
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException(
                        Text.error("%s needs a name in its network, such as Conv1, but got \"%s\"", layer, name));
            }
            if (layers.containsKey(name)) {
                throw new IllegalArgumentException(
                        Text.error("a layer named %s is there already: choose another name", name));
            }
            layer.join(this, name);
            try {
                shape = layer.outputShape(shape);
            } catch (RuntimeException e) {
                layer.leave(this); // not added: it may be used elsewhere
                throw e;
            }
            layers.put(name, layer);
            shapes.put(name, shape.clone()); // a learner's array: it may change
            return this;
        }

        private void requireNotBuilt() {
            if (built) {
                throw new IllegalStateException(
                        Text.error(
                                "this builder has built its network already: a new builder, with new layers, makes another one"));
            }
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
         * @throws IllegalArgumentException if there are none, they do not end in one score per class, or two parameters would
         *     have one name or one tensor
         * @throws IllegalStateException if it has been built already
         */
        public Network build() {
            requireNotBuilt();
            if (layers.isEmpty()) {
                throw new IllegalArgumentException(Text.error("a network needs at least one layer"));
            }
            if (shape.length != 1) {
                throw new IllegalArgumentException(Text.error(
                        "a network ends in one score per class, shape [N, K], but %s gives %s: add an Affine layer",
                        new ArrayList<>(layers.values()).get(layers.size() - 1), Shapes.text(shape)));
            }
            Network network = new Network(inputShape, new LinkedHashMap<>(layers), shapes, shape[0]);
            built = true;
            Kernels.prepare();
            return network;
        }
    }

    /**
     * How this network computes. Unless {@link #use} has chosen: as fast as it can be now.
     *
     * @return a plan, to be printed
     */
    public Plan plan() {
        Plan choice = chosen;
        if (choice != null) {
            return choice;
        }
        Fastest latest = fastest;
        if (latest == null || !latest.isNow(convolutions)) {
            List<Boolean> engines =
                    convolutions.stream().map(Convolution::usesEngine).toList();
            latest = new Fastest(engines, Plan.together(this));
            fastest = latest;
        }
        return latest.plan;
    }

    /**
     * Chooses how this network computes from now on; passes under way go on as they began. No bit of any result changes.
     *
     * @param newPlan for example {@code Plan.layerByLayer(network)}
     * @return this network
     * @throws IllegalArgumentException if this network cannot follow it
     */
    public Network use(Plan newPlan) {
        newPlan.requireFits(this);
        chosen = newPlan;
        return this;
    }

    /**
     * A new way through this network, with a memory of its own.
     *
     * @return a pass through all layers
     */
    public Pass pass() {
        return new Pass(this, plan());
    }

    /**
     * A new way through this network that computes in a way of its own.
     *
     * @param way for example {@code Plan.layerByLayer(network)}, which shows the output of every layer
     * @return a pass through all layers
     * @throws IllegalArgumentException if this network cannot follow the plan
     */
    public Pass pass(Plan way) {
        way.requireFits(this);
        return new Pass(this, way);
    }

    /**
     * A new way through the layers from the input up to one of them.
     *
     * @param layer the name of the last layer that belongs to it, for example {@code Relu1}
     * @return a pass through these layers
     * @throws IllegalArgumentException if there is no such layer, naming those there are
     */
    public Pass passUpTo(String layer) {
        layer(layer);
        return new Pass(this, plan().upTo(layer));
    }

    /** Takes the idle pass, or a new one while another thread has it, or if it would compute in another way. */
    private Pass borrow() {
        Pass pass = idle.getAndSet(null);
        return pass != null && pass.plan().equals(plan()) ? pass : pass();
    }

    /**
     * The forward pass through all layers, to predict. A large batch goes through in pieces of 100, whose values stay in
     * the cache on their way from layer to layer. Several threads may predict at once.
     *
     * @param x a batch, (N, ...) with the input shape of this network
     * @return the scores, (N, K), one column per class; softmax has not been applied
     * @throws ShapeException if x has another shape
     */
    public Tensor predict(Tensor x) {
        expectInput(x);
        Pass pass = borrow();
        int N = x.size(0);
        Tensor scores = Tensor.zeros(N, classes()); // (N, K)
        for (int from = 0; from < N; from += PIECE) {
            Tensor piece = N <= PIECE ? x : x.rows(from, Math.min(from + PIECE, N));
            Tensor some = pass.predict(piece); // (PIECE, K)
            System.arraycopy(some.data(), 0, scores.data(), from * classes(), some.length());
        }
        idle.set(pass);
        return scores;
    }

    /**
     * How many classes there are.
     *
     * @return K, the scores of an image
     */
    public int classes() {
        return classes;
    }

    /**
     * The forward pass through all layers, to learn: {@link cnnkit.layer.Dropout} drops. What a layer draws at random
     * depends on the seed, the step and the name of the layer only; without such layers these are the scores of
     * {@link #predict}. For a backward pass after it, see {@link #pass}.
     *
     * @param x a batch, (N, ...) with the input shape of this network
     * @param seed of the training run
     * @param step of the training run
     * @return the scores, (N, K), one column per class; softmax has not been applied
     * @throws ShapeException if x has another shape
     */
    public Tensor trainingScores(Tensor x, long seed, long step) {
        Pass pass = borrow();
        Tensor scores = pass.forwardInTraining(x, seed, step);
        idle.set(pass);
        return scores;
    }

    /** Errors come from the first layer, if it takes no such input: it knows best what it takes. */
    void expectInput(Tensor x) {
        if (x.rank() == 0) {
            Shapes.expect("Network", "input", x, "N", "...");
        }
        if (layers.values().iterator().next() instanceof FillingLayer first) {
            first.outputShapeFor(x);
        }
        int[] one = Arrays.copyOfRange(x.shape(), 1, x.rank());
        boolean flattened = one.length != inputShape.length && Shapes.length(one) == Shapes.length(inputShape);
        if (!Arrays.equals(one, inputShape) && !flattened) { // a first layer that rounds, or that takes any size
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
        return new SoftmaxWithLoss().forward(predict(x), labels);
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
        return new SoftmaxWithLoss().forward(trainingScores(x, seed, step), labels);
    }

    /**
     * Computes the gradient of the loss with respect to every parameter, by backpropagation, for a training loop of your
     * own. Every call is another step, 1, 2, ..., of a training run with seed 0, so that Dropout drops others each time; {@link
     * #ownSteps} tells how many there were.
     *
     * @param x a batch, (N, ...)
     * @param labels the right class of each element
     * @return the loss of the batch; the gradients wait in the {@link #parameters()}
     */
    public double gradient(Tensor x, int[] labels) {
        return gradient(x, labels, 0, ownSteps.incrementAndGet());
    }

    /**
     * How many steps a training loop of your own has made.
     *
     * @return how often {@link #gradient(Tensor, int[])} has been called
     */
    public long ownSteps() {
        return ownSteps.get();
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
        Pass pass = borrow();
        SoftmaxWithLoss lossLayer = new SoftmaxWithLoss();
        Tensor scores = pass.forwardInTraining(x, seed, step);
        double loss = lossLayer.forward(scores, labels);
        pass.parameterGradients(lossLayer.backward());
        idle.set(pass);
        return loss;
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
                    Text.error("no %s is named %s: there are %s", kind, name, String.join(", ", all.keySet())));
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

    /** What a layer said that it gives for one input, when the network was built. */
    int[] outputShape(String layer) {
        return outputShapes.get(layer);
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
     * @throws IllegalArgumentException if it belongs to another network, naming what differs, or is a checkpoint
     */
    public void load(Path file) throws IOException {
        Map<String, Tensor> values = Npz.read(file);
        if (values.containsKey("settings")) { // of a training run; no parameter of a layer is named so
            throw new IllegalArgumentException(Text.error(
                    "%s is the checkpoint of a training run, not a file of weights: new Trainer(...).resume(file) goes on with the run, or ends at once if it was finished, and network.save(...) then writes the weights. Nothing was loaded",
                    file));
        }
        List<String> differences = differences(values);
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException(Text.error(
                    "%s holds the parameters of another network: %s. Nothing was loaded",
                    file, String.join(Text.of("; "), differences)));
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
