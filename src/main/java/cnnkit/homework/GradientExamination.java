package cnnkit.homework;

import cnnkit.layer.Affine;
import cnnkit.layer.Layer;
import cnnkit.layer.Parameter;
import cnnkit.network.Network;
import cnnkit.tensor.Shapes;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import cnnkit.train.GradientCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Holds the gradients of any layer against numerical ones, parameter by parameter. What the layer should compute is open. */
final class GradientExamination {
    private static final double RIGHT = 1e-3; // relative
    private static final int N = 2, CLASSES = 3;

    private final Supplier<Layer> yours;
    private final int[] inputShape;
    private final Map<String, Boolean> parts = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private String step = Text.of("the layer"); // of the learner's code that is running

    private GradientExamination(Supplier<Layer> yours, int[] inputShape) {
        this.yours = yours;
        this.inputShape = inputShape;
    }

    static Report of(Supplier<Layer> yours, int[] inputShape, Duration limit) {
        GradientExamination examination = new GradientExamination(yours, inputShape);
        try {
            new Guard(limit).run(examination::run);
        } catch (Guard.TooSlow e) {
            examination.parts.put(Text.of("ends in time"), false);
            examination.findings.add(Finding.thrown(Text.of("the layer"), e));
        }
        return new Report("the layer", examination.parts, examination.findings, Optional.empty());
    }

    private void run() {
        try {
            examine();
        } catch (Throwable e) { // whatever a learner's code throws
            Guard.goOnOnlyIfAwaited(); // an interrupted comparison is too slow, and nothing else
            parts.putIfAbsent(Quantity.OUT.inWords(), false);
            if (!step.equals(Text.of("the layer"))) {
                parts.put(step, false);
            }
            if (!step.equals(Quantity.DX.inWords())) {
                parts.put(Text.of("backward"), false);
            }
            findings.add(Finding.thrown(step, e instanceof Told ? e.getCause() : e));
        }
    }

    private void examine() throws Exception {
        int[] batch = Shapes.length(inputShape) == 0 ? new int[] {N} : batch(N, inputShape);
        Tensor x = Tensor.gaussian(new Random(3), 1, batch), given = x.copy();
        Layer layer = make();
        step = Quantity.OUT.inWords();
        Tensor out = Unfit.there(step, layer.forward(given));
        Guard.goOnOnlyIfAwaited();
        boolean unchanged = given.equals(x);
        if (!unchanged) {
            findings.add(Finding.wrong(
                    step, List.of(Mistake.INPUT_CHANGED), Text.of("after the call the input holds other numbers"), ""));
        }
        Optional<String> noNumber = Unfit.noNumber(out);
        noNumber.ifPresent(words -> findings.add(Finding.wrong(Quantity.OUT.inWords(), List.of(), words, "")));
        parts.put(step, unchanged && noNumber.isEmpty());
        int[] told = outputShape(layer);
        boolean shape = out.hasShape(batch(N, told));
        parts.put(step, shape);
        if (!shape) {
            findings.add(Finding.wrong(
                    step,
                    List.of(),
                    Text.of(
                            "outputShape says %s for each input, but forward gives %s for %d of them",
                            Shapes.text(told), Shapes.text(out.shape()), N),
                    ""));
        } else if (noNumber.isPresent()) {
            parts.put(Text.of("backward"), false); // there is nothing to hold it against
        } else {
            compare(x);
        }
    }

    private Layer make() throws Exception {
        step = Text.of("the layer");
        return Unfit.made(yours.get());
    }

    private int[] outputShape(Layer layer) throws LearnersLine.NothingCameBack {
        step = Text.of("outputShape");
        return Unfit.there(step, layer.outputShape(inputShape.clone())).clone();
    }

    /** Something about the learner's layer, on its way out of a network. */
    private static final class Told extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Told(LearnersLine.Explained why) {
            super(why);
        }
    }

    /**
     * The learner's layer in a network: so it is known which of its methods is running when one throws, and the layer itself
     * stays free for other networks, and for the same check once more.
     */
    private final class Watched extends Layer {
        private final Layer layer;
        private int[] given = {};
        private Tensor latest; // its output; null: there was none

        Watched(Layer layer) {
            this.layer = layer;
        }

        private Tensor out(Tensor x, UnaryOperator<Tensor> forward) {
            Guard.goOnOnlyIfAwaited();
            given = x.shape();
            int[] expected = batch(x.size(0), outputShape(inputShape));
            step = Quantity.OUT.inWords();
            latest = shaped(forward.apply(x), expected);
            return latest;
        }

        private Tensor shaped(Tensor result, int... shape) {
            try {
                return Unfit.shaped(step, result, shape);
            } catch (LearnersLine.Explained e) {
                throw new Told(e);
            }
        }

        private void refuseNoNumbers() {
            step = Quantity.OUT.inWords();
            try {
                Unfit.refuseNoNumbers(latest);
            } catch (Unfit e) {
                throw new Told(e);
            }
        }

        @Override
        public Tensor forward(Tensor x) {
            return out(x, layer::forward);
        }

        @Override
        public Tensor forwardInTraining(Tensor x, long seed) {
            return out(x, input -> layer.forwardInTraining(input, seed));
        }

        @Override
        public Tensor backward(Tensor dout) {
            Guard.goOnOnlyIfAwaited();
            refuseNoNumbers(); // where a value is moved far, as for the numerical gradient, NaN may be right
            step = Text.of("backward");
            Tensor dx = layer.backward(dout);
            step = Quantity.DX.inWords();
            return shaped(dx, given);
        }

        @Override
        public List<Parameter> parameters() {
            step = Text.of("parameters");
            try {
                return Unfit.there(step, layer.parameters());
            } catch (LearnersLine.NothingCameBack e) {
                throw new Told(e);
            }
        }

        @Override
        public int[] outputShape(int... shape) {
            try {
                return GradientExamination.this.outputShape(layer);
            } catch (LearnersLine.NothingCameBack e) {
                throw new Told(e);
            }
        }
    }

    private static int[] batch(int count, int... shape) {
        int[] batch = new int[shape.length + 1];
        batch[0] = count;
        System.arraycopy(shape, 0, batch, 1, shape.length);
        return batch;
    }

    private void compare(Tensor x) throws Exception {
        Layer layer = new Watched(make());
        int outputs = Shapes.length(layer.outputShape(inputShape));
        Network network = Network.builder(inputShape)
                .add("Yours", layer)
                .add("Behind", new Affine(Tensor.gaussian(new Random(4), 1, outputs, CLASSES), Tensor.zeros(CLASSES)))
                .build();
        GradientCheck check = GradientCheck.of(network, x, new int[] {0, 1});
        int own = layer.parameters().size(), number = 0;
        for (String name : check.pairs().keySet()) {
            boolean input = number == check.pairs().size() - 1;
            if (input) {
                judge(check, name, Quantity.DX.inWords());
            } else if (number < own) {
                judge(
                        check,
                        name,
                        Text.of("backward: d%s", layer.parameters().get(number).name()));
            }
            number++;
        }
    }

    private void judge(GradientCheck check, String name, String part) {
        double error = check.relativeError(name);
        Optional<String> noNumber = noNumber(check.pairs().get(name))
                .or(() -> noNumber(check.elsewhere().getOrDefault(name, List.of())));
        boolean right = noNumber.isEmpty() && (Double.isNaN(error) || error < RIGHT);
        parts.put(part, right);
        if (noNumber.isPresent()) { // an error that is NaN comes of it, too
            findings.add(Finding.wrong(part, List.of(), noNumber.get(), ""));
        } else if (Double.isNaN(error)) {
            findings.add(Finding.remark(part, Text.of("nothing can be told: no element is smooth and large enough")));
        } else if (!right) {
            boolean here = new GradientCheck(check.pairs()).relativeError(name) >= RIGHT; // without the second pass
            findings.add(Finding.wrong(
                    part,
                    here ? List.of() : List.of(Mistake.REMEMBERS_FORMER_CALL),
                    here
                            ? Text.of(
                                    "%s; relative error %.2g",
                                    largest(check.pairs().get(name)), error)
                            : Text.of("right the first time only; relative error %.2g in a second pass", error),
                    ""));
        }
    }

    private static String largest(List<GradientCheck.Pair> pairs) {
        int worst = 0;
        double most = -1;
        for (int i = 0; i < pairs.size(); i++) {
            GradientCheck.Pair pair = pairs.get(i);
            double off = Math.abs(pair.backpropagated() - pair.numerical());
            if (pair.smooth() && pair.resolved() && !(off <= most)) {
                most = off;
                worst = i;
            }
        }
        return element(worst, pairs);
    }

    /** A gradient that is NaN or infinite; empty if there is none. */
    private static Optional<String> noNumber(List<GradientCheck.Pair> pairs) {
        for (int i = 0; i < pairs.size(); i++) {
            if (!Double.isFinite(pairs.get(i).backpropagated())) {
                return Optional.of(element(i, pairs));
            }
        }
        return Optional.empty();
    }

    private static String element(int number, List<GradientCheck.Pair> pairs) {
        return Text.of(
                "element %d of %d: yours %.5g, by small differences %.5g",
                number,
                pairs.size(),
                pairs.get(number).backpropagated(),
                pairs.get(number).numerical());
    }
}
