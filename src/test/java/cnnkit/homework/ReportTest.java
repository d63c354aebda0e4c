package cnnkit.homework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Im2col;
import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.Convolution;
import cnnkit.layer.Layer;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Relu;
import cnnkit.layer.Sigmoid;
import cnnkit.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a report says, and how much help it gives. */
class ReportTest {
    private static Tensor withoutStride(Tensor x, Window window) {
        Tensor close = Im2col.im2col(x, window.stride(1));
        int OH = window.outputHeight(x.size(2)), OW = window.outputWidth(x.size(3));
        int all = window.stride(1).outputWidth(x.size(3)),
                images = window.stride(1).outputHeight(x.size(2)) * all;
        Tensor col = Tensor.zeros(x.size(0) * OH * OW, close.size(1));
        for (int row = 0; row < col.size(0); row++) {
            int n = row / (OH * OW), oy = row / OW % OH, ox = row % OW;
            for (int k = 0; k < col.size(1); k++) {
                col.set(close.get(n * images + oy * all + ox, k), row, k);
            }
        }
        return col;
    }

    private static Report strideIgnored() {
        return Check.im2col(ReportTest::withoutStride);
    }

    @Test
    void itSaysWhereItFailsBeforeItNamesTheMistake() {
        Report report = strideIgnored();
        assertEquals("◐ im2col: not yet, 5 of 9 parts are right", report.headline());
        assertEquals(Boolean.TRUE, report.parts().get("channels"));
        assertEquals(Boolean.FALSE, report.parts().get("stride"));
        assertEquals(5 / 9.0, report.score(), 1e-9);
        assertTrue(report.toString()
                .contains("2x2 window, stride 2, padding 0. 12 of 16 numbers differ, first at [1, 0]"));
        assertFalse(report.toString().contains("STRIDE_IGNORED"), "the name is told on request");
        assertTrue(report.figure().isPresent());
    }

    @Test
    void eachHintGoesOneStepFurtherAndTheLastOneIsAQuestion() {
        Report report = strideIgnored();
        assertTrue(report.mayHint() && report.help().isEmpty());
        assertTrue(report.hint().startsWith("im2col: the stride is ignored (STRIDE_IGNORED)"));
        assertEquals(List.of(Mistake.STRIDE_IGNORED), report.mistakesShown());
        String question = report.hint();
        assertTrue(question.startsWith("→ ") && question.endsWith("?"), question);
        assertEquals(question, report.hint(), "there is no further step");
        assertFalse(report.mayHint());
        assertTrue(report.toString().contains("STRIDE_IGNORED")
                && report.toString().contains(question));
    }

    @Test
    void inATestItThrowsWithTheNameOfTheMistake() {
        Report report = strideIgnored();
        String said = assertThrows(AssertionError.class, report::orThrow).getMessage();
        assertTrue(said.contains("STRIDE_IGNORED") && said.contains("yours 8, expected -5"), said);
        Report right = Check.im2col(Im2col::im2col);
        assertSame(right, right.orThrow());
    }

    @Test
    void theLibrarysOwnCodeIsRightAndSaidToBeIt() {
        assertEquals(Optional.of("Im2col"), Check.im2col(Im2col::im2col).library());
        assertEquals(
                Optional.of("Im2col"),
                Check.col2im((col, shape, window) -> Im2col.col2im(col, shape, window))
                        .library());
        assertEquals(
                Optional.of("Convolution"), Check.convolution(Convolution::new).library());
        assertEquals(
                Optional.of("MaxPooling"), Check.maxPooling(MaxPooling::new).library());
        assertEquals(Optional.of("Affine"), Check.affine(Affine::new).library());
        assertEquals(Optional.of("Relu"), Check.relu(Relu::new).library());
        assertEquals(
                Optional.of("Window"),
                Check.outputSize((size, kernel, stride, padding) -> Window.of(kernel)
                                .stride(stride)
                                .padding(padding)
                                .outputHeight(size))
                        .library());
        assertEquals(
                Optional.empty(),
                Check.outputSize((size, kernel, stride, padding) -> (size + 2 * padding - kernel) / stride + 1)
                        .library());
    }

    @Test
    void anyLayersGradientsAreHeldAgainstNumericalOnes() {
        assertTrue(Check.layer(Sigmoid::new, 2, 3).passed());
        Report report = Check.layer(HalfSigmoid::new, 4);
        assertFalse(report.passed());
        assertEquals(Optional.empty(), report.mistake());
        assertEquals(Boolean.TRUE, report.parts().get("forward"));
        assertEquals(Boolean.FALSE, report.parts().get("backward: dx"));
        assertTrue(report.toString().contains("by small differences"), report::toString);
    }

    /** Its gradient is half of what it should be. */
    private static final class HalfSigmoid extends Layer {
        private final Sigmoid right = new Sigmoid();

        @Override
        public Tensor forward(Tensor x) {
            return right.forward(x);
        }

        @Override
        public Tensor backward(Tensor dout) {
            return right.backward(dout).map(v -> v / 2);
        }

        @Override
        public int[] outputShape(int... inputShape) {
            return inputShape;
        }
    }

    @Test
    void otherNumbersAreDrawnForAnotherSeedAndTheVerdictStays() {
        String before = strideIgnored().toString();
        System.setProperty("cnnkit.homework.seed", "77");
        try {
            assertEquals(List.of(Mistake.STRIDE_IGNORED), strideIgnored().mistakes());
            assertFalse(strideIgnored().toString().equals(before));
            assertTrue(Check.convolution(Convolution::new).passed());
        } finally {
            System.clearProperty("cnnkit.homework.seed");
        }
    }

    @Test
    void whatTheCodePrintsIsShownOnceAndAnEndlessPrintEnds() {
        Report report = Check.im2col((x, window) -> {
            while (true) {
                System.out.println("still here");
            }
        });
        assertEquals(List.of(Mistake.TOO_SLOW), report.mistakes());
        assertTrue(report.toString().contains("it prints without an end"), report::toString);
        assertTrue(Check.im2col(Im2col::im2col).passed(), "the next check works");
    }

    @Test
    void aLossThatIsNotThereIsOneFinding() {
        Report report = Check.softmaxWithLoss(() -> null);
        assertEquals(
                List.of("forward: your code gives back null where forward is expected"),
                report.findings().stream()
                        .map(finding -> finding.part() + ": " + finding.words())
                        .toList());
        assertFalse(report.passed());
    }

    @Test
    void aNumberWithoutAxesIsShownLikeAnyOther() {
        Report report = Check.im2col((x, window) -> Tensor.zeros());
        assertFalse(report.passed());
        assertTrue(report.toString().contains("the shape is [], expected"), report::toString);
        assertTrue(report.figure().isPresent());
        assertFalse(Check.relu(() -> new Growing() {
                    @Override
                    Tensor out(int call) {
                        return Tensor.zeros();
                    }
                })
                .figure()
                .isEmpty());
    }

    /** A layer whose output is not that of its input. */
    private static class Growing extends Layer {
        private static int calls;
        private int[] shape = {};

        Tensor out(int call) {
            return Tensor.zeros(1, call);
        }

        @Override
        public Tensor forward(Tensor x) {
            shape = x.shape();
            return out(++calls);
        }

        @Override
        public Tensor backward(Tensor dout) {
            return Tensor.filled(1, shape);
        }

        @Override
        public int[] outputShape(int... inputShape) {
            return inputShape;
        }
    }

    @Test
    void anOutputThatGrowsWithEveryCallDoesNotStopTheCheck() {
        Report report = Check.relu(Growing::new);
        assertFalse(report.passed());
        assertEquals(Boolean.FALSE, report.parts().get("backward: dx"));
    }

    @Test
    void aCheckOfNothingSaysWhatItNeeds() {
        assertEquals(
                "Check: the code to be checked is null: give your im2col",
                assertThrows(NullPointerException.class, () -> Check.im2col(null))
                        .getMessage());
    }
}
