package cnnkit.notebook;

import java.util.OptionalLong;

/**
 * Whether the notebook is being repeated with fresh seeds, as {@code python3 lab.py replicate} does: then a claim that
 * fails is a result, printed, and the notebook goes on.
 */
final class Replication {
    /** Names the number of the repetition; its seeds begin at a thousand times the number. */
    static final String PROPERTY = "cnnkit.replication";

    private static final long SEEDS_OF_ONE = 1_000;

    private Replication() {}

    static OptionalLong number() {
        Long number = Long.getLong(PROPERTY);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    static boolean isRunning() {
        return number().isPresent();
    }

    static long seed(long seed) {
        return number().isPresent() ? number().getAsLong() * SEEDS_OF_ONE + seed : seed;
    }
}
