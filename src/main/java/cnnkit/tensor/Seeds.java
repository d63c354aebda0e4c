package cnnkit.tensor;

/**
 * Seeds that belong to one draw of a run, made from the seed of the run: what an epoch shuffles, an image goes through
 * or a layer drops depends on them and on nothing that was drawn before. A run that is resumed therefore goes on as if
 * it had never stopped.
 */
public final class Seeds {
    private static final long BETWEEN_RUNS = 1_000_003;

    private Seeds() {}

    /**
     * Spreads numbers that lie side by side, for {@link java.util.Random} begins almost alike for seeds 1, 2, 3: every
     * bit of the number changes about half of the bits (SplitMix64; Steele, Lea and Flood, 2014).
     *
     * @param number any
     * @return another one for each
     */
    public static long mix(long number) {
        long z = number + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /**
     * The seed of something in a step or epoch, spread.
     *
     * @param seed of the run
     * @param time number of the step or epoch
     * @param what number of an image, hash of a name
     * @return far apart for neighbours in any of the three
     */
    public static long of(long seed, long time, long what) {
        return mix(mix(mix(seed) + time) + what);
    }

    /**
     * The seed of an epoch's order. Not spread, unlike the others: a shuffle draws thousands of numbers, and all
     * recorded runs have these orders.
     *
     * @param seed of the run
     * @param epoch from 1; 0 is for what happens before the first
     * @return another one for each epoch
     */
    public static long ofEpoch(long seed, int epoch) {
        return seed * BETWEEN_RUNS + epoch;
    }

    /**
     * The seed of what a layer draws at random in a step: it depends on the name of the layer and on nothing else of the
     * network.
     *
     * @param seed of the run
     * @param step number of the step
     * @param layer name of the layer
     * @return far apart for neighbouring steps
     */
    public static long ofLayer(long seed, long step, String layer) {
        return of(seed, step, layer.hashCode());
    }
}
