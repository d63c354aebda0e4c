package cnnkit.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The check of dropout looks at every number that comes out, and at where it stands. */
class DropoutExaminationTest {
    /** A right layer, but for what is done to its answers. */
    private static final class Changed extends OwnDropout {
        private final UnaryOperator<Tensor> learned, back, predicted;

        Changed(
                double ratio,
                UnaryOperator<Tensor> learned,
                UnaryOperator<Tensor> back,
                UnaryOperator<Tensor> predicted) {
            super(ratio, true);
            this.learned = learned;
            this.back = back;
            this.predicted = predicted;
        }

        @Override
        public Tensor forwardInTraining(Tensor x, long seed) {
            return learned.apply(super.forwardInTraining(x, seed));
        }

        @Override
        public Tensor backward(Tensor dout) {
            return back.apply(super.backward(dout));
        }

        @Override
        public Tensor forward(Tensor x) {
            return predicted.apply(super.forward(x));
        }
    }

    private static final UnaryOperator<Tensor> RIGHT = UnaryOperator.identity();

    private static String learned(UnaryOperator<Tensor> change) {
        return said(Check.dropout(ratio -> new Changed(ratio, change, RIGHT, RIGHT)));
    }

    private static String back(UnaryOperator<Tensor> change) {
        return said(Check.dropout(ratio -> new Changed(ratio, RIGHT, change, RIGHT)));
    }

    private static String predicted(UnaryOperator<Tensor> change) {
        return said(Check.dropout(ratio -> new Changed(ratio, RIGHT, RIGHT, change)));
    }

    private static String said(Report report) {
        assertFalse(report.passed(), report::toString);
        assertFalse(report.mistakes().contains(Mistake.THROWS), report::toString);
        return String.join("\n", report.places());
    }

    @Test
    void theShapeIsThatOfTheInput() {
        String words = ": the shape is %s, expected [40, 100]";
        assertEquals("while learning" + words.formatted("[100, 40]"), learned(out -> out.reshape(100, 40)));
        assertEquals("backward" + words.formatted("[0]"), back(dx -> Tensor.zeros(0)));
        assertEquals("backward" + words.formatted("[1, 100]"), back(dx -> dx.rows(0, 1)));
        assertEquals("backward" + words.formatted("[4000]"), back(dx -> dx.reshape(4000)));
        assertEquals("while predicting" + words.formatted("[0]"), predicted(out -> Tensor.zeros(0)));
        assertEquals(
                "while predicting" + words.formatted("[5000]"),
                predicted(out -> Tensor.of(Arrays.copyOf(out.data(), 5000), 5000)));
    }

    private static Tensor withNaN(Tensor tensor) {
        tensor.data()[17] = Float.NaN;
        return tensor;
    }

    @Test
    void whatIsNoNumberIsSaid() {
        String words = ": the result holds NaN, first at element 17 of 4000";
        assertEquals("while learning" + words, learned(DropoutExaminationTest::withNaN));
        assertEquals("backward" + words, back(DropoutExaminationTest::withNaN));
        assertEquals("while predicting" + words, predicted(DropoutExaminationTest::withNaN));
    }

    @Test
    void nothingIsCalledNothing() {
        Report none = Check.dropout(ratio -> null);
        assertEquals(List.of("dropout: your code gives back null where a layer is expected"), none.places());
        Report noOutput = Check.dropout(ratio -> new Changed(ratio, RIGHT, RIGHT, out -> null));
        assertEquals(
                List.of("while predicting: your code gives back null where forward is expected"), noOutput.places());
    }

    @Test
    void aMaskThatNeverChangesIsWrong() {
        Report report = Check.dropout(ratio -> new OwnDropout(ratio, true) {
            @Override
            public Tensor forwardInTraining(Tensor x, long seed) {
                return super.forwardInTraining(x, 1);
            }
        });
        assertEquals("dropout: with two different seeds the very same values are dropped", said(report));
        assertEquals(Boolean.FALSE, report.parts().get("drops other values with another seed"));
        assertEquals(1, report.parts().values().stream().filter(right -> !right).count(), report::toString);
    }

    @Test
    void aGeneratorWithoutASeedIsRightAndARemark() {
        Report report = Check.dropout(ratio -> new OwnDropout(ratio, true) {
            @Override
            double next(Random random) {
                return Math.random();
            }
        });
        assertTrue(report.passed(), report::toString);
        assertTrue(report.places().get(0).startsWith("dropout: the same seed drops other values the second time"));
        assertEquals(
                List.of(), Check.dropout(ratio -> new OwnDropout(ratio, true)).places());
    }

    @Test
    void theInputStaysAsItIsWhilePredictingToo() {
        Report report = Check.dropout(ratio -> new OwnDropout(ratio, false) {
            @Override
            public Tensor forward(Tensor x) {
                Tensor out = super.forward(x);
                System.arraycopy(out.data(), 0, x.data(), 0, x.length());
                return x;
            }
        });
        assertFalse(report.passed(), report::toString);
        assertEquals(List.of(Mistake.INPUT_CHANGED), report.mistakes());
    }

    /** As in the book, where backward takes the mask of the latest learning pass: nobody goes back behind a prediction. */
    @Test
    void theWayBackBehindAPredictionIsNotAsked() {
        Report report = Check.dropout(ratio -> new OwnDropout(ratio, false) {
            private boolean predicts;

            @Override
            public Tensor forward(Tensor x) {
                predicts = true;
                return super.forward(x);
            }

            @Override
            public Tensor forwardInTraining(Tensor x, long seed) {
                predicts = false;
                return super.forwardInTraining(x, seed);
            }

            @Override
            public Tensor backward(Tensor dout) {
                return predicts ? Tensor.zeros(1) : super.backward(dout);
            }
        });
        assertTrue(report.passed(), report::toString);
    }
}
