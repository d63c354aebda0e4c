package cnnkit.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cnnkit.tensor.ShapeException;
import cnnkit.tensor.Tensor;
import org.junit.jupiter.api.Test;

class TurnedPatchesTest {
    /** One photograph of one channel, 2 high and 3 wide. */
    private static Dataset photograph() {
        return Dataset.of(new byte[] {0, 10, 20, 30, 40, 50}, new int[] {0}, 1, 1, 2, 3);
    }

    private static void pixels(Dataset patches, int i, int... expected) {
        float[] values = patches.image(i).data();
        int[] bytes = new int[values.length];
        for (int k = 0; k < bytes.length; k++) {
            bytes[k] = Math.round(values[k] * 255);
        }
        assertArrayEquals(expected, bytes);
    }

    @Test
    void aPatchIsThereInFourTurnsAgainstTheClock() {
        Dataset patches = TurnedPatches.of(photograph(), 0, 3, 2, 1, false);
        assertEquals(8, patches.size()); // two places, four turns
        assertArrayEquals(new int[] {0, 1, 2, 3, 0, 1, 2, 3}, patches.labels());
        pixels(patches, 0, 0, 10, 30, 40);
        pixels(patches, 1, 10, 40, 0, 30); // what was on the right is on top
        pixels(patches, 2, 40, 30, 10, 0);
        pixels(patches, 3, 30, 0, 40, 10);
        pixels(patches, 4, 10, 20, 40, 50);
    }

    @Test
    void aMirroredPatchKeepsWhatIsUp() {
        Dataset patches = TurnedPatches.of(photograph(), 0, 2, 2, 1, true);
        assertEquals(8, patches.size());
        pixels(patches, 4, 10, 0, 40, 30);
    }

    @Test
    void fourTurnsBringAPictureBack() {
        Tensor picture = photograph().image(0).reshape(1, 6, 1).reshape(6, 1, 1); // six channels of one pixel
        assertEquals(picture, TurnedPatches.turned(picture, 3));
        Tensor patch = TurnedPatches.of(photograph(), 0, 2, 2, 1, false).image(0);
        assertEquals(patch, TurnedPatches.turned(TurnedPatches.turned(patch, 3), 1));
    }

    @Test
    void patchesThatFitNowhereAreRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> TurnedPatches.of(photograph(), 0, 3, 4, 1, false));
        assertEquals(
                "TurnedPatches: no patch of 4 x 4, every 1 pixels, fits into columns 0 to 2 of photographs 2 high and 3 wide",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> TurnedPatches.of(photograph(), 2, 3, 2, 1, false));
        assertThrows(IllegalArgumentException.class, () -> TurnedPatches.of(photograph(), 0, 3, 2, 0, false));
    }

    @Test
    void aPictureTurnsBothWaysAndMustBeSquare() {
        Tensor picture = Tensor.range(1, 3, 3);
        assertEquals(TurnedPatches.turned(picture, 3), TurnedPatches.turned(picture, -1));
        assertEquals(picture, TurnedPatches.turned(picture, 4_000_000));
        assertThrows(ShapeException.class, () -> TurnedPatches.turned(Tensor.zeros(1, 4, 6), 1));
    }

    @Test
    void aStrideBeyondThePhotographGivesOnePatch() {
        Dataset photograph = Dataset.of(new byte[25], new int[1], 1, 1, 5, 5);
        assertEquals(
                4,
                TurnedPatches.of(photograph, 0, 5, 2, Integer.MAX_VALUE, false).size());
    }
}
