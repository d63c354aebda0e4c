package cnnkit.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import cnnkit.plot.card.Limits;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.Arrays;
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

    private static Map<String, Object> compared(Explorer explorer, int view, int sheet, int map, int row, int column) {
        return explorer.answer(new Question(
                Map.of("what", "unit", "view", view, "sheet", sheet, "map", map, "row", row, "column", column)));
    }

    private static Map<String, Object> opened(Explorer explorer, int view) {
        return explorer.answer(new Question(Map.of("what", "open", "view", view)));
    }

    @Test
    void ofTwoImagesAValueIsSaidForBothAndTheirDifference() {
        Explorer explorer = Explorer.of(byHand()).image(SIXTEEN).beside(Tensor.filled(2, 1, 4, 4));
        Map<String, Object> first = compared(explorer, 0, 1, 0, 1, 2);
        assertEquals("34.5", first.get("value"));
        assertEquals(
                List.of("first 34.5, second 8.5, second − first −26", "Sum of 4 products 34, bias 0.5, together 34.5"),
                list(first.get("lines")).subList(0, 2));
        assertEquals("8.5", compared(explorer, 1, 1, 0, 1, 2).get("value"));
        Map<String, Object> difference = compared(explorer, 2, 1, 0, 1, 2);
        assertEquals("−26", difference.get("value"));
        assertEquals(
                List.of(
                        "first 34.5, second 8.5, second − first −26",
                        "Of a difference there is no window: look at the first or the second."),
                difference.get("lines"));
        assertEquals(List.of(), difference.get("grids"));
        assertEquals(
                List.of("the first", "the second", "second − first"),
                opened(explorer, 0).get("views"));
        assertEquals(List.of(), ask(byHand(), SIXTEEN, "what", "open").get("views"));
    }

    /** Maps, scales and scores are those of two passes, each pair on one scale. */
    @Test
    void twoNetworksAreComparedLayerByLayerOnOneScale() {
        Network one = SimpleConvNet.create(1), other = SimpleConvNet.create(2);
        other.parameter("W1").value().data()[0] = 1; // so that their scales differ
        Tensor image = Tensor.gaussian(new Random(1), 1, 1, 28, 28);
        onOneScale(other, one, image);
        Explorer explorer = onOneScale(one, other, image);
        String said = (String) opened(explorer, 2).get("said");
        int[] says = {
            one.predict(image.reshape(1, 1, 28, 28)).argmax()[0],
            other.predict(image.reshape(1, 1, 28, 28)).argmax()[0]
        };
        assertTrue(
                said.matches("first: The network says " + says[0] + ",.* second: The network says " + says[1] + ",.*"),
                said);
        byte[] input =
                (byte[]) map(list(opened(explorer, 2).get("sheets")).get(0)).get("cells");
        assertEquals(32, input[0], "no difference is the middle of the scale");
        Object before = opened(explorer, 0).get("state");
        other.parameter("b1").value().data()[0] = 1;
        assertNotEquals(before, opened(explorer, 0).get("state"), "the second one has learned since");
    }

    private static Explorer onOneScale(Network one, Network other, Tensor image) {
        Explorer explorer = Explorer.of(one).image(image).beside(other);
        Tensor here = one.layer("Conv1").forward(image.reshape(1, 1, 28, 28)).copy();
        Tensor there = other.layer("Conv1").forward(image.reshape(1, 1, 28, 28)).copy();
        Tensor more = there.copy();
        for (int i = 0; i < more.length(); i++) {
            more.data()[i] -= here.data()[i];
        }
        Limits both = Limits.of(List.of(here, there)).centred();
        Tensor[] values = {here, there, more};
        Limits[] limits = {both, both, Limits.of(List.of(more)).centred()};
        for (int view = 0; view < 3; view++) {
            byte[] cells = (byte[])
                    map(list(opened(explorer, view).get("sheets")).get(1)).get("cells");
            for (int i = 0; i < cells.length; i++) {
                assertEquals(MapSheet.level(values[view].data()[i], limits[view]), cells[i], view + " " + i);
            }
            assertArrayEquals(Arrays.copyOfRange(cells, 7 * 576, 8 * 576), (byte[])
                    compared(explorer, view, 1, 7, 0, 0).get("cells"));
        }
        return explorer;
    }

    @Test
    void onlyWhatHasTheSameShapesIsCompared() {
        Explorer explorer = Explorer.of(byHand()).image(SIXTEEN);
        assertEquals(
                "Explorer: networks can be compared if their layers give the same shapes, but after 0 layers one has [1, 4, 4], the other [1, 28, 28]",
                assertThrows(ShapeException.class, () -> explorer.beside(LeNet.create(1)))
                        .getMessage());
        Network shorter = Network.builder(1, 4, 4)
                .add("Affine1", new Affine(Tensor.zeros(16, 2), Tensor.zeros(2)))
                .build();
        assertThrows(ShapeException.class, () -> explorer.beside(shorter));
        assertThrows(ShapeException.class, () -> explorer.beside(Tensor.zeros(1, 5, 5)));
        explorer.beside(SIXTEEN);
        assertThrows(IllegalArgumentException.class, () -> compared(explorer, 3, 1, 0, 0, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> ask(byHand(), SIXTEEN, "what", "open", "view", 1),
                "there is nothing beside it");
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
