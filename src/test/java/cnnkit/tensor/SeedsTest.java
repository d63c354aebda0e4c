package cnnkit.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeedsTest {
    /** Java's own SplitMix64 adds the same constant before each number it hands out. */
    @Test
    void mixedNumbersAreThoseOfSplitMix64() {
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            long number = random.nextLong();
            assertEquals(new SplittableRandom(number).nextLong(), Seeds.mix(number));
        }
    }

    @Test
    void neighboursInAnyOfTheThreeAreFarApart() {
        Set<Long> seeds = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            long seed = Seeds.of(i / 100, i / 10 % 10, i % 10);
            assertTrue(seeds.add(seed), "number " + i);
            int bits = Long.bitCount(seed ^ Seeds.of(i / 100, i / 10 % 10, i % 10 + 1));
            assertTrue(bits > 12 && bits < 52, bits + " of 64 bits differ");
        }
    }

    /** Recorded runs depend on it. */
    @Test
    void everyEpochHasTheSeedThatItAlwaysHad() {
        assertEquals(1_000_004, Seeds.ofEpoch(1, 1));
        assertEquals(-1_000_003L * 7 + 12, Seeds.ofEpoch(-7, 12));
    }

    @Test
    void everyStepAndLayerHasTheSeedThatItAlwaysHad() {
        assertEquals(7702586659592502839L, Seeds.of(1, 2, 3));
        assertEquals(-2739350083269715464L, Seeds.ofLayer(1, 2, "Dropout1"));
    }
}
