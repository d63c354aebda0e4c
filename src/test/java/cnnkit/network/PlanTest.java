package cnnkit.network;

import static cnnkit.tensor.Check.assertSameBits;
import static cnnkit.tensor.Check.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.layer.Convolution;
import cnnkit.layer.ConvolutionAlgorithm;
import cnnkit.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How a network computes is a value that can be printed and chosen; the bits are the same. */
class PlanTest {
    private static Network small() {
        return SimpleConvNet.builder()
                .input(1, 8, 8)
                .filters(3)
                .convolution(Window.of(3))
                .hidden(5)
                .build(1);
    }

    private static Convolution conv1(Network network) {
        return (Convolution) network.layer("Conv1");
    }

    @Test
    void aPlanCanBePrinted() {
        Network network = small();
        assertEquals(
                "Conv1 + Relu1 + Pool1 in one go, Affine1, Relu2, Affine2",
                network.plan().toString());
        assertEquals(
                "Conv1, Relu1, Pool1, Affine1, Relu2, Affine2",
                Plan.layerByLayer(network).toString());
    }

    @Test
    void everyPlanGivesTheSameBits() {
        Tensor x = random(new Random(2), 7, 1, 8, 8);
        int[] labels = {0, 1, 2, 3, 4, 5, 6};
        Network fast = small();
        List<Plan> plans = List.of(
                Plan.layerByLayer(fast),
                new Plan(List.of(
                        List.of("Conv1", "Relu1"),
                        List.of("Pool1"),
                        List.of("Affine1"),
                        List.of("Relu2"),
                        List.of("Affine2"))));
        for (Plan plan : plans) {
            Network slow = small().use(plan);
            assertEquals(plan, slow.plan());
            assertEquals(plan, slow.pass().plan());
            assertSameBits(fast.predict(x), slow.predict(x), plan + ": scores");
            assertEquals(fast.gradient(x, labels), slow.gradient(x, labels));
            fast.parameters()
                    .forEach((name, parameter) -> assertSameBits(
                            parameter.gradient(), slow.parameter(name).gradient(), plan + ": " + name));
        }
    }

    @Test
    void thePlanFollowsTheWayOfComputingThatIsChosenLater() {
        Network network = small();
        Tensor x = random(new Random(3), 2, 1, 8, 8);
        Tensor fast = network.predict(x);
        conv1(network).use(ConvolutionAlgorithm.naive());
        assertEquals(Plan.layerByLayer(network), network.plan());
        assertSameBits(fast, network.predict(x), "by the naive loops");
        conv1(network).use(ConvolutionAlgorithm.engine());
        assertEquals(Plan.together(network), network.plan());
        assertEquals(4, network.plan().steps().size());
        assertSameBits(fast, network.predict(x), "by the engine again");
    }

    /** So a breakpoint in it fires, too. */
    @Test
    void layerByLayerTheForwardMethodsOfTheLayersRun() {
        StringBuilder ran = new StringBuilder();
        ConvolutionAlgorithm noting = new ConvolutionAlgorithm() {
            private final ConvolutionAlgorithm naive = ConvolutionAlgorithm.naive();

            @Override
            public ConvolutionAlgorithm fresh() {
                return this;
            }

            @Override
            public void forward(Tensor x, Tensor W, Tensor b, Window window, Tensor out) {
                for (StackTraceElement frame : new Throwable().getStackTrace()) {
                    ran.append(frame.getClassName().replaceAll(".*\\.", "")).append(' ');
                }
                naive.forward(x, W, b, window, out);
            }

            @Override
            public void parameterGradients(Tensor x, Tensor dout, Window window, Tensor dW, Tensor db) {
                naive.parameterGradients(x, dout, window, dW, db);
            }

            @Override
            public void inputGradient(Tensor dout, Tensor W, Window window, Tensor dx) {
                naive.inputGradient(dout, W, window, dx);
            }
        };
        Network network = small();
        conv1(network).use(noting);
        network.predict(Tensor.zeros(1, 1, 8, 8));
        assertTrue(ran.toString().contains(" Convolution FillingStage Pass Pass Network "), ran.toString());
    }

    @Test
    void aPlanThatANetworkCannotFollowIsRefused() {
        Network network = small();
        Exception missing = assertThrows(
                IllegalArgumentException.class,
                () -> network.use(new Plan(List.of(List.of("Conv1"), List.of("Affine1")))));
        assertEquals(
                "this plan computes Conv1, Affine1, but the network has Conv1, Relu1, Pool1, Affine1, Relu2, Affine2: a plan names every layer once, in order",
                missing.getMessage());
        List<List<String>> withAnEmptyStep =
                new ArrayList<>(Plan.layerByLayer(network).steps());
        withAnEmptyStep.add(List.of());
        assertThrows(IllegalArgumentException.class, () -> network.use(new Plan(withAnEmptyStep)));
        Plan affine = new Plan(List.of(
                List.of("Conv1"), List.of("Relu1"), List.of("Pool1"), List.of("Affine1", "Relu2"), List.of("Affine2")));
        Exception affineAndRelu = assertThrows(IllegalArgumentException.class, () -> network.use(affine));
        assertTrue(
                affineAndRelu.getMessage().startsWith("Affine1 + Relu2 cannot be computed in one go"),
                affineAndRelu.getMessage());
        Plan together = Plan.together(network);
        network.use(together);
        conv1(network).use(ConvolutionAlgorithm.im2col());
        Exception im2col = assertThrows(IllegalStateException.class, () -> network.predict(Tensor.zeros(1, 1, 8, 8)));
        assertTrue(im2col.getMessage().startsWith("Convolution Conv1 is to be computed together"), im2col.getMessage());
    }
}
