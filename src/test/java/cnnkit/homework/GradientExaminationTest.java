package cnnkit.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.Convolution;
import cnnkit.layer.Dropout;
import cnnkit.layer.Layer;
import cnnkit.layer.LocalResponseNormalization;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Parameter;
import cnnkit.layer.Sigmoid;
import cnnkit.layer.TrainedSubsampling;
import cnnkit.tensor.Tensor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The check of any layer: what is no number is not right, and what fails is called by its name. */
class GradientExaminationTest {
    /** A layer as it should be. */
    private static class Right extends Layer {
        private final Sigmoid right = new Sigmoid();

        @Override
        public Tensor forward(Tensor x) {
            return right.forward(x);
        }

        @Override
        public Tensor backward(Tensor dout) {
            return right.backward(dout);
        }

        @Override
        public int[] outputShape(int... inputShape) {
            return inputShape;
        }
    }

    /** A finding that is not a remark: its part and its words. */
    private static String said(Report report) {
        assertFalse(report.passed(), report::toString);
        List<String> all = report.findings().stream()
                .filter(Finding::wrong)
                .map(finding -> finding.part() + ": " + finding.words())
                .toList();
        assertEquals(1, all.size(), report::toString);
        return all.get(0);
    }

    private static Report dx(float value) {
        return Check.layer(
                () -> new Right() {
                    @Override
                    public Tensor backward(Tensor dout) {
                        Tensor dx = super.backward(dout).copy();
                        dx.data()[1] = value;
                        return dx;
                    }
                },
                4);
    }

    @Test
    void aGradientThatIsNoNumberIsWrong() {
        Report report = dx(Float.NaN);
        assertTrue(said(report).startsWith("backward: dx: element 1 of 8: yours NaN, by"), report::toString);
        assertEquals(Boolean.FALSE, report.parts().get("backward: dx"));
        assertEquals(List.of(), report.mistakes());
        assertTrue(said(dx(Float.POSITIVE_INFINITY)).contains("yours Infinity"));
    }

    @Test
    void soIsTheGradientOfAParameter() {
        Report report = Check.layer(
                () -> {
                    Tensor W = Tensor.filled(0.5f, 3, 2);
                    return new OwnAffine(W, Tensor.zeros(2)) {
                        @Override
                        void store(Parameter parameter, double[] gradient) {
                            super.store(parameter, gradient);
                            if (!parameter.isBias()) {
                                Arrays.fill(parameter.gradientToFill().data(), Float.NaN);
                            }
                        }
                    };
                },
                3);
        assertTrue(said(report).startsWith("backward: dW: element 0 of 6: yours NaN"), report::toString);
        assertEquals(Boolean.TRUE, report.parts().get("backward: db"));
    }

    @Test
    void anOutputThatIsNoNumberIsWrong() {
        Report report = Check.layer(
                () -> new Right() {
                    @Override
                    public Tensor forward(Tensor x) {
                        return super.forward(x).map(v -> Double.NaN);
                    }
                },
                4);
        assertEquals("forward: the result holds NaN, first at element 0 of 8", said(report));
        assertEquals(Boolean.FALSE, report.parts().get("backward"), "there is nothing to hold it against");
    }

    @Test
    void aLayerWithoutASlopeToCompareIsNotBlamed() {
        Report report = Check.layer(
                () -> new Right() {
                    @Override
                    public Tensor forward(Tensor x) {
                        return x.map(v -> 0);
                    }

                    @Override
                    public Tensor backward(Tensor dout) {
                        return dout.map(v -> 0);
                    }
                },
                4);
        assertTrue(report.passed(), report::toString);
    }

    @Test
    void theShapeOfDxCounts() {
        Report report = Check.layer(
                () -> new Right() {
                    @Override
                    public Tensor backward(Tensor dout) {
                        return super.backward(dout).reshape(2, 18);
                    }
                },
                1,
                3,
                6);
        assertEquals("backward: dx: the shape is [2, 18], expected [2, 1, 3, 6]", said(report));
        assertEquals(Boolean.TRUE, report.parts().get("forward"));
        assertEquals(Boolean.FALSE, report.parts().get("backward: dx"));
    }

    @Test
    void nothingIsCalledNothing() {
        assertEquals(
                "the layer: your code gives back null where a layer is expected", said(Check.layer(() -> null, 4)));
        Report forward = Check.layer(
                () -> new Right() {
                    @Override
                    public Tensor forward(Tensor x) {
                        return null;
                    }
                },
                4);
        assertEquals("forward: your code gives back null where forward is expected", said(forward));
        Report backward = Check.layer(
                () -> new Right() {
                    @Override
                    public Tensor backward(Tensor dout) {
                        return null;
                    }
                },
                4);
        assertEquals("backward: dx: your code gives back null where backward: dx is expected", said(backward));
        Report shape = Check.layer(
                () -> new Right() {
                    @Override
                    public int[] outputShape(int... inputShape) {
                        return null;
                    }
                },
                4);
        assertEquals("outputShape: your code gives back null where outputShape is expected", said(shape));
    }

    @Test
    void whatThrowsIsCalledByItsName() {
        Report shape = Check.layer(
                () -> new Right() {
                    @Override
                    public int[] outputShape(int... inputShape) {
                        throw new IllegalStateException("which?");
                    }
                },
                4);
        assertTrue(said(shape).startsWith("outputShape: your code threw IllegalStateException: which?"));
        assertEquals(Boolean.TRUE, shape.parts().get("forward"));
        int[] calls = {0};
        Report second = Check.layer(
                () -> new Right() {
                    @Override
                    public Tensor forward(Tensor x) {
                        if (++calls[0] > 1) {
                            throw new IllegalStateException("only once");
                        }
                        return super.forward(x);
                    }
                },
                4);
        assertTrue(said(second).startsWith("forward: your code threw IllegalStateException: only once"));
        assertEquals(Boolean.FALSE, second.parts().get("forward"));
        Report backward = Check.layer(
                () -> new Right() {
                    @Override
                    public Tensor backward(Tensor dout) {
                        throw new IllegalStateException("no way back");
                    }
                },
                4);
        assertTrue(said(backward).startsWith("backward: your code threw IllegalStateException: no way back"));
        assertEquals(Boolean.TRUE, backward.parts().get("forward"));
    }

    @Test
    void anOutputOfAnotherShapeEachTimeIsCalledThat() {
        int[] calls = {0};
        Report report = Check.layer(
                () -> new Right() {
                    @Override
                    public Tensor forward(Tensor x) {
                        Tensor out = super.forward(x);
                        return ++calls[0] > 1 ? out.reshape(8, 1) : out;
                    }
                },
                4);
        assertEquals("forward: the shape is [8, 1], expected [2, 4]", said(report));
    }

    @Test
    void anOutputThatIsNoNumberTheSecondTimeIsCalledThat() {
        int[] calls = {0};
        Report report = Check.layer(
                () -> new Right() {
                    @Override
                    public Tensor forward(Tensor x) {
                        Tensor out = super.forward(x);
                        return ++calls[0] > 1 ? out.map(v -> Double.NaN) : out;
                    }
                },
                4);
        assertEquals("forward: the result holds NaN, first at element 0 of 8", said(report));
    }

    @Test
    void aLayerThatIsStoppedIsTooSlowAndNothingElse() {
        Check.timeLimit(Duration.ofMillis(400));
        try {
            Report report = Check.layer(
                    () -> new Right() {
                        @Override
                        public Tensor forward(Tensor x) {
                            LockSupport.parkNanos(5_000_000);
                            return super.forward(x);
                        }
                    },
                    4);
            assertTrue(said(report).contains("not done after 0.4 seconds"), report::toString);
        } finally {
            Check.timeLimit(Duration.ofSeconds(10));
        }
    }

    @Test
    void theLibrarysLayersAreRight() {
        Tensor filters = Tensor.gaussian(new Random(1), 1, 2, 2, 3, 3);
        List<Supplier<Layer>> layers = List.of(
                () -> new Convolution(filters, Tensor.zeros(2), Window.of(3).padding(1)),
                () -> new MaxPooling(Window.of(2)),
                () -> new AveragePooling(Window.of(2).stride(2)),
                () -> new TrainedSubsampling(
                        Tensor.filled(0.5f, 2), Tensor.zeros(2), Window.of(2).stride(2)),
                LocalResponseNormalization::new,
                () -> new Affine(Tensor.gaussian(new Random(2), 1, 32, 2), Tensor.zeros(2)),
                Dropout::new);
        for (Supplier<Layer> each : layers) {
            Report report = Check.layer(each, 2, 4, 4);
            assertTrue(report.passed(), () -> each.get() + "\n" + report);
        }
    }

    @Test
    void theSameLayerCanBeCheckedTwice() {
        Layer mine = new Right();
        assertTrue(Check.layer(() -> mine, 4).passed());
        Report again = Check.layer(() -> mine, 4);
        assertTrue(again.passed(), again::toString);
    }
}
