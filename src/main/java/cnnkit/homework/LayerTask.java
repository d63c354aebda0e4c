package cnnkit.homework;

import cnnkit.layer.Layer;
import cnnkit.layer.Parameter;
import cnnkit.tensor.Tensor;
import cnnkit.tensor.Text;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A task whose answer is a layer: forward and backward are judged apart. */
abstract class LayerTask extends Task {
    private static final int DIRECTIONS = 6;
    private static final float STEP = 0.25f; // the whole numbers of the cases keep their order
    private static final double CONSISTENT = 2e-3; // relative: what rounding leaves of a difference of floats

    /** Makes the learner's layer. */
    abstract Layer make(Case the) throws Exception;

    /** The classes of the library that do the same. */
    abstract Class<?>[] ours();

    @Override
    List<Quantity> quantities() {
        return List.of(Quantity.OUT, Quantity.DX);
    }

    @Override
    final Answers answer(Case the) {
        Answers answers = new Answers();
        Case given = the.copy();
        Layer[] layer = new Layer[1];
        answers.ask(Quantity.OUT, () -> {
            layer[0] = make(given);
            return layer[0] == null ? null : layer[0].forward(given.x());
        });
        answers.compare(the.x(), given.x());
        if (answers.of(Quantity.OUT).isValue()) {
            boolean sameShape =
                    the.dout().hasShape(answers.of(Quantity.OUT).value().shape());
            backward(the, given, layer[0], answers);
            if (!sameShape && !answers.of(Quantity.DX).isValue()) {
                return answerForTheRightShape(the, answers);
            }
            answers.compare(the.x(), given.x());
            answers.compare(the.W(), given.W());
            answers.compare(the.b(), given.b());
        }
        return answers;
    }

    /**
     * A backward pass may be written for the output as it should be, though the forward pass gives another shape: then it throws
     * at a gradient of that shape, and is asked again with one of the right shape.
     */
    private Answers answerForTheRightShape(Case the, Answers before) {
        Answers answers = new Answers();
        Case given = the.copy();
        answers.ask(Quantity.OUT, () -> before.of(Quantity.OUT).value());
        Outcome made = Answers.outcomeOf("", () -> {
            Layer layer = make(given);
            layer.forward(given.x());
            backward(given, layer, the.dout(), answers);
            return Tensor.zeros(1);
        });
        boolean better = made.isValue() && answers.of(Quantity.DX).isValue();
        return better ? answers : before;
    }

    private void backward(Case the, Case given, Layer layer, Answers answers) {
        Tensor out = answers.of(Quantity.OUT).value();
        backward(
                given,
                layer,
                the.dout().hasShape(out.shape()) ? the.dout() : Draw.whole(new Random(5), out.shape()),
                answers);
    }

    private void backward(Case given, Layer layer, Tensor dout, Answers answers) {
        answers.dout(dout);
        Tensor handed = dout.copy();
        answers.ask(Quantity.DX, () -> layer.backward(handed));
        for (Quantity quantity : quantities()) {
            if (quantity == Quantity.DW || quantity == Quantity.DB) {
                answers.ask(quantity, () -> gradient(layer, quantity, quantity == Quantity.DW ? given.W() : given.b()));
            }
        }
    }

    /** The gradient of a parameter: from what the layer calls its parameters, or else from its field dW or db. */
    private static Tensor gradient(Layer layer, Quantity quantity, Tensor value) throws Exception {
        boolean bias = quantity == Quantity.DB;
        for (Parameter parameter : layer.parameters()) {
            if (parameter.name().equals(bias ? "b" : "W")) {
                return parameter.gradient();
            }
        }
        for (Parameter parameter : layer.parameters()) {
            if (parameter.isBias() == bias && parameter.value().hasShape(value.shape())) {
                return parameter.gradient();
            }
        }
        for (Class<?> type = layer.getClass(); type != Layer.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(bias ? "db" : "dW") && field.getType() == Tensor.class) {
                    field.setAccessible(true);
                    return (Tensor) field.get(layer);
                }
            }
        }
        throw new NoGradient(bias ? "b" : "W");
    }

    /** The layer keeps its gradients to itself. */
    static final class NoGradient extends LearnersLine.Explained {
        private static final long serialVersionUID = 1L;

        NoGradient(String name) {
            super(Text.of(
                    "the layer does not show the gradient of %s: let parameters() return a Parameter of that name, and fill"
                            + " its gradientToFill() in backward",
                    name));
        }
    }

    @Override
    final Optional<Memory> remembered(Case the, Answers before) {
        for (Case other : others(the)) {
            Answers after = again(the, other, before.dout());
            for (Quantity quantity : quantities()) {
                if (before.reached(quantity)
                        && before.of(quantity).isValue()
                        && !(after.reached(quantity)
                                && after.of(quantity).isValue()
                                && Outcome.close(
                                        before.of(quantity).value(),
                                        after.of(quantity).value()))) {
                    return Optional.of(new Memory(quantity, kindOf(quantity, before, after, other == the)));
                }
            }
        }
        return Optional.empty();
    }

    private static Mistake kindOf(Quantity quantity, Answers before, Answers after, boolean sameInput) {
        boolean twice = sameInput
                && quantity != Quantity.OUT
                && after.reached(quantity)
                && after.of(quantity).isValue()
                && Outcome.close(
                        before.of(quantity).value().map(v -> 2 * v),
                        after.of(quantity).value());
        return twice ? Mistake.GRADIENTS_ACCUMULATED : Mistake.REMEMBERS_FORMER_CALL;
    }

    /** One layer, two passes: the answers of the second. */
    private Answers again(Case the, Case other, Tensor dout) {
        Answers answers = new Answers();
        Case given = the.copy();
        Layer[] layer = new Layer[1];
        Answers.outcomeOf("", () -> {
            layer[0] = make(given);
            Tensor out = layer[0].forward(other.x().copy());
            return layer[0].backward(other == the ? dout.copy() : Draw.whole(new Random(6), out.shape()));
        });
        answers.ask(Quantity.OUT, () -> layer[0].forward(given.x()));
        if (answers.of(Quantity.OUT).isValue()) {
            backward(given, layer[0], dout, answers);
        }
        return answers;
    }

    /** Inputs for the same layer: the same one, one of as many numbers, and a smaller batch. */
    List<Case> others(Case the) {
        List<Case> others = new ArrayList<>(List.of(the));
        int[] shape = the.x().shape();
        others.add(the.with(Draw.whole(new Random(10), shape), the.W(), the.b()));
        if (shape.length == 4 && shape[2] != shape[3] && fits(the, shape[3], shape[2])) {
            others.add(the.with(Draw.whole(new Random(7), shape[0], shape[1], shape[3], shape[2]), the.W(), the.b()));
        }
        int[] larger = shape.clone();
        larger[0]++;
        others.add(the.with(Draw.whole(new Random(8), larger), the.W(), the.b()));
        return others;
    }

    private static boolean fits(Case the, int height, int width) {
        if (the.window() == null) {
            return true;
        }
        try {
            return the.window().outputHeight(height) > 0 && the.window().outputWidth(width) > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Moves what the gradient belongs to in a few directions v, and compares: (f(q + h v) - f(q - h v)) / 2h with f the sum of
     * dout * out is the product of v with the gradient.
     */
    @Override
    final boolean isConsistent(Quantity quantity, Case the, Answers answers) {
        Tensor gradient = answers.of(quantity).value();
        Tensor of = quantity == Quantity.DX ? the.x() : quantity == Quantity.DW ? the.W() : the.b();
        if (!gradient.hasShape(of.shape())) {
            return false;
        }
        Random random = new Random(9);
        for (int direction = 0; direction < DIRECTIONS; direction++) {
            Tensor v = Tensor.zeros(of.shape()).map(zero -> random.nextInt(5) / 4.0 - 0.5);
            Outcome up = Answers.outcomeOf("", () -> moved(quantity, the, v, STEP));
            Outcome down = Answers.outcomeOf("", () -> moved(quantity, the, v, -STEP));
            if (!isShaped(up, answers.dout()) || !isShaped(down, answers.dout())) {
                return false;
            }
            double slope = (dot(up.value(), answers.dout()) - dot(down.value(), answers.dout())) / (2 * STEP);
            double told = dot(gradient, v);
            double size = Math.max(1, Math.max(Math.abs(slope), Math.abs(told)));
            if (!(Math.abs(slope - told) <= CONSISTENT * size)) {
                return false;
            }
        }
        return true;
    }

    /** A layer may give another shape each time. */
    private static boolean isShaped(Outcome out, Tensor as) {
        return out.isValue() && out.value().hasShape(as.shape());
    }

    private Tensor moved(Quantity quantity, Case the, Tensor v, float step) throws Exception {
        Tensor x = quantity == Quantity.DX ? plus(the.x(), v, step) : the.x();
        Tensor W = quantity == Quantity.DW ? plus(the.W(), v, step) : the.W();
        Tensor b = quantity == Quantity.DB ? plus(the.b(), v, step) : the.b();
        Case moved = the.with(x, W, b).copy();
        return make(moved).forward(moved.x());
    }

    private static Tensor plus(Tensor a, Tensor v, float step) {
        Tensor sum = a.copy();
        for (int i = 0; i < sum.length(); i++) {
            sum.data()[i] += step * v.data()[i];
        }
        return sum;
    }

    private static double dot(Tensor a, Tensor b) {
        double sum = 0;
        for (int i = 0; i < a.length(); i++) {
            sum += (double) a.data()[i] * b.data()[i];
        }
        return sum;
    }

    @Override
    final Optional<Class<?>> libraryIn() {
        Case the = cases().get(cases().size() - 1);
        try {
            Layer layer = make(the.copy());
            for (Class<?> type : ours()) {
                if (type.isInstance(layer)) {
                    return Optional.of(type);
                }
            }
            layer.forward(Tensor.zeros(0));
            return Optional.empty();
        } catch (Throwable refused) {
            return through(refused, ours());
        }
    }
}
