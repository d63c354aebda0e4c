package cnnkit.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.data.Dataset;
import cnnkit.im2col.Window;
import cnnkit.inspect.PartialNetwork;
import cnnkit.inspect.ReceptiveField;
import cnnkit.inspect.TopPatches;
import cnnkit.inspect.UnitOcclusion;
import cnnkit.layer.Affine;
import cnnkit.layer.Convolution;
import cnnkit.network.DeepConvNet;
import cnnkit.network.FullyConnectedNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.plot.card.CellKind;
import cnnkit.plot.card.Limits;
import cnnkit.plot.card.Numbers;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One unit in a page: what is shown of it are values of the library. */
class UnitPanelTest {
    private static final int IMAGES = 20;

    private final Network network = SimpleConvNet.create(1);
    private final Dataset images = dataset(28);
    private final Tensor now = network.parameter("W1").value().copy();
    private final Tensor once = Tensor.gaussian(new Random(5), 1, 30, 1, 5, 5);
    private final UnitPanel panel = UnitPanel.of(network, images);

    private static Dataset dataset(int side) {
        Tensor pixels = Tensor.gaussian(new Random(3), 1, IMAGES, 1, side, side).map(Math::abs);
        return Dataset.of(pixels, new int[IMAGES], 10);
    }

    private static Question unit(Object... namesAndValues) {
        Map<String, Object> ask =
                new HashMap<>(Map.of("what", "unit", "layer", 0, "step", 0, "image", 4, "filter", 7, "channel", 0));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            ask.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Question(ask);
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private static byte[] levels(CellKind kind, Tensor values) {
        Limits limits = kind.limits(List.of(values));
        byte[] levels = new byte[values.length()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = MapSheet.level(values.data()[i], limits);
        }
        return levels;
    }

    private static void shows(CellKind kind, Tensor values, Object picture) {
        assertArrayEquals(levels(kind, values), (byte[]) map(picture).get("cells"));
        assertEquals(kind.colors().name(), map(picture).get("scale"));
    }

    private static Tensor maps(Network network, String layer, Tensor image) {
        return PartialNetwork.upTo(network, layer)
                .forward(image.reshape(1, 1, 28, 28))
                .slice(0);
    }

    @Test
    void itBeginsWithTheFilterWhoseMapHasANaN() {
        Question open = new Question(Map.of("what", "open"));
        int before = (int) map(panel.answer(open)).get("filter");
        int other = before == 3 ? 4 : 3;
        network.parameter("W1").value().set(Float.NaN, other, 0, 2, 2);
        assertEquals(other, map(panel.answer(open)).get("filter"));
    }

    @Test
    void itBeginsAtTheStrongestPlaceOfTheFiltersMap() {
        Map<String, Object> answer = panel.answer(unit());
        Tensor map = maps(network, "Conv1", images.image(4)).slice(7);
        shows(CellKind.SIGNED, map, answer.get("map"));
        int row = (Integer) answer.get("row"), column = (Integer) answer.get("column");
        assertEquals(map.max(), map.get(row, column));
        assertEquals(Numbers.text(map.max()), answer.get("value"));
        shows(CellKind.PIXELS, images.image(4), answer.get("image"));
        assertEquals(Map.of("top", row, "left", column, "height", 5, "width", 5), answer.get("field"));
    }

    @Test
    void anyPlaceOfAnyLayerCanBeChosen() {
        Network deep = DeepConvNet.create(1);
        Map<String, Object> answer =
                UnitPanel.of(deep, images).answer(unit("layer", 1, "filter", 3, "channel", 2, "row", 9, "column", 0));
        Tensor map = maps(deep, "Conv2", images.image(4)).slice(3);
        assertEquals("Conv2, filter 3, row 9, column 0", answer.get("place"));
        assertEquals(Numbers.text(map.get(9, 0)), answer.get("value"));
        assertEquals(
                Map.of("top", 7, "left", -2, "height", 5, "width", 5),
                answer.get("field"),
                ReceptiveField.of(deep, "Conv2").region(9, 0).toString());
        Tensor one = deep.parameter("W2").value().slice(5, 2);
        byte[] cells = (byte[]) map(answer.get("filters")).get("cells");
        for (int i = 0; i < 9; i++) {
            assertEquals(levels(CellKind.WEIGHTS, one)[i], cells[5 * 9 + i]);
        }
    }

    @Test
    void occlusionAndPatchesAreThoseOfTheLibrary() {
        Map<String, Object> answer = panel.answer(unit("row", 3, "column", 20));
        Limits pixels = Limits.of(List.of(images.image(4)));
        UnitOcclusion covered = UnitOcclusion.of(
                network, images.image(4), Window.of(4), (pixels.min() + pixels.max()) / 2, "Conv1", 7, 3, 20);
        assertTrue(covered.drops().map(Math::abs).max() > 0);
        shows(CellKind.SIGNED, covered.map(), answer.get("occlusion"));
        List<TopPatches.Patch> best = TopPatches.of(network, "Conv1", 7, images).patches();
        List<?> shown = (List<?>) answer.get("patches");
        assertEquals(9, shown.size());
        for (int i = 0; i < 9; i++) {
            shows(CellKind.PIXELS, best.get(i).pixels(), shown.get(i));
            assertEquals(best.get(i).image(), map(shown.get(i)).get("image"));
            assertEquals(
                    "image %d, class 0: %s"
                            .formatted(
                                    best.get(i).image(),
                                    Numbers.text(best.get(i).activation())),
                    map(shown.get(i)).get("name"));
        }
    }

    @Test
    void eachStepShowsItsOwnFiltersAndTheNetworkStaysAsItIs() {
        panel.steps("Conv1", new int[] {0, 40}, List.of(once, now));
        Map<String, Object> before = panel.answer(unit("step", 0)),
                later = panel.answer(unit("step", 1)),
                present = panel.answer(unit("step", 2));
        assertArrayEquals(now.data(), network.parameter("W1").value().data());
        Tensor bias = network.parameter("b1").value();
        Convolution then = new Convolution(once, bias, Window.of(5));
        shows(
                CellKind.SIGNED,
                then.forward(images.image(4).reshape(1, 1, 28, 28)).slice(0, 7),
                before.get("map"));
        assertEquals(later.get("value"), present.get("value"));
        assertNotEquals(before.get("value"), present.get("value"));
        Network old = Network.builder(1, 28, 28)
                .add("Conv1", then)
                .add("Affine1", new Affine(Tensor.zeros(30 * 24 * 24, 10), Tensor.zeros(10)))
                .build();
        shows(
                CellKind.PIXELS,
                TopPatches.of(old, "Conv1", 7, images).patches().get(0).pixels(),
                ((List<?>) before.get("patches")).get(0));
        assertEquals(
                List.of("step 0", "step 40", "now"),
                map(((List<?>) panel.answer(new Question(Map.of("what", "open")))
                                        .get("layers"))
                                .get(0))
                        .get("steps"));
    }

    @Test
    void aRefusedQuestionLeavesTheFiltersAsTheyAre() {
        Tensor broken = Tensor.filled(Float.NaN, 30, 1, 5, 5);
        panel.steps("Conv1", new int[] {0}, List.of(broken));
        panel.answer(unit("step", 0));
        assertThrows(IllegalArgumentException.class, () -> panel.answer(unit("step", 0, "row", 24, "column", 0)));
        assertArrayEquals(now.data(), network.parameter("W1").value().data());
    }

    @Test
    void afterMoreTrainingItShowsWhatTheNetworkIsNow() {
        Object before = panel.answer(unit()).get("patches");
        System.arraycopy(once.data(), 0, network.parameter("W1").value().data(), 0, once.length());
        Map<String, Object> after = panel.answer(unit());
        assertNotEquals(names(before), names(after.get("patches")));
        shows(CellKind.SIGNED, maps(network, "Conv1", images.image(4)).slice(7), after.get("map"));
    }

    private static List<?> names(Object patches) {
        return ((List<?>) patches).stream().map(patch -> map(patch).get("name")).toList();
    }

    @Test
    void whatIsWrongIsSaid() {
        assertEquals(
                "expected \"filter\" from 0 to 29 but the page gave 30",
                assertThrows(IllegalArgumentException.class, () -> panel.answer(unit("filter", 30)))
                        .getMessage());
        for (Question question : List.of(
                unit("layer", 1),
                unit("step", 1),
                unit("image", IMAGES),
                unit("channel", 1),
                unit("row", 24, "column", 0),
                unit("row", 0),
                new Question(Map.of("what", "dance")))) {
            assertThrows(IllegalArgumentException.class, () -> panel.answer(question));
        }
        assertThrows(ShapeException.class, () -> UnitPanel.of(network, dataset(27)));
        assertThrows(
                ShapeException.class,
                () -> UnitPanel.of(SimpleConvNet.builder().input(3, 28, 28).build(1), images));
        assertThrows(IllegalArgumentException.class, () -> UnitPanel.of(network, images.range(0, 0)));
        Network plain = FullyConnectedNet.builder().hidden(10).build(1);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> UnitPanel.of(plain, images))
                .getMessage()
                .startsWith("UnitPanel: expected a network with a convolution, but its layers are [Affine1"));
        int[] steps = {0, 5};
        assertThrows(IllegalArgumentException.class, () -> panel.steps("Conv1", steps, List.of(once)));
        assertThrows(IllegalArgumentException.class, () -> panel.steps("Relu1", steps, List.of(once, once)));
        assertEquals(
                "UnitPanel: expected filters [30, 1, 5, 5] of Conv1 for step 5 but got [30, 5, 5]",
                assertThrows(
                                ShapeException.class,
                                () -> panel.steps("Conv1", steps, List.of(once, once.reshape(30, 5, 5))))
                        .getMessage());
    }

    @Test
    void untilJavaAnswersItIsAPictureWithWords() {
        String html = panel.html();
        assertTrue(html.contains("The filters of Conv1; of filter"), html);
        assertFalse(html.contains("unitPanel"), "its script comes with the first answer");
    }
}
