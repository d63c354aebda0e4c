package cnnkit.homework;

import cnnkit.layer.Affine;
import cnnkit.layer.Layer;
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

/** Holds the gradients of any layer against numerical ones, parameter by parameter. What the layer should compute is open. */
final class GradientExamination {
    private static final double RIGHT = 1e-3; // relative
    private static final int N = 2, CLASSES = 3;

    private final Supplier<Layer> yours;
    private final int[] inputShape;
    private final Map<String, Boolean> parts = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

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
        boolean forward = false, shape = false;
        try {
            int[] batch = Shapes.length(inputShape) == 0 ? new int[] {N} : batch(inputShape);
            Tensor x = Tensor.gaussian(new Random(3), 1, batch), given = x.copy();
            Layer layer = yours.get();
            Tensor out = layer.forward(given);
            boolean unchanged = given.equals(x);
            if (!unchanged) {
                findings.add(Finding.wrong(
                        Quantity.OUT.inWords(),
                        List.of(Mistake.INPUT_CHANGED),
                        Text.of("after the call the input holds other numbers"),
                        ""));
            }
            forward = unchanged;
            shape = out.hasShape(batch(layer.outputShape(inputShape)));
            if (!shape) {
                findings.add(Finding.wrong(
                        Text.of("outputShape"),
                        List.of(),
                        Text.of(
                                "outputShape says %s for each input, but forward gives %s for %d of them",
                                Shapes.text(layer.outputShape(inputShape)), Shapes.text(out.shape()), N),
                        ""));
            }
            parts.put(Quantity.OUT.inWords(), forward);
            parts.put(Text.of("outputShape"), shape);
            if (shape) {
                compare(x);
            }
        } catch (Throwable e) { // whatever a learner's code throws
            parts.putIfAbsent(Quantity.OUT.inWords(), forward);
            parts.put(Text.of("backward"), false);
            findings.add(Finding.thrown(
                    parts.get(Quantity.OUT.inWords()) ? Text.of("backward") : Quantity.OUT.inWords(), e));
        }
    }

    private static int[] batch(int... shape) {
        int[] batch = new int[shape.length + 1];
        batch[0] = N;
        System.arraycopy(shape, 0, batch, 1, shape.length);
        return batch;
    }

    private void compare(Tensor x) {
        Layer layer = yours.get();
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
        boolean right = Double.isNaN(error) || error < RIGHT;
        parts.put(part, right);
        if (Double.isNaN(error)) {
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
        return Text.of(
                "element %d of %d: yours %.5g, by small differences %.5g",
                worst,
                pairs.size(),
                pairs.get(worst).backpropagated(),
                pairs.get(worst).numerical());
    }
}
