package cnnkit.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.Convolution;
import cnnkit.layer.Layer;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Parameter;
import cnnkit.layer.Relu;
import cnnkit.layer.Sigmoid;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each reading of the catalogue can be told from all others by the cases, alone and forward with backward. */
class ReadingsTest {
    private static final List<Task> TASKS = List.of(
            new SizeTask((size, kernel, stride, padding) -> 1 + (size + 2 * padding - kernel) / stride),
            new UnfoldingTask(Im2col::im2col),
            new FoldingTask(Im2col::col2im),
            new ConvolutionTask(Convolution::new),
            PoolingTask.maximum(MaxPooling::new),
            PoolingTask.average(AveragePooling::new),
            new AffineTask(Affine::new),
            ElementwiseTask.relu(Relu::new),
            ElementwiseTask.sigmoid(Sigmoid::new));

    @Test
    void withoutMistakesTheModelsComputeWhatTheLibraryDoes() {
        for (Task task : TASKS) {
            for (Case the : task.cases()) {
                Answers answers = task.answer(the);
                for (Quantity quantity : task.quantities()) {
                    Outcome library = answers.of(quantity);
                    assertTrue(library.isValue(), () -> task.name() + " " + library.thrown());
                    assertTrue(
                            task.model(quantity, the, Set.of(), 0).explains(library),
                            () -> task.name() + " " + quantity + " " + the.window() + ": "
                                    + task.expected(quantity, the) + " " + library.value());
                }
            }
        }
    }

    /** A layer that computes by the models, with mistakes in some quantities. */
    private static final class Wrong extends Layer {
        private final Task task;
        private final Set<Reading> forward, backward;
        private final Quantity where;
        private final Parameter W, b;
        private final Window window;
        private Tensor x;

        Wrong(
                Task task,
                Tensor W,
                Tensor b,
                Window window,
                Set<Reading> forward,
                Quantity where,
                Set<Reading> backward) {
            this.task = task;
            this.W = W == null ? null : new Parameter("W", W);
            this.b = b == null ? null : new Parameter("b", b);
            this.window = window;
            this.forward = forward;
            this.where = where;
            this.backward = backward;
        }

        private Tensor model(Quantity quantity, Tensor dout, Set<Reading> ways) {
            Case the = new Case(
                    Case.Feature.ALL,
                    x,
                    null,
                    W == null ? null : W.value(),
                    b == null ? null : b.value(),
                    window,
                    dout);
            Outcome outcome = task.model(quantity, the, ways, 0);
            if (!outcome.isValue()) {
                throw new IllegalStateException("the model throws");
            }
            return outcome.value();
        }

        @Override
        public Tensor forward(Tensor x) {
            this.x = x;
            return model(Quantity.OUT, Tensor.zeros(x.shape()), forward);
        }

        @Override
        public Tensor backward(Tensor dout) {
            if (W != null) {
                fill(W, model(Quantity.DW, dout, where == Quantity.DW ? backward : Set.of()));
                fill(b, model(Quantity.DB, dout, where == Quantity.DB ? backward : Set.of()));
            }
            return model(Quantity.DX, dout, where == Quantity.DX ? backward : Set.of());
        }

        private static void fill(Parameter parameter, Tensor gradient) {
            System.arraycopy(gradient.data(), 0, parameter.gradientToFill().data(), 0, gradient.length());
        }

        @Override
        public List<Parameter> parameters() {
            return W == null ? List.of() : List.of(W, b);
        }

        @Override
        public int[] outputShape(int... inputShape) {
            return inputShape;
        }
    }

    private static Report check(Task task, Set<Reading> forward, Quantity where, Set<Reading> backward) {
        if (task instanceof SizeTask) {
            return Check.outputSize((size, kernel, stride, padding) ->
                    new Slide(size, size, Window.of(kernel).stride(stride).padding(padding), forward).OH);
        }
        if (task instanceof UnfoldingTask) {
            return Check.im2col((x, window) -> Unfold.of(x, window, forward).value());
        }
        if (task instanceof FoldingTask) {
            return Check.col2im(
                    (col, shape, window) -> Fold.of(col, shape, window, forward).value());
        }
        if (task instanceof ConvolutionTask) {
            return Check.convolution((W, b, window) -> new Wrong(task, W, b, window, forward, where, backward));
        }
        if (task instanceof AffineTask) {
            return Check.affine((W, b) -> new Wrong(task, W, b, null, forward, where, backward));
        }
        if (task.name().equals("max pooling")) {
            return Check.maxPooling(window -> new Wrong(task, null, null, window, forward, where, backward));
        }
        if (task.name().equals("average pooling")) {
            return Check.averagePooling(window -> new Wrong(task, null, null, window, forward, where, backward));
        }
        if (task.name().equals("sigmoid")) {
            return Check.sigmoid(() -> new Wrong(task, null, null, null, forward, where, backward));
        }
        return Check.relu(() -> new Wrong(task, null, null, null, forward, where, backward));
    }

    static Stream<Object[]> readings() {
        List<Object[]> all = new ArrayList<>();
        for (Task task : TASKS) {
            for (Quantity quantity : task.quantities()) {
                for (Reading reading : task.readings(quantity)) {
                    all.add(new Object[] {task.name(), quantity, reading});
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("readings")
    void eachReadingIsNamedAndNoOther(String name, Quantity quantity, Reading reading) {
        Task task = TASKS.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        boolean forward = quantity == Quantity.OUT;
        Set<Reading> ways = EnumSet.of(reading);
        Report report = check(task, forward ? ways : Set.of(), quantity, forward ? Set.of() : ways);
        assertEquals(List.of(reading.mistake()), report.mistakes(), report::toString);
    }
}
