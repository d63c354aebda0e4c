package cnnkit.network;

/** Seeds for what layers draw at random while a network learns. */
final class Seeds {
    private Seeds() {}

    /** Far apart for neighbouring steps: {@link java.util.Random} begins alike for seeds that are close to each other. */
    static long of(long seed, long step, String layer) {
        return mix(mix(mix(seed) + step) + layer.hashCode());
    }

    /** Every bit of x changes about half of the bits (SplitMix64; Steele, Lea and Flood, 2014). */
    private static long mix(long x) {
        x += 0x9E3779B97F4A7C15L;
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
