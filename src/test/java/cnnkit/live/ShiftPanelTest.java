package cnnkit.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cnnkit.network.FullyConnectedNet;
import cnnkit.network.Network;
import cnnkit.network.SimpleConvNet;
import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An image that a page shifts: pooled in two ways, and read by a network. */
class ShiftPanelTest {
    private static final int STILL = ShiftPanel.FARTHEST;

    private final Network network = SimpleConvNet.create(1);
    private final Tensor image = Tensor.gaussian(new Random(3), 1, 1, 28, 28);

    private static Question shift(int down, int right) {
        return new Question(Map.of("what", "shift", "down", down + STILL, "right", right + STILL));
    }

    private static List<?> all(Map<String, Object> answer, String name) {
        return ((List<?>) answer.get("views"))
                .stream().map(view -> ((Map<?, ?>) view).get(name)).toList();
    }

    @Test
    void theImageAndTheMapsAreShownAsTheyAreAndPooledInBothWays() {
        Map<String, Object> answer = ShiftPanel.of(network, image).answer(shift(0, 0));
        assertEquals(
                List.of(
                        "the image",
                        "maximum of 2 × 2",
                        "average of 2 × 2",
                        "Relu1, its first 4 maps",
                        "Relu1, then maximum of 2 × 2",
                        "Relu1, then average of 2 × 2"),
                all(answer, "name"));
        assertEquals(List.of(28, 14, 14, 24, 12, 12), all(answer, "height"));
        assertTrue(all(answer, "change").stream().allMatch("change: 0.000"::equals), "nothing has moved");
        assertEquals(10, ((List<?>) answer.get("scores")).size());
    }

    @Test
    void aWholeStrideMovesThePooledImageByOneCell() {
        Tensor dot = Tensor.zeros(1, 28, 28);
        dot.set(1, 0, 4, 4);
        ShiftPanel panel = ShiftPanel.of(network, dot);
        assertEquals(1, panel.moved(1, 2).get(0, 0, 5, 6));
        assertEquals(1, panel.moved(1, 2).sum());
        assertEquals("change: 0.000", all(panel.answer(shift(0, 1)), "change").get(1), "it stays in its window");
        assertEquals("change: 1.000", all(panel.answer(shift(0, 2)), "change").get(1), "in the next one");
    }

    @Test
    void whatLeavesTheImageIsGoneAndZerosComeIn() {
        Tensor ones = Tensor.filled(1, 1, 28, 28);
        assertEquals(28 * 28 - 6 * 28, ShiftPanel.of(network, ones).moved(-6, 0).sum());
        assertEquals(25 * 24, ShiftPanel.of(network, ones).moved(3, -4).sum());
    }

    @Test
    void theScoresAreThoseOfTheShiftedImage() {
        ShiftPanel panel = ShiftPanel.of(network, image);
        Map<String, Object> there = panel.answer(shift(2, 3));
        assertEquals(network.predict(panel.moved(2, 3)).argmax()[0], there.get("best"));
        assertNotEquals(panel.answer(shift(0, 0)).get("scores"), there.get("scores"));
    }

    @Test
    void aNetworkWithoutMapsShowsTheImageOnly() {
        Network plain = FullyConnectedNet.builder().hidden(10).build(1);
        assertEquals(
                3, ((List<?>) ShiftPanel.of(plain, image).answer(shift(1, 0)).get("views")).size());
    }

    @Test
    void whatIsWrongIsSaid() {
        ShiftPanel panel = ShiftPanel.of(network, image);
        assertEquals(
                "expected \"right\" from 0 to 12 but the page gave 13",
                assertThrows(IllegalArgumentException.class, () -> panel.answer(shift(0, 7)))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> panel.answer(new Question(Map.of("what", "dance"))));
        assertThrows(ShapeException.class, () -> ShiftPanel.of(network, Tensor.zeros(1, 27, 28)));
        assertThrows(
                ShapeException.class,
                () -> ShiftPanel.of(SimpleConvNet.builder().input(3, 28, 28).build(1), image));
        assertTrue(panel.html().contains("An image shifted by one pixel"));
    }
}
