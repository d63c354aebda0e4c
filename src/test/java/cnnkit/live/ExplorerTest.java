package cnnkit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.im2col.Window;
import cnnkit.layer.Affine;
import cnnkit.layer.AveragePooling;
import cnnkit.layer.Convolution;
import cnnkit.layer.Dropout;
import cnnkit.layer.Layer;
import cnnkit.layer.MaxPooling;
import cnnkit.layer.Relu;
import cnnkit.network.DeepConvNet;
import cnnkit.network.LeNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A network opened up: the numbers that the page shows are those of the layers. */
class ExplorerTest {
    /** 4x4 pixels 0..15; a 2x2 filter of ones and bias 0.5; ReLU; the largest of 3x3; two scores. */
    private static Network byHand() {
        return Network.builder(1, 4, 4)
                .add("Conv1", new Convolution(Tensor.filled(1, 1, 1, 2, 2), Tensor.filled(0.5f, 1), Window.of(2)))
                .add("Relu1", new Relu())
                .add("Pool1", new MaxPooling(Window.of(3)))
                .add("Affine1", new Affine(Tensor.of(new float[] {1, -1}, 1, 2), Tensor.zeros(2)))
                .build();
    }

    private static final Tensor SIXTEEN = Tensor.range(1, 4, 4);

    private static Map<String, Object> ask(Network network, Tensor image, Object... namesAndValues) {
        Map<String, Object> ask = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            ask.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return Explorer.of(network).image(image).answer(new Question(ask));
    }

    private static Map<String, Object> unit(Network network, Tensor image, int sheet, int map, int row, int column) {
        return ask(network, image, "what", "unit", "sheet", sheet, "map", map, "row", row, "column", column);
    }

    private static List<?> list(Object value) {
        return (List<?>) value;
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    @Test
    void aValueOfAConvolutionShowsItsWindowItsFilterTheProductsAndTheSum() {
        Map<String, Object> unit = unit(byHand(), SIXTEEN, 1, 0, 1, 2);
        assertEquals("34.5", unit.get("value")); // 6 + 7 + 10 + 11, and 0.5
        assertEquals(
                "Sum of 4 products 34, bias 0.5, together 34.5",
                list(unit.get("lines")).get(0));
    }

    @Test
    void theWindowOfAPoolingUnitMarksTheOneThatWon() {
        Map<String, Object> unit = unit(byHand(), SIXTEEN, 3, 0, 0, 0);
        Map<?, ?> grid = map(list(unit.get("grids")).get(0));
        assertEquals(8, grid.get("best"));
        assertEquals("50.5", list(grid.get("texts")).get(8)); // 10 + 11 + 14 + 15, and 0.5
    }

    @Test
    void anAffineUnitListsItsLargestProductsAndSoftmaxItsScore() {
        Map<String, Object> unit = unit(byHand(), SIXTEEN, 4, 0, 0, 1);
        assertEquals(
                "Sum of 1 products −50.5, bias 0, together −50.5",
                list(unit.get("lines")).get(0));
        assertEquals(
                "50.5 × weight −1 = −50.5", map(list(unit.get("steps")).get(0)).get("text"));
        String softmax =
                "" + list(unit(byHand(), SIXTEEN, 5, 0, 0, 0).get("lines")).get(0);
        assertTrue(softmax.startsWith("Softmax: e to the score 50.5"), softmax);
    }

    @Test
    void aUnitLeadsBackToTheValueThatCountsMostAndOnToWhereItGoes() {
        List<?> steps = list(unit(byHand(), SIXTEEN, 1, 0, 1, 2).get("steps"));
        assertEquals("Input, map 0, row 2, column 3", map(steps.get(0)).get("place"));
        assertEquals("Relu1, map 0, row 1, column 2", map(steps.get(1)).get("place"));
        List<?> fromRelu = list(unit(byHand(), SIXTEEN, 2, 0, 1, 2).get("steps"));
        assertEquals("Pool1, map 0, row 0, column 0", map(fromRelu.get(1)).get("place"));
    }

    @Test
    void aWindowThatHangsOverTheEdgeShowsPaddingAsNothing() {
        Network padded = Network.builder(1, 4, 4)
                .add(
                        "Conv1",
                        new Convolution(
                                Tensor.filled(1, 1, 1, 3, 3),
                                Tensor.zeros(1),
                                Window.of(3).padding(1)))
                .add("Affine1", new Affine(Tensor.zeros(16, 2), Tensor.zeros(2)))
                .build();
        Map<?, ?> grid =
                map(list(unit(padded, SIXTEEN, 1, 0, 0, 0).get("grids")).get(0));
        assertEquals(List.of("", "", "", "", "0", "1", "", "4", "5"), grid.get("texts"));
        assertEquals(MapSheet.NOTHING, ((byte[]) grid.get("levels"))[0]);
    }

    @Test
    void everyUnitOfEveryNetworkOfTheChapterHasAStory() {
        for (Network network : List.of(SimpleConvNet.create(1), LeNet.create(1), DeepConvNet.create(1))) {
            Tensor image = Tensor.gaussian(new Random(1), 1, network.inputShape());
            Explorer explorer = Explorer.of(network).image(image);
            int sheets = list(explorer.answer(new Question(Map.of("what", "open")))
                            .get("sheets"))
                    .size();
            assertEquals(network.layers().size() + 2, sheets);
            for (int sheet = 0; sheet < sheets; sheet++) {
                Map<String, Object> unit = explorer.answer(
                        new Question(Map.of("what", "unit", "sheet", sheet, "map", 0, "row", 0, "column", 0)));
                assertTrue(!list(unit.get("lines")).isEmpty(), "sheet " + sheet);
            }
        }
    }

    @Test
    void groupsOfAConvolutionSeeOnlyTheirOwnMaps() {
        Tensor W = Tensor.of(new float[] {1, 10}, 2, 1, 1, 1);
        Network grouped = Network.builder(2, 1, 1)
                .add("Conv1", new Convolution(W, Tensor.zeros(2), Window.of(1), 2))
                .add("Affine1", new Affine(Tensor.zeros(2, 2), Tensor.zeros(2)))
                .build();
        Map<String, Object> unit = unit(grouped, Tensor.of(new float[] {3, 4}, 2, 1, 1), 1, 1, 0, 0);
        assertEquals(List.of("4"), map(list(unit.get("grids")).get(0)).get("texts"));
        assertEquals(
                "Sum of 1 products 40, bias 0, together 40",
                list(unit.get("lines")).get(0));
    }

    @Test
    void meansAndDropoutAreToldToo() {
        Network network = Network.builder(1, 2, 2)
                .add("Pool1", new AveragePooling(Window.of(2)))
                .add("Dropout1", new Dropout(0.25))
                .add("Affine1", new Affine(Tensor.zeros(1, 2), Tensor.zeros(2)))
                .build();
        Tensor image = Tensor.of(new float[] {1, 2, 3, 6}, 1, 2, 2);
        assertEquals(
                "The mean of the 4 values in the window: 3",
                list(unit(network, image, 1, 0, 0, 0).get("lines")).get(0));
        assertEquals(
                "3 × (1 − 0.25) = 2.25",
                list(unit(network, image, 2, 0, 0, 0).get("lines")).get(0));
    }

    /** A learner's own layer, which says nothing about itself. */
    private static final class Doubling extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            return x.plus(x);
        }

        @Override
        public Tensor backward(Tensor dout) {
            return dout.plus(dout);
        }

        @Override
        public int[] outputShape(int... inputShape) {
            return inputShape;
        }
    }

    @Test
    void aLayerOfALearnersOwnShowsItsMaps() {
        Network own = Network.builder(1, 4, 4)
                .add("Mine", new Doubling())
                .add("Affine1", new Affine(Tensor.zeros(16, 2), Tensor.zeros(2)))
                .build();
        Map<String, Object> unit = unit(own, SIXTEEN, 1, 0, 2, 1);
        assertEquals("18", unit.get("value"));
        assertEquals(
                "Doubling makes 18 of the 9 that stands in the same place below",
                list(unit.get("lines")).get(0));
    }

    @Test
    void anotherStateTellsThatTheNetworkHasLearned() {
        Network network = byHand();
        Explorer explorer = Explorer.of(network).image(SIXTEEN);
        Question open = new Question(Map.of("what", "open"));
        Object before = explorer.answer(open).get("state");
        assertEquals(before, explorer.answer(open).get("state"));
        network.parameter("W1").value().set(2, 0, 0, 0, 0);
        assertNotEquals(before, explorer.answer(open).get("state"));
    }

    @Test
    void valuesThatAreNoNumbersAreShownAsSuch() {
        Map<String, Object> unit = unit(byHand(), Tensor.filled(Float.NaN, 1, 4, 4), 1, 0, 0, 0);
        assertEquals("?", unit.get("value"));
        assertEquals(MapSheet.NOT_FINITE, ((byte[]) unit.get("cells"))[0]);
    }

    @Test
    void errorsSayWhatIsWrong() {
        Explorer explorer = Explorer.of(byHand());
        assertTrue(assertThrows(ShapeException.class, () -> explorer.image(Tensor.zeros(1, 28, 28)))
                .getMessage()
                .contains("expected one image [1, 4, 4] but got [1, 28, 28]"));
        assertThrows(IllegalStateException.class, () -> Explorer.of(byHand()).html());
        assertEquals(
                "expected \"sheet\" from 0 to 5 but the page gave 6",
                assertThrows(IllegalArgumentException.class, () -> unit(byHand(), SIXTEEN, 6, 0, 0, 0))
                        .getMessage());
    }

    @Test
    void theStillPictureSaysWhatItShows() {
        String html = Explorer.of(byHand()).image(SIXTEEN).html();
        assertTrue(
                html.contains("alt=\"A network opened up: Input 1 × 4 × 4, Conv1 1 × 3 × 3"), html.substring(0, 300));
        assertTrue(html.contains("The network says 0, with probability 1"), html.substring(0, 400));
    }

    @Test
    void aPageOfTheSimpleNetworkIsSmallAndHoldsNoWeights() {
        Map<String, Object> open = ask(SimpleConvNet.create(1), Tensor.zeros(1, 28, 28), "what", "open");
        int bytes = list(open.get("sheets")).stream()
                .mapToInt(sheet -> ((byte[]) map(sheet).get("cells")).length)
                .sum();
        assertEquals(28 * 28 + 2 * 30 * 24 * 24 + 30 * 12 * 12 + 2 * 100 + 2 * 10, bytes);
    }
}
